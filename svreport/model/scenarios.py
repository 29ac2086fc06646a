"""The plan's scenarios side by side: what each carries forward, and what mitigation saves like for like."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from svreport.model import names
from svreport.model.entry import Entry
from svreport.model.pack_sheets import ColumnType, PackSheet
from svreport.model.period import Period
from svreport.model.submission import FinanceLine, Role, Submission

# The exhibit that shows them all; one of this name on the sheet Exhibits stands in its place.
CHART = "Cumulative deficit by scenario"
_PAYMENTS = (Role.DFE_PAYMENT, Role.LA_CONTRIBUTION)


class Bound(StrEnum):
    """Which end of a forecast's range a scenario is."""

    UPPER = "Upper"
    LOWER = "Lower"


class Mitigation(StrEnum):
    """How much of the plan's mitigation a scenario counts on."""

    UNMITIGATED = "Unmitigated"
    TARGET = "Target"
    STRETCH = "Stretch"


# How councils call them where no sheet says which is which; the first that is found counts.
_BOUNDS = (
    (
        Bound.UPPER,
        r"\bub\b|\bupper\b|\bhigh(?:er)? (?:bound|case|estimate|growth)\b|\bworst\b|\bpessimistic\b",
    ),
    (Bound.LOWER, r"\blb\b|\blower\b|\blow (?:bound|case|estimate|growth)\b|\bbest\b|\boptimistic\b"),
)
_MITIGATIONS = (
    (
        Mitigation.UNMITIGATED,
        r"\bun-?mitigated\b|\bnot mitigated\b|\bdo nothing\b|\b(?:no|without|before) mitigations?\b",
    ),
    (Mitigation.STRETCH, r"\bstretch\b"),
    (Mitigation.TARGET, r"\btarget\b|\bmitigated\b|\b(?:with|after) mitigations?\b"),
)


class PlanScenario(NamedTuple):
    """One scenario with a line of the role Carried forward; `bound` and `mitigation` are None where nobody says.

    `carried` holds what it carries forward at each year's end, `before_payments` the same with every payment of DfE
    and contribution of the council to date added back; both in the unit of `Finance`, a deficit positive whichever way
    round the sheet shows it, without the years that are empty. A cell that could not be read has its fault.
    """

    name: str
    bound: Bound | None
    mitigation: Mitigation | None
    carried: Mapping[Period, Entry[Decimal]]
    before_payments: Mapping[Period, Entry[Decimal]]

    @property
    def has_payments(self) -> bool:
        return any(
            entry.value != self.before_payments[year].value
            for year, entry in self.carried.items()
            if year in self.before_payments
        )


class Comparison(NamedTuple):
    """Two scenarios that differ in mitigation alone, at the last year's end for which both have a figure.

    `saved` is the unmitigated deficit less the mitigated one, both before anybody's payments.
    """

    unmitigated: PlanScenario
    mitigated: PlanScenario
    year: Period

    @property
    def entries(self) -> tuple[Entry[Decimal], Entry[Decimal]]:
        return self.unmitigated.before_payments[self.year], self.mitigated.before_payments[self.year]

    @property
    def saved(self) -> Entry[Decimal]:
        without, mitigated = self.entries
        return summed([without, _turned(mitigated, -1)]) or without


def asks_for_scenarios(submission: Submission) -> bool:
    """True where a pack that is read has a column of scenarios: its paper tells how they stand."""
    return any(_scenario_field(sheet) for sheet in submission.pack_sheets)


def plan_scenarios(submission: Submission) -> tuple[PlanScenario, ...]:
    """Each scenario that carries something forward, in the order of `Finance`.

    Which is which says a sheet of a pack with a column of scenarios and the columns Bound and Mitigation; where none
    has a row, the scenario's own name does: `UB unmitigated`, `Lower bound target`, `Mitigated`.
    """
    lines: dict[str, list[FinanceLine]] = {}
    for each in submission.finance:
        if each.scenario.value:
            lines.setdefault(names.key(each.scenario.value), []).append(each)
    said = _said(submission)
    sign = -1 if submission.programme.deficits_negative.value else 1
    found = []
    for key, own in lines.items():
        carried = _by_year(own, (Role.CARRIED_FORWARD,), sign)
        if not carried:
            continue
        name = str(own[0].scenario.value)
        bound, mitigation = _told_by(name) if said is None else said.get(key, (None, None))
        before = _before_payments(carried, _by_year(own, _PAYMENTS, 1))
        found.append(PlanScenario(name, bound, mitigation, carried, before))
    return tuple(found)


