"""The numbers of the narrative as the review lists them: each in its sentence, with where it comes from."""

import re
from collections.abc import Iterable
from textwrap import shorten

from svreport.documents.review_pack.context import NumberRow, ReferenceRow
from svreport.documents.review_pack.reviewed import Reviewed
from svreport.model.finding import Place
from svreport.narrative.blocks import Paragraph, Run
from svreport.review.numbers import NumberUse, Passage, Status, passages_of
from svreport.review.passages import Kind
from svreport.review.passages import Passage as Text
from svreport.word.fields import Rich

# Of a long sentence, what stands around its numbers, in characters.
_AROUND = 110
_LONGEST_NAME = 90

Span = tuple[int, int]


class NumbersTold:
    """The rows of each status, in the order of the documents."""

    def __init__(self, reviewed: Reviewed) -> None:
        self._passages = {place: passages_of(blocks) for place, blocks in reviewed.material.texts.items()}
        self._about = {passage.place: about(passage) for passage in reviewed.material.passages}
        self._numbers = reviewed.numbers

    def of(self, status: Status) -> tuple[NumberRow, ...]:
        """A row for each sentence with numbers of a status."""
        sentences: dict[tuple[Place, int, Span], list[NumberUse]] = {}
        for use in self._numbers:
            if use.status is status:
                span = self._passages[use.place][use.passage].sentence(use.start)
                sentences.setdefault((use.place, use.passage, span), []).append(use)
        return tuple(
            self._row(self._passages[place][index], span, uses)
            for (place, index, span), uses in sentences.items()
        )

    @property
    def references(self) -> tuple[ReferenceRow, ...]:
        """The dates, years and references, text by text."""
        by_place: dict[Place, list[str]] = {}
        for use in self._numbers:
            if use.status is Status.REFERENCE:
                by_place.setdefault(use.place, []).append(use.text)
        return tuple(
            ReferenceRow(self._about.get(place, ""), str(place), _counted(texts))
            for place, texts in by_place.items()
        )

    def _row(self, passage: Passage, span: Span, uses: list[NumberUse]) -> NumberRow:
        place = uses[0].place
        figures = tuple(Paragraph((Run(_origin(use)),)) for use in uses if use.source)
        return NumberRow(
            ", ".join(dict.fromkeys(use.text for use in uses)),
            self._about.get(place, ""),
            Rich((Paragraph(tuple(_sentence(passage, span, uses))),)),
            str(place),
            Rich(figures),
        )


def about(passage: Text) -> str:
    """What a text is about, for a reader: `Condition 3.1: progress`, `Drivers`.

    A row of a pack's sheet without a name is called by its first words.
    """
    if passage.kind in (Kind.ADVISER, Kind.HEADLINE):
        return passage.about
    called = shorten(re.sub(r"\{\{.*?\}\}", "…", passage.about), _LONGEST_NAME, placeholder=" …")
    return f"{called}: {passage.kind.removesuffix(' of the risk')}"


def _origin(use: NumberUse) -> str:
    """The cells that a number comes from, and for one that was typed the figure that it is taken for."""
    told = f"{use.text}: {use.source}"
    return told if use.status is Status.LINKED else f"{told}\n{use.figure}"


def _sentence(passage: Passage, span: Span, uses: list[NumberUse]) -> list[Run]:
    """The sentence with its numbers in bold; of a long one what stands around them; behind a table's cell its row."""
    text = passage.text
    start, end = _window(text, span, uses)
    runs = [Run("… ")] if start > span[0] else []
    at = start
    for use in uses:
        runs += [Run(text[at : use.start]), Run(text[use.start : use.end], bold=True)]
        at = use.end
    runs.append(Run(text[at:end].rstrip() + (" …" if end < span[1] else "")))
    if passage.beside:
        runs.append(Run(f" ({passage.beside})"))
    plain = [Run(run.text.replace("\n", " "), bold=run.bold) for run in runs]
    return [run for run in plain if run.text]


def _window(text: str, span: Span, uses: list[NumberUse]) -> Span:
    """The stretch of a sentence that is shown, cut at whole words."""
    first, last = uses[0].start, uses[-1].end
    start, end = max(span[0], first - _AROUND), min(span[1], last + _AROUND)
    if start > span[0]:
        start = text.find(" ", start, first) + 1 or first
    if end < span[1]:
        end = max(text.rfind(" ", last, end), last)
    return start, end


def _counted(texts: Iterable[str]) -> str:
    """`2024-25 (3 times), 31, 3.1`: each once, in the order of the text."""
    counts: dict[str, int] = {}
    for text in texts:
        counts[text] = counts.get(text, 0) + 1
    return ", ".join(f"{text} ({count} times)" if count > 1 else text for text, count in counts.items())
