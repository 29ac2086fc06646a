"""A query's mark, and what becomes of queries that are answered."""

from dataclasses import replace
from datetime import date

import pytest

from svreport.model.entry import Entry
from svreport.model.finding import Finding, Place, Rule, Severity
from svreport.model.submission import AnswerGiven
from svreport.review.answers import answered, mark_of

QUERY = Rule("FIN-99", Severity.QUERY, "A fault", "It matters.", "An example.")
FINDING = QUERY.at(
    Place("Finance", 14, 6),
    read="£104,900k",
    expected="£105,000k = F13 70,000 + F12 35,000",
    mend="correct F14",
    about="Mitigated: carried forward, 2025-26",
)


def given(mark: str, answer: str | None = "It was agreed with DfE.") -> AnswerGiven:
    place = Place("Answers", 4, 1)
    return AnswerGiven(
        Entry(mark, place),
        Entry(answer, place),
        Entry("S151 officer", place),
        Entry(date(2024, 12, 11), place),
    )


def test_a_mark_is_short_and_looks_like_one() -> None:
    assert mark_of(FINDING) == "Q-" + mark_of(FINDING)[2:]
    assert len(mark_of(FINDING)) == 8
    assert mark_of(FINDING)[2:].isalnum()
    assert mark_of(FINDING) == mark_of(FINDING).upper()


@pytest.mark.parametrize(
    "same",
    [
        replace(FINDING, place=Place("Finance", 24, 6)),
        replace(FINDING, expected="£105,000k = F23 70,000 + F22 35,000", mend="correct F24"),
        replace(FINDING, expected="£105,000k (with 70,000 in F13 and 35,000 in F12)"),
        replace(FINDING, about="mitigated: carried  forward, 2025-26"),
    ],
    ids=["another row", "its parts in other rows", "told in other words", "other capitals and spaces"],
)
def test_what_leaves_the_mark(same: Finding) -> None:
    assert mark_of(same) == mark_of(FINDING)


@pytest.mark.parametrize(
    "other",
    [
        replace(FINDING, read="£104,800k"),
        replace(FINDING, expected="£106,000k = F13 71,000 + F12 35,000"),
        replace(FINDING, about="Mitigated: carried forward, 2026-27"),
        replace(FINDING, rule=replace(QUERY, code="FIN-98")),
    ],
    ids=["what was read", "a figure it was compared with", "what it is about", "the rule"],
)
def test_what_changes_the_mark(other: Finding) -> None:
    assert mark_of(other) != mark_of(FINDING)


def test_a_finding_without_a_subject_is_about_its_column() -> None:
    bare = replace(FINDING, about="")
    assert mark_of(bare) == mark_of(replace(bare, place=Place("Finance", 99, 6)))
    assert mark_of(bare) != mark_of(replace(bare, place=Place("Finance", 14, 7)))


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower", "without dash", "bare"])
def test_an_answer_closes_its_query(typed: str) -> None:
    mark = mark_of(FINDING)
    written = {"lower": mark.lower(), "without dash": mark.replace("-", " "), "bare": mark[2:]}.get(
        typed, typed.format(mark)
    )
    told = answered([FINDING], [given(written)])
    assert told.open == ()
    assert [each.finding for each in told.answered] == [FINDING]
    assert told.answered[0].given.answer.value == "It was agreed with DfE."
    assert told.unused == ()


def test_the_query_is_open_again_when_what_was_read_changes() -> None:
    changed = replace(FINDING, read="£104,000k")
    told = answered([changed], [given(mark_of(FINDING))])
    assert told.open == (changed,)
    assert told.answered == ()
    assert [answer.mark.value for answer in told.unused] == [mark_of(FINDING)]


@pytest.mark.parametrize("answer", [None, "", "  "])
def test_an_empty_answer_is_none(answer: str | None) -> None:
    assert answered([FINDING], [given(mark_of(FINDING), answer)]).open == (FINDING,)


def test_an_error_cannot_be_answered() -> None:
    error = replace(FINDING, rule=replace(QUERY, severity=Severity.ERROR))
    assert answered([error], [given(mark_of(error))]).open == (error,)
