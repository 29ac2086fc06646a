"""The metrics and levels as papers tell them: where each stands now."""

from collections.abc import Iterator
from decimal import Decimal

from svreport.documents.charts import DerivedCharts
from svreport.documents.context import LevelCount, MetricRow
from svreport.model import formats, names
from svreport.model.facts import Facts
from svreport.model.quantity import Quantity
from svreport.model.references import headed
from svreport.model.series import MetricSeries
from svreport.model.submission import BetterWhen, Submission
from svreport.word.fields import Chart, Stack, Step

_TOLERANCE = Decimal(5)


def metric_rows(facts: Facts, charts: DerivedCharts | None = None) -> dict[str, MetricRow]:
    """Each metric that has an actual under its name's key, in the order of the sheet."""
    rows = (
        (key, _row(series, charts.of_metric(key) if charts else Chart()))
        for key, series in facts.series.items()
    )
    return {key: row for key, row in rows if row is not None}


def _row(series: MetricSeries, chart: Chart) -> MetricRow | None:
    periods = [period for period, entry in series.actual.items() if entry.value is not None]
    if not periods:
        return None
    period = periods[-1]
    actual = series.actual[period].value or Decimal(0)
    forecasted = series.forecast.get(period)
    forecast = forecasted.value if forecasted else None
    gap = None if forecast is None else actual - forecast

    def printed(amount: Decimal | None) -> str:
        return "" if amount is None else formats.quantity(Quantity(amount, series.unit, series.decimals))

    metric = series.metric
    return MetricRow(
        name=series.name,
        title=metric.title.value or series.name,
        period=str(period),
        latest=printed(actual),
        forecast=printed(forecast),
        gap=printed(gap),
        gap_size=_in_points(printed(None if gap is None else abs(gap))),
        above=gap is not None and gap > 0,
        below=gap is not None and gap < 0,
        off_track=_off_track(series, gap, forecast),
        source=metric.source.value or "",
        chart=chart,
    )


def _in_points(size: str) -> str:
    """`0.42 points`: how far two percentages are apart is no percentage of anything."""
    if not size.endswith("%"):
        return size
    number = size.removesuffix("%")
    return f"{number} point" if number == "1" else f"{number} points"


def _off_track(series: MetricSeries, gap: Decimal | None, forecast: Decimal | None) -> bool:
    better = series.metric.better_when.value
    if gap is None or forecast is None or better is None:
        return False
    tolerance = series.metric.tolerance.value
    allowed = abs(forecast) * (_TOLERANCE if tolerance is None else tolerance) / 100
    return gap > allowed if better is BetterWhen.LOWER else -gap > allowed


def level_counts(submission: Submission) -> Iterator[LevelCount]:
    """The levels that conditions have now, best first."""
    current = submission.current
    for level in submission.scale.levels if current is not None else ():
        own = [
            headed(each.ref.value or "", "Condition")
            for each in submission.conditions
            if current is not None and each.levels[current].value == level
        ]
        if own:
            yield LevelCount(level.name, Stack((Step("", level),)), len(own), names.listed(own, "and"))
