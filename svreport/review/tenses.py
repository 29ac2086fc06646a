"""Dates against the tense they are told in, seen from the day the return is submitted."""

import re
from collections.abc import Iterator
from datetime import date

from svreport.model import formats
from svreport.model.finding import Finding, Rule, Severity
from svreport.model.submission import Submission
from svreport.review.data_dates import data_date
from svreport.review.material import Check, Material
from svreport.review.sentences import excerpt
from svreport.review.years import Named, dates, end_of, financial_years, start_of

_CLAUSE = re.compile(
    r"[;:.]\s|,\s(?:and|but|so|while|which|who|when|where|with)\b|\b(?:but|while|which|whereas|although)\b|"
    r"\band (?=it|they|the|we|will|is|are|was|were|has)"
)
_FUTURE = re.compile(
    r"\b(will|shall|(?:is|are) (?:now |currently |still )?(?:to (?!date)|due|expected|planned|scheduled|set|forecast|"
    r"intended|anticipated|"
    r"hoped|going to)|(?:expects?|plans?|intends?|aims?|hopes?) to|on (?:track|course) to|ready for|remains? due)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(was|were|(?<!will )(?<!to )(?:has|have)|had|did|would|expected to have|originally|previously)\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:(?:was|were|has been|have been|had been) (?:\w+ly )?(?P<done>\w+ed|held|begun|met|built|let|put|made|"
    r"set up|sent|given|won)"
    r"|(?P<verb>opened|launched|started|began|closed|ended|finished|completed|moved|published|took place|met|joined|"
    r"received|admitted|delivered|appeared|ceased|introduced|commenced))\b",
    re.IGNORECASE,
)
# Asked for by few texts, so that it is made when one does.
_ONLY_PLANNED = (
    r"\b(expected|planned|scheduled|due|agreed|confirmed|forecast|assumed|proposed|intended|promised|extended|delayed|"
    r"postponed|moved|set|put back|pushed back|allocated|estimated|projected|modelled|not|never|approved|allowed|"
    r"committed|"
    r"asked|counted|rescheduled|targeted|anticipated|booked|fixed|brought forward|included|deferred|secured|"
    r"required)\b"
)
_ON = re.compile(
    r"\b(in|on|during|since|at the end of|by)\s+(?:the\s+)?(?:early |mid-?|late |end of )?$", re.IGNORECASE
)

_NEAR = 60

PAST_AS_FUTURE = Rule(
    "NAR-10",
    Severity.QUERY,
    "A date that has passed is told as still to come",
    "Text kept from an earlier update promises what should have happened by now. The reader wants to know whether it "
    "did.",
    "“The school will open in September 2024”, in a return submitted on 11 December 2024.",
)


def past_as_future(material: Material) -> Iterator[Finding]:
    today = reference_day(material.submission)
    for passage in material.passages:
        for sentence in passage.sentences:
            for start, end in _clauses(sentence.text) if today else ():
                clause = sentence.text[start:end]
                named, said = [*dates(clause), *_deadlines(clause)], _FUTURE.search(clause)
                if today is None or len(named) != 1 or said is None or _PAST.search(clause):
                    continue
                day = named[0]
                if day.last >= today or _names_something(clause, day, said):
                    continue
                first, last = min(said.start(), day.start), max(said.end(), day.end)
                words = clause[day.start : day.end]
                yield PAST_AS_FUTURE.at(
                    passage.place,
                    read=excerpt(sentence.text, start + first, start + last),
                    expected=f"what has become of it: {words} is before {formats.day(today)}",
                    mend="say what happened, or correct the date",
                    about=f"{passage.about}: {words}",
                )


FUTURE_AS_PAST = Rule(
    "NAR-11",
    Severity.QUERY,
    "A date still to come is told as past",
    "Nothing can have happened on a day after the return is submitted: the year is a slip, or the tense is.",
    "“The new base opened in September 2025”, in a return submitted on 11 December 2024.",
)


def future_as_past(material: Material) -> Iterator[Finding]:
    today = reference_day(material.submission)
    for passage in material.passages:
        for sentence in passage.sentences:
            for start, end in _clauses(sentence.text) if today else ():
                clause = sentence.text[start:end]
                for named in dates(clause):
                    said = _done_on(clause, named)
                    if today is None or said is None or named.first <= today:
                        continue
                    yield FUTURE_AS_PAST.at(
                        passage.place,
                        read=excerpt(sentence.text, start + said.start(), start + named.end),
                        expected=f"a day up to {formats.day(today)}, or words that look forward",
                        mend="correct the date, or the tense",
                        about=f"{passage.about}: {clause[named.start : named.end]}",
                    )


def reference_day(submission: Submission) -> date | None:
    """The day from which the return's words look back and forward: its submission, or else its data date."""
    if submission.current is None:
        return None
    return submission.updates[submission.current].submitted.value or data_date(submission)


def _names_something(clause: str, day: Named, said: re.Match[str]) -> bool:
    """True where a date tells which plan or grant is meant, and not when something is to be done."""
    before = clause[: day.start]
    if re.search(r"\b(since|until|after|(?<!end )of|dated)\s+$", before):
        return True
    return day.start < said.start() and not re.search(
        r"\b(by|in|on|during)\s+(the end of )?$", before, re.IGNORECASE
    )


def _deadlines(clause: str) -> list[Named]:
    """`by 2023-24` and `by the end of 2023-24`: the year's days."""
    found = re.search(r"\bby (?:the end of )?(20\d\d ?[-/–] ?(?:20)?\d\d)\b", clause)
    years = financial_years(found[1]) if found else []
    return (
        [Named(start_of(year), end_of(year), found.start(1), found.end(1)) for year in years] if found else []
    )


def _done_on(clause: str, named: Named) -> re.Match[str] | None:
    """What was done on a date: the last word of doing before it, where only a preposition leads to the date."""
    before = clause[: named.start]
    place = _ON.search(before)
    if place is None or place[1].lower() in ("by", "since") or _FUTURE.search(clause):
        return None
    said = list(_HAPPENED.finditer(before))
    between = before[said[-1].end() :] if said else ""
    if not said or len(between) > _NEAR or "," in between or re.search(_ONLY_PLANNED, before, re.IGNORECASE):
        return None
    return said[-1]


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in _CLAUSE.finditer(text):
        yield start, cut.start()
        start = cut.end()
    yield start, len(text)


CHECKS = (Check(PAST_AS_FUTURE, past_as_future), Check(FUTURE_AS_PAST, future_as_past))
