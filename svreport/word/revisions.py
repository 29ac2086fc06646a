"""Tracked changes, taken as accepted, and the comments of a Word file."""

from dataclasses import dataclass

from svreport.word.archive import KIND, Archive
from svreport.word.markup import Element, ancestor, find, find_all, local, name, remove, unwrap

_GONE = tuple(
    name(f"w:{tag}")
    for tag in "del moveFrom moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd cellIns "
    "customXmlDelRangeStart customXmlDelRangeEnd customXmlInsRangeStart customXmlInsRangeEnd".split()
)
_BEFORE = tuple(
    name(f"w:{tag}Change") for tag in "rPr pPr tblPr tblGrid trPr tcPr sectPr tblPrEx numbering".split()
)
_KEPT = (name("w:ins"), name("w:moveTo"))


@dataclass(frozen=True, slots=True)
class Comment:
    """What a person wrote in the margin."""

    author: str
    text: str


def accept_revisions(root: Element) -> None:
    """Leaves a part as it is when every tracked change in it is accepted, whoever made it."""
    for row in [each for each in root.iter(name("w:tr")) if find(each, "w:trPr/w:del") is not None]:
        remove(row)
    for cell in [each for each in root.iter(name("w:tc")) if find(each, "w:tcPr/w:cellDel") is not None]:
        remove(cell)
    for table in [each for each in root.iter(name("w:tbl")) if next(each.iter(name("w:tr")), None) is None]:
        remove(table)
    _join_paragraphs(root)
    for element in [each for each in root.iter(*_GONE) if local(each) != "del" or not _marks(each)]:
        _remove_with_tail(element)
    for element in list(root.iter(*_BEFORE)):
        _remove_with_tail(element)
    for element in list(root.iter(*_KEPT)):
        if _marks(element):
            _remove_with_tail(element)
        else:
            unwrap(element)


def _marks(element: Element) -> bool:
    """True for the mark of a whole row or of a paragraph's end, which encloses nothing."""
    parent = element.getparent()
    return parent is not None and local(parent) in ("rPr", "trPr", "tcPr", "numPr")


def _join_paragraphs(root: Element) -> None:
    """Where a paragraph's end was deleted its words go before those of the next, which keeps its own properties."""
    for paragraph in list(root.iter(name("w:p"))):
        marks = find(paragraph, "w:pPr/w:rPr")
        ended = marks is not None and any(find(marks, f"w:{tag}") is not None for tag in ("del", "moveFrom"))
        following = paragraph.getnext()
        if not ended or following is None or local(following) != "p":
            continue
        at = 1 if find(following, "w:pPr") is not None else 0
        moved = [each for each in paragraph if local(each) != "pPr"]
        following[at:at] = moved
        remove(paragraph)


def _remove_with_tail(element: Element) -> None:
    if element.getparent() is not None:
        remove(element)


def comments_of(archive: Archive) -> list[Comment]:
    """The comments in the margins, in the order of the file."""
    told: list[Comment] = []
    for part in archive.related(archive.main, KIND + "comments"):
        if part not in archive.parts:
            continue
        for comment in find_all(archive.tree(part), "w:comment"):
            words = [
                "".join(text.text or "" for text in paragraph.iter(name("w:t")))
                for paragraph in comment.iter(name("w:p"))
                if ancestor(paragraph, "w:comment") is comment
            ]
            text = "\n".join(each for each in words if each.strip())
            if text:
                told.append(Comment(comment.get(name("w:author"), ""), text))
    return told
