"""A cell's text, read into blocks with its figures in place."""

from typing import NamedTuple

from svreport.model.entry import Entry
from svreport.model.facts import Facts
from svreport.model.finding import Finding, Place, mark
from svreport.narrative import rules
from svreport.narrative.blocks import Block, Paragraph, Run
from svreport.narrative.characters import REPLACEMENT, cleaned
from svreport.narrative.expressions import place_figures, shortened
from svreport.narrative.inline import Inline
from svreport.narrative.markdown import blocks_of

_MOST_FINDINGS = 100


class Narrative(NamedTuple):
    """What a cell's text says, and what is wrong in it; a fault shows in the blocks as a visible mark."""

    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = ()


def read_text(entry: Entry[str], facts: Facts) -> Narrative:
    """Markdown and `{{ … }}` of one cell. An empty cell has no blocks; one that could not be read has its mark."""
    if entry.value is None:
        marked = read_plain(entry)
        return Narrative((Paragraph((Run(marked, mark=True),)),) if marked else ())
    text, forbidden = cleaned(entry.value)
    placed = place_figures(text, facts, entry.place)
    inline = Inline(placed.pieces)
    blocks = blocks_of(placed.text, inline)
    queries = [*_links(inline.refused, entry.place), *_characters(forbidden, entry.place)]
    return Narrative(blocks, (*placed.findings, *queries))


def read_plain(entry: Entry[str]) -> str:
    """The words of a cell that holds no Markdown; its mark where it could not be read, nothing where it is empty."""
    if entry.value is not None:
        return cleaned(entry.value)[0].strip()
    return mark(entry.fault, entry.place) if entry.fault else ""


def _links(refused: list[str], place: Place) -> list[Finding]:
    expected = "an address that begins with https:// or mailto:"
    mend = "correct the address, or take it away with its brackets"
    read = dict.fromkeys(shortened(each) for each in refused)
    return [rules.LINK_UNUSABLE.at(place, read=each, expected=expected, mend=mend) for each in read][
        :_MOST_FINDINGS
    ]


def _characters(forbidden: str, place: Place) -> list[Finding]:
    if not forbidden:
        return []
    read = ", ".join(f"U+{ord(character):04X}" for character in forbidden)
    expected = "characters that a document can hold"
    mend = f"type the words around it again: the documents show {REPLACEMENT} in its place"
    return [rules.CHARACTER_REPLACED.at(place, read=read, expected=expected, mend=mend)]
