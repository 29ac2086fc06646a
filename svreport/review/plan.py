"""The arithmetic of one scenario of the financial plan: what its lines add up to, by role and year."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from svreport.model import formats, names
from svreport.model.entry import Entry
from svreport.model.finding import Place
from svreport.model.period import Period
from svreport.model.quantity import Unit, decimals_of
from svreport.model.submission import (
    SIGNED_ROLES,
    FinanceLine,
    Role,
    Submission,
)

# Formulas save sums with noise in their last digits; nothing is shown with more decimals than this.
_MOST_DECIMALS = 6
PAYMENTS = (Role.DFE_PAYMENT, Role.LA_CONTRIBUTION)
AGREEMENT = re.compile(r"\b(agree(ment|d)|original|signed)\b", re.IGNORECASE)


class Amount(NamedTuple):
    """One cell of the plan, in the sheet's unit and sign; `slack` is half of the last digit shown."""

    value: Decimal
    slack: Decimal
    decimals: int
    place: Place


class Term(NamedTuple):
    """What the lines of one role add up to in a year, in the sheet's unit and sign."""

    role: Role
    year: Period
    amounts: tuple[Amount, ...]

    @property
    def value(self) -> Decimal:
        return sum((amount.value for amount in self.amounts), Decimal(0))

    @property
    def slack(self) -> Decimal:
        return sum((amount.slack for amount in self.amounts), Decimal(0))

    @property
    def place(self) -> Place:
        return self.amounts[0].place


# The terms of a sum, each with the sign it is added with.
Parts = list[tuple[int, Term]]


@dataclass(frozen=True)
class Plan:
    """The lines of one scenario, each with the decimals it is shown with.

    `sign` is 1 where the sheet shows a deficit positive, -1 where negative.
    """

    scenario: str
    lines: tuple[tuple[FinanceLine, int], ...]
    unit: Unit
    sign: int

    @cached_property
    def years(self) -> list[Period]:
        return sorted({year for line, _ in self.lines for year in line.years})

    @property
    def is_whole(self) -> bool:
        """False where a line's role could not be read: its figures may be missing from every sum."""
        return not any(line.role.value is None for line, _ in self.lines)

    def has(self, role: Role) -> bool:
        return any(line.role.value is role for line, _ in self.lines)

    def term(self, role: Role, year: Period) -> Term | None:
        """What the role's lines add up to; None where no cell is filled in, or one could not be read."""
        entries = self._entries(role, year)
        told = tuple(_amount(entry, decimals) for entry, decimals in entries if entry.value is not None)
        if not told or not self.is_whole or any(entry.fault for entry, _ in entries):
            return None
        return Term(role, year, told)

    def terms(self, roles: Iterable[Role], year: Period) -> list[Term] | None:
        """The terms of roles that count as nothing where they are empty; None where a cell could not be read."""
        if any(entry.fault for role in roles for entry, _ in self._entries(role, year)):
            return None
        return [term for role in roles if (term := self.term(role, year)) is not None]

    def deficit(self, term: Term) -> Decimal:
        """A position with a deficit counted positive, whichever way round the sheet shows it."""
        return term.value * self.sign if term.role in SIGNED_ROLES else term.value

    def opening(self, year: Period) -> Term | None:
        """What is brought forward: from its own line, or where there is none from the year before."""
        if self.has(Role.BROUGHT_FORWARD):
            return self.term(Role.BROUGHT_FORWARD, year)
        return self.term(Role.CARRIED_FORWARD, year.next(-1))

    def _entries(self, role: Role, year: Period) -> list[tuple[Entry[Decimal], int]]:
        return [
            (line.years[year], decimals)
            for line, decimals in self.lines
            if line.role.value is role and year in line.years
        ]


@lru_cache(maxsize=2)
def plans_of(submission: Submission) -> Mapping[str, Plan]:
    """Each scenario's plan under its name's key, in the order of the sheet."""
    lines: dict[str, list[tuple[FinanceLine, int]]] = {}
    decimals = _decimals(submission.finance)
    for line, shown_with in zip(submission.finance, decimals, strict=True):
        if line.scenario.value:
            lines.setdefault(names.key(line.scenario.value), []).append((line, shown_with))
    sign = -1 if submission.programme.deficits_negative.value else 1
    unit = submission.programme.money_unit
    return {
        key: Plan(str(found[0][0].scenario.value), tuple(found), unit, sign) for key, found in lines.items()
    }


