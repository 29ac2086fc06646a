"""The saved values of formulas that depend on cells that were filled in: taken away, so that nobody reads an old one.

Excel works every formula out when it opens the form, and so does LibreOffice where no value is saved; a program that
reads saved values alone finds none, not a wrong one.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from svreport.model import names
from svreport.model.finding import column_letters
from svreport.workbook.areas import LAST_COLUMN, LAST_ROW, Area, read_area
from svreport.workbook.book import column_number
from svreport.workbook.forms.sheet import FormSheet

# More formulas than this are not followed one by one: all of them lose their saved values.
_MOST_FORMULAS = 20_000
_MOST_ROUNDS = 40
_DEEPEST_NAMES = 8
# Functions whose cells cannot be told from the formula.
_OPEN = ("INDIRECT", "OFFSET")


class _Filled:
    """The cells of one sheet that hold something new."""

    def __init__(self) -> None:
        self._columns_of: dict[int, list[int]] = {}
        self._rows_of: dict[int, list[int]] = {}
        self._rows: list[int] = []
        self._columns: list[int] = []

    def add(self, row: int, column: int) -> None:
        _insert(self._columns_of, self._rows, row, column)
        _insert(self._rows_of, self._columns, column, row)

    def meets(self, area: Area) -> bool:
        """Whether one of the cells lies in an area: told along the rows or the columns, whichever are fewer."""
        rows = _within(self._rows, area.top, area.bottom)
        columns = _within(self._columns, area.left, area.right)
        if len(rows) <= len(columns):
            return any(_within(self._columns_of[row], area.left, area.right) for row in rows)
        return any(_within(self._rows_of[column], area.top, area.bottom) for column in columns)


def _insert(lines: dict[int, list[int]], order: list[int], line: int, at: int) -> None:
    if line not in lines:
        lines[line] = []
        insort(order, line)
    insort(lines[line], at)


def _within(order: list[int], first: int, last: int) -> list[int]:
    return order[bisect_left(order, first) : bisect_right(order, last)]


@dataclass(frozen=True, slots=True)
class _Reads:
    """What a formula reads: areas of sheets; `anything` where that cannot be told."""

    areas: tuple[tuple[str, Area], ...]
    anything: bool = False


def drop_stale_values(
    sheets: Mapping[str, FormSheet],
    written: Mapping[str, Iterable[tuple[int, int]]],
    defined: Mapping[str, str],
) -> None:
    """Takes away the saved value of each formula that reads a written cell, or another such formula.

    `defined` holds the workbook's names, in small letters, with the formulas that they stand for.
    """
    formulas = [
        (
            name,
            row,
            column,
            formula.get("t", ""),
            formula.text or "",
            formula.get("si", ""),
            formula.get("ref", ""),
        )
        for name, sheet in sheets.items()
        for row, column, formula in sheet.formulas()
    ]
    if len(formulas) > _MOST_FORMULAS:
        for name, row, column, *_ in formulas:
            sheets[name].drop_value(row, column)
        return
    by_key = {names.key(name): name for name in sheets}
    reader = _Reader(by_key, defined)
    first = {(name, si): (text, row, column) for name, row, column, kind, text, si, _ in formulas
             if kind == "shared" and text}  # fmt: skip
    waiting: list[tuple[str, int, int, Area | None, _Reads]] = []
    for name, row, column, kind, text, si, ref in formulas:
        if kind == "shared" and not text and (name, si) in first:
            told, from_row, from_column = first[name, si]
            text = _translated(told, from_row, from_column, row, column)
        area = read_area(ref) if kind in ("array", "dataTable") else None
        reads = _Reads((), anything=True) if kind == "dataTable" else reader.reads(text, name)
        waiting.append((name, row, column, area, reads))
    filled = {name: _Filled() for name in sheets}
    for name, places in written.items():
        for row, column in sorted(places):
            filled[name].add(row, column)
    for round_ in range(_MOST_ROUNDS + 1):
        left = []
        for each in waiting:
            name, row, column, area, reads = each
            if (
                reads.anything
                or round_ == _MOST_ROUNDS
                or any(filled[on].meets(read) for on, read in reads.areas)
            ):
                for at_row, at_column in _cells_of(area, row, column):
                    if sheets[name].holds(at_row, at_column):
                        sheets[name].drop_value(at_row, at_column)
                    filled[name].add(at_row, at_column)
            else:
                left.append(each)
        if len(left) == len(waiting):
            return
        waiting = left


def _cells_of(area: Area | None, row: int, column: int) -> Iterable[tuple[int, int]]:
    if area is None or (area.bottom - area.top + 1) * (area.right - area.left + 1) > _MOST_FORMULAS:
        return [(row, column)]
    return [
        (at_row, at_column)
        for at_row in range(area.top, area.bottom + 1)
        for at_column in range(area.left, area.right + 1)
    ]


class _Reader:
    """Tells what formulas read."""

    def __init__(self, sheets: Mapping[str, str], defined: Mapping[str, str]) -> None:
        self._sheets = sheets
        self._defined = defined

    def reads(self, text: str, home: str, depth: int = 0) -> _Reads:
        from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError

        try:
            tokens = Tokenizer(f"={text}").items
        except (TokenizerError, IndexError):
            return _Reads((), anything=True)
        areas: list[tuple[str, Area]] = []
        for token in tokens:
            if token.type == Token.FUNC and token.value.rstrip("(").upper().endswith(_OPEN):
                return _Reads((), anything=True)
            if token.type == Token.OPERAND and token.subtype == Token.RANGE:
                read = self._operand(token.value, home, depth)
                if read.anything:
                    return read
                areas += read.areas
        return _Reads(tuple(areas))

    def _operand(self, reference: str, home: str, depth: int) -> _Reads:
        prefix, mark, cells = reference.rpartition("!")
        if "[" in prefix:
            return _Reads(())  # another workbook's cells
        sheet = self._sheets.get(names.key(prefix.strip("'").replace("''", "'"))) if mark else home
        area = _area(cells.replace("$", "").removesuffix("#"))
        if area is not None and sheet is not None:
            return _Reads(((sheet, area),))
        named = self._defined.get(cells.casefold())
        if named is None or depth >= _DEEPEST_NAMES:
            # A table's columns, several sheets at once, or a name that is not there.
            return _Reads((), anything=True)
        return self.reads(named, home, depth + 1)


def _area(cells: str) -> Area | None:
    """`B7`, `A4:C9`, `A:C` or `3:5`."""
    first, _, last = cells.upper().partition(":")
    last = last or first
    if first.isalpha() and last.isalpha() and ":" in cells:
        left, right = column_number(first), column_number(last)
        return Area(1, min(left, right), LAST_ROW, max(left, right)) if left and right else None
    if first.isdecimal() and last.isdecimal() and ":" in cells and len(first) < 8 and len(last) < 8:
        return Area(min(int(first), int(last)), 1, max(int(first), int(last)), LAST_COLUMN)
    return read_area(f"{first}:{last}" if last != first else first)


def _translated(text: str, from_row: int, from_column: int, row: int, column: int) -> str:
    from openpyxl.formula.tokenizer import TokenizerError
    from openpyxl.formula.translate import Translator

    try:
        translator = Translator(f"={text}", origin=f"{column_letters(from_column)}{from_row}")
        told: str = translator.translate_formula(f"{column_letters(column)}{row}")
    except (TokenizerError, IndexError, ValueError):
        return "INDIRECT()"  # what cannot be followed may read anything
    return told.removeprefix("=")
