"""How figures, money and dates are printed: the same everywhere, whatever the locale."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

from svreport.model.quantity import Quantity, Unit, decimals_of

MINUS = "−"
_A_MILLION = 1_000_000
_FULL_MONTHS = "January February March April May June July August September October November December".split()


def number(amount: Decimal, decimals: int, before: str = "", behind: str = "") -> str:
    """`6,161`, `−£36,787`, `5.62%`: thousands set off, halves rounded away from zero, and no minus sign before 0."""
    rounded = round_to(amount, decimals)
    sign = MINUS if rounded < 0 else ""
    return f"{sign}{before}{rounded.copy_abs():,.{decimals}f}{behind}"


def round_to(amount: Decimal, decimals: int) -> Decimal:
    """Rounded to that many decimals, halves away from zero, as officers round by hand."""
    with localcontext() as context:
        context.prec = max(28, amount.adjusted() + abs(decimals) + 28)
        return amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def quantity(value: Quantity) -> str:
    """A quantity in its own unit: `6,161`, `5.62%`, `£84.5m` from a million pounds up, `£36,787` below."""
    if value.unit is Unit.PERCENT:
        return number(value.amount, value.decimals, behind="%")
    if value.unit.is_money:
        return _money(value.in_pounds)
    return number(value.amount, value.decimals)


def _money(pounds: Decimal) -> str:
    if abs(round_to(pounds, 0)) >= _A_MILLION:
        return millions(pounds)
    pence = round_to(pounds, 2)
    whole = pence == pence.to_integral_value()
    return number(pounds, 0 if whole else 2, before="£")


def millions(pounds: Decimal, decimals: int | None = None) -> str:
    """`£84.5m`, with as many decimals as it needs up to two unless told."""
    amount = pounds / _A_MILLION
    if decimals is None:
        decimals = decimals_of(round_to(amount, 2))
    return number(amount, decimals, before="£", behind="m")


def thousands(pounds: Decimal, decimals: int = 0) -> str:
    """`£84,500k`."""
    return number(pounds / 1_000, decimals, before="£", behind="k")


def whole_pounds(pounds: Decimal, decimals: int = 0) -> str:
    """`£36,787`."""
    return number(pounds, decimals, before="£")


def day(value: date) -> str:
    """`11 December 2024`."""
    return f"{value.day} {_FULL_MONTHS[value.month - 1]} {value.year}"
