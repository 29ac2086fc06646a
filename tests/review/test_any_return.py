"""A review of a return that is damaged, unfinished or full of odd text is still made, and tells nothing twice."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svreport.model.facts import Facts
from svreport.model.finding import Place
from svreport.narrative.blocks import Paragraph, Run
from svreport.review.catalogue import review
from svreport.review.material import Material
from svreport.workbook.content import blank
from tests.review.returns import Content, content, headings, material

SHEETS = list(content("thornmere-2025-03"))
SPOILT: tuple[str | int, ...] = ("", "?", -1)


def told_once(told: Content, folder: Path, before: Content | None = None) -> None:
    found = review(material(told, folder, before))
    assert len(found) == len(set(found))
    assert all(finding.read and finding.expected and finding.mend for finding in found)


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_without_rows(sheet: str, tmp_path: Path) -> None:
    told_once({**content("wiltshire-2024-12"), sheet: []}, tmp_path, content("wiltshire-2024-08"))


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_whose_columns_are_spoilt(sheet: str, tmp_path: Path) -> None:
    clean = content("thornmere-2025-03")
    for number, column in enumerate(headings(clean, sheet)):
        rows = [{**row, column: SPOILT[number % len(SPOILT)]} for row in clean[sheet]]
        told_once({**clean, sheet: rows}, tmp_path)


def test_an_empty_return(tmp_path: Path) -> None:
    made = {sheet: [dict(row) for row in rows] for sheet, rows in blank("Thornmere", None).items()}
    found = review(material(made, tmp_path))
    assert {finding.code[:3] for finding in found} <= {"COM"}


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return material(content("wiltshire-2024-12"), tmp_path_factory.mktemp("any")).facts


WORDS = st.sampled_from(
    "rose fell from to 5,861 6,161 £84.5m 5.62% in July October 2024 will open was Amber Green Condition 3.1 these "
    "four five insights : ; , . highest since record EHCPs EHCNA requests ( ) — two children SEMH transfer of 1% "
    "residual deficit in-year balance 2028-29 limit not replaced by fewer more INMSS placements".split()
)


@given(words=st.lists(st.one_of(WORDS, st.text(max_size=8)), max_size=60))
def test_any_words(facts: Facts, words: list[str]) -> None:
    place = next(block.content.place for block in facts.submission.progress if block.content.value)
    texts = {place: (Paragraph((Run(" ".join(words)),)),)}
    found = review(Material(facts, texts))
    assert all(isinstance(finding.place, Place) for finding in found)
