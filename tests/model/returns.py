"""Small returns to test with: a few words make a submission whose every value has a cell of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import TypeVar

from svreport.model.entry import Entry
from svreport.model.facts import Facts
from svreport.model.finding import Place
from svreport.model.level import Level, standard_scale
from svreport.model.period import Period, read_period
from svreport.model.quantity import Unit
from svreport.model.submission import (
    Calculation,
    Condition,
    FinanceLine,
    Metric,
    Observation,
    Programme,
    Risk,
    Role,
    Submission,
    Update,
)

T = TypeVar("T")

UNREAD = "not a figure"


@dataclass
class Cells:
    """Gives each entry the next row of its sheet, in column B; `UNREAD` is one with a fault."""

    rows: dict[str, "count[int]"] = field(default_factory=dict)

    def of(self, sheet: str, value: T | None, fault: str | None = None) -> Entry[T]:
        row = next(self.rows.setdefault(sheet, count(2)))
        return Entry(value, Place(sheet, row, 2), fault)


@dataclass
class Series:
    """A metric with its figures: `data` is period → (actual, forecast), each a number, None or `UNREAD`."""

    name: str
    data: Mapping[str, Sequence[str | float | None]] = field(default_factory=dict)
    unit: Unit = Unit.NUMBER
    calculation: Calculation | None = None


def facts_of(
    *series: Series,
    finance: Mapping[tuple[str, str], Mapping[str, str | float | None]] | None = None,
    money_in: Unit | None = None,
    conditions: Mapping[str, Sequence[str | None]] | None = None,
    risks: Mapping[str, Sequence[str | None]] | None = None,
    updates: Sequence[str] = ("Update 1 (May)", "Update 2 (August)"),
    current: int | None = 1,
    items: Mapping[str, str | None] | None = None,
) -> Facts:
    cells = Cells()
    return Facts(
        Submission(
            workbook="return.xlsx",
            folder=".",
            sheets=(),
            programme=programme(cells, money_in, items or {}),
            updates=tuple(
                Update(cells.of("Updates", label), cells.of("Updates", None), cells.of("Updates", None))
                for label in updates
            ),
            current=current,
            conditions=tuple(
                Condition(
                    cells.of("Conditions", ref),
                    cells.of("Conditions", "Words"),
                    _levels(cells, "Conditions", told),
                )
                for ref, told in (conditions or {}).items()
            ),
            risks=tuple(
                Risk(
                    cells.of("Risks", ref),
                    cells.of("Risks", "Words"),
                    _levels(cells, "Risks", told),
                    cells.of("Risks", None),
                    cells.of("Risks", None),
                )
                for ref, told in (risks or {}).items()
            ),
            metrics=tuple(_metric(cells, each) for each in series),
            observations=tuple(
                _observation(cells, each.name, period, figures)
                for each in series
                for period, figures in each.data.items()
            ),
            finance=tuple(
                FinanceLine(
                    cells.of("Finance", scenario),
                    cells.of("Finance", line),
                    cells.of("Finance", Role.OTHER),
                    {period(year): _number(cells, "Finance", value) for year, value in years.items()},
                )
                for (scenario, line), years in (finance or {}).items()
            ),
        )
    )


def period(text: str) -> Period:
    found = read_period(text)
    assert found is not None, text
    return found


def programme(cells: Cells, money_in: Unit | None, items: Mapping[str, str | None]) -> Programme:
    def none() -> Entry[T]:
        return cells.of("Programme", None)

    return Programme(
        authority=none(),
        authority_code=none(),
        financial_year=none(),
        current_update=none(),
        agreement_ends=none(),
        money_in=cells.of("Programme", money_in),
        deficits_negative=none(),
        limit_basis=none(),
        previous_workbook=none(),
        forecast_scenario=none(),
        finance_complete=none(),
        adviser_support=none(),
        dashboard=none(),
        items={name: cells.of("Programme", value) for name, value in items.items()},
    )


def _metric(cells: Cells, series: Series) -> Metric:
    return Metric(
        name=cells.of("Metrics", series.name),
        title=cells.of("Metrics", series.name),
        unit=cells.of("Metrics", series.unit),
        better_when=cells.of("Metrics", None),
        tolerance=cells.of("Metrics", None),
        conditions=cells.of("Metrics", ()),
        calculation=cells.of("Metrics", series.calculation),
        source=cells.of("Metrics", None),
    )


def _observation(cells: Cells, metric: str, when: str, figures: Sequence[str | float | None]) -> Observation:
    actual, forecast = (*figures, None, None)[:2]
    return Observation(
        metric=cells.of("Metric data", metric),
        period=cells.of("Metric data", read_period(when), None if read_period(when) else "PER-01"),
        actual=_number(cells, "Metric data", actual),
        forecast=_number(cells, "Metric data", forecast),
        note=cells.of("Metric data", None),
    )


def _number(cells: Cells, sheet: str, value: str | float | None) -> Entry[Decimal]:
    if value == UNREAD:
        return cells.of(sheet, None, "NUM-01")
    return cells.of(sheet, None if value is None else Decimal(str(value)))


def _levels(cells: Cells, sheet: str, told: Sequence[str | None]) -> tuple[Entry[Level], ...]:
    scale = standard_scale()
    return tuple(
        cells.of(sheet, None, "LVL-01")
        if name == UNREAD
        else cells.of(sheet, scale.read(name) if name else None)
        for name in told
    )
