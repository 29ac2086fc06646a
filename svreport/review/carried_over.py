"""Text carried over unchanged from the previous return."""

import re
from collections.abc import Iterator

from svreport.model import names
from svreport.model.finding import Finding, Rule, Severity
from svreport.model.references import find_reference
from svreport.model.submission import Condition, Risk
from svreport.review.history import comparable
from svreport.review.material import Check, Material
from svreport.review.passages import Kind, Passage
from svreport.review.sentences import quoted

_NEWS = (Kind.PROGRESS, Kind.RISK_PROGRESS, Kind.HEADLINE, Kind.COMMENTARY)
_ENOUGH_WORDS = 12
_MOST_OF_IT = 0.7

CARRIED_OVER = Rule(
    "HIS-11",
    Severity.QUERY,
    "The text is carried over from the last return",
    "Progress, headlines and commentary tell of this quarter. Words that stand unchanged from the last return, figures "
    "included, say that nothing happened, or that nobody looked.",
    "The progress of Condition 3.5 is word for word that of August.",
)


def carried_over(material: Material) -> Iterator[Finding]:
    if comparable(material) is None:
        return
    for passage in material.passages:
        if passage.kind not in _NEWS:
            continue
        past = {
            names.key(sentence.text)
            for each in material.previous_passages
            if each.kind is passage.kind and _same_subject(passage, each)
            for sentence in each.sentences
        }
        lengths = [
            (len(re.findall(r"\w+", each.text)), names.key(each.text) in past) for each in passage.sentences
        ]
        words, kept = sum(length for length, _ in lengths), sum(length for length, same in lengths if same)
        if kept < _ENOUGH_WORDS or kept < words * _MOST_OF_IT:
            continue
        yield CARRIED_OVER.at(
            passage.place,
            read=f"{quoted(passage.text)}: {kept} of {words} words are those of the last return",
            expected="what this quarter brought",
            mend="bring the text up to date, or answer this query if nothing changed",
            about=passage.about,
        )


def _same_subject(passage: Passage, earlier: Passage) -> bool:
    """True where both are about the same condition, risk or question; a headline may have moved to another heading."""
    if passage.kind is Kind.HEADLINE:
        return True
    if isinstance(passage.subject, Condition) and isinstance(earlier.subject, Condition):
        return find_reference(earlier.subject.ref.value or "", (passage.subject,), "Condition") is not None
    if isinstance(passage.subject, Risk) and isinstance(earlier.subject, Risk):
        return find_reference(earlier.subject.ref.value or "", (passage.subject,), "Risk") is not None
    return passage.about == earlier.about


CHECKS = (Check(CARRIED_OVER, carried_over),)
