"""The cells of a workbook, out of the XML of its parts, in one pass and with bounded memory.

What Excel shows is not all that matters here: a percentage is told by its number format, a formula that was never
calculated by its missing value. A library that reads every part takes several times as long as the rest of `check`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple

from svreport.workbook.number_formats import GENERAL, NumberFormat, day_of
from svreport.workbook.opening import MOST_CHARACTERS_IN_CELL as MOST_CHARACTERS_IN_CELL
from svreport.workbook.opening import Package
from svreport.workbook.workbook_xml import (
    MOST_CELLS,
    Collected,
    Workbook,
    parse,
    shared_strings,
    whole_number,
)

_MOST_ROWS, _MOST_COLUMNS, _MOST_MERGES = 1_048_576, 16_384, 10_000
_SIGNIFICANT = 12
_EXACT_WHOLE = 10**15


class CellKind(IntEnum):
    TEXT = 1
    NUMBER = 2
    DATE = 3
    BOOLEAN = 4
    ERROR = 5
    UNCALCULATED = 6
    DAMAGED = 7
    TOO_LONG = 8


class Cell(NamedTuple):
    """One filled cell: `text` is what a person sees, or nearly; `number` what the sheet holds (0.0562 for 5.62%)."""

    kind: CellKind
    text: str
    number: Decimal = Decimal(0)
    day: date | None = None
    format: NumberFormat = GENERAL


@dataclass(slots=True)
class SheetCells:
    """A sheet's filled cells by row and column, both from 1; `merged` are (first row, first column, last row,
    last column).
    """

    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def read_book(package: Package) -> list[SheetCells]:
    """Every worksheet, in the order of its tabs.

    Raises WorkbookUnreadable where a part is missing, damaged or larger than any return can be.
    """
    workbook = Workbook(package)
    reader = _SheetReader(package, shared_strings(package, workbook.part_of("sharedStrings")), workbook)
    return [reader.read(name, part) for name, part in workbook.sheets]


class _SheetReader:
    """Reads one sheet's part after another; counts cells over all of them."""

    def __init__(self, package: Package, strings: list[str], workbook: Workbook) -> None:
        self._package = package
        self._strings = strings
        self._formats = workbook.formats
        self._from_1904 = workbook.from_1904
        self._cells = 0
        self._columns: dict[str, int] = {}

    def read(self, name: str, part: str) -> SheetCells:
        if not self._package.holds(part):
            raise self._package.damaged(part)
        sheet = SheetCells(unescaped(name))
        row = column = rows = 0
        kind = style = ""
        formula = filled = False
        value = Collected()

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal row, rows, column, kind, style, formula, filled
            local = tag.rpartition(" ")[2]
            if local == "c":
                column = self._column(attributes.get("r", ""), column)
                kind, style = attributes.get("t", "n"), attributes.get("s", "0")
                formula = filled = False
                value.take()
            elif value.start(local):
                filled = True
            elif local == "f":
                formula = True
            elif local == "row":
                row = whole_number(attributes.get("r"), _MOST_ROWS) or row + 1
                column, rows = 0, rows + 1
                if rows > _MOST_ROWS or row > _MOST_ROWS:
                    raise self._package.too_large()
                if attributes.get("hidden") in ("1", "true"):
                    sheet.hidden.append(row)
            elif local == "mergeCell" and (area := self._area(attributes, sheet)):
                sheet.merged.append(area)

        def end(tag: str) -> None:
            local = tag.rpartition(" ")[2]
            value.end(local)
            if local == "c" and (filled or formula):
                cell = self._cell(kind, style, value.take(), filled, formula)
                if cell is not None:
                    self._count()
                    sheet.rows.setdefault(row, {}).setdefault(column, cell)

        parse(self._package, part, start, end, value.add)
        sheet.hidden = [each for each in sheet.hidden if each in sheet.rows]
        sheet.rows = dict(sorted(sheet.rows.items()))
        return sheet

    def _area(self, attributes: dict[str, str], sheet: SheetCells) -> tuple[int, int, int, int] | None:
        return area_of(attributes.get("ref", "")) if len(sheet.merged) < _MOST_MERGES else None

    def _count(self) -> None:
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise self._package.too_large()

    def _column(self, reference: str, before: int) -> int:
        letters = reference.rstrip("0123456789")
        if letters not in self._columns:
            self._columns[letters] = column_number(letters)
        return self._columns[letters] or before + 1

    def _cell(self, kind: str, style: str, raw: str, filled: bool, formula: bool) -> Cell | None:
        if formula and (not filled or (raw == "" and kind != "str")):
            return Cell(CellKind.UNCALCULATED, "a formula")
        if kind in ("s", "str", "inlineStr"):
            return self._text(kind, raw)
        if raw.strip() == "":
            return None
        if kind == "b":
            return Cell(CellKind.BOOLEAN, "TRUE" if raw.strip() in ("1", "true") else "FALSE")
        if kind == "e":
            return Cell(CellKind.ERROR, raw[:40])
        number_format = self._format(style)
        if kind == "d":
            return _iso_date(raw, number_format)
        return self._number(raw, number_format)

    def _text(self, kind: str, raw: str) -> Cell | None:
        if kind == "s":
            position = whole_number(raw.strip(), len(self._strings) - 1)
            if position is None:
                return Cell(CellKind.DAMAGED, raw[:40])
            raw = self._strings[position]
        if len(raw) > MOST_CHARACTERS_IN_CELL:
            raw = unescaped(raw)
            if len(raw) > MOST_CHARACTERS_IN_CELL:
                return Cell(CellKind.TOO_LONG, "a longer text")
        else:
            raw = unescaped(raw)
        return Cell(CellKind.TEXT, raw) if not is_blank(raw) else None

    def _format(self, style: str) -> NumberFormat:
        position = whole_number(style, len(self._formats) - 1)
        return self._formats[position] if position is not None else GENERAL

    def _number(self, raw: str, number_format: NumberFormat) -> Cell:
        amount = _decimal(raw)
        if amount is None:
            return Cell(CellKind.DAMAGED, raw[:40])
        if number_format.is_date:
            day = day_of(amount, self._from_1904)
            shown = number_format.shown_date(day) if day else number_format.shown(amount)
            return Cell(CellKind.DATE, shown, amount, day, number_format)
        return Cell(CellKind.NUMBER, number_format.shown(amount), amount, None, number_format)


