"""What differs between two states of a return, for an officer who has read the earlier one."""

from collections.abc import Iterable
from dataclasses import dataclass

from svreport.documents.context import Return
from svreport.documents.words_changed import changed_words
from svreport.narrative.blocks import Paragraph, Run
from svreport.review.changes import Change
from svreport.word.fields import Rich


@dataclass(frozen=True, slots=True)
class ReportedChange:
    """One difference; `was` and `now` are empty where there is nothing on that side, `place` is the cell now."""

    kind: str
    what: str
    was: Rich
    now: Rich
    place: str


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """Everything a template of a report of changes can place.

    `compared_with` names the earlier state (`the draft 7F3A-19C2`), `content_code` is that of the state now.
    """

    authority: str
    authority_code: str
    financial_year: str
    update: str
    data_as_at: str
    submitted: str
    workbook: str
    compared_with: str
    content_code: str
    change_count: int
    changes: tuple[ReportedChange, ...]


def change_report(
    told: Return, changes: Iterable[Change], *, workbook: str, compared_with: str, code: str
) -> ChangeReport:
    """The report of these changes to a return."""
    rows = tuple(_reported(change) for change in changes)
    return ChangeReport(
        authority=told.authority,
        authority_code=told.authority_code,
        financial_year=told.financial_year,
        update=told.update,
        data_as_at=told.data_as_at,
        submitted=told.submitted,
        workbook=workbook,
        compared_with=compared_with,
        content_code=code,
        change_count=len(rows),
        changes=rows,
    )


def _reported(change: Change) -> ReportedChange:
    was, now = changed_words(change.before, change.after)
    place = change.place or change.place_before
    return ReportedChange(change.kind, change.what, _rich(was), _rich(now), str(place or ""))


def _rich(runs: tuple[Run, ...]) -> Rich:
    return Rich((Paragraph(runs),) if runs else ())
