"""Fields laid out where the frame holds their placeholders, and the frame tidied of what its tags have left."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

from svreport.word.archive import Archive
from svreport.word.blocks import field_elements
from svreport.word.bookmarks import bookmark, new_id
from svreport.word.fields import Link, Rich, bookmark_of
from svreport.word.frame import PLACEHOLDER
from svreport.word.markup import Element, ancestor, drop_attribute, find, local, make, name, remove, value
from svreport.word.paragraphs import add_link, add_text, add_words, is_empty, tiny_paragraph
from svreport.word.references import (
    SIGN,
    Named,
    NumberOf,
    add_reference,
    name_paragraph,
    number_references,
)
from svreport.word.room import room_at
from svreport.word.tags import TAGGED
from svreport.word.views import Placed
from svreport.word.writing import Spot, Writing

# What a tag hands on to the words that take its place.
_SHAPE = frozenset({"spacing", "jc", "contextualSpacing", "keepLines"})
_LOOK = frozenset({"rFonts", "b", "bCs", "i", "iCs", "color", "sz", "szCs"})


Inline = Link | Named | NumberOf
"""The fields that stand among the words of a paragraph."""


def place(archive: Archive, fields: list[Placed | Named | NumberOf]) -> None:
    """Lays every field out in its place."""
    for _, part in archive.stories():
        archive.ready_for_drawings(part)
    writing = Writing(archive)
    for _, part in archive.stories():
        root = archive.tree(part)
        _break_lines(root)
        for paragraph in _with_placeholders(root):
            _fill_paragraph(paragraph, fields, writing, part)
        _tidy(root)
    number_references(archive, writing.styles)


def _break_lines(root: Element) -> None:
    """Line ends and tabs of the values become those of Word."""
    for text in [
        each for each in root.iter(name("w:t")) if each.text and ("\n" in each.text or "\t" in each.text)
    ]:
        paragraph, run = ancestor(text, "w:p"), text.getparent()
        if paragraph is None or run is None or paragraph.get(TAGGED) is None or len(text):
            continue
        made = make("w:r")
        add_words(made, text.text or "")
        at = run.index(text)
        run[at : at + 1] = list(made)


def _with_placeholders(root: Element) -> Iterator[Element]:
    """The paragraphs that hold placeholders, each once."""
    last: Element | None = None
    for each in list(root.iter(PLACEHOLDER)):
        paragraph = ancestor(each, "w:p")
        if paragraph is not None and paragraph is not last:
            last = paragraph
            yield paragraph


def _fill_paragraph(
    paragraph: Element, fields: list[Placed | Named | NumberOf], writing: Writing, part: str
) -> None:
    room = room_at(writing, paragraph)
    style, shape = value(paragraph, "w:pPr/w:pStyle"), _kept(find(paragraph, "w:pPr"), _SHAPE)
    spot = Spot(writing, part, room.width, room.height, style, shape=shape, under=_under(writing, style))
    for each in list(paragraph.iter(PLACEHOLDER)):
        field = fields[int(each.get("number", ""))]
        if isinstance(field, Inline):
            continue
        run = ancestor(each, "w:r")
        look = None if run is None else _kept(find(run, "w:rPr"), _LOOK)
        elements = field_elements(field, replace(spot, look=look))
        if isinstance(field, Rich) and field.mark:
            bookmark(elements, field.mark)
        for made in elements:
            paragraph.addprevious(made)
        _drop_placeholder(each)
    for run in [each for each in paragraph.iter(name("w:r")) if find(each, f"w:t/{PLACEHOLDER}") is not None]:
        _put_inline(run, fields, spot)


def _under(writing: Writing, style: str | None) -> int:
    """How far the text of a numbered style stands in, in twips; 0 for a style without numbers."""
    chain = writing.styles.chain(style)
    if not any(find(each, "w:pPr/w:numPr") is not None for each in chain):
        return 0
    told = next((left for each in chain if (left := value(each, "w:pPr/w:ind", "w:left"))), "0")
    return int(told) if told.isdigit() else 0


def _kept(properties: Element | None, names: frozenset[str]) -> Element | None:
    """A copy of the properties with these alone, None where there are none of them."""
    if properties is None or not any(local(each) in names for each in properties):
        return None
    copy = deepcopy(properties)
    for each in [each for each in copy if local(each) not in names]:
        copy.remove(each)
    return copy


def _drop_placeholder(placeholder: Element) -> None:
    """Takes a placeholder out and leaves the words behind it."""
    text = placeholder.getparent()
    if text is None:
        return
    before = placeholder.getprevious()
    if before is None:
        text.text = (text.text or "") + (placeholder.tail or "")
    else:
        before.tail = (before.tail or "") + (placeholder.tail or "")
    text.remove(placeholder)


def _put_inline(run: Element, fields: list[Placed | Named | NumberOf], spot: Spot) -> None:
    """Takes a run apart into runs of words, links and references, each looking as the run did."""
    look = find(run, "w:rPr")
    made: list[Element] = []

    def words() -> Element:
        if not made or local(made[-1]) != "r":
            made.append(make("w:r"))
            if look is not None:
                made[-1].append(deepcopy(look))
        return made[-1]

    for child in run:
        if child is look:
            continue
        if child.tag != name("w:t") or not len(child):
            words().append(deepcopy(child))
            continue
        add_words(words(), child.text or "")
        for each in child:
            field = fields[int(each.get("number", ""))]
            if isinstance(field, Inline):
                made.extend(_laid(field, look, spot))
            add_words(words(), each.tail or "")
    for each in made:
        if local(each) != "r" or any(local(child) != "rPr" for child in each):
            run.addprevious(each)
    remove(run)


def _laid(field: Inline, look: Element | None, spot: Spot) -> list[Element]:
    holder = make("w:p")
    match field:
        case Link():
            return _linked(field, look, spot)
        case Named():
            name_paragraph(holder, bookmark_of(field.text), new_id())
        case NumberOf():
            add_reference(holder, SIGN, bookmark_of(field.text), None if look is None else deepcopy(look))
    return list(holder)


def _linked(link: Link, look: Element | None, spot: Spot) -> list[Element]:
    """The link, or its words alone where its address is none that Word can be given."""
    holder = make("w:p")
    number = spot.link(link.target)
    properties = None if look is None else deepcopy(look)
    if number is None:
        add_text(holder, link.text, properties)
    else:
        add_link(holder, link.text, number, properties, spot)
    return list(holder)


def _tidy(root: Element) -> None:
    """No paragraph that a tag has left empty, no table without rows, and a paragraph wherever Word wants one."""
    for paragraph in list(root.iter(name("w:p"))):
        tagged = drop_attribute(paragraph, TAGGED)
        if tagged and is_empty(paragraph) and not _needed(paragraph):
            remove(paragraph)
    for table in [each for each in root.iter(name("w:tbl")) if find(each, "w:tr") is None]:
        remove(table)
    for table in list(root.iter(name("w:tbl"))):
        after = table.getnext()
        if after is None or local(after) in ("tbl", "sectPr"):
            table.addnext(tiny_paragraph())
    for cell in root.iter(name("w:tc")):
        if find(cell, "w:p") is None:
            cell.append(make("w:p"))


def _needed(paragraph: Element) -> bool:
    """True for the only paragraph of a cell, text box, header or footer."""
    before = paragraph.getprevious()
    return paragraph.getnext() is None and (before is None or local(before) == "tcPr")
