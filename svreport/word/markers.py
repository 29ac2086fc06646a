"""What a reader sees in front of each list paragraph: `•`, `1.`, `b)`, `(iii)`."""

import re
from collections import defaultdict
from dataclasses import dataclass

from svreport.word.archive import Archive
from svreport.word.markup import Element, find, find_all, name, value
from svreport.word.styles import Styles

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marked:
    """How one list paragraph is marked: `kind` and `text` are the level's `w:numFmt` and `w:lvlText`, `number` names
    its list, `shown` is what a reader sees.
    """

    number: str
    depth: int
    kind: str
    text: str
    value: int
    shown: str
    level: Element


class Markers:
    """Counts the list paragraphs of a file as Word does, when asked in their order."""

    def __init__(self, archive: Archive, styles: Styles) -> None:
        part = archive.part_of("numbering")
        root = None if part is None else archive.tree(part)
        counts = [] if root is None else find_all(root, "w:num")
        definitions = [] if root is None else find_all(root, "w:abstractNum")
        self._styles = styles
        self._counts = {each.get(name("w:numId")): each for each in counts}
        self._definitions = {each.get(name("w:abstractNumId")): each for each in definitions}
        self._reached: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()

    def of(self, paragraph: Element) -> tuple[int, str] | None:
        """The level (from 0) and the marker of a list paragraph, None for another one."""
        marked = self.marked(paragraph)
        return None if marked is None else (marked.depth, marked.shown)

    def marked(self, paragraph: Element) -> Marked | None:
        """How a list paragraph is marked, None for another one."""
        counted = self._counted(paragraph)
        if counted is None:
            return None
        number, depth, levels, reached = counted
        level = levels[str(depth)]
        kind, text = value(level, "w:numFmt") or "decimal", value(level, "w:lvlText") or ""
        return Marked(number, depth, kind, text, reached[depth], self._shown(levels, level, reached), level)

    def number(self, paragraph: Element) -> str:
        """The paragraph's number without what stands around it (`3` for `3.`, `3a` for `(a)` under a third paragraph),
        empty for one without a number.
        """
        counted = self._counted(paragraph)
        return "" if counted is None else _number(counted[2], counted[1], counted[3])

    def _counted(
        self, paragraph: Element
    ) -> tuple[str, int, dict[str | None, Element], dict[int, int]] | None:
        """The list, the level, the list's levels and what each of them has reached, when a paragraph is its next."""
        number, depth = self._list_of(paragraph)
        count = self._counts.get(number)
        key = value(count, "w:abstractNumId")
        definition = self._definition(key)
        if count is None or definition is None or key is None or number is None:
            return None
        levels = {each.get(name("w:ilvl")): each for each in find_all(definition, "w:lvl")}
        level = levels.get(str(depth))
        if level is None:
            return None
        reached = self._reached[key]
        start = _whole(value(level, "w:start"), 1)
        override = _override(count, depth)
        if override is not None and (number, depth) not in self._begun:
            self._begun.add((number, depth))
            reached[depth] = override
        else:
            reached[depth] = reached.get(depth, start - 1) + 1
        for deeper in [each for each in reached if each > depth]:
            del reached[deeper]
        return number, depth, levels, reached

    def _definition(self, key: str | None) -> Element | None:
        """A way of counting; one that only names a list style is that style's."""
        definition = self._definitions.get(key)
        style = value(definition, "w:numStyleLink")
        if definition is None or style is None:
            return definition
        count = self._counts.get(value(self._styles.style(style), "w:pPr/w:numPr/w:numId"))
        return self._definitions.get(value(count, "w:abstractNumId"))

    def _list_of(self, paragraph: Element) -> tuple[str | None, int]:
        """The list's number and level, the paragraph's own or its style's."""
        layers = [
            paragraph,
            *self._styles.chain(value(paragraph, "w:pPr/w:pStyle") or self._styles.default()),
        ]
        for layer in layers:
            number = value(layer, "w:pPr/w:numPr/w:numId")
            if number is not None:
                return number, _whole(value(layer, "w:pPr/w:numPr/w:ilvl"), 0)
        return None, 0

    def _shown(self, levels: dict[str | None, Element], level: Element, reached: dict[int, int]) -> str:
        def number(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            kind = value(levels.get(str(at)), "w:numFmt") or "decimal"
            return counted(reached.get(at, 1), kind)

        text = value(level, "w:lvlText") or ""
        if value(level, "w:numFmt") == "bullet":
            return "•" if len(text) == 1 and not text.isascii() and "\ue000" <= text <= "\uf8ff" else text
        return re.sub(r"%(\d)", number, text)


def _number(levels: dict[str | None, Element], depth: int, reached: dict[int, int]) -> str:
    """`3` for `%1.`, `2.1` for `%1.%2`, `3a` for `%2.` or `(%2)` under a third paragraph."""

    def told(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        return counted(reached.get(at, 1), value(levels.get(str(at)), "w:numFmt") or "decimal")

    level = levels.get(str(depth))
    if level is None or value(level, "w:numFmt") in ("bullet", "none"):
        return ""
    text = value(level, "w:lvlText") or f"%{depth + 1}"
    number = re.sub(r"%([1-9])", told, re.sub(r"^[^%]*|[^%\d]*$", "", text))
    if depth and "%1" not in text and depth - 1 in reached:
        return _number(levels, depth - 1, reached) + number
    return number


def _override(count: Element, depth: int) -> int | None:
    for each in find_all(count, "w:lvlOverride"):
        if each.get(name("w:ilvl")) == str(depth) and find(each, "w:startOverride") is not None:
            return _whole(value(each, "w:startOverride"), 1)
    return None


def _whole(told: str | None, otherwise: int) -> int:
    return int(told) if told and re.fullmatch(r"\d{1,6}", told, re.ASCII) else otherwise


def counted(number: int, kind: str) -> str:
    """A number in one of Word's formats, such as `lowerRoman`; any other one in figures."""
    if kind in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if kind == "upperLetter" else letters
    if kind in ("lowerRoman", "upperRoman"):
        roman = ""
        for each, sign in _ROMAN:
            roman += sign * (number // each)
            number %= each
        return roman.upper() if kind == "upperRoman" else roman
    return str(number)
