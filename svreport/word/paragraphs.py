"""Paragraphs and the runs in them: emphasis, line breaks, links and marks."""

import re
from collections.abc import Iterable
from copy import deepcopy
from typing import TYPE_CHECKING

from svreport.narrative.blocks import Run
from svreport.word.bookmarks import bookmark_behind
from svreport.word.characters import held
from svreport.word.marks import FIGURE
from svreport.word.markup import Element, add, find, make, name, put
from svreport.word.references import add_reference
from svreport.word.styles import MARK

if TYPE_CHECKING:
    from svreport.word.writing import Spot

_WORDS = (name("w:t"), name("w:delText"))
_SOMETHING = tuple(
    name(f"w:{tag}")
    for tag in "drawing pict object fldChar fldSimple instrText br tab sym sectPr bookmarkStart bookmarkEnd "
    "footnoteReference endnoteReference commentReference ptab".split()
)
_MARK_COLOURS = {"w:color": "000000", "w:highlight": "yellow"}


def paragraph_of(
    spot: "Spot", style: str | None, *, keep_next: bool = False, before: int | None = None
) -> Element:
    """An empty paragraph in a place, shaped as the tag's own; `before` is the space above, in twips."""
    paragraph = make("w:p")
    properties = make("w:pPr") if spot.shape is None else deepcopy(spot.shape)
    if style is not None:
        put(properties, "w:pStyle", {"w:val": style})
    if keep_next:
        put(properties, "w:keepNext")
    if before is not None:
        put(properties, "w:spacing", {"w:before": str(before)})
    if spot.indent:
        put(properties, "w:ind", {"w:left": str(spot.indent)})
    if len(properties):
        paragraph.append(properties)
    return paragraph


def properties_of(paragraph: Element) -> Element:
    """The paragraph's `w:pPr`, made where it has none."""
    found = find(paragraph, "w:pPr")
    if found is None:
        found = make("w:pPr")
        paragraph.insert(0, found)
    return found


def add_runs(paragraph: Element, runs: Iterable[Run], spot: "Spot", *, bold: bool = False) -> None:
    """The runs at the end of a paragraph; `bold` makes all of them so."""
    for run in runs:
        properties = _properties(run, spot, bold=bold)
        if run.link and run.link.startswith("#"):
            add_reference(paragraph, run.text, run.link[1:], properties)
            continue
        number = spot.link(run.link) if run.link and not run.mark else None
        last = next(paragraph.iterchildren(reversed=True), None)
        if number is None:
            add_text(paragraph, run.text, properties)
        else:
            add_link(paragraph, run.text, number, properties, spot)
        if run.figure or run.mark:
            bookmark_behind(paragraph, last, FIGURE)


def add_link(parent: Element, text: str, number: str, properties: Element | None, spot: "Spot") -> None:
    """Words that lead to the address of the relationship `number`."""
    properties = make("w:rPr") if properties is None else properties
    put(properties, "w:rStyle", {"w:val": spot.styles.link()})
    link = add(parent, "w:hyperlink", {"r:id": number, "w:history": "1"})
    add_text(link, text, properties)


def add_text(parent: Element, text: str, properties: Element | None = None) -> None:
    """One run with the text: every newline a line break, every tab a tab."""
    if not text:
        return
    run = add(parent, "w:r")
    if properties is not None and len(properties):
        run.append(properties)
    add_words(run, held(text))


def add_words(run: Element, text: str) -> None:
    """The text inside a run that is there already."""
    for piece in re.split("([\n\t])", text):
        if piece == "\n":
            add(run, "w:br")
        elif piece == "\t":
            add(run, "w:tab")
        elif piece:
            words = add(run, "w:t")
            words.text = piece
            if piece != piece.strip() or "  " in piece:
                words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def run_properties(spot: "Spot") -> Element:
    """How letters are in a place: as those of the tag."""
    return make("w:rPr") if spot.look is None else deepcopy(spot.look)


def _properties(run: Run, spot: "Spot", *, bold: bool) -> Element | None:
    if run.mark:
        return mark_properties(spot)
    properties = run_properties(spot)
    for wanted, switches in ((run.bold or bold, ("w:b", "w:bCs")), (run.italic, ("w:i", "w:iCs"))):
        if wanted:
            for switch in switches:
                put(properties, switch)
    return properties if len(properties) else None


def mark_properties(spot: "Spot") -> Element:
    """How the mark of a fault looks: the template's style for it, else bold and black on yellow."""
    properties = make("w:rPr")
    style = spot.styles.find(MARK, "character")
    if style is not None:
        add(properties, "w:rStyle", {"w:val": style})
        return properties
    add(properties, "w:b")
    add(properties, "w:bCs")
    for short, told in _MARK_COLOURS.items():
        add(properties, short, {"w:val": told})
    return properties


def tiny_paragraph(before: int = 0) -> Element:
    """The paragraph that Word wants behind a table where no words follow: as low as a paragraph can be."""
    paragraph = make("w:p")
    properties = add(paragraph, "w:pPr")
    add(
        properties,
        "w:spacing",
        {"w:before": str(before), "w:after": "0", "w:line": "20", "w:lineRule": "exact"},
    )
    return paragraph


def is_empty(paragraph: Element) -> bool:
    """True for a paragraph that shows nothing and holds nothing."""
    for each in paragraph.iter(*_WORDS):
        if each.text:
            return False
    return next(paragraph.iter(*_SOMETHING), None) is None
