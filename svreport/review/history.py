"""This return against the previous one: what may not change, and what should have."""

from collections.abc import Iterator

from svreport.model import formats, names
from svreport.model.facts import Facts
from svreport.model.finding import Finding, Rule, Severity
from svreport.model.submission import Submission
from svreport.review.material import Check, Material
from svreport.review.passages import named
from svreport.review.same_rows import pairs
from svreport.review.standing import Rated

PREVIOUS_UNREADABLE = Rule(
    "HIS-01",
    Severity.QUERY,
    "The previous workbook cannot be read",
    "What changed since the last return, and whether its history was kept, is told from that return's workbook. "
    "Without "
    "it the rest of the review is made, and that part is missing.",
    "Previous workbook is council-2024-08.xlsx, and no such file stands beside this one.",
)


def previous_unreadable(material: Material) -> Iterator[Finding]:
    named_file = material.submission.programme.previous_workbook
    if material.previous_fault and named_file.value:
        yield PREVIOUS_UNREADABLE.at(
            named_file.place,
            read=named_file.value,
            expected=f"a workbook beside this one that can be read: {material.previous_fault}",
            mend="put the file there, or correct its name; leave the item empty for a first return",
            about="Previous workbook",
        )


ANOTHER_RETURN = Rule(
    "HIS-02",
    Severity.QUERY,
    "The previous workbook is not this council's last return",
    "History is compared with the previous workbook. One of another council, or of the same or a later update, tells "
    "nothing of it.",
    "Previous workbook is a return of Update 3, and this is the return of Update 2.",
)


def another_return(material: Material) -> Iterator[Finding]:
    reason = _why_notcomparable(material)
    place = material.submission.programme.previous_workbook
    if reason:
        yield ANOTHER_RETURN.at(
            place.place,
            read=f"{place.value}, {reason}",
            expected="the workbook of this council's return before this one",
            mend="name the right file",
            about="Previous workbook",
        )


PAST_LEVEL = Rule(
    "HIS-03",
    Severity.QUERY,
    "A past rating differs from the last return",
    "Levels of updates that were submitted are history: DfE has them. A different one is a slip, or has to be "
    "explained.",
    "The last return rated Condition 3.1 Amber in August; this one says it was Green then.",
)


def past_level(material: Material) -> Iterator[Finding]:
    for now, before in _same_year(material):
        then = before.current if before.current is not None else -1
        told = [names.key(update.label.value or "") for update in before.updates[: then + 1]]
        rows: list[tuple[Rated, Rated]] = [
            *pairs(now.conditions, before.conditions),
            *pairs(now.risks, before.risks),
        ]
        for rated, earlier in rows:
            for update, entry in zip(now.updates, rated.levels, strict=False):
                label = names.key(update.label.value or "")
                past = earlier.levels[told.index(label)].value if label in told else None
                if past is None or entry.value is None or past.name == entry.value.name:
                    continue
                yield PAST_LEVEL.at(
                    entry.place,
                    read=f"{named(rated)} was {entry.value} at {update.label.value}",
                    expected=f"{past}, as the last return has it",
                    mend="put the old level back, or answer this query with the reason",
                    about=f"{named(rated)}, {update.label.value}",
                )


PAST_DATE = Rule(
    "HIS-10",
    Severity.QUERY,
    "A past update's date differs from the last return",
    "When a return was sent, and to which day its data counted, does not change afterwards.",
    "The last return was submitted on 30 August 2024; this one says 3 September.",
)


def past_date(material: Material) -> Iterator[Finding]:
    for now, before in _same_year(material):
        then = before.updates[: before.current + 1] if before.current is not None else ()
        past = {names.key(update.label.value or ""): update for update in then}
        for update in now.updates:
            earlier = past.get(names.key(update.label.value or ""))
            for what, entry, old in (
                (
                    ("data as at", update.data_as_at, earlier.data_as_at),
                    ("submitted", update.submitted, earlier.submitted),
                )
                if earlier
                else ()
            ):
                if entry.value and old.value and entry.value != old.value:
                    yield PAST_DATE.at(
                        entry.place,
                        read=f"{update.label.value}, {what} {formats.day(entry.value)}",
                        expected=f"{formats.day(old.value)}, as in the last return",
                        mend="put the old date back, or answer this query with the reason",
                        about=f"{update.label.value}: {what}",
                    )


def comparable(material: Material) -> Facts | None:
    """The previous return's figures, where it is a return of this council from before this one."""
    return None if _why_notcomparable(material) else material.previous


def _why_notcomparable(material: Material) -> str:
    """Why the previous workbook is no history of this return; empty where it is, or where there is none."""
    if material.previous is None:
        return ""
    now, then = material.submission.programme, material.previous.submission.programme
    if (
        now.authority.value
        and then.authority.value
        and names.key(now.authority.value) != names.key(then.authority.value)
    ):
        return f"a return of {then.authority.value}"
    if now.financial_year.value and then.financial_year.value:
        order = (now.financial_year.value, material.submission.current or 0)
        earlier = (then.financial_year.value, material.previous.submission.current or 0)
        if earlier >= order:
            return f"a return of {then.current_update.value} of {then.financial_year.value}"
    return ""


def _same_year(material: Material) -> Iterator[tuple[Submission, Submission]]:
    """This return and the previous one where both are of one financial year, so that their updates are the same."""
    previous = comparable(material)
    if previous is None:
        return
    now, then = material.submission.programme.financial_year, previous.submission.programme.financial_year
    if now.value is not None and now.value == then.value:
        yield material.submission, previous.submission


CHECKS = (
    Check(PREVIOUS_UNREADABLE, previous_unreadable),
    Check(ANOTHER_RETURN, another_return),
    Check(PAST_LEVEL, past_level),
    Check(PAST_DATE, past_date),
)
