"""How a filter changes the way a figure prints."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import NamedTuple

from svreport.model import formats, names
from svreport.model.facts import Figure, quoted
from svreport.model.formats import round_to
from svreport.model.quantity import Quantity, Unit, decimals_of
from svreport.narrative.calls import Call, Literal

_MOST_DECIMALS = 6
_LARGEST_STEP = Decimal(10) ** 12
_MONEY = {"m": "m", "£m": "m", "k": "k", "£k": "k", "£000": "k", "": "", "£": ""}
_COUNTED_IN = {"m": Unit.MILLIONS, "k": Unit.THOUSANDS, "": Unit.POUNDS}


@dataclass(eq=False)
class FilterUnfit(Exception):
    """The filter cannot be used on this figure, or not with this value."""

    expected: str
    mend: str


class _Shown(NamedTuple):
    """A number on its way through filters: `decimals` and `money` (`m`, `k`, `` for pounds) None until one says so."""

    quantity: Quantity
    decimals: int | None = None
    money: str | None = None


def filtered(figure: Figure, filters: tuple[Call, ...]) -> Figure:
    """The figure as its filters make it print, in their order; its quantity is rounded and turned with it.

    Raises `FilterUnfit`.
    """
    if not filters:
        return figure
    shown = _through(figure, filters)
    written = " | ".join((figure.written, *(_written(each) for each in filters)))
    return replace(figure, written=written, printed=_printed(shown), quantity=shown.quantity)


def number_of(figure: Figure, filters: tuple[Call, ...], money: Unit) -> Decimal:
    """The figure of a quantity as a number, after its filters: money counted in the unit that `pounds` names, or else
    in `money`; everything else in its own unit. It is rounded only where a filter says so.

    Raises `FilterUnfit`.
    """
    shown = _through(figure, filters)
    amount = shown.quantity.amount
    if shown.quantity.unit.is_money:
        unit = money if shown.money is None else _COUNTED_IN[shown.money]
        amount = shown.quantity.in_pounds / unit.pounds
    return amount if shown.decimals is None else round_to(amount, shown.decimals)


def _through(figure: Figure, filters: tuple[Call, ...]) -> _Shown:
    if figure.quantity is None:
        name = filters[0].name
        raise FilterUnfit(
            f"a number before | {name}; {figure.written} is the word {figure.printed}", f"take | {name} away"
        )
    shown = _Shown(figure.quantity)
    for each in filters:
        shown = _WAYS[each.name](shown, *each.arguments)
    return shown


def _nearest(shown: _Shown, step: Literal | None) -> _Shown:
    """Money is rounded in pounds, whatever unit its sheet is in; everything else in its own."""
    if not isinstance(step, Decimal) or not 0 < step <= _LARGEST_STEP or decimals_of(step) > _MOST_DECIMALS:
        raise FilterUnfit("a number above 0 to round to, such as 100 or 0.5", "write it like nearest(100)")
    quantity = shown.quantity
    with localcontext() as context:
        context.prec = 60 + len(quantity.amount.as_tuple().digits)
        steps = (quantity.in_pounds / step).to_integral_value(ROUND_HALF_UP)
        amount = steps * step / quantity.unit.pounds
    decimals = max(decimals_of(amount), min(quantity.decimals, decimals_of(step)))
    return shown._replace(quantity=Quantity(amount, quantity.unit, decimals))


def _decimals(shown: _Shown, decimals: Literal | None) -> _Shown:
    return shown._replace(decimals=_count_of_decimals(decimals, "decimals(1)"))


def _size(shown: _Shown) -> _Shown:
    return shown._replace(quantity=shown.quantity._replace(amount=shown.quantity.amount.copy_abs()))


def _pounds(shown: _Shown, unit: Literal | None, decimals: Literal | None) -> _Shown:
    if not shown.quantity.unit.is_money:
        raise FilterUnfit("money before | pounds; this figure is not", "take | pounds away")
    money = _MONEY.get(names.key(unit)) if isinstance(unit, str) else "" if unit is None else None
    if money is None:
        raise FilterUnfit(
            "'m' for millions, 'k' for thousands or '£' for whole pounds", "write it like pounds('m', 1)"
        )
    told = shown.decimals if decimals is None else _count_of_decimals(decimals, "pounds('m', 1)")
    return shown._replace(money=money, decimals=told)


_WAYS: dict[str, Callable[..., _Shown]] = {
    "nearest": _nearest,
    "decimals": _decimals,
    "size": _size,
    "pounds": _pounds,
}


def _count_of_decimals(value: Literal | None, example: str) -> int:
    if (
        not isinstance(value, Decimal)
        or value != value.to_integral_value()
        or not 0 <= value <= _MOST_DECIMALS
    ):
        raise FilterUnfit(
            f"a whole number of decimals from 0 to {_MOST_DECIMALS}", f"write it like {example}"
        )
    return int(value)


def _printed(shown: _Shown) -> str:
    quantity, decimals = shown.quantity, shown.decimals
    if shown.money == "m":
        return formats.millions(quantity.in_pounds, decimals)
    if shown.money == "k":
        return formats.thousands(quantity.in_pounds, decimals or 0)
    if shown.money == "":
        return formats.whole_pounds(quantity.in_pounds, decimals or 0)
    if decimals is None:
        return formats.quantity(quantity)
    if quantity.unit.is_money:
        in_millions = formats.quantity(quantity).endswith("m")
        return (formats.millions if in_millions else formats.whole_pounds)(quantity.in_pounds, decimals)
    return formats.quantity(quantity._replace(decimals=decimals))


def _written(call: Call) -> str:
    told = [argument for argument in call.arguments if argument is not None]
    arguments = ", ".join(quoted(each) if isinstance(each, str) else str(each) for each in told)
    return f"{call.name}({arguments})" if told else call.name
