"""Lists as real lists of Word, with paragraphs, tables and further lists inside their items."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from svreport.narrative.blocks import Block, List, ListKind, Paragraph
from svreport.word.bookmarks import bookmark_each
from svreport.word.markup import Element, add, put
from svreport.word.numbering import LEVELS, step
from svreport.word.paragraphs import add_runs, paragraph_of, properties_of
from svreport.word.styles import BULLETS, NUMBERS

if TYPE_CHECKING:
    from svreport.word.writing import Spot

Lay = Callable[[tuple[Block, ...], "Spot"], list[Element]]


def list_elements(block: List, spot: "Spot", lay: Lay) -> list[Element]:
    """The list's paragraphs; `lay` lays out what stands inside an item behind its first paragraph."""
    spot = spot.below()
    depth = min(spot.depth, LEVELS - 1)
    number = spot.writing.numbering.of(block, depth)
    style = spot.style_for(BULLETS if block.kind is ListKind.BULLET else NUMBERS)
    inside = spot.indented(step(block.kind))
    elements: list[Element] = []
    for item in block.items:
        first, rest = _split(item.blocks)
        marked = _marked(inside, style, number, depth, step(block.kind))
        add_runs(marked, first.runs, spot)
        laid = [marked, *lay(rest, inside)]
        if item.mark:
            bookmark_each(laid, item.mark)
        elements += laid
    return elements


def _split(blocks: tuple[Block, ...]) -> tuple[Paragraph, tuple[Block, ...]]:
    """The paragraph that stands beside the marker, and what follows it."""
    if blocks and isinstance(blocks[0], Paragraph):
        return blocks[0], blocks[1:]
    return Paragraph(()), blocks


def _marked(inside: "Spot", style: str | None, number: int, depth: int, hanging: int) -> Element:
    paragraph = paragraph_of(inside, style)
    properties = properties_of(paragraph)
    counted = put(properties, "w:numPr")
    add(counted, "w:ilvl", {"w:val": str(depth)})
    add(counted, "w:numId", {"w:val": str(number)})
    # The template's list style may have an indent of its own, that of a first level.
    put(properties, "w:ind", {"w:left": str(inside.indent), "w:hanging": str(hanging)})
    return paragraph
