"""The financial plan as papers place it: a table for each scenario, and the agreement's money."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from svreport.documents.context import AgreementMoney, FinanceSummary, Scenario
from svreport.documents.positions import money, with_positions
from svreport.model import formats, names
from svreport.model.entry import Entry
from svreport.model.finding import mark
from svreport.model.period import Period
from svreport.model.quantity import Unit, decimals_of
from svreport.model.scenarios import summed
from svreport.model.submission import FinanceLine, Role, Submission
from svreport.narrative.blocks import Block, Cell, Run, Table
from svreport.word.fields import Rich

_NOTHING = "–"
_AGREEMENT = "agreement"
_MOST_DECIMALS = 2
# The roles whose lines are added up under them, where there is more than one.
_ADDED = {
    Role.INCOME: "Total income",
    Role.TRANSFER: "Total transfers",
    Role.EXPENDITURE: "Total expenditure",
    Role.MITIGATION: "Total mitigations",
}
_POSITIONS = (Role.IN_YEAR, Role.CARRIED_FORWARD)


def finance_summary(
    submission: Submission, exhibits: Mapping[str, tuple[Block, ...]] | None = None
) -> FinanceSummary:
    """The plan to the end of the agreement, or to its last year where that is not said.

    `exhibits` holds each exhibit's blocks under its name's key.
    """
    lines = [each for each in submission.finance if each.scenario.value]
    ends = submission.programme.agreement_ends.value
    years = sorted({year for each in lines for year, cell in each.years.items() if not cell.is_empty})
    years = [year for year in years if ends is None or year <= ends] or years
    unit = submission.programme.money_unit
    scenarios: dict[str, list[FinanceLine]] = {}
    for each in lines:
        scenarios.setdefault(names.key(each.scenario.value or ""), []).append(each)
    summary = FinanceSummary(
        first_year=str(years[0]) if years else "",
        last_year=str(years[-1]) if years else "",
        unit=unit.value,
        scenarios=tuple(_scenario(own, years, unit) for own in scenarios.values()),
        agreement=_agreement(submission, scenarios, years),
    )
    return with_positions(summary, submission, exhibits or {})


def _scenario(lines: Sequence[FinanceLine], years: Sequence[Period], unit: Unit) -> Scenario:
    name = str(lines[0].scenario.value)
    filled = [year for year in years if any(_cell_of(each, year) is not None for each in lines)]
    heads = (
        Cell((Run(f"{name} ({unit.value})"),)),
        *(Cell((Run(year.short),), numeric=True) for year in filled),
    )
    rows = tuple(_rows(lines, filled))
    return Scenario(name, Rich((Table(heads, rows, row_headings=True),) if rows and filled else ()))


def _rows(lines: Sequence[FinanceLine], years: Sequence[Period]) -> Iterator[tuple[Cell, ...]]:
    """The lines role by role, those of no role in the plan left out, and under several of one what they come to."""
    decimals = _decimals(lines)
    for role in (each for each in Role if each is not Role.OTHER):
        own = [each for each in lines if each.role.value is role and _has_figures(each, years)]
        for each in own:
            cells = (_cell_of(each, year) for year in years)
            label = each.line.value or (mark(each.line.fault, each.line.place) if each.line.fault else "")
            yield _row(label, cells, decimals, bold=role in _POSITIONS)
        if len(own) > 1 and role in _ADDED:
            yield _row(_ADDED[role], (_sum(own, year) for year in years), decimals, bold=True)


def _row(
    label: str, cells: Iterable[Entry[Decimal] | None], decimals: int, *, bold: bool
) -> tuple[Cell, ...]:
    return (
        Cell((Run(label, bold=bold),)),
        *(Cell((_run(each, decimals, bold=bold),), numeric=True) for each in cells),
    )


def _run(entry: Entry[Decimal] | None, decimals: int, *, bold: bool) -> Run:
    if entry is None:
        return Run(_NOTHING)
    if entry.value is None:
        return Run(mark(entry.fault or "", entry.place), mark=True)
    return Run(formats.number(entry.value, decimals), bold=bold)


def _cell_of(line: FinanceLine, year: Period) -> Entry[Decimal] | None:
    entry = line.years.get(year)
    return None if entry is None or entry.is_empty else entry


def _has_figures(line: FinanceLine, years: Sequence[Period]) -> bool:
    return any(_cell_of(line, year) is not None for year in years)


def _sum(lines: Iterable[FinanceLine], year: Period) -> Entry[Decimal] | None:
    """What the lines come to in a year, an unread cell's own entry where there is one, None without any figure."""
    return summed(each.years[year] for each in lines if year in each.years)


def _decimals(lines: Iterable[FinanceLine]) -> int:
    values = (cell.value for each in lines for cell in each.years.values() if cell.value is not None)
    return min(max((decimals_of(each) for each in values), default=0), _MOST_DECIMALS)


def _agreement(
    submission: Submission, scenarios: dict[str, list[FinanceLine]], years: Sequence[Period]
) -> AgreementMoney:
    """The money of the scenario `Agreement` where it has the payments, else of the forecast's or the first that has."""
    forecast = names.key(submission.programme.forecast_scenario.value or "")
    with_payments = [key for key, own in scenarios.items() if _of_role(own, Role.DFE_PAYMENT, years)]
    wanted = [key for key in (_AGREEMENT, forecast, *with_payments) if key in with_payments]
    if not wanted:
        return AgreementMoney()
    own = scenarios[wanted[0]]
    unit, sign = submission.programme.money_unit, -1 if submission.programme.deficits_negative.value else 1
    payments = _of_role(own, Role.DFE_PAYMENT, years)
    first = next((year for year, entry in payments.items() if entry.value), None)
    carried = _of_role(own, Role.CARRIED_FORWARD, years).get(years[-1])
    contributions = _of_role(own, Role.LA_CONTRIBUTION, years)
    paid = _total(payments.values())
    received = _total(contributions.values()) if contributions else Entry(Decimal(0), paid.place)
    deficit = carried
    if carried is not None and carried.value is not None:
        deficit = _total([Entry(sign * carried.value, carried.place), paid, received])
    council = (
        Entry(deficit.value - paid.value, deficit.place)
        if deficit is not None and deficit.value is not None and paid.value is not None
        else deficit
    )
    over = council is not None and council.value is not None and council.value < 0
    below = deficit is not None and deficit.value is not None and deficit.value < 0
    return AgreementMoney(
        scenario=str(own[0].scenario.value),
        ends=str(years[-1]),
        deficit=money(deficit, unit),
        dfe_contribution=money(paid, unit),
        council_contribution=money(Entry(Decimal(0), council.place) if over and council else council, unit),
        left_over=money(_turned(council), unit) if over else "",
        surplus=money(_turned(deficit), unit) if below else "",
        first_payment=money(payments[first], unit) if first else "",
        first_payment_year=str(first) if first else "",
    )


def _of_role(
    lines: Iterable[FinanceLine], role: Role, years: Iterable[Period]
) -> dict[Period, Entry[Decimal]]:
    own = [each for each in lines if each.role.value is role]
    return {year: entry for year in years if (entry := _sum(own, year)) is not None}


def _turned(entry: Entry[Decimal] | None) -> Entry[Decimal] | None:
    return entry._replace(value=-entry.value) if entry and entry.value is not None else entry


def _total(entries: Iterable[Entry[Decimal]]) -> Entry[Decimal]:
    told = list(entries)
    unread = next((entry for entry in told if entry.value is None), None)
    return unread or Entry(sum((entry.value or Decimal(0) for entry in told), Decimal(0)), told[0].place)
