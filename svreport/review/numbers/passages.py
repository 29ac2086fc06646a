"""The paragraphs and table cells of a text, each with the words that its numbers are read by."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from svreport.narrative.blocks import Block, Cell, List, Paragraph, Run, Table

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[A-Z“\"(£\d])|\n|;\s")


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
        start, end = 0, len(self.text)
        for found in _SENTENCE_END.finditer(self.text):
            if found.end() <= at:
                start = found.end()
            elif found.start() >= at:
                end = found.start()
                break
        return start, end


def passages_of(blocks: tuple[Block, ...]) -> tuple[Passage, ...]:
    """Every paragraph and table cell in reading order; the renderer that marks numbers counts them in the same way."""
    return tuple(
        Passage(index, runs, beside, column) for index, (runs, beside, column) in enumerate(_walk(blocks))
    )


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
