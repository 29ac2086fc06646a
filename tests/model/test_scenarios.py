"""Scenarios told apart by their names, their positions, and what they save like for like."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svreport.model.entry import Entry
from svreport.model.finding import Place
from svreport.model.period import Period
from svreport.model.scenarios import Bound, Mitigation, PlanScenario, like_for_like, plan_scenarios, summed
from svreport.model.submission import FinanceLine, Role, Submission
from tests.model.returns import facts_of

FIRST = Period.financial_year(2024)


def line(scenario: str, role: Role, *values: object) -> FinanceLine:
    """One line from 2024-25 on; None is an empty cell, a text the code of what is wrong in it."""
    years: dict[Period, Entry[Decimal]] = {}
    for step, value in enumerate(values):
        place = Place("Finance", 4, 4 + step)
        fault = value if isinstance(value, str) else None
        years[FIRST.next(step)] = Entry(
            Decimal(str(value)) if value is not None and not fault else None, place, fault
        )
    nowhere = Place("Finance", 4, 1)
    return FinanceLine(Entry(scenario, nowhere), Entry("Balance", nowhere), Entry(role, nowhere), years)


def of(*lines: FinanceLine, negative: bool = False) -> Submission:
    told = facts_of().submission
    programme = replace(told.programme, deficits_negative=Entry(negative, Place("Programme", 10, 2)))
    return replace(told, finance=lines, programme=programme)


def values(entries: Mapping[Period, Entry[Decimal]]) -> dict[str, Decimal | str | None]:
    return {str(year): entry.fault or entry.value for year, entry in entries.items()}


@pytest.mark.parametrize(
    ("name", "bound", "mitigation"),
    [
        ("UB Unmitigated", Bound.UPPER, Mitigation.UNMITIGATED),
        ("LB Target Mitigated Deficit*", Bound.LOWER, Mitigation.TARGET),
        ("Upper bound / stretch", Bound.UPPER, Mitigation.STRETCH),
        ("Worst case, do nothing", Bound.UPPER, Mitigation.UNMITIGATED),
        ("Best case with mitigations", Bound.LOWER, Mitigation.TARGET),
        ("Un-mitigated", None, Mitigation.UNMITIGATED),
        ("Mitigated", None, Mitigation.TARGET),
        ("No mitigation", None, Mitigation.UNMITIGATED),
        ("Agreement", None, None),
        ("Higher needs plan", None, None),
        ("Club", None, None),
        ("Lowered spending", None, None),
    ],
)
def test_a_name_tells(name: str, bound: Bound | None, mitigation: Mitigation | None) -> None:
    (found,) = plan_scenarios(of(line(name, Role.CARRIED_FORWARD, 1)))
    assert (found.bound, found.mitigation) == (bound, mitigation)


def test_lines_are_summed_and_signs_turned() -> None:
    (found,) = plan_scenarios(
        of(
            line("Mitigated", Role.CARRIED_FORWARD, -5, None, 3),
            line("mitigated", Role.CARRIED_FORWARD, -2, None, 1),
            line("Mitigated", Role.DFE_PAYMENT, 4, 1, None),
            negative=True,
        )
    )
    assert values(found.carried) == {"2024-25": 7, "2026-27": -4}
    assert values(found.before_payments) == {"2024-25": 11, "2026-27": 1}
    assert found.has_payments


def test_a_cell_that_cannot_be_read_is_not_passed_over() -> None:
    base, mitigated = plan_scenarios(
        of(
            line("Unmitigated", Role.CARRIED_FORWARD, 5, 9),
            line("Mitigated", Role.CARRIED_FORWARD, 4, "NUM-01"),
        )
    )
    (compared,) = like_for_like((base, mitigated))
    assert str(compared.year) == "2025-26"
    assert compared.saved.fault == "NUM-01"


def test_years_that_one_lacks_are_not_compared() -> None:
    found = plan_scenarios(
        of(line("Unmitigated", Role.CARRIED_FORWARD, 5, 9, 12), line("Mitigated", Role.CARRIED_FORWARD, 4, 6))
    )
    (compared,) = like_for_like(found)
    assert f"{compared.year}: {compared.saved.value}" == "2025-26: 3"


def test_bounds_are_not_mixed() -> None:
    found = plan_scenarios(
        of(
            line("UB unmitigated", Role.CARRIED_FORWARD, 267),
            line("LB target", Role.CARRIED_FORWARD, 152),
            line("LB stretch", Role.CARRIED_FORWARD, 146),
            line("Unmitigated", Role.CARRIED_FORWARD, 200),
        )
    )
    assert like_for_like(found) == ()


amounts = st.decimals(min_value=-(10**6), max_value=10**6, places=1)


@given(st.lists(st.tuples(amounts, amounts, amounts), min_size=1, max_size=12), st.booleans())
def test_payments_change_no_saving(told: list[tuple[Decimal, Decimal, Decimal]], negative: bool) -> None:
    """Whatever is paid in one scenario and taken off its deficit, the saving stays what it was."""
    sign = -1 if negative else 1
    without = [sign * a for a, _, _ in told]
    bare = [b for _, b, _ in told]
    paid = [sum((p for _, _, p in told[: at + 1]), Decimal(0)) for at in range(len(told))]
    base = line("Unmitigated", Role.CARRIED_FORWARD, *without)
    plain = line("Mitigated", Role.CARRIED_FORWARD, *(sign * b for b in bare))
    lower = line(
        "Mitigated", Role.CARRIED_FORWARD, *(sign * (b - p) for b, p in zip(bare, paid, strict=True))
    )
    payments = line("Mitigated", Role.DFE_PAYMENT, *(p for _, _, p in told))
    (one,) = like_for_like(plan_scenarios(of(base, plain, negative=negative)))
    (other,) = like_for_like(plan_scenarios(of(base, lower, payments, negative=negative)))
    assert one.saved.value == other.saved.value == told[-1][0] - told[-1][1]


def test_nothing_adds_up_to_nothing() -> None:
    assert summed([]) is None
    assert summed([Entry(None, Place("Finance"))]) is None
    assert plan_scenarios(of(line("Mitigated", Role.INCOME, 1))) == ()
    assert plan_scenarios(of(line("Mitigated", Role.CARRIED_FORWARD, None))) == ()
    assert like_for_like([PlanScenario("A", None, Mitigation.TARGET, {}, {})]) == ()
