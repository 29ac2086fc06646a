"""The hidden bookmarks of a draft, given their names when it is finished, and taken out of a final document."""

from collections import Counter
from dataclasses import replace

from svreport.word.archive import Archive
from svreport.word.bookmarks import bookmark, drop_bookmarks
from svreport.word.drafts.file import DraftFile, flat
from svreport.word.fields import OURS
from svreport.word.marks import (
    FIGURE,
    TABLE,
    CellMark,
    FigureMark,
    FixedMark,
    MarkKind,
    digest,
    letters,
    unique,
)
from svreport.word.markup import Element, drop_attribute, local, name, remove
from svreport.word.paragraphs import is_empty

_START, _END = name("w:bookmarkStart"), name("w:bookmarkEnd")
_COUNTED = "counted"  # an attribute of our own on paragraphs, while the bookmarks are named


def name_marks(archive: Archive) -> None:
    """Puts into each cell's bookmark what the draft says of it, and marks the paragraphs that are no cell's."""
    body = archive.body
    paragraphs = list(body.iter(name("w:p")))
    for number, paragraph in enumerate(paragraphs):
        paragraph.set(_COUNTED, str(number))
    file = DraftFile(archive.copy(), "the draft", fresh=True)
    elements: dict[str, list[Element]] = {}
    fixed: list[tuple[int, str]] = []
    for container in file.containers:
        for unit in container.units:
            if unit is not None and unit.owner is not None:
                elements.setdefault(unit.owner, []).append(unit.element)
            elif unit is not None and unit.text.strip():
                first = next(unit.element.iter(name("w:p")))
                fixed.append((int(first.get(_COUNTED, "")), unit.text))
    named = _names(file, elements)
    for start in list(body.iter(_START)):
        if start.get(name("w:name"), "").startswith(OURS):
            told = named.get(start.get(name("w:id"), ""), start.get(name("w:name"), ""))
            start.set(name("w:name"), told)
    _drop_nameless(body)
    for order, (number, text) in enumerate(fixed):
        bookmark([paragraphs[number]], FixedMark(order, digest(flat(text))).name)
    for paragraph in paragraphs:
        drop_attribute(paragraph, _COUNTED)


def _names(file: DraftFile, elements: dict[str, list[Element]]) -> dict[str, str]:
    """The finished names under the bookmarks' numbers; empty for one that has to go."""
    named: dict[str, str] = {}
    parts: dict[str, list[str]] = {}
    for number, told in file.names.items():
        if told == FIGURE:
            named[number] = ""
        elif told == TABLE:
            named[number] = TABLE + letters(len(named), 4)
        else:
            parts.setdefault(told, []).append(number)
    taken: Counter[str] = Counter()
    serial = 0
    for owner, units in elements.items():
        mark = file.mark(owner)
        if not isinstance(mark, CellMark):
            continue
        mark = mark.saying(file.said(mark, units))
        for part, number in enumerate(parts[owner]):
            finished = replace(mark, part=part).name
            named[number] = unique(finished, taken)
            taken[finished] += 1
        if mark.kind is MarkKind.EXHIBIT:
            continue
        for order, (number, text) in enumerate(figures_in(file, units)):
            named[number] = FigureMark(serial, order, digest(flat(text))).name
            serial += 1
    return named


def figures_in(file: DraftFile, elements: list[Element]) -> list[tuple[str, str]]:
    """The number and the words of each figure's bookmark, in order."""
    found: dict[str, str] = {}
    opened: dict[str, None] = {}
    for element in elements:
        for each in element.iter(_START, _END, name("w:t"), name("w:br"), name("w:tab")):
            number = each.get(name("w:id"), "")
            if each.tag == _START:
                if file.names.get(number, "").startswith(FIGURE):
                    opened[number] = None
                    found[number] = ""
            elif each.tag == _END:
                opened.pop(number, None)
            else:
                for number in opened:
                    found[number] += each.text or "" if local(each) == "t" else " "
    return list(found.items())


def _drop_nameless(body: Element) -> None:
    nameless = {each.get(name("w:id")) for each in body.iter(_START) if not each.get(name("w:name"), "")}
    for each in [*body.iter(_START), *body.iter(_END)]:
        if each.get(name("w:id")) in nameless:
            remove(each)


def drop_marks(archive: Archive) -> None:
    """Takes out every bookmark of ours, and the empty paragraphs that were there to be written into."""
    marked = [
        paragraph
        for paragraph in archive.body.iter(name("w:p"))
        if any(CellMark.read(each.get(name("w:name"), "")) for each in paragraph.iter(_START))
    ]
    drop_bookmarks(archive, OURS)
    for paragraph in marked:
        if is_empty(paragraph) and not is_needed(paragraph):
            remove(paragraph)


def is_needed(paragraph: Element) -> bool:
    """True for the only paragraph of a cell, text box, header or footer."""
    before = paragraph.getprevious()
    return paragraph.getnext() is None and (before is None or local(before) == "tcPr")
