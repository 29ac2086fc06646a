"""The plan beside the agreement, the limits with what is left under them, and the milestones."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from svreport.documents.board.words import against, cells, deficit, money
from svreport.documents.board_context import LimitLine, MilestoneLine, YearLine
from svreport.documents.plan_series import Amounts, before_payments, carried_forward, positions
from svreport.model.finding import Place
from svreport.model.period import Period
from svreport.model.references import headed
from svreport.model.submission import LimitBasis, Role, Submission
from svreport.review.limits import LimitTest, limit_tests, limits
from svreport.review.milestones import first_balanced_year, milestone
from svreport.review.plan import Plan, agreed_plan, forecast_plan

_BAD, _WARN, _GOOD, _PLAIN = "bad", "warn", "good", "plain"


def year_lines(submission: Submission) -> Iterator[YearLine]:
    """Each year that the forecast or the agreement has a position for."""
    plan, agreed = forecast_plan(submission), agreed_plan(submission)
    if plan is None:
        return
    unit = plan.unit
    ours = _Positions(plan)
    theirs = _Positions(agreed) if agreed else None
    for year in sorted({*plan.years, *(agreed.years if agreed else ())}):
        told = [each for each in (ours, theirs) if each]
        places = [place for each in told for place in each.places(year)]
        closing = ours.cumulative_places(year)
        if theirs:
            closing += theirs.cumulative_places(year)
        if not places and not closing:
            continue
        now, before = _amount(ours.in_year, year), _amount(ours.carried, year)
        agreed_now = _amount(theirs.in_year, year) if theirs else None
        agreed_carried = _amount(theirs.carried, year) if theirs else None
        gross = _amount(ours.gross, year)
        agreed_gross = _amount(theirs.gross, year) if theirs else None
        paid = _amount(ours.paid, year)
        yield YearLine(
            year=str(year),
            in_year="" if now is None else deficit(now, unit),
            in_year_agreed="" if agreed_now is None else deficit(agreed_now, unit),
            in_year_difference=against(now, agreed_now, unit),
            payments="" if paid is None else money(paid, unit),
            cumulative="" if before is None else deficit(before, unit),
            cumulative_agreed="" if agreed_carried is None else deficit(agreed_carried, unit),
            cumulative_difference=against(before, agreed_carried, unit),
            before_payments="" if gross is None else deficit(gross, unit),
            before_payments_agreed="" if agreed_gross is None else deficit(agreed_gross, unit),
            cells=cells(places),
            cumulative_cells=cells(closing),
        )


class _Positions:
    """What a plan says of each year, a deficit counted positive."""

    def __init__(self, plan: Plan) -> None:
        self.in_year = positions(plan, Role.IN_YEAR)
        self.carried = carried_forward(plan)
        self.gross = before_payments(plan)
        self.paid = positions(plan, Role.DFE_PAYMENT)

    def places(self, year: Period) -> list[Place]:
        """The cells of the year's position and payment."""
        return _places((self.in_year, self.paid), year)

    def cumulative_places(self, year: Period) -> list[Place]:
        """The cells of what is carried forward, and of the payments that are added back."""
        return _places((self.carried, self.gross), year)


def _places(amounts: Iterable[Amounts], year: Period) -> list[Place]:
    return [place for each in amounts if year in each for place in each[year][1]]


def _amount(amounts: Amounts, year: Period) -> Decimal | None:
    return amounts[year][0] if year in amounts else None


def limit_lines(submission: Submission) -> Iterator[LimitLine]:
    """Each year's limit, on the basis on which it was agreed; one that cannot be tested says why."""
    tests = {test.year: test for test in limit_tests(submission)}
    unit = submission.programme.money_unit
    sign = -1 if submission.programme.deficits_negative.value else 1
    for year, limit in limits(submission):
        test = tests.get(year)
        if test is None:
            yield LimitLine(
                str(year), money(sign * limit.value, unit), _basis(submission.programme.limit_basis.value), "", "",
                "No forecast to test it on", _WARN, "", "", cells([limit.place]),
            )  # fmt: skip
            continue
        standing, style = limit_standing(test)
        known = not _is_open(test)
        yield LimitLine(
            year=str(year),
            limit=deficit(test.limit_amount, unit),
            basis=_basis(test.basis),
            tested=deficit(test.tested, unit) if known else "",
            headroom=headroom_told(test) if known else "",
            standing=standing,
            style=style,
            before=deficit(test.before_payments, unit),
            after=deficit(test.after_payments, unit),
            cells=cells(
                amount.place for term in (test.limit, test.closing, *test.payments) for amount in term.amounts
            ),
        )


