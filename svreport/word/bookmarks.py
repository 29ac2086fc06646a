"""Hidden bookmarks: marks around what was placed, which survive editing in Word."""

from collections.abc import Sequence
from itertools import count

from svreport.word.archive import Archive
from svreport.word.markup import Element, find, make, name, remove

# The ids only have to differ here, from those of templates too: a finished file's are counted anew.
_IDS = count(1_000_000)


def new_id() -> str:
    """An id that no other bookmark has."""
    return str(next(_IDS))


def bookmark(elements: Sequence[Element], mark: str) -> None:
    """Puts a bookmark around elements, inside their first and last paragraph; none where there is no paragraph."""
    paragraphs = [each for element in elements for each in element.iter(name("w:p"))]
    if not paragraphs:
        return
    number = str(next(_IDS))
    first = paragraphs[0]
    at = 0 if find(first, "w:pPr") is None else 1
    first.insert(at, make("w:bookmarkStart", {"w:id": number, "w:name": mark}))
    paragraphs[-1].append(make("w:bookmarkEnd", {"w:id": number}))


def bookmark_each(elements: Sequence[Element], mark: str) -> None:
    """Puts a bookmark into each of a cell's paragraphs and tables (there into the first paragraph).

    LibreOffice keeps a bookmark whole only within one paragraph. A number behind the mark says that they are together,
    until each is named in full.
    """
    together = f"{mark}.{next(_IDS)}"
    for element in elements:
        first = next(element.iter(name("w:p")), None)
        if first is not None:
            bookmark([first], together)


def bookmark_behind(paragraph: Element, last: Element | None, mark: str) -> None:
    """Puts a bookmark around what stands in a paragraph behind its child `last`, or around all of it."""
    number = str(next(_IDS))
    start = make("w:bookmarkStart", {"w:id": number, "w:name": mark})
    if last is None:
        paragraph.insert(0, start)
    else:
        last.addnext(start)
    paragraph.append(make("w:bookmarkEnd", {"w:id": number}))


def drop_bookmarks(archive: Archive, beginning: str) -> None:
    """Takes out every bookmark whose name begins so; the words in them stay."""
    for _, part in archive.stories():
        root = archive.tree(part)
        ours = {
            each.get(name("w:id"))
            for each in root.iter(name("w:bookmarkStart"))
            if each.get(name("w:name"), "").startswith(beginning)
        }
        marks = [*root.iter(name("w:bookmarkStart")), *root.iter(name("w:bookmarkEnd"))]
        for each in marks:
            if each.get(name("w:id")) in ours:
                remove(each)
