"""Axes: round numbers that hold every value, units that fit, labels that stand side by side."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svreport.figures.axes import scale_of, shown_periods, value_axis
from svreport.figures.text_width import width
from svreport.model.period import Period
from svreport.model.quantity import Unit
from svreport.model.submission import ExhibitKind
from tests.figures.building import Building, by_month, chart, period

numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=3, allow_nan=False, allow_infinity=False)


@given(st.lists(numbers, max_size=8), st.booleans(), st.sampled_from([Decimal(0), Decimal("0.08")]))
def test_an_axis_holds_every_value_between_few_round_numbers(
    values: list[Decimal], from_zero: bool, headroom: Decimal
) -> None:
    axis = value_axis(values, from_zero=from_zero, headroom=headroom)
    assert all(axis.low <= value <= axis.high for value in values)
    assert axis.low < axis.high
    assert 2 <= len(axis.ticks) <= 10
    assert (axis.ticks[0], axis.ticks[-1]) == (axis.low, axis.high)
    if from_zero or (any(value > 0 for value in values) and any(value < 0 for value in values)):
        assert axis.low <= 0 <= axis.high
        assert Decimal(0) in axis.ticks


@pytest.mark.parametrize(
    ("values", "from_zero", "ends"),
    [
        ([5562, 6161], False, (5500, 6200)),
        ([5562, 6161], True, (0, 7000)),
        ([10, 100], False, (0, 100)),
        ([-5, 3], False, (-6, 4)),
        ([0, 0], False, (0, 1)),
        ([5], False, (0, 6)),
        ([], False, (0, 1)),
        ([-30, -10], True, (-30, 0)),
    ],
)
def test_ends_of_an_axis(values: list[int], from_zero: bool, ends: tuple[int, int]) -> None:
    axis = value_axis([Decimal(value) for value in values], from_zero=from_zero)
    assert [axis.low, axis.high] == [Decimal(end) for end in ends]


@pytest.mark.parametrize(
    ("unit", "largest", "title", "name"),
    [
        (Unit.NUMBER, "6161", "Plans", "Number"),
        (Unit.PERCENT, "5.62", "Share", "%"),
        (Unit.POUNDS, "36787", "Cost", "£"),
        (Unit.POUNDS, "999999", "Cost", "£"),
        (Unit.POUNDS, "-1000000", "Cost", "£m"),
        (Unit.THOUSANDS, "999", "Cost", "£000"),
        (Unit.THOUSANDS, "1000", "Cost", "£m"),
        (Unit.THOUSANDS, "84500", "Deficit (£,000)", "£000"),
        (Unit.THOUSANDS, "84500", "Deficit (£000)", "£000"),
        (Unit.MILLIONS, "0.5", "Deficit", "£000"),
        (Unit.MILLIONS, "84.5", "Deficit", "£m"),
        (Unit.MILLIONS, "1084.5", "Deficit", "£bn"),
        (Unit.MILLIONS, "1084.5", "Deficit, £m", "£m"),
        (Unit.NUMBER, "12000000", "People", "million"),
        (Unit.NUMBER, "1e22", "Atoms", "Number × 10^22"),
        (Unit.NUMBER, "1e-9", "Metres", "Number × 10^-9"),
    ],
)
def test_the_unit_of_an_axis(unit: Unit, largest: str, title: str, name: str) -> None:
    shown = chart(actual=by_month("Apr 2024", ["0", largest]), unit=unit, title=title)
    assert scale_of(shown).name == name


def test_money_in_several_units_is_converted() -> None:
    building = Building().metric("A", {"Apr 2024": "2500"}, unit=Unit.THOUSANDS)
    building.metric("B", {"Apr 2024": "1.5"}, unit=Unit.MILLIONS)
    shown = building.exhibit(ExhibitKind.LINE, "A actual; B actual").shown()
    scale = scale_of(shown)
    assert [scale.of(value, series.unit) for series in shown.series for _, value in series.figures] == [
        Decimal("2.5"),
        Decimal("1.5"),
    ]


@pytest.mark.parametrize("first", ["Apr 2024", "2024-25", "Q1 2024-25"])
@pytest.mark.parametrize("number", [1, 2, 7, 8, 13, 60, 240])
@pytest.mark.parametrize("plot_width", [250.0, 330.0, 440.0])
def test_periods_under_an_axis_never_touch(first: str, number: int, plot_width: float) -> None:
    periods: list[Period] = [period(first).next(step) for step in range(number)]
    shown = shown_periods(periods, plot_width, 9.5)
    band = plot_width / number
    assert shown[0] == 0
    for left, right in pairwise(shown):
        apart = (right - left) * band
        assert apart >= (width(periods[left].short, 9.5) + width(periods[right].short, 9.5)) / 2 + 4
