from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svreport.model.entry import Entry
from svreport.model.finding import Place
from svreport.model.references import References, find_reference, headed, reference_key
from tests.model.returns import facts_of

HEADED = [
    ("3.1", "Condition", "Condition 3.1"),
    ("3.1.", "Condition", "Condition 3.1"),
    ("3.10", "Condition", "Condition 3.10"),
    ("3a", "Condition", "Condition 3a"),
    ("iv", "Condition", "Condition iv"),
    ("(a)", "Condition", "Condition (a)"),
    ("(ii)", "Condition", "Condition (ii)"),
    ("(1)", "Risk", "Risk (1)"),
    ("viii)", "Risk", "Risk viii)"),
    ("3/1", "Condition", "Condition 3/1"),
    ("mix", "Condition", "mix"),
    ("Condition 3.1:", "Condition", "Condition 3.1"),
    ("condition 3", "Condition", "Condition 3"),
    ("Risk 2", "Risk", "Risk 2"),
    ("Risk: 2", "Risk", "Risk 2"),
    ("R2", "Risk", "R2"),
    ("C1", "Condition", "C1"),
    ("2", "Risk", "Risk 2"),
    ("Cost", "Risk", "Cost"),
    ("Cost etc.", "Risk", "Cost etc."),
    ("Risky supplier", "Risk", "Risky supplier"),
    ("Risks", "Risk", "Risks"),
    ("Risk of cost", "Risk", "Risk of cost"),
    ("Conditional grant", "Condition", "Conditional grant"),
    ("Condition", "Condition", "Condition"),
]


@pytest.mark.parametrize(("ref", "word", "printed"), HEADED)
def test_a_reference_prints_with_its_word_once(ref: str, word: str, printed: str) -> None:
    assert headed(ref, word) == printed


@given(st.text(), st.sampled_from(["Condition", "Risk"]))
def test_printing_twice_changes_nothing(ref: str, word: str) -> None:
    assert headed(headed(ref, word), word) == headed(ref, word)


@given(st.text(), st.sampled_from(["Condition", "Risk"]))
def test_a_reference_is_found_with_its_word_or_without(ref: str, word: str) -> None:
    key = reference_key(ref, word)
    assert reference_key(f"{word} {key}", word) in (key, reference_key(key, word)) or not key


def test_a_row_is_found_however_its_reference_is_written() -> None:
    conditions = facts_of(
        conditions={"3.1": (), "3.10": (), "Condition iv": (), "al": ()}
    ).submission.conditions
    for ref in ("3.1", "3.1:", "Condition 3.1", "condition  3.1."):
        assert find_reference(ref, conditions, "Condition") is conditions[0]
    assert find_reference("3.10", conditions, "Condition") is conditions[1]
    assert find_reference("IV", conditions, "Condition") is conditions[2]
    assert find_reference("Conditional", conditions, "Condition") is None
    assert find_reference("4", conditions, "Condition") is None


@dataclass(frozen=True)
class Row:
    ref: Entry[str]


REFS = [
    "3.1",
    "Condition 3.1",
    "condition 3.1:",
    "3.1.",
    "3",
    "1",
    "Risk 1",
    "iv",
    "IV",
    "Cost",
    "cost",
    "",
    None,
]


@given(st.lists(st.sampled_from(REFS), max_size=8), st.sampled_from([each for each in REFS if each]))
def test_the_index_finds_the_row_that_looking_through_finds(refs: list[str | None], wanted: str) -> None:
    rows = [Row(Entry(ref, Place("Conditions", number))) for number, ref in enumerate(refs, 2)]
    for word in ("Condition", "Risk"):
        assert References(rows, word).find(wanted) is find_reference(wanted, rows, word)
