"""What the dashboard says of levels, measures, the plan and its limits, in words."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from svreport.documents.board_context import Board, LimitLine, MeasureLine
from tests.documents.boards import board, measure, observe
from tests.documents.reviews import Rows, item

NOT_JUDGED = "Not judged: neither lower nor higher is said to be better"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Board:
    return board(tmp_path_factory.mktemp("board"))


def line(told: Board, name: str) -> MeasureLine:
    return next(each for each in told.measures if each.name == name)


def of_sheet(rows: Rows, scenario: str, name: str) -> dict[str, object]:
    return next(row for row in rows["Finance"] if (row["Scenario"], row["Line"]) == (scenario, name))


def test_the_tiles_tell_what_to_see_first(example: Board) -> None:
    assert [(each.what, each.told, each.detail, each.style) for each in example.tiles] == [
        ("Conditions", "2 Red, 3 Amber, 2 Green", "1 worse since Update 2 (August)", "bad"),
        (
            "Measures with a forecast",
            "4 of 5 off track",
            "Education, health and care plans (EHCPs), Net growth in EHCPs in the month, EHCPs ceased in the month "
            "… and 1 more",
            "bad",
        ),
        (
            "Deficit limit, 2024-25",
            "£10.82m over the limit",
            "£95.32m before Safety Valve payments (£60.48m after them); limit £84.5m",
            "bad",
        ),
        ("In-year balance", "2030-31", "2 years late: the agreement has 2028-29", "bad"),
    ]


def test_levels_stand_at_each_update_with_their_cells(example: Board) -> None:
    first = example.conditions[0]
    assert [(each.update, each.level, each.place) for each in first.at] == [
        ("Update 1 (May)", "Green", "Conditions!C4"),
        ("Update 2 (August)", "Amber", "Conditions!D4"),
        ("Update 3 (November)", "Red", "Conditions!E4"),
    ]
    assert (first.heading, first.level, first.moved) == ("Condition 1", "Red", "Worse")
    assert [each.moved for each in example.risks] == ["No change"] * 3 + ["Better", "No change"]


def test_a_level_that_cannot_be_read_shows_its_mark(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["Conditions"][0]["Update 3 (November)"] = "Purple"
        rows["Conditions"][1]["Update 3 (November)"] = None

    told = board(tmp_path, change)
    assert told.conditions[0].level == "[LVL-01 Conditions!E4]"
    assert told.conditions[0].moved == ""
    assert told.conditions[0].level_shaded.steps[0].mark == "[LVL-01 Conditions!E4]"
    assert told.conditions[1].level.startswith("[")
    assert told.tiles[0].told == "3 Amber, 2 Green, 2 not known"


def test_at_the_first_update_nothing_has_moved(tmp_path: Path) -> None:
    told = board(tmp_path, lambda rows: item(rows, "Current update", "Update 1 (May)"))
    assert told.updates == ("Update 1 (May)",)
    assert {each.moved for each in told.conditions} == {"First rating"}
    assert all(len(each.at) == 1 for each in told.conditions)
    assert told.tiles[0].detail == ""


def test_a_measure_tells_gap_and_tolerance(example: Board) -> None:
    told = line(example, "EHCP")
    assert (told.actual, told.forecast, told.period) == ("6,161", "5,669", "Oct 2024")
    assert (told.gap, told.tolerance) == ("492 above forecast (8.7%)", "5% of the forecast: up to 5,952")
    assert (told.standing, told.style, told.conditions, told.condition_ids) == (
        "Off track",
        "bad",
        "Condition 3.1",
        "condition-3",
    )
    assert [(each.period, each.gap, each.off, each.cells) for each in told.rows[-1:]] == [
        ("Oct 2024", "492 above (8.7%)", True, "'Metric data'!C10, D10")
    ]
    share = line(example, "INMSS")
    assert share.gap == "0.33 percentage points below forecast (5.5%)"
    assert share.standing == "On track"
    higher = line(example, "Ceased average")
    assert (higher.tolerance, higher.better) == ("5% of the forecast: down to 36.7", "Higher is better")
    assert line(example, "EHCP mitigated").standing == "Forecast only"
    assert line(example, "EHCNA").standing == "No forecast to compare with"


@pytest.mark.parametrize(
    ("actual", "standing"),
    [("105", "Within tolerance"), ("105.01", "Off track"), ("100", "On track"), ("40", "On track")],
)
def test_the_tolerance_is_a_line(actual: str, standing: str, tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        observe(rows, "EHCP", "Oct 2024", actual=float(actual), forecast=100)

    assert line(board(tmp_path, change), "EHCP").standing == standing


@pytest.mark.parametrize(
    ("change", "standing", "actual"),
    [
        (lambda rows: measure(rows, "EHCP", better=None), NOT_JUDGED, "6,161"),
        (lambda rows: observe(rows, "EHCP", "Oct 2024", actual="lots"), "Cannot be read", "[NUM-01 'Metric data'!C10]"),
        (lambda rows: observe(rows, "EHCP", "Oct 2024", forecast=None), "No forecast to compare with", "6,161"),
        (lambda rows: measure(rows, "EHCP", tolerance=0), "Off track", "6,161"),
        (lambda rows: observe(rows, "EHCP", "Octember", actual=1), "Cannot be read", "[PER-01 'Metric data'!B92]"),
    ],
)  # fmt: skip
def test_what_stands_in_a_measures_way_is_said(
    change: Callable[[Rows], object], standing: str, actual: str, tmp_path: Path
) -> None:
    told = line(board(tmp_path, change), "EHCP")
    assert (told.standing, told.actual) == (standing, actual)


def limit(told: Board) -> LimitLine:
    (found,) = told.limits
    return found


def test_a_limit_is_tested_on_its_basis(example: Board, tmp_path: Path) -> None:
    told = limit(example)
    assert (told.limit, told.basis, told.tested) == ("£84.5m", "Before Safety Valve payments", "£95.32m")
    assert (told.headroom, told.standing, told.after) == (
        "£10.82m over the limit",
        "Over the limit",
        "£60.48m",
    )
    assert told.cells == "Finance!E31, E14, D12, E12"

    after = limit(
        board(tmp_path, lambda rows: item(rows, "Deficit limit basis", "after Safety Valve payments"))
    )
    assert (after.tested, after.headroom, after.standing) == (
        "£60.48m",
        "£24.02m under the limit",
        "Within the limit",
    )
    unknown = limit(board(tmp_path, lambda rows: item(rows, "Deficit limit basis", None)))
    assert (unknown.tested, unknown.headroom) == ("", "")
    assert unknown.standing == "Cannot be told: the limit's basis is not given"
    assert (unknown.before, unknown.after) == ("£95.32m", "£60.48m")


@pytest.mark.parametrize(("unit", "by"), [("£", 1000), ("£m", Decimal("0.001"))])
def test_units_of_money_say_the_same(unit: str, by: Decimal | int, example: Board, tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        item(rows, "Money in", unit)
        for row in rows["Finance"]:
            row.update({key: float(value * by) for key, value in row.items() if key[:2] == "20"})

    told = board(tmp_path, change)
    assert (told.limits, told.tiles[2:]) == (example.limits, example.tiles[2:])
    assert [each.cumulative_difference for each in told.years] == [
        each.cumulative_difference for each in example.years
    ]


def test_deficits_shown_negative_say_the_same(example: Board, tmp_path: Path) -> None:
    signed = {"In-year position", "Brought forward", "Carried forward", "Limit", "Residual"}

    def change(rows: Rows) -> None:
        item(rows, "Deficits shown as", "negative")
        for row in rows["Finance"]:
            if row["Role"] in signed:
                row.update({key: -value for key, value in row.items() if key[:2] == "20"})

    told = board(tmp_path, change)
    assert (told.years, told.limits, told.milestones, told.tiles) == (
        example.years,
        example.limits,
        example.milestones,
        example.tiles,
    )


def test_years_stand_beside_the_agreement(example: Board) -> None:
    told = {each.year: each for each in example.years}
    assert (told["2024-25"].in_year_difference, told["2024-25"].cumulative_difference) == (
        "£11.26m worse",
        "£10.82m worse",
    )
    assert (told["2028-29"].in_year_agreed, told["2030-31"].in_year) == ("£351,000 surplus", "£4.25m surplus")
    assert told["2030-31"].cumulative_agreed == ""
    assert (told["2024-25"].before_payments, told["2024-25"].cells) == (
        "£95.32m",
        "Finance!E10, E12, E27, E29",
    )
    assert told["2024-25"].cumulative_cells == "Finance!E14, D12, E12, E30, D29, E29"


def test_milestones_tell_how_late_they_are(example: Board, tmp_path: Path) -> None:
    assert [(each.what, each.wanted, each.forecast, each.standing, each.conditions) for each in example.milestones] == [
        ("In-year balance, kept from then on", "2028-29", "2030-31", "2 years late", "Condition 1"),
        ("Residual deficit, left to the council", "£70.25m (2028-29)", "£122.5m (2030-31)", "£52.25m worse", ""),
    ]  # fmt: skip

    def never(rows: Rows) -> None:
        of_sheet(rows, "Mitigated", "In-year position")["2030-31"] = 100

    first = board(tmp_path, never).milestones[0]
    assert (first.forecast, first.standing) == ("Not by 2030-31", "Not reached in the forecast")

    def soon(rows: Rows) -> None:
        of_sheet(rows, "Mitigated", "In-year position").update({"2027-28": -1, "2028-29": -1, "2029-30": -1})

    assert board(tmp_path, soon).milestones[0].standing == "1 year early"


@pytest.mark.parametrize("sheet", ["Metrics", "Finance", "Conditions", "Risks", "Questions", "Updates"])
def test_without_a_sheets_rows_the_rest_is_told(sheet: str, tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows[sheet] = []
        if sheet == "Metrics":
            rows["Metric data"] = []

    told = board(tmp_path, change)
    assert bool(told.measures) is (sheet != "Metrics")
    assert bool(told.years) is bool(told.limits) is (sheet != "Finance")
    assert bool(told.conditions) is (sheet != "Conditions")
    assert bool(told.answers) is (sheet != "Questions")
