"""Counts of the workbook's rows that prose tells: `seven conditions`, `two conditions are Red`, `five risks`."""

import re
from collections.abc import Sequence
from decimal import Decimal

from svreport.model import names
from svreport.model.finding import Place
from svreport.model.submission import Condition, Risk, Submission
from svreport.review.numbers.subjects import Candidate, Measure

_FAR = 160
_NOUN = r"(?P<noun>conditions?|risks?|headlines?|updates?)\b"
_FILLING = r"(?:(?!(?:in|for|to|under|with|and|or|of|places?|plans?|new|more|fewer)\b)[\w-]+\s+){0,2}"
_BEHIND = re.compile(
    rf"\s+(?:(?:out\s+)?of\s+(?:the\s+|our\s+|its\s+|all\s+)?)?{_FILLING}{_NOUN}", re.IGNORECASE
)
_OF_ALL = re.compile(r"\b(?:of|all|the|our|its|these|those|of all)\s$", re.IGNORECASE)
_SAID = (
    r"^\s+(?:of\s+them\s+)?(?:are|is|remain|remains|were|stay|stays)\s+(?:now\s+|still\s+|rated\s+|at\s+)?"
)
_CLAUSE_END = re.compile(
    r"[.!?](?:\s|$)|;|,\s(?:and|while|but)\b|\band\s(?:\d|one|two|three|four|five|six)\b"
)


def row_counts(submission: Submission, text: str, start: int, end: int) -> list[Candidate]:
    """The counts that a number at `start` to `end` may tell: of the rows it counts, or of those at a level.

    Empty where the number does not count rows. In `two of the seven conditions are Red` the noun serves both numbers,
    the first for those at the level, the second for all.
    """
    before, behind = text[max(0, start - _FAR) : start], _clause(text[end : end + _FAR])
    found = _BEHIND.match(behind)
    if found:
        noun = found["noun"].casefold().removesuffix("s")
        rest = "" if _OF_ALL.search(before) else behind[found.end() :]
        return _counted(submission, noun, rest)
    told = re.findall(_NOUN, before, re.IGNORECASE)
    levels = [level.name for level in submission.scale.levels]
    if told and re.match(_SAID + f"(?:{'|'.join(map(re.escape, levels))})", behind, re.IGNORECASE):
        return _counted(submission, told[-1].casefold().removesuffix("s"), behind)
    return []


def _clause(text: str) -> str:
    found = _CLAUSE_END.search(text)
    return text[: found.start()] if found else text


def _counted(submission: Submission, noun: str, rest: str) -> list[Candidate]:
    if noun == "update":
        return _count("number of updates", [update.label.place for update in submission.updates])
    if noun == "headline":
        return _count("number of headlines", [headline.text.place for headline in submission.headlines])
    rows: Sequence[Condition | Risk] = submission.conditions if noun == "condition" else submission.risks
    found = [each for level in _levels(submission, rest) for each in _at_level(submission, rows, noun, level)]
    return found or _count(f"number of {noun}s", [row.ref.place for row in rows])


def _levels(submission: Submission, rest: str) -> list[str]:
    """The levels that the words name."""
    words = names.key(rest)
    return [
        level.name
        for level in submission.scale.levels
        if re.search(rf"\b{re.escape(names.key(level.name))}\b", words)
    ]


def _at_level(
    submission: Submission, rows: Sequence[Condition | Risk], noun: str, level: str
) -> list[Candidate]:
    if submission.current is None:
        return []
    now = [(row.ref.place, row.levels[submission.current].value) for row in rows]
    places = [place for place, rated in now if rated and rated.name == level]
    return _count(f"number of {noun}s rated {level}", places)


def _count(about: str, places: Sequence[Place]) -> list[Candidate]:
    return [Candidate(Decimal(len(places)), Measure.COUNT, (about,), tuple(places))] if places else []
