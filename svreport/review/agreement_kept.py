"""The agreement against the previous return: its words, its rows and its terms stay."""

import re
from collections.abc import Iterator

from svreport.model import names
from svreport.model.finding import Finding, Rule, Severity
from svreport.review.history import comparable
from svreport.review.material import Check, Material
from svreport.review.passages import named
from svreport.review.same_rows import pairs, vanished
from svreport.review.sentences import quoted
from svreport.review.standing import Rated

WORDING = Rule(
    "HIS-07",
    Severity.QUERY,
    "A condition's wording differs from the last return",
    "Conditions are quoted from the agreement, so their words change only when the agreement does.",
    "Condition 2 caps the deficit at £84.5m in the last return, and at £94.5m in this one.",
)


def wording(material: Material) -> Iterator[Finding]:
    previous = comparable(material)
    for condition, earlier in (
        pairs(material.submission.conditions, previous.submission.conditions) if previous else ()
    ):
        now, then = condition.wording.value, earlier.wording.value
        if now and then and _plain(now) != _plain(then):
            yield WORDING.at(
                condition.wording.place,
                read=_around_difference(now, then),
                expected=f"{_around_difference(then, now)}, as the last return has it",
                mend="put the agreement's words back, or answer this query if the agreement was amended",
                about=named(condition),
            )


GONE = Rule(
    "HIS-08",
    Severity.QUERY,
    "A condition or risk of the last return is gone",
    "DfE follows each condition and risk from update to update. One that is closed is rated complete; one that "
    "vanishes "
    "leaves a question.",
    "The last return had five risks; Risk 5 is not in this one.",
)


def gone(material: Material) -> Iterator[Finding]:
    previous = comparable(material)
    if previous is None:
        return
    now, then = material.submission, previous.submission
    yield from _gone(list(now.conditions), list(vanished(now.conditions, then.conditions)))
    yield from _gone(list(now.risks), list(vanished(now.risks, then.risks)))


def _gone(rows: list[Rated], lost: list[Rated]) -> Iterator[Finding]:
    if not rows or any(row.ref.fault for row in rows):
        return
    for row in lost:
        yield GONE.at(
            rows[-1].ref.place,
            read=f"no {named(row)}: {quoted(row.wording.value or '', 70)}",
            expected="every row of the last return",
            mend="put the row back; rate it as complete if nothing is left to do",
            about=f"{named(row)} gone",
        )


FOOTING = Rule(
    "HIS-09",
    Severity.QUERY,
    "The agreement's terms differ from the last return",
    "The year in which the agreement ends and the basis of its limit are terms of the agreement; every test rests on "
    "them.",
    "The limit was tested before Safety Valve payments in the last return, and is tested after them in this one.",
)


def footing(material: Material) -> Iterator[Finding]:
    previous = comparable(material)
    if previous is None:
        return
    now, then = material.submission.programme, previous.submission.programme
    for item, entry, past in (
        ("Agreement ends", now.agreement_ends, then.agreement_ends),
        ("Deficit limit basis", now.limit_basis, then.limit_basis),
    ):
        if entry.value is not None and past.value is not None and entry.value != past.value:
            yield FOOTING.at(
                entry.place,
                read=f"{item}: {entry.value}",
                expected=f"{past.value}, as in the last return",
                mend="put the old term back, or answer this query if the agreement was amended",
                about=item,
            )


def _plain(text: str) -> str:
    return re.sub(r"[\s.]+$", "", names.key(text))


def _around_difference(text: str, other: str) -> str:
    """The words of a text from just before where it begins to differ from another."""
    words, others = text.split(), other.split()
    same = next(
        (at for at, pair in enumerate(zip(words, others, strict=False)) if pair[0] != pair[1]),
        min(len(words), len(others)),
    )
    start = max(0, same - 5)
    return quoted(("… " if start else "") + " ".join(words[start : same + 12]))


CHECKS = (Check(WORDING, wording), Check(GONE, gone), Check(FOOTING, footing))
