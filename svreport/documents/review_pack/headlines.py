"""The figures that a finance officer looks at first, each with what was planned and how it changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from svreport.model import formats
from svreport.model.entry import Entry
from svreport.model.finding import Place
from svreport.model.period import Period
from svreport.model.quantity import Quantity, Unit
from svreport.model.series import MetricSeries
from svreport.model.submission import LimitBasis, Role, Submission
from svreport.review.limits import LimitTest, limit_tests
from svreport.review.material import Material
from svreport.review.plan import Plan, agreed_plan, forecast_plan

_A_MILLION = 1_000_000
_DECIMALS = 2  # of millions, in one row all alike


@dataclass(frozen=True, slots=True)
class Headline:
    """`planned` is the agreed plan's figure, the limit, or the forecast; `before` that of the previous update."""

    what: str
    now: str
    planned: str
    before: str
    change: str
    places: tuple[Place, ...]


def headline_figures(material: Material) -> tuple[Headline, ...]:
    """The plan's positions and the limits that matter most, then each metric with an actual, then the other limits; all
    in the order of the sheets.
    """
    year = material.submission.programme.financial_year.value
    tests = limit_tests(material.submission)
    first = _first_limits(tests, year)
    return (
        *_positions(material),
        *_limits([each for each in tests if each in first], material),
        *_metrics(material),
        *_limits([each for each in tests if each not in first], material),
    )


def _first_limits(tests: Sequence[LimitTest], year: Period | None) -> list[LimitTest]:
    """The limit of the return's year, or else the next one, and of the others the one with the least left under it."""
    now = next((each for each in tests if year is None or each.year >= year), None)
    others = sorted((each for each in tests if each is not now), key=lambda each: each.headroom)
    return [each for each in (now, *others[:1]) if each is not None]


def _positions(material: Material) -> Iterator[Headline]:
    submission = material.submission
    plan = forecast_plan(submission)
    if plan is None:
        return
    agreed = agreed_plan(submission)
    earlier = forecast_plan(material.previous.submission) if material.previous else None
    now, end = submission.programme.financial_year.value, submission.programme.agreement_ends.value
    wanted = [
        (Role.IN_YEAR, now),
        (Role.CARRIED_FORWARD, now),
        (Role.IN_YEAR, end),
        (Role.CARRIED_FORWARD, end),
    ]
    for role, year in dict.fromkeys(wanted):
        if year is not None:
            yield from _position(role, year, plan, agreed, earlier)


def _limits(tests: Iterable[LimitTest], material: Material) -> Iterator[Headline]:
    before = (
        {test.year: test for test in limit_tests(material.previous.submission)} if material.previous else {}
    )
    for test in tests:
        yield _limit(test, before.get(test.year))


def _position(
    role: Role, year: Period, plan: Plan, agreed: Plan | None, earlier: Plan | None
) -> Iterator[Headline]:
    """A position as a deficit, or as a surplus where it is one now; the other plans in the same direction."""
    term = plan.term(role, year)
    if term is None:
        return
    direction = -1 if plan.deficit(term) < 0 else 1
    kind, other_kind = ("surplus", "deficit") if direction < 0 else ("deficit", "surplus")
    when = f"In-year {kind}, {year}" if role is Role.IN_YEAR else f"Cumulative {kind}, {year}"

    def pounds(other: Plan | None) -> Decimal | None:
        told = other.term(role, year) if other else None
        return None if other is None or told is None else other.deficit(told) * direction * other.unit.pounds

    places = tuple(amount.place for amount in term.amounts)
    yield _headline(when, pounds(plan), pounds(agreed), pounds(earlier), places, below=other_kind)


