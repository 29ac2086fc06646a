"""A number with its unit: counts, percentages and money."""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Unit(StrEnum):
    """A metric's unit, or that of the money in `Finance`."""

    NUMBER = "number"
    PERCENT = "percent"
    POUNDS = "£"
    THOUSANDS = "£000"
    MILLIONS = "£m"

    @property
    def is_money(self) -> bool:
        return self in (Unit.POUNDS, Unit.THOUSANDS, Unit.MILLIONS)

    @property
    def pounds(self) -> int:
        """How many pounds one of the unit is; 1 for what is no money."""
        return {Unit.THOUSANDS: 1_000, Unit.MILLIONS: 1_000_000}.get(self, 1)


class Quantity(NamedTuple):
    """An amount in its unit, as the sheet holds it: 5.62 with PERCENT is 5.62%, 84500 with THOUSANDS is £84.5m.

    `decimals` is how many decimals the data it belongs to is written with: at most two, at most one where it was
    calculated.
    """

    amount: Decimal
    unit: Unit
    decimals: int = 0

    @property
    def in_pounds(self) -> Decimal:
        """The amount in pounds; the amount itself for what is no money."""
        return self.amount * self.unit.pounds


def decimals_of(amount: Decimal) -> int:
    """How many decimals an amount needs: 98.58 needs 2, 97.00 none."""
    exponent = amount.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
