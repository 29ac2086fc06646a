"""What a level says of the work it rates: complete, on target or off target, whatever the council calls it."""

import re

from svreport.model.entry import Entry
from svreport.model.level import NAMED_COLOURS, Level, LevelScale
from svreport.model.submission import Condition, Risk, Submission

Rated = Condition | Risk

_COMPLETE, _ON_TARGET, _OFF_TARGET = (NAMED_COLOURS[name] for name in ("Blue", "Green", "Red"))


def is_complete(level: Level) -> bool:
    """Blue on the form; on a scale of the council's own, a level that its definition calls complete."""
    return level.colour == _COMPLETE or _says(level, r"\b(complete|completed|closed)\b")


def is_on_target(level: Level) -> bool:
    """Blue and Green on the form."""
    if level.colour in NAMED_COLOURS.values():
        return level.colour in (_COMPLETE, _ON_TARGET)
    return is_complete(level) or (_says(level, r"\bon (target|track)\b") and not is_off_target(level))


def is_off_target(level: Level) -> bool:
    """Red on the form: off target, and no plan to mitigate is claimed."""
    if level.colour in NAMED_COLOURS.values():
        return level.colour == _OFF_TARGET
    return _says(level, r"\boff (target|track)\b") and not _says(level, r"\bmitigat")


def current_entry(rated: Rated, submission: Submission) -> Entry[Level] | None:
    """The cell of the rating at the current update; None where there is no current update."""
    if submission.current is None or submission.current >= len(rated.levels):
        return None
    return rated.levels[submission.current]


def current_level(rated: Rated, submission: Submission) -> Level | None:
    entry = current_entry(rated, submission)
    return entry.value if entry is not None else None


def rated_rows(submission: Submission) -> list[Rated]:
    """The conditions and then the risks, each of which has a rating."""
    return [*submission.conditions, *submission.risks]


def steps_between(before: Level, now: Level, scale: LevelScale) -> int:
    """How many levels a rating moved on its scale: positive for the worse."""
    ranks = {level.name: rank for rank, level in enumerate(scale.levels)}
    return ranks.get(now.name, now.rank) - ranks.get(before.name, before.rank)


def _says(level: Level, pattern: str) -> bool:
    return re.search(pattern, f"{level.name} {level.definition}", re.IGNORECASE) is not None
