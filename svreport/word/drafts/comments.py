"""The comments of a draft: who wrote what and when, about which words, and in whose text they stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from svreport.word.archive import KIND
from svreport.word.drafts.file import DraftFile
from svreport.word.marks import CellMark
from svreport.word.markup import Element, ancestor, find_all, local, name, remove
from svreport.word.opening import read_word
from svreport.word.text import paragraph_text

_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_PARAGRAPH_ID = name("w14:paraId")
_OPEN, _CLOSE, _REFERENCE = (
    name(f"w:{tag}") for tag in ("commentRangeStart", "commentRangeEnd", "commentReference")
)
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)")


@dataclass(frozen=True, slots=True)
class DraftComment:
    """`date` is as Word writes it, `2024-11-20 09:15`, empty if unknown; `words` are those commented on; `mark` is that
    of the cell they stand in, None elsewhere; `around` is the text of the paragraph or row about them.

    `reply_to` is the author and text of the comment that it answers, empty for one of its own.
    """

    author: str
    date: str
    text: str
    words: str
    mark: CellMark | None
    around: tuple[str, ...] = ()
    reply_to: str = ""


@dataclass(slots=True)
class _Anchor:
    words: str = ""
    paragraph: Element | None = None


def comments_in(file: DraftFile) -> list[DraftComment]:
    """The comments in the order of the text, each reply behind what it answers."""
    anchors = _anchors(file)
    elements = {
        each.get(name("w:id"), ""): each
        for part in file.archive.related(file.part, KIND + "comments")
        if part in file.archive.parts
        for each in find_all(file.archive.tree(part), "w:comment")
    }
    parents = _parents(file, elements)
    told = {
        number: _comment(file, element, anchors.get(number) or anchors.get(parents.get(number, "")))
        for number, element in elements.items()
    }
    order = {number: at for at, number in enumerate(anchors)}
    roots = sorted(
        (number for number in told if parents.get(number) not in told),
        key=lambda number: order.get(number, len(order)),
    )
    found: list[DraftComment] = []
    for number in roots:
        found.append(told[number])
        for reply in (each for each in told if _root(each, parents) == number and each != number):
            answered = told[number]
            found.append(
                replace(
                    told[reply],
                    words=told[reply].words or answered.words,
                    mark=told[reply].mark or answered.mark,
                    around=told[reply].around or answered.around,
                    reply_to=f"{answered.author}: {answered.text}",
                )
            )
    return [each for each in found if each.text.strip()]


def without_comments(data: bytes, called: str) -> bytes:
    """The file as it is without its comments. Raises FormUnreadable for what is no Word document."""
    archive = read_word(data, called)
    for number, each in archive.relationships(archive.main).items():
        if "comments" in each.kind.rpartition("/")[2].casefold():
            archive.unrelate(archive.main, number)
    for element in list(archive.body.iter(_OPEN, _CLOSE, _REFERENCE)):
        run = element.getparent()
        remove(element)
        if run is not None and local(run) == "r" and all(local(each) == "rPr" for each in run):
            remove(run)
    return archive.to_bytes()


def _root(number: str, parents: dict[str, str]) -> str:
    seen = {number}
    while number in parents and parents[number] not in seen:
        number = parents[number]
        seen.add(number)
    return number


def _anchors(file: DraftFile) -> dict[str, _Anchor]:
    found: dict[str, _Anchor] = {}
    opened: dict[str, None] = {}
    for element in file.body.iter(_OPEN, _CLOSE, _REFERENCE, name("w:t"), name("w:p")):
        number = element.get(name("w:id"), "")
        if element.tag == _OPEN:
            opened[number] = None
            found.setdefault(number, _Anchor(paragraph=ancestor(element, "w:p")))
        elif element.tag == _CLOSE:
            opened.pop(number, None)
        elif element.tag == _REFERENCE:
            anchor = found.setdefault(number, _Anchor())
            if anchor.paragraph is None:
                anchor.paragraph = ancestor(element, "w:p")
        else:
            for each in opened:
                anchor = found[each]
                if local(element) == "t":
                    anchor.words += element.text or ""
                    if anchor.paragraph is None or not _has_words(anchor.paragraph):
                        anchor.paragraph = ancestor(element, "w:p")
                elif anchor.words:
                    anchor.words += "\n"
    return found


def _has_words(paragraph: Element) -> bool:
    return bool(paragraph_text(paragraph).strip())


def _parents(file: DraftFile, elements: dict[str, Element]) -> dict[str, str]:
    """Which comment each reply answers, by their numbers, as Word keeps it in a part of its own."""
    by_paragraph = {
        each.get(_PARAGRAPH_ID, ""): number
        for number, comment in elements.items()
        for each in comment.iter(name("w:p"))
    }
    found: dict[str, str] = {}
    for told in file.archive.relationships(file.part).values():
        if not told.kind.endswith("/commentsExtended") or told.target not in file.archive.parts:
            continue
        for each in file.archive.tree(told.target).iter(f"{_W15}commentEx"):
            reply = by_paragraph.get(each.get(f"{_W15}paraId", ""))
            answered = by_paragraph.get(each.get(f"{_W15}paraIdParent", "") or "-")
            if reply is not None and answered is not None and reply != answered:
                found[reply] = answered
    return found


def _comment(file: DraftFile, element: Element, anchor: _Anchor | None) -> DraftComment:
    lines = [paragraph_text(each) for each in element.iter(name("w:p"))]
    date = _DATE.match(element.get(name("w:date"), ""))
    paragraph = None if anchor is None else anchor.paragraph
    return DraftComment(
        element.get(name("w:author"), "").strip(),
        f"{date[1]} {date[2]}" if date else "",
        "\n".join(lines).strip(),
        ""
        if anchor is None
        else "\n".join(" ".join(each.split()) for each in anchor.words.split("\n")).strip(),
        None if paragraph is None else _mark_of(file, paragraph),
        () if paragraph is None else tuple(_around(paragraph)),
    )


def _mark_of(file: DraftFile, paragraph: Element) -> CellMark | None:
    for container in file.containers:
        for unit in container.units:
            if unit is not None and (
                unit.element is paragraph or paragraph in unit.element.iter(name("w:p"))
            ):
                mark = None if unit.owner is None else file.mark(unit.owner)
                return mark if isinstance(mark, CellMark) else None
    return None


def _around(paragraph: Element) -> Iterator[str]:
    """The paragraph's words, then those of its row, cell by cell."""
    yield paragraph_text(paragraph)
    row = ancestor(paragraph, "w:tr")
    if row is not None:
        for each in row.iter(name("w:p")):
            if text := paragraph_text(each).strip():
                yield text
