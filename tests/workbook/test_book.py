"""Cells as files hold them: texts in every form, numbers with their formats, dates of both kinds."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from svreport.workbook.book import Cell, CellKind, SheetCells, is_blank, read_book, unescaped
from svreport.workbook.number_formats import NumberFormat, day_of
from svreport.workbook.opening import open_package
from tests.workbook.raw import package, parts_of


def _sheet(folder: Path, cells: dict[str, object], **more: object) -> SheetCells:
    path = folder / "book.xlsx"
    path.write_bytes(package(parts_of({"Sheet": cells}, **more)))  # type: ignore[arg-type]
    return read_book(open_package(path))[0]


def _cell(folder: Path, value: object, **more: object) -> Cell:
    return _sheet(folder, {"A1": value}, **more).rows[1][1]


_STRINGS = (
    "<si><t>plain</t></si>",
    "<si><r><rPr><b/></rPr><t>rich </t></r><r><t>text</t></r></si>",
    "<si><t>東京</t><rPh sb='0' eb='2'><t>とうきょう</t></rPh></si>",
    "<si><t xml:space='preserve'> a_x000D_\nb_x005F_x000D_ _xD83D__xDE00_ </t></si>",
    "<si/>",
)


@pytest.mark.parametrize(
    ("number", "text"), [(0, "plain"), (1, "rich text"), (2, "東京"), (3, " a\nb_x000D_ 😀 ")]
)
def test_shared_texts(number: int, text: str, tmp_path: Path) -> None:
    cell = _cell(tmp_path, {"shared": number}, strings=_STRINGS)
    assert (cell.kind, cell.text) == (CellKind.TEXT, text)


def test_a_text_in_the_cell_itself_in_several_runs(tmp_path: Path) -> None:
    raw = '<c r="A1" t="inlineStr"><is><r><t>in</t></r><r><t>line &amp; more</t></r></is></c>'
    assert _cell(tmp_path, {"raw": raw}).text == "inline & more"


def test_blank_cells_are_left_out(tmp_path: Path) -> None:
    cells: dict[str, object] = {
        "A1": " ",
        "B1": {"shared": 4},
        "C1": {"formula": "A1", "value": ""},
        "D1": "x",
    }
    assert list(_sheet(tmp_path, cells, strings=_STRINGS).rows[1]) == [4]
    assert is_blank("\u00a0\u200b \n\ufeff")
    assert not is_blank("\u00a0-\u00a0")


def test_cells_and_rows_without_addresses_count_on(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    parts = parts_of({"Sheet": {}})
    parts["xl/worksheets/sheet1.xml"] = (
        "<x:worksheet xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><x:sheetData>"
        "<x:row><x:c><x:v>1</x:v></x:c><x:c/><x:c><x:v>3</x:v></x:c></x:row>"
        "<x:row r='4'><x:c r='C4'><x:v>9</x:v></x:c><x:c><x:v>10</x:v></x:c></x:row>"
        "<!-- <c r='Z9'/> --></x:sheetData></x:worksheet>"
    )
    path.write_bytes(package(parts))
    rows = read_book(open_package(path))[0].rows
    assert {(row, column): cell.number for row, cells in rows.items() for column, cell in cells.items()} == {
        (1, 1): 1, (1, 3): 3, (4, 3): 9, (4, 4): 10,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "amount"),
    [
        ("5.6200000000000001", "5.62"),
        ("0.30000000000000004", "0.3"),
        ("9.9999999999999645E-2", "0.1"),
        ("84500", "84500"),
        ("1.0E3", "1000"),
        ("-0", "0"),
        ("123456789012345", "123456789012345"),
        ("84.5", "84.5"),
    ],
)
def test_numbers_lose_the_noise_of_binary_fractions(raw: str, amount: str, tmp_path: Path) -> None:
    cell = _cell(tmp_path, {"raw": f'<c r="A1"><v>{raw}</v></c>'})
    assert (cell.kind, cell.number) == (CellKind.NUMBER, Decimal(amount))
    assert "E" not in cell.text


@pytest.mark.parametrize("raw", ["1e999", "nan", "inf", "1_000", "0x10", "١٢", "1 2", "9" * 500])
def test_a_number_that_is_none_is_damaged(raw: str, tmp_path: Path) -> None:
    assert _cell(tmp_path, {"raw": f'<c r="A1"><v>{raw}</v></c>'}).kind is CellKind.DAMAGED


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"shown": 3.1}, "3.10"),
        (3.1, "3.1"),
        (1, "1"),
        ({"percent": 0.0562}, "5.62%"),
        ({"percent": 0.05623}, "5.623%"),
        ({"thousands": 5562}, "5,562"),
        ({"thousands": 5562.5}, "5,562.5"),
        (date(2024, 10, 31), "31 October 2024"),
        ({"month": date(2024, 11, 1)}, "Nov 2024"),
        (True, "TRUE"),
    ],
)
def test_what_a_person_sees(value: object, text: str, tmp_path: Path) -> None:
    assert _cell(tmp_path, value).text == text


def test_dates_of_both_kinds(tmp_path: Path) -> None:
    assert _cell(tmp_path, date(2024, 10, 31)).day == date(2024, 10, 31)
    cell = _cell(tmp_path, {"dated": 44135}, properties='<workbookPr date1904="1"/>')
    assert cell.day == date(2024, 11, 1)
    cell = _cell(tmp_path, {"raw": '<c r="A1" t="d"><v>2024-10-31T00:00:00</v></c>'})
    assert (cell.kind, cell.day) == (CellKind.DATE, date(2024, 10, 31))


@pytest.mark.parametrize(
    ("serial", "day"),
    [
        ("1", date(1900, 1, 1)),
        ("59", date(1900, 2, 28)),
        ("60", None),
        ("61", date(1900, 3, 1)),
        ("0", None),
        ("-1", None),
        ("2958465", date(9999, 12, 31)),
        ("2958466", None),
    ],
)
def test_the_days_that_excel_counts(serial: str, day: date | None) -> None:
    assert day_of(Decimal(serial), from_1904=False) == day


@pytest.mark.parametrize(
    ("code", "is_date", "is_percent"),
    [
        ("General", False, False),
        ("d mmmm yyyy", True, False),
        ("[$-809]dd/mm/yyyy;@", True, False),
        ("[h]:mm", True, False),
        ('#,##0" days"', False, False),
        ("0.00%", False, True),
        ('0"%"', False, False),
        ("£#,##0.00;[Red]-£#,##0.00", False, False),
        ("[$£-809]#,##0", False, False),
        ("@", False, False),
        ("yyyy", True, False),
    ],
)
def test_number_formats(code: str, is_date: bool, is_percent: bool) -> None:
    number_format = NumberFormat(code)
    assert (number_format.is_date, number_format.is_percent) == (is_date, is_percent)


def test_lone_halves_of_a_character_are_replaced() -> None:
    assert unescaped("a_xD83D_b") == "a\ufffdb"
    assert unescaped("_x005F_xD83D_") == "_xD83D_"
