"""What follows from the rounds: medians, ratios pair by pair, goals, and how each stage grows."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks.jobs import ALTAIR, CHECK, COLD, EMPTY, MATPLOTLIB, NOTHING, OFFICER, ONE_WORD, SCRIPTS
from benchmarks.measuring import GROWTH, TIMES_1, TIMES_10, TIMES_100

Round = Mapping[str, Mapping[str, float]]
_SMALL_SECONDS = 0.005


@dataclass(frozen=True, slots=True)
class Goal:
    """A ratio of two jobs of one group of rounds that is to be at most `most`; `of` is `wall` or `peak`."""

    told: str
    group: str
    job: str
    to: str
    most: float
    of: str = "wall"


GOALS = (
    Goal(f"cold build ÷ {MATPLOTLIB}", TIMES_1, COLD, MATPLOTLIB, 0.85),
    Goal(f"cold build ÷ {OFFICER}", TIMES_1, COLD, OFFICER, 0.5),
    Goal(f"cold build at ×10 ÷ {MATPLOTLIB} at ×10", TIMES_10, COLD, MATPLOTLIB, 0.5),
    Goal("one word changed ÷ own cold build", TIMES_1, ONE_WORD, COLD, 0.3),
    Goal("nothing changed ÷ `python -c pass`", TIMES_1, NOTHING, EMPTY, 10),
    Goal("`check` ÷ own cold build", TIMES_1, CHECK, COLD, 0.25),
    Goal(f"peak memory ÷ {ALTAIR}, at ×1", TIMES_1, COLD, ALTAIR, 0.75, "peak"),
    Goal(f"peak memory ÷ {ALTAIR}, at ×10", TIMES_10, COLD, ALTAIR, 0.75, "peak"),
    Goal("cold build at ×10 ÷ at ×1", TIMES_10, COLD, f"cold at {TIMES_1}", 6),
    Goal("cold build at ×100 ÷ at ×10", TIMES_100, COLD, f"cold at {TIMES_10}", 11),
)


@dataclass(frozen=True, slots=True)
class Met:
    """How a goal stands: the median of the ratios of `rounds` pairs, their least and most; None without a pair."""

    goal: Goal
    ratio: float | None
    least: float
    most: float
    rounds: int

    @property
    def told(self) -> str:
        if self.ratio is None:
            return "not measured here"
        return "yes" if round(self.ratio, 2) <= self.goal.most else "no"


def goals(results: Mapping[str, Any]) -> list[Met]:
    return [_met(goal, results) for goal in GOALS]


def _met(goal: Goal, results: Mapping[str, Any]) -> Met:
    found = ratios(results["rounds"].get(goal.group, ()), goal.job, goal.to, goal.of)
    if not found:
        return Met(goal, None, 0, 0, 0)
    return Met(goal, median(found), min(found), max(found), len(found))


def ratios(rounds: Sequence[Round], job: str, to: str, of: str) -> list[float]:
    """One job to another, round by round, of the rounds in which both took part."""
    return [each[job][of] / each[to][of] for each in rounds if job in each and to in each]


@dataclass(frozen=True, slots=True)
class Beside:
    """One way to the documents, as medians of ratios to docxtpl with matplotlib."""

    name: str
    wall: float
    processor: float
    peak: float
    largest: float
    rounds: int


def beside(results: Mapping[str, Any], group: str) -> list[Beside]:
    """svreport first, then the scripts that were measured in this group."""
    rounds = results["rounds"].get(group, ())
    own = {COLD: "svreport", ONE_WORD: "svreport, one word changed", NOTHING: "svreport, nothing changed"}
    made = []
    for name in (*own, *SCRIPTS):
        found = {of: ratios(rounds, name, MATPLOTLIB, of) for of in ("wall", "processor", "peak", "largest")}
        if found["wall"]:
            made.append(
                Beside(
                    own.get(name, name),
                    median(found["wall"]),
                    median(found["processor"]),
                    median(found["peak"]),
                    median(found["largest"]),
                    len(found["wall"]),
                )
            )
    return made


@dataclass(frozen=True, slots=True)
class Grown:
    """One stage: its seconds and bytes by size, and the exponents with which they grow.

    `overall` is fitted through every size, `last` is that of the last step alone, `memory` that of the last step of the
    peak; None where a stage is too short to tell.
    """

    stage: str
    seconds: dict[int, float]
    peaks: dict[int, float]
    overall: float | None
    last: float | None
    memory: float | None


def growth(results: Mapping[str, Any]) -> list[Grown]:
    """Each stage, what the program that draws computes beside them, then the whole; in the order of a build."""
    by_size = {size: results["stages"][name] for size, name in GROWTH.items() if results["stages"].get(name)}
    if not by_size:
        return []
    stages = list(next(iter(by_size.values()))[0]["seconds"])
    made = []
    for stage in stages:
        seconds = {n: median(run["seconds"][stage] for run in runs) for n, runs in by_size.items()}
        peaks = {n: median(run["peaks"][stage] for run in runs) for n, runs in by_size.items()}
        made.append(_grown(stage, seconds, peaks))
    drawing = {n: median(run["children"]["processor"] for run in runs) for n, runs in by_size.items()}
    held = {n: median(run["children"]["largest"] for run in runs) for n, runs in by_size.items()}
    made.append(_grown("drawing, beside", drawing, held))
    whole = {n: median(run["whole"]["wall"] for run in runs) for n, runs in by_size.items()}
    peak = {n: median(run["whole"]["peak"] for run in runs) for n, runs in by_size.items()}
    return [*made, _grown("whole", whole, peak)]


def _grown(stage: str, seconds: dict[int, float], peaks: dict[int, float]) -> Grown:
    two = dict(list(seconds.items())[-2:])
    return Grown(
        stage, seconds, peaks, exponent(seconds), exponent(two), exponent(dict(list(peaks.items())[-2:]), 1)
    )


def exponent(by_size: Mapping[int, float], least: float = _SMALL_SECONDS) -> float | None:
    """The slope of the straight line through the logarithms: 1 is linear, 2 quadratic, 0 does not grow."""
    points = [(math.log(size), math.log(value)) for size, value in by_size.items() if value >= least]
    if len(points) < 2 or len(points) < len(by_size):
        return None
    x, y = (sum(point[at] for point in points) / len(points) for at in (0, 1))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


def shares(results: Mapping[str, Any], group: str) -> dict[str, float]:
    """Each stage's part of svreport's own time."""
    runs = results["stages"].get(group, ())
    if not runs:
        return {}
    seconds = {stage: median(run["seconds"][stage] for run in runs) for stage in runs[0]["seconds"]}
    return {stage: each / sum(seconds.values()) for stage, each in seconds.items()}
