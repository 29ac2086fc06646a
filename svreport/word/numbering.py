"""Lists as Word counts them: one definition for each way of marking, and one count for each list."""

from copy import deepcopy

from lxml import etree

from svreport.narrative.blocks import List, ListKind
from svreport.word.archive import KIND, WORD_TYPE, Archive
from svreport.word.markup import Element, add, find, find_all, make, name

STEP = 425  # twips that each level is indented by: 7.5 mm
LEVELS = 9
_WIDE_STEP = 567
# By kind, and whether its letters are capitals.
_FORMATS = {
    (ListKind.BULLET, False): "bullet",
    (ListKind.NUMBER, False): "decimal",
    (ListKind.LETTER, False): "lowerLetter",
    (ListKind.LETTER, True): "upperLetter",
    (ListKind.ROMAN, False): "lowerRoman",
    (ListKind.ROMAN, True): "upperRoman",
}
_BULLETS = "•–"  # in every sans-serif font, unlike Word's own Symbol and Wingdings


class Numbering:
    """The numbering part of a file, made where the template has none."""

    def __init__(self, archive: Archive) -> None:
        part = archive.part_of("numbering")
        if part is None:
            part = "word/numbering.xml"
            archive.put(part, WORD_TYPE + "numbering+xml", etree.tostring(make("w:numbering")))
            archive.relate(archive.main, KIND + "numbering", part)
        self.root = archive.tree(part)
        self._definitions: dict[tuple[str, str], int] = {}
        self._bullets: int | None = None
        self._next_definition = _highest(self.root, "w:abstractNum", "w:abstractNumId") + 1
        self._next_count = max(_highest(self.root, "w:num", "w:numId"), 0) + 1
        # Word wants every definition before the first count, and this element, where there is one, behind them all.
        self._first_count = find(self.root, "w:num")
        self._end = find(self.root, "w:numIdMacAtCleanup")

    def of(self, block: List, depth: int) -> int:
        """The `w:numId` for a list: numbered ones count afresh from their start; all bullets share one."""
        if block.kind is ListKind.BULLET:
            if self._bullets is None:
                self._bullets = self._count("bullet", "")
            return self._bullets
        marks = _FORMATS.get((block.kind, block.upper), _FORMATS[block.kind, False])
        return self._count(marks, block.closing, depth, block.start)

    def take_count(self, count: Element, definition: str) -> str:
        """A list's count taken over from another file, counting by the definition of this number here."""
        number = str(self._next_count)
        self._next_count += 1
        taken = deepcopy(count)
        taken.set(name("w:numId"), number)
        for each in find_all(taken, "w:abstractNumId"):
            each.set(name("w:val"), definition)
        if self._first_count is None:
            self._first_count = taken
        self._put(taken, self._end)
        return number

    def take_definition(self, definition: Element) -> str:
        """A way of counting taken over from another file."""
        number = str(self._next_definition)
        self._next_definition += 1
        definition.set(name("w:abstractNumId"), number)
        for path in ("w:nsid", "w:tmpl"):  # by these Word would take two definitions for one
            for each in find_all(definition, path):
                definition.remove(each)
        self._put(definition, self._end if self._first_count is None else self._first_count)
        return number

    def _count(self, marks: str, closing: str, depth: int = 0, start: int | None = None) -> int:
        number = self._next_count
        self._next_count += 1
        made = make("w:num", {"w:numId": str(number)})
        add(made, "w:abstractNumId", {"w:val": str(self._definition(marks, closing))})
        if start is not None:
            override = add(made, "w:lvlOverride", {"w:ilvl": str(depth)})
            add(override, "w:startOverride", {"w:val": str(start)})
        if self._first_count is None:
            self._first_count = made
        self._put(made, self._end)
        return number

    def _definition(self, marks: str, closing: str) -> int:
        known = self._definitions.get((marks, closing))
        if known is not None:
            return known
        number = self._next_definition
        self._next_definition += 1
        made = make("w:abstractNum", {"w:abstractNumId": str(number)})
        add(made, "w:multiLevelType", {"w:val": "hybridMultilevel"})
        for depth in range(LEVELS):
            _add_level(made, marks, closing, depth)
        self._put(made, self._end if self._first_count is None else self._first_count)
        self._definitions[marks, closing] = number
        return number

    def _put(self, made: Element, before: Element | None) -> None:
        if before is None:
            self.root.append(made)
        else:
            before.addprevious(made)


def step(kind: ListKind) -> int:
    """How far, in twips, the text of a list stands from its marker's place."""
    return _WIDE_STEP if kind is ListKind.ROMAN else STEP


def _add_level(definition: Element, marks: str, closing: str, depth: int) -> None:
    level = add(definition, "w:lvl", {"w:ilvl": str(depth)})
    add(level, "w:start", {"w:val": "1"})
    add(level, "w:numFmt", {"w:val": marks})
    if marks == "bullet":
        text = _BULLETS[depth % len(_BULLETS)]
    else:
        text = f"(%{depth + 1})" if closing == "()" else f"%{depth + 1}{closing}"
    add(level, "w:lvlText", {"w:val": text})
    add(level, "w:lvlJc", {"w:val": "left"})
    width = _WIDE_STEP if marks.endswith("Roman") else STEP
    indent = {"w:left": str(STEP * depth + width), "w:hanging": str(width)}
    add(add(level, "w:pPr"), "w:ind", indent)


def _highest(root: Element, short: str, attribute: str) -> int:
    told = (each.get(name(attribute), "") for each in find_all(root, short))
    return max((int(each) for each in told if each.isdigit()), default=-1)
