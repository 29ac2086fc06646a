"""What is worked out from measurements; nothing is measured here."""

from typing import Any

import pytest

from benchmarks import figures
from benchmarks.jobs import COLD, MATPLOTLIB, NOTHING
from benchmarks.told import markdown, ratio


def _round(cold: float, other: float) -> dict[str, dict[str, float]]:
    return {COLD: _taken(cold), MATPLOTLIB: _taken(other)}


def _taken(seconds: float) -> dict[str, float]:
    return {"wall": seconds, "processor": seconds, "largest": seconds, "peak": seconds}


def _results(**rounds: list[dict[str, dict[str, float]]]) -> dict[str, Any]:
    return {"rounds": {"×1": rounds["once"], "×10": rounds.get("ten", [])}, "stages": {}}


def test_a_ratio_is_the_median_of_the_rounds_not_the_ratio_of_medians() -> None:
    results = _results(once=[_round(1, 10), _round(30, 10), _round(2, 4)])
    met = figures.goals(results)[0]
    assert (met.ratio, met.least, met.most, met.rounds) == (0.5, 0.1, 3, 3)


@pytest.mark.parametrize(("seconds", "told"), [(8.5, "yes"), (8.54, "yes"), (8.56, "no")])
def test_a_goal_is_met_up_to_its_figure(seconds: float, told: str) -> None:
    assert figures.goals(_results(once=[_round(seconds, 10)]))[0].told == told


def test_what_was_not_measured_is_said() -> None:
    at_ten = figures.goals(_results(once=[_round(1, 1)]))[2]
    assert (at_ten.ratio, at_ten.told) == (None, "not measured here")


def test_a_job_that_took_part_in_some_rounds_is_compared_in_those() -> None:
    first = {**_round(2, 4), NOTHING: _taken(1)}
    beside = figures.beside(_results(once=[first, _round(2, 4)]), "×1")
    assert [(each.name, each.wall, each.rounds) for each in beside] == [
        ("svreport", 0.5, 2),
        ("svreport, nothing changed", 0.25, 1),
        (MATPLOTLIB, 1, 2),
    ]


@pytest.mark.parametrize(("power", "expected"), [(0, 0.0), (1, 1.0), (2, 2.0)])
def test_an_exponent_is_the_power(power: int, expected: float) -> None:
    found = figures.exponent({size: 0.3 * size**power for size in (1, 10, 100)})
    assert found == pytest.approx(expected)


def test_what_takes_no_time_has_no_exponent() -> None:
    assert figures.exponent({1: 0.0001, 10: 0.2, 100: 2}) is None


def test_a_stage_grows_by_the_medians_of_its_runs() -> None:
    def run(seconds: float) -> dict[str, Any]:
        children = {"processor": 2 * seconds, "largest": 50}
        stage = {"seconds": {"review": seconds}, "peaks": {"review": 50}}
        return {**stage, "children": children, "whole": _taken(seconds)}

    stages = {"×1": [run(1), run(2), run(9)], "×10": [run(20)], "×100": [run(2000)]}
    review, drawing, whole = figures.growth({"rounds": {}, "stages": stages})
    assert review.seconds == {1: 2, 10: 20, 100: 2000}
    assert review.overall == pytest.approx(1.5)
    assert review.last == pytest.approx(2)
    assert review.memory == 0
    assert (drawing.stage, drawing.seconds) == ("drawing, beside", {1: 4, 10: 40, 100: 4000})
    assert whole.stage == "whole"


def test_a_table_has_a_rule_and_figures_as_they_are_read() -> None:
    assert ratio(0.854) == "0.85"
    assert ratio(43.91) == "43.9"
    assert (
        markdown([("", "time"), ("svreport", "0.50")]) == "|  | time |\n| --- | ---: |\n| svreport | 0.50 |"
    )