def headroom_told(test: LimitTest) -> str:
    """`£10.82m over the limit`, `£0.3m under the limit`."""
    side = "over" if test.headroom < 0 else "under"
    return f"{money(test.headroom, test.plan.unit)} {side} the limit"


def _is_open(test: LimitTest) -> bool:
    """True where payments make a difference and nothing says whether they count."""
    return test.basis is None and any(term.value for term in test.payments)


def limit_standing(test: LimitTest) -> tuple[str, str]:
    """In words, and the style of it."""
    if _is_open(test):
        return "Cannot be told: the limit's basis is not given", _WARN
    if test.is_breached:
        return "Over the limit", _BAD
    if test.headroom < 0:
        return "At the limit, within rounding", _WARN
    return "Within the limit", _GOOD


def _basis(basis: LimitBasis | None) -> str:
    told = {
        LimitBasis.BEFORE: "Before Safety Valve payments",
        LimitBasis.AFTER: "After Safety Valve payments",
    }
    return told[basis] if basis else "Not given"


def milestone_lines(submission: Submission, condition_ids: Mapping[int, str]) -> Iterator[MilestoneLine]:
    """The year of in-year balance that each condition wants, or else the agreement's end; then the residual."""
    plan = forecast_plan(submission)
    if plan is None:
        return
    first = first_balanced_year(plan)
    wanted = [
        (year, headed(each.ref.value or "", "Condition"), condition_ids[number], each.wording.place)
        for number, each in enumerate(submission.conditions)
        for year in [milestone(each, submission)]
        if year is not None
    ]
    ends = submission.programme.agreement_ends
    if not wanted and ends.value is not None:
        wanted = [(ends.value, "", "", ends.place)]
    if plan.has(Role.IN_YEAR):
        for year, heading, number, place in wanted:
            standing, style = _balance(first, year, plan)
            places = [place, *_cell(plan, first or year)]
            forecast = str(first) if first else f"Not by {plan.years[-1]}"
            yield MilestoneLine(
                "In-year balance, kept from then on", str(year), forecast, standing, style, heading, number,
                cells(places),
            )  # fmt: skip
    yield from _residual(submission, plan)


def balance_standing(submission: Submission) -> tuple[Period | None, Period | None, str, str] | None:
    """The first balanced year, the one that is wanted, and how they stand; None where neither is known."""
    plan = forecast_plan(submission)
    if plan is None or not plan.has(Role.IN_YEAR):
        return None
    wanted = [year for each in submission.conditions if (year := milestone(each, submission)) is not None]
    year = wanted[0] if wanted else submission.programme.agreement_ends.value
    first = first_balanced_year(plan)
    standing, style = _balance(first, year, plan) if year else ("", _PLAIN)
    return first, year, standing, style


def _cell(plan: Plan, year: Period) -> list[Place]:
    term = plan.term(Role.IN_YEAR, year)
    return [amount.place for amount in term.amounts] if term else []


def _balance(first: Period | None, wanted: Period, plan: Plan) -> tuple[str, str]:
    if not any(plan.term(Role.IN_YEAR, year) for year in plan.years if year >= wanted):
        return "The forecast does not reach so far", _WARN
    if first is None:
        return "Not reached in the forecast", _BAD
    late = first.start_year - wanted.start_year
    if late > 0:
        return f"{late} year{'s' if late > 1 else ''} late", _BAD
    return ("On time" if not late else f"{-late} year{'s' if late < -1 else ''} early"), _GOOD


def _residual(submission: Submission, plan: Plan) -> Iterator[MilestoneLine]:
    """What is left to the council at the plan's end beside what was agreed, where the sheet says both or one."""
    agreed = agreed_plan(submission)
    ours, theirs = _last(plan), _last(agreed) if agreed else None
    if ours is None:
        return
    year, amount, told_at = ours
    places = [*told_at, *(theirs[2] if theirs else ())]
    wanted = f"{deficit(theirs[1], plan.unit)} ({theirs[0]})" if theirs else "Not given"
    told = against(amount, theirs[1], plan.unit) if theirs else "Nothing to compare with"
    style = _PLAIN if theirs is None else _BAD if amount > theirs[1] else _GOOD
    yield MilestoneLine(
        "Residual deficit, left to the council", wanted, f"{deficit(amount, plan.unit)} ({year})", told, style, "", "",
        cells(places),
    )  # fmt: skip


def _last(plan: Plan) -> tuple[Period, Decimal, tuple[Place, ...]] | None:
    told = positions(plan, Role.RESIDUAL)
    if not told:
        return None
    year = max(told)
    return year, *told[year]
