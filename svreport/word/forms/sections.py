"""What stands in a form under a heading and in no table: headlines, the dashboard, and the key as plain lines."""

import re
from collections.abc import Callable, Iterator

from svreport.model.level import Level, LevelScale, standard_scale
from svreport.narrative.blocks import Block, List, Paragraph, Run, text_of_runs
from svreport.word.forms.blocks import blocks_of
from svreport.word.forms.file import FormFile
from svreport.word.forms.rows import Blocks, Form
from svreport.word.forms.wording import which
from svreport.word.markup import Element

Teller = Callable[[str], Callable[[str, str], None]]

_HEADLINES = ("Drivers", "Barriers", "Engagement")
_MARKER = re.compile(r"(?:\(?\d{1,2}[.)]|[•◦▪*-])\s+")
_LEVEL = re.compile(r"\W*([^\W\d_]+)\W+(.*)", re.DOTALL)
_LONGEST_HEADING = 200


class Sections:
    """Gathers the elements under a heading until the next one; `name` is empty where nothing is gathered."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._elements: list[Element] = []
        self.name = ""

    def take(self, element: Element) -> bool:
        """True where the element belongs to the section."""
        if self.name:
            self._elements.append(element)
        return bool(self.name)

    def end(self, file: FormFile, teller: Teller) -> None:
        """Puts what was gathered in its place of the form."""
        name, elements = self.name, self._elements
        self.name, self._elements = "", []
        if name in _HEADLINES:
            blocks = blocks_of(file, elements, teller(f"headlines, {name}"))
            self._form.headlines += [(name, each) for each in headlines_of(blocks)]
        elif name == "dashboard":
            self._form.dashboard = "\n".join(filter(None, (self._form.dashboard, file.text(elements))))
        elif name == "key":
            levels = _levels(file, elements)
            if levels:
                self._form.scale = LevelScale(tuple(levels))


def is_headline_heading(file: FormFile, paragraph: Element, text: str) -> str:
    """`Drivers`, `Barriers` or `Engagement` for the words above these, else empty."""
    words = file.words(paragraph)
    looks_so = (
        file.is_heading(paragraph) or text.rstrip().endswith(":") or all(run.bold for run in words.runs)
    )
    if file.marked(paragraph) is not None and not file.is_heading(paragraph):
        return ""
    if (not looks_so and "up to" not in text.casefold()) or len(text) > _LONGEST_HEADING:
        return ""
    return which("headlines", text) or ""


def headlines_of(blocks: Blocks) -> Iterator[Blocks]:
    """Each point by itself, as a list's items or as paragraphs; what follows a point belongs to it."""
    point: list[Block] = []
    for block in blocks:
        if point and isinstance(block, List | Paragraph):
            yield tuple(point)
            point = []
        if isinstance(block, List):
            *before, last = block.items
            yield from (item.blocks for item in before)
            point = list(last.blocks)
        else:
            point.append(_unmarked(block) if isinstance(block, Paragraph) else block)
    if point:
        yield tuple(point)


def _unmarked(paragraph: Paragraph) -> Paragraph:
    """A point without the number that was typed before it: the documents number them."""
    found = _MARKER.match(text_of_runs(paragraph.runs))
    if found is None or len(paragraph.runs[0].text) < found.end():
        return paragraph
    first, *rest = paragraph.runs
    kept = Run(first.text[found.end() :], first.bold, first.italic, first.link)
    return Paragraph((kept, *rest) if kept.text else tuple(rest))


def _levels(file: FormFile, elements: list[Element]) -> list[Level]:
    """The key as lines: `Blue – complete`."""
    levels: list[Level] = []
    for element in elements:
        text = " ".join(file.peek([element]).split())
        found = _LEVEL.fullmatch(text)
        held = standard_scale().read(found[1]) if found else None
        if found and held:
            file.take(element)
            levels.append(Level(held.name, held.colour, found[2], len(levels)))
    return levels
