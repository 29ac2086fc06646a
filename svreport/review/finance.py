"""The plan's arithmetic: what is brought forward, the year, and what is carried forward."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from svreport.model.finding import Finding, Rule, Severity
from svreport.model.period import Period
from svreport.model.submission import SIGNED_ROLES, Role
from svreport.review.material import Check, Material
from svreport.review.plan import (
    PAYMENTS,
    Parts,
    Plan,
    Term,
    cells,
    differ,
    equation,
    misfit,
    money,
    plans_of,
    roll_forward,
    shown,
    shown_the_other_way,
    signs_are_turned,
)

_SAVED = (Role.TRANSFER, Role.MITIGATION)
_SIGN_CONVENTIONS = {1: "positive", -1: "negative"}

BROUGHT_FORWARD = Rule(
    "FIN-01",
    Severity.ERROR,
    "Brought forward is not what the year before carried forward",
    "A year opens with the balance that the year before closed with. Where the two differ, one of them is wrong, and "
    "every later year with it.",
    "2024-25 carries £60,480k forward, and 2025-26 brings £60,840k forward.",
)


def brought_forward(material: Material) -> Iterator[Finding]:
    for plan in plans_of(material.submission).values():
        for year in plan.years:
            opening = plan.term(Role.BROUGHT_FORWARD, year)
            closed = plan.term(Role.CARRIED_FORWARD, year.next(-1))
            if opening is None or closed is None or not differ(opening.value - closed.value, opening, closed):
                continue
            parts = roll_forward(plan, closed.year)
            if (
                parts is not None
                and misfit(closed, parts)
                and not misfit(opening._replace(year=closed.year), parts)
            ):
                continue
            yield BROUGHT_FORWARD.at(
                opening.place,
                read=shown(opening, plan),
                expected=f"{shown(closed, plan)}, which {closed.year} carries forward in {cells([closed])}",
                mend=f"correct {cells([opening])} or {cells([closed])}",
                about=_about(plan, "brought forward", year),
            )


IN_YEAR = Rule(
    "FIN-02",
    Severity.ERROR,
    "The in-year position does not follow from the year's lines",
    "Expenditure less income, transfers in and mitigations is the year's position. It is tested only where the "
    "Programme "
    "item Finance lines says complete.",
    "The lines give a deficit of £34,900k, and the in-year position says £34,090k.",
)


def in_year(material: Material) -> Iterator[Finding]:
    submission = material.submission
    if not submission.programme.finance_complete.value or signs_are_turned(submission):
        return
    for plan in plans_of(submission).values():
        for year in plan.years:
            position, parts = plan.term(Role.IN_YEAR, year), _lines_of_the_year(plan, year)
            if position is not None and parts is not None:
                yield from _unequal(IN_YEAR, plan, position, parts, "in-year position")


def _lines_of_the_year(plan: Plan, year: Period) -> Parts | None:
    """Expenditure less income, transfers and mitigations, each with its sign as the sheet shows deficits."""
    spent, income, saved = (
        plan.term(Role.EXPENDITURE, year),
        plan.term(Role.INCOME, year),
        plan.terms(_SAVED, year),
    )
    if spent is None or income is None or saved is None:
        return None
    return [(plan.sign, spent), *((-plan.sign, term) for term in (income, *saved))]


CARRIED_FORWARD = Rule(
    "FIN-03",
    Severity.ERROR,
    "Carried forward does not follow from its parts",
    "What is carried forward is what was brought forward and the year's position, less DfE's payment and the council's "
    "contribution; lines of one role are added up. Half of the last digit shown is allowed for each figure. A scenario "
    "without a line of payments may count those of another.",
    "£70,000k brought forward and £35,000k in the year make £105,000k, and the cell says £104,900k.",
)


def carried_forward(material: Material) -> Iterator[Finding]:
    if signs_are_turned(material.submission):
        return
    plans = plans_of(material.submission).values()
    for plan in plans:
        for year in plan.years:
            closing, parts = plan.term(Role.CARRIED_FORWARD, year), roll_forward(plan, year)
            if closing is None or parts is None or _told_of_a_part(plan, closing, parts, material):
                continue
            if _counts_payments_elsewhere(plan, closing, parts, plans):
                continue
            yield from _unequal(CARRIED_FORWARD, plan, closing, parts, "carried forward")


def _counts_payments_elsewhere(plan: Plan, closing: Term, parts: Parts, plans: Iterable[Plan]) -> bool:
    """True where the scenario names no payments, and its balance is right with those that another one names."""
    if any(plan.has(role) for role in PAYMENTS):
        return False
    paid = [each.terms(PAYMENTS, closing.year) or [] for each in plans if each is not plan]
    return any(
        not misfit(closing, [*parts, *((-plan.sign, term) for term in payments)])
        for payments in paid
        if payments
    )


def _told_of_a_part(plan: Plan, closing: Term, parts: Parts, material: Material) -> bool:
    """True where the balance is right once a part is what it should be: the fault is the part's, and told there."""
    opening, position, payments = parts[:1], parts[1:2], parts[2:]
    before = plan.term(Role.CARRIED_FORWARD, closing.year.next(-1))
    openings = [opening] if before is None else [opening, [(1, before)]]
    lines = (
        _lines_of_the_year(plan, closing.year)
        if material.submission.programme.finance_complete.value
        else None
    )
    positions = [position] if lines is None else [position, lines]
    return any(not misfit(closing, [*one, *other, *payments]) for one in openings for other in positions)


