"""A sheet as found: its columns by heading, and its rows, whose cells are read by their column's type."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from svreport.model import names
from svreport.model.entry import Entry
from svreport.model.finding import Place
from svreport.workbook import rules
from svreport.workbook.book import Cell
from svreport.workbook.cells import CellReader, Found
from svreport.workbook.layout import Kind, Need, Sheet

T = TypeVar("T")
_NAMING = (Kind.LINE, Kind.REFERENCE, Kind.CHOICE, Kind.PERIOD)
_NAMES_TOLD = 2


@dataclass(slots=True)
class Table:
    """One sheet as found: `columns` leads from a known heading (an update's label and a financial year, as
    `Period` writes it, included) to the column's number; `unread` are the headings that were not taken.
    """

    name: str
    sheet: Sheet
    heading_row: int
    columns: dict[str, int]
    rows: list["Row"] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    absent: bool = False
    _by_number: dict[int, "Row"] = field(default_factory=dict)

    def place(self, row: int = 0, heading: str = "") -> Place:
        return Place(self.name, row, self.columns.get(heading, 0))

    def subject(self, place: Place) -> str:
        """What a cell is about: its row's names and its heading (`EHCP, Oct 2024: Actual`)."""
        heading = next((name for name, number in self.columns.items() if number == place.column), "")
        if len(self._by_number) != len(self.rows):
            self._by_number = {each.number: each for each in self.rows}
        row = self._by_number.get(place.row)
        if row is None:
            return heading
        named = [
            column.heading
            for column in self.sheet.columns
            if column.need is Need.CELL and column.kind in _NAMING
        ]
        told = [cell.text for name in named[:_NAMES_TOLD] if (cell := row.cell(name)) and name != heading]
        return f"{', '.join(told)}: {heading}"

    def has(self, heading: str) -> bool:
        return heading in self.columns


@dataclass(slots=True)
class Row:
    """One filled row of a table; reading a cell adds to the workbook's findings."""

    table: Table
    number: int
    cells: Mapping[int, Cell]
    found: Found

    def place(self, heading: str) -> Place:
        return self.table.place(self.number, heading)

    def cell(self, heading: str) -> Cell | None:
        column = self.table.columns.get(heading)
        return self.cells.get(column) if column else None

    def read(self, heading: str, reader: CellReader[T], need: Need | None = None) -> Entry[T]:
        """The entry of a cell; empty ones are told as far as the layout (or `need`) says that they must be filled."""
        place = self.place(heading)
        need = need or self.table.sheet.column(heading).need
        if heading not in self.table.columns:
            return Entry(None, place, rules.COLUMN_MISSING.code if need in (Need.CELL, Need.COLUMN) else None)
        cell = self.cell(heading)
        entry: Entry[T] = reader(cell, place, self.found) if cell else Entry(None, place)
        return self.required(entry, heading) if need is Need.CELL and entry.is_empty else entry

    def required(self, entry: Entry[T], heading: str) -> Entry[T]:
        """The entry of an empty cell that must be filled in, told."""
        column = next((each for each in self.table.sheet.columns if each.heading == heading), None)
        expected = (
            f"one of: {names.listed(column.choices)}" if column and column.choices else f"the row's {heading}"
        )
        self.found.append(
            rules.EMPTY.at(
                entry.place,
                read="an empty cell",
                expected=expected,
                mend="fill it in, or clear the whole row if it is not needed",
            )
        )
        return Entry(None, entry.place, rules.EMPTY.code)
