"""The conditions' levels now against the update before: how many have each, and which moved."""

from collections import Counter
from collections.abc import Iterable

from svreport.documents.context_now import NO_STACK, LevelMove, LevelThenAndNow, Movement
from svreport.documents.review_pack.levels import LevelMoved, levels_moved
from svreport.documents.review_pack.levels import Movement as Way
from svreport.documents.wording import cut
from svreport.model import names
from svreport.model.finding import mark
from svreport.model.level import Level
from svreport.model.references import headed
from svreport.model.submission import Submission
from svreport.review.standing import current_entry, steps_between
from svreport.word.fields import Stack, Step

SHOWN = 3
"""How many moves a paper of one page has room for."""
_SHORT = 56
_MOST_NAMED = 12


def movement(submission: Submission, previous: Submission | None) -> Movement:
    """What moved since the previous workbook's update, or without that workbook since this one's update before."""
    told = [each for each in levels_moved(submission, previous) if each.kind == "condition"]
    if submission.current is None:
        return Movement()
    ways = Counter(each.moved for each in told)
    moves = [each for each in told if each.moved in (Way.WORSE, Way.BETTER)]
    ordered = sorted(moves, key=lambda each: -_steps(each, submission))
    left = ordered[SHOWN:]
    entries = [current_entry(each, submission) for each in submission.conditions]
    return Movement(
        before=_before(submission, previous) if any(each.previous for each in told) else "",
        counts=tuple(_counts(told, submission)),
        better=ways[Way.BETTER],
        worse=ways[Way.WORSE],
        same=ways[Way.SAME],
        new=ways[Way.NEW],
        unread=" ".join(mark(each.fault, each.place) for each in entries if each and each.fault),
        moves=tuple(map(_move, ordered)),
        most=tuple(map(_move, ordered[:SHOWN])),
        more=f"and {len(left)} more: {names.listed(map(_ref, left), 'and')}" if left else "",
    )


def _before(submission: Submission, previous: Submission | None) -> str:
    """The update that levels are compared with; one of another year says which."""
    if previous is not None and previous.current is not None:
        label = previous.updates[previous.current].label.value or ""
        year, ours = previous.programme.financial_year.value, submission.programme.financial_year.value
        return f"{label}, {year}" if label and year and year != ours else label
    return submission.updates[submission.current - 1].label.value or "" if submission.current else ""


def _counts(told: Iterable[LevelMoved], submission: Submission) -> Iterable[LevelThenAndNow]:
    """Each level that a condition has or had, best first; one of another workbook's scale stands behind them."""
    rows = list(told)
    levels = {level.name: level for level in submission.scale.levels}
    levels |= {each.previous.name: each.previous for each in rows if each.previous is not None} | levels
    for level in levels.values():
        now = [each for each in rows if each.now is not None and each.now.name == level.name]
        before = sum(each.previous is not None and each.previous.name == level.name for each in rows)
        if now or before:
            listed = names.listed(map(_ref, now), "and", _MOST_NAMED)
            yield LevelThenAndNow(level.name, _shaded(level), len(now), before, listed)


def _move(each: LevelMoved) -> LevelMove:
    return LevelMove(
        heading=each.heading,
        short=cut(each.wording, _SHORT),
        before=each.previous.name if each.previous else "",
        before_shaded=_shaded(each.previous),
        now=each.now.name if each.now else "",
        now_shaded=_shaded(each.now),
        way=str(each.moved or ""),
    )


def _ref(each: LevelMoved) -> str:
    """The reference without its word: `3.1`, `iv`, `Cost`."""
    return headed(each.ref, "Condition").removeprefix("Condition ")


def _steps(each: LevelMoved, submission: Submission) -> int:
    return steps_between(each.previous, each.now, submission.scale) if each.previous and each.now else 0


def _shaded(level: Level | None) -> Stack:
    return Stack((Step("", level),)) if level else NO_STACK
