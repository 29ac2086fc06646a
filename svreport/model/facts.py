"""Every figure that text can use, with how it is written, how it prints and the cells it comes from."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

from svreport.model import formats, names
from svreport.model.entry import Entry
from svreport.model.finding import Place
from svreport.model.period import Period, read_period
from svreport.model.quantity import Quantity, decimals_of
from svreport.model.references import References
from svreport.model.series import MetricSeries, series_of_metrics, sources_of
from svreport.model.submission import (
    Condition,
    FinanceLine,
    Risk,
    Submission,
)

_MOST_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """A value that text can place: `written` is the call (`actual('EHCP')`), `places` the cells it is made of.

    `quantity` is None for words (a level, a programme item), and `printed` then is the word.
    """

    written: str
    about: str
    printed: str
    places: tuple[Place, ...]
    quantity: Quantity | None = None


@dataclass(eq=False)
class NoFigure(Exception):
    """A figure that was asked for is not in the workbook.

    `fault` is set where the cell is there but could not be read: the entry whose own finding tells it, so that it is
    not told twice.
    """

    read: str
    expected: str
    mend: str
    fault: Entry[Any] | None = None


class Facts:
    """The figures of one submission, asked for by name as text asks for them; names match whatever their case.

    Every method raises `NoFigure` for a name, period or cell that is not there.
    """

    def __init__(self, submission: Submission) -> None:
        self.submission = submission

    @cached_property
    def series(self) -> Mapping[str, MetricSeries]:
        """Each metric's actuals and forecasts under its name's key, calculated ones included."""
        return series_of_metrics(self.submission)

    def actual(self, metric: str, period: str | None = None) -> Figure:
        series = self._series(metric)
        when = self._latest(series) if period is None else self._period(series, period)
        entry = self._observed(series, "actual", when)
        return self._figure(f"actual({_call(series.name, period)})", series, "actual", when, entry)

    def forecast(self, metric: str, period: str | None = None) -> Figure:
        series = self._series(metric)
        when = self._latest(series) if period is None else self._period(series, period)
        entry = self._observed(series, "forecast", when)
        return self._figure(f"forecast({_call(series.name, period)})", series, "forecast", when, entry)

    def gap(self, metric: str, period: str | None = None) -> Figure:
        """Actual less forecast."""
        series = self._series(metric)
        when = self._latest(series) if period is None else self._period(series, period)
        actual, forecast = self._observed(series, "actual", when), self._observed(series, "forecast", when)
        written = f"gap({_call(series.name, period)})"
        return self._difference(written, series, f"actual less forecast, {when}", actual, forecast)

    def change(self, metric: str, since: str) -> Figure:
        """The latest actual less that period's."""
        series = self._series(metric)
        now, then = self._latest(series), self._period(series, since)
        latest, earlier = self._observed(series, "actual", now), self._observed(series, "actual", then)
        written = f"change({_call(series.name, since)})"
        return self._difference(written, series, f"actual, {now} less {then}", latest, earlier)

    def finance(self, scenario: str, line: str, year: str) -> Figure:
        """One cell of `Finance`."""
        found = self._finance_line(scenario, line)
        scenario, line = str(found.scenario.value), str(found.line.value)
        wanted = read_period(year)
        if wanted is None or wanted not in found.years:
            years = [str(each) for each in found.years]
            raise NoFigure(year, f"one of the years {names.listed(years)}", _mend("the year", year, years))
        unit = self.submission.programme.money_in
        if unit.fault:
            raise NoFigure(str(wanted), "money whose unit can be read", f"correct {unit.place}", unit)
        entry = found.years[wanted]
        if entry.value is None:
            filled = [str(each) for each, cell in found.years.items() if cell.value is not None]
            expected = f"a year with a figure: {names.listed(filled) or 'the line has none yet'}"
            raise NoFigure(
                str(wanted), expected, f"fill in {entry.place}, or name another year", _fault(entry)
            )
        decimals = min(_MOST_DECIMALS, decimals_of(entry.value))
        quantity = Quantity(entry.value, self.submission.programme.money_unit, decimals)
        written = f"finance({quoted(scenario)}, {quoted(line)}, {quoted(str(wanted))})"
        about = f"{scenario}: {line}, {wanted}"
        return Figure(written, about, formats.quantity(quantity), (entry.place,), quantity)

    def level(self, ref: str, update: str | None = None) -> Figure:
        """The assurance level of a condition or a risk, now or at an update."""
        found = self._rated(ref)
        position = self._update(update)
        entry = found.levels[position]
        label = self.submission.updates[position].label.value or "the current update"
        if entry.value is None:
            raise NoFigure(
                f"{ref}, {label}", "an update with a level", f"fill in {entry.place}", _fault(entry)
            )
        written = f"level({quoted(ref)}, {quoted(label)})" if update else f"level({quoted(ref)})"
        return Figure(written, f"{ref}, {label}", entry.value.name, (entry.place,))

    def programme(self, item: str) -> Figure:
        """A programme item's text."""
        items = self.submission.programme.items
        by_key = {names.key(name): name for name in items}
        name = by_key.get(names.key(item))
        if name is None:
            raise NoFigure(
                item, f"an item of Programme: {names.listed(items)}", _mend("the item", item, items)
            )
        entry = items[name]
        if entry.value is None:
            raise NoFigure(item, "an item that is filled in", f"fill in {entry.place}", _fault(entry))
        return Figure(f"programme({quoted(name)})", name, entry.value, (entry.place,))

    def everything(self) -> Iterator[Figure]:
        """Every figure that can be told, in the order of the sheets: the latest of each metric, then each period."""
        for ask in self._questions():
            try:
                yield ask()
            except NoFigure:
                continue

    def _questions(self) -> Iterator[Callable[[], Figure]]:
        for item in self.submission.programme.items:
            yield partial(self.programme, item)
        labels = [update.label.value for update in self.submission.updates if update.label.value]
        for ref in self._references():
            yield partial(self.level, ref)
            for label in labels:
                yield partial(self.level, ref, label)
        for series in self.series.values():
            for period in (None, *(str(each) for each in series.periods)):
                for way in (self.actual, self.forecast, self.gap):
                    yield partial(way, series.name, period)
            for since in series.actual:
                yield partial(self.change, series.name, str(since))
        for line in self.submission.finance:
            for year in line.years:
                yield partial(self.finance, line.scenario.value or "", line.line.value or "", str(year))

    def _references(self) -> Iterator[str]:
        """Every reference as text has to write it: `Risk 1` for a risk that shares its `1` with a condition."""
        yield from (each.ref.value for each in self.submission.conditions if each.ref.value)
        for ref in (each.ref.value for each in self.submission.risks if each.ref.value):
            yield f"Risk {ref}" if self._conditions.find(ref) else ref

    @cached_property
    def _conditions(self) -> References[Condition]:
        return References(self.submission.conditions, "Condition")

    @cached_property
    def _risks(self) -> References[Risk]:
        return References(self.submission.risks, "Risk")

    def _series(self, metric: str) -> MetricSeries:
        found = self.series.get(names.key(metric))
        if found is None:
            known = [series.name for series in self.series.values()]
            expected = f"a metric: {names.listed(known)}" if known else "a metric; the sheet Metrics has none"
            raise NoFigure(metric, expected, _mend("the metric", metric, known))
        for entry in (found.metric.unit, found.metric.calculation):
            if entry.fault:
                raise NoFigure(metric, "a metric that can be read", f"correct {entry.place}", entry)
        return found

    @cached_property
    def _unplaced(self) -> Mapping[str, Entry[Period]]:
        """The first unreadable period of each metric's observations, under the metric's key."""
        rows = self.submission.observations
        faults = [(names.key(row.metric.value or ""), row.period) for row in rows if row.period.fault]
        return dict(reversed(faults))

    def _unread(self, series: MetricSeries) -> Entry[Any] | None:
        """An observation of the metric, or of those it is made from, whose period could not be read."""
        waiting, seen = [names.key(series.name)], set[str]()
        while self._unplaced and waiting:
            key = waiting.pop()
            if key in self._unplaced:
                return self._unplaced[key]
            if key not in seen and key in self.series:
                waiting += sources_of(self.series[key].metric)
            seen.add(key)
        return None

    def _latest(self, series: MetricSeries) -> Period:
        """An actual that could not be read may be the latest: an earlier one in its place would be a guess."""
        unread = self._unread(series)
        if unread:
            raise NoFigure(
                series.name, "observations whose period can be read", f"correct {unread.place}", unread
            )
        told = [period for period, entry in series.actual.items() if not entry.is_empty]
        if not told:
            raise NoFigure(
                series.name, "a metric with at least one actual", "fill in its actuals on Metric data"
            )
        return max(told)

    def _period(self, series: MetricSeries, text: str) -> Period:
        period = read_period(text)
        if period is None:
            near = [str(each) for each in series.periods]
            raise NoFigure(text, "a period such as Apr 2024, Q2 2024-25 or 2024-25", _mend("it", text, near))
        return period

    def _observed(self, series: MetricSeries, column: str, period: Period) -> Entry[Decimal]:
        values = series.actual if column == "actual" else series.forecast
        entry = values.get(period)
        if entry is None or entry.value is None:
            told = [str(each) for each, cell in values.items() if cell.value is not None]
            span = f"{told[0]} to {told[-1]}" if len(told) > 1 else "".join(told)
            expected = f"a period for which {series.name} has {'an' if column == 'actual' else 'a'} {column}"
            expected += f": {span}" if span else "; it has none"
            mend = "name a period that has one, or add it to Metric data"
            raise NoFigure(str(period), expected, mend, _fault(entry) if entry else self._unread(series))
        return entry

    def _figure(
        self, written: str, series: MetricSeries, column: str, period: Period, entry: Entry[Decimal]
    ) -> Figure:
        quantity = Quantity(entry.value or Decimal(0), series.unit, series.decimals)
        about = f"{series.name}, {column}, {period}"
        return Figure(written, about, formats.quantity(quantity), (entry.place,), quantity)

    def _difference(
        self, written: str, series: MetricSeries, what: str, first: Entry[Decimal], second: Entry[Decimal]
    ) -> Figure:
        amount = (first.value or Decimal(0)) - (second.value or Decimal(0))
        quantity = Quantity(amount, series.unit, series.decimals)
        places = tuple(dict.fromkeys((first.place, second.place)))
        return Figure(written, f"{series.name}, {what}", formats.quantity(quantity), places, quantity)

    @cached_property
    def _finance_lines(self) -> Mapping[tuple[str, str], FinanceLine]:
        """The first line of each name under the keys of its scenario and its own."""
        lines = reversed(self.submission.finance)
        return {
            (names.key(each.scenario.value or ""), names.key(each.line.value or "")): each for each in lines
        }

    def _finance_line(self, scenario: str, line: str) -> FinanceLine:
        told = self._finance_lines.get((names.key(scenario), names.key(line)))
        if told is not None:
            return told
        lines = self.submission.finance
        scenarios = list(dict.fromkeys(each.scenario.value for each in lines if each.scenario.value))
        of_scenario = [each for each in lines if names.key(each.scenario.value or "") == names.key(scenario)]
        if not of_scenario:
            expected = f"a scenario of Finance: {names.listed(scenarios) or 'there is none yet'}"
            raise NoFigure(scenario, expected, _mend("the scenario", scenario, scenarios))
        known = [each.line.value for each in of_scenario if each.line.value]
        raise NoFigure(line, f"a line of {scenario}: {names.listed(known)}", _mend("the line", line, known))

    def _rated(self, ref: str) -> Condition | Risk:
        found: Condition | Risk | None = self._conditions.find(ref) or self._risks.find(ref)
        if found is None:
            rated: list[Condition | Risk] = [*self.submission.conditions, *self.submission.risks]
            known = [each.ref.value for each in rated if each.ref.value]
            raise NoFigure(
                ref, f"a condition or risk: {names.listed(known)}", _mend("the reference", ref, known)
            )
        return found

    def _update(self, label: str | None) -> int:
        updates = self.submission.updates
        if label is None:
            if self.submission.current is None:
                entry = self.submission.programme.current_update
                expected = "a current update that is one of Updates"
                raise NoFigure("the current update", expected, f"fill in {entry.place}", _fault(entry))
            return self.submission.current
        for position, update in enumerate(updates):
            if names.key(update.label.value or "") == names.key(label):
                return position
        known = [update.label.value for update in updates if update.label.value]
        raise NoFigure(label, f"an update: {names.listed(known)}", _mend("the update", label, known))


def quoted(text: str) -> str:
    """A name between straight quotes, as text writes it: single ones unless the name holds one."""
    return f'"{text}"' if "'" in text else f"'{text}'"


def _call(name: str, period: str | None) -> str:
    return f"{quoted(name)}, {quoted(period)}" if period else quoted(name)


def _mend(what: str, wanted: str, known: Iterable[str]) -> str:
    return names.did_you_mean(wanted, known) or f"correct {what}"


def _fault(entry: Entry[Any]) -> Entry[Any] | None:
    return entry if entry.fault else None
