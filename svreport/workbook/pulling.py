"""Edits of drafts put into a person's workbook: cells written; rows added, cleared and put in another order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from svreport.errors import CallFault
from svreport.model.finding import Place
from svreport.workbook.book import MOST_CHARACTERS_IN_CELL
from svreport.workbook.comments import Remark, add_remarks
from svreport.workbook.editing.workbook import WorkbookEditor
from svreport.workbook.escapes import escaped
from svreport.workbook.rows import Table
from svreport.workbook.tables import Tables

_TEXT = "Text"
# The sheets whose rows are blocks of text: the columns of what a row belongs to, its kind if it has one, its text.
_COLUMNS = {"Progress": ("Condition (or Ref)", "Kind", "Content"), "Headlines": ("Heading", "", "Text")}


@dataclass(frozen=True, slots=True)
class RowEdits:
    """Edits of the rows that belong together on `Progress` or `Headlines`.

    `belongs` is the condition's reference or the heading, `places` the text cells in their order; numbers count these.
    `inserted` leads from the row ahead (-1 for none) to the texts of new ones; `near` is a cell that the first rows of
    all come behind.
    """

    sheet: str
    belongs: str
    places: tuple[Place, ...]
    deleted: frozenset[int] = frozenset()
    inserted: Mapping[int, Sequence[str]] = field(default_factory=dict)
    order: tuple[int, ...] | None = None
    near: Place | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """`texts` holds the new text of each cell."""

    texts: Mapping[Place, str]
    rows: Sequence[RowEdits] = ()
    remarks: Sequence[Remark] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.texts or self.rows or self.remarks)


@dataclass(frozen=True, slots=True)
class Written:
    """The workbook's file; `remarks` is how many rows were added to `Comments`. `moved` are the rows that were put in,
    as (sheet, row that moved down, how many), and `at_end` the sheets where they had to go to the end.
    """

    data: bytes
    remarks: int
    moved: tuple[tuple[str, int, int], ...] = ()
    at_end: tuple[str, ...] = ()

    def place(self, place: Place) -> Place:
        """Where a cell stands now."""
        more = sum(count for sheet, row, count in self.moved if sheet == place.sheet and row <= place.row)
        return place._replace(row=place.row + more) if place.row else place


def formulas_at(path: Path, places: Sequence[Place]) -> set[Place]:
    """Those of the cells that a formula fills, which a draft's words must not take away."""
    editor = WorkbookEditor.open(path)
    return {place for place in places if place.sheet in editor.sheets and editor.formula(place) is not None}


def fits(text: str) -> bool:
    """Whether a cell can hold a text."""
    return len(escaped(text)) <= MOST_CHARACTERS_IN_CELL


def write_changes(path: Path, changes: Changes) -> Written:
    """The workbook at a path with the changes; the file is not touched. Raises WorkbookUnreadable as reading does."""
    if changes.is_empty:
        return Written(path.read_bytes(), 0)
    try:
        return _Writing(path, changes, between=True).written()
    except CallFault:
        return _Writing(path, changes, between=False).written()


class _Writing:
    """`between` is False where rows cannot come between others, and have to go to the end of their sheet."""

    def __init__(self, path: Path, changes: Changes, *, between: bool) -> None:
        self._editor = WorkbookEditor.open(path)
        self._changes = changes
        self._between = between
        self._cells = {sheet.name: sheet for sheet in self._editor.cells()}
        self._tables = Tables(list(self._cells.values()), [])
        self._moved: list[tuple[str, int, int]] = []
        self._at_end: dict[str, None] = {}
        self._new: list[tuple[Table, int, RowEdits, Sequence[str]]] = []
        self._filled: set[tuple[str, int]] = set()

    def written(self) -> Written:
        for place, text in self._changes.texts.items():
            self._editor.set_text(place, text)
        for rows in self._changes.rows:
            table = self._tables.table(rows.sheet)
            slots = self._arranged(table, rows)
            for number in rows.deleted:
                for heading in _COLUMNS[rows.sheet]:
                    if heading in table.columns:
                        self._editor.clear(Place(table.name, slots[number], table.columns[heading]))
            for ahead, texts in rows.inserted.items():
                self._new.append((table, self._row_for(table, rows, slots, ahead), rows, texts))
        for table, row, rows, texts in sorted(self._new, key=lambda each: (each[0].name, -each[1])):
            self._insert(table, row, rows, texts)
        told = Written(b"", 0, tuple(self._moved), tuple(self._at_end))
        remarks = [
            replace(each, place=told.place(each.place)) if each.place is not None else each
            for each in self._changes.remarks
        ]
        count = add_remarks(self._editor, remarks)
        return replace(told, data=self._editor.save(), remarks=count)

    def _arranged(self, table: Table, rows: RowEdits) -> dict[int, int]:
        """The sheet's row of each number, after the rows were put into another order where one is asked for."""
        slots = {number: place.row for number, place in enumerate(rows.places)}
        if rows.order is None:
            return slots
        free = sorted(slots[number] for number in rows.order)
        arranged = dict(zip(rows.order, free, strict=True))
        columns = [table.columns[name] for name in _COLUMNS[rows.sheet][1:] if name in table.columns]
        for number, row in arranged.items():
            old = slots[number]
            if row == old:
                continue
            for column in columns:
                here, there = Place(table.name, old, column), Place(table.name, row, column)
                text = self._changes.texts.get(here)
                if text is None:
                    cell = self._cells[table.name].rows.get(old, {}).get(column)
                    text = cell.text if cell else ""
                self._editor.set_text(there, text) if text else self._editor.clear(there)
        return {**slots, **arranged}

    @staticmethod
    def _row_for(table: Table, rows: RowEdits, slots: Mapping[int, int], ahead: int) -> int:
        """The row that new ones come before."""
        if ahead >= 0:
            return slots[ahead] + 1
        if rows.places:
            return min(slots.values())
        return (
            rows.near.row if rows.near else max((row.number for row in table.rows), default=table.heading_row)
        ) + 1

    def _insert(self, table: Table, row: int, rows: RowEdits, texts: Sequence[str]) -> None:
        belongs, kind, content = (table.columns.get(name, 0) for name in _COLUMNS[rows.sheet])
        if not self._between:
            self._at_end[table.name] = None
            for text in texts:
                values = {belongs: rows.belongs, kind: _TEXT, content: text}
                self._editor.append_row(table.name, {n: each for n, each in values.items() if n})
            return
        held = self._cells[table.name].rows
        wanted = range(row, row + len(texts))
        if any(held.get(number) or (table.name, number) in self._filled for number in wanted):
            self._editor.insert_rows(table.name, row, len(texts))
            self._moved.append((table.name, row, len(texts)))
        for number, text in zip(wanted, texts, strict=True):
            self._filled.add((table.name, number))
            for column, told in ((belongs, rows.belongs), (kind, _TEXT), (content, text)):
                if column:
                    self._editor.set_text(Place(table.name, number, column), told)
