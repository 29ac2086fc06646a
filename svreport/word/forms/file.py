"""One Word file of a form, opened: its paragraphs with their words, markers, shading and indents, each read once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from svreport.narrative.blocks import Picture
from svreport.word.archive import KIND, Archive
from svreport.word.forms.characters import Characters, Words
from svreport.word.forms.flow import plain_story
from svreport.word.forms.pictures import Unread, pictures_in
from svreport.word.markers import Marked, Markers
from svreport.word.markup import Element, find_all, local, name, value
from svreport.word.opening import open_word
from svreport.word.styles import Styles

_TABLE, _PARAGRAPH = name("w:tbl"), name("w:p")
_HIGHLIGHTS = {
    "blue": "0000FF", "darkBlue": "000080", "cyan": "00FFFF", "darkCyan": "008080", "green": "00FF00",
    "darkGreen": "008000", "yellow": "FFFF00", "darkYellow": "808000", "red": "FF0000", "darkRed": "800000",
    "magenta": "FF00FF", "darkMagenta": "800080",
}  # fmt: skip
_NO_FILL = frozenset({"AUTO", "FFFFFF", ""})


@dataclass(frozen=True, slots=True)
class Note:
    """Something of a form that did not come into the workbook whole: where it stood, its words, and why."""

    file: str
    part: str
    where: str
    words: str
    why: str


class FormFile:
    """A file of the form. What a reader uses it takes, so that what nobody took can be told at the end."""

    def __init__(self, path: Path) -> None:
        self._begin(open_word(path), path.name)

    def _begin(self, archive: Archive, called: str) -> None:
        """Reads a file that is open already; what the archive holds is changed."""
        self.name = called
        self.archive = archive
        self.part = self.archive.main
        self.stories = {part: plain_story(self.archive, part) for _, part in self.archive.stories()}
        self.body = self.archive.body
        styles = Styles(self.archive)
        self._styles = styles
        self._characters = Characters(self.archive, styles)
        markers = Markers(self.archive, styles)
        self._marked = {each: markers.marked(each) for each in self.body.iter(_PARAGRAPH)}
        self._words: dict[Element, Words] = {}
        self._taken: set[Element] = set()
        self._where: dict[Element, tuple[str, str]] = {}

    def words(self, paragraph: Element, part: str | None = None) -> Words:
        """The words of a paragraph, without its list marker."""
        if paragraph not in self._words:
            self._words[paragraph] = self._characters.of(paragraph, part or self.part)
        return self._words[paragraph]

    def marked(self, paragraph: Element) -> Marked | None:
        """How it is marked as a list's item, None for another paragraph."""
        marked = self._marked.get(paragraph)
        return None if marked is None or marked.kind == "none" else marked

    def shown(self, paragraph: Element) -> str:
        """The words with the marker before them, as a reader sees them."""
        marked, text = self.marked(paragraph), self.words(paragraph).text
        return f"{marked.shown} {text}" if marked is not None and marked.shown and text else text

    def take(self, element: Element) -> None:
        """Counts every paragraph in an element as read."""
        self._taken.update([element] if element.tag == _PARAGRAPH else element.iter(_PARAGRAPH))

    def put_down(self, elements: Sequence[Element], part: str, where: str) -> None:
        """Remembers in which part of the form and where these stand, to be told of what nobody takes."""
        for element in elements:
            for paragraph in element.iter(_PARAGRAPH):
                self._where[paragraph] = (part, where)

    def where(self, paragraph: Element) -> tuple[str, str]:
        """(part, place) of a paragraph, both empty where nobody put it down."""
        return self._where.get(paragraph, ("", ""))

    def paragraphs(self) -> Iterator[Element]:
        """The body's paragraphs in order."""
        yield from self.body.iter(_PARAGRAPH)

    def not_taken(self) -> Iterator[Element]:
        """The body's paragraphs that nobody read, in order."""
        return (each for each in self.body.iter(_PARAGRAPH) if each not in self._taken)

    def text(self, elements: Sequence[Element]) -> str:
        """The text of paragraphs and tables, a line each, as plain words; they count as read."""
        lines: list[str] = []
        for element in elements:
            for paragraph in [element] if element.tag == _PARAGRAPH else element.iter(_PARAGRAPH):
                self.take(paragraph)
                lines.append(self.shown(paragraph))
        return "\n".join(line for line in lines if line.strip())

    def peek(self, elements: Sequence[Element]) -> str:
        """The same text, without counting it as read."""
        paragraphs = [
            each
            for element in elements
            for each in ([element] if element.tag == _PARAGRAPH else element.iter(_PARAGRAPH))
        ]
        return "\n".join(text for each in paragraphs if (text := self.shown(each)).strip())

    def indent(self, element: Element) -> int:
        """How far a paragraph's text or a table stands from the margin, in twips."""
        if element.tag == _TABLE:
            return _twips(value(element, "w:tblPr/w:tblInd", "w:w"))
        return self._indent(element, "left", "start")

    def marker_at(self, paragraph: Element) -> int:
        """How far its first line, and so a list's marker, stands from the margin."""
        hanging = self._indent(paragraph, "hanging") - self._indent(paragraph, "firstLine")
        return self.indent(paragraph) - hanging

    def _indent(self, paragraph: Element, *sides: str) -> int:
        marked = self._marked.get(paragraph)
        layers = [paragraph]
        if marked is not None:
            layers.append(marked.level)
        layers += self._styles.chain(value(paragraph, "w:pPr/w:pStyle") or self._styles.default())
        for layer in layers:
            for side in sides:
                told = value(layer, "w:pPr/w:ind", f"w:{side}")
                if told is not None:
                    return _twips(told)
        return 0

    def is_heading(self, paragraph: Element) -> bool:
        return self._styles.heading_level(value(paragraph, "w:pPr/w:pStyle")) is not None

    def fill(self, paragraph: Element) -> str | None:
        """The colour that a paragraph, or most of its words, stand on, as `RRGGBB`; None for no colour."""
        told = _colour(value(paragraph, "w:pPr/w:shd", "w:fill"))
        for style in self._styles.chain(value(paragraph, "w:pPr/w:pStyle")):
            told = told or _colour(value(style, "w:pPr/w:shd", "w:fill"))
        for run in [] if told else paragraph.iter(name("w:r")):
            shade = _colour(value(run, "w:rPr/w:shd", "w:fill"))
            light = _HIGHLIGHTS.get(value(run, "w:rPr/w:highlight") or "")
            told = told or shade or light
        return told

    def cell_fill(self, cell: Element) -> str | None:
        return _colour(value(cell, "w:tcPr/w:shd", "w:fill"))

    def is_right(self, paragraph: Element) -> bool:
        return value(paragraph, "w:pPr/w:jc") in ("right", "end")

    def notes_text(self, kind: str, number: str) -> str:
        """The text of a footnote or endnote."""
        for part in self.archive.related(self.archive.main, KIND + kind):
            for each in find_all(self.stories[part], f"w:{kind[:-1]}") if part in self.stories else []:
                if each.get(name("w:id")) == number:
                    texts = (self.words(paragraph, part).text for paragraph in each.iter(_PARAGRAPH))
                    return " ".join(text for text in texts if text.strip())
        return ""

    def pictures(self, drawing: Element) -> Iterator[Picture | Unread]:
        """The pictures of one drawing in the body."""
        return pictures_in(self.archive, self.part, drawing)

    def margins(self) -> Iterator[tuple[str, str]]:
        """(header or footer, text) of each paragraph in them."""
        for kind, part in self.archive.stories():
            if kind in ("header", "footer"):
                for paragraph in self.stories[part].iter(_PARAGRAPH):
                    text = self.words(paragraph, part).text.strip()
                    if text:
                        yield kind, text

    def strange(self) -> list[Element]:
        """What stands in the body and holds a file of another kind."""
        return [each for each in self.body.iter() if local(each) in ("altChunk", "subDoc")]


def _colour(told: str | None) -> str | None:
    if told is None or told.upper() in _NO_FILL or not re.fullmatch(r"[0-9A-Fa-f]{6}", told):
        return None
    return told.upper()


def _twips(told: str | None) -> int:
    return int(float(told)) if told and re.fullmatch(r"-?\d{1,6}(\.\d+)?", told, re.ASCII) else 0


def is_paragraph(element: Element) -> bool:
    return element.tag == _PARAGRAPH


def is_table(element: Element) -> bool:
    return element.tag == _TABLE