def like_for_like(scenarios: Sequence[PlanScenario]) -> tuple[Comparison, ...]:
    """Each mitigated scenario beside the unmitigated one of its bound."""
    compared = []
    for each in scenarios:
        if each.mitigation in (None, Mitigation.UNMITIGATED):
            continue
        base = next(
            (
                other
                for other in scenarios
                if other.bound is each.bound and other.mitigation is Mitigation.UNMITIGATED
            ),
            None,
        )
        years = sorted(set(each.before_payments) & set(base.before_payments)) if base else []
        if base and years:
            compared.append(Comparison(base, each, years[-1]))
    return tuple(compared)


def summed(entries: Iterable[Entry[Decimal]]) -> Entry[Decimal] | None:
    """What filled cells come to: the first that could not be read where there is one, None without any cell."""
    told = [entry for entry in entries if not entry.is_empty]
    unread = next((entry for entry in told if entry.value is None), None)
    if unread is not None or not told:
        return unread
    return Entry(sum((entry.value or Decimal(0) for entry in told), Decimal(0)), told[0].place)


def _turned(entry: Entry[Decimal], sign: int) -> Entry[Decimal]:
    return entry if entry.value is None else Entry(sign * entry.value, entry.place)


def _by_year(
    lines: Iterable[FinanceLine], roles: tuple[Role, ...], sign: int
) -> dict[Period, Entry[Decimal]]:
    own = [line for line in lines if line.role.value in roles]
    years = sorted({year for line in own for year in line.years})
    sums = ((year, summed(line.years[year] for line in own if year in line.years)) for year in years)
    return {year: _turned(entry, sign) for year, entry in sums if entry is not None}


def _before_payments(
    carried: Mapping[Period, Entry[Decimal]], payments: Mapping[Period, Entry[Decimal]]
) -> dict[Period, Entry[Decimal]]:
    return {
        year: summed([entry, *(paid for when, paid in payments.items() if when <= year)]) or entry
        for year, entry in carried.items()
    }


def _told_by(name: str) -> tuple[Bound | None, Mitigation | None]:
    text = re.sub(r"[\s_/]+", " ", name.casefold())
    bound = next((each for each, words in _BOUNDS if re.search(words, text)), None)
    mitigation = next((each for each, words in _MITIGATIONS if re.search(words, text)), None)
    return bound, mitigation


def _said(submission: Submission) -> dict[str, tuple[Bound | None, Mitigation | None]] | None:
    """What the sheets of packs say of each scenario, under its key; None where they say nothing."""
    said: dict[str, tuple[Bound | None, Mitigation | None]] = {}
    for sheet in submission.pack_sheets:
        field = _scenario_field(sheet)
        if not field or not {"bound", "mitigation"} <= {each.field for each in sheet.declared.columns}:
            continue
        for row in sheet.rows:
            scenario, bound, mitigation = (row.entries[each] for each in (field, "bound", "mitigation"))
            if scenario.value:
                said.setdefault(
                    names.key(scenario.value), (_bound(bound.value), _mitigation(mitigation.value))
                )
    return said or None


def _bound(word: object) -> Bound | None:
    return next((each for each in Bound if names.key(each) == names.key(str(word or ""))), None)


def _mitigation(word: object) -> Mitigation | None:
    return next((each for each in Mitigation if names.key(each) == names.key(str(word or ""))), None)


def _scenario_field(sheet: PackSheet) -> str:
    return next((each.field for each in sheet.declared.columns if each.type is ColumnType.SCENARIO), "")