def _decimal(raw: str) -> Decimal | None:
    """The number without the noise of binary fractions: 12 significant digits, whole numbers exactly."""
    if (
        not re.fullmatch(r"\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,4})?\s*", raw[:400], re.ASCII)
        or len(raw) > 400
    ):
        return None
    value = float(raw)
    if value in (float("inf"), float("-inf")):
        return None
    if value.is_integer() and abs(value) < _EXACT_WHOLE:
        return Decimal(int(value))
    return Decimal(f"{value:.{_SIGNIFICANT}g}")


def _iso_date(raw: str, number_format: NumberFormat) -> Cell:
    try:
        day = date.fromisoformat(raw.strip()[:10])
    except ValueError:
        return Cell(CellKind.DAMAGED, raw[:40])
    return Cell(CellKind.DATE, NumberFormat("d mmmm yyyy").shown_date(day), Decimal(0), day, number_format)


def column_number(letters: str) -> int:
    """The column that letters name, from 1; 0 if they name none."""
    if not re.fullmatch("[A-Z]{1,3}", letters):
        return 0
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number if number <= _MOST_COLUMNS else 0


def area_of(reference: str) -> tuple[int, int, int, int] | None:
    """First row, first column, last row and last column of `A4:B7`."""
    found = re.fullmatch(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})", reference, re.ASCII)
    if not found:
        return None
    return int(found[2]), column_number(found[1]), int(found[4]), column_number(found[3])


def is_blank(text: str) -> bool:
    """True for text of spaces of any kind alone."""
    return not text.strip().strip("\u200b\u2060\ufeff \u00a0\n")


def unescaped(text: str) -> str:
    """Text with the escapes of the file format undone (`_x000D_`), line ends as one character, and the halves of a
    character put together.
    """
    if "_x" in text:
        text = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def filled_columns(rows: Iterable[dict[int, Cell]]) -> set[int]:
    """The columns that hold anything in those rows."""
    return {column for row in rows for column in row}
