"""Cells that hold what no person typed, and files as other programs write them: read, or told at the cell."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from tests.hostile.attacks import Attack, Survived, assert_harmless
from tests.hostile.workbooks import Parts, grid, save, save_parts, with_cells, write
from tests.workbook.raw import Grid, package, parts_of

NUMBERS = (
    "1e308", "-1e308", "1e-308", "4.9e-324", "1e309", "-1e999999", "1e-999999", "-0", "-0.0", "0.1e1", "00001", "+5", "NaN",
    "nan", "INF", "-Infinity", "1_000", "0x10", "１２", "٣", "1,5", "", " 7 ", "9" * 400, "0." + "0" * 300 + "1", "1e", "--1", "1e1e1",
    "999999999999999", "1000000000000000", "99999999999999999999", "0.30000000000000004", "1.7976931348623157e308", "True",
)  # fmt: skip
DATES = (
    "0",
    "1",
    "59",
    "60",
    "61",
    "-1",
    "-1e9",
    "2958465",
    "2958466",
    "1e9",
    "1e300",
    "45000.999999",
    "NaN",
    "0.5",
    "1e-300",
)
NUMBER_CELLS = (
    "Metric data!C4", "Metric data!D4", "Metric data!C6", "Metric data!C7", "Finance!D4", "Finance!E5", "Finance!E7",
    "Metrics!E4",
)  # fmt: skip
DATE_CELLS = ("Updates!B4", "Updates!C4", "Updates!B5", "Updates!C5", "Metric data!B4", "Sign-off!C4")
BUILD = (("build", "return.xlsx"),)
# A number, date, tick, error or formula in every cell there is.
ANYWHERE: dict[str, object] = {
    "a number": 7, "a huge number": 1e300, "a date": date(2025, 5, 5), "a date out of range": {"dated": "1e9"}, "a tick": True,
    "an error": {"error": "#REF!"}, "an unknown error": {"error": "#SPILL!"}, "a formula": {"formula": "A1"}, "a space": " ",
    "a percentage": {"percent": 0.5}, "a text that is not there": {"shared": 99999999}, "half a character": "_xD800_",
    "a true nothing": "_x0000_", "a long word": "x" * 500, "markup": "<b>&amp;</b>", "an expression": "{{ 9**729 }}",
    "a formula as text": "=cmd|'/c calc'!A1", "a line break": "a\nb\n\n- c", "a slash": "../../etc", "a minus": "−",
}  # fmt: skip


def _in_cells(cells: tuple[str, ...], xml: str, *values: str, properties: str = "") -> Callable[[Path], None]:
    """The XML in each cell, `@` standing for its address and `?` for the next of the values."""
    made: dict[str, object] = {}
    for number, address in enumerate(cells):
        filled = xml.replace("@", address.rpartition("!")[2])
        made[address] = {"raw": filled.replace("?", values[number % len(values)]) if values else filled}
    return lambda desk: write(desk, package(parts_of(with_cells(made), properties=properties)))


def _rounds(
    values: tuple[str, ...], cells: tuple[str, ...], xml: str, properties: str = ""
) -> dict[str, Attack]:
    """As many workbooks as are needed for every value to stand in two cells."""
    found = {}
    for first in range(0, 2 * len(values), len(cells)):
        turned = tuple(values[(first + at) % len(values)] for at in range(len(cells)))
        if first >= len(values):
            turned = turned[1:] + turned[:1]
        found[", ".join(each[:12] for each in turned)] = Attack(
            _in_cells(cells, xml, *turned, properties=properties), BUILD
        )
    return found


def _everywhere(value: object) -> Callable[[Path], None]:
    """The value in every cell below the headings of every sheet, but for the names of the programme's items."""
    made = grid()
    for name, cells in made.items():
        for address in list(cells):
            below = int(address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) > 3
            if below and not (name == "Programme" and address.startswith("A")):
                cells[address] = value
    return save(made)


def _renamed(names: Mapping[str, str]) -> Callable[[Path], None]:
    return save({names.get(name, name): cells for name, cells in grid().items()})


def _doubled() -> Grid:
    made = grid()
    return {**made, "RISKS": dict(made["Risks"]), "risks ": dict(made["Risks"]), "Rısks": {"A1": "x"}}


def _replaced(part: str, *pairs: tuple[str, str]) -> Callable[[Path], None]:
    def change(parts: Parts) -> None:
        for old, new in pairs:
            parts[part] = str(parts[part]).replace(old, new)

    return save_parts(change)


def _everything_replaced(*pairs: tuple[str, str]) -> Callable[[Path], None]:
    def change(parts: Parts) -> None:
        for part, xml in parts.items():
            text = str(xml)
            for old, new in pairs:
                text = text.replace(old, new)
            parts[part] = text

    return save_parts(change)