@lru_cache(maxsize=2)
def forecast_plan(submission: Submission) -> Plan | None:
    """The plan that limits, milestones and answers are tested on; None where its signs cannot be relied on."""
    if signs_are_turned(submission):
        return None
    plans = plans_of(submission)
    named = submission.programme.forecast_scenario
    if not named.is_empty:
        return plans.get(names.key(named.value or ""))
    return next((plan for plan in plans.values() if plan.has(Role.CARRIED_FORWARD)), None)


def agreed_plan(submission: Submission) -> Plan | None:
    """The plan as it was agreed, told by its scenario's name; None where it is the forecast itself."""
    forecast = forecast_plan(submission)
    for plan in plans_of(submission).values():
        if AGREEMENT.search(plan.scenario) and plan != forecast:
            return plan
    return None


def signs_are_turned(submission: Submission) -> bool:
    """True where the plan adds up only with deficits shown the other way: what rests on its signs would be wrong."""
    return any(shown_the_other_way(plan) for plan in plans_of(submission).values())


def shown_the_other_way(plan: Plan) -> bool:
    """True where no year that tells the two apart adds up as Programme shows deficits, and each does the other way."""
    told = False
    for year in plan.years:
        closing, parts = plan.term(Role.CARRIED_FORWARD, year), roll_forward(plan, year)
        if closing is None or parts is None or len(parts) < 3 or not any(term.value for _, term in parts[2:]):
            continue
        told = True
        turned = [*parts[:2], *((-sign, term) for sign, term in parts[2:])]
        if not misfit(closing, parts) or misfit(closing, turned):
            return False
    return told


def roll_forward(plan: Plan, year: Period) -> Parts | None:
    """Brought forward, the year's position, and then the payments, each with its sign as the sheet shows deficits."""
    opening, position = plan.opening(year), plan.term(Role.IN_YEAR, year)
    payments = plan.terms(PAYMENTS, year)
    if opening is None or position is None or payments is None:
        return None
    return [(1, opening), (1, position), *((-plan.sign, term) for term in payments)]


def misfit(total: Term, parts: Parts) -> bool:
    expected = sum((sign * term.value for sign, term in parts), Decimal(0))
    return differ(total.value - expected, total, *(term for _, term in parts))


def differ(difference: Decimal, *terms: Term) -> bool:
    """True where a difference is more than the rounding of the terms explains."""
    return abs(difference) > sum((term.slack for term in terms), Decimal(0))


def money(value: Decimal, unit: Unit, decimals: int = 0) -> str:
    """An amount as the sheet counts it: `£105,000k`, `£22.013m`, `£36,787`."""
    behind = {Unit.THOUSANDS: "k", Unit.MILLIONS: "m"}.get(unit, "")
    return formats.number(value, max(decimals, 0), before="£", behind=behind)


def shown(term: Term, plan: Plan) -> str:
    """A term's sum as money."""
    return money(term.value, plan.unit, max(amount.decimals for amount in term.amounts))


def equation(parts: Iterable[tuple[int, Term]]) -> str:
    """`F13 70,000 + F12 35,000 − F15 0`: each cell with its figure, added or taken off."""
    told = ""
    for sign, amount in _signed(parts):
        joined = (" + " if sign > 0 else " − ") if told else ("" if sign > 0 else "−")
        told += f"{joined}{amount.place.cell} {formats.number(amount.value, amount.decimals)}"
    return told


def cells(terms: Iterable[Term]) -> str:
    """`F12, F13, F15`."""
    return ", ".join(amount.place.cell for term in terms for amount in term.amounts)


def _signed(parts: Iterable[tuple[int, Term]]) -> Iterator[tuple[int, Amount]]:
    for sign, term in parts:
        for amount in term.amounts:
            yield sign, amount


def _amount(entry: Entry[Decimal], decimals: int) -> Amount:
    value = entry.value or Decimal(0)
    return Amount(value, Decimal(5).scaleb(-decimals - 1) if value else Decimal(0), decimals, entry.place)


def _decimals(lines: Iterable[FinanceLine]) -> list[int]:
    """How many decimals each line is shown with: the most that one of its cells needs.

    A line of whole numbers on a sheet of decimals (a payment of just £8m) is taken to be shown with as few as any line
    that has some.
    """
    needed = [
        max((decimals_of(cell.value) for cell in line.years.values() if cell.value is not None), default=0)
        for line in lines
    ]
    fewest = min((decimals for decimals in needed if decimals), default=0)
    return [min(_MOST_DECIMALS, decimals or fewest) for decimals in needed]
