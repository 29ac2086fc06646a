"""The review as data for other programs: `review.json`."""

import json
import re
from collections.abc import Mapping
from typing import Any

from svreport.documents.review_pack.levels import LevelMoved
from svreport.documents.review_pack.reviewed import Reviewed
from svreport.documents.signing import Standing
from svreport.model.entry import Entry
from svreport.model.finding import Finding
from svreport.model.submission import AnswerGiven
from svreport.review.answers import mark_of
from svreport.review.changes import Change
from svreport.review.numbers import NumberUse


def review_data(reviewed: Reviewed) -> dict[str, Any]:
    """Everything as plain JSON; the keys are those of the contract, and a few more that tell what it is about."""
    programme, update = reviewed.submission.programme, reviewed.update
    answers = {each.finding: each.given for each in reviewed.answers.answered}
    return {
        "workbook": reviewed.submission.workbook,
        "previous_workbook": programme.previous_workbook.value if reviewed.material.previous else None,
        "authority": programme.authority.value,
        "financial_year": _text(programme.financial_year),
        "update": _text(update.label) if update else None,
        "content_code": reviewed.code,
        "findings": [_finding(finding, answers) for finding in reviewed.findings],
        "errors": len(reviewed.errors),
        "queries": len(reviewed.findings) - len(reviewed.errors),
        "answered": len(answers),
        "levels": [_level(level) for level in reviewed.levels],
        "numbers": [_number(use) for use in reviewed.numbers],
        "changes": [_change(change) for change in reviewed.changes],
        "approvals": [_approval(standing) for standing in reviewed.approvals],
    }


def review_json(reviewed: Reviewed) -> bytes:
    """`review.json`: UTF-8, the same bytes for the same review."""
    return (json.dumps(review_data(reviewed), ensure_ascii=False, indent=2) + "\n").encode(errors="replace")


def _text(entry: Entry[Any]) -> str | None:
    return None if entry.value is None else str(entry.value)


def _finding(finding: Finding, answers: Mapping[Finding, AnswerGiven]) -> dict[str, str]:
    """As `check` tells it; a query has its mark, and the answer where it has been given one."""
    told = {
        "code": finding.code,
        "severity": finding.rule.severity.value,
        "title": finding.rule.title,
        "sheet": finding.place.sheet,
        "cell": finding.place.cell,
        "read": finding.read,
        "expected": finding.expected,
        "mend": finding.mend,
    }
    if finding.form:
        told["form"] = finding.form
    if not finding.is_error:
        told["mark"] = mark_of(finding)
    given = answers.get(finding)
    if given:
        told["answer"] = given.answer.value or ""
        told["answered_by"] = given.who.value or ""
        told["answered_on"] = given.date.value.isoformat() if given.date.value else ""
    return told


def _level(level: LevelMoved) -> dict[str, Any]:
    return {
        "ref": level.ref,
        "kind": level.kind,
        "levels": {label: each.name for label, each in level.levels.items()},
        "previous": level.previous.name if level.previous else None,
        "moved": level.moved.value if level.moved else None,
    }


def _number(use: NumberUse) -> dict[str, str]:
    return {
        "text": use.text,
        "sheet": use.place.sheet,
        "cell": use.place.cell,
        "condition": use.condition,
        "status": use.status.value,
        "figure": use.figure,
        "source": _plain(use.source),
    }


def _plain(source: str) -> str:
    """`Metric data!C8`: the sheet's name as `sheet` tells it, without the marks that Excel's formulas put round it."""
    return re.sub(r"'([^']+)'!", r"\1!", source)


def _change(change: Change) -> dict[str, str]:
    """What is gone has no cell in this workbook; its sheet is that of the previous one."""
    before, now = change.place_before, change.place
    place = now or before
    return {
        "kind": change.kind,
        "sheet": place.sheet if place else "",
        "cell": now.cell if now else "",
        "what": change.what,
        "from": change.before,
        "to": change.after,
        "from_sheet": before.sheet if before else "",
        "from_cell": before.cell if before else "",
    }


def _approval(standing: Standing) -> dict[str, Any]:
    given = standing.approval
    return {
        "role": standing.role,
        "name": given.name.value if given else None,
        "date": given.date.value.isoformat() if given and given.date.value else None,
        "content_code": standing.given,
        "stands": standing.stands,
    }
