"""Exhibits resolved: each fault told at its cell, and what is just inside the line shown in silence."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from svreport.figures.rules import RULES
from svreport.model.entry import Entry
from svreport.model.finding import Place
from svreport.model.quantity import Unit
from svreport.model.submission import ExhibitKind, Role
from svreport.workbook.rules import FROM_AFTER_TO
from tests.figures.building import Building, by_month, by_year

LINE, COLUMN, BOTH = ExhibitKind.LINE, ExhibitKind.COLUMN, ExhibitKind.COLUMN_AND_LINE
TABLE, PICTURE = ExhibitKind.TABLE, ExhibitKind.PICTURE


def plans() -> Building:
    """A monthly count with both series, a percentage, a yearly count and two finance lines."""
    return (
        Building()
        .metric("EHCP", by_month("Apr 2024", [5, 6, 7]), by_month("Apr 2024", [5, 5, 6, 7]))
        .metric("INMSS", by_month("Apr 2024", [5.1, 5.2]), unit=Unit.PERCENT)
        .metric("Tribunals", by_year(2022, [10, 12]))
        .metric("Cost", by_month("Apr 2024", [36787, 36900]), unit=Unit.POUNDS)
        .metric("Spend", by_month("Apr 2024", [1.5, 1.6]), unit=Unit.MILLIONS)
        .metric("Empty", {}, {})
        .finance("Mitigated", "In-year position", by_year(2023, [100, 90, -5]), Role.IN_YEAR)
        .finance("Mitigated", "Cumulative deficit", by_year(2023, [1000, 1090, 1085]), Role.CARRIED_FORWARD)
    )


Make = Callable[[], Building]

FIRES: dict[str, tuple[str, Make]] = {
    "a slip of the keyboard": ("EXH-01", lambda: plans().exhibit(LINE, "EHCP acutal")),
    "a metric without actual or forecast": ("EXH-01", lambda: plans().exhibit(LINE, "EHCP")),
    "a scenario without a line": ("EXH-01", lambda: plans().exhibit(TABLE, "Mitigated")),
    "another scenario": ("EXH-01", lambda: plans().exhibit(TABLE, "Unmitigated / Cumulative deficit")),
    "nothing to name": ("EXH-01", lambda: Building().exhibit(TABLE, "EHCP actual")),
    "a metric without data": ("EXH-02", lambda: plans().exhibit(LINE, "Empty actual")),
    "a metric without forecasts": ("EXH-02", lambda: plans().exhibit(LINE, "INMSS forecast")),
    "an actual that ends before": (
        "EXH-02",
        lambda: plans().exhibit(LINE, "EHCP actual; EHCP forecast", first="Jul 2024"),
    ),
    "data that begin after": ("EXH-02", lambda: plans().exhibit(TABLE, "EHCP actual", last="Mar 2024")),
    "a count and a percentage": ("EXH-03", lambda: plans().exhibit(LINE, "EHCP actual; INMSS actual")),
    "a count and money": ("EXH-03", lambda: plans().exhibit(COLUMN, "EHCP actual; Cost actual")),
    "months and years": ("EXH-04", lambda: plans().exhibit(LINE, "EHCP actual; Tribunals actual")),
    "months and years in a table": (
        "EXH-04",
        lambda: plans().exhibit(TABLE, "Cost actual; Mitigated / Cumulative deficit"),
    ),
    "twenty years and a month": ("EXH-05", lambda: _long("Apr 2044").exhibit(LINE, "M actual")),
    "a series twice": ("EXH-06", lambda: plans().exhibit(LINE, "EHCP actual; ehcp  ACTUAL")),
    "nine lines": ("EXH-12", lambda: _many(9).exhibit(LINE, _all_of(9))),
    "twenty-five lines": ("EXH-13", lambda: _many(25).exhibit(LINE, _all_of(25))),
}

SILENT: dict[str, tuple[str, Make]] = {
    "other case and spacing": ("EXH-01", lambda: plans().exhibit(LINE, " ehcp   Actual ")),
    "a slash without spaces": (
        "EXH-01",
        lambda: plans().exhibit(TABLE, "MITIGATED/cumulative deficit; Mitigated /  In-year position"),
    ),
    "the last month of an actual": (
        "EXH-02",
        lambda: plans().exhibit(LINE, "EHCP actual; EHCP forecast", first="Jun 2024"),
    ),
    "the first month of an actual": (
        "EXH-02",
        lambda: plans().exhibit(TABLE, "EHCP actual", last="Apr 2024"),
    ),
    "months within a year": (
        "EXH-02",
        lambda: plans().exhibit(LINE, "EHCP actual", first="2024-25", last="2024-25"),
    ),
    "pounds and millions": ("EXH-03", lambda: plans().exhibit(LINE, "Cost actual; Spend actual")),
    "two units in a table": ("EXH-03", lambda: plans().exhibit(TABLE, "EHCP actual; INMSS actual")),
    "years alone": ("EXH-04", lambda: plans().exhibit(LINE, "Tribunals actual")),
    "twenty years": ("EXH-05", lambda: _long("Mar 2044").exhibit(LINE, "M actual")),
    "both series of a metric": ("EXH-06", lambda: plans().exhibit(LINE, "EHCP actual; EHCP forecast")),
    "eight lines": ("EXH-12", lambda: _many(8).exhibit(LINE, _all_of(8))),
    "twenty-five rows": ("EXH-13", lambda: _many(25).exhibit(TABLE, _all_of(25))),
    "nine rows": ("EXH-12", lambda: _many(9).exhibit(TABLE, _all_of(9))),
}


def _long(last: str) -> Building:
    return Building().metric("M", {"Apr 2024": 1, "May 2024": 2, last: 3})


def _all_of(number: int) -> str:
    return "; ".join(f"M{n} actual" for n in range(number))


def _many(number: int) -> Building:
    building = Building()
    for n in range(number):
        building.metric(f"M{n}", {"Apr 2024": n})
    return building


@pytest.mark.parametrize(("code", "make"), FIRES.values(), ids=FIRES)
def test_a_fault_is_told_once_at_the_series(code: str, make: Callable[[], Building]) -> None:
    building = make()
    place = building.submission.exhibits[0].series.place
    assert building.told() == [(code, str(place))]
    finding = building.resolved().findings[0]
    assert finding.read
    assert finding.expected
    assert finding.mend
    marks = building.shown().marks
    assert marks == ((f"[{code} {place}]",) if finding.is_error else ())


@pytest.mark.parametrize(("code", "make"), SILENT.values(), ids=SILENT)
def test_what_is_just_inside_the_line_is_shown(code: str, make: Callable[[], Building]) -> None:
    building = make()
    assert building.told() == []
    assert building.shown().series


def test_every_rule_has_both_cases() -> None:
    of_pictures = {"EXH-07", "EXH-08", "EXH-09", "EXH-10", "EXH-11"}  # in test_pictures.py
    assert {code for code, _ in FIRES.values()} | of_pictures == {rule.code for rule in RULES}
    assert {code for code, _ in SILENT.values()} | of_pictures == {rule.code for rule in RULES}


def test_an_unknown_series_is_told_with_the_nearest() -> None:
    finding = plans().exhibit(LINE, "EHCP acutal").resolved().findings[0]
    assert finding.read == "EHCP acutal"
    assert finding.mend.startswith("Did you mean EHCP actual")
    assert "Mitigated / In-year position" not in finding.mend


def test_a_metric_named_alone_is_told_its_two_series() -> None:
    mend = plans().exhibit(LINE, "EHCP").resolved().findings[0].mend
    assert "EHCP actual" in mend
    assert "EHCP forecast" in mend


def test_figures_are_asked_for_where_they_stand_and_where_the_span_is_set() -> None:
    finding = plans().exhibit(LINE, "EHCP actual", first="Jul 2024", last="Oct 2024").resolved().findings[0]
    assert finding.read == "EHCP actual, Jul 2024 to Oct 2024"
    assert finding.expected == "at least one figure: EHCP actual has figures for Apr 2024 to Jun 2024"
    assert "fill in the figures on Metric data, or change E" in finding.mend


def test_what_can_be_shown_is_shown_beside_the_mark() -> None:
    shown = plans().exhibit(LINE, "EHCP actual; EHCPs forecast").shown()
    assert [series.name for series in shown.series] == ["EHCP actual"]
    assert len(shown.marks) == 1


AWKWARD = [
    ("Placements / forecast review", "actual"),
    ("actual", "actual"),
    ("forecast actual", "forecast"),
    ("Mitigated / Cumulative deficit", "forecast"),
    ("Cost (£000) per place", "actual"),
]


@pytest.mark.parametrize(("name", "kind"), AWKWARD)
def test_names_may_hold_any_words(name: str, kind: str) -> None:
    values = by_month("Apr 2024", [1, 2])
    building = (
        Building()
        .metric(name, values, values)
        .finance("Mitigated", "Cumulative deficit", by_year(2023, [1, 2]))
    )
    series = building.exhibit(TABLE, f"{name.upper()}   {kind}").shown().series
    assert [(each.name, each.source.is_metric) for each in series] == [(f"{name} {kind}", True)]


def test_a_finance_line_may_end_in_actual() -> None:
    building = Building().finance("Plan", "Grant actual", by_year(2023, [1, 2]))
    assert [s.name for s in building.exhibit(TABLE, "plan/grant ACTUAL").shown().series] == [
        "Plan / Grant actual"
    ]


LABELS = [
    ("EHCP actual; EHCP forecast", ["Actual", "Forecast"]),
    ("EHCP forecast", ["Forecast"]),
    ("EHCP actual; Twins actual", ["EHCP (actual)", "Twins (actual)"]),
    ("Mitigated / Deficit; Mitigated / Limit", ["Deficit", "Limit"]),
    ("Mitigated / Deficit; Agreement / Deficit", ["Mitigated", "Agreement"]),
    ("Mitigated / Deficit; Agreement / Limit", ["Mitigated: Deficit", "Agreement: Limit"]),
    ("Mitigated / Deficit; Money forecast", ["Mitigated: Deficit", "Money (forecast)"]),
]


@pytest.mark.parametrize(("series", "expected"), LABELS)
def test_series_are_called_as_an_officer_would(series: str, expected: list[str]) -> None:
    values = by_month("Apr 2024", [1, 2])
    building = (
        Building()
        .metric("EHCP", values, values)
        .metric("Twins", values, values)
        .metric("Money", None, by_year(2023, [1, 2]), unit=Unit.MILLIONS)
        .finance("Mitigated", "Deficit", by_year(2023, [1, 2]))
        .finance("Mitigated", "Limit", by_year(2023, [1, 2]))
        .finance("Agreement", "Deficit", by_year(2023, [1, 2]))
        .finance("Agreement", "Limit", by_year(2023, [1, 2]))
    )
    assert [each.label for each in building.exhibit(TABLE, series).shown().series] == expected


def test_metrics_of_one_title_are_called_by_their_names() -> None:
    values = by_month("Apr 2024", [1, 2])
    building = Building().metric("A", values, title="Plans").metric("B", values, title="Plans")
    labels = [each.label for each in building.exhibit(TABLE, "A actual; B actual").shown().series]
    assert len(set(labels)) == 2


SPANS = [
    ({"Apr 2024": 1, "Jun 2024": 2}, ["Apr 2024", "May 2024", "Jun 2024"]),
    ({"Mar 2024": 1, "Mar 2025": 2}, 13),
    ({"Mar 2024": 1, "Mar 2025": 2, "Mar 2027": 3}, ["Mar 2024", "Mar 2025", "Mar 2026", "Mar 2027"]),
    ({"Mar 2024": 1, "Jun 2024": 2, "Dec 2024": 3}, ["Mar 2024", "Jun 2024", "Sep 2024", "Dec 2024"]),
    ({"Mar 2024": 1, "May 2024": 2, "Jul 2024": 3}, 5),
    ({"2023-24": 1, "2025-26": 3}, ["2023-24", "2024-25", "2025-26"]),
    ({"Q1 2024-25": 1, "Q3 2024-25": 2}, ["Q1 2024-25", "Q2 2024-25", "Q3 2024-25"]),
]


@pytest.mark.parametrize(("actual", "expected"), SPANS, ids=[", ".join(actual) for actual, _ in SPANS])
def test_periods_run_from_the_first_figure_to_the_last(
    actual: dict[str, int], expected: list[str] | int
) -> None:
    shown = Building().metric("M", actual).exhibit(LINE, "M actual").shown()
    periods = [str(each) for each in shown.periods]
    assert (len(periods) if isinstance(expected, int) else periods) == expected
    assert [value for value in shown.series[0].values if value is not None] == [
        Decimal(v) for v in actual.values()
    ]


def test_the_span_is_narrowed_to_whole_periods() -> None:
    building = plans().exhibit(TABLE, "Mitigated / Cumulative deficit", first="Apr 2024", last="Mar 2026")
    assert [str(each) for each in building.shown().periods] == ["2024-25", "2025-26"]
    building = plans().exhibit(TABLE, "Mitigated / Cumulative deficit", first="May 2024", last="Feb 2026")
    assert building.told()[0][0] == "EXH-02"


def test_a_forecast_begins_where_a_year_cannot_have_ended() -> None:
    shown = plans().exhibit(BOTH, "Mitigated / In-year position; Mitigated / Cumulative deficit").shown()
    assert [series.forecast_from for series in shown.series] == [1, 1]
    shown = plans().exhibit(LINE, "EHCP actual; EHCP forecast").shown()
    assert [series.forecast_from for series in shown.series] == [4, 0]


def test_balances_and_forecasts_are_the_lines_between_columns() -> None:
    shown = plans().exhibit(BOTH, "Mitigated / In-year position; Mitigated / Cumulative deficit").shown()
    assert [series.as_column for series in shown.series] == [True, False]
    shown = plans().exhibit(BOTH, "EHCP forecast; EHCP actual").shown()
    assert [series.as_column for series in shown.series] == [False, True]
    shown = plans().exhibit(BOTH, "EHCP actual; Empty actual").shown()
    assert [series.as_column for series in shown.series] == [True]
    values = by_month("Apr 2024", [1])
    alike = Building().metric("A", values).metric("B", values).exhibit(BOTH, "A actual; B actual").shown()
    assert [series.as_column for series in alike.series] == [True, False]


@pytest.mark.parametrize("field", ["kind", "series", "first", "last"])
def test_a_cell_that_could_not_be_read_is_marked_and_not_told_again(field: str) -> None:
    kind = None if field == "kind" else LINE
    series = None if field == "series" else "EHCP actual; nothing"
    building = plans().exhibit(kind, series, faults={field: "XYZ-01"})
    column = {"kind": "B", "series": "D", "first": "E", "last": "F"}[field]
    row = building.submission.exhibits[0].name.place.row
    assert building.told() == []
    assert building.shown().marks == (f"[XYZ-01 Exhibits!{column}{row}]",)
    assert not building.shown().is_drawn


def test_a_span_the_wrong_way_round_is_marked_as_reading_tells_it() -> None:
    building = plans().exhibit(LINE, "EHCP actual", first="Jun 2024", last="Apr 2024")
    assert building.told() == []
    assert building.shown().marks == (
        f"[{FROM_AFTER_TO.code} {building.submission.exhibits[0].first.place}]",
    )


def test_a_title_that_could_not_be_read_is_a_mark() -> None:
    shown = plans().exhibit(LINE, "EHCP actual", title=None, faults={"title": "ERR-01"}).shown()
    assert shown.title.startswith("[ERR-01 Exhibits!C")
    assert (
        plans().exhibit(LINE, "EHCP actual", title=None, name="Numbers").shown("numbers").title == "Numbers"
    )


def test_a_figure_that_could_not_be_read_is_marked_at_its_place() -> None:
    building = plans().exhibit(TABLE, "EHCP actual")
    rows = list(building.submission.observations)
    rows[1] = rows[1]._replace(actual=Entry(None, Place("Metric data", 9, 3), "NUM-01"))
    building.submission = replace(building.submission, observations=tuple(rows))
    assert building.told() == []
    assert building.shown().series[0].unread == {
        1: "[NUM-01 Metric data!C9]".replace("Metric data", "'Metric data'")
    }
    building.submission = replace(
        building.submission,
        exhibits=(building.submission.exhibits[0]._replace(kind=Entry(LINE, Place("Exhibits", 1, 2))),),
    )
    assert building.shown().marks == ("[NUM-01 'Metric data'!C9]",)


def test_figures_without_a_unit_are_not_shown() -> None:
    building = plans().exhibit(LINE, "EHCP actual")
    metrics = list(building.submission.metrics)
    metrics[0] = metrics[0]._replace(unit=Entry(None, Place("Metrics", 4, 3), "CHO-01"))
    building.submission = replace(building.submission, metrics=tuple(metrics))
    assert building.told() == []
    assert building.shown().marks == ("[CHO-01 Metrics!C4]",)
    assert not building.shown().is_drawn


def test_figures_whose_periods_could_not_be_read_are_not_missed_twice() -> None:
    building = Building().metric("M", {"Apr 2024": 1}).exhibit(LINE, "M actual")
    row = building.submission.observations[0]
    unread = row._replace(period=Entry(None, Place("Metric data", 5, 2), "PER-01"))
    building.submission = replace(building.submission, observations=(unread,))
    assert building.told() == []
    assert building.shown().marks == ("[PER-01 'Metric data'!B5]",)


def test_the_first_of_a_repeated_name_counts() -> None:
    building = plans().exhibit(LINE, "EHCP actual", name="One").exhibit(LINE, "nothing", name="ONE ")
    assert building.told() == []
    assert list(building.resolved().by_name) == ["one"]
