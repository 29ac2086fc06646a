"""Tags in places of an Excel form where none is filled: told by their place, so that none is sent in unfilled."""

import re
from collections.abc import Iterator

from svreport.model.finding import Place
from svreport.workbook import markup
from svreport.workbook.forms.sheet import FormSheet
from svreport.workbook.markup import Element

_TAG = re.compile(r"\{\{[^{}]{0,200}\}?\}?|\{%[^{}]{0,200}%?\}?")
_MARKUP = re.compile(rb"<[^<>]*>")
_PARTS_WITH_WORDS = (".xml", ".vml", ".rels")
_SHOWN = 60
# What an element beside the cells belongs to, by the name of the outermost one.
_KINDS = {
    "headerFooter": "a header or footer",
    "dataValidations": "a data validation",
    "conditionalFormatting": "a conditional format",
    "hyperlinks": "a link",
    "autoFilter": "a filter",
    "scenarios": "a scenario",
    "protectedRanges": "a range's protection",
    "extLst": "a newer validation or format",
}
_PART_KINDS = (
    (re.compile(r"comments|vmldrawing|threadedcomment", re.IGNORECASE), "a comment"),
    (re.compile(r"drawings/", re.IGNORECASE), "a text box or shape"),
    (re.compile(r"charts/", re.IGNORECASE), "a chart"),
    (re.compile(r"tables/", re.IGNORECASE), "a table's columns"),
    (re.compile(r"pivot", re.IGNORECASE), "a pivot table"),
    (re.compile(r"docProps/", re.IGNORECASE), "the file's properties"),
    (re.compile(r"externalLinks/", re.IGNORECASE), "a link to another workbook"),
    (re.compile(r"(^|/)workbook\.xml$", re.IGNORECASE), "a sheet's name or a defined name"),
)


def tags_in_sheet(sheet: FormSheet, name: str) -> Iterator[tuple[str, str]]:
    """Where and which, for formulas and everything beside the cells."""
    for row, column, formula in sheet.formulas():
        if written := _written(formula.text or ""):
            yield f"the formula of {Place(name, row, column)}", written
    for each in sheet.root:
        if each is not sheet.data:
            kind = _KINDS.get(markup.local(each), "what is set for the sheet")
            for written in dict.fromkeys(_in_element(each)):
                yield f"{kind} on {Place(name)}", written


def tags_in_part(part: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Where and which, for a part that is no sheet: its words are looked through, however it splits them."""
    if not part.lower().endswith(_PARTS_WITH_WORDS) or (b"{" not in data):
        return
    kind = next((told for pattern, told in _PART_KINDS if pattern.search(part)), f"the part {part}")
    words = _MARKUP.sub(b"", data).decode("utf-8", "replace")
    attributes = b" ".join(each for each in _MARKUP.findall(data) if b"{{" in each or b"{%" in each)
    found = [*_TAG.findall(words), *_TAG.findall(attributes.decode("utf-8", "replace"))]
    for written in dict.fromkeys(found):
        yield kind, _short(written)


def _in_element(element: Element) -> Iterator[str]:
    for each in element.iter():
        for text in (each.text or "", *(str(value) for value in each.attrib.values())):
            if written := _written(text):
                yield written


def _written(text: str) -> str:
    found = _TAG.search(text) if "{{" in text or "{%" in text else None
    return _short(found[0]) if found else ""


def _short(written: str) -> str:
    line = " ".join(written.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
