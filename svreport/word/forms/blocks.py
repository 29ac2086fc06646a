"""Paragraphs and tables of a form as blocks: lists nested as they are shown, tables with a heading row, pictures."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from svreport.narrative.blocks import (
    Block,
    Cell,
    List,
    ListItem,
    ListKind,
    Paragraph,
    Picture,
    Run,
    Table,
    text_of,
)
from svreport.word.forms.characters import Words
from svreport.word.forms.file import FormFile, is_paragraph, is_table
from svreport.word.forms.flow import elements_of
from svreport.word.markers import Marked
from svreport.word.markup import Element, find_all, value

Tell = Callable[[str, str], None]
"""Takes the words of something that could not be read whole, and why."""

_FORMATS = {
    "decimal": ListKind.NUMBER,
    "lowerLetter": ListKind.LETTER,
    "upperLetter": ListKind.LETTER,
    "lowerRoman": ListKind.ROMAN,
    "upperRoman": ListKind.ROMAN,
}
_NEARLY = 100  # twips, less than which two indents look the same
_LETTERS, _NUMERALS = 26, 50
_MOST_COLUMNS = 63


@dataclass(frozen=True, slots=True)
class _Marker:
    kind: ListKind
    value: int
    closing: str
    upper: bool


@dataclass(slots=True)
class _Open:
    """A list that may go on; `at` is where its markers stand and `inside` where its words do, in twips."""

    marker: _Marker
    number: str
    depth: int
    at: int
    inside: int
    items: list[list["Block | _Open"]] = field(default_factory=list)

    def takes(self, marker: _Marker) -> bool:
        alike = (self.marker.kind, self.marker.closing, self.marker.upper) == (
            marker.kind,
            marker.closing,
            marker.upper,
        )
        return alike and (
            marker.kind is ListKind.BULLET or marker.value == self.marker.value + len(self.items)
        )

    def closed(self) -> Iterator[Block]:
        """The list; an item without words of its own gives way to what is in it."""
        held = (_closed(each) for each in self.items)
        items = [ListItem(tuple(blocks)) for blocks in held if blocks]
        start = self.marker.value if self.marker.kind is not ListKind.BULLET else 1
        if items:
            yield List(self.marker.kind, tuple(items), start, self.marker.closing, self.marker.upper)


def blocks_of(file: FormFile, elements: Iterable[Element], tell: Tell) -> tuple[Block, ...]:
    """The blocks of these elements, which count as read; `tell` hears of what a block cannot hold."""
    reader = _Reader(file, tell)
    for element in elements:
        reader.read(element)
    return tuple(_closed(reader.blocks))


class _Reader:
    def __init__(self, file: FormFile, tell: Tell) -> None:
        self._file = file
        self._tell = tell
        self.blocks: list[Block | _Open] = []
        self._open: list[_Open] = []

    def read(self, element: Element) -> None:
        if is_paragraph(element):
            self._paragraph(element)
        elif is_table(element):
            self._table(element)

    def _paragraph(self, paragraph: Element) -> None:
        self._file.take(paragraph)
        words = self._file.words(paragraph)
        marked = self._file.marked(paragraph)
        marker = None if marked is None else _marker_of(marked)
        runs = words.runs
        if marked is not None and marker is None and marked.shown and runs:
            runs = (Run(f"{marked.shown} "), *runs)
        if marked is not None and marker is not None:
            self._item(paragraph, marked, marker, runs)
        elif runs:
            self._leave(self._file.indent(paragraph))
            self._container().append(Paragraph(runs))
        self._container().extend(self._pictures(words))

    def _pictures(self, words: Words) -> Iterator[Picture]:
        """The pictures of a paragraph; what cannot be one is told."""
        for drawing in words.drawings:
            for found in self._file.pictures(drawing):
                if isinstance(found, Picture):
                    yield found
                else:
                    self._tell(found.words, f"it is {found.what}")

    def _container(self) -> "list[Block | _Open]":
        return self._open[-1].items[-1] if self._open else self.blocks

    def _leave(self, indent: int) -> None:
        """Words belong to the innermost item under whose words they are indented."""
        while self._open and not (
            indent >= self._open[-1].inside - _NEARLY and indent > self._open[-1].at + _NEARLY // 2
        ):
            self._open.pop()

    def _item(self, paragraph: Element, marked: Marked, marker: _Marker, runs: tuple[Run, ...]) -> None:
        at = self._file.marker_at(paragraph)
        while self._open and self._is_outside(self._open[-1], marked, at):
            self._open.pop()
        beside = self._open[-1] if self._open and not self._is_inside(self._open[-1], marked, at) else None
        if beside is not None and not beside.takes(marker):
            self._open.pop()
            beside = None
        if beside is None:
            beside = _Open(marker, marked.number, marked.depth, at, self._file.indent(paragraph))
            self._container().append(beside)
            self._open.append(beside)
        beside.items.append([Paragraph(runs)] if runs else [])

    @staticmethod
    def _is_outside(open_list: _Open, marked: Marked, at: int) -> bool:
        if open_list.number == marked.number:
            return marked.depth < open_list.depth
        return at < open_list.at - _NEARLY

    @staticmethod
    def _is_inside(open_list: _Open, marked: Marked, at: int) -> bool:
        if open_list.number == marked.number:
            return marked.depth > open_list.depth
        return at > open_list.at + _NEARLY

    def _table(self, table: Element) -> None:
        rows = [list(_cells(row)) for row in find_all(table, "w:tr")]
        if len(rows) == 1 and len(rows[0]) == 1:
            for element in elements_of(rows[0][0]):
                self.read(element)
            return
        width = max((sum(_span(cell) for cell in row) for row in rows), default=0)
        if not width:
            return
        if width > _MOST_COLUMNS:
            self._tell(self._file.text([table]), f"it is a table of {width} columns")
            return
        self._leave(self._file.indent(table))
        pictures: list[Picture] = []
        laid = [self._row(row, width, pictures) for row in rows]
        header = tuple(replace(cell, runs=_not_bold(cell.runs)) for cell in laid[0])
        numeric = [
            bool(laid[1:]) and all(row[at].numeric for row in laid[1:] if row[at].runs) for at in range(width)
        ]
        made = [
            tuple(replace(cell, numeric=right) for cell, right in zip(row, numeric, strict=True))
            for row in (header, *laid[1:])
        ]
        self._container().append(Table(made[0], tuple(made[1:])))
        self._container().extend(pictures)

    def _row(self, row: list[Element], width: int, pictures: list[Picture]) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        for cell in row:
            cells.append(self._cell(cell, pictures))
            cells += [Cell(())] * (_span(cell) - 1)
        return (*cells, *([Cell(())] * (width - len(cells))))

    def _cell(self, cell: Element, pictures: list[Picture]) -> Cell:
        """A cell as one line, for that is what a typed table's cell can hold."""
        runs: list[Run] = []
        right = False
        paragraphs = [each for each in cell.iter() if is_paragraph(each)]
        for paragraph in paragraphs:
            self._file.take(paragraph)
            words = self._file.words(paragraph)
            marked = self._file.marked(paragraph)
            right = right or self._file.is_right(paragraph)
            pictures += self._pictures(words)
            if words.runs:
                runs += [Run(" ")] if runs else []
                runs += [Run(f"{marked.shown} ")] if marked is not None and marked.shown else []
                runs += [replace(run, text=run.text.replace("\n", " ")) for run in words.runs]
        return Cell(tuple(runs), right)


