"""The deficit limit: on which basis it is tested, what is left under it, and what the ratings say of it."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from svreport.model.finding import Finding, Rule, Severity
from svreport.model.period import Period
from svreport.model.submission import Condition, LimitBasis, Role, Submission
from svreport.review.material import Check, Material
from svreport.review.passages import named
from svreport.review.plan import Plan, Term, equation, forecast_plan, money, plans_of
from svreport.review.sentences import money_in, stands_for
from svreport.review.standing import current_entry, is_on_target
from svreport.review.years import financial_years

_CAP = re.compile(
    r"exceed|no more than|not (be )?more than|not (go|rise|be) (above|over)|\bwithin\b|\bcap(ped)?\b|\blimit|"
    r"\bmaximum|\bbelow £",
    re.IGNORECASE,
)


class LimitTest(NamedTuple):
    """A deficit limit tested on the forecast, every amount with a deficit counted positive, in the sheet's unit.

    `payments` are DfE's payments to date, which are added back where the basis is before them; `headroom` is what is
    left under the limit, below zero over it; `slack` is what the rounding of the figures explains.
    """

    year: Period
    plan: Plan
    limit: Term
    closing: Term
    payments: tuple[Term, ...]
    basis: LimitBasis | None

    @property
    def limit_amount(self) -> Decimal:
        return self.plan.deficit(self.limit)

    @property
    def after_payments(self) -> Decimal:
        return self.plan.deficit(self.closing)

    @property
    def before_payments(self) -> Decimal:
        return self.after_payments + sum((term.value for term in self.payments), Decimal(0))

    @property
    def tested(self) -> Decimal:
        return self.before_payments if self.basis is LimitBasis.BEFORE else self.after_payments

    @property
    def headroom(self) -> Decimal:
        return self.limit_amount - self.tested

    @property
    def slack(self) -> Decimal:
        added = self.payments if self.basis is LimitBasis.BEFORE else ()
        return sum((term.slack for term in (self.limit, self.closing, *added)), Decimal(0))

    @property
    def is_breached(self) -> bool:
        return self.headroom < -self.slack

    @property
    def told(self) -> str:
        """`£95,320k = F20 60,480 + E18 26,800 + F18 8,040 (before Safety Valve payments)`."""
        added = self.payments if self.basis is LimitBasis.BEFORE else ()
        parts = [(1, self.closing), *((self.plan.sign, term) for term in added)]
        return f"{self.money(self.tested)} = {equation(parts)} ({self.basis or 'no basis given'})"

    @property
    def headroom_told(self) -> str:
        """`£10,820k over the limit of £84,500k`, or `£300k under` it."""
        side = "over" if self.headroom < 0 else "under"
        return f"{self.money(abs(self.headroom))} {side} the limit of {self.money(self.limit_amount)}"

    def money(self, amount: Decimal) -> str:
        terms = (self.limit, self.closing, *self.payments)
        return money(amount, self.plan.unit, max(part.decimals for term in terms for part in term.amounts))


def limit_tests(submission: Submission) -> tuple[LimitTest, ...]:
    """Each year's limit against the forecast; a year for which the forecast carries nothing forward has no test."""
    forecast = forecast_plan(submission)
    if forecast is None:
        return ()
    tests = []
    for year, limit in limits(submission):
        closing = forecast.term(Role.CARRIED_FORWARD, year)
        payments = [forecast.terms((Role.DFE_PAYMENT,), each) for each in forecast.years if each <= year]
        if closing is None or any(terms is None for terms in payments):
            continue
        told = tuple(term for terms in payments for term in terms or ())
        basis = submission.programme.limit_basis.value
        tests.append(LimitTest(year, forecast, limit, closing, told, basis))
    return tuple(tests)


def limits(submission: Submission) -> list[tuple[Period, Term]]:
    """The limit of each year, from whichever scenario has it; the forecast's own before others'."""
    forecast = forecast_plan(submission)
    plans = sorted(plans_of(submission).values(), key=lambda plan: plan != forecast)
    found: dict[Period, Term] = {}
    for plan in plans:
        for year in plan.years:
            limit = plan.term(Role.LIMIT, year)
            if limit is not None:
                found.setdefault(year, limit)
    return sorted(found.items())


def cap_conditions(test: LimitTest, submission: Submission) -> list[Condition]:
    """The conditions about a limit: those that name its year or amount, or else all that cap the deficit."""
    capping = [
        condition
        for condition in submission.conditions
        if condition.wording.value
        and re.search(r"deficit|DSG", condition.wording.value)
        and _CAP.search(condition.wording.value)
    ]
    pounds = test.limit_amount * test.plan.unit.pounds
    closest = [
        condition
        for condition in capping
        if test.year in financial_years(condition.wording.value or "")
        or any(stands_for(amount, pounds) for amount in money_in(condition.wording.value or ""))
    ]
    return closest or [
        condition for condition in capping if not financial_years(condition.wording.value or "")
    ]


