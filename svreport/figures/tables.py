"""An exhibit's figures as a table: its title in the corner, periods across, series down."""

from decimal import Decimal

from svreport.figures.axes import money_told, scale_of
from svreport.figures.resolved import ResolvedExhibit, ResolvedSeries
from svreport.model import formats
from svreport.model.quantity import Unit
from svreport.narrative.blocks import Cell, Run, Table

NOTHING = "–"


def data_table(exhibit: ResolvedExhibit) -> Table:
    """The table of an exhibit. A period without a figure shows a dash, a figure that could not be read its mark.

    Money is in one unit, which the row says unless the title does: £000 and £m behind the row's name, £ at each figure.
    """
    unit = _money_unit(exhibit)
    corner = Cell((Run(exhibit.title),))
    header = (corner, *(Cell((Run(period.short),), numeric=True) for period in exhibit.periods))
    return Table(header, tuple(_row(exhibit, series, unit) for series in exhibit.series), row_headings=True)


def _money_unit(exhibit: ResolvedExhibit) -> Unit | None:
    """The unit that the title names, else the sheet's own; where rows differ, the one that an axis would have."""
    units = {series.unit for series in exhibit.series if series.unit.is_money}
    told = money_told(exhibit.title) if units else None
    if told:
        return told
    if len(units) > 1:
        name = scale_of(exhibit).name
        return Unit(name) if name in (Unit.POUNDS.value, Unit.THOUSANDS.value) else Unit.MILLIONS
    return next(iter(units), None)


def _row(exhibit: ResolvedExhibit, series: ResolvedSeries, money: Unit | None) -> tuple[Cell, ...]:
    label = series.label
    if series.unit.is_money and money in (Unit.THOUSANDS, Unit.MILLIONS):
        label = label if money_told(exhibit.title) else f"{label} ({money.value})"
    cells = [_cell(series, position, value, money) for position, value in enumerate(series.values)]
    return (Cell((Run(label),)), *cells)


def _cell(series: ResolvedSeries, position: int, value: Decimal | None, money: Unit | None) -> Cell:
    if position in series.unread:
        return Cell((Run(series.unread[position], mark=True),), numeric=True)
    return Cell((Run(NOTHING if value is None else _written(series, value, money)),), numeric=True)


def _written(series: ResolvedSeries, value: Decimal, money: Unit | None) -> str:
    if series.unit is Unit.PERCENT:
        return formats.number(value, series.decimals, behind="%")
    if not series.unit.is_money or money is None:
        return formats.number(value, series.decimals)
    if money is series.unit:
        return formats.number(value, series.decimals, before="£" if money is Unit.POUNDS else "")
    decimals = {Unit.POUNDS: 0, Unit.THOUSANDS: 0, Unit.MILLIONS: 1}[money]
    return formats.number(
        value * series.unit.pounds / money.pounds, decimals, before="£" if money is Unit.POUNDS else ""
    )
