"""Indicators of packs' sheets: what each stands at, where it is going, and whether its target is met."""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from svreport.model import names
from svreport.model.entry import Entry
from svreport.model.facts import Facts
from svreport.model.pack_sheets import ColumnType, PackSheet, Part, SheetRow
from svreport.model.period import Period
from svreport.model.quantity import Quantity, Unit, decimals_of
from svreport.model.series import MetricSeries
from svreport.model.submission import BetterWhen

POINTS = 4
"""How many of the last actuals a trend is told from."""
_STEADY = Decimal("0.01")  # of the earlier figure: less than that is no movement
_TOLERANCE = Decimal(5)
_MOST_DECIMALS = 2


class Trend(StrEnum):
    RISING = "rising"
    FALLING = "falling"
    STEADY = "steady"


class Standing(StrEnum):
    """How the latest figure compares with a target that was set, or else with the metric's forecast."""

    MET = "Met"
    NOT_YET = "Not yet met"
    MISSED = "Missed"
    NOT_MET = "Not met"
    ON_TRACK = "On track"
    OFF_TRACK = "Off track"


class Reading(NamedTuple):
    """A figure and its period, either of which may not be known; `place` is where it was entered."""

    value: Decimal | None = None
    period: Period | None = None
    fault: Entry[Any] | None = None


class Indicator(NamedTuple):
    """One row of indicators; figures are in `unit`. What a metric's data says goes before what was typed.

    `target_is_forecast` is True where no target was typed and the metric's forecast for the latest period stands in.
    `trend` is told since `since`, which is None where it was typed or told from the baseline.
    """

    sheet: PackSheet
    row: SheetRow
    series: MetricSeries | None
    unit: Unit
    decimals: int
    better: BetterWhen | None
    baseline: Reading
    latest: Reading
    target: Decimal | None
    target_is_forecast: bool
    by: Period | None
    data_month: Period | None
    trend: Trend | None
    since: Period | None

    def entry(self, part: Part) -> Entry[Any] | None:
        """The cell of a part; None where the sheet has no such column."""
        return _entry(self.sheet, self.row, part)

    def quantity(self, amount: Decimal) -> Quantity:
        return Quantity(amount, self.unit, self.decimals)

    @property
    def is_better(self) -> bool | None:
        """Whether the trend goes the right way; None for a steady one, or where nobody says which way that is."""
        if self.trend in (None, Trend.STEADY) or self.better is None:
            return None
        return (self.trend is Trend.RISING) is (self.better is BetterWhen.HIGHER)

    @property
    def standing(self) -> Standing | None:
        """None where there is no figure, no target, or nobody says which way is better."""
        latest, target = self.latest.value, self.target
        if latest is None or target is None or self.better is None:
            return None
        short = latest - target if self.better is BetterWhen.LOWER else target - latest
        if self.target_is_forecast:
            told = self.series.metric.tolerance.value if self.series else None
            allowed = abs(target) * (_TOLERANCE if told is None else told) / 100
            return Standing.OFF_TRACK if short > allowed else Standing.ON_TRACK
        if short <= 0:
            return Standing.MET
        if self.by is None:
            return Standing.NOT_MET
        month = self.latest.period or self.data_month
        return Standing.NOT_YET if month is not None and month.last < self.by.last else Standing.MISSED

    @property
    def counts_against(self) -> bool:
        """True for a target that is not met, and for one that is still to be met and is being moved away from."""
        if self.standing is Standing.NOT_YET:
            return self.is_better is False
        return self.standing in (Standing.MISSED, Standing.NOT_MET, Standing.OFF_TRACK)

    @property
    def counts_for(self) -> bool:
        return self.standing in (Standing.MET, Standing.ON_TRACK)


def indicators_of(sheet: PackSheet, facts: Facts) -> Iterator[Indicator]:
    """Each row of a sheet of indicators, in order; nothing for a sheet of another kind."""
    if sheet.declared.is_of_indicators and not sheet.fault:
        for row in sheet.rows:
            yield _indicator(sheet, row, facts)


