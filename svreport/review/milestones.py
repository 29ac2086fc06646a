"""The years the plan is measured by: when it comes into balance, and what is left at its end."""

import re
from collections.abc import Iterator
from decimal import Decimal

from svreport.model.finding import Finding, Rule, Severity
from svreport.model.period import Period
from svreport.model.submission import Condition, Role, Submission
from svreport.review.material import Check, Material
from svreport.review.passages import named
from svreport.review.plan import (
    Parts,
    Plan,
    Term,
    cells,
    equation,
    forecast_plan,
    misfit,
    money,
    plans_of,
    roll_forward,
    shown,
)
from svreport.review.sentences import excerpt
from svreport.review.standing import current_entry, is_on_target
from svreport.review.years import financial_years

_BALANCE = re.compile(
    r"\bin-year (budget )?(balance|surplus)|balanced? in-year|\bbalanced (in-year )?(budget|position|account)|"
    r"in-year position .{0,20}balance"
    r"|\b(into|reach\w*|back to|return\w* to|comes? into|achiev\w*) (an? )?(in-year )?balance\b|\b(is|are|"
    r"be) in (in-year )?balance\b",
    re.IGNORECASE,
)
_PAYMENTS = (Role.DFE_PAYMENT, Role.LA_CONTRIBUTION)


def first_balanced_year(plan: Plan) -> Period | None:
    """The first year of a plan that is in balance, and every later one too; None where there is none."""
    positions = [(year, plan.term(Role.IN_YEAR, year)) for year in plan.years]
    told = [(year, term) for year, term in positions if term is not None]
    first = None
    for year, term in reversed(told):
        if plan.deficit(term) > term.slack:
            break
        first = year
    return first


def milestone(condition: Condition, submission: Submission) -> Period | None:
    """The year by which a condition wants in-year balance: the one it names, or the end of the agreement."""
    wording = condition.wording.value or ""
    if not _BALANCE.search(wording):
        return None
    years = financial_years(wording)
    return years[0] if years else submission.programme.agreement_ends.value


BALANCE_LATE = Rule(
    "FIN-11",
    Severity.QUERY,
    "In-year balance is forecast too late for the condition's rating",
    "A positive in-year balance by a year holds where the forecast is in balance in that year and in every later one.",
    "The condition wants balance by 2028-29 and is Green; the forecast has a deficit of £12,078k in that year.",
)


def balance_late(material: Material) -> Iterator[Finding]:
    submission = material.submission
    plan = forecast_plan(submission)
    for condition in submission.conditions:
        wanted, entry = milestone(condition, submission), current_entry(condition, submission)
        if plan is None or wanted is None or entry is None or entry.value is None:
            continue
        short = _years_short(plan, wanted)
        if short and is_on_target(entry.value):
            told = ", ".join(f"{cells([term])} {shown(term, plan)} in {term.year}" for term in short)
            yield BALANCE_LATE.at(
                entry.place,
                read=f"{named(condition)} is {entry.value}",
                expected=f"in-year balance in {wanted} and every later year, where the forecast has a deficit: {told}",
                mend="rate the condition as off target, or correct the forecast",
                about=f"{named(condition)}: in-year balance",
            )


BALANCE_TOLD = Rule(
    "FIN-12",
    Severity.QUERY,
    "The text names another year for in-year balance than the forecast has",
    "The year of balance is what readers remember. It must be the first forecast year that is in balance and stays so.",
    "The commentary says balance comes in 2029-30; the forecast is first in balance in 2030-31.",
)
_OTHER_CASE = re.compile(
    r"\b(not|no longer|never|cannot|if|were|would|could|might|originally?|agreement|agreed|undertak\w+|requires?|"
    r"previous\w*|earlier|sooner|instead|without|last (return|update)|May|August|November|was|had|rather)\b"
)


def balance_told(material: Material) -> Iterator[Finding]:
    plan = forecast_plan(material.submission)
    first = first_balanced_year(plan) if plan is not None else None
    if plan is None or first is None or first == plan.years[0]:
        return
    for passage in material.passages:
        for sentence in passage.sentences:
            found, years = _BALANCE.search(sentence.text), financial_years(sentence.text)
            if (
                found is None
                or len(set(years)) != 1
                or years[0] == first
                or _OTHER_CASE.search(sentence.text)
            ):
                continue
            if years[0] not in plan.years:
                continue
            position = plan.term(Role.IN_YEAR, first)
            yield BALANCE_TOLD.at(
                passage.place,
                read=excerpt(sentence.text, found.start(), found.end()),
                expected=f"{first}: the first year of {plan.scenario} in balance for good"
                + (f" ({cells([position])} {shown(position, plan)})" if position else ""),
                mend="correct the year in the text, or the forecast",
                about=f"{passage.about}: year of balance",
            )


RESIDUAL = Rule(
    "FIN-13",
    Severity.QUERY,
    "The residual does not follow from the plan",
    "The residual is the deficit at the end of the agreement, less the DfE and council money still to come.",
    "£122,500k is carried forward with nothing to come, and the residual says £112,500k.",
)


def residual(material: Material) -> Iterator[Finding]:
    submission = material.submission
    for plan in plans_of(submission).values():
        for year in plan.years:
            told, parts = plan.term(Role.RESIDUAL, year), _residual_parts(plan, year)
            at_end = _residual_parts(plan, submission.programme.agreement_ends.value or year)
            if parts is not None and _is_told(plan, year):
                continue
            if told is None or parts is None or any(_agrees(told, each) for each in (parts, at_end or parts)):
                continue
            most = max(amount.decimals for _, term in parts for amount in term.amounts)
            yield RESIDUAL.at(
                told.place,
                read=shown(told, plan),
                expected=f"{money(_sum(parts), plan.unit, most)} = {equation(parts)}",
                mend=f"correct {cells([told])}, or the wrong one of {cells(term for _, term in parts)}",
                about=f"{plan.scenario}: residual, {year}",
            )


def _residual_parts(plan: Plan, end: Period) -> Parts | None:
    """What is carried forward at the end, and the payments of later years with the sign that lowers it."""
    closing = plan.term(Role.CARRIED_FORWARD, end)
    later = [plan.terms(_PAYMENTS, year) for year in plan.years if year > end]
    if closing is None or any(terms is None for terms in later):
        return None
    to_come = [term for terms in later for term in terms or () if term.value]
    return [(1, closing), *((-plan.sign, term) for term in to_come)]


def _is_told(plan: Plan, year: Period) -> bool:
    """True where what is carried forward is itself wrong, which is told there."""
    closing, parts = plan.term(Role.CARRIED_FORWARD, year), roll_forward(plan, year)
    return closing is not None and parts is not None and misfit(closing, parts)


def _agrees(told: Term, parts: Parts) -> bool:
    return abs(told.value - _sum(parts)) <= told.slack + sum((term.slack for _, term in parts), Decimal(0))


def _sum(parts: Parts) -> Decimal:
    return sum((sign * term.value for sign, term in parts), Decimal(0))


def _years_short(plan: Plan, wanted: Period) -> list[Term]:
    """The in-year deficits in the wanted year and after it."""
    positions = [plan.term(Role.IN_YEAR, year) for year in plan.years if year >= wanted]
    return [term for term in positions if term is not None and plan.deficit(term) > term.slack]


CHECKS = (Check(BALANCE_LATE, balance_late), Check(BALANCE_TOLD, balance_told), Check(RESIDUAL, residual))
