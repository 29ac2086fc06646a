"""Whether a finished form satisfies what its pack says of it: each fault told at the form's own cell."""

from collections.abc import Iterable, Iterator

from svreport.model import names
from svreport.model.finding import Finding, Place, Rule
from svreport.model.form import Holds, Requirement, is_like
from svreport.workbook.areas import LAST_ROW, Area, read_area
from svreport.workbook.book import Cell, CellKind, SheetCells, column_number, read_book
from svreport.workbook.forms import rules
from svreport.workbook.forms.form import finished_form

# A requirement that many cells fail is told at the first of them.
_MOST_TOLD = 50
_SHOWN = 60


def unmet(form: str, data: bytes, requirements: Iterable[Requirement]) -> Iterator[Finding]:
    """What the finished form called `form` does not satisfy, in the order of the requirements.

    Sheets that it does not have are left out: `packs check` and the build refuse such a pack.
    """
    sheets = {names.key(sheet.name): sheet for sheet in read_book(finished_form(form, data))}
    for requirement in requirements:
        sheet = sheets.get(names.key(requirement.sheet))
        if sheet is not None:
            yield from _Checked(form, sheet, requirement).findings()


class _Checked:
    """One requirement, looked at in its sheet."""

    def __init__(self, form: str, sheet: SheetCells, requirement: Requirement) -> None:
        self._form = form
        self._sheet = sheet
        self._wanted = requirement

    def findings(self) -> Iterator[Finding]:
        wanted = self._wanted
        area = area_of(wanted.cells)
        if area is None:
            return
        if wanted.rows:
            yield from self._rows(area)
        elif wanted.empty:
            yield from self._empty(area)
        elif wanted.holds:
            yield from self._held(area, wanted.holds)
        else:
            yield from self._reads(area)

    def _reads(self, area: Area) -> Iterator[Finding]:
        wanted = self._wanted
        for row, column in _cells(area):
            cell = self._cell(row, column)
            text = cell.text if cell else ""
            told = (
                f"a text that begins with {wanted.begins_with}"
                if wanted.begins_with
                else f"a text like {wanted.like}"
            )
            if cell and cell.kind is CellKind.UNCALCULATED:
                yield self._found(rules.NOT_CALCULATED, row, column, "a formula", told, _OPEN_IT)
            elif not (
                text.startswith(wanted.begins_with) if wanted.begins_with else is_like(text, wanted.like)
            ):
                mend = "correct in the workbook what the cell's tag names, or in the template the form's own words"
                yield self._found(rules.CELL_UNLIKE, row, column, _read(cell), told, mend)

    def _empty(self, area: Area) -> Iterator[Finding]:
        told = 0
        for row, cells in self._sheet.rows.items():
            for column, cell in cells.items():
                if area.holds(row, column) and told < _MOST_TOLD:
                    told += 1
                    mend = "clear the cell in the template, or move the tag that fills it"
                    yield self._found(rules.NOT_EMPTY, row, column, _read(cell), "an empty cell", mend)

    def _held(self, area: Area, holds: Holds) -> Iterator[Finding]:
        expected = {
            Holds.ANYTHING: "something",
            Holds.NUMBER: "a number",
            Holds.DATE: "a date",
        }[holds]
        fits = {
            Holds.NUMBER: (CellKind.NUMBER,),
            Holds.DATE: (CellKind.DATE,),
        }.get(holds, tuple(kind for kind in CellKind if kind is not CellKind.ERROR))
        told = 0
        for row, column in _cells(area):
            cell = self._cell(row, column)
            # What a formula of the form will give is for Excel to say; that it will give something is told here.
            if cell and (cell.kind in fits or cell.kind is CellKind.UNCALCULATED):
                continue
            if told < _MOST_TOLD:
                told += 1
                mend = "give the workbook the figure that the cell's tag names, or put a tag into the template's cell"
                yield self._found(rules.NOT_HELD, row, column, _read(cell), expected, mend)

    def _rows(self, area: Area) -> Iterator[Finding]:
        """The names of rows in their order, others between them; a formula may give any name."""
        column = area.left
        there = [
            (row, names.key(cells[column].text))
            for row, cells in self._sheet.rows.items()
            if column in cells and area.holds(row, column)
        ]
        at = 0
        for number, name in enumerate(self._wanted.rows):
            position = next((n for n in range(at, len(there)) if there[n][1] == names.key(name)), None)
            if position is not None:
                at = position + 1
                continue
            elsewhere = next((row for row, told in there if told == names.key(name)), None)
            before = self._wanted.rows[number - 1] if number else ""
            row = elsewhere or (there[at - 1][0] + 1 if at else (there[0][0] if there else area.top))
            read = f"{name} in row {elsewhere}" if elsewhere else f"no row called {name}"
            expected = f"{name} below {before}" if before else f"{name} as the first of the rows asked for"
            near = names.did_you_mean(name, self._texts(column)) if not elsewhere else ""
            mend = near or "put the rows back as the receiver's form has them"
            yield self._found(rules.ROW_MISSING, row, column, read, expected, mend)

    def _texts(self, column: int) -> list[str]:
        return [cells[column].text for cells in self._sheet.rows.values() if column in cells]

    def _cell(self, row: int, column: int) -> Cell | None:
        return self._sheet.rows.get(row, {}).get(column)

    def _found(self, rule: Rule, row: int, column: int, read: str, expected: str, mend: str) -> Finding:
        place = Place(self._sheet.name, row, column)
        about = f"{self._form} {place}"
        return rule.at(place, read=read, expected=expected, mend=mend, about=about, form=self._form)


_OPEN_IT = "open the form in Excel, look at the cell, and answer this query"


def area_of(cells: str) -> Area | None:
    """The area of `B13`, `C7:N12` or `A:A`."""
    first, _, last = cells.partition(":")
    if first.isalpha() and last.isalpha():
        left, right = column_number(first), column_number(last)
        return Area(1, left, LAST_ROW, right) if 0 < left <= right else None
    return read_area(cells)


def _cells(area: Area) -> Iterator[tuple[int, int]]:
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            yield row, column


def _read(cell: Cell | None) -> str:
    if cell is None:
        return "an empty cell"
    if cell.kind is CellKind.UNCALCULATED:
        return "a formula"
    line = " ".join(cell.text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
