"""The three figures that matter most, chosen by rule: the deficit, and the measures furthest off track.

The deficit is the one of the return's year against its limit, else against a later year's limit or the last, else
against the agreement. Measures off track follow: those that bear on a condition before others, each by how far it is
on the wrong side of its forecast, in percent of it. The rest comes behind in the same order.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from svreport.documents.context import MetricRow
from svreport.documents.context_now import FirstHeadline, KeyFigure
from svreport.documents.shortening import shortened
from svreport.documents.texts import Texts
from svreport.documents.wording import cut
from svreport.model import formats, names
from svreport.model.facts import Facts
from svreport.model.period import Period
from svreport.model.quantity import Quantity
from svreport.model.series import MetricSeries
from svreport.model.submission import BetterWhen, Role, Submission
from svreport.review.limits import LimitTest, limit_tests
from svreport.review.plan import Plan, agreed_plan, forecast_plan
from svreport.word.fields import Rich

_MOST = 3
_HEADINGS = ("Drivers", "Barriers", "Engagement")
_LONGEST_HEADLINE = 210
_LONGEST_TITLE = 56


def key_figures(facts: Facts, metrics: Mapping[str, MetricRow]) -> tuple[KeyFigure, ...]:
    """At most three; fewer where the workbook has no more."""
    found = [*_deficit(facts.submission), *_measures(facts, metrics)]
    return tuple(found[:_MOST])


def first_headlines(submission: Submission, texts: Texts) -> Iterator[FirstHeadline]:
    """The first headline under each heading that has one."""
    for heading in _HEADINGS:
        for each in submission.headlines:
            if names.key(each.heading.value or "") == names.key(heading) and texts.of(each.text):
                yield FirstHeadline(heading, Rich(shortened(texts.of(each.text), _LONGEST_HEADLINE)))
                break


def _deficit(submission: Submission) -> Iterable[KeyFigure]:
    year = submission.programme.financial_year.value
    tests = limit_tests(submission)
    if tests:
        return (_of_limit(_nearest(tests, year)),)
    plan = forecast_plan(submission)
    if plan is None:
        return ()
    told = [each for each in plan.years if plan.term(Role.CARRIED_FORWARD, each) is not None]
    if not told:
        return ()
    at = next((each for each in told if year is not None and each >= year), told[-1])
    return (_of_plan(plan, agreed_plan(submission), at),)


def _nearest(tests: Iterable[LimitTest], year: Period | None) -> LimitTest:
    """The test of the return's year, or else the next one, or else the last."""
    told = list(tests)
    return next((each for each in told if year is not None and each.year >= year), told[-1])


def _of_limit(test: LimitTest) -> KeyFigure:
    return KeyFigure(
        value=_money(abs(test.tested), test.plan),
        period=str(test.year),
        is_deficit=True,
        is_surplus=test.tested < 0,
        against=_money(test.limit_amount, test.plan),
        of="limit",
        basis=str(test.basis or ""),
        gap=_money(abs(test.headroom), test.plan),
        above=test.headroom < 0,
        below=test.headroom > 0,
        off_track=test.is_breached,
    )


def _of_plan(plan: Plan, agreed: Plan | None, year: Period) -> KeyFigure:
    closing = plan.term(Role.CARRIED_FORWARD, year)
    amount = plan.deficit(closing) if closing else Decimal(0)
    planned = agreed.term(Role.CARRIED_FORWARD, year) if agreed else None
    if agreed is None or planned is None:
        told = _money(abs(amount), plan)
        return KeyFigure(value=told, period=str(year), is_deficit=True, is_surplus=amount < 0)
    gap = amount - agreed.deficit(planned)
    return KeyFigure(
        value=_money(abs(amount), plan),
        period=str(year),
        is_deficit=True,
        is_surplus=amount < 0,
        against=_money(agreed.deficit(planned), agreed),
        of="agreement",
        gap=_money(abs(gap), plan),
        above=gap > 0,
        below=gap < 0,
        off_track=gap > 0,
    )


def _money(amount: Decimal, plan: Plan) -> str:
    """To a tenth of a million from a million up."""
    pounds = amount * plan.unit.pounds
    if abs(pounds) < 1_000_000:
        return formats.quantity(Quantity(amount, plan.unit))
    return formats.millions(formats.round_to(pounds / 1_000_000, 1) * 1_000_000)


def _measures(facts: Facts, metrics: Mapping[str, MetricRow]) -> Iterator[KeyFigure]:
    ranked = sorted(metrics, key=lambda key: _rank(metrics[key], facts.series[key]))
    for key in ranked:
        row = metrics[key]
        yield KeyFigure(
            title=cut(row.title, _LONGEST_TITLE),
            value=row.latest,
            period=row.period,
            against=row.forecast,
            of="forecast" if row.forecast else "",
            gap=row.gap_size,
            above=row.above,
            below=row.below,
            off_track=row.off_track,
        )


def _rank(row: MetricRow, series: MetricSeries) -> tuple[bool, bool, Decimal]:
    return not row.off_track, not series.metric.conditions.value, -_wrong_by(series)


def _wrong_by(series: MetricSeries) -> Decimal:
    """How far the latest actual is on the wrong side of its forecast, in parts of it; 0 for the right side, −1 for no
    forecast.
    """
    told = [(period, entry.value) for period, entry in series.actual.items() if entry.value is not None]
    forecast = series.forecast.get(told[-1][0]) if told else None
    better = series.metric.better_when.value
    if forecast is None or forecast.value is None or better is None:
        return Decimal(-1)
    gap = (told[-1][1] - forecast.value) * (1 if better is BetterWhen.LOWER else -1)
    return max(gap / abs(forecast.value) if forecast.value else gap, Decimal(0))
