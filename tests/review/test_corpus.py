"""Every planted fault is told at its cell, every near miss stays silent, and each check has both."""

from pathlib import Path

import pytest

from svreport.review.answers import mark_of
from svreport.review.catalogue import CHECKS, RULES, review
from tests.review.corpus import Case, cases, expected_place, is_told, raised, reviewed

PLANTED = [case for case in cases() if case.fires]
NEAR_MISSES = [case for case in cases() if not case.fires]


@pytest.mark.parametrize("case", PLANTED, ids=str)
def test_a_planted_fault_is_told_at_its_cell(case: Case, tmp_path: Path) -> None:
    found = raised(case, tmp_path)
    shown = [f"{finding.code} {finding.place} {finding.read} | {finding.expected}" for finding in found]
    assert is_told(case, found), f"expected {case.code} {expected_place(case)}, found {shown}"


@pytest.mark.parametrize("case", [case for case in PLANTED if case.code == "FIN-04"], ids=str)
def test_where_the_signs_are_turned_no_balance_is_told_beside(case: Case, tmp_path: Path) -> None:
    assert "FIN-03" not in {finding.code for finding in raised(case, tmp_path)}


@pytest.mark.parametrize("case", NEAR_MISSES, ids=str)
def test_a_near_miss_stays_silent(case: Case, tmp_path: Path) -> None:
    assert [f"{finding.code} {finding.place} {finding.read}" for finding in raised(case, tmp_path)] == []


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_each_check_has_a_case_that_fires_and_one_that_stays_silent(code: str) -> None:
    assert [case for case in PLANTED if case.code == code]
    assert [case for case in NEAR_MISSES if case.code == code]


def test_the_corpus_is_large_enough_to_measure() -> None:
    assert len(PLANTED) >= 60
    assert len(NEAR_MISSES) >= 60
    assert len({str(case) for case in cases()}) == len(cases())


def test_codes_are_used_once_and_every_rule_tells_what_a_reader_needs() -> None:
    assert len({rule.code for rule in RULES}) == len(CHECKS)
    for rule in RULES:
        assert rule.title[0].isupper() or rule.title[0] == "“"
        assert not rule.title.endswith(".")
        assert rule.why.endswith(".")
        assert rule.example


ONE_OF_EACH = {case.code: case for case in PLANTED}.values()


@pytest.mark.parametrize("case", ONE_OF_EACH, ids=str)
def test_rows_inserted_above_leave_the_mark(case: Case, tmp_path: Path) -> None:
    (tmp_path / "moved").mkdir()
    marks = [mark_of(finding) for finding in review(reviewed(case, tmp_path))]
    moved = [mark_of(finding) for finding in review(reviewed(case, tmp_path / "moved", rows_above=3))]
    assert sorted(marks) == sorted(moved)
    assert len(set(marks)) == len(marks)