def _closed(blocks: "list[Block | _Open]") -> list[Block]:
    closed: list[Block] = []
    for each in blocks:
        closed.extend(each.closed() if isinstance(each, _Open) else [each])
    return closed


def _cells(row: Element) -> Iterator[Element]:
    yield from find_all(row, "w:tc")


def _span(cell: Element) -> int:
    told = value(cell, "w:tcPr/w:gridSpan") or "1"
    return min(max(int(told), 1), _MOST_COLUMNS + 1) if told.isascii() and told.isdigit() else 1


def _not_bold(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """A heading row is bold as a whole: that is no emphasis of its words."""
    whole = all(run.bold for run in runs if run.text.strip())
    return tuple(replace(run, bold=False) for run in runs) if whole else runs


def _marker_of(marked: Marked) -> _Marker | None:
    """The marker as text can be typed with it; None for one that counts in a way of its own (`1.1`, `Step 1:`)."""
    if marked.kind == "bullet":
        return _Marker(ListKind.BULLET, 1, ".", False)
    kind = _FORMATS.get(marked.kind)
    own = f"%{marked.depth + 1}"
    before, found, behind = marked.text.partition(own)
    if (
        kind is None
        or not found
        or before.strip() not in ("", "(")
        or behind.strip() not in ("", ".", ")", ":", "-")
    ):
        return None
    most = {ListKind.LETTER: _LETTERS, ListKind.ROMAN: _NUMERALS}.get(kind)
    if most is not None and marked.value > most:
        return None
    if before.strip() and behind.strip() != ")":
        return None
    closing = "()" if before.strip() else ")" if behind.strip() == ")" else "."
    return _Marker(kind, marked.value, closing, marked.kind.startswith("upper"))


def words_of(blocks: tuple[Block, ...]) -> str:
    """The words of blocks on one line."""
    return " ".join(text_of(blocks).split())
