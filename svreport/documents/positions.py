"""Where the plan's scenarios stand at each year's end, and what they save like for like, as papers place it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from svreport.documents.context import FinanceSummary, Scenario
from svreport.model import formats, names
from svreport.model.entry import Entry
from svreport.model.finding import Place, mark
from svreport.model.period import Period
from svreport.model.quantity import Quantity, Unit, decimals_of
from svreport.model.scenarios import (
    CHART,
    Comparison,
    PlanScenario,
    asks_for_scenarios,
    like_for_like,
    plan_scenarios,
)
from svreport.model.submission import Submission
from svreport.narrative.blocks import Block, Cell, Run, Table
from svreport.review.scenarios import NO_POSITIONS, NO_SAVINGS
from svreport.word.fields import Rich

_NOTHING = "–"
_A_MILLION = 1_000_000
_MOST_DECIMALS = 1


def with_positions(
    summary: FinanceSummary, submission: Submission, exhibits: Mapping[str, tuple[Block, ...]]
) -> FinanceSummary:
    """The summary with its scenarios' positions, their table and chart, and the savings."""
    plans = plan_scenarios(submission)
    compared = like_for_like(plans)
    unit, sheet = submission.programme.money_unit, Place("Finance")
    own = {names.key(each.name): each for each in summary.scenarios}
    savings = {names.key(each.mitigated.name): each for each in compared}
    told: dict[str, Scenario] = {}
    for each in plans:
        key = names.key(each.name)
        told[key] = _scenario(own[key], each, savings.get(key), unit)
    asked = asks_for_scenarios(submission)
    return replace(
        summary,
        scenarios=tuple(told.get(names.key(each.name), each) for each in summary.scenarios),
        positions=Rich((_table(plans, unit),)) if plans else Rich(()),
        chart=Rich(exhibits.get(names.key(CHART), ())),
        savings=tuple(told[key] for key in savings),
        with_surplus=any((entry.value or 0) < 0 for each in plans for entry in each.carried.values()),
        with_payments=any(
            side.has_payments for each in compared for side in (each.unmitigated, each.mitigated)
        ),
        rounded=any(_looks_wrong(each, unit) for each in compared),
        no_positions=mark(NO_POSITIONS.code, sheet) if asked and not plans else "",
        no_savings=mark(NO_SAVINGS.code, sheet) if asked and plans and not compared else "",
    )


def money(entry: Entry[Decimal] | None, unit: Unit) -> str:
    """`£67m`, `£137.2m`: as papers write it, to a tenth of a million."""
    if entry is None:
        return ""
    if entry.value is None:
        return mark(entry.fault or "", entry.place)
    pounds = entry.value * unit.pounds
    if abs(pounds) < _A_MILLION:
        return formats.quantity(Quantity(entry.value, unit))
    rounded = formats.round_to(pounds / _A_MILLION, 1)
    return formats.millions(rounded * _A_MILLION)


def year_end(year: Period) -> str:
    """`31 March 2028`: the day on which a financial year ends."""
    return f"31 March {year.start_year + 1}"


def _scenario(base: Scenario, plan: PlanScenario, saving: Comparison | None, unit: Unit) -> Scenario:
    last = max(plan.carried)
    made = replace(
        base,
        bound=f"{plan.bound} bound" if plan.bound else "",
        level=plan.mitigation.lower() if plan.mitigation else "",
        year_end=year_end(last),
        deficit=money(plan.carried[last], unit),
    )
    if saving is None:
        return made
    without, mitigated = saving.entries
    return replace(
        made,
        compared_with=saving.unmitigated.name,
        compared_at=year_end(saving.year),
        compared_year=str(saving.year.start_year + 1),
        unmitigated=money(without, unit),
        mitigated=money(mitigated, unit),
        saved=money(saving.saved, unit),
    )


def _table(plans: Sequence[PlanScenario], unit: Unit) -> Table:
    """A row for each scenario, a column for each year's end, in millions unless every position is below one."""
    years = sorted({year for each in plans for year in each.carried})
    values = [
        entry.value * unit.pounds
        for each in plans
        for entry in each.carried.values()
        if entry.value is not None
    ]
    in_millions = any(abs(each) >= _A_MILLION for each in values) or not values
    scale = _A_MILLION if in_millions else 1_000
    decimals = min(_MOST_DECIMALS, max((decimals_of(each / scale) for each in values), default=0))
    told = "£m" if in_millions else "£000"
    header = (
        Cell((Run(f"Cumulative deficit at 31 March ({told})"),)),
        *(Cell((Run(str(year.start_year + 1)),), numeric=True) for year in years),
    )
    rows = tuple(
        (Cell((Run(each.name),)), *(_cell(each.carried.get(year), unit, scale, decimals) for year in years))
        for each in plans
    )
    return Table(header, rows, row_headings=True)


def _cell(entry: Entry[Decimal] | None, unit: Unit, scale: int, decimals: int) -> Cell:
    if entry is None:
        return Cell((Run(_NOTHING),), numeric=True)
    if entry.value is None:
        return Cell((Run(mark(entry.fault or "", entry.place), mark=True),), numeric=True)
    return Cell((Run(formats.number(entry.value * unit.pounds / scale, decimals)),), numeric=True)


def _looks_wrong(saving: Comparison, unit: Unit) -> bool:
    """True where the printed saving is not the difference of the two printed deficits."""
    figures = [entry.value for entry in (*saving.entries, saving.saved)]
    if any(each is None for each in figures):
        return False
    printed = [
        formats.round_to((each or Decimal(0)) * unit.pounds / _A_MILLION, _MOST_DECIMALS) for each in figures
    ]
    return printed[0] - printed[1] != printed[2]
