"""Numbers as prose writes them."""

import tomllib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svreport.review.written import Hedge, WrittenNumber, WrittenUnit, written_numbers
from tests.review.numbers.returns import CASES

WRITTEN: dict[str, list[dict[str, Any]]] = tomllib.loads((CASES / "written.toml").read_text("utf-8"))


def _only(text: str) -> WrittenNumber:
    (number,) = written_numbers(text)
    return number


@pytest.mark.parametrize("case", WRITTEN["figure"], ids=lambda case: case["text"])
def test_a_figure_reads_as_its_amount_and_unit(case: dict[str, Any]) -> None:
    number = _only(case["text"])
    assert not number.is_reference
    assert number.text == case.get("number", number.text)
    assert number.amount == Decimal(case["amount"])
    assert number.unit == WrittenUnit(case.get("unit", "count"))
    assert number.hedge == Hedge(case.get("hedge", ""))
    assert number.rate == case.get("rate", "")


@pytest.mark.parametrize("case", WRITTEN["several"], ids=lambda case: case["text"])
def test_several_numbers_are_read_apart(case: dict[str, Any]) -> None:
    assert [
        [number.text, str(number.amount.normalize())] for number in written_numbers(case["text"])
    ] == case["numbers"]


@pytest.mark.parametrize("case", WRITTEN["reference"], ids=lambda case: case["text"])
def test_a_reference_is_no_figure(case: dict[str, Any]) -> None:
    found = written_numbers(case["text"])
    assert [number.text for number in found] == case["numbers"]
    assert all(number.is_reference for number in found)


@pytest.mark.parametrize("text", WRITTEN["none"][0]["texts"])
def test_words_that_count_nothing_are_no_numbers(text: str) -> None:
    assert written_numbers(text) == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("6,161", "6160.5", "6161.5"),
        ("£122.5m", "122450000", "122550000"),
        ("5.62%", "5.615", "5.625"),
        ("500", "499.5", "500.5"),
        ("around 500", "450", "550"),
        ("around 734", "733.5", "734.5"),
        ("about 20", "18", "22"),
        ("just over 10%", "9.5", "11"),
        ("more than 6,000", "5999.5", "6600"),
        ("less than £4m", "3500000", "4500000"),
        ("a quarter of", "24", "26"),
    ],
)
def test_a_number_stands_for_what_rounds_to_it(text: str, low: str, high: str) -> None:
    number = _only(text)
    assert (number.low, number.high) == (Decimal(low), Decimal(high))


@given(st.text(alphabet=st.sampled_from("0123456789.,£%m-–−() aonetwhrdlfQ/'½"), max_size=80))
def test_any_text_is_read_without_overlap(text: str) -> None:
    end = 0
    for number in written_numbers(text):
        assert end <= number.start < number.end
        assert text[number.start : number.end] == number.text
        end = number.end


@given(st.integers(0, 10**9))
def test_grouped_digits_are_one_number(amount: int) -> None:
    number = _only(f"There are {amount:,} of them.")
    assert (number.text, number.amount) == (f"{amount:,}", Decimal(amount))
