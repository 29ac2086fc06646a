"""Data tables: as the form shows them."""

from dataclasses import replace

import pytest

from svreport.figures.exhibits import ResolvedExhibit
from svreport.figures.layout import exhibit_blocks
from svreport.figures.tables import data_table
from svreport.model.entry import Entry
from svreport.model.finding import Place
from svreport.model.quantity import Unit
from svreport.model.submission import ExhibitKind
from svreport.narrative.blocks import Paragraph, Run, Table
from tests.figures.building import Building, by_month, by_year

TABLE = ExhibitKind.TABLE


def written(exhibit: ResolvedExhibit) -> list[list[str]]:
    table = data_table(exhibit)
    assert table.row_headings
    rows = (table.header, *table.rows)
    assert len({len(row) for row in rows}) == 1
    assert all(cell.numeric for row in rows for cell in row[1:])
    assert not any(row[0].numeric for row in rows)
    return [["".join(run.text for run in cell.runs) for cell in row] for row in rows]


def test_one_metric_by_month() -> None:
    building = Building().metric(
        "EHCP", by_month("Apr 2024", [5728, None, 5867]), by_month("Apr 2024", [5562, 5586, 5609])
    )
    shown = building.exhibit(TABLE, "EHCP forecast; EHCP actual", title="EHCP numbers").shown()
    assert written(shown) == [
        ["EHCP numbers", "Apr '24", "May '24", "Jun '24"],
        ["Forecast", "5,562", "5,586", "5,609"],
        ["Actual", "5,728", "–", "5,867"],
    ]


def test_decimals_are_those_of_the_data() -> None:
    shown = Building().metric("A", by_month("Apr 2024", [97.83, 97, 98.5])).exhibit(TABLE, "A actual").shown()
    assert written(shown)[1] == ["Actual", "97.83", "97.00", "98.50"]


def test_percentages_and_counts_in_one_table() -> None:
    building = Building().metric("A", {"Apr 2024": 5.62}, unit=Unit.PERCENT, title="Share of plans")
    building.metric("B", {"Apr 2024": -1200}, title="Change")
    assert written(building.exhibit(TABLE, "A actual; B actual").shown())[1:] == [
        ["Share of plans (actual)", "5.62%"],
        ["Change (actual)", "−1,200"],
    ]


@pytest.mark.parametrize(
    ("money_in", "title", "row"),
    [
        (Unit.THOUSANDS, "Deficit", ["Deficit (£000)", "35,070", "−4,250.5"]),
        (Unit.THOUSANDS, "Deficit, £,000", ["Deficit", "35,070", "−4,250.5"]),
        (Unit.MILLIONS, "Deficit", ["Deficit (£m)", "35,070", "−4,250.5"]),
        (Unit.POUNDS, "Deficit", ["Deficit", "£35,070", "−£4,250.5"]),
        (Unit.THOUSANDS, "Deficit (£m)", ["Deficit", "35.1", "−4.3"]),
    ],
)
def test_money_says_its_unit_once(money_in: Unit, title: str, row: list[str]) -> None:
    building = Building(money_in=money_in).finance("Mitigated", "Deficit", by_year(2023, [35070, -4250.5]))
    shown = building.exhibit(TABLE, "Mitigated / Deficit", title=title).shown()
    decimals = "." in row[1]
    table = written(shown)
    assert table[0] == [title, "2023/24", "2024/25"]
    assert table[1] == (row if decimals else [row[0], f"{row[1]}.0", row[2]])


def test_money_of_two_units_is_told_in_one() -> None:
    building = Building().metric("A", {"2024-25": 2500}, unit=Unit.THOUSANDS, title="Grant")
    building.metric("B", {"2024-25": 1.25}, unit=Unit.MILLIONS, title="Fund")
    assert written(building.exhibit(TABLE, "A actual; B actual").shown())[1:] == [
        ["Grant (actual) (£m)", "2.5"],
        ["Fund (actual) (£m)", "1.25"],
    ]


def test_a_figure_that_could_not_be_read_shows_its_mark() -> None:
    building = (
        Building().metric("A", by_month("Apr 2024", [1, 2])).exhibit(TABLE, "A actual", source="Records")
    )
    rows = list(building.submission.observations)
    rows[1] = rows[1]._replace(actual=Entry(None, Place("Data", 9, 3), "NUM-01"))
    building.submission = replace(building.submission, observations=tuple(rows))
    table, source = exhibit_blocks(building.shown(), None)
    assert isinstance(table, Table)
    assert table.rows[0][2].runs == (Run("[NUM-01 Data!C9]", mark=True),)
    assert source == Paragraph((Run("Source: Records"),))


def test_a_table_without_figures_is_its_mark_alone() -> None:
    building = Building().metric("A").exhibit(TABLE, "A actual", source="Records")
    (block,) = exhibit_blocks(building.shown(), None)
    assert block == Paragraph((Run(f"[EXH-02 {building.submission.exhibits[0].series.place}]", mark=True),))
