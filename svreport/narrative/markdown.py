"""Text as people type it, line by line, into paragraphs, lists and tables."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from svreport.narrative.blocks import Block, List, ListItem, ListKind, Paragraph
from svreport.narrative.inline import Inline
from svreport.narrative.markers import Marker, begins, indent_of, read_marker
from svreport.narrative.tables import lines_of_table, table_of

# A list inside a list is indented by two columns or more, and Word numbers nine levels.
_STEP = 2
_DEEPEST = 9


def blocks_of(text: str, inline: Inline) -> tuple[Block, ...]:
    """The blocks of a cleaned text; whatever is no markup of the contract is words.

    A line break is a line break. A blank line ends a paragraph, a line that is not indented ends a list.
    """
    return _Reader(text.split("\n"), inline).read()


@dataclass(slots=True)
class _Open:
    """A list that may go on: `next` is the value its next item has, and `repeats` whether all were typed as 1."""

    kind: ListKind
    start: int
    closing: str
    upper: bool
    indent: int
    items: list[list["Block | _Open"]] = field(default_factory=list)
    repeats: bool = True

    def takes(self, marker: Marker) -> bool:
        """True where the marker is that of this list's next item; a numbered list may be typed as 1, 1, 1."""
        if self.kind is ListKind.BULLET:
            return marker.follows(ListKind.BULLET, 1)
        if (self.closing, self.upper) != (marker.closing, marker.upper):
            return False
        if self.repeats and self.kind is ListKind.NUMBER and marker.follows(ListKind.NUMBER, 1):
            return True
        only_repeated = self.repeats and len(self.items) > 1
        return marker.follows(self.kind, self.start + len(self.items)) and not only_repeated

    def closed(self) -> List:
        items = tuple(ListItem(_closed(blocks)) for blocks in self.items)
        return List(self.kind, items, self.start, self.closing, self.upper)


class _Reader:
    def __init__(self, lines: Sequence[str], inline: Inline) -> None:
        self._lines = lines
        self._inline = inline
        self._blocks: list[Block | _Open] = []
        self._open: list[_Open] = []
        self._words: list[str] = []

    def read(self) -> tuple[Block, ...]:
        at = 0
        while at < len(self._lines):
            line = self._lines[at]
            if not line.strip():
                self._end_paragraph()
            elif self._item(at):
                pass
            elif rows := lines_of_table(self._lines, at):
                self._place_at(indent_of(line))
                self._end_paragraph()
                self._container().append(table_of(self._lines[at : at + rows], self._inline))
                at += rows - 1
            else:
                self._place_at(indent_of(line))
                self._words.append(line.strip(" \t"))
            at += 1
        self._end_paragraph()
        return _closed(self._blocks)

    def _container(self) -> "list[Block | _Open]":
        return self._open[-1].items[-1] if self._open else self._blocks

    def _end_paragraph(self) -> None:
        if self._words:
            runs = self._inline.runs("\n".join(self._words))
            self._container().append(Paragraph(runs))
            self._words = []

    def _place_at(self, indent: int) -> None:
        """Words belong to the innermost item that they are indented under."""
        inside = [each for each in self._open if indent >= each.indent + _STEP]
        if len(inside) < len(self._open):
            self._end_paragraph()
            self._open = inside

    def _item(self, at: int) -> bool:
        """Takes line `at` as an item of a list, where it is one."""
        marker = read_marker(self._lines[at])
        if marker is None:
            return False
        depth = self._depth(marker.indent)
        beside = self._open[depth] if depth < len(self._open) else None
        if beside is None or not beside.takes(marker):
            begun = begins(marker, self._lines, at)
            if begun is None:
                return False
            self._end_paragraph()
            self._open = self._open[:depth]
            indent = beside.indent if beside and depth == _DEEPEST - 1 else marker.indent
            made = _Open(*begun, marker.closing or ".", marker.upper, indent)
            made.repeats = begun == (ListKind.NUMBER, 1)
            self._container().append(made)
            self._open.append(made)
        else:
            self._end_paragraph()
            self._open = self._open[: depth + 1]
            beside.repeats = beside.repeats and marker.follows(ListKind.NUMBER, 1)
            beside.indent = min(beside.indent, marker.indent)
        self._open[-1].items.append([])
        self._words = [marker.words]
        return True

    def _depth(self, indent: int) -> int:
        """How many of the open lists an item so far indented stands inside."""
        depth = 0
        while depth < len(self._open) and indent >= self._open[depth].indent + _STEP:
            depth += 1
        return min(depth, _DEEPEST - 1)


def _closed(blocks: "Sequence[Block | _Open]") -> tuple[Block, ...]:
    return tuple(each.closed() if isinstance(each, _Open) else each for each in blocks)
