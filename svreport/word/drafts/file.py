"""The paragraphs and tables of a draft, each with the cell that its hidden bookmarks say it comes from."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from svreport.narrative.blocks import Block, List, ListItem, Picture
from svreport.narrative.typed import typed
from svreport.word.archive import Archive
from svreport.word.fields import OURS
from svreport.word.forms.blocks import blocks_of
from svreport.word.forms.file import FormFile, is_paragraph, is_table
from svreport.word.forms.flow import elements_of
from svreport.word.forms.pictures import Unread, pictures_in
from svreport.word.markers import Marked
from svreport.word.marks import TABLE, CellMark, FixedMark, MarkKind
from svreport.word.markup import Element, ancestor, find_all, local, name, value

_START, _END = name("w:bookmarkStart"), name("w:bookmarkEnd")
_TEXT = tuple(name(f"w:{tag}") for tag in ("t", "tab", "br", "drawing", "pict"))
_ANCHORS = (_START, _END, name("w:commentRangeStart"), name("w:commentRangeEnd"))
_LAST_SLASH = re.compile(r"(\]\([^()\s]*?)/\)")
_ASKED = (_START, _END, name("w:p"), *_TEXT)


@dataclass(eq=False, slots=True)
class Unit:
    """A paragraph or a table. `owner` is the name of the bookmark that it belongs to, the same for all parts of a cell,
    None for one without; `others` are those of further cells whose words stand in it too.
    """

    element: Element
    text: str
    owner: str | None = None
    others: tuple[str, ...] = ()


@dataclass(eq=False, slots=True)
class Container:
    """What follows on one another within the body or a cell of a layout table; None where a table comes between."""

    units: list[Unit | None] = field(default_factory=list)


class DraftFile(FormFile):
    """A draft, read as forms are, with its bookmarks; what the archive held is changed."""

    def __init__(self, archive: Archive, called: str, *, fresh: bool = False) -> None:
        """`fresh` for one that is just being built, whose fixed words have no marks yet."""
        for _, part in archive.stories():
            _keep_anchors(archive.tree(part))
        self._begin(archive, called)
        self._fresh = fresh
        self.names = {
            each.get(name("w:id"), ""): told
            for each in self.body.iter(_START)
            if (told := each.get(name("w:name"), "")).startswith(OURS)
        }
        self._covered: dict[Element, dict[str, int]] = {}
        self._begun: dict[Element, list[str]] = {}
        self._follow_bookmarks()
        self.containers = [each for each in self._containers(self.body) if each.units]

    @staticmethod
    def mark(owner: str) -> CellMark | FixedMark | None:
        """What the name of a unit's owner says."""
        return CellMark.read(owner) or FixedMark.read(owner)

    def marked(self, paragraph: Element) -> Marked | None:
        """How it is marked as a list's item; a paragraph that the template's own style numbers is none of a list."""
        marked = super().marked(paragraph)
        style = value(paragraph, "w:pPr/w:pStyle")
        styled = self._styles.number_of(style)
        if marked is None or styled is None or self._styles.is_list(style):
            return marked
        return marked if value(paragraph, "w:pPr/w:numPr/w:numId") not in (None, styled) else None

    def pictures(self, drawing: Element) -> Iterator[Picture | Unread]:
        return pictures_in(self.archive, self.part, drawing, placed=self._fresh)

    def forget(self, paragraph: Element) -> None:
        """Reads a paragraph anew when it is asked for next: its words were changed."""
        self._words.pop(paragraph, None)

    def said(self, mark: CellMark, elements: Iterable[Element]) -> str:
        """What a draft says of a cell, in a form that saving it in another program leaves alone."""
        blocks = self.blocks(mark, elements)
        pictures = sum(isinstance(block, Picture) for block in blocks) if mark.kind is MarkKind.EXHIBIT else 0
        # LibreOffice puts a slash behind an address that is a host alone.
        return _LAST_SLASH.sub(r"\1)", flat(typed(blocks))) + "\x1f" * pictures

    def blocks(self, mark: CellMark, elements: Iterable[Element]) -> tuple[Block, ...]:
        """The blocks of a cell; those of an item without the list that it stands in."""
        read = blocks_of(self, elements, lambda words, why: None)
        return tuple(unwrapped(read)) if mark.kind is MarkKind.ITEM else read

    def _follow_bookmarks(self) -> None:
        """Finds how much of each paragraph stands in whose bookmarks, and where they begin.

        LibreOffice writes a bookmark that has come to span paragraphs as a start without an end, and a whole one of the
        same name in the last of them.
        """
        ended = {each.get(name("w:id"), "") for each in self.body.iter(_END)}
        left = Counter(self.names.values())
        opened: dict[str, str] = {}
        loose: dict[str, None] = {}
        waiting: list[str] = []
        for element in self.body.iter(*_ASKED):
            if element.tag == name("w:p"):
                for told in loose:
                    opened.pop(told, None)
                loose = {}
                self._begun.setdefault(element, []).extend(waiting)
                waiting = []
                continue
            told = self.names.get(element.get(name("w:id"), ""), "")
            if element.tag == _START:
                left[told] -= 1
                owner = _owner(told)
                if owner is not None:
                    opened[told] = owner
                    if element.get(name("w:id"), "") not in ended and not left[told]:
                        loose[told] = None
                    paragraph = ancestor(element, "w:p")
                    if paragraph is None:
                        waiting.append(owner)
                    else:
                        self._begun.setdefault(paragraph, []).append(owner)
            elif element.tag == _END:
                opened.pop(told, None)
            else:
                self._cover(element, opened.values())

    def _cover(self, element: Element, owners: Iterable[str]) -> None:
        paragraph, run = ancestor(element, "w:p"), element.getparent()
        if paragraph is None or run is None or local(run) != "r":
            return
        length = len((element.text or "").strip()) if local(element) == "t" else int(local(element) != "br")
        covered = self._covered.setdefault(paragraph, {})
        for owner in owners:
            covered[owner] = covered.get(owner, 0) + length

    def _containers(self, holder: Element) -> Iterator[Container]:
        container = Container()
        inside: list[Element] = []
        for element in elements_of(holder):
            if is_paragraph(element):
                unit = self._unit(element, [element])
                if unit.text.strip() or unit.owner is not None or _holds_picture(element):
                    container.units.append(unit)
            elif is_table(element) and self._is_text(element):
                container.units.append(self._unit(element, list(element.iter(name("w:p")))))
            elif is_table(element):
                container.units.append(None)
                inside.append(element)
        yield container
        for table in inside:
            for row in find_all(table, "w:tr"):
                for cell in find_all(row, "w:tc"):
                    yield from self._containers(cell)

    def _is_text(self, table: Element) -> bool:
        """True for a table of a text, not one that the form is laid out in."""
        marks = [each for each in table.iter(_START) if each.get(name("w:id"), "") in self.names]
        if any(
            each.get(name("w:name"), "").startswith(TABLE) and ancestor(each, "w:tbl") is table
            for each in marks
        ):
            return True
        return not marks and not self._fresh

    def _unit(self, element: Element, paragraphs: list[Element]) -> Unit:
        covered: dict[str, int] = {}
        begun: list[str] = []
        for paragraph in paragraphs:
            begun += self._begun.get(paragraph, [])
            for owner, length in self._covered.get(paragraph, {}).items():
                covered[owner] = covered.get(owner, 0) + length
        text = self._told(element, paragraphs)
        covering = [owner for owner, length in covered.items() if length]
        holding = [owner for owner in covering if owner in begun] or covering
        owners = holding or begun
        return Unit(element, text, owners[0] if owners else None, tuple(holding[1:]))

    def _told(self, element: Element, paragraphs: Iterable[Element]) -> str:
        """The words of a paragraph, or of a table row by row."""
        if is_paragraph(element):
            return self.words(element).text
        rows: dict[Element | None, list[str]] = {}
        for each in paragraphs:
            rows.setdefault(ancestor(each, "w:tr"), []).append(self.words(each).text)
        return "\n".join(" | ".join(filter(str.strip, row)) for row in rows.values())


