"""The words of one paragraph: its text with emphasis and links, and what in it is no text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from svreport.narrative.blocks import Run
from svreport.word.archive import Archive
from svreport.word.markup import Element, find, is_on, local, name, value
from svreport.word.styles import Styles

_PLAIN = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": ""}
_NO_TEXT = frozenset(
    "pPr rPr instrText delText fldData sdtPr commentReference annotationRef lastRenderedPageBreak".split()
)
# The signs of Word's symbol fonts that stand in forms: ticks, boxes, bullets and arrows.
_SYMBOLS = {
    0xF0FC: "✓",
    0xF0FB: "✗",
    0xF0FE: "☒",
    0xF0FD: "☒",
    0xF052: "☑",
    0xF0A8: "☐",
    0xF06F: "☐",
    0xF0A3: "☐",
}
_SYMBOLS |= {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0E0: "→", 0xF0E8: "→", 0xF02D: "-"}
_LINK_FIELD = re.compile(r'^\s*HYPERLINK\s+(?!\\l)"?([^"\s]+)"?')
_PICTURES = ("drawing", "pict", "object")
_NOTES = ("footnoteReference", "endnoteReference")


@dataclass(slots=True)
class Words:
    """A paragraph's runs, those of one look joined; the drawings that stand in it; and text that is hidden."""

    runs: tuple[Run, ...] = ()
    drawings: list[Element] = field(default_factory=list)
    hidden: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


class Characters:
    """Reads the paragraphs of one file."""

    def __init__(self, archive: Archive, styles: Styles) -> None:
        self._archive = archive
        self._styles = styles

    def of(self, paragraph: Element, part: str) -> Words:
        """The words of a paragraph in a part of the file; blanks at its ends are left out."""
        read = _Paragraph(self._archive, self._styles, part, value(paragraph, "w:pPr/w:pStyle"))
        read.walk(paragraph, None)
        words = read.words
        words.runs = _trimmed(_joined(read.runs))
        return words


class _Paragraph:
    def __init__(self, archive: Archive, styles: Styles, part: str, style: str | None) -> None:
        self._archive = archive
        self._styles = styles
        self._part = part
        self._style = style
        self._fields: list[str | None] = []
        self.words = Words()
        self.runs: list[Run] = []

    def walk(self, holder: Element, link: str | None) -> None:
        for element in holder:
            kind = local(element)
            if kind == "r":
                self._run(element, link)
            elif kind == "hyperlink":
                told = self._archive.relationship(self._part, element.get(name("r:id"), ""))
                self.walk(element, told.target if told is not None and told.external else link)
            elif kind in _PICTURES:
                self.words.drawings.append(element)
            elif kind == "t":  # of a formula, whose letters stand in no run of Word
                self.runs.append(Run(element.text or "", link=link))
            elif kind not in _NO_TEXT:
                self.walk(element, link)

    def _run(self, run: Element, link: str | None) -> None:
        properties = find(run, "w:rPr")
        bold, italic = self._is(properties, "w:b"), self._is(properties, "w:i")
        for element in run:
            kind = local(element)
            if kind == "fldChar":
                self._field(element)
            elif kind == "instrText":
                self._instruction(element.text or "")
            elif kind in _PICTURES:
                self.words.drawings.append(element)
            elif kind in _NOTES:
                self.words.notes.append((kind, element.get(name("w:id"), "")))
            else:
                text = _text(element)
                if self._is(properties, "w:vanish"):
                    self.words.hidden += text
                elif text:
                    target = link or next((each for each in reversed(self._fields) if each), None)
                    self.runs.append(Run(text, bold, italic, target))

    def _is(self, properties: Element | None, switch: str) -> bool:
        if find(properties, switch) is not None:
            return is_on(properties, switch)
        return self._styles.is_on(switch, value(properties, "w:rStyle"), self._style)

    def _field(self, mark: Element) -> None:
        kind = mark.get(name("w:fldCharType"))
        if kind == "begin":
            self._fields.append(None)
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _instruction(self, told: str) -> None:
        found = _LINK_FIELD.match(told)
        if found and self._fields:
            self._fields[-1] = found[1]


def _text(element: Element) -> str:
    kind = local(element)
    if kind == "t":
        return element.text or ""
    if kind == "br" and element.get(name("w:type"), "textWrapping") != "textWrapping":
        return ""
    if kind == "sym":
        code = element.get(name("w:char"), "")
        number = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) else 0
        return _SYMBOLS.get(number, _SYMBOLS.get(number | 0xF000, "")) or ("\ufffd" if number else "")
    return _PLAIN.get(kind, "")


def _joined(runs: list[Run]) -> Iterator[Run]:
    """Neighbours of one look as one run; blanks have the look of what stands on both their sides, or none."""
    waiting: Run | None = None
    for at, run in enumerate(runs):
        if not run.text.strip() and not run.link:
            following = next((each for each in runs[at + 1 :] if each.text.strip()), None)
            alike = waiting is not None and following is not None
            bold = alike and waiting is not None and waiting.bold and following is not None and following.bold
            italic = (
                alike
                and waiting is not None
                and waiting.italic
                and following is not None
                and following.italic
            )
            run = Run(run.text, bool(bold), bool(italic))
        if waiting is not None and (waiting.bold, waiting.italic, waiting.link) == (
            run.bold,
            run.italic,
            run.link,
        ):
            waiting = replace(waiting, text=waiting.text + run.text)
        else:
            if waiting is not None:
                yield waiting
            waiting = run
    if waiting is not None:
        yield waiting


def _trimmed(runs: Iterator[Run]) -> tuple[Run, ...]:
    """The runs without blanks and line breaks at the paragraph's ends."""
    kept = [run for run in runs if run.text]
    while kept and not kept[0].text.strip(" \t\n"):
        kept.pop(0)
    while kept and not kept[-1].text.strip(" \t\n"):
        kept.pop()
    if kept and kept[0].text[0] in " \t\n":
        kept[0] = replace(kept[0], text=kept[0].text.lstrip(" \t\n"))
    if kept and kept[-1].text[-1] in " \t\n":
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" \t\n"))
    return tuple(kept)
