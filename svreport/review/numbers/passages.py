"""The paragraphs and table cells of a text, each with the words that its numbers are read by."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from svreport.narrative.blocks import Block, Cell, List, Paragraph, Run, Table

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[A-Z“\"(£\d])|\n|;\s")


_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, or one cell of a table; `index` counts them in reading order from 0, headings of tables included.

    `beside` is what stands around a cell: its column's heading, the words of its row, the table's corner.
    """

    index: int
    runs: tuple[Run, ...]
    beside: str = ""
    column: str = ""
    text: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", "".join(run.text for run in self.runs))

    def spans(self) -> Iterator[tuple[int, int, Run]]:
        """Each run with where it starts and ends in `text`."""
        start = 0
        for run in self.runs:
            yield start, start + len(run.text), run
            start += len(run.text)

    def sentence(self, at: int) -> tuple[int, int]:
        """Where the sentence around a character starts and ends."""
        bounds = _sentences(self.text)
        return bounds[bisect_right(bounds, (at, len(self.text) + 1)) - 1]


def passages_of(blocks: tuple[Block, ...]) -> tuple[Passage, ...]:
    """Every paragraph and table cell in reading order; the renderer that marks numbers counts them in the same way."""
    return tuple(
        Passage(index, runs, beside, column) for index, (runs, beside, column) in enumerate(_walk(blocks))
    )


@lru_cache(maxsize=8)
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each sentence; one without end is cut, so that no number is read by words far away."""
    bounds: list[tuple[int, int]] = []
    start = 0
    for found in (*_SENTENCE_END.finditer(text), None):
        end, after = found.span() if found else (len(text), len(text))
        while end - start > _LONGEST:
            cut = text.rfind(" ", start + 1, start + _LONGEST)
            stop = cut + 1 if cut > start else start + _LONGEST
            bounds.append((start, stop))
            start = stop
        bounds.append((start, end))
        start = after
    return tuple(bounds)


def _walk(blocks: tuple[Block, ...]) -> Iterator[tuple[tuple[Run, ...], str, str]]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.runs, "", ""
        elif isinstance(block, List):
            for item in block.items:
                yield from _walk(item.blocks)
        elif isinstance(block, Table):
            yield from _cells(block)


def _cells(table: Table) -> Iterator[tuple[tuple[Run, ...], str, str]]:
    headings = [_text(cell) for cell in table.header]
    for cell in table.header:
        yield cell.runs, " ".join(headings[:1]), ""
    for row in table.rows:
        label = _text(row[0]) if row else ""
        for position, cell in enumerate(row):
            column = headings[position] if position < len(headings) else ""
            named = (headings[0] if headings else "", label if position else "", column)
            yield cell.runs, " | ".join(dict.fromkeys(filter(None, named))), column


def _text(cell: Cell) -> str:
    return "".join(run.text for run in cell.runs)
