"""How a dashboard writes cells and money."""

from collections.abc import Iterable
from decimal import Decimal

from svreport.model import formats
from svreport.model.finding import Place
from svreport.model.quantity import Quantity, Unit


def cells(places: Iterable[Place]) -> str:
    """`'Metric data'!C10, D10; Metrics!G3`: each sheet named once."""
    by_sheet: dict[str, list[Place]] = {}
    for place in dict.fromkeys(places):
        by_sheet.setdefault(place.sheet, []).append(place)
    return "; ".join(
        ", ".join([str(told[0]), *(each.cell for each in told[1:])]) for told in by_sheet.values()
    )


def money(amount: Decimal, unit: Unit) -> str:
    """An amount without its sign: `£95.32m`."""
    return formats.quantity(Quantity(abs(amount), unit))


def deficit(amount: Decimal, unit: Unit) -> str:
    """A deficit as its amount alone, under a heading that says so; a surplus says what it is."""
    return f"{money(amount, unit)} surplus" if amount < 0 else money(amount, unit)


def against(amount: Decimal | None, agreed: Decimal | None, unit: Unit) -> str:
    """A deficit beside the one agreed, in words: `£11.26m worse`; empty where either is missing."""
    if amount is None or agreed is None:
        return ""
    if amount == agreed:
        return "As agreed"
    return f"{money(amount - agreed, unit)} {'worse' if amount > agreed else 'better'}"
