"""The plan as series for charts: what is forecast and what was agreed, every deficit counted positive."""

from collections.abc import Mapping
from decimal import Decimal

from svreport.figures.sources import Source
from svreport.model.entry import Entry
from svreport.model.finding import Place
from svreport.model.period import Period
from svreport.model.submission import LimitBasis, Role, Submission
from svreport.review.limits import limits
from svreport.review.plan import Plan, agreed_plan, forecast_plan

_DEFICIT = "the cumulative deficit"
_IN_YEAR = "the in-year deficit"


def balance_title(submission: Submission) -> str:
    """`Cumulative deficit before and after Safety Valve payments`, as far as the lines of its chart go."""
    plan = forecast_plan(submission)
    both = plan is not None and shows_both(plan, submission)
    return f"Cumulative deficit{' before and after Safety Valve payments' if both else ''}"


def shows_both(plan: Plan, submission: Submission) -> bool:
    """True where a limit is, or may be, on the basis before payments, and there are payments to tell apart."""
    paid = any(term.value for year in plan.years for term in plan.terms((Role.DFE_PAYMENT,), year) or ())
    return (
        paid and bool(limits(submission)) and submission.programme.limit_basis.value is not LimitBasis.AFTER
    )


def cumulative_series(submission: Submission) -> list[Source]:
    """The forecast after payments, and before them where the limit is on that basis; the agreement alike; the limit."""
    plan, agreed = forecast_plan(submission), agreed_plan(submission)
    if plan is None:
        return []
    both = shows_both(plan, submission)
    made: list[Source] = []
    for each in filter(None, (plan, agreed)):
        if both:
            made.append(
                _source(f"{each.scenario}, before payments", before_payments(each), _DEFICIT, submission)
            )
        if not both or each is plan:
            told = f"{each.scenario}, after payments" if both else each.scenario
            made.append(_source(told, carried_forward(each), _DEFICIT, submission))
    caps = {year: (plan.deficit(term), (term.place,)) for year, term in limits(submission)}
    # A limit of a single year is a single point: its name says so, for the line to it is none of other years.
    label = f"Limit, {next(iter(caps))}" if len(caps) == 1 else "Limit"
    made.append(_source(label, caps, _DEFICIT, submission))
    return made


def in_year_series(submission: Submission) -> list[Source]:
    """The forecast's and the agreement's in-year position."""
    plans = filter(None, (forecast_plan(submission), agreed_plan(submission)))
    return [_source(plan.scenario, positions(plan, Role.IN_YEAR), _IN_YEAR, submission) for plan in plans]


Amounts = Mapping[Period, tuple[Decimal, tuple[Place, ...]]]
"""An amount of each year in the sheet's unit, a deficit counted positive, with the cells it is made of."""


def positions(plan: Plan, role: Role) -> Amounts:
    told = {year: plan.term(role, year) for year in plan.years}
    return {
        year: (plan.deficit(term), tuple(amount.place for amount in term.amounts))
        for year, term in told.items()
        if term is not None
    }


def carried_forward(plan: Plan) -> Amounts:
    return positions(plan, Role.CARRIED_FORWARD)


def before_payments(plan: Plan) -> Amounts:
    """What is carried forward with all of DfE's payments to date added back; up to the first that cannot be read."""
    paid = Decimal(0)
    paid_at: tuple[Place, ...] = ()
    found: dict[Period, tuple[Decimal, tuple[Place, ...]]] = {}
    closing = carried_forward(plan)
    for year in plan.years:
        terms = plan.terms((Role.DFE_PAYMENT,), year)
        if terms is None:
            break
        paid += sum((term.value for term in terms), Decimal(0))
        paid_at += tuple(amount.place for term in terms for amount in term.amounts)
        if year in closing:
            found[year] = (closing[year][0] + paid, closing[year][1] + paid_at)
    return found


def _source(label: str, amounts: Amounts, group: str, submission: Submission) -> Source:
    programme = submission.programme
    return Source(
        name=label,
        sheet="Finance",
        group=group,
        kind=label,
        is_metric=False,
        unit=programme.money_unit,
        unit_entry=programme.money_in,
        entries={year: Entry(value, places[0]) for year, (value, places) in sorted(amounts.items())},
        is_balance=True,
        forecast_from=programme.financial_year.value,
    )
