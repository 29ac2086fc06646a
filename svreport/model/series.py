"""A metric's actuals and forecasts by period, those that are calculated included."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from svreport.model import names
from svreport.model.calculations import MONTHS_AVERAGED, calculate
from svreport.model.entry import Entry
from svreport.model.period import Period, PeriodKind
from svreport.model.quantity import Unit, decimals_of
from svreport.model.submission import (
    Calculation,
    CalculationKind,
    Metric,
    Submission,
)

_MOST_DECIMALS = 2
_MOST_DECIMALS_CALCULATED = 1
# The period itself and those before it that a figure is made from; a running total needs all, and is told apart.
_PERIODS_NEEDED = {
    CalculationKind.AVERAGE: MONTHS_AVERAGED,
    CalculationKind.CHANGE: 2,
    CalculationKind.SHARE: 1,
    CalculationKind.TOTAL: 1,
}


class MetricSeries(NamedTuple):
    """`actual` and `forecast` are in the metric's unit, in the order of the periods.

    `decimals` is what its figures print with: as many as any of its data has, at most two, or one if calculated.
    """

    metric: Metric
    actual: Mapping[Period, Entry[Decimal]]
    forecast: Mapping[Period, Entry[Decimal]]
    decimals: int

    @property
    def name(self) -> str:
        return str(self.metric.name.value)

    @property
    def unit(self) -> Unit:
        return self.metric.unit.value or Unit.NUMBER

    @property
    def periods(self) -> list[Period]:
        return sorted({*self.actual, *self.forecast})


def series_of_metrics(submission: Submission) -> dict[str, MetricSeries]:
    """Each metric's series under its name's key, in the order of `Metrics`; the first of a repeated name counts.

    A metric calculated from one that is not there, or from itself in a circle, has no figures: reading says so.
    """
    metrics: dict[str, Metric] = {}
    for metric in submission.metrics:
        if metric.name.value:
            metrics.setdefault(names.key(metric.name.value), metric)
    observed = _observed(submission)
    made: dict[str, MetricSeries] = {}
    for key in metrics:
        waiting = [key]
        while waiting:
            sources = [] if waiting[-1] in made else sources_of(metrics[waiting[-1]])
            missing = [
                each for each in sources if each in metrics and each not in made and each not in waiting
            ]
            if missing:
                waiting.append(missing[0])
            else:
                last = waiting.pop()
                if last not in made:
                    made[last] = _series(
                        metrics[last], observed.get(last, ({}, {})), [made.get(each) for each in sources]
                    )
    return {key: made[key] for key in metrics}


Columns = tuple[dict[Period, Entry[Decimal]], dict[Period, Entry[Decimal]]]


def _observed(submission: Submission) -> dict[str, Columns]:
    columns: dict[str, Columns] = {}
    for row in submission.observations:
        if not row.metric.value or row.period.value is None:
            continue
        actual, forecast = columns.setdefault(names.key(row.metric.value), ({}, {}))
        if not row.actual.is_empty:
            actual.setdefault(row.period.value, row.actual)
        if not row.forecast.is_empty:
            forecast.setdefault(row.period.value, row.forecast)
    return {
        key: (dict(sorted(actual.items())), dict(sorted(forecast.items())))
        for key, (actual, forecast) in columns.items()
    }


def sources_of(metric: Metric) -> list[str]:
    """The keys of the metrics that a calculated one is made from."""
    calculation = metric.calculation.value
    return [names.key(name) for name in (calculation.of, calculation.whole) if name] if calculation else []


def _series(metric: Metric, observed: Columns, sources: list[MetricSeries | None]) -> MetricSeries:
    calculation = metric.calculation.value
    if calculation is None:
        return MetricSeries(metric, *observed, _decimals(_MOST_DECIMALS, *observed))
    actual = _calculated(metric, calculation, [each.actual if each else {} for each in sources])
    forecast = _calculated(metric, calculation, [each.forecast if each else {} for each in sources])
    decimals = _calculated_decimals(calculation, sources[0], actual, forecast)
    return MetricSeries(metric, actual, forecast, decimals)


def _calculated(
    metric: Metric, calculation: Calculation, sources: list[Mapping[Period, Entry[Decimal]]]
) -> dict[Period, Entry[Decimal]]:
    """Its figures stand at the cell that says how they are calculated; one that would need a cell that could not be
    read has that cell's fault instead.
    """
    told = [
        {period: entry.value for period, entry in source.items() if entry.value is not None}
        for source in sources
    ]
    values = calculate(calculation, told[0], told[1] if len(told) > 1 else None) if any(told) else {}
    place = metric.calculation.place
    made = {period: Entry(value, place) for period, value in values.items()}
    made.update(_spoilt(calculation.kind, sources))
    return dict(sorted(made.items()))


def _spoilt(
    kind: CalculationKind, sources: list[Mapping[Period, Entry[Decimal]]]
) -> dict[Period, Entry[Decimal]]:
    """The periods whose figure would need a cell that could not be read, each with that cell."""
    faults = {period: entry for source in sources for period, entry in source.items() if entry.fault}
    if not faults:
        return {}
    spoilt: dict[Period, Entry[Decimal]] = {}
    since: dict[PeriodKind, Entry[Decimal]] = {}
    for period in sorted({period for source in sources for period in source}):
        if kind is CalculationKind.TOTAL and period in faults:
            since.setdefault(period.kind, faults[period])
        needed = (faults.get(period.next(-step)) for step in range(_PERIODS_NEEDED[kind]))
        fault = since.get(period.kind) or next((each for each in needed if each), None)
        if fault:
            spoilt[period] = fault
    return spoilt


def _calculated_decimals(
    calculation: Calculation,
    source: MetricSeries | None,
    actual: Mapping[Period, Entry[Decimal]],
    forecast: Mapping[Period, Entry[Decimal]],
) -> int:
    """Sums and differences need no more than their data; averages and shares have one."""
    if calculation.kind in (CalculationKind.CHANGE, CalculationKind.TOTAL) and source:
        return min(source.decimals, _MOST_DECIMALS_CALCULATED)
    return _decimals(_MOST_DECIMALS_CALCULATED, actual, forecast)


def _decimals(most: int, *columns: Mapping[Period, Entry[Decimal]]) -> int:
    needed = (
        decimals_of(entry.value) for column in columns for entry in column.values() if entry.value is not None
    )
    return min(most, max(needed, default=0))