_STRICT = (
    ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships"),
)  # fmt: skip
_HIDDEN = ('<sheet name="Risks"', '<sheet state="veryHidden" name="Risks"')
_UNSTYLED: Callable[[Parts], object] = lambda parts: parts.pop("xl/styles.xml")  # noqa: E731

ATTACKS = {
    **{f"numbers {name}": each for name, each in _rounds(NUMBERS, NUMBER_CELLS, '<c r="@"><v>?</v></c>').items()},
    **{f"days {name}": each for name, each in _rounds(DATES, DATE_CELLS, '<c r="@" s="1"><v>?</v></c>').items()},
    **{
        f"days from 1904 {name}": each
        for name, each in _rounds(DATES, DATE_CELLS, '<c r="@" s="1"><v>?</v></c>', '<workbookPr date1904="1"/>').items()
    },
    **{f"{what} everywhere": Attack(_everywhere(value), BUILD, (0, 1)) for what, value in ANYWHERE.items()},
    "cells of every type that there is not": Attack(_in_cells(NUMBER_CELLS, '<c r="@" t="zz" s="-1"><v>?</v></c>'), codes=(1,)),
    "rich text in nested runs": Attack(
        _in_cells(("Risks!G4",), '<c r="@" t="inlineStr"><is><r><t>a</t></r><r><rPr/><t> b</t></r><rPh><t>x</t></rPh></is></c>'),
        codes=(0,),
    ),
    "dates as the standard writes them": Attack(_in_cells(DATE_CELLS, '<c r="@" t="d"><v>2025-05-31T00:00:00Z</v></c>')),
    "sheets twice but for their case": Attack(save(_doubled()), codes=(1,), says="WBK-12"),
    "sheets with names of path and markup": Attack(
        _renamed({"Risks": "../../Risks", "Metrics": "<Metrics>&'\"", "Finance": "x" * 5000}), codes=(1,)
    ),
    "sheets in another order": Attack(save(dict(reversed(grid().items()))), codes=(0,)),
    "no sheets that are known": Attack(save({"Sheet1": {"A1": "x"}}), codes=(1,), says="WBK-01"),
    "a sheet that nobody sees": Attack(_replaced("xl/workbook.xml", _HIDDEN), codes=(0,)),
    "no styles": Attack(save_parts(_UNSTYLED), codes=(0, 1)),
    "no texts and no styles, as a script writes": Attack(
        save_parts(lambda parts: [parts.pop(name) for name in ("xl/styles.xml", "xl/sharedStrings.xml")]), codes=(0, 1)
    ),
    "no relationships": Attack(save_parts(lambda parts: parts.pop("xl/_rels/workbook.xml.rels")), codes=(2,)),
    "no relationships of the package": Attack(save_parts(lambda parts: parts.pop("_rels/.rels")), codes=(0, 2)),
    "no types": Attack(save_parts(lambda parts: parts.pop("[Content_Types].xml")), codes=(0, 2)),
    "strict": Attack(_everything_replaced(*_STRICT), codes=(0,)),
    "a prefix for every name": Attack(
        save_parts(lambda parts: parts.update({name: _prefixed(str(xml)) for name, xml in parts.items() if "sheet" in name})),
        codes=(0, 1),
    ),
    "line ends of Windows": Attack(_everything_replaced(("><", ">\r\n<")), codes=(0,)),
    "a mark of order before every part": Attack(
        save_parts(lambda parts: parts.update({name: "\ufeff" + str(xml) for name, xml in parts.items()})), codes=(0, 2)
    ),
    "cells and rows without addresses": Attack(
        save_parts(lambda parts: parts.update({name: _unaddressed(str(xml)) for name, xml in parts.items()})), codes=(0, 1)
    ),
    "rows in no order, and twice": Attack(
        _replaced("xl/worksheets/sheet8.xml", ('<row r="5">', '<row r="4">'), ('r="A5"', 'r="A4"')), codes=(0, 1)
    ),
    "cells at addresses that are none": Attack(
        _replaced("xl/worksheets/sheet8.xml", ('r="G4"', 'r="ZZZZ99999999999"'), ('r="H4"', 'r="$H$4"'), ('r="A5"', 'r=""')),
        codes=(0, 1),
    ),
    "rows at numbers that are none": Attack(
        _replaced("xl/worksheets/sheet8.xml", ('<row r="4">', '<row r="-4">'), ('<row r="5">', '<row r="99999999999">')),
        codes=(0, 1, 2),
    ),
}  # fmt: skip


def _prefixed(xml: str) -> str:
    import re

    return re.sub(r"<(/?)(?![?!])", r"<\1s:", xml).replace("xmlns=", "xmlns:s=")


def _unaddressed(xml: str) -> str:
    import re

    return re.sub(r'(<(?:c|row)) r="[A-Z]*\d+"', r"\1", xml)


@pytest.mark.parametrize("name", ATTACKS)
def test_it_is_read_or_told(name: str, survived: Mapping[str, Survived]) -> None:
    assert_harmless(survived[name])
