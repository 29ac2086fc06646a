"""References to numbered paragraphs: their numbers counted as Word counts them, and written as plain text.

A field would do it too, but Word asks every reader to update fields.
"""

from dataclasses import dataclass

from svreport.word.archive import Archive
from svreport.word.fields import PARAGRAPH
from svreport.word.markers import Markers
from svreport.word.markup import Element, add, ancestor, find, make, name
from svreport.word.styles import Styles

SIGN = "#"
"""Stands in the words of a reference where the number goes."""


@dataclass(frozen=True, slots=True)
class Named:
    """Names the paragraph that it stands in; prints nothing."""

    text: str


@dataclass(frozen=True, slots=True)
class NumberOf:
    """The number of the paragraph of that name."""

    text: str


def add_reference(parent: Element, text: str, bookmark: str, properties: Element | None) -> None:
    """Words that lead to a paragraph; their sign becomes its number when the document is whole."""
    link = add(parent, "w:hyperlink", {"w:anchor": bookmark, "w:history": "1"})
    run = add(link, "w:r")
    if properties is not None and len(properties):
        run.append(properties)
    words = add(run, "w:t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def name_paragraph(paragraph: Element, bookmark: str, number: str) -> None:
    """Puts a bookmark at the beginning of a paragraph; `number` is an id that no other has."""
    at = 0 if find(paragraph, "w:pPr") is None else 1
    paragraph.insert(at, make("w:bookmarkStart", {"w:id": number, "w:name": bookmark}))
    paragraph.insert(at + 1, make("w:bookmarkEnd", {"w:id": number}))


def number_references(archive: Archive, styles: Styles) -> None:
    """Writes the number of its paragraph into every reference of the body; `?` where there is no such paragraph."""
    references = [
        each
        for each in archive.body.iter(name("w:hyperlink"))
        if each.get(name("w:anchor"), "").startswith(PARAGRAPH)
    ]
    if not references:
        return
    numbers = _numbers(archive, styles)
    for reference in references:
        number = numbers.get(reference.get(name("w:anchor"), ""), "?")
        for words in reference.iter(name("w:t")):
            words.text = (words.text or "").replace(SIGN, number)


def _numbers(archive: Archive, styles: Styles) -> dict[str, str]:
    """The number of each bookmark's paragraph, empty for one that is not numbered."""
    markers = Markers(archive, styles)
    numbers: dict[str, str] = {}
    for paragraph in archive.body.iter(name("w:p")):
        number = markers.number(paragraph)
        for mark in paragraph.iter(name("w:bookmarkStart")):
            if ancestor(mark, "w:p") is paragraph:
                numbers.setdefault(mark.get(name("w:name"), ""), number or "?")
    return numbers
