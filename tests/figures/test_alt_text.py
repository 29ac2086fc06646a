"""The words that stand for a chart."""

import pytest

from svreport.figures.alt_text import alt_text
from svreport.model.quantity import Unit
from svreport.model.submission import ExhibitKind
from tests.figures.building import Building, by_month, chart
from tests.figures.gallery import every_chart

CHARTS = every_chart()


def test_a_metric_against_its_forecast() -> None:
    assert alt_text(CHARTS["metric"]) == (
        "Line chart: Plans, April to October 2024. Shows Plans, from April 2024 to October 2024. "
        "Actual goes from 5,728 in April 2024, the lowest, to 6,161 in October 2024, the highest. "
        "Forecast goes from 5,562 in April 2024, the lowest, to 5,669 in October 2024, the highest. "
        "In October 2024 the actual is 492 above the forecast."
    )


def test_a_plan() -> None:
    assert alt_text(CHARTS["plan"]) == (
        "Column and line chart: In-year position and cumulative deficit, 2023-24 to 2030-31. "
        "Shows Mitigated, from 2023-24 to 2030-31. "
        "In-year position goes from £25.87m in 2023-24 to minus £4.25m in 2030-31, the lowest; highest £34.9m in "
        "2025-26. "
        "Cumulative deficit goes from £35.07m in 2023-24, the lowest, to £122.5m in 2030-31; highest £126.75m in "
        "2029-30."
    )


def test_gaps_one_figure_and_equal_figures_are_told() -> None:
    assert "3 months between without a figure" in alt_text(CHARTS["gaps"])
    assert "Actual has one figure: 5 in April 2024." in alt_text(CHARTS["one-point"])
    assert "Actual is 5 throughout, from April 2024 to July 2024." in alt_text(CHARTS["all-equal"])
    assert "In July 2024 the actual is as forecast." in alt_text(CHARTS["all-equal"])


def test_percentages_differ_by_points() -> None:
    shown = chart(
        actual=by_month("Apr 2024", [5, 5.62]), forecast=by_month("Apr 2024", [5, 5.95, 6]), unit=Unit.PERCENT
    )
    assert alt_text(shown).endswith("In May 2024 the actual is 0.33 percentage points below the forecast.")
    shown = chart(actual=by_month("Apr 2024", [5]), forecast=by_month("Apr 2024", [4]), unit=Unit.PERCENT)
    assert alt_text(shown).endswith("In April 2024 the actual is 1 percentage point above the forecast.")


def test_each_of_two_metrics_is_compared_with_its_own_forecast() -> None:
    values, more = by_month("Apr 2024", [1, 2]), by_month("Apr 2024", [1, 5])
    building = Building().metric("A", values, more, title="Plans").metric("B", more, values, title="Places")
    told = alt_text(building.exhibit(ExhibitKind.LINE, "A actual; B forecast; B actual; A forecast").shown())
    assert "Plans (actual) is 3 below the forecast." in told
    assert "Places (actual) is 3 above the forecast." in told
    assert told.count("the forecast.") == 2


@pytest.mark.parametrize("name", CHARTS)
def test_it_is_short_says_the_title_and_has_no_sign_that_is_not_read(name: str) -> None:
    told = alt_text(CHARTS[name])
    assert CHARTS[name].title in told
    assert len(told) <= 760 + len(CHARTS[name].title)
    assert "−" not in told
    assert told.endswith(".")


def test_many_series_are_told_shortly_and_the_rest_counted() -> None:
    building = Building()
    for n in range(20):
        building.metric(
            f"M{n}", by_month("Apr 2024", [n, n + 1]), title=f"A measure with a long name, number {n}"
        )
    shown = building.exhibit(ExhibitKind.LINE, "; ".join(f"M{n} actual" for n in range(20))).shown()
    told = alt_text(shown)
    assert len(told) <= 760
    assert "more series are not told here." in told
    assert "A measure with a long name, number 0 (actual) goes from 0 in April 2024 to 1 in May 2024." in told


def test_a_persons_own_words_win() -> None:
    shown = Building().metric("A", {"Apr 2024": 1})
    assert alt_text(shown.exhibit(ExhibitKind.LINE, "A actual", alt_text="It rises.").shown()) == "It rises."
