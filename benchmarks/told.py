"""The results in words: the tables of the page, and of the console after a run."""

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks import figures
from benchmarks.jobs import MATPLOTLIB
from benchmarks.measuring import TIMES_1, TIMES_10
from benchmarks.stages import STAGES

_MEGABYTE = 1_000_000
Row = Sequence[str]


def told(results: Mapping[str, Any]) -> str:
    """For the console."""
    parts = [
        ("Goals", goals(results)),
        (f"Beside {MATPLOTLIB}, at ×1", beside(results, TIMES_1)),
        (f"Beside {MATPLOTLIB}, at ×10", beside(results, TIMES_10)),
        ("Where svreport's own time goes", time_goes(results)),
        ("How it grows", growth(results)),
        ("A folder", folder(results)),
    ]
    return "\n\n".join(f"{title}\n{_plain(rows)}" for title, rows in parts if len(rows) > 1)


def goals(results: Mapping[str, Any]) -> list[Row]:
    rows: list[Row] = [("svreport", "goal", "measured", "from, to", "rounds", "met")]
    for met in figures.goals(results):
        if met.ratio is None:
            rows.append((met.goal.told, f"≤ {met.goal.most:g}", "–", "–", "–", met.told))
            continue
        spread = f"{ratio(met.least)}, {ratio(met.most)}"
        rows.append(
            (met.goal.told, f"≤ {met.goal.most:g}", ratio(met.ratio), spread, str(met.rounds), met.told)
        )
    return rows


def beside(results: Mapping[str, Any], group: str) -> list[Row]:
    rows: list[Row] = [
        ("made with", "wall time", "processor time", "peak memory", "its largest process", "rounds")
    ]
    return rows + [
        (
            each.name,
            ratio(each.wall),
            ratio(each.processor),
            ratio(each.peak),
            ratio(each.largest),
            str(each.rounds),
        )
        for each in figures.beside(results, group)
    ]


def time_goes(results: Mapping[str, Any]) -> list[Row]:
    """Each stage's share of a cold build, by size of the example."""
    by_size = {group: figures.shares(results, group) for group in results["stages"]}
    rows: list[Row] = [("stage", *by_size)]
    return rows + [
        (stage, *(f"{shares.get(stage, 0):.0%}" for shares in by_size.values())) for stage in STAGES
    ]


def growth(results: Mapping[str, Any]) -> list[Row]:
    rows: list[Row] = [("stage", "time, fitted", "time, last step", "memory, last step")]
    return rows + [
        (each.stage, *(_exponent(value) for value in (each.overall, each.last, each.memory)))
        for each in figures.growth(results)
    ]


def folder(results: Mapping[str, Any]) -> list[Row]:
    rows: list[Row] = [
        (
            "workbooks",
            "wall time ÷ one cold build each",
            "processors used",
            "peak memory ÷ one cold build",
            "longest silence ÷ wall time",
        )
    ]
    alone = [each["cold"] for each in results["rounds"].get(TIMES_1, ())]
    if not alone:
        return rows
    wall, peak = (figures.median([each[of] for each in alone]) for of in ("wall", "peak"))
    for name, each in results.items():
        if name.startswith("a folder of "):
            number = each["workbooks"]
            rows.append(
                (
                    str(number),
                    ratio(each["wall"] / (number * wall)),
                    ratio(each["processor"] / each["wall"]),
                    ratio(each["peak"] / peak),
                    ratio(each["longest silence"] / each["wall"]),
                )
            )
    return rows


def ratio(value: float) -> str:
    """With two decimals below 10, one above."""
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def megabytes(value: float) -> str:
    return f"{value / _MEGABYTE:,.0f} MB"


def _exponent(value: float | None) -> str:
    return "–" if value is None else f"{round(value, 2) + 0:.2f}".replace("-", "−")


def _plain(rows: Sequence[Row]) -> str:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = (
        "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
    return "\n".join(f"  {line.rstrip()}" for line in lines)


def markdown(rows: Sequence[Row]) -> str:
    """A table of the page: words to the left, figures to the right."""
    head, *body = rows
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *body))
