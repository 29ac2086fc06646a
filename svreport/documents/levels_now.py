"""Where a condition or risk stands: its level now, the one at the update before, and which way it went."""

from typing import TypedDict

from svreport.documents.text_cells import level_mark
from svreport.model.entry import Entry
from svreport.model.finding import mark
from svreport.model.level import Level
from svreport.model.submission import Condition, Risk, Submission
from svreport.word.fields import Stack, Step

BETTER, SAME, WORSE = "better", "same", "worse"


class LevelsNow(TypedDict):
    """The fields of a condition or risk that tell this."""

    level: str
    level_shaded: Stack
    level_before: str
    level_before_shaded: Stack
    moved: str


def levels_now(submission: Submission, rated: Condition | Risk, word: str) -> LevelsNow:
    """`word` is what stands before the reference: `Condition` or `Risk`."""
    current = submission.current
    now = _at(rated, current)
    before = _at(rated, current - 1) if current else None
    return LevelsNow(
        level=_words(now),
        level_shaded=_shaded(rated, word, current, now),
        level_before=_words(before),
        level_before_shaded=_shaded(rated, word, current - 1 if current else None, before),
        moved=_moved(before.value if before else None, now.value if now else None),
    )


def count_at(rows: tuple[Condition, ...] | tuple[Risk, ...], level: Level, current: int | None) -> int:
    """How many of the rows have the level at the current update."""
    return sum(1 for each in rows if (entry := _at(each, current)) and entry.value == level)


def _at(rated: Condition | Risk, order: int | None) -> Entry[Level] | None:
    return None if order is None or order >= len(rated.levels) else rated.levels[order]


def _words(entry: Entry[Level] | None) -> str:
    if entry is None:
        return ""
    return entry.value.name if entry.value else mark(entry.fault, entry.place) if entry.fault else ""


def _shaded(rated: Condition | Risk, word: str, order: int | None, entry: Entry[Level] | None) -> Stack:
    """One level on its colour, known to a draft as the one in the stack of the year is."""
    if entry is None or order is None or not (entry.value or entry.fault):
        return Stack(())
    told = mark(entry.fault, entry.place) if entry.fault else ""
    name = entry.value.name if entry.value else ""
    bookmark = level_mark(word, rated.ref, order, name) if name and rated.ref.value else ""
    return Stack((Step("", entry.value, told, bookmark),))


def _moved(before: Level | None, now: Level | None) -> str:
    if before is None or now is None:
        return ""
    return SAME if now.rank == before.rank else BETTER if now.rank < before.rank else WORSE
