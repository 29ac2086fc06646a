"""The numbers of the narrative as the review lists them: each in its sentence, with where it comes from."""

from collections.abc import Iterable

from svreport.documents.review import Reviewed
from svreport.documents.review_context import NumberRow, ReferenceRow
from svreport.model.finding import Place
from svreport.narrative.blocks import Paragraph, Run
from svreport.review.numbers import NumberUse, Status, passages_of
from svreport.word.fields import Rich

# Of a long sentence, what stands around the number; a table's cell is told with its row and column.
_AROUND = 110


class NumbersTold:
    """The rows of each status, in the order of the documents."""

    def __init__(self, reviewed: Reviewed) -> None:
        self._texts = reviewed.material.texts
        self._about = {
            passage.place: passage.about
            if passage.kind.value in ("headline", "specialist adviser support")
            else f"{passage.about}: {passage.kind.value.removesuffix(' of the risk')}"
            for passage in reviewed.material.passages
        }
        self._numbers = reviewed.numbers

    def of(self, status: Status) -> tuple[NumberRow, ...]:
        return tuple(self._row(use) for use in self._numbers if use.status is status)

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

    def _row(self, use: NumberUse) -> NumberRow:
        return NumberRow(
            use.text,
            self._about.get(use.place, ""),
            self._sentence(use),
            str(use.place),
            use.figure,
            use.source,
        )

    def _sentence(self, use: NumberUse) -> Rich:
        passage = passages_of(self._texts[use.place])[use.passage]
        first, last = passage.sentence(use.start)
        start, end = _window(passage.text, use, first, last)
        beside = f" ({passage.beside})" if passage.beside else ""
        before = ("… " if start > first else "") + passage.text[start : use.start]
        behind = passage.text[use.end : end].rstrip() + (" …" if end < last else "") + beside
        runs = (
            Run(before.replace("\n", " ")),
            Run(passage.text[use.start : use.end], bold=True),
            Run(behind.replace("\n", " ")),
        )
        return Rich((Paragraph(tuple(run for run in runs if run.text)),))


def _window(text: str, use: NumberUse, first: int, last: int) -> tuple[int, int]:
    """The stretch of a sentence that is shown, cut at whole words."""
    start, end = max(first, use.start - _AROUND), min(last, use.end + _AROUND)
    if start > first:
        start = text.find(" ", start, use.start) + 1 or use.start
    if end < last:
        end = max(text.rfind(" ", use.end, end), use.end)
    return start, end


def _counted(texts: Iterable[str]) -> str:
    """`2024-25 (3 times), 31, 3.1`: each once, in the order of the text."""
    counts: dict[str, int] = {}
    for text in texts:
        counts[text] = counts.get(text, 0) + 1
    return ", ".join(f"{text} ({count} times)" if count > 1 else text for text, count in counts.items())
