"""Fields and blocks become Word's elements, laid out for the place where they stand."""

from svreport.narrative.blocks import Block, List, Paragraph, Picture, Table
from svreport.word.bookmarks import bookmark_each
from svreport.word.fields import Rich, Shade, Stack
from svreport.word.lists import list_elements
from svreport.word.markup import Element, name, put
from svreport.word.paragraphs import add_runs, paragraph_of, properties_of, tiny_paragraph
from svreport.word.pictures import picture_paragraph
from svreport.word.stack import shade_elements, stack_elements
from svreport.word.styles import FIGURE
from svreport.word.tables import table_elements
from svreport.word.writing import Spot

BlockField = Rich | Stack | Shade
"""The fields that are paragraphs and tables of their own."""

_TABLE = name("w:tbl")
_SPACE_UNDER_TABLE = 120  # twips


def field_elements(field: BlockField, spot: Spot) -> list[Element]:
    """The paragraphs and tables of a field."""
    if isinstance(field, Stack):
        return stack_elements(field, spot)
    if isinstance(field, Shade):
        return shade_elements(field, spot)
    return _marked_elements(field, spot) if field.marks else block_elements(field.blocks, spot)


def _marked_elements(field: Rich, spot: Spot) -> list[Element]:
    """The blocks of a text, with a bookmark around those of each cell."""
    laid: list[list[Element]] = []
    elements = block_elements(field.blocks, spot, laid)
    if not field.blocks:
        elements = [paragraph_of(spot, spot.text_style)]
        bookmark_each(elements, field.marks[0][0])
        return elements
    at = 0
    for mark, count in field.marks:
        bookmark_each([each for block in laid[at : at + count] for each in block], mark)
        at += count
    return elements


def block_elements(
    blocks: tuple[Block, ...], spot: Spot, laid: list[list[Element]] | None = None
) -> list[Element]:
    """The blocks in order; two tables never touch, for Word would make them one. `laid` gathers each one's elements."""
    elements: list[Element] = []
    for block in blocks:
        made = _elements(block, spot)
        if laid is not None:
            laid.append(made)
        if elements and elements[-1].tag == _TABLE and made:
            if made[0].tag == _TABLE:
                elements.append(tiny_paragraph(_SPACE_UNDER_TABLE))
            else:
                put(properties_of(made[0]), "w:spacing", {"w:before": str(_SPACE_UNDER_TABLE)})
        elements += made
    return elements


def _elements(block: Block, spot: Spot) -> list[Element]:
    match block:
        case Paragraph():
            paragraph = paragraph_of(spot, spot.text_style)
            add_runs(paragraph, block.runs, spot)
            return [paragraph]
        case List():
            return list_elements(block, spot, block_elements)
        case Table():
            return table_elements(block, spot)
        case Picture():
            return [picture_paragraph(block, spot, spot.style_for(FIGURE))]
