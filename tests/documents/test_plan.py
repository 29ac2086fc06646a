"""The plan and the measures as papers place them."""

from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from svreport.documents.context import AgreementMoney, FinanceSummary
from svreport.documents.measures import metric_rows
from svreport.documents.plan import finance_summary
from svreport.model.facts import Facts
from svreport.model.submission import Submission
from svreport.narrative.blocks import Table
from svreport.workbook.content import example
from svreport.workbook.reading import read_workbook
from svreport.workbook.writing import workbook_bytes

Content = dict[str, list[dict[str, Any]]]
SIGNED = ("In-year position", "Brought forward", "Carried forward")


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Callable[[Content], None]], Submission]:
    def changed(change: Callable[[Content], None]) -> Submission:
        content: Content = deepcopy(
            {name: [dict(row) for row in rows] for name, rows in example("wiltshire-2024-06").items()}
        )
        change(content)
        (tmp_path / "return.xlsx").write_bytes(workbook_bytes(content))
        return read_workbook(tmp_path / "return.xlsx").submission

    return changed


def item(content: Content, name: str, value: object) -> None:
    for row in content["Programme"]:
        if row["Item"] == name:
            row["Value"] = value


def amounts(content: Content, change: Callable[[dict[str, Any], str], object]) -> None:
    for row in content["Finance"]:
        for heading in row:
            if heading.startswith("20"):
                row[heading] = change(row, heading)


PUBLISHED = AgreementMoney(
    scenario="Mitigated",
    ends="2028-29",
    deficit="£137.2m",
    dfe_contribution="£67m",
    council_contribution="£70.2m",
    first_payment="£26.8m",
    first_payment_year="2023-24",
)


def nothing(content: Content) -> None:
    pass


def in_pounds(content: Content) -> None:
    item(content, "Money in", "£")
    amounts(content, lambda row, year: row[year] * 1000)


def deficits_negative(content: Content) -> None:
    item(content, "Deficits shown as", "negative")
    amounts(content, lambda row, year: -row[year] if row["Role"] in SIGNED else row[year])


@pytest.mark.parametrize("change", [nothing, in_pounds, deficits_negative])
def test_the_agreements_money(
    change: Callable[[Content], None], read: Callable[[Callable[[Content], None]], Submission]
) -> None:
    assert finance_summary(read(change)).agreement == PUBLISHED


@pytest.mark.parametrize(
    ("carried", "told"),
    [
        (1000, ("£68m", "£1m", "", "")),
        (0, ("£67m", "£0", "", "")),
        (-900, ("£66.1m", "£0", "£900,000", "")),
        (-70000, ("−£3m", "£0", "£70m", "£3m")),
    ],
)
def test_payments_above_the_deficit_leave_the_council_nothing_and_something_over(
    carried: int, told: tuple[str, ...], read: Callable[[Callable[[Content], None]], Submission]
) -> None:
    def paid_off(content: Content) -> None:
        for row in content["Finance"]:
            if row["Role"] == "Carried forward":
                row["2028-29"] = carried
            if row["Role"] == "LA contribution":
                amounts({"Finance": [row]}, lambda _row, _year: 0)

    money = finance_summary(read(paid_off)).agreement
    assert (money.deficit, money.council_contribution, money.left_over, money.surplus) == told


def test_a_cell_that_cannot_be_read_is_marked_where_it_counts(
    read: Callable[[Callable[[Content], None]], Submission],
) -> None:
    def spoilt(content: Content) -> None:
        payment = next(row for row in content["Finance"] if row["Role"] == "DfE payment")
        payment["2025-26"] = "some"

    plan = finance_summary(read(spoilt))
    assert plan.agreement.first_payment == "£26.8m"
    assert plan.agreement.dfe_contribution.startswith("[NUM-01 Finance!")
    (table,) = plan.scenarios[0].table.blocks
    assert isinstance(table, Table)
    assert [run.mark for row in table.rows for cell in row for run in cell.runs].count(True) == 1


def test_without_a_plan_there_is_nothing_to_print(
    read: Callable[[Callable[[Content], None]], Submission],
) -> None:
    assert finance_summary(read(lambda content: content["Finance"].clear())) == FinanceSummary(unit="£000")


def test_several_lines_of_a_role_are_added_up(
    read: Callable[[Callable[[Content], None]], Submission],
) -> None:
    (table,) = finance_summary(read(nothing)).scenarios[1].table.blocks
    assert isinstance(table, Table)
    rows = {row[0].runs[0].text: [cell.runs[0].text for cell in row[1:]] for row in table.rows}
    assert rows["Total income"][0] == "72,900"
    assert "Total transfers" not in rows
    assert "Total mitigations" not in rows
    assert [cell.runs[0].text for cell in table.header][:2] == ["Unmitigated (£000)", "2023/24"]


@pytest.mark.parametrize(
    ("better", "tolerance", "off_track"),
    [("lower", 5, False), ("lower", 2, True), ("higher", 2, False), ("", 0, False)],
)
def test_a_measure_is_off_track_on_the_wrong_side_beyond_its_tolerance(
    better: str, tolerance: int, *, off_track: bool, read: Callable[[Callable[[Content], None]], Submission]
) -> None:
    def rated(content: Content) -> None:
        content["Metrics"][0] |= {"Better when": better, "Tolerance": Decimal(tolerance)}

    row = metric_rows(Facts(read(rated)))["ehcp"]
    assert (row.latest, row.forecast, row.gap, row.gap_size) == ("5,728", "5,562", "166", "166")
    assert (row.above, row.below, row.off_track) == (True, False, off_track)


@pytest.mark.parametrize(
    ("actual", "size"), [(7, "1 point"), (Decimal("7.5"), "1.5 points"), (6, "0 points")]
)
def test_two_percentages_are_points_apart(
    actual: object, size: str, read: Callable[[Callable[[Content], None]], Submission]
) -> None:
    def of_percent(content: Content) -> None:
        name = content["Metrics"][0]["Metric"]
        content["Metrics"] = [content["Metrics"][0] | {"Unit": "percent"}]
        content["Metric data"] = [{"Metric": name, "Period": "Apr 2024", "Actual": actual, "Forecast": 6}]

    (row,) = metric_rows(Facts(read(of_percent))).values()
    assert row.gap_size == size
