import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svreport.model import formats
from svreport.model.quantity import Quantity, Unit, decimals_of

AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**40), max_value=10**40)

PRINTED = [
    ("6161", Unit.NUMBER, 0, "6,161"),
    ("97", Unit.NUMBER, 2, "97.00"),
    ("5.62", Unit.PERCENT, 2, "5.62%"),
    ("-0.004", Unit.PERCENT, 2, "0.00%"),
    ("-0.005", Unit.PERCENT, 2, "−0.01%"),
    ("36787", Unit.POUNDS, 0, "£36,787"),
    ("36787.5", Unit.POUNDS, 1, "£36,787.50"),
    ("36786.9999", Unit.POUNDS, 2, "£36,787"),
    ("36.787", Unit.THOUSANDS, 2, "£36,787"),
    ("-36.787", Unit.THOUSANDS, 2, "−£36,787"),
    ("84500", Unit.THOUSANDS, 0, "£84.5m"),
    ("-84.5", Unit.MILLIONS, 1, "−£84.5m"),
    ("80.301", Unit.MILLIONS, 2, "£80.3m"),
    ("5.05", Unit.MILLIONS, 2, "£5.05m"),
    ("0.4", Unit.MILLIONS, 1, "£400,000"),
    ("1000", Unit.THOUSANDS, 0, "£1m"),
    ("999.9994", Unit.THOUSANDS, 2, "£999,999.40"),
    ("999999.5", Unit.POUNDS, 1, "£1m"),
    ("0", Unit.MILLIONS, 0, "£0"),
]


@pytest.mark.parametrize(("amount", "unit", "decimals", "printed"), PRINTED)
def test_prints_a_quantity_in_its_own_unit(amount: str, unit: Unit, decimals: int, printed: str) -> None:
    assert formats.quantity(Quantity(Decimal(amount), unit, decimals)) == printed


def test_prints_money_otherwise_where_told() -> None:
    pounds = Decimal("36787")
    assert formats.thousands(pounds) == "£37k"
    assert formats.thousands(pounds, 1) == "£36.8k"
    assert formats.millions(pounds, 2) == "£0.04m"
    assert formats.millions(Decimal("-84512345"), 3) == "−£84.512m"
    assert formats.whole_pounds(Decimal("84512345.5")) == "£84,512,346"


def test_prints_a_date_as_the_form_does() -> None:
    assert formats.day(date(2024, 12, 1)) == "1 December 2024"


@given(AMOUNTS, st.integers(0, 6))
def test_a_printed_number_is_the_amount_to_within_half_its_last_digit(amount: Decimal, decimals: int) -> None:
    printed = formats.number(amount, decimals)
    assert re.fullmatch(
        r"−?[0-9]{1,3}(,[0-9]{3})*" + (rf"\.[0-9]{{{decimals}}}" if decimals else ""), printed
    )
    value = Decimal(printed.replace(",", "").replace("−", "-"))
    assert abs(value - amount) * 2 <= Decimal(1).scaleb(-decimals)
    assert not (value == 0 and printed.startswith("−"))


@given(AMOUNTS, st.integers(0, 6))
def test_the_sign_turns_and_nothing_else(amount: Decimal, decimals: int) -> None:
    assert formats.number(amount.copy_negate(), decimals).lstrip("−") == formats.number(
        amount, decimals
    ).lstrip("−")


@given(AMOUNTS, st.sampled_from(list(Unit)), st.integers(0, 2))
def test_every_amount_prints(amount: Decimal, unit: Unit, decimals: int) -> None:
    printed = formats.quantity(Quantity(amount, unit, decimals))
    assert ("£" in printed) == unit.is_money
    assert printed.endswith("%") == (unit is Unit.PERCENT)


def test_an_amount_of_any_size_prints() -> None:
    assert formats.number(Decimal("1E+300"), 2) == "1" + ",000" * 100 + ".00"
    assert formats.number(Decimal("123456789012345678901234567890.5"), 1).endswith("678,901,234,567,890.5")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_an_amount_needs_the_decimals_it_has(amount: Decimal) -> None:
    needed = decimals_of(amount)
    assert formats.round_to(amount, needed) == amount
    assert needed == 0 or formats.round_to(amount, needed - 1) != amount
