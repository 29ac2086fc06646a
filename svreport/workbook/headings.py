"""Finding a sheet's heading row and columns, and its rows, in a workbook that people have changed."""

import bisect
import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from svreport.model import names
from svreport.model.finding import Place, Rule, column_letters
from svreport.model.period import read_financial_year
from svreport.workbook import rules
from svreport.workbook.book import Cell, SheetCells, filled_columns
from svreport.workbook.cells import Found, shortened
from svreport.workbook.figures import is_like_number
from svreport.workbook.layout import Across, Need, Sheet
from svreport.workbook.rows import Row, Table

_ROWS_SEARCHED = 20
_COLUMNS_SEARCHED = 200
_LONGEST_HEADING = 200
_NEAR = 0.8
_MOST_NAMED = 12


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


class Labels(NamedTuple):
    """The updates' labels, which head columns of `Conditions` and `Risks`; `all_known` where none was unreadable."""

    names: tuple[str, ...] = ()
    all_known: bool = False


class Headings:
    """Finds one sheet's headings, and lays out its rows."""

    def __init__(self, cells: SheetCells, sheet: Sheet, labels: Labels, found: Found) -> None:
        self._cells = cells
        self._sheet = sheet
        self._found = found
        self._labels = labels.names
        self._labels_known = labels.all_known
        self._known: dict[str, str] = {}
        for column in sheet.columns:
            for name in (column.heading, *column.also):
                self._known[_heading_key(name)] = column.heading
        for label in labels.names:
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
        rows = [(number, row) for number, row in self._cells.rows.items() if number <= _ROWS_SEARCHED]
        enough = 1 if len(self._sheet.columns) < 4 else 2
        for score in (self._score_known, self._score_near):
            scores = {number: score(list(row.values())[:_COLUMNS_SEARCHED]) for number, row in rows}
            best = max(scores, key=lambda number: (scores[number], -number), default=0)
            if best and scores[best] >= enough:
                return best
        return 0

    def _score_known(self, cells: Sequence[Cell]) -> float:
        return sum(1 for cell in cells if len(cell.text) <= _LONGEST_HEADING and self._name_of(cell.text))

    def _score_near(self, cells: Sequence[Cell]) -> float:
        """Slips count, but less than headings that are right."""
        slips = [
            cell
            for cell in cells
            if len(cell.text) <= _LONGEST_HEADING
            and not self._name_of(cell.text)
            and closest(cell.text, self._known.values())
        ]
        return self._score_known(cells) + len(slips) * 0.9 if slips else self._score_known(cells)

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
        also = next((column.also for column in self._sheet.columns if column.heading == known), ())
        keys = [_heading_key(each) for each in headings.values()]
        return keys.count(_heading_key(heading)) == 1 and bool(also)

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
                is_update = self._sheet.across is Across.UPDATES and names.key(heading).startswith("update")
                if is_update and self._labels_known:
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
        numbers = sorted(filled)
        done_to: dict[int, int] = {}
        for top, left, bottom, right in sorted(self._cells.merged):
            first = filled.get(top)
            if (
                first is None
                or top <= done_to.get(left, 0)
                or not any(left <= column <= right for column in columns)
            ):
                continue
            done_to[left] = bottom
            below = numbers[bisect.bisect_right(numbers, top) : bisect.bisect_right(numbers, bottom)]
            used = bool(below) and left in grouping and left in first
            if used:
                for number in below:
                    filled[number] = {**filled[number], left: first[left]}
            where = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
            outcome = f"; {where} is read as if each held the first one's value" if used else ""
            self._tell(
                rules.MERGED,
                table,
                left,
                row=top,
                read=f"{where} merged",
                expected="a value in each row's own cell",
                mend=f"unmerge the cells and fill in each{outcome}",
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
    return spaceless(heading).rstrip(":*.")


def spaceless(name: str) -> str:
    """The form in which headings, and names of sheets, are the same whatever their case and spacing."""
    return names.key(name).replace(" ", "")
