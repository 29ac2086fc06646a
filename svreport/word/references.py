"""References to numbered paragraphs: their numbers counted as Word counts them, and written as plain text.

A field would do it too, but Word asks every reader to update fields.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from svreport.word.archive import Archive
from svreport.word.fields import PARAGRAPH
from svreport.word.markup import Element, add, ancestor, find, find_all, make, name, value
from svreport.word.styles import Styles

SIGN = "#"
"""Stands in the words of a reference where the number goes."""

_ALPHABET = 26
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LEVELS = 9


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
    counter = _Counter(archive, styles)
    numbers: dict[str, str] = {}
    for paragraph in archive.body.iter(name("w:p")):
        number = counter.count(paragraph)
        for mark in paragraph.iter(name("w:bookmarkStart")):
            if ancestor(mark, "w:p") is paragraph:
                numbers.setdefault(mark.get(name("w:name"), ""), number or "?")
    return numbers


class _Counter:
    """Counts the numbered paragraphs of a document, in order."""

    def __init__(self, archive: Archive, styles: Styles) -> None:
        part = archive.part_of("numbering")
        root = make("w:numbering") if part is None else archive.tree(part)
        self._styles = styles
        self._counts = {each.get(name("w:numId"), ""): each for each in find_all(root, "w:num")}
        self._definitions = {
            each.get(name("w:abstractNumId"), ""): each for each in find_all(root, "w:abstractNum")
        }
        self._at: dict[str, list[int]] = {}
        self._begun: set[str] = set()

    def count(self, paragraph: Element) -> str:
        """The paragraph's number without what stands around it (`3` for `3.`), empty for one without a number."""
        number, level = self._counted(paragraph)
        count = self._counts.get(number)
        definition = self._definitions.get(value(count, "w:abstractNumId") or "")
        if count is None or definition is None or not 0 <= level < _LEVELS:
            return ""
        levels = {each.get(name("w:ilvl")): each for each in find_all(definition, "w:lvl")}
        told = levels.get(str(level))
        if told is None or value(told, "w:numFmt") in ("bullet", "none"):
            return ""
        at = self._at.setdefault(definition.get(name("w:abstractNumId"), ""), [0] * _LEVELS)
        if number not in self._begun:
            self._begun.add(number)
            for override in find_all(count, "w:lvlOverride"):
                start = value(override, "w:startOverride")
                if start is not None:
                    at[int(override.get(name("w:ilvl"), "0"))] = 0
        at[level] = at[level] + 1 if at[level] else self._start(count, told, level)
        at[level + 1 :] = [0] * (_LEVELS - level - 1)
        return _written(levels, at, level)

    def _start(self, count: Element, told: Element, level: int) -> int:
        for override in find_all(count, "w:lvlOverride"):
            if override.get(name("w:ilvl")) == str(level):
                return int(value(override, "w:startOverride") or 1)
        return int(value(told, "w:start") or 1)

    def _counted(self, paragraph: Element) -> tuple[str, int]:
        """The `w:numId` and level of a paragraph, its own or its style's."""
        own = find(paragraph, "w:pPr/w:numPr")
        if own is not None:
            return value(own, "w:numId") or "", int(value(own, "w:ilvl") or 0)
        for style in self._styles.chain(value(paragraph, "w:pPr/w:pStyle")):
            held = find(style, "w:pPr/w:numPr")
            if held is not None:
                return value(held, "w:numId") or "", int(value(held, "w:ilvl") or 0)
        return "", 0


def _written(levels: dict[str | None, Element], at: list[int], level: int) -> str:
    """`3` for `%1.`, `2.1` for `%1.%2`, `3a` for `%2.` or `(%2)` under a third paragraph."""
    text = value(levels[str(level)], "w:lvlText") or f"%{level + 1}"
    inside = re.sub(r"^[^%]*|[^%\d]*$", "", text)
    told = "".join(_parts(inside, levels, at))
    if level and "%1" not in inside:
        above = levels.get(str(level - 1))
        return (_written(levels, at, level - 1) if above is not None and at[level - 1] else "") + told
    return told


def _parts(text: str, levels: dict[str | None, Element], at: list[int]) -> Iterator[str]:
    for piece in re.split(r"(%[1-9])", text):
        if re.fullmatch(r"%[1-9]", piece):
            level = int(piece[1]) - 1
            told = levels.get(str(level))
            yield _as(value(told, "w:numFmt") if told is not None else "decimal", at[level])
        else:
            yield piece


def _as(kind: str | None, number: int) -> str:
    if kind in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (number - 1) % _ALPHABET) * ((number - 1) // _ALPHABET + 1)
        return letters.upper() if kind == "upperLetter" else letters
    if kind in ("lowerRoman", "upperRoman"):
        roman = ""
        for worth, sign in _ROMAN:
            times, number = divmod(number, worth)
            roman += sign * times
        return roman.upper() if kind == "upperRoman" else roman
    return str(number)
