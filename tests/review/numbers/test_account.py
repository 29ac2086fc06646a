"""Sentences of returns, each with every number that stands in it and what it is."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svreport.model.facts import Facts
from svreport.narrative.blocks import Cell, Paragraph, Run, Table
from svreport.review.material import Material
from svreport.review.numbers import NumberUse, Status, account, passages_of
from svreport.workbook.content import example
from tests.review.numbers.returns import CASES, TOLD, holding, material, saying, small_return

SENTENCES: list[dict[str, Any]] = tomllib.loads((CASES / "sentences.toml").read_text("utf-8"))["case"]


def _told(use: NumberUse) -> list[str]:
    return [use.text, use.status.value, *filter(None, (use.figure, use.source))]


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case["text"].strip()[:60])
def test_every_number_of_a_sentence_is_what_it_says(case: dict[str, Any]) -> None:
    uses = account(saying(case["text"], case.get("condition", "")))
    assert [_told(use) for use in uses] == case["numbers"]
    assert {use.condition for use in uses} <= {case.get("condition", "")}


def test_there_are_enough_sentences_of_each_kind() -> None:
    statuses = [number[1] for case in SENTENCES for number in case["numbers"]]
    assert len(SENTENCES) >= 120
    assert {
        status: statuses.count(status) >= 5 for status in ("linked", "matched", "unmatched", "reference")
    } == {
        "linked": True,
        "matched": True,
        "unmatched": True,
        "reference": True,
    }


def test_each_number_stands_where_the_account_says() -> None:
    told = material(example("wiltshire-2024-12"))
    for use in account(told):
        passage = passages_of(told.texts[use.place])[use.passage]
        assert passage.text[use.start : use.end] == use.text


def test_the_account_follows_the_order_of_the_texts() -> None:
    told = material(example("wiltshire-2024-12"))
    places = list(told.texts)
    uses = account(told)
    order = [(places.index(use.place), use.passage, use.start) for use in uses]
    assert order == sorted(order)
    assert len(set(order)) == len(order)


def test_a_number_split_over_runs_is_one_number() -> None:
    runs = (Run("There were "), Run("6", bold=True), Run(",161", italic=True), Run(" EHCPs."))
    uses = account(holding((Paragraph(runs),), "3.1"))
    assert [_told(use) for use in uses] == [
        ["6,161", "matched", "{{ actual('EHCP', 'Oct 2024') }}", "'Metric data'!C10"]
    ]


def test_a_unit_typed_beside_a_figure_belongs_to_the_linked_number() -> None:
    figure = small_return().facts.actual("EHCP")
    runs = (Run("about £"), Run(figure.printed, figure=figure), Run("m, or 5%"))
    uses = account(holding((Paragraph(runs),)))
    assert [(use.text, use.status.value) for use in uses] == [("£6,161m", "linked"), ("5%", "unmatched")]


def test_the_mark_of_a_fault_holds_no_numbers() -> None:
    runs = (Run("It is "), Run("[TXT-02 Progress!C7]", mark=True), Run(" of 12,345."))
    uses = account(holding((Paragraph(runs),)))
    assert [use.text for use in uses] == ["12,345"]


def test_the_cells_of_a_table_are_read_by_their_row_and_column() -> None:
    def cells(*words: str) -> tuple[Cell, ...]:
        return tuple(Cell((Run(word),)) for word in words)

    table = Table(
        cells("Measure", "Jul 2024", "Oct 2024"),
        (cells("EHCPs", "5861", "6161"), cells("EHCPs", "6161", "1")),
    )
    found = [(use.text, use.status.value, use.source) for use in account(holding((table,), "3.1"))][2:]
    assert found[:2] == [("5861", "matched", "'Metric data'!C7"), ("6161", "matched", "'Metric data'!C10")]
    assert [(text, status) for text, status, _ in found[2:]] == [("6161", "matched"), ("1", "unmatched")]


def test_an_empty_return_has_an_account_of_its_own() -> None:
    bare = material({"Programme": [{"Item": "Authority", "Value": "Nowhere"}]})
    blocks = (Paragraph((Run("It is £5m, 7% up on 2024, 1 in 4, and twelve risks."),)),)
    uses = account(Material(Facts(bare.submission), {TOLD: blocks}))
    assert [(use.text, use.status.value) for use in uses] == [
        ("£5m", "unmatched"),
        ("7%", "unmatched"),
        ("2024", "reference"),
        ("1 in 4", "unmatched"),
        ("twelve", "unmatched"),
    ]


_PIECES = (
    "EHCPs INMSS placements deficit income October July 2024-25 fell rose by to from of the more than forecast "
    "around £ % m 6,161 5.62 492 3 two £60.5m 7.9% ( ) . , ; - − per cent a quarter conditions Red"
).split()


@given(
    st.lists(st.sampled_from(_PIECES), max_size=25).map(" ".join), st.sampled_from(["", "3.1", "3.2", "9"])
)
def test_any_words_in_any_order_are_accounted_for(text: str, condition: str) -> None:
    uses = account(holding((Paragraph((Run(text),)),), condition))
    for use in uses:
        assert text[use.start : use.end] == use.text
        assert bool(use.source) == (use.status in (Status.LINKED, Status.MATCHED))


@pytest.mark.parametrize(
    "text", ["1", "1.", "9,999 ", "two ", "£", "-", "a1", "5% or ", "an increase of 6,161 EHCPs in October, "]
)
def test_endless_text_is_accounted_for(text: str) -> None:
    long = (text * 20_000)[:20_000]
    uses = account(holding((Paragraph((Run(long),)),), "3.1"))
    assert all(long[use.start : use.end] == use.text for use in uses)
