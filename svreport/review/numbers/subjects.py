"""What the workbook measures, one subject for each metric and each line of Finance, and its own figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from svreport.model.entry import Entry
from svreport.model.facts import Facts, quoted
from svreport.model.finding import Place
from svreport.model.period import Period
from svreport.model.quantity import Unit
from svreport.model.references import reference_key
from svreport.model.series import MetricSeries
from svreport.model.submission import FinanceLine, Role
from svreport.review.numbers.calendar import Calendar
from svreport.review.numbers.naming import Names, names_of


class Measure(StrEnum):
    """What a figure is measured in, as far as a number in prose can tell."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure that a number may stand for: `value` in pounds, percent or ones, signed.

    `words` are joined only for the few figures that are found.
    """

    value: Decimal
    measure: Measure
    words: tuple[object, ...]
    places: tuple[Place, ...]

    @property
    def figure(self) -> str:
        """How text writes it, `{{ … }}`, or a description of what text cannot write."""
        return "".join(map(str, self.words))

    @property
    def source(self) -> str:
        return ", ".join(str(place) for place in dict.fromkeys(self.places))


Column = Mapping[Period, Entry[Decimal]]


@dataclass(frozen=True)
class Subject:
    """A metric or a line of Finance: its columns by name (`actual` and `forecast`, or `finance`), latest period last.

    `factor` turns its amounts into pounds; `usual` are the periods that are meant where a sentence names none.
    """

    key: int
    label: str
    measure: Measure
    names: Names
    columns: Mapping[str, Column]
    factor: int = 1
    conditions: frozenset[str] = frozenset()
    usual: tuple[Period, ...] = ()
    scenario: str = ""
    line: str = ""

    @cached_property
    def filled(self) -> Mapping[str, Mapping[Period, Decimal]]:
        """The values in pounds, percent or ones of the cells that hold one."""
        return {
            name: {
                period: cell.value * self.factor for period, cell in column.items() if cell.value is not None
            }
            for name, column in self.columns.items()
        }

    @cached_property
    def by_last_month(self) -> Mapping[int, tuple[Period, ...]]:
        """Its periods under the month they end in: March 2031 and 2030-31 end together."""
        found: dict[int, list[Period]] = {}
        for column in self.filled.values():
            for period in column:
                if period not in found.setdefault(period.last, []):
                    found[period.last].append(period)
        return {month: tuple(periods) for month, periods in found.items()}

    def at(self, named: Period) -> tuple[Period, ...]:
        """The periods of this subject that are told at a named one."""
        return self.by_last_month.get(named.last, ())

    def place(self, column: str, period: Period) -> Place:
        return self.columns[column][period].place

    def direct(self, column: str, period: Period) -> Candidate:
        """One cell's figure, made once."""
        found = self._made.get((column, period))
        if found is None:
            found = self._made[column, period] = self._direct(column, period)
        return found

    @cached_property
    def _made(self) -> dict[tuple[str, Period], Candidate]:
        return {}

    @cached_property
    def every(self) -> tuple[Candidate, ...]:
        """Each cell's figure."""
        return tuple(self.direct(*cell) for cell in self.all_direct())

    def _direct(self, column: str, period: Period) -> Candidate:
        if column == "finance":
            words = ("{{ finance(", quoted(self.scenario), ", ", quoted(self.line), ", '", period, "') }}")
        else:
            words = ("{{ ", column, "(", quoted(self.label), ", '", period, "') }}")
        value = self.filled[column][period]
        return Candidate(value, self.measure, words, (self.place(column, period),))

    def all_direct(self) -> Iterator[tuple[str, Period]]:
        for name, column in self.filled.items():
            for period in reversed(list(column)):
                yield name, period


def measure_of(unit: Unit) -> Measure:
    if unit.is_money:
        return Measure.MONEY
    return Measure.PERCENT if unit is Unit.PERCENT else Measure.COUNT


_HINTS = {
    Role.IN_YEAR: "overspend underspend surplus inyear",
    Role.CARRIED_FORWARD: "cumulative carried",
    Role.RESIDUAL: "residual",
    Role.LIMIT: "limit cap exceeding",
    Role.DFE_PAYMENT: "payment instalment paid",
    Role.LA_CONTRIBUTION: "contribution",
    Role.INCOME: "income allocation funding",
    Role.TRANSFER: "transfer",
    Role.MITIGATION: "saving mitigation",
    Role.EXPENDITURE: "spending expenditure cost",
}


def subjects_of(facts: Facts, calendar: Calendar) -> list[Subject]:
    """Every metric that has figures, then every line of Finance, in the order of the sheets."""
    found = [_metric_subject(series) for series in facts.series.values()]
    pounds = facts.submission.programme.money_unit.pounds
    found += [
        _line_subject(line, pounds, calendar)
        for line in facts.submission.finance
        if line.scenario.value and line.line.value
    ]
    return [
        replace(subject, key=key)
        for key, subject in enumerate(each for each in found if any(each.filled.values()))
    ]


def _metric_subject(series: MetricSeries) -> Subject:
    metric = series.metric
    unit = series.unit
    refs = metric.conditions.value or ()
    told = [period for period, cell in series.actual.items() if cell.value is not None]
    latest = told or [period for period, cell in series.forecast.items() if cell.value is not None]
    return Subject(
        key=0,
        label=series.name,
        measure=measure_of(unit),
        names=names_of(series.name, metric.title.value or ""),
        columns={"actual": series.actual, "forecast": series.forecast},
        factor=unit.pounds,
        conditions=frozenset(reference_key(ref, "Condition") for ref in refs),
        usual=(max(latest),) if latest else (),
    )


def _line_subject(line: FinanceLine, pounds: int, calendar: Calendar) -> Subject:
    scenario, name = str(line.scenario.value), str(line.line.value)
    years = dict(sorted(line.years.items()))
    filled = [year for year, cell in years.items() if cell.value is not None]
    usual = [year for year in (calendar.year, *filled[-1:]) if year in filled]
    hints = _HINTS.get(line.role.value, "").split() if line.role.value else []
    return Subject(
        key=0,
        label=f"{scenario}: {name}",
        measure=Measure.MONEY,
        names=names_of(name, hints=hints),
        columns={"finance": years},
        factor=pounds,
        usual=tuple(dict.fromkeys(usual)),
        scenario=scenario,
        line=name,
    )
