"""Everything an exhibit's Series can name: the actual and forecast of each metric, and each line of Finance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from svreport.model import names
from svreport.model.entry import Entry
from svreport.model.facts import Facts
from svreport.model.period import Period
from svreport.model.quantity import Unit
from svreport.model.submission import ExhibitKind, Role

_BALANCES = frozenset({Role.BROUGHT_FORWARD, Role.CARRIED_FORWARD, Role.LIMIT, Role.RESIDUAL})


@dataclass(frozen=True, slots=True)
class Source:
    """One series of the workbook, whole.

    `group` and `kind` are what it is called by: the metric's title and `actual` or `forecast`, or the scenario and the
    line. `decimals` is None where only the figures that are shown can tell. `forecast_from` is the first financial
    year of a plan that cannot have ended yet; `is_balance` is True for what stands at a year's end. `lost` holds the
    entries that could not be read and because of which figures are not among `entries`.
    """

    name: str
    sheet: str
    group: str
    kind: str
    is_metric: bool
    unit: Unit
    unit_entry: Entry[Unit]
    entries: Mapping[Period, Entry[Decimal]]
    decimals: int | None = None
    is_forecast: bool = False
    is_balance: bool = False
    forecast_from: Period | None = None
    lost: tuple[Entry[Any], ...] = ()


def series_key(name: str) -> str:
    """What two ways to write a series share: case, spacing, and the spaces around a slash."""
    return "/".join(part.strip() for part in names.key(name).split("/"))


def sources_of(facts: Facts) -> dict[str, Source]:
    """Every series under its key; a metric's name counts before a finance line that is written the same."""
    found: dict[str, Source] = {}
    for source in (*_of_metrics(facts), *_of_finance(facts)):
        found.setdefault(series_key(source.name), source)
    return found


def sources_of_metrics(facts: Facts) -> dict[str, tuple[Source, Source]]:
    """The actual and the forecast of each metric under its name's key, in the order of `Metrics`."""
    made = _of_metrics(facts)
    return {key: (made[2 * at], made[2 * at + 1]) for at, key in enumerate(facts.series)}


def _of_metrics(facts: Facts) -> list[Source]:
    lost: dict[str, list[Entry[Any]]] = {}
    for row in facts.submission.observations:
        if row.period.fault and row.metric.value:
            lost.setdefault(names.key(row.metric.value), []).append(row.period)
    made = []
    for series in facts.series.values():
        calculation = series.metric.calculation
        unread = (*lost.get(names.key(series.name), ()), *([calculation] if calculation.fault else []))
        title = series.metric.title.value or series.name
        for kind, entries in (("actual", series.actual), ("forecast", series.forecast)):
            made.append(
                Source(
                    name=f"{series.name} {kind}",
                    sheet="Metric data",
                    group=title,
                    kind=kind,
                    is_metric=True,
                    unit=series.unit,
                    unit_entry=series.metric.unit,
                    entries=entries,
                    decimals=series.decimals,
                    is_forecast=kind == "forecast",
                    lost=unread,
                )
            )
    return made


def _of_finance(facts: Facts) -> list[Source]:
    programme = facts.submission.programme
    made = []
    for line in facts.submission.finance:
        scenario, name = line.scenario.value, line.line.value
        if not scenario or not name:
            continue
        made.append(
            Source(
                name=f"{scenario} / {name}",
                sheet="Finance",
                group=scenario,
                kind=name,
                is_metric=False,
                unit=programme.money_unit,
                unit_entry=programme.money_in,
                entries=dict(sorted(line.years.items())),
                is_balance=line.role.value in _BALANCES,
                forecast_from=programme.financial_year.value,
            )
        )
    return made


def labels(sources: Sequence[Source]) -> list[str]:
    """What each series is called beside the others: no more than tells them apart, and never two alike.

    `Actual` and `Forecast` of one metric; the title of each of several, with what it is in brackets; the lines of one
    scenario, the scenarios of one line, or both.
    """
    if all(source.is_metric for source in sources) and len({source.group for source in sources}) == 1:
        chosen = [source.kind.capitalize() for source in sources]
    elif all(source.is_metric for source in sources):
        chosen = [f"{source.group} ({source.kind})" for source in sources]
    elif not any(source.is_metric for source in sources):
        chosen = _finance_labels(sources)
    else:
        chosen = [f"{s.group} ({s.kind})" if s.is_metric else f"{s.group}: {s.kind}" for s in sources]
    alike = {label for label in chosen if chosen.count(label) > 1}
    return [source.name if label in alike else label for source, label in zip(sources, chosen, strict=True)]


def _finance_labels(sources: Sequence[Source]) -> list[str]:
    if len({source.group for source in sources}) == 1:
        return [source.kind for source in sources]
    if len({source.kind for source in sources}) == 1:
        return [source.group for source in sources]
    return [f"{source.group}: {source.kind}" for source in sources]


def columns(kind: ExhibitKind, sources: Sequence[Source]) -> list[bool]:
    """Which series are columns: in a column and line chart what happens within a year, and actuals.

    Balances and forecasts are its lines. Where that leaves no line, the last one named is the line; where it leaves
    no column, the first one is the columns.
    """
    if kind is not ExhibitKind.COLUMN_AND_LINE:
        return [kind is ExhibitKind.COLUMN] * len(sources)
    chosen = [not source.is_balance and not source.is_forecast for source in sources]
    if len(sources) > 1 and all(chosen):
        chosen[-1] = False
    if not any(chosen):
        chosen[0] = True
    return chosen
