"""Periods as a form's tags write them: a month or quarter of the return's own year, so that a form lasts."""

import re
from collections.abc import Sequence

from svreport.model import names
from svreport.model.facts import Facts
from svreport.model.period import Period, PeriodKind, read_period
from svreport.model.submission import Submission
from svreport.narrative.calls import Call, Literal

# Which argument of a function is a period.
_PERIOD_AT = {"actual": 1, "forecast": 1, "gap": 1, "change": 1, "finance": 2}
_YEARS = {"last year": -1, "this year": 0, "next year": 1}
_THIS_MONTH = "this month"


def dated(call: Call, submission: Submission) -> tuple[Literal | None, ...]:
    """A call's arguments, its period with its year: `Sep` and `Q2` are those of the return's financial year,
    `this year` that year, `this month` the month in which the data stand.
    """
    at = _PERIOD_AT.get(call.name, -1)
    told = call.arguments[at] if 0 <= at < len(call.arguments) else None
    if not isinstance(told, str):
        return call.arguments
    period = _without_year(told, submission)
    if period is None:
        return call.arguments
    return (*call.arguments[:at], str(period), *call.arguments[at + 1 :])


def is_still_to_come(name: str, arguments: Sequence[Literal | None], facts: Facts) -> bool:
    """Whether a figure is not there because its time has not come: an actual of a period that ends after the data's
    date, for a metric that there is, or a level at an update after the current one.
    """
    submission = facts.submission
    if name == "level":
        wanted = names.key(str(arguments[1] or ""))
        labels = [names.key(update.label.value or "") for update in submission.updates]
        at = next((n for n, label in enumerate(labels) if label and label == wanted), None)
        return at is not None and submission.current is not None and at > submission.current
    if name not in ("actual", "gap") or not isinstance(arguments[1], str):
        return False
    month, period = _month_of_data(submission), read_period(arguments[1])
    return (
        month is not None
        and period is not None
        and period.last > month.last
        and names.key(str(arguments[0])) in facts.series
    )


def _without_year(told: str, submission: Submission) -> Period | None:
    year = submission.programme.financial_year.value
    wanted = " ".join(told.casefold().split())
    if wanted == _THIS_MONTH:
        return _month_of_data(submission)
    if year is None:
        return None
    if wanted in _YEARS:
        return year.next(_YEARS[wanted])
    if quarter := re.fullmatch(r"q(?:uarter)? ?([1-4])", wanted):
        return Period.quarter(year.start_year, int(quarter[1]))
    if not re.fullmatch(r"[a-z]{3,9}\.?", wanted):
        return None
    month = read_period(f"{wanted} {year.start_year}")
    if month is None or month.kind is not PeriodKind.MONTH:
        return None
    return month if month.first_month[1] >= 4 else month.next(12)


def _month_of_data(submission: Submission) -> Period | None:
    if submission.current is None:
        return None
    day = submission.updates[submission.current].data_as_at.value
    return Period.of_date(day) if day else None