BREACH = Rule(
    "FIN-07",
    Severity.QUERY,
    "The deficit limit is exceeded, and no rating says so",
    "A limit is tested on the basis on which it was agreed. The condition that holds the limit is expected to be off "
    "target when the forecast is over it.",
    "The deficit is £95,320k before Safety Valve payments against a limit of £84,500k, and the condition is Green.",
)


def breach(material: Material) -> Iterator[Finding]:
    submission = material.submission
    for test in limit_tests(submission):
        if not test.is_breached or (test.basis is None and test.payments):
            continue
        about = f"Limit, {test.year}"
        expected = f"a rating that says the limit is exceeded: {test.told}, {test.headroom_told}"
        conditions = cap_conditions(test, submission)
        if not conditions:
            yield BREACH.at(
                test.limit.place,
                read=test.money(test.limit_amount),
                expected=f"a condition about the limit, as it is exceeded: {test.told}, {test.headroom_told}",
                mend="say in the return that the limit is exceeded, or correct the figures",
                about=about,
            )
        for condition in conditions:
            entry = current_entry(condition, submission)
            if entry is not None and entry.value is not None and is_on_target(entry.value):
                ref = named(condition)
                yield BREACH.at(
                    entry.place,
                    read=f"{ref} is {entry.value}",
                    expected=expected,
                    mend="rate the condition as off target, or correct the figures or the basis of the limit",
                    about=f"{about}: {ref}",
                )


BASIS_MISSING = Rule(
    "FIN-08",
    Severity.QUERY,
    "The limit's basis is not given",
    "A limit agreed before Safety Valve payments can look kept on a deficit shown after them. Where there are "
    "payments, "
    "the limit cannot be tested until its basis is told.",
    "Deficit limit basis on Programme is empty, and the forecast counts £34,840k of payments.",
)


def basis_missing(material: Material) -> Iterator[Finding]:
    basis = material.submission.programme.limit_basis
    for test in limit_tests(material.submission):
        if basis.is_empty and any(term.value for term in test.payments):
            yield BASIS_MISSING.at(
                basis.place,
                read="empty",
                expected=f"the basis on which the limit of {test.money(test.limit_amount)} for {test.year} was agreed: "
                f"the deficit is {test.money(test.before_payments)} before Safety Valve payments and "
                f"{test.money(test.after_payments)} after them",
                mend="choose the basis that the agreement names",
                about="Deficit limit basis",
            )
            return


NOT_TESTED = Rule(
    "FIN-09",
    Severity.QUERY,
    "A limit has no forecast to be tested on",
    "A limit is tested on what the forecast scenario carries forward in its year.",
    "The limit is for 2024-25, and the forecast begins in 2025-26.",
)


def not_tested(material: Material) -> Iterator[Finding]:
    submission = material.submission
    forecast = forecast_plan(submission)
    if forecast is None or not forecast.is_whole:
        return
    for year, limit in limits(submission):
        entries = [line.years[year] for line, _ in forecast.lines if year in line.years]
        carried = forecast.term(Role.CARRIED_FORWARD, year)
        if carried is None and not any(entry.fault for entry in entries):
            yield NOT_TESTED.at(
                limit.place,
                read=money(limit.value, forecast.unit, limit.amounts[0].decimals),
                expected=f"a figure that {forecast.scenario} carries forward in {year}",
                mend="fill in the Carried forward line, or name another Forecast scenario on Programme",
                about=f"Limit, {year}",
            )


NEVER_STATED = Rule(
    "FIN-10",
    Severity.QUERY,
    "The condition about the limit never states the deficit",
    "A reader who is told of a limit wants to know how near the deficit is to it. The figure belongs beside the "
    "rating.",
    "The condition caps the deficit at £84.5m, and its progress never says that £95.3m is forecast.",
)


def never_stated(material: Material) -> Iterator[Finding]:
    submission = material.submission
    told = material.passages
    for test in limit_tests(submission):
        for condition in cap_conditions(test, submission):
            texts = [each for each in told if each.subject is condition]
            written = [amount for each in texts for amount in money_in(each.text)]
            stated = (test.before_payments, test.after_payments)
            amounts = [value * test.plan.unit.pounds for value in stated]
            if not texts or any(stands_for(amount, value) for amount in written for value in amounts):
                continue
            ref = named(condition)
            yield NEVER_STATED.at(
                texts[0].place,
                read=f"no figure for the deficit at the end of {test.year} in the progress of {ref}",
                expected=f"the deficit on the limit's basis: {test.told}, {test.headroom_told}",
                mend="state the deficit and the limit in the progress",
                about=f"{ref}: deficit, {test.year}",
            )


CHECKS = (
    Check(BREACH, breach),
    Check(BASIS_MISSING, basis_missing),
    Check(NOT_TESTED, not_tested),
    Check(NEVER_STATED, never_stated),
)
