"""Queries that a person has answered: the mark of each, and which ones are open."""

import hashlib
import re
from collections.abc import Iterable
from typing import NamedTuple

from svreport.model import names
from svreport.model.finding import Finding, column_letters
from svreport.model.submission import AnswerGiven

_CELL = re.compile(
    r"(?:(?:'[^']{1,62}'|\b\w{1,31})!)?\b[A-Z]{1,3}\d{1,7}\b"
)  # a sheet's name has 31 letters at most
_FIGURE = re.compile(r"[−-]?£?\d[\d,]*(?:\.\d+)?[%km]?")
_LETTERS = 6


def mark_of(finding: Finding) -> str:
    """A short mark such as `Q-7F3A19`, to answer a query by.

    It stands for the rule, what the finding is about, what was read and the figures it was compared with. Cells are
    left out, so that rows inserted above leave it as it is; a finding without a subject is about its sheet and column.
    """
    about = finding.about or f"{finding.place.sheet} {column_letters(finding.place.column)}"
    read = _CELL.sub("", finding.read)
    compared = " ".join(_FIGURE.findall(_CELL.sub("", finding.expected)))
    told = "\x1f".join((finding.code, names.key(about), names.key(read), compared))
    return f"Q-{hashlib.sha256(told.encode()).hexdigest()[:_LETTERS].upper()}"


class AnsweredFinding(NamedTuple):
    """A query with the answer that was given to it."""

    finding: Finding
    given: AnswerGiven


class Answered(NamedTuple):
    """`open` is what still needs an answer or a mend, errors among it; `unused` are answers to nothing that stands."""

    open: tuple[Finding, ...]
    answered: tuple[AnsweredFinding, ...]
    unused: tuple[AnswerGiven, ...]

    @property
    def by_finding(self) -> dict[Finding, AnswerGiven]:
        """Each answered query's answer."""
        return {each.finding: each.given for each in self.answered}


def answered(findings: Iterable[Finding], answers: Iterable[AnswerGiven]) -> Answered:
    """Splits findings by the answers given to their marks; an error cannot be answered, an empty answer is none."""
    given: dict[str, AnswerGiven] = {}
    told = [answer for answer in answers if answer.mark.value]
    for answer in told:
        if answer.answer.value and answer.answer.value.strip():
            given.setdefault(_plain(answer.mark.value or ""), answer)
    standing: list[Finding] = []
    settled: list[AnsweredFinding] = []
    for finding in findings:
        answer_to = None if finding.is_error else given.get(_plain(mark_of(finding)))
        if answer_to is None:
            standing.append(finding)
        else:
            settled.append(AnsweredFinding(finding, answer_to))
    used = {_plain(each.given.mark.value or "") for each in settled}
    unused = tuple(answer for answer in told if _plain(answer.mark.value or "") not in used)
    return Answered(tuple(standing), tuple(settled), unused)


def _plain(mark: str) -> str:
    """A mark as it is compared: `q 7f3a19` is `Q-7F3A19`."""
    bare = re.sub(r"[^0-9A-Z]", "", mark.upper())
    return bare.removeprefix("Q")