def _limit(test: LimitTest, earlier: LimitTest | None) -> Headline:
    unit = test.plan.unit.pounds
    basis = str(test.basis) if test.basis else "no basis given"
    side = "over" if test.headroom < 0 else "under"
    room = formats.quantity(Quantity(abs(test.headroom) * unit, Unit.POUNDS))
    what = f"Deficit {basis}, {test.year}: {room} {side} the limit"
    before = earlier.tested * earlier.plan.unit.pounds if earlier else None
    added = test.payments if test.basis is LimitBasis.BEFORE else ()
    places = tuple(amount.place for term in (test.closing, *added) for amount in term.amounts)
    return _headline(what, test.tested * unit, test.limit_amount * unit, before, places, below="surplus")


def _headline(
    what: str,
    now: Decimal | None,
    planned: Decimal | None,
    before: Decimal | None,
    places: tuple[Place, ...],
    *,
    below: str = "",
) -> Headline:
    """`below` is the word for an amount under zero, which has its sign where there is none."""
    amounts = [now, planned, before]
    if now is not None and before is not None:
        amounts.append(now - before)
    known = [each for each in amounts if each is not None]
    in_millions = any(abs(each) >= _A_MILLION for each in known)
    told = ["" if each is None else _money(each, in_millions=in_millions) for each in amounts]
    change = _with_sign(told[3]) if len(told) > 3 else ""
    if below:
        told = [f"{each[1:]} {below}" if each.startswith(formats.MINUS) else each for each in told]
    return Headline(what, told[0], told[1], told[2], change, places)


def _money(pounds: Decimal, *, in_millions: bool) -> str:
    return formats.millions(pounds, _DECIMALS) if in_millions else formats.whole_pounds(pounds)


def _metrics(material: Material) -> Iterator[Headline]:
    for key, series in material.facts.series.items():
        actuals = {period: entry.value for period, entry in series.actual.items() if entry.value is not None}
        if not actuals:
            continue
        latest = max(actuals)
        now = actuals[latest]
        planned = series.forecast.get(latest)
        when, before = _before(key, latest, series, material)
        decimals = series.decimals
        yield Headline(
            f"{series.name}, {latest}{f' (before: {when})' if when and when != latest else ''}",
            _told(now, series, decimals),
            _told(planned.value if planned else None, series, decimals),
            _told(before, series, decimals),
            "" if before is None else signed(Quantity(now - before, series.unit, decimals)),
            (series.actual[latest].place,),
        )


def _told(amount: Decimal | None, series: MetricSeries, decimals: int) -> str:
    return "" if amount is None else formats.quantity(Quantity(amount, series.unit, decimals))


def _before(
    key: str, latest: Period, series: MetricSeries, material: Material
) -> tuple[Period | None, Decimal | None]:
    """The actual that the previous update knew: of the previous workbook, or of the month its data stood at."""
    if material.previous:
        earlier = material.previous.series.get(key)
        if earlier is None or earlier.unit is not series.unit:
            return None, None
        return _last(earlier.actual, latest)
    known = _known_at_previous_update(material.submission)
    return _last({when: each for when, each in series.actual.items() if known and when <= known}, latest)


def _last(entries: Mapping[Period, Entry[Decimal]], latest: Period) -> tuple[Period | None, Decimal | None]:
    """The last figure of the same kind of period, not after the latest one."""
    told = [
        (period, entry.value)
        for period, entry in entries.items()
        if entry.value is not None and period.kind is latest.kind and period <= latest
    ]
    return max(told, key=lambda each: each[0]) if told else (None, None)


def _known_at_previous_update(submission: Submission) -> Period | None:
    """The month that the data of the update before the current one stood at."""
    if not submission.current:
        return None
    day = submission.updates[submission.current - 1].data_as_at.value
    return Period.of_date(day) if day else None


def signed(quantity: Quantity) -> str:
    """A change with its sign: `+165`, `−£0.4m`, `+0.24 points` between percentages, and `no change`."""
    told = formats.quantity(quantity)
    return _with_sign(f"{told.removesuffix('%')} points" if quantity.unit is Unit.PERCENT else told)


def _with_sign(told: str) -> str:
    if not any(digit in "123456789" for digit in told):
        return "no change"
    return told if told.startswith(formats.MINUS) else f"+{told}"
