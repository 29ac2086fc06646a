"""Counts of the workbook's rows that prose tells: `seven conditions`, `two conditions are Red`, `five risks`."""

import re
from collections.abc import Sequence
from decimal import Decimal

from svreport.model import names
from svreport.model.finding import Place
from svreport.model.submission import Condition, Entry, Risk, Submission
from svreport.review.numbers.subjects import Candidate, Measure

_NOUN = r"(?P<noun>conditions?|risks?|headlines?|updates?)"
_BEHIND = re.compile(
    rf"\s+(?:of\s+)?(?:the\s+|our\s+|its\s+|these\s+)?(?:[\w-]+\s+){{0,2}}?{_NOUN}\b", re.IGNORECASE
)
_PASSED_OVER = re.compile(r"\b(?:of|in|for|to|under|with|and|or|places?|plans?)\b", re.IGNORECASE)


def row_counts(submission: Submission, text: str, start: int, end: int) -> list[Candidate]:
    """The counts that a number at `start` to `end` may tell: of the rows it counts, and of those at a level.

    Empty where the number does not count rows. `2 of the 7 conditions are Red`: the noun behind the second number
    serves the first too.
    """
    found = _BEHIND.match(_without_total(text[end : end + 80]))
    if not found or _PASSED_OVER.search(re.sub(r"^\s+of\b", "", found[0])):
        return []
    noun = found["noun"].casefold().rstrip("s")
    rated: Sequence[Condition | Risk]
    if noun in ("condition", "risk"):
        rated = submission.conditions if noun == "condition" else submission.risks
        return _rated(submission, rated, noun, text, end)
    if noun == "update":
        return _count(f"number of {noun}s", [update.label.place for update in submission.updates])
    return _count(f"number of {noun}s", [headline.text.place for headline in submission.headlines])


def _without_total(behind: str) -> str:
    return re.sub(
        r"^\s+(?:out\s+)?of\s+(?:the\s+|our\s+|its\s+|all\s+)?[\w-]+(?=\s+(?:conditions|risks)\b)", "", behind
    )


def _rated(
    submission: Submission, rows: Sequence[Condition | Risk], noun: str, text: str, end: int
) -> list[Candidate]:
    sentence_end = re.search(r"[.!?](?:\s|$)", text[end:])
    rest = text[end : end + sentence_end.start()] if sentence_end else text[end:]
    found: list[Candidate] = []
    if submission.current is not None:
        by_level: dict[str, list[Entry[str]]] = {}
        for row in rows:
            level = row.levels[submission.current].value
            if level:
                by_level.setdefault(level.name, []).append(row.ref)
        for level in submission.scale.levels:
            if re.search(rf"\b{re.escape(names.key(level.name))}\b", names.key(rest)):
                cells = [ref.place for ref in by_level.get(level.name, [])]
                found += _count(f"number of {noun}s rated {level.name}", cells)
    return found or _count(f"number of {noun}s", [row.ref.place for row in rows])


def _count(about: str, places: Sequence[Place]) -> list[Candidate]:
    return [Candidate(Decimal(len(places)), Measure.COUNT, about, tuple(places))] if places else []
