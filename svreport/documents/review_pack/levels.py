"""How each condition's and risk's assurance level moved since the update before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from svreport.model import names
from svreport.model.entry import Entry
from svreport.model.finding import Place
from svreport.model.level import Level
from svreport.model.references import headed, reference_key
from svreport.model.submission import Condition, Risk, Submission
from svreport.review.standing import steps_between

Rated = Condition | Risk


class Movement(StrEnum):
    """Where a level went; `new` for a condition or risk that was not rated before."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class LevelMoved:
    """`kind` is `condition` or `risk`; `levels` holds each update's level by its label, those to come left out.

    `moved` is None where the level now is not known: an error says so at `now`'s cell.
    """

    ref: str
    kind: str
    heading: str
    wording: str
    levels: Mapping[str, Level]
    previous: Level | None
    now: Level | None
    moved: Movement | None
    place: Place


def levels_moved(submission: Submission, previous: Submission | None) -> tuple[LevelMoved, ...]:
    """Conditions, then risks, in the order of the documents.

    What a level is compared with is the previous workbook's current one; without that workbook, or where it could not
    be read there, this workbook's own level at the update before.
    """
    return (
        *_moved(submission, submission.conditions, "Condition", previous),
        *_moved(submission, submission.risks, "Risk", previous),
    )


def _moved(
    submission: Submission,
    rows: Iterable[Rated],
    word: str,
    previous: Submission | None,
) -> list[LevelMoved]:
    earlier = _rows_of(previous, word) if previous else {}
    moved: list[LevelMoved] = []
    for row in rows:
        ref = row.ref.value or ""
        was_there = previous is None or reference_key(ref, word) in earlier
        now_entry = _at(row, submission.current)
        now = now_entry.value if now_entry else None
        before = _before(row, submission) if was_there else None
        if previous is not None and was_there:
            told = _at(earlier[reference_key(ref, word)], previous.current)
            before = _on_scale(told.value, submission) if told and told.value else before
        moved.append(
            LevelMoved(
                ref,
                word.casefold(),
                headed(ref, word) if ref else str(row.ref.place),
                row.wording.value or "",
                _by_update(row, submission),
                before,
                now,
                _movement(before, now, submission, is_first=not was_there or before is None),
                now_entry.place if now_entry else row.ref.place,
            )
        )
    return moved


def _rows_of(submission: Submission, word: str) -> dict[str, Rated]:
    rows: Iterable[Rated] = submission.conditions if word == "Condition" else submission.risks
    return {reference_key(row.ref.value, word): row for row in rows if row.ref.value}


def _movement(
    before: Level | None, now: Level | None, submission: Submission, *, is_first: bool
) -> Movement | None:
    if now is None:
        return None
    if is_first or before is None:
        return Movement.NEW
    steps = steps_between(before, now, submission.scale)
    return Movement.WORSE if steps > 0 else Movement.BETTER if steps < 0 else Movement.SAME


def _at(row: Rated, position: int | None) -> Entry[Level] | None:
    return row.levels[position] if position is not None and position < len(row.levels) else None


def _before(row: Rated, submission: Submission) -> Level | None:
    """The level at the update before the current one."""
    if not submission.current:
        return None
    entry = _at(row, submission.current - 1)
    return entry.value if entry else None


def _on_scale(level: Level, submission: Submission) -> Level:
    """A level of another workbook as this one's scale has it, where it has it."""
    same = (each for each in submission.scale.levels if names.key(each.name) == names.key(level.name))
    return next(same, level)


def _by_update(row: Rated, submission: Submission) -> dict[str, Level]:
    pairs = zip(submission.updates, row.levels, strict=False)
    return {
        update.label.value: entry.value
        for update, entry in pairs
        if update.label.value and entry.value is not None
    }
