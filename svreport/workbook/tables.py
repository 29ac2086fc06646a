"""Finding each sheet's heading row and columns in a workbook that people have changed."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from svreport.model import names
from svreport.model.finding import Place, Rule, column_letters
from svreport.model.period import read_financial_year
from svreport.model.submission import Entry
from svreport.workbook import layout, rules
from svreport.workbook.book import Cell, SheetCells, filled_columns
from svreport.workbook.cells import CellReader, Found, shortened
from svreport.workbook.figures import is_like_number
from svreport.workbook.layout import Across, Need, Sheet

T = TypeVar("T")
_ROWS_SEARCHED = 20
_NEAR = 0.8
_MOST_NAMED = 12


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

    def place(self, row: int = 0, heading: str = "") -> Place:
        return Place(self.name, row, self.columns.get(heading, 0))

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


class Tables:
    """The known sheets of a workbook, found by name; each is laid into a table when it is asked for."""

    def __init__(self, book: Sequence[SheetCells], found: Found) -> None:
        self.found = found
        self._sheets = _match_sheets(book, found)

    def is_there(self, name: str) -> bool:
        return name in self._sheets

    def table(self, name: str, labels: Sequence[str] = ()) -> Table:
        """The sheet's table; without rows for a sheet that is not there or has no headings. `labels` are the
        updates' labels, which head columns of Conditions and Risks.
        """
        sheet = layout.BY_NAME[name]
        cells = self._sheets.get(name)
        if cells is None:
            return Table(name, sheet, 0, {}, absent=True)
        return _Headings(cells, sheet, labels, self.found).table()

    def tell_missing(self, referred_to: Mapping[str, str]) -> None:
        """Tells every sheet that is missing, once; `referred_to` says what refers to a sheet that can be left out."""
        for sheet in layout.SHEETS:
            if sheet.name in self._sheets:
                continue
            place = Place(sheet.name)
            if sheet.required or sheet.name in referred_to:
                read = referred_to.get(sheet.name, "no sheet of this name, nor one nearly so called")
                mend = "name the sheet so again, or copy it from a workbook made by svreport new"
                self.found.append(
                    rules.SHEET_MISSING.at(
                        place, read=read, expected=f"a sheet called {sheet.name}", mend=mend
                    )
                )
            else:
                self.found.append(
                    rules.SHEET_LEFT_OUT.at(
                        place,
                        read="no sheet of this name",
                        expected=f"a sheet called {sheet.name}, if only its headings",
                        mend="leave it so if nothing is missing; else copy it from a workbook made by svreport new",
                    )
                )


def closest(name: str, known: Iterable[str], closeness: float = _NEAR) -> str | None:
    """The known name that this one is a slip of, or None; names whose digits differ are never slips of each other."""
    wanted = names.key(name[:200])
    best: tuple[float, str] | None = None
    for each in known:
        key = names.key(each)
        if re.findall(r"\d+", key) != re.findall(r"\d+", wanted):
            continue
        ratio = difflib.SequenceMatcher(None, wanted, key).ratio()
        if ratio >= closeness and (best is None or ratio > best[0]):
            best = (ratio, each)
    return best[1] if best else None


def _match_sheets(book: Sequence[SheetCells], found: Found) -> dict[str, SheetCells]:
    known = {names.key(name): name for name in layout.BY_NAME}
    matched: dict[str, SheetCells] = {}
    others: list[SheetCells] = []
    for sheet in book:
        name = known.get(names.key(sheet.name))
        if name is None:
            others.append(sheet)
        elif name in matched:
            found.append(
                rules.SHEET_TWICE.at(
                    Place(sheet.name),
                    read=f"a second sheet called {shortened(sheet.name)}",
                    expected=f"one sheet called {name}",
                    mend="give this sheet another name, or delete it",
                )
            )
        else:
            matched[name] = sheet
    for sheet in others:
        near = closest(sheet.name, layout.BY_NAME)
        if near is None:
            continue
        taken = near not in matched
        if taken:
            matched[near] = sheet
        found.append(
            rules.SHEET_NEARLY.at(
                Place(sheet.name),
                read=shortened(sheet.name),
                expected=f"{near}; "
                f"{'it is read as that' if taken else 'the sheet of that name is read, and this one is not'}",
                mend=f"name it {near}" if taken else "give it a name that cannot be mistaken, or delete it",
            )
        )
    return matched


class _Headings:
    """Finds one sheet's headings, and lays out its rows."""

    def __init__(self, cells: SheetCells, sheet: Sheet, labels: Sequence[str], found: Found) -> None:
        self._cells = cells
        self._sheet = sheet
        self._found = found
        self._labels = list(labels)
        self._known: dict[str, str] = {}
        for column in sheet.columns:
            for name in (column.heading, *column.also):
                self._known[_heading_key(name)] = column.heading
        for label in labels:
            self._known.setdefault(_heading_key(label), label)

    def table(self) -> Table:
        heading_row = self._heading_row()
        table = Table(self._cells.name, self._sheet, heading_row, {})
        if not heading_row:
            self._tell_no_headings(table)
            return table
        headings = {
            column: " ".join(cell.text.split())
            for column, cell in sorted(self._cells.rows[heading_row].items())
        }
        unmatched = self._match(table, headings)
        self._match_nearly(table, unmatched)
        taken = set(table.columns.values())
        table.unread = [heading for number, heading in headings.items() if number not in taken]
        self._tell_missing(table)
        self._rows(table)
        return table

    def _name_of(self, heading: str) -> str | None:
        """The known heading that this one is, whatever its case and spacing; a financial year as `Period` writes it."""
        known = self._known.get(_heading_key(heading))
        if known is None and self._sheet.across is Across.YEARS:
            year = read_financial_year(heading[:40])
            return str(year) if year else None
        return known

    def _heading_row(self) -> int:
        """The row of the first ones with the most known headings; 0 if none looks like a heading row."""
        best, best_score = 0, 0.0
        enough = 1.0 if len(self._sheet.columns) < 4 else 2.0
        for number, row in self._cells.rows.items():
            if number > _ROWS_SEARCHED:
                break
            score = 0.0
            for cell in list(row.values())[:200]:
                if len(cell.text) > 200:
                    continue
                if self._name_of(cell.text):
                    score += 1
                elif closest(cell.text, self._known.values()):
                    score += 0.6
            if score > best_score:
                best, best_score = number, score
        return best if best_score >= enough else 0

    def _match(self, table: Table, headings: Mapping[int, str]) -> dict[int, str]:
        """Takes the headings that are known; gives the others."""
        unmatched: dict[int, str] = {}
        for number, heading in headings.items():
            known = self._name_of(heading)
            if known is None:
                unmatched[number] = heading
            elif known not in table.columns:
                table.columns[known] = number
            elif self._is_alias(known, heading, headings):
                unmatched[number] = heading
            else:
                first = column_letters(table.columns[known])
                self._tell(
                    rules.HEADING_TWICE,
                    table,
                    number,
                    read=f"{heading}, as in column {first}",
                    expected="each heading once",
                    mend=f"rename or delete this column; column {first} is read",
                )
        return unmatched

    def _is_alias(self, known: str, heading: str, headings: Mapping[int, str]) -> bool:
        """True where a second name of a column stands beside its first: `Ref` beside `Condition (or Ref)`."""
        keys = [_heading_key(each) for each in headings.values()]
        return keys.count(_heading_key(heading)) == 1 and _heading_key(heading) != _heading_key(known)

    def _match_nearly(self, table: Table, unmatched: Mapping[int, str]) -> None:
        known = [*dict.fromkeys(self._known.values())]
        for number, heading in unmatched.items():
            if self._sheet.across is Across.YEARS and is_like_number(heading):
                self._tell(
                    rules.YEAR,
                    table,
                    number,
                    read=heading,
                    expected="a financial year such as 2024-25",
                    mend="correct the heading, or give the column a name without figures; it is not read",
                )
                continue
            near = closest(heading, known) or self._label_like(heading)
            if near is None:
                if self._sheet.across is Across.UPDATES and names.key(heading).startswith("update"):
                    mend = (
                        names.did_you_mean(heading, self._labels)
                        or "add the update to Updates, or rename the column"
                    )
                    expected = f"a label of Updates: {names.listed(self._labels) or 'there is none yet'}"
                    self._tell(rules.COLUMN_NEARLY, table, number, read=heading, expected=expected, mend=mend)
                continue
            taken = near not in table.columns
            if taken:
                table.columns[near] = number
            outcome = (
                "it is read as that" if taken else "the column of that name is read, and this one is not"
            )
            mend = (
                f"type the heading as {near}"
                if taken
                else "give it a heading that cannot be mistaken, or delete it"
            )
            self._tell(
                rules.COLUMN_NEARLY, table, number, read=heading, expected=f"{near}; {outcome}", mend=mend
            )

    def _label_like(self, heading: str) -> str | None:
        """The one update's label that the heading is the beginning of, or that begins like it, with the same digits."""
        key = names.key(heading)
        digits = re.findall(r"\d+", key)
        alike = [
            label
            for label in self._labels
            if re.findall(r"\d+", names.key(label)) == digits
            and len(key) >= 3
            and (names.key(label).startswith(key) or key.startswith(names.key(label)))
        ]
        return alike[0] if len(alike) == 1 else None

    def _tell(
        self,
        rule: Rule,
        table: Table,
        column: int,
        *,
        read: str,
        expected: str,
        mend: str,
        row: int = 0,
    ) -> None:
        place = Place(table.name, row or table.heading_row, column)
        self._found.append(rule.at(place, read=shortened(read), expected=expected, mend=mend))

    def _tell_no_headings(self, table: Table) -> None:
        headings = [column.heading for column in self._sheet.columns if column.need is not Need.FREE]
        self._found.append(
            rules.HEADINGS_MISSING.at(
                Place(table.name),
                read="no row with these headings among the first 20",
                expected=f"a row with the headings {names.listed(headings, 'and')}",
                mend="type the headings again in one row above the others",
            )
        )

    def _tell_missing(self, table: Table) -> None:
        for column in self._sheet.columns:
            if column.heading in table.columns or column.need is Need.FREE:
                continue
            needed = column.need in (Need.CELL, Need.COLUMN)
            self._found.append(
                (rules.COLUMN_MISSING if needed else rules.COLUMN_LEFT_OUT).at(
                    Place(table.name),
                    read=f"no column with the heading {column.heading}",
                    expected=f"a column {column.heading}",
                    mend=f"type the heading {column.heading} in row {table.heading_row} above its column"
                    + ("" if needed else ", or leave it so if nothing is missing"),
                )
            )
        if self._sheet.across is Across.YEARS and not any(
            read_financial_year(name) for name in table.columns
        ):
            self._found.append(
                rules.COLUMN_MISSING.at(
                    Place(table.name),
                    read="no column with a financial year as its heading",
                    expected="a column for each financial year, such as 2024-25",
                    mend=f"type the years in row {table.heading_row} above their columns",
                )
            )

    def _rows(self, table: Table) -> None:
        columns = set(table.columns.values())
        filled = {
            number: row
            for number, row in self._cells.rows.items()
            if number > table.heading_row and not columns.isdisjoint(row)
        }
        self._fill_merged(table, filled)
        free = {
            table.columns[each.heading]
            for each in self._sheet.columns
            if each.need is Need.FREE and table.has(each.heading)
        }
        for number, row in filled.items():
            if filled_columns((row,)) & columns - free:
                table.rows.append(Row(table, number, row, self._found))
        self._tell_hidden(table)

    def _fill_merged(self, table: Table, filled: dict[int, dict[int, Cell]]) -> None:
        """Gives the rows that a merged cell covers its value, in columns that group rows; tells each merge once."""
        grouping = {
            number: heading for heading, number in table.columns.items() if _fills_down(self._sheet, heading)
        }
        columns = set(table.columns.values())
        for top, left, bottom, right in sorted(self._cells.merged):
            covered = columns.intersection(range(left, min(right, 16_384) + 1))
            if not covered or (first := filled.get(top)) is None or bottom <= table.heading_row:
                continue
            below = [number for number in filled if top < number <= bottom]
            used = bool(below) and left in grouping and left in first
            if used:
                for number in below:
                    filled[number] = {**filled[number], left: first[left]}
            where = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
            self._tell(
                rules.MERGED,
                table,
                left,
                row=top,
                read=f"{where} merged",
                expected="a value in each row's own cell",
                mend="unmerge the cells and fill in each"
                + (f"; {where} is read as if each held the first one's value" if used else ""),
            )

    def _tell_hidden(self, table: Table) -> None:
        read_rows = {row.number for row in table.rows}
        hidden = [str(number) for number in self._cells.hidden if number in read_rows]
        if not hidden:
            return
        self._found.append(
            rules.HIDDEN_ROWS.at(
                Place(table.name, int(hidden[0])),
                read=f"row{'s' if len(hidden) > 1 else ''} {names.listed(hidden, 'and', _MOST_NAMED)} hidden",
                expected="rows that can be seen, since every row is read",
                mend="show the rows, and clear those that the return should not hold",
            )
        )


def _fills_down(sheet: Sheet, heading: str) -> bool:
    return any(column.heading == heading and column.fills_down for column in sheet.columns)


def _heading_key(heading: str) -> str:
    return names.key(heading).rstrip(" :*.")
