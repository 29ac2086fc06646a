"""More of anything than a return has: rows, cells, letters, findings, figures. Refused, or read within bounds."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.hostile.attacks import Attack, Survived, assert_harmless
from tests.hostile.workbooks import WORKBOOK, Parts, save_parts, sheet_part
from tests.workbook.raw import cell_xml

CHECK = (("check", WORKBOOK),)
CHECK_BUILD = (("check", WORKBOOK), ("build", WORKBOOK))


def _rows(sheet: str, rows: Callable[[], str]) -> Callable[[Path], None]:
    """The return with more rows at the end of a sheet, given as XML."""

    def change(parts: Parts) -> None:
        part = sheet_part(sheet)
        parts[part] = str(parts[part]).replace("</sheetData>", f"{rows()}</sheetData>")

    return save_parts(change)


def _many(sheet: str, number: int, *values: str) -> Callable[[Path], None]:
    """As many rows more on a sheet, `#` in a value standing for the row's number."""

    def rows() -> str:
        made = []
        for row in range(20, 20 + number):
            cells = (
                cell_xml(f"{chr(ord('A') + at)}{row}", value.replace("#", str(row)))
                for at, value in enumerate(values)
                if value
            )
            made.append(f'<row r="{row}">{"".join(cells)}</row>')
        return "".join(made)

    return _rows(sheet, rows)


def _numbers(sheet: str, number: int, first: str) -> Callable[[Path], None]:
    """Rows of Metric data: a month each, going round the years, of one metric after another."""

    def rows() -> str:
        made = []
        for n in range(number):
            row, month = 20 + n, f"{2000 + n // 12 % 100}-{n % 12 + 1:02}"
            made.append(
                f'<row r="{row}">{cell_xml(f"A{row}", first)}{cell_xml(f"B{row}", month)}'
                f'<c r="C{row}"><v>{n}</v></c><c r="D{row}"><v>{n * 2}</v></c></row>'
            )
        return "".join(made)

    return _rows(sheet, rows)


def _far(parts: Parts) -> None:
    part = sheet_part("Risks")
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far away</t></is></c></row>'
    parts[part] = (
        str(parts[part])
        .replace("</sheetData>", f"{far}</sheetData>")
        .replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    )


def _merged(parts: Parts) -> None:
    part = sheet_part("Progress")
    areas = "".join(f'<mergeCell ref="A{n}:XFD1048576"/>' for n in range(1, 50_000))
    parts[part] = str(parts[part]).replace("</worksheet>", f"<mergeCells>{areas}</mergeCells></worksheet>")


