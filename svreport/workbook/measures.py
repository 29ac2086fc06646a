"""The measures and their figures: the sheets `Metrics` and `Metric data`."""

from collections.abc import Sequence

from svreport.model import names
from svreport.model.entry import Entry
from svreport.model.finding import Place
from svreport.model.period import Period
from svreport.model.quantity import Unit
from svreport.model.submission import (
    BetterWhen,
    Condition,
    Metric,
    Observation,
)
from svreport.workbook import cells, rules
from svreport.workbook.calculated import read_calculation, resolve_calculations
from svreport.workbook.cells import Found
from svreport.workbook.figures import figure, tolerance
from svreport.workbook.rows import Row, Table
from svreport.workbook.words import ConditionNames

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


def read_metrics(
    table: Table, conditions: Sequence[Condition], conditions_known: bool, found: Found
) -> tuple[Metric, ...]:
    """The metrics, with their conditions' references as `Conditions` writes them."""
    known = ConditionNames(conditions) if conditions_known else None
    metrics = [_metric(row, known, found) for row in table.rows]
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
    return tuple(resolve_calculations(metrics, found))


def _metric(row: Row, conditions: ConditionNames | None, found: Found) -> Metric:
    refs = row.read("Conditions", cells.references)
    if refs.value and conditions:
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
        calculation=read_calculation(row.read("Calculation", cells.line), found),
        source=row.read("Source", cells.line),
    )


def _resolved(
    entry: Entry[tuple[str, ...]], refs: tuple[str, ...], conditions: ConditionNames, found: Found
) -> Entry[tuple[str, ...]]:
    known = [(ref, conditions.find(ref)) for ref in refs]
    unknown = [ref for ref, held in known if held is None]
    if not unknown:
        return Entry(tuple(dict.fromkeys(held for _, held in known if held)), entry.place)
    if len(unknown) == 1:
        return cells.not_among(unknown[0], conditions.refs, rules.REFERENCE, entry.place, found)
    return cells.refused(
        found,
        rules.REFERENCE,
        entry.place,
        read=names.listed(unknown, "and"),
        expected=names.listed(conditions.refs) or "there is none yet",
        mend="correct the references",
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
        return row._replace(period=period)