def _keep_anchors(root: Element) -> None:
    """Takes what marks a place out of what was deleted with its changes tracked, so that it outlasts it."""
    for gone in list(root.iter(name("w:del"), name("w:moveFrom"))):
        parent = gone.getparent()
        if parent is None or local(parent) in ("rPr", "trPr", "tcPr"):
            continue
        for anchor in list(gone.iter(*_ANCHORS)):
            gone.addprevious(anchor)


def _owner(told: str) -> str | None:
    """What all bookmarks of one cell have in their names."""
    mark = CellMark.read(told)
    if mark is not None:
        return mark.whole.name if mark.said else told
    return told if FixedMark.read(told) is not None else None


def unwrapped(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of list items, without the list."""
    for block in blocks:
        if isinstance(block, List):
            for item in block.items:
                yield from item.blocks
        else:
            yield block


def items_of(blocks: Iterable[Block]) -> Iterator[tuple[Block, ...]]:
    """The blocks one by one, a list item by item."""
    for block in blocks:
        if isinstance(block, List):
            for item in block.items:
                yield ListItem(item.blocks).blocks
        else:
            yield (block,)


def flat(text: str) -> str:
    """The text with one blank where any are, so that what programs do to blanks is no change."""
    return "\n".join(line for each in text.split("\n") if (line := " ".join(each.split())))


def _holds_picture(paragraph: Element) -> bool:
    return any(True for _ in paragraph.iter(name("w:drawing"), name("w:pict")))
