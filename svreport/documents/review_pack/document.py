"""The review as the Word templates of the pack place it."""

from svreport.documents.review_pack.assumptions import assumptions
from svreport.documents.review_pack.changes import sorted_changes
from svreport.documents.review_pack.context import (
    ApprovalRow,
    FindingRow,
    HeadlineRow,
    LevelRow,
    ReviewPack,
)
from svreport.documents.review_pack.headlines import Headline, headline_figures
from svreport.documents.review_pack.levels import LevelMoved
from svreport.documents.review_pack.numbers import NumbersTold
from svreport.documents.review_pack.reviewed import Reviewed
from svreport.documents.signing import Standing
from svreport.documents.submission import shown
from svreport.documents.wording import cut, sentence
from svreport.model import formats
from svreport.model.finding import Finding, Place
from svreport.model.submission import AnswerGiven
from svreport.review.answers import mark_of
from svreport.review.numbers import Status
from svreport.review.standing import rated_rows
from svreport.word.fields import Shade

# What a first page that is read in two minutes has room for.
_MOST_HEADLINES = 10
_FIRST_FINDINGS = 2
_WORDING = 51  # characters of a reference and its wording, for one line


def review_pack(reviewed: Reviewed, pack: str) -> ReviewPack:
    """Everything the templates of the review can place; `pack` is the title of the pack that is reviewed."""
    submission, update = reviewed.submission, reviewed.update
    programme = submission.programme
    errors = tuple(_finding(each) for each in reviewed.errors)
    queries = tuple(_finding(each) for each in reviewed.open_queries)
    settled = tuple(_finding(each.finding, each.given) for each in reviewed.answers.answered)
    headlines = headline_figures(reviewed.material)
    changes = sorted_changes(reviewed.changes, reviewed.material)
    numbers = NumbersTold(reviewed)
    counts = {status: sum(use.status is status for use in reviewed.numbers) for status in Status}
    unread = {entry.place: entry.fault for row in rated_rows(submission) for entry in row.levels}
    return ReviewPack(
        pack=pack,
        authority=shown(programme.authority),
        authority_code=shown(programme.authority_code),
        financial_year=shown(programme.financial_year),
        update=shown(update.label if update else programme.current_update),
        data_as_at=shown(update.data_as_at) if update else "",
        submitted=shown(update.submitted) if update else "",
        workbook=submission.workbook,
        previous_workbook=shown(programme.previous_workbook) if reviewed.material.previous else "",
        previous_fault=reviewed.material.previous_fault,
        content_code=reviewed.code,
        levels=tuple(_level(each, unread.get(each.place)) for each in reviewed.levels),
        headlines=tuple(_headline(each) for each in headlines[:_MOST_HEADLINES]),
        headlines_left_out=max(0, len(headlines) - _MOST_HEADLINES),
        errors=errors,
        error_count=len(errors),
        first_errors=errors[:_FIRST_FINDINGS],
        queries=queries,
        query_count=len(queries),
        first_queries=queries[:_FIRST_FINDINGS],
        answered=settled,
        answered_count=len(settled),
        change_count=len(reviewed.changes),
        levels_moved=changes.levels,
        past_changed=changes.past,
        forecasts_changed=changes.forecasts,
        finance_changed=changes.finance,
        texts_changed=changes.texts,
        others_changed=changes.others,
        added=changes.added,
        gone=changes.gone,
        carried_over=changes.carried_over,
        number_count=len(reviewed.numbers),
        unmatched=numbers.of(Status.UNMATCHED),
        unmatched_count=counts[Status.UNMATCHED],
        matched=numbers.of(Status.MATCHED),
        matched_count=counts[Status.MATCHED],
        linked=numbers.of(Status.LINKED),
        linked_count=counts[Status.LINKED],
        references=numbers.references,
        reference_count=counts[Status.REFERENCE],
        assumptions=assumptions(reviewed.material),
        approvals=tuple(_approval(each) for each in reviewed.approvals),
    )


def _level(level: LevelMoved, fault: str | None) -> LevelRow:
    return LevelRow(
        level.heading,
        cut(level.wording, max(_WORDING - len(level.heading), 1)),
        level.kind,
        Shade(level.previous) if level.previous else None,
        Shade(level.now) if level.now else None,
        level.moved.value if level.moved else "",
        f"[{fault}]" if fault and level.now is None else "",
        str(level.place),
    )


def _headline(headline: Headline) -> HeadlineRow:
    return HeadlineRow(
        headline.what,
        headline.now,
        headline.planned,
        headline.before,
        headline.change,
        _cells(headline.places),
    )


def _cells(places: tuple[Place, ...]) -> str:
    return ", ".join(str(each) for each in dict.fromkeys(places))


def _finding(finding: Finding, given: AnswerGiven | None = None) -> FindingRow:
    who = (given.who.value or "") if given else ""
    when = formats.day(given.date.value) if given and given.date.value else ""
    return FindingRow(
        finding.code,
        finding.rule.severity.value,
        finding.title,
        str(finding.place) or finding.form,
        finding.read,
        finding.expected,
        sentence(finding.mend),
        "" if finding.is_error else mark_of(finding),
        (given.answer.value or "") if given else "",
        ", ".join(filter(None, (who, when))),
    )


def _approval(standing: Standing) -> ApprovalRow:
    given = standing.approval
    return ApprovalRow(
        standing.role,
        shown(given.name) if given else "",
        shown(given.date) if given else "",
        standing.given,
        standing.told,
        "yes" if standing.stands else "",
    )
