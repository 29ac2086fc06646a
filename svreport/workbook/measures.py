"""The measures and their figures: the sheets `Metrics` and `Metric data`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from svreport.model import names
from svreport.model.finding import Place
from svreport.model.period import Period
from svreport.model.quantity import Unit
from svreport.model.submission import (
    BetterWhen,
    Calculation,
    CalculationKind,
    Condition,
    Entry,
    Metric,
    Observation,
)
from svreport.workbook import cells, rules
from svreport.workbook.cells import Found
from svreport.workbook.figures import figure, tolerance
from svreport.workbook.rows import Row, Table
from svreport.workbook.words import find_condition

_UNIT_HINTS = {
    "%": "percent",
    "per cent": "percent",
    "percentage": "percent",
    "pounds": "£",
    "gbp": "£",
    "£k": "£000",
}
_UNIT_HINTS |= {
    "£'000": "£000",
    "£000s": "£000",
    "£ million": "£m",
    "£million": "£m",
    "count": "number",
    "no.": "number",
}
_FORMS = ("12-month average of …", "… as % of …", "change in …", "running total of …")
_AVERAGE = re.compile(r"12[ -]?months?(?: rolling)? average of (.+)", re.IGNORECASE)
_CHANGE = re.compile(r"change in (.+)", re.IGNORECASE)
_TOTAL = re.compile(r"running total of (.+)", re.IGNORECASE)
_SHARE = re.compile(r"(.+?) as (?:a )?(?:%|per ?cent|percentage) of (.+)", re.IGNORECASE)


def read_metrics(
    table: Table, conditions: Sequence[Condition], conditions_known: bool, found: Found
) -> tuple[Metric, ...]:
    """The metrics, with their conditions' references as `Conditions` writes them."""
    metrics = [_metric(row, conditions, conditions_known, found) for row in table.rows]
    seen: dict[str, Entry[str]] = {}
    for metric in metrics:
        if metric.name.value is None:
            continue
        first = seen.setdefault(names.key(metric.name.value), metric.name)
        if first is not metric.name:
            cells.refused(
                found,
                rules.METRIC_TWICE,
                metric.name.place,
                read=f"{metric.name.value}, as in {first.place.cell}",
                expected="a name of its own for each metric",
                mend="correct the name, or clear the row",
            )
    metrics = _Calculations(metrics, found).resolved()
    return tuple(metrics)


def _metric(row: Row, conditions: Sequence[Condition], conditions_known: bool, found: Found) -> Metric:
    refs = row.read("Conditions", cells.references)
    if refs.value and conditions_known:
        refs = _resolved(refs, refs.value, conditions, found)
    title = row.read("Title", cells.line)
    if title.is_empty and row.table.has("Title"):
        found.append(
            rules.EMPTY_ASKED.at(
                title.place,
                read="an empty cell",
                expected="what charts and tables call the metric",
                mend="fill it in; until then its short name is used",
            )
        )
    return Metric(
        name=row.read("Metric", cells.line),
        title=title,
        unit=row.read("Unit", cells.choice(Unit, rules.UNIT, _UNIT_HINTS)),
        better_when=row.read("Better when", cells.choice(BetterWhen, rules.CHOICE)),
        tolerance=row.read("Tolerance", tolerance),
        conditions=refs,
        calculation=_calculation(row.read("Calculation", cells.line), found),
        source=row.read("Source", cells.line),
    )


def _resolved(
    entry: Entry[tuple[str, ...]], refs: tuple[str, ...], conditions: Sequence[Condition], found: Found
) -> Entry[tuple[str, ...]]:
    known = [(ref, find_condition(ref, conditions)) for ref in refs]
    unknown = [ref for ref, held in known if held is None]
    if not unknown:
        return Entry(tuple(dict.fromkeys(held for _, held in known if held)), entry.place)
    held = [each.ref.value for each in conditions if each.ref.value]
    return (
        cells.not_among(unknown[0], held, rules.REFERENCE, entry.place, found)
        if len(unknown) == 1
        else cells.refused(
            found,
            rules.REFERENCE,
            entry.place,
            read=names.listed(unknown, "and"),
            expected=names.listed(held) or "there is none yet",
            mend="correct the references",
        )
    )


