"""Metrics that are made from others' data: rolling averages, shares, changes and running totals."""

from collections.abc import Mapping
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING

from svreport.model.period import Period, PeriodKind
from svreport.model.submission import Calculation, CalculationKind

if TYPE_CHECKING:
    import pandas

Series = Mapping[Period, Decimal]

_SIGNIFICANT = 12
MONTHS_AVERAGED = 12


def calculate(calculation: Calculation, of: Series, whole: Series | None = None) -> dict[Period, Decimal]:
    """The calculated series, by period; a period for which it cannot be told has no value.

    An average takes the twelve consecutive months that end with its own and has no value where one is missing; a
    share is in percent and needs both figures of a period; a change is from the period just before; a running total
    adds up what there is, from the first figure on.
    """

    made: dict[Period, Decimal] = {}
    for kind in PeriodKind:
        if calculation.kind is CalculationKind.AVERAGE and kind is not PeriodKind.MONTH:
            continue
        part = _frame(of, kind)
        if part.empty:
            continue
        values = _values(calculation.kind, part, _frame(whole or {}, kind))
        for step, value in values.dropna().items():
            if isfinite(value):
                made[Period(kind, int(str(step)))] = _decimal(float(value))
    return made


def _values(
    kind: CalculationKind, part: "pandas.Series[float]", whole: "pandas.Series[float]"
) -> "pandas.Series[float]":
    import numpy
    import pandas

    with numpy.errstate(over="ignore", invalid="ignore"):
        if kind is CalculationKind.AVERAGE:
            return part.rolling(MONTHS_AVERAGED, min_periods=MONTHS_AVERAGED).mean()
        if kind is CalculationKind.CHANGE:
            return part.diff()
        if kind is CalculationKind.TOTAL:
            return part.cumsum()
        return part / whole.where(whole != 0) * 100 if not whole.empty else pandas.Series(dtype=float)


def _frame(series: Series, kind: PeriodKind) -> "pandas.Series[float]":
    """One kind of period, indexed by first month, with a gap as NaN wherever a period between has no figure."""
    import pandas

    told = {period.first: float(value) for period, value in series.items() if period.kind is kind}
    if not told:
        return pandas.Series(dtype=float)
    step = Period(kind, 0).next().first
    return pandas.Series(told).reindex(range(min(told), max(told) + 1, step))


def _decimal(value: float) -> Decimal:
    return Decimal(f"{value:.{_SIGNIFICANT}g}")
