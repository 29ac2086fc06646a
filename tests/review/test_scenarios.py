"""A saving typed into a column of money of a pack's sheet, in every unit and with either sign of deficits."""

from decimal import Decimal
from pathlib import Path

import pytest

from svreport.documents.texts import read_texts
from svreport.model.facts import Facts
from svreport.model.pack_sheets import ColumnType, DeclaredColumn, DeclaredSheet, SheetsOfPack
from svreport.review.catalogue import review
from svreport.review.material import Material
from svreport.workbook.reading import read_workbook
from tests.review.returns import Content, content, find, workbook

SHEET = DeclaredSheet(
    "Work",
    "One in each row.",
    (
        DeclaredColumn("Stream", ColumnType.TEXT, required=True),
        DeclaredColumn("Expected saving", ColumnType.MONEY),
        DeclaredColumn("Cost", ColumnType.MONEY),
    ),
)


def told(saving: Decimal, unit: str, scale: int, shown: str, folder: Path) -> list[str]:
    """The places and readings of what is told of a saving in £m, in a workbook of that unit and sign."""
    sign = -1 if shown == "negative" else 1
    changed: Content = content("warwickshire-2024-06")
    for row in changed["Finance"]:
        row.update({year: value * scale * sign for year, value in row.items() if isinstance(value, int)})
    for item, value in (("Money in", unit), ("Deficits shown as", shown)):
        changed["Programme"][find(changed, "Programme", item)]["Value"] = value
    changed["Work"] = [{"Stream": "All", "Expected saving": saving * scale, "Cost": Decimal(115) * scale}]
    path = folder / "return.xlsx"
    path.write_bytes(workbook(changed))
    submission = read_workbook(path, [SheetsOfPack("a-pack", (SHEET,))]).submission
    facts = Facts(submission)
    found = review(Material(facts, read_texts(submission, facts).by_place))
    return [f"{each.place}: {each.read}" for each in found if each.code == "PAP-01"]


@pytest.mark.parametrize(("unit", "scale"), [("£", 1_000_000), ("£000", 1_000), ("£m", 1)])
@pytest.mark.parametrize("shown", ["positive", "negative"])
def test_a_typed_saving_that_mixes_bounds_is_told(unit: str, scale: int, shown: str, tmp_path: Path) -> None:
    (found,) = told(Decimal(115), unit, scale, shown, tmp_path)
    assert found.startswith("Work!B4: “Expected saving: £115m”: £267m of Upper bound unmitigated")


@pytest.mark.parametrize("saving", [39, 50, 58, 45, 8, 12, 300])
def test_a_typed_saving_that_does_not_is_not(saving: int, tmp_path: Path) -> None:
    assert told(Decimal(saving), "£m", 1, "positive", tmp_path) == []
