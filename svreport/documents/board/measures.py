"""Every measure as a dashboard tells it: its figures, how far it is from its forecast, and whether that matters."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from svreport.documents.board.words import cells
from svreport.documents.board_context import FigureRow, MeasureLine
from svreport.documents.charts import DerivedCharts
from svreport.documents.submission import shown
from svreport.model import formats, names
from svreport.model.entry import Entry
from svreport.model.facts import Facts, NoFigure
from svreport.model.finding import mark
from svreport.model.period import Period
from svreport.model.quantity import Quantity, Unit
from svreport.model.references import find_reference, headed
from svreport.model.series import MetricSeries
from svreport.model.submission import BetterWhen

_TOLERANCE = Decimal(5)
_TELLS_NOTHING = Decimal(1000)  # percent
_BETTER = {BetterWhen.LOWER: "Lower is better", BetterWhen.HIGHER: "Higher is better"}


def measure_lines(facts: Facts, charts: DerivedCharts, condition_ids: list[str]) -> Iterator[MeasureLine]:
    """In the order of the sheet Metrics; `condition_ids` stand beside the submission's conditions."""
    for number, (key, series) in enumerate(facts.series.items(), 1):
        yield _Measure(facts, series).line(f"measure-{number}", charts, key, condition_ids)


class _Measure:
    """One measure, with its latest actual and the forecast for the same period."""

    def __init__(self, facts: Facts, series: MetricSeries) -> None:
        self._facts = facts
        self._series = series
        self._metric = series.metric
        self._latest: Period | None = None
        self._fault = ""
        try:
            facts.actual(series.name)
            self._latest = max(each for each, entry in series.actual.items() if not entry.is_empty)
        except NoFigure as missing:
            self._fault = mark(missing.fault.fault or "", missing.fault.place) if missing.fault else ""

    def line(self, number: str, charts: DerivedCharts, key: str, condition_ids: list[str]) -> MeasureLine:
        latest = self._latest
        actual = self._value(self._series.actual, latest)
        forecast = self._value(self._series.forecast, latest)
        standing, style = self._standing(actual, forecast)
        conditions = self._conditions()
        return MeasureLine(
            id=number,
            name=self._series.name,
            title=self._metric.title.value or shown(self._metric.title) or self._series.name,
            unit=shown(self._metric.unit),
            conditions=names.listed((told for told, _ in conditions), "and", 24),
            condition_ids=" ".join(condition_ids[at] for _, at in conditions if at is not None),
            period=str(latest) if latest else "",
            actual=self._fault or self._printed(actual),
            forecast=self._shown(self._series.forecast.get(latest)) if latest else "",
            gap=self._gap(actual, forecast, full=True),
            better=_BETTER.get(self._metric.better_when.value, "") if self._metric.better_when.value else "",
            tolerance=self._tolerance_told(forecast),
            standing=standing,
            style=style,
            chart=charts.of_metric(key),
            rows=tuple(self._rows()),
            source=shown(self._metric.source),
            place=str(self._metric.name.place),
        )

    def _rows(self) -> Iterator[FigureRow]:
        for period in self._series.periods:
            entries = (self._series.actual.get(period), self._series.forecast.get(period))
            actual, forecast = (each.value if each else None for each in entries)
            yield FigureRow(
                str(period),
                self._shown(entries[0]),
                self._shown(entries[1]),
                self._gap(actual, forecast, full=False),
                self._is_off(actual, forecast),
                cells(each.place for each in entries if each is not None and not each.is_empty),
            )

    @staticmethod
    def _value(entries: Mapping[Period, Entry[Decimal]], period: Period | None) -> Decimal | None:
        entry = entries.get(period) if period is not None else None
        return entry.value if entry is not None else None

    def _shown(self, entry: Entry[Decimal] | None) -> str:
        if entry is None or entry.is_empty:
            return ""
        return mark(entry.fault, entry.place) if entry.fault else self._printed(entry.value)

    def _printed(self, amount: Decimal | None) -> str:
        if amount is None:
            return ""
        return formats.quantity(Quantity(amount, self._series.unit, self._series.decimals))

    def _gap(self, actual: Decimal | None, forecast: Decimal | None, *, full: bool) -> str:
        """`492 above (8.7%)`: how far the actual is from the forecast, in words that need no colour."""
        if actual is None or forecast is None:
            return ""
        gap = actual - forecast
        if not gap:
            return "As forecast"
        size = self._printed(abs(gap))
        if self._series.unit is Unit.PERCENT:
            size = f"{size.removesuffix('%')} percentage points"
        share = _share(gap, forecast)
        way = "above" if gap > 0 else "below"
        return f"{size} {way} forecast{share}" if full else f"{size} {way}{share}"

    def _allowed(self, forecast: Decimal) -> Decimal:
        tolerance = self._metric.tolerance.value
        return abs(forecast) * (_TOLERANCE if tolerance is None else tolerance) / 100

    def _is_off(self, actual: Decimal | None, forecast: Decimal | None) -> bool:
        if actual is None or forecast is None:
            return False
        return self._wrong_by(actual, forecast) > self._allowed(forecast)

    def _wrong_by(self, actual: Decimal, forecast: Decimal) -> Decimal:
        """How far the actual is on the wrong side; below zero on the right one, or where no side is wrong."""
        better = self._metric.better_when.value
        if better is None:
            return Decimal(-1)
        return actual - forecast if better is BetterWhen.LOWER else forecast - actual

    def _tolerance_told(self, forecast: Decimal | None) -> str:
        if self._metric.tolerance.fault:
            return shown(self._metric.tolerance)
        tolerance = self._metric.tolerance.value
        allowed = _TOLERANCE if tolerance is None else tolerance
        told = (
            f"{formats.number(allowed, 0 if allowed == allowed.to_integral_value() else 1)}% of the forecast"
        )
        better = self._metric.better_when.value
        if forecast is None or better is None:
            return told
        sign = 1 if better is BetterWhen.LOWER else -1
        return f"{told}: {'up' if sign > 0 else 'down'} to {self._printed(forecast + sign * self._allowed(forecast))}"

    def _standing(self, actual: Decimal | None, forecast: Decimal | None) -> tuple[str, str]:
        if self._fault:
            return "Cannot be read", "warn"
        if self._latest is None:
            return ("Forecast only" if self._series.forecast else "No figures yet"), "plain"
        if actual is None or forecast is None:
            return "No forecast to compare with", "plain"
        if self._metric.better_when.value is None:
            return "Not judged: neither lower nor higher is said to be better", "plain"
        if self._is_off(actual, forecast):
            return "Off track", "bad"
        if self._wrong_by(actual, forecast) > 0:
            return "Within tolerance", "warn"
        return "On track", "good"

    def _conditions(self) -> list[tuple[str, int | None]]:
        """Each condition that the measure belongs to, as printed, with its place among the conditions."""
        rows = self._facts.submission.conditions
        found: list[tuple[str, int | None]] = []
        if self._metric.conditions.fault:
            return [(shown(self._metric.conditions), None)]
        for ref in self._metric.conditions.value or ():
            row = find_reference(ref, rows, "Condition")
            at = next((n for n, each in enumerate(rows) if each is row), None)
            found.append((headed(ref, "Condition"), at))
        return found


def _share(gap: Decimal, forecast: Decimal) -> str:
    """` (8.7%)` of the forecast; nothing beside a forecast so small that the share would tell nothing."""
    share = abs(gap / forecast) * 100 if forecast else _TELLS_NOTHING
    if share >= _TELLS_NOTHING:
        return ""
    return f" ({formats.number(share, 1 if share < 100 else 0)}%)"
