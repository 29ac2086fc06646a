"""The two axes of a chart: its unit, its nice numbers and where they stand; the periods that are written under it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from svreport.figures.resolved import ResolvedExhibit
from svreport.figures.text_width import width
from svreport.model.period import Period, PeriodKind
from svreport.model.quantity import Unit, decimals_of

_STEPS = tuple(Decimal(step) for step in ("1", "2", "2.5", "5", "10", "20", "25", "50"))
_FEWEST_INTERVALS = 3
_MOST_INTERVALS = 7
_UNWIELDY = Decimal("1.1")
_HEADROOM_OF_EQUALS = Decimal("0.15")
_BETWEEN_LABELS = 6
_MONEY_IN_TITLES = {
    Unit.THOUSANDS: r"£ ?,?000\b|£ ?k\b|£ ?thousand",
    Unit.MILLIONS: r"£ ?m\b|£ ?millions?\b",
    Unit.POUNDS: r"\(£\)",
}
_ABREAST = {
    PeriodKind.MONTH: (1, 2, 3, 6, 12, 24, 60, 120),
    PeriodKind.QUARTER: (1, 2, 4, 8, 20, 40, 80),
    PeriodKind.YEAR: (1, 2, 5, 10, 20, 50, 100),
}


@dataclass(frozen=True, slots=True)
class Scale:
    """The unit that an axis is written in: its name, and what one of it is in pounds, percent or a count."""

    name: str
    one: Decimal

    def of(self, value: Decimal, unit: Unit) -> Decimal:
        """A value of the workbook in the axis' unit."""
        return value * unit.pounds / self.one


def money_told(title: str) -> Unit | None:
    """The unit of money that a title names: £000 (also £,000 and £k), £m or, in brackets, £."""
    for unit, pattern in _MONEY_IN_TITLES.items():
        if re.search(pattern, title, re.IGNORECASE):
            return unit
    return None


def scale_of(exhibit: ResolvedExhibit) -> Scale:
    """Money in the unit that the title names; else in £m from a million pounds up, and below in £ or £000 as entered.
    Counts are as they are up to ten million. What is too large or too small to be written out is in a power of ten.
    """
    units = [series.unit for series in exhibit.series]
    largest = max((abs(v) * s.unit.pounds for s in exhibit.series for _, v in s.figures), default=Decimal(0))
    money = any(unit.is_money for unit in units)
    if largest and (largest >= Decimal("1e15") or largest < Decimal("1e-6")):
        name = "£" if money else _plain(units)
        return Scale(f"{name} × 10^{largest.adjusted()}", Decimal(1).scaleb(largest.adjusted()))
    told = money_told(exhibit.title) if money else None
    if told:
        return Scale(told.value, Decimal(told.pounds))
    if money and largest >= 1_000_000_000:
        return Scale("£bn", Decimal(1_000_000_000))
    if money and largest >= 1_000_000:
        return Scale("£m", Decimal(1_000_000))
    if money:
        in_pounds = Unit.POUNDS in units or largest < 1_000
        return Scale("£", Decimal(1)) if in_pounds else Scale("£000", Decimal(1_000))
    if largest >= 10_000_000:
        millions = Scale("million", Decimal(1_000_000))
        return Scale("billion", Decimal(1_000_000_000)) if largest >= 10_000_000_000 else millions
    return Scale(_plain(units), Decimal(1))


def _plain(units: Sequence[Unit]) -> str:
    return "%" if Unit.PERCENT in units else "Number"


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """`low` and `high` are the ends of the axis, `ticks` the numbers written beside it."""

    low: Decimal
    high: Decimal
    ticks: tuple[Decimal, ...]

    @property
    def decimals(self) -> int:
        return max(decimals_of(tick) for tick in self.ticks)

    @property
    def is_round(self) -> bool:
        """False for steps of 2.5, 25 and the like."""
        return (self.ticks[1] - self.ticks[0]).normalize().as_tuple().digits != (2, 5)

    def height_of(self, value: Decimal, plot_height: float) -> float:
        """How far under the plot's upper edge a value stands."""
        return float((self.high - value) / (self.high - self.low)) * plot_height


def value_axis(values: Iterable[Decimal], *, from_zero: bool, headroom: Decimal = Decimal(0)) -> ValueAxis:
    """An axis that holds all values, from one round number to another; with zero where columns stand on it, and where
    it is no further away than the values are spread. `headroom` is the share that is left free beyond the values.
    """
    every = list(values) or [Decimal(0)]
    low, high = min(every), max(every)
    spread = high - low
    if from_zero or not spread or (low > 0 and low <= spread) or (high < 0 and -high <= spread):
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        return ValueAxis(Decimal(0), Decimal(1), (Decimal(0), Decimal(1)))
    room = (high - low) * (headroom if spread else max(headroom, _HEADROOM_OF_EQUALS))
    high, low = high + room if high > 0 else high, low - room if low < 0 else low
    axes = [_axis(low, high, step) for step in _steps(high - low)]
    return min(axes, key=lambda axis: (axis.high - axis.low) * (1 if axis.is_round else _UNWIELDY))


def _steps(spread: Decimal) -> list[Decimal]:
    power = Decimal(1).scaleb((spread / _MOST_INTERVALS).adjusted())
    return [
        step * power for step in _STEPS if _FEWEST_INTERVALS <= spread / (step * power) <= _MOST_INTERVALS
    ]


def _axis(low: Decimal, high: Decimal, step: Decimal) -> ValueAxis:
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    ticks = tuple(step * (first + n) for n in range(int(last - first) + 1))
    return ValueAxis(ticks[0], ticks[-1], ticks)


def shown_periods(periods: Sequence[Period], plot_width: float, size: float) -> list[int]:
    """The positions of the periods that are written under the axis: as many as stand side by side, evenly."""
    if not periods:
        return []
    widest = max(width(period.short, size) for period in periods) + _BETWEEN_LABELS
    band = plot_width / len(periods)
    steps = _ABREAST[periods[0].kind] if len(periods) > 1 else (1,)
    every = next((step for step in steps if step * band >= widest), len(periods))
    return list(range(0, len(periods), every))
