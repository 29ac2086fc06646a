"""Totals typed into the sheets of packs, against the columns that they are said to be the sum of."""

from collections.abc import Iterator
from decimal import Decimal

from svreport.model import formats, names
from svreport.model.finding import Finding, Rule, Severity
from svreport.model.pack_sheets import ColumnType, DeclaredColumn, PackSheet, SheetRow, Sum
from svreport.model.quantity import Quantity, Unit, decimals_of
from svreport.review.material import Check, Material

NOT_THE_SUM = Rule(
    "PAP-02",
    Severity.QUERY,
    "A total is not the sum of its columns",
    "A row that does not add up makes its reader doubt every other row. A total that is left empty is worked out.",
    "191 places now and 68 opening stand beside a planned total of 251, and are 259.",
)


def not_the_sum(material: Material) -> Iterator[Finding]:
    unit = material.submission.programme.money_unit
    for sheet in material.submission.pack_sheets:
        for each in sheet.declared.sums:
            for row in sheet.rows:
                yield from _told(sheet, each, row, unit)


def _told(sheet: PackSheet, added: Sum, row: SheetRow, unit: Unit) -> Iterator[Finding]:
    total = row.entries[added.total]
    parts = [(sheet.declared.column(field), row.entries[field]) for field in added.of]
    values = [entry.value for _, entry in parts]
    if total.value is None or any(each is None for each in values):
        return
    expected = sum((each for each in values if each is not None), Decimal(0))
    column = sheet.declared.column(added.total)
    if abs(total.value - expected) <= _rounding(
        [total.value, *(each or Decimal(0) for each in values)], column
    ):
        return
    told = " + ".join(
        f"{column.heading} {_shown(entry.value or Decimal(0), column, unit)} ({entry.place.cell})"
        for column, entry in parts
    )
    first = row.entries[sheet.declared.columns[0].field].value
    yield NOT_THE_SUM.at(
        total.place,
        read=f"{column.heading} {_shown(total.value, column, unit)}",
        expected=f"{_shown(expected, column, unit)} = {told}",
        mend=f"correct {names.listed([total.place.cell, *(entry.place.cell for _, entry in parts)])}, "
        f"or leave {total.place.cell} empty: it is worked out",
        about=f"{sheet.declared.name}, {first}: {column.heading}",
    )


def _rounding(values: list[Decimal], column: DeclaredColumn) -> Decimal:
    """Counts add up exactly; sums of money, and figures with decimals, as far as their last digit lets them."""
    decimals = max(decimals_of(each) for each in values)
    if column.type is not ColumnType.MONEY and not decimals:
        return Decimal(0)
    return Decimal(5).scaleb(-decimals - 1) * len(values)


def _shown(value: Decimal, column: DeclaredColumn, unit: Unit) -> str:
    if column.type is ColumnType.MONEY:
        return formats.quantity(Quantity(value, unit, decimals_of(value)))
    return formats.number(value, decimals_of(value))


CHECKS = (Check(NOT_THE_SUM, not_the_sum),)
