"""Metrics that are made from others' data: rolling averages, shares, changes and running totals."""

from collections import deque
from collections.abc import Iterator, Mapping
from decimal import Context, Decimal, localcontext

from svreport.model.period import Period, PeriodKind
from svreport.model.submission import Calculation, CalculationKind

Series = Mapping[Period, Decimal]

MONTHS_AVERAGED = 12
_SIGNIFICANT = 12
# Far more digits than a figure is told with, so that no sum of a long series loses one.
_WHILE_CALCULATING = Context(prec=60)
_ROUNDING = Context(prec=_SIGNIFICANT)
_LARGEST = Decimal("1E+308")


def calculate(calculation: Calculation, of: Series, whole: Series | None = None) -> dict[Period, Decimal]:
    """The calculated series, by period; a period for which it cannot be told has no value.

    An average takes the twelve consecutive months that end with its own and has no value where one is missing; a
    share is in percent and needs both figures of a period; a change is from the period just before; a running total
    adds up what there is, from the first figure on. Figures are told with twelve significant digits.
    """
    made: dict[Period, Decimal] = {}
    with localcontext(_WHILE_CALCULATING):
        for kind in PeriodKind:
            if calculation.kind is CalculationKind.AVERAGE and kind is not PeriodKind.MONTH:
                continue
            part = {period: of[period] for period in sorted(of) if period.kind is kind}
            for period, value in _values(calculation.kind, part, whole or {}):
                if abs(value) <= _LARGEST:
                    made[period] = _told(value)
    return made


def _values(kind: CalculationKind, part: Series, whole: Series) -> Iterator[tuple[Period, Decimal]]:
    if kind is CalculationKind.AVERAGE:
        return _averages(part)
    if kind is CalculationKind.CHANGE:
        return (
            (period, value - before)
            for period, value in part.items()
            if (before := part.get(period.next(-1))) is not None
        )
    if kind is CalculationKind.TOTAL:
        return _totals(part)
    return ((period, value / whole[period] * 100) for period, value in part.items() if whole.get(period))


def _averages(part: Series) -> Iterator[tuple[Period, Decimal]]:
    run: deque[Decimal] = deque(maxlen=MONTHS_AVERAGED)
    for period, value in part.items():
        if period.next(-1) not in part:
            run.clear()
        run.append(value)
        if len(run) == MONTHS_AVERAGED:
            yield period, sum(run, Decimal(0)) / MONTHS_AVERAGED


def _totals(part: Series) -> Iterator[tuple[Period, Decimal]]:
    total = Decimal(0)
    for period, value in part.items():
        total += value
        yield period, total


def _told(value: Decimal) -> Decimal:
    """With the significant digits that a figure is told with, and without zeros behind its decimals."""
    rounded = value.normalize(_ROUNDING)
    whole = rounded.as_tuple().exponent
    if isinstance(whole, int) and whole > 0 and rounded.adjusted() < _SIGNIFICANT:
        return rounded.quantize(Decimal(1))
    return rounded