OTHER_WAY_ROUND = Rule(
    "FIN-04",
    Severity.ERROR,
    "The plan adds up only with deficits shown the other way round",
    "Programme says whether Finance writes a deficit as a positive or a negative amount. If it says the wrong one, a "
    "deficit is read as a surplus in every test and every sentence.",
    "Deficits shown as is positive, and a payment brings −£12.4m to −£9.4m.",
)


def other_way_round(material: Material) -> Iterator[Finding]:
    place = material.submission.programme.deficits_negative.place
    for plan in plans_of(material.submission).values():
        if shown_the_other_way(plan):
            read, expected = _SIGN_CONVENTIONS[plan.sign], _SIGN_CONVENTIONS[-plan.sign]
            yield OTHER_WAY_ROUND.at(
                place,
                read=read,
                expected=f"{expected}: only so does every year of {plan.scenario} add up, with its payments",
                mend=f"choose {expected}, or turn the signs of the positions on Finance",
                about=f"{plan.scenario}: deficits shown as",
            )
            return


NEGATIVE_PAYMENT = Rule(
    "FIN-05",
    Severity.QUERY,
    "A payment or contribution is negative",
    "DfE's payments and the council's contributions are written as positive amounts, however deficits are shown. A "
    "negative one makes the deficit larger.",
    "The Safety Valve payment of 2024-25 is −£8,040k.",
)


def negative_payment(material: Material) -> Iterator[Finding]:
    for plan in plans_of(material.submission).values():
        for line, decimals in plan.lines:
            if line.role.value not in PAYMENTS:
                continue
            for year, entry in line.years.items():
                if entry.value is not None and entry.value < 0:
                    yield NEGATIVE_PAYMENT.at(
                        entry.place,
                        read=money(entry.value, plan.unit, decimals),
                        expected="a positive amount: it lowers the deficit",
                        mend="take the minus sign away; if money was paid back, answer this query",
                        about=f"{plan.scenario}: {line.line.value}, {year}",
                    )


OUT_OF_SCALE = Rule(
    "FIN-06",
    Severity.QUERY,
    "A figure is out of scale with its line",
    "A figure a thousand times its neighbours is usually in another unit than the sheet: pounds among thousands.",
    "Income is 74,420 and 82,710 in the years around one of 80,301,000.",
)
_OUT_OF_SCALE = 500
_ENOUGH_TO_COMPARE = 3


def out_of_scale(material: Material) -> Iterator[Finding]:
    for plan in plans_of(material.submission).values():
        for line, decimals in plan.lines:
            if line.role.value is None or line.role.value in SIGNED_ROLES:
                continue
            told = {year: cell.value for year, cell in line.years.items() if cell.value}
            for year, value in told.items():
                others = sorted(abs(other) for each, other in told.items() if each != year)
                if len(others) < _ENOUGH_TO_COMPARE:
                    continue
                usual = others[len(others) // 2]
                if abs(value) < usual * _OUT_OF_SCALE:
                    continue
                yield OUT_OF_SCALE.at(
                    line.years[year].place,
                    read=money(value, plan.unit, decimals),
                    expected=f"about {money(usual, plan.unit, decimals)}, like the line's other years",
                    mend=f"write the figure in {plan.unit}, the unit that Programme gives for Finance",
                    about=f"{plan.scenario}: {line.line.value}, {year}",
                )


def _unequal(rule: Rule, plan: Plan, total: Term, parts: Parts, what: str) -> Iterator[Finding]:
    if not misfit(total, parts):
        return
    terms = [term for _, term in parts]
    most = max(amount.decimals for term in (total, *terms) for amount in term.amounts)
    expected = sum((sign * term.value for sign, term in parts), Decimal(0))
    yield rule.at(
        total.place,
        read=shown(total, plan),
        expected=f"{money(expected, plan.unit, most)} = {equation(parts)}",
        mend=f"correct {cells([total])}, or the wrong one of {cells(terms)}",
        about=_about(plan, what, total.year),
    )


def _about(plan: Plan, what: str, year: Period) -> str:
    return f"{plan.scenario}: {what}, {year}"


CHECKS = (
    Check(BROUGHT_FORWARD, brought_forward),
    Check(IN_YEAR, in_year),
    Check(CARRIED_FORWARD, carried_forward),
    Check(OTHER_WAY_ROUND, other_way_round),
    Check(NEGATIVE_PAYMENT, negative_payment),
    Check(OUT_OF_SCALE, out_of_scale),
)
