from decimal import Decimal

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svreport.model.calculations import calculate
from svreport.model.period import Period
from svreport.model.submission import Calculation, CalculationKind
from tests.model.returns import period

AVERAGE = Calculation(CalculationKind.AVERAGE, "EHCNA")
SHARE = Calculation(CalculationKind.SHARE, "INMSS", "EHCP")
CHANGE = Calculation(CalculationKind.CHANGE, "EHCP")
TOTAL = Calculation(CalculationKind.TOTAL, "Ceased")

APRIL = Period.month(2024, 4)
COUNTS = st.lists(st.integers(-10_000, 10_000), min_size=1, max_size=40)


def monthly(values: list[int] | list[int | None]) -> dict[Period, Decimal]:
    """Month after month from April 2024; None leaves a gap."""
    return {APRIL.next(step): Decimal(value) for step, value in enumerate(values) if value is not None}


def of(told: dict[str, str]) -> dict[Period, Decimal]:
    return {period(when): Decimal(value) for when, value in told.items()}


@given(COUNTS)
def test_an_average_is_of_twelve_consecutive_months(values: list[int]) -> None:
    made = calculate(AVERAGE, monthly(values))
    assert list(made) == [APRIL.next(step) for step in range(11, len(values))]
    for step in range(11, len(values)):
        assert made[APRIL.next(step)] == pytest.approx(
            Decimal(sum(values[step - 11 : step + 1])) / 12, abs=Decimal("1e-7")
        )


def test_an_average_has_no_value_across_a_gap() -> None:
    values: list[int | None] = [1] * 30
    values[14] = None
    made = calculate(AVERAGE, monthly(values))
    assert list(made) == [APRIL.next(step) for step in (11, 12, 13, 26, 27, 28, 29)]
    assert calculate(AVERAGE, of({"2023-24": "1", "2024-25": "2", "Q1 2024-25": "3"})) == {}


@given(COUNTS)
def test_changes_add_up_to_the_whole_change(values: list[int]) -> None:
    made = calculate(CHANGE, monthly(values))
    assert len(made) == len(values) - 1
    assert sum(made.values(), Decimal(0)) == values[-1] - values[0]


def test_a_change_is_from_the_period_just_before() -> None:
    told = of({"2022-23": "10", "2023-24": "14", "2025-26": "20", "Q4 2023-24": "3", "Q1 2024-25": "1"})
    assert calculate(CHANGE, told) == of({"2023-24": "4", "Q1 2024-25": "-2"})


@given(COUNTS)
def test_a_running_total_ends_at_the_sum(values: list[int]) -> None:
    made = calculate(TOTAL, monthly(values))
    assert made[APRIL.next(len(values) - 1)] == sum(values)
    assert calculate(CHANGE, made) == {
        when: Decimal(each) for when, each in list(monthly(values).items())[1:]
    }


def test_a_running_total_adds_up_what_there_is() -> None:
    assert calculate(TOTAL, monthly([1, None, 3])) == monthly([1, None, 4])


def test_a_share_is_in_percent_and_needs_both_figures() -> None:
    part, whole = monthly([343, 1, 5]), monthly([6161, None, 0])
    assert calculate(SHARE, part, whole) == {APRIL: Decimal("5.56727803928")}
    assert calculate(SHARE, part, None) == {}
    assert calculate(SHARE, {}, whole) == {}


def test_a_figure_too_large_to_calculate_with_has_no_value() -> None:
    huge = {APRIL: Decimal("1E+308"), APRIL.next(): Decimal("1E+308"), APRIL.next(2): Decimal("1E+400")}
    assert list(calculate(TOTAL, huge)) == [APRIL]


GAPPED = st.lists(st.none() | st.integers(-10_000, 10_000), min_size=1, max_size=40)


@given(GAPPED, GAPPED)
def test_every_calculation_gives_what_pandas_gives(
    values: list[int | None], wholes: list[int | None]
) -> None:
    part, whole = (pandas.Series(each, dtype=float) for each in (values, wholes))
    expected = {
        AVERAGE: part.rolling(12, min_periods=12).mean(),
        CHANGE: part.diff(),
        TOTAL: part.cumsum(),
        SHARE: part / whole.where(whole != 0) * 100,
    }
    for calculation, series in expected.items():
        made = calculate(calculation, monthly(values), monthly(wholes))
        told = {APRIL.next(int(str(at))): float(value) for at, value in series.dropna().items()}
        assert {period: float(value) for period, value in made.items()} == pytest.approx(
            told, rel=1e-11, abs=1e-9
        )
        assert list(made) == sorted(made)


def test_an_average_of_small_figures_after_a_great_one_is_exact() -> None:
    values = monthly([10**15, *[1] * 12])
    assert calculate(AVERAGE, values)[APRIL.next(12)] == 1