def _calculation(entry: Entry[str], found: Found) -> Entry[Calculation]:
    if entry.value is None:
        return Entry(None, entry.place, entry.fault)
    typed = entry.value
    if match := _AVERAGE.fullmatch(typed):
        return Entry(Calculation(CalculationKind.AVERAGE, match[1]), entry.place)
    if match := _CHANGE.fullmatch(typed):
        return Entry(Calculation(CalculationKind.CHANGE, match[1]), entry.place)
    if match := _TOTAL.fullmatch(typed):
        return Entry(Calculation(CalculationKind.TOTAL, match[1]), entry.place)
    if match := _SHARE.fullmatch(typed):
        return Entry(Calculation(CalculationKind.SHARE, match[1], match[2]), entry.place)
    return cells.refused(
        found,
        rules.CALCULATION,
        entry.place,
        read=typed,
        expected=names.listed(_FORMS),
        mend=_likely_form(typed),
    )


def _likely_form(typed: str) -> str:
    wanted = names.key(typed)
    for words, form in (
        ("average mean rolling month", _FORMS[0]),
        ("% percent share proportion /", _FORMS[1]),
        ("change difference chg", _FORMS[2]),
        ("total cumulative sum", _FORMS[3]),
    ):
        if any(word in wanted for word in words.split()):
            return f"write it as {form}"
    return names.did_you_mean(typed[:200], _FORMS) or "write it in one of these forms, or leave it empty"


class _Calculations:
    """Settles what each calculated metric is made from, once all metrics are known."""

    def __init__(self, metrics: list[Metric], found: Found) -> None:
        self._metrics = metrics
        self._found = found
        self._by_key: dict[str, Metric] = {}
        for metric in metrics:
            if metric.name.value:
                self._by_key.setdefault(names.key(metric.name.value), metric)

    def resolved(self) -> list[Metric]:
        self._metrics = [self._named(metric) for metric in self._metrics]
        self._by_key = {key: self._current(metric) for key, metric in self._by_key.items()}
        circled: set[str] = set()
        for key in self._by_key:
            if key not in circled and (circle := self._circle(key)):
                circled |= set(circle)
                self._tell_circle([self._by_key[each] for each in circle])
        for metric in self._metrics:
            if metric.calculation.value and names.key(metric.name.value or "") not in circled:
                self._tell_unit(metric, metric.calculation.value)
        return [
            replace(metric, calculation=Entry(None, metric.calculation.place, rules.CALCULATION_CIRCLE.code))
            if metric.calculation.value and names.key(metric.name.value or "") in circled
            else metric
            for metric in self._metrics
        ]

    def _current(self, metric: Metric) -> Metric:
        return next(each for each in self._metrics if each.name == metric.name)

    def _named(self, metric: Metric) -> Metric:
        """The metric, its calculation naming others as `Metrics` writes them; unknown ones are told."""
        entry = metric.calculation
        if entry.value is None:
            return metric
        told = [name for name in (entry.value.of, entry.value.whole) if name is not None]
        unknown = [name for name in told if names.key(name) not in self._by_key]
        if unknown:
            known = [str(each.name.value) for each in self._by_key.values() if each.name != metric.name]
            return replace(
                metric,
                calculation=cells.not_among(
                    names.listed(unknown, "and"), known, rules.CALCULATION_METRIC, entry.place, self._found
                ),
            )
        held = [str(self._by_key[names.key(name)].name.value) for name in told]
        return replace(metric, calculation=Entry(Calculation(entry.value.kind, *held), entry.place))

    def _sources(self, key: str) -> list[str]:
        metric = self._by_key.get(key)
        calculation = metric.calculation.value if metric else None
        if calculation is None:
            return []
        return [names.key(name) for name in (calculation.of, calculation.whole) if name]

    def _circle(self, start: str) -> list[str]:
        """The metrics on the way from this one back to itself, or none."""
        waiting: list[tuple[str, list[str]]] = [(start, [start])]
        seen: set[str] = set()
        while waiting:
            key, path = waiting.pop()
            for source in self._sources(key):
                if source == start:
                    return path
                if source not in seen:
                    seen.add(source)
                    waiting.append((source, [*path, source]))
        return []

    def _tell_circle(self, circle: list[Metric]) -> None:
        path = " ← ".join(str(metric.name.value) for metric in [*circle, circle[0]])
        cells.refused(
            self._found,
            rules.CALCULATION_CIRCLE,
            min(metric.calculation.place for metric in circle),
            read=path,
            expected="a calculation that ends at a metric with figures of its own",
            mend="correct one of these calculations",
        )

    def _tell_unit(self, metric: Metric, calculation: Calculation) -> None:
        unit = metric.unit.value
        source = self._by_key[names.key(calculation.of)].unit.value
        fitting = Unit.PERCENT if calculation.kind is CalculationKind.SHARE else source
        if unit is None or fitting is None or unit is fitting:
            return
        cells.refused(
            self._found,
            rules.CALCULATION_UNIT,
            metric.unit.place,
            read=unit.value,
            expected=fitting.value,
            mend=f"choose {fitting.value}, or correct the calculation in {metric.calculation.place.cell}",
        )


