"""A query that somebody answered in the workbook is told as answered, until what was read changes."""

from pathlib import Path
from typing import Any

from svreport.pipeline.examining import examine
from svreport.review.answers import mark_of
from svreport.workbook.content import example
from svreport.workbook.writing import workbook_bytes

EXAMPLE = "wiltshire-2024-12"


def _saved(folder: Path, **changed: Any) -> Path:
    content = {sheet: [dict(row) for row in rows] for sheet, rows in example(EXAMPLE).items()} | changed
    path = folder / f"{EXAMPLE}.xlsx"
    path.write_bytes(workbook_bytes(content))
    return path


def _rows(sheet: str) -> list[dict[str, Any]]:
    return [dict(row) for row in example(EXAMPLE)[sheet]]


def test_an_answer_settles_its_query_until_what_was_read_changes(tmp_path: Path) -> None:
    examined = examine(_saved(tmp_path))
    query = next(finding for finding in examined.findings if finding.code == "FIN-14")
    answer = {"Mark": f" {mark_of(query).lower()} ", "Answer": "As it was published.", "Who": "Finance lead"}

    answered = examine(_saved(tmp_path, Answers=[answer]))
    assert answered.queries == examined.queries - 1
    assert [each.given.answer.value for each in answered.answers.answered] == ["As it was published."]
    assert query in answered.findings

    data = _rows("Metric data")
    row = next(row for row in data if str(row.get("Actual")) == "98.44")
    row["Actual"] = 98.45
    changed = examine(_saved(tmp_path, Answers=[answer], **{"Metric data": data}))
    assert not changed.answers.answered
    assert len(changed.answers.unused) == 1


def test_rows_inserted_above_leave_an_answer_standing(tmp_path: Path) -> None:
    query = next(finding for finding in examine(_saved(tmp_path)).findings if finding.code == "FIN-14")
    answer = {"Mark": mark_of(query), "Answer": "As it was published."}
    data = _rows("Metric data")
    above = [{"Metric": "EHCP", "Period": "Apr 2023", "Actual": 5100}]

    answered = examine(_saved(tmp_path, Answers=[answer], **{"Metric data": above + data}))
    moved = next(finding for finding in answered.findings if finding.code == "FIN-14")
    assert moved.place.row == query.place.row + 1
    assert [each.finding for each in answered.answers.answered] == [moved]


def test_a_workbook_without_the_sheet_is_asked_nothing(tmp_path: Path) -> None:
    assert not [finding for finding in examine(_saved(tmp_path)).findings if finding.place.sheet == "Answers"]
