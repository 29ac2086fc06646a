"""The cells of the financial plan that differ from the previous workbook, as one table for each scenario."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from svreport.documents.review_pack.context import FinanceChanges
from svreport.model import formats, names
from svreport.model.period import Period
from svreport.model.quantity import Unit
from svreport.model.submission import FinanceLine
from svreport.narrative.blocks import Cell, Run, Table
from svreport.review.material import Material
from svreport.word.fields import Rich

_A_MILLION = 1_000_000
_SAME = "same"
_EMPTY = "empty"
# Money is shown in millions with as many decimals as tell every pair of figures apart.
_DECIMALS = range(2, 7)

Pair = tuple[Decimal | None, Decimal | None]
"""A cell before and now, in pounds; None where it is empty."""


def finance_changes(material: Material) -> tuple[FinanceChanges, ...]:
    """The lines with a difference in the years in which there is one; those that are new or gone are told apart."""
    if material.previous is None:
        return ()
    earlier = {_key(line): line for line in material.previous.submission.finance}
    worth = (
        material.previous.submission.programme.money_unit.pounds,
        material.submission.programme.money_unit.pounds,
    )
    scenarios: dict[str, dict[str, dict[Period, Pair]]] = {}
    for line in material.submission.finance:
        was = earlier.get(_key(line))
        cells = _differences(was, line, worth) if was else {}
        if cells:
            scenarios.setdefault(str(line.scenario.value), {})[str(line.line.value)] = cells
    return tuple(_table(scenario, lines) for scenario, lines in scenarios.items())


def _key(line: FinanceLine) -> tuple[str, str]:
    return names.key(line.scenario.value or ""), names.key(line.line.value or "")


def _differences(was: FinanceLine, now: FinanceLine, worth: tuple[int, int]) -> dict[Period, Pair]:
    found: dict[Period, Pair] = {}
    for year in sorted({*was.years, *now.years}):
        before, after = (
            None if entry is None or entry.value is None else entry.value * pounds
            for entry, pounds in zip((was.years.get(year), now.years.get(year)), worth, strict=True)
        )
        if before != after and before is not None:
            found[year] = (before, after)
    return found


def _table(scenario: str, lines: Mapping[str, Mapping[Period, Pair]]) -> FinanceChanges:
    years = sorted({year for cells in lines.values() for year in cells})
    told = [pair for cells in lines.values() for pair in cells.values()]
    in_millions = any(abs(amount) >= _A_MILLION for pair in told for amount in pair if amount is not None)
    decimals = _decimals(told) if in_millions else 0
    rows = tuple(
        (Cell((Run(line),)), *(_cell(cells.get(year), decimals, in_millions=in_millions) for year in years))
        for line, cells in lines.items()
    )
    unit = Unit.MILLIONS.value if in_millions else Unit.POUNDS.value
    header = (Cell((Run(unit),)), *(Cell((Run(year.short),), numeric=True) for year in years))
    return FinanceChanges(scenario, Rich((Table(header, rows, row_headings=True),)))


def _cell(pair: Pair | None, decimals: int, *, in_millions: bool) -> Cell:
    if pair is None:
        return Cell((Run(_SAME),), numeric=True)
    before, after = (
        _EMPTY if amount is None else formats.number(amount / _A_MILLION if in_millions else amount, decimals)
        for amount in pair
    )
    return Cell((Run(f"{before}\n"), Run(after, bold=True)), numeric=True)


def _decimals(pairs: Iterable[Pair]) -> int:
    """The fewest decimals of millions at which no two figures of a pair look the same."""
    told = [(before / _A_MILLION, after / _A_MILLION) for before, after in pairs if before and after]
    for decimals in _DECIMALS:
        if all(formats.round_to(was, decimals) != formats.round_to(now, decimals) for was, now in told):
            return decimals
    return _DECIMALS[-1]