def _indicator(sheet: PackSheet, row: SheetRow, facts: Facts) -> Indicator:
    metric = _value(sheet, row, Part.METRIC)
    series = facts.series.get(names.key(metric)) if metric else None
    actuals = _actuals(series)
    typed_target = _value(sheet, row, Part.TARGET)
    latest = _latest(sheet, row, actuals)
    forecast = series.forecast.get(latest.period) if series and latest.period else None
    target = typed_target if typed_target is not None else forecast.value if forecast else None
    baseline = _baseline(sheet, row, actuals)
    typed_trend = _value(sheet, row, Part.TREND)
    trend, since = data_trend(actuals)
    if trend is None:
        trend = Trend(typed_trend) if typed_trend else direction(baseline.value, latest.value)
    unit = _value(sheet, row, Part.UNIT)
    typed = [_value(sheet, row, each) for each in (Part.BASELINE, Part.LATEST, Part.TARGET)]
    needed = [decimals_of(each) for each in typed if each is not None]
    better = _value(sheet, row, Part.BETTER)
    return Indicator(
        sheet,
        row,
        series,
        series.unit if series else Unit(unit) if unit else Unit.NUMBER,
        min(_MOST_DECIMALS, max([series.decimals if series else 0, *needed])),
        (series.metric.better_when.value if series else None) or (BetterWhen(better) if better else None),
        baseline,
        latest,
        target,
        typed_target is None and target is not None,
        _value(sheet, row, Part.BY),
        _data_month(facts),
        trend,
        since,
    )


def data_trend(actuals: list[tuple[Period, Entry[Decimal]]]) -> tuple[Trend | None, Period | None]:
    """The trend over the last actuals of one kind of period, and since when; None with fewer than two of them."""
    kind = actuals[-1][0].kind if actuals else None
    points = [each for each in actuals if each[0].kind is kind][-POINTS:]
    if len(points) < 2:
        return None, None
    told = direction(points[0][1].value, points[-1][1].value)
    return told, points[0][0] if told else None


def direction(before: Decimal | None, now: Decimal | None) -> Trend | None:
    """Where a figure went; a movement of less than one in a hundred is none."""
    if before is None or now is None:
        return None
    if abs(now - before) < abs(before) * _STEADY or now == before:
        return Trend.STEADY
    return Trend.RISING if now > before else Trend.FALLING


def _latest(sheet: PackSheet, row: SheetRow, actuals: list[tuple[Period, Entry[Decimal]]]) -> Reading:
    if actuals:
        period, entry = actuals[-1]
        return Reading(entry.value, period, entry if entry.fault else None)
    typed = _entry(sheet, row, Part.LATEST)
    metric = _entry(sheet, row, Part.METRIC)
    if metric is not None and metric.fault and (typed is None or typed.is_empty):
        return Reading(fault=metric)
    if typed is None:
        return Reading()
    return Reading(typed.value, _value(sheet, row, Part.AS_AT), typed if typed.fault else None)


def _baseline(sheet: PackSheet, row: SheetRow, actuals: list[tuple[Period, Entry[Decimal]]]) -> Reading:
    """What was typed, or else the actual of a year before the latest, or else the first there is."""
    typed = _entry(sheet, row, Part.BASELINE)
    if typed is not None and not typed.is_empty:
        return Reading(typed.value, None, typed if typed.fault else None)
    if len(actuals) < 2:
        return Reading()
    last = actuals[-1][0]
    year_ago = (each for each in actuals if each[0].kind is last.kind and each[0].last == last.last - 12)
    period, entry = next(year_ago, actuals[0])
    return Reading(entry.value, period, entry if entry.fault else None)


def _actuals(series: MetricSeries | None) -> list[tuple[Period, Entry[Decimal]]]:
    return [each for each in series.actual.items() if not each[1].is_empty] if series else []


def _data_month(facts: Facts) -> Period | None:
    submission = facts.submission
    update = submission.updates[submission.current] if submission.current is not None else None
    return Period.of_date(update.data_as_at.value) if update and update.data_as_at.value else None


def _entry(sheet: PackSheet, row: SheetRow, part: Part) -> Entry[Any] | None:
    column = sheet.declared.part(part)
    return row.entries[column.field] if column else None


def _value(sheet: PackSheet, row: SheetRow, part: Part) -> Any:
    entry = _entry(sheet, row, part)
    return entry.value if entry is not None else None


def parent_of(sheet: PackSheet, among: tuple[PackSheet, ...]) -> tuple[PackSheet, str] | None:
    """The sheet whose rows this one's belong to, and the field that names them; None where it belongs to none."""
    column = next((each for each in sheet.declared.columns if each.type is ColumnType.ROW), None)
    if column is None:
        return None
    found = (each for each in among if names.key(each.declared.name) == names.key(column.sheet))
    parent = next(found, None)
    return (parent, column.field) if parent is not None else None
