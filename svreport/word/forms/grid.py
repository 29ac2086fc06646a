"""A table of a form as rows of cells, whatever was merged in it, with what its columns are headed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from svreport.word.forms.file import FormFile, is_paragraph, is_table
from svreport.word.forms.flow import elements_of
from svreport.word.forms.wording import is_fixed, which
from svreport.word.markup import Element, find, find_all, name, value

_MOST_COLUMNS = 200
_LONGEST_HEADING = 420


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: `column` counts from 0; one that `continues` is merged with the cell above."""

    element: Element
    column: int
    span: int
    continues: bool

    @property
    def elements(self) -> list[Element]:
        return list(elements_of(self.element))

    def covers(self, column: int) -> bool:
        return self.column <= column < self.column + self.span


Row = tuple[GridCell, ...]


@dataclass(slots=True)
class Headings:
    """Which columns hold what (`condition`, `level` …), and the updates that head columns of levels."""

    columns: dict[str, list[int]] = field(default_factory=dict)
    updates: dict[int, str] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)

    def first(self, what: str) -> int | None:
        held = self.columns.get(what)
        return held[0] if held else None

    def has(self, *what: str) -> bool:
        return all(each in self.columns for each in what)


def rows_of(table: Element) -> list[Row]:
    """The table's rows; a cell that spans columns is one cell."""
    return [tuple(_row(row)) for row in find_all(table, "w:tr")]


def _row(row: Element) -> Iterator[GridCell]:
    column = _whole(value(row, "w:trPr/w:gridBefore"), 0)
    for cell in find_all(row, "w:tc"):
        span = max(_whole(value(cell, "w:tcPr/w:gridSpan"), 1), 1)
        merge = find(cell, "w:tcPr/w:vMerge")
        continues = merge is not None and merge.get(name("w:val"), "continue") == "continue"
        yield GridCell(cell, column, span, continues)
        column += span


def _whole(told: str | None, otherwise: int) -> int:
    return min(int(told), _MOST_COLUMNS) if told and told.isascii() and told.isdigit() else otherwise


def cell_text(file: FormFile, cell: GridCell) -> str:
    """A cell's words, without counting them as read."""
    return file.peek(cell.elements)


def headings_of(file: FormFile, row: Row) -> Headings:
    """What the cells of a row are as headings; nothing for a row that is none."""
    found = Headings()
    for cell in row:
        text = cell_text(file, cell)
        if len(text) > _LONGEST_HEADING:
            return Headings()
        what = which("columns", text) or (which("columns", text.partition("\n")[0]) if text else None)
        columns = range(cell.column, cell.column + cell.span)
        found.texts.update(dict.fromkeys(columns, " ".join(text.split())))
        if what == "update":
            found.updates.update(dict.fromkeys(columns, " ".join(text.split())))
        elif what:
            found.columns.setdefault(what, []).extend(columns)
    return found


def take_headings(file: FormFile, cells: Sequence[GridCell], part: str) -> None:
    """Counts the headings in these cells as read, with the form's own prompts under them; other words are told."""
    for cell in cells:
        file.put_down(cell.elements, part, "a heading row")
        worded = [each for each in cell.elements if file.peek([each])]
        for at, element in enumerate(worded):
            text = file.peek([element])
            if is_fixed(text) or (at == 0 and which("columns", text)):
                file.take(element)


def under(row: Row, columns: Sequence[int]) -> list[GridCell]:
    """The row's cells that stand in any of these columns, each once."""
    return [cell for cell in row if any(cell.covers(column) for column in columns)]


def paragraphs_with_fill(
    file: FormFile, cells: Sequence[GridCell]
) -> Iterator[tuple[int, Element, Element, str | None]]:
    """(number of its cell, the cell, paragraph, fill of the cell) of every paragraph, nested tables' cells too."""
    number = 0
    for cell in cells:
        waiting = [cell.element]
        while waiting:
            holder = waiting.pop(0)
            number += 1
            fill = file.cell_fill(holder) or (
                file.cell_fill(cell.element) if holder is not cell.element else None
            )
            inner: list[Element] = []
            for element in elements_of(holder):
                if is_paragraph(element):
                    yield number, holder, element, fill
                elif is_table(element):
                    inner += [each for row in find_all(element, "w:tr") for each in find_all(row, "w:tc")]
            waiting = inner + waiting