def read_observations(
    table: Table, metrics: Sequence[Metric], metric_fault: str | None, found: Found
) -> tuple[Observation, ...]:
    """The figures, in their metric's unit; `metric_fault` is what they carry where `Metrics` is missing."""
    reader = _Observations(metrics, metric_fault, found)
    return tuple(reader.read(row) for row in table.rows)


class _Observations:
    def __init__(self, metrics: Sequence[Metric], metric_fault: str | None, found: Found) -> None:
        self._metrics: dict[str, Metric] = {}
        for metric in metrics:
            if metric.name.value:
                self._metrics.setdefault(names.key(metric.name.value), metric)
        self._metric_fault = metric_fault
        self._found = found
        self._seen: dict[tuple[str, Period], Place] = {}
        self._calculated: set[str] = set()

    def read(self, row: Row) -> Observation:
        name = row.read("Metric", cells.line)
        metric = self._metrics.get(names.key(name.value)) if name.value else None
        if name.value is not None:
            name = self._named(name, name.value, metric)
        unit = metric.unit if metric else None
        amounts = figure(unit.value if unit else None, unit.fault if unit else name.fault)
        observation = Observation(
            metric=name,
            period=row.read("Period", cells.period),
            actual=row.read("Actual", amounts),
            forecast=row.read("Forecast", amounts),
            note=row.read("Note", cells.text),
        )
        if metric is not None:
            return self._once(observation, metric)
        return observation

    def _named(self, entry: Entry[str], typed: str, metric: Metric | None) -> Entry[str]:
        if metric is not None:
            return Entry(metric.name.value, entry.place)
        if self._metric_fault:
            return Entry(None, entry.place, self._metric_fault)
        known = [str(each.name.value) for each in self._metrics.values()]
        return cells.not_among(typed, known, rules.METRIC, entry.place, self._found)

    def _once(self, row: Observation, metric: Metric) -> Observation:
        key = names.key(str(metric.name.value))
        if not metric.calculation.is_empty:
            if key not in self._calculated:
                self._calculated.add(key)
                self._found.append(
                    rules.DATA_OF_CALCULATED.at(
                        row.metric.place,
                        read=f"figures of {metric.name.value}",
                        expected=f"none, since {metric.calculation.place} calculates it",
                        mend="clear its rows, or its calculation",
                    )
                )
            return row
        if row.period.value is None:
            return row
        first = self._seen.setdefault((key, row.period.value), row.period.place)
        if first is row.period.place:
            return row
        period = cells.refused(
            self._found,
            rules.OBSERVATION_TWICE,
            row.period.place,
            read=f"{metric.name.value}, {row.period.value}, as in row {first.row}",
            expected="one row for each period",
            mend="put the figures together in one row, and clear the other",
        )
        return replace(row, period=period)