_BLANK = '<row r="{0}" s="1" customFormat="1"/>'
_STYLED = '<row r="{0}"><c r="A{0}" s="1"/><c r="B{0}" s="1"/><c r="H{0}" s="1"/></row>'
ATTACKS = {
    "a million rows of nothing": Attack(
        _rows("Risks", lambda: "".join(_BLANK.format(n) for n in range(20, 1_000_020))), CHECK_BUILD, (0,)
    ),
    "a million rows of empty cells": Attack(
        _rows("Risks", lambda: "".join(_STYLED.format(n) for n in range(20, 1_000_020))), CHECK, (0,)
    ),
    "a million rows of blanks": Attack(
        _rows("Risks", lambda: "".join('<row><c t="str"><v> </v></c></row>' for _ in range(1_000_000))), CHECK, (0,)
    ),
    "a cell at the far end": Attack(save_parts(_far), CHECK_BUILD, (0, 1)),
    "areas merged fifty thousand times": Attack(save_parts(_merged), CHECK_BUILD, (0, 1)),
    "a million cells with words": Attack(
        _rows("Risks", lambda: "".join(f'<row r="{n}"><c r="Z{n}" t="str"><v>word</v></c></row>' for n in range(20, 1_000_100))),
        CHECK,
        (2,),
        "larger than any",
    ),
    "a cell of a million letters": Attack(
        _rows("Risks", lambda: f'<row r="20">{cell_xml("A20", "9")}{cell_xml("B20", "b" * 1_000_000)}</row>'),
        CHECK_BUILD,
        (1,),
        "32,767",
    ),
    "a hundred thousand findings": Attack(
        _many("Progress", 34_000, "none #", "Nothing", ""), CHECK, (1,), "errors"
    ),
    "ten thousand unknown levels": Attack(
        _many("Risks", 10_000, "R#", "A risk.", "Orange", "Purple", "", "", "Words.", "Words."), CHECK, (1,)
    ),
    "fifteen thousand figures": Attack(_many("Metric data", 15_000, "Plans", "x#", "1", "2"), CHECK, (1,)),
    "figures of every month of a century": Attack(_numbers("Metric data", 1_200, "Plans"), CHECK_BUILD, (0, 1)),
    "the same figures thirty thousand times": Attack(_numbers("Metric data", 30_000, "Plans"), CHECK, (1,)),
    "ten thousand metrics": Attack(_many("Metrics", 10_000, "M#", "Metric #", "number", "", "", "i", ""), CHECK, (0, 1)),
    "two thousand metrics of each other": Attack(
        _many("Metrics", 2_000, "M#", "Metric #", "number", "", "", "", "running total of Plans"), CHECK, (0, 1)
    ),
    "two thousand lines of the plan": Attack(
        _many("Finance", 2_000, "Scenario #", "Line", "Other", "1", "2"), CHECK, (0, 1)
    ),
    "two hundred scenarios": Attack(
        _many("Finance", 200, "Scenario #", "Deficit", "Carried forward", "1", "2"), CHECK_BUILD, (0, 1)
    ),
    "five thousand exhibits": Attack(
        _many("Exhibits", 5_000, "E#", "Table", "Title #", "Plans actual", "", ""), CHECK, (0, 1)
    ),
    "an exhibit placed a thousand times": Attack(
        _many("Progress", 1_000, "i", "Exhibit", "Deficit table"), CHECK_BUILD, (0, 1)
    ),
    "two hundred conditions": Attack(
        _many("Conditions", 200, "C#", "Wording #.", "Green", "Amber", "", ""), CHECK_BUILD, (0, 1)
    ),
    "two hundred risks with words": Attack(
        _many("Risks", 200, "R#", "A risk.", "Green", "Amber", "", "", "In 2025-26 it fell by 5%.", "Words."), CHECK_BUILD, (0, 1)
    ),
    "a hundred updates": Attack(
        _many("Updates", 100, "Update # (June)", "", ""), CHECK_BUILD, (0, 1)
    ),
    "a thousand levels": Attack(_many("Assurance levels", 1_000, "Level #", "#123456", "Words."), CHECK_BUILD, (0, 1)),
    "a thousand contacts": Attack(
        _many("Contacts", 1_000, "Other", "Name #", "Title", "a#@example.gov.uk"), CHECK_BUILD, (0, 1)
    ),
    "ten thousand questions": Attack(_many("Questions", 10_000, "q#", "Words?", "Yes", "Words."), CHECK, (0, 1)),
    "ten thousand headlines": Attack(_many("Headlines", 10_000, "Drivers", "Words."), CHECK, (1,)),
    "five thousand approvals": Attack(_many("Sign-off", 5_000, "DCS", "Name", "", "AAAA-AAAA"), CHECK, (0, 1)),
    "ten thousand items": Attack(_many("Programme", 10_000, "Item #", "Value"), CHECK, (0, 1)),
    "ten thousand items nearly known": Attack(_many("Programme", 10_000, "Authorit#", "Value"), CHECK, (0, 1)),
    "sixteen thousand headings": Attack(
        save_parts(
            lambda parts: parts.update(
                {
                    sheet_part("Finance"): str(parts[sheet_part("Finance")]).replace(
                        '<row r="3">', '<row r="3">' + "".join(
                            f'<c r="{_letters(n)}3" t="str"><v>{2000 + n}-{(n + 1) % 100:02}</v></c>' for n in range(10, 16_000)
                        )
                    )
                }
            )
        ),
        CHECK,
        (0, 1),
    ),
}  # fmt: skip


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@pytest.mark.parametrize("name", ATTACKS)
def test_it_is_refused_or_within_bounds(name: str, survived: Mapping[str, Survived]) -> None:
    assert_harmless(survived[name])
