"""Sentences as the documents print them, with their numbers and the figures that were linked into them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from svreport.model.facts import Figure
from svreport.narrative.blocks import Block, List, Paragraph, Run, Table
from svreport.review.written import WrittenNumber, WrittenUnit, written_numbers


class Link(NamedTuple):
    """A figure that `{{ }}` put into a sentence, and where it stands there."""

    start: int
    end: int
    figure: Figure


@dataclass(frozen=True)
class Sentence:
    """One sentence as the documents print it; `before` is the one before it in its paragraph, if any."""

    text: str
    links: tuple[Link, ...] = ()
    before: str = ""

    @cached_property
    def numbers(self) -> list[WrittenNumber]:
        """Its numbers, without dates, references and the like."""
        return list(_numbers(self.text))

    @cached_property
    def unlinked(self) -> str:
        """Its words with each linked figure blanked out, every other character in its place."""
        letters = list(self.text)
        for link in self.links:
            letters[link.start : link.end] = "_" * (link.end - link.start)
        return "".join(letters)

    def link_at(self, start: int) -> Link | None:
        return next((link for link in self.links if link.start <= start < link.end), None)


@lru_cache(maxsize=4096)
def _numbers(text: str) -> tuple[WrittenNumber, ...]:
    return tuple(number for number in written_numbers(text) if not number.is_reference)


def paragraphs(blocks: tuple[Block, ...]) -> Iterator[tuple[Run, ...]]:
    """The runs of each paragraph, list item and table row, in reading order."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.runs
        elif isinstance(block, List):
            for item in block.items:
                yield from paragraphs(item.blocks)
        elif isinstance(block, Table):
            for row in (block.header, *block.rows):
                yield tuple(run for cell in row for run in (*cell.runs, Run("; ")))


_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9£{])|\n+")
_LONGEST_SENTENCE, _LONGEST_ABBREVIATION = 2_000, 8
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|approx|vs|no|cf|c)\.$", re.IGNORECASE)


def sentences_of(runs: tuple[Run, ...]) -> list[Sentence]:
    """The sentences of one paragraph; marks of faults are left out."""
    text, links = "", []
    for run in runs:
        if run.mark:
            continue
        if run.figure is not None:
            links.append(Link(len(text), len(text) + len(run.text), run.figure))
        text += run.text
    found: list[Sentence] = []
    for start, end in _spans(text):
        words = text[start:end]
        if not words.strip(" ;"):
            continue
        inside = tuple(
            Link(link.start - start, link.end - start, link.figure)
            for link in links
            if start <= link.start and link.end <= end
        )
        found.append(Sentence(words, inside, found[-1].text if found else ""))
    return found


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _SENTENCE_END.finditer(text):
        if _ABBREVIATION.search(text[max(start, end.start() - _LONGEST_ABBREVIATION) : end.start()]):
            continue
        yield from _pieces(text, start, end.start())
        start = end.end()
    yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence as it is; one that nobody would write in pieces, for the work of most checks grows with its square."""
    while end - start > _LONGEST_SENTENCE:
        cut = text.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
        cut = cut if cut > 0 else start + _LONGEST_SENTENCE
        yield start, cut
        start = cut
    yield start, end


def stands_for(number: WrittenNumber, value: Decimal) -> bool:
    """True where a written number is that value (in pounds, percent or ones) at the precision it is written in."""
    return number.low <= abs(value) <= number.high


def money_in(text: str) -> list[WrittenNumber]:
    """The amounts of money in a text, in pounds."""
    return [
        number for line in text.split("\n") for number in _numbers(line) if number.unit is WrittenUnit.MONEY
    ]


def quoted(text: str, most: int = 120) -> str:
    """Words as a finding quotes them: in full where they are short, else their beginning."""
    plain = re.sub(r"\s+", " ", text).strip(" ;")
    return f"“{plain}”" if len(plain) <= most else f"“{plain[: most - 1].rsplit(' ', 1)[0]} …”"


def excerpt(text: str, start: int, end: int, around: int = 60) -> str:
    """The words at a span with those around them, cut at whole words."""
    first, last = max(0, start - around), min(len(text), end + around)
    if first:
        first = text.find(" ", first, start) + 1 or start
    if last < len(text):
        last = text.rfind(" ", end, last)
        last = last if last > 0 else end
    return f"“{'… ' if first else ''}{text[first:last].strip(' ;')}{' …' if last < len(text) else ''}”"
