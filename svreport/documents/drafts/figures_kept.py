"""The figures of a text that was edited in a draft: those that still stand go on as figures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from svreport.model.entry import Entry
from svreport.narrative.blocks import Block, runs_of
from svreport.narrative.characters import cleaned
from svreport.narrative.expressions import figures_written
from svreport.word.drafts.returned import Draft

_MOST_COMPARED = 8_000
_ABOUT = 4  # letters beside a figure that must stand as they stood, for it to be known by them
_PIECE = re.compile(r"\w+|\W")


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a cell in order: how each is written and how it prints now; and the text that they stand in, with
    the place of each.
    """

    written: tuple[str, ...]
    printed: tuple[str, ...]
    text: str
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, entry: Entry[str], blocks: Sequence[Block]) -> "Figures":
        written = figures_written(cleaned(entry.value)[0]) if entry.value else ()
        text, spans, printed = "", [], []
        for run in runs_of(tuple(blocks)):
            if run.figure is not None or run.mark:
                spans.append((len(text), len(text) + len(run.text)))
                printed.append(run.text)
            text += run.text
        if len(written) != len(spans):
            return cls((), (), text, ())
        return cls(written, tuple(printed), text, tuple(spans))

    def written_at(self, order: int, said: str | None) -> str:
        """How the figure of that order is written; empty where there is none, or where it does not print `said`."""
        if order >= len(self.written) or (said is not None and said != " ".join(self.printed[order].split())):
            return ""
        return self.written[order]


def kept_figures(draft: Draft, text: str, standing: set[int], figures: Figures) -> tuple[str, list[str]]:
    """The text with every figure that still stands as it is written, and how those are written that no longer do.

    `standing` are the figures that their bookmarks have found; the others are looked for by the words about them.
    """
    restored = draft.restored(text)
    lost = [n for n, written in enumerate(figures.written) if n not in standing and written not in restored]
    found: list[tuple[int, int, int]] = []
    if lost and max(len(text), len(figures.text)) <= _MOST_COMPARED:
        found = _found_by_words(text, lost, figures)
        for start, end, number in sorted(found, reverse=True):
            letter = draft.letter_for(figures.written[number])
            if letter:
                text = text[:start] + letter + text[end:]
    gone = [figures.written[n] for n in lost if n not in {number for _, _, number in found}]
    return draft.restored(text), gone


def _found_by_words(text: str, lost: Sequence[int], figures: Figures) -> list[tuple[int, int, int]]:
    before, after = _PIECE.findall(figures.text), _PIECE.findall(text)
    starts, ends = _offsets(before), _offsets(after)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found = []
    for match in matcher.get_matching_blocks():
        low, high = starts[match.a], starts[match.a + match.size]
        shift = ends[match.b] - low
        for number in lost:
            start, end = figures.spans[number]
            if low <= start and end <= high and start < end:
                beside = max(start - low, high - end)
                whole = low == 0 and high == len(figures.text)
                if beside >= _ABOUT or whole:
                    found.append((start + shift, end + shift, number))
    return found


def _offsets(pieces: Sequence[str]) -> list[int]:
    offsets = [0]
    for piece in pieces:
        offsets.append(offsets[-1] + len(piece))
    return offsets
