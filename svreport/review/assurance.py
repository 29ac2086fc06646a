"""Ratings against the data they rest on, and against one another."""

import re
from collections.abc import Iterator
from decimal import Decimal

from svreport.model import formats
from svreport.model.finding import Finding, Rule, Severity
from svreport.model.period import Period
from svreport.model.quantity import Quantity
from svreport.model.references import find_reference
from svreport.model.series import MetricSeries
from svreport.model.submission import BetterWhen, Condition, Risk, Submission
from svreport.review.material import Check, Material
from svreport.review.passages import Kind, named
from svreport.review.ratings_told import speaks_of_rating
from svreport.review.sentences import excerpt
from svreport.review.standing import current_entry, current_level, is_complete, is_off_target, is_on_target

_USUAL_TOLERANCE = Decimal(5)

OFF_FORECAST = Rule(
    "ASR-01",
    Severity.QUERY,
    "A condition is on target, and its metric is off forecast",
    "A metric may be on the wrong side of its forecast by its tolerance (5% of the forecast if none is given). Beyond "
    "that, its condition is expected to be rated off target.",
    "A Green condition whose EHCPs are 8.7% above forecast.",
)


def off_forecast(material: Material) -> Iterator[Finding]:
    submission = material.submission
    for series in material.facts.series.values():
        period, gap = _latest_gap(series)
        if period is None or gap is None:
            continue
        actual, forecast = series.actual[period].value, series.forecast[period].value
        tolerance = series.metric.tolerance.value
        allowed = _USUAL_TOLERANCE if tolerance is None else tolerance
        if actual is None or forecast is None or gap <= allowed:
            continue
        for ref in series.metric.conditions.value or ():
            condition = find_reference(ref, submission.conditions, "Condition")
            entry = current_entry(condition, submission) if condition else None
            if condition is None or entry is None or entry.value is None or not is_on_target(entry.value):
                continue
            side = "above" if actual > forecast else "below"
            yield OFF_FORECAST.at(
                entry.place,
                read=f"{named(condition)} is {entry.value}, and {series.name} was {_printed(series, actual)} in "
                f"{period}, "
                f"{formats.number(gap, 1)}% {side} its forecast",
                expected=f"{series.name} within {formats.number(allowed, 0)}% of its forecast of "
                f"{_printed(series, forecast)}: {series.actual[period].place} and {series.forecast[period].place}",
                mend="rate the condition as off target, or say in its progress why it is not",
                about=f"{named(condition)}, {series.name}",
            )


COST_RISK = Rule(
    "ASR-02",
    Severity.QUERY,
    "A financial risk is on target beside financial conditions that are not",
    "When the conditions about the deficit are off target, the risk of missing the financial targets has come about. A "
    "risk that is rated well all the same needs a reason in its progress.",
    "The risk of missing financial targets is Green, and Conditions 1 and 2 are Red.",
)
_FINANCIAL_RISK = re.compile(
    r"financial (targets?|plans?|position|balance|pressures?|sustainability)|\bdeficit|\bbudget|\boverspend|"
    r"\bsavings\b|"
    r"\bcosts? (rise|rising|grow|increas|exceed|pressure)",
    re.IGNORECASE,
)
_FINANCIAL_REF = re.compile(r"^(risk )?(costs?|financ\w*|budget|deficit)\b", re.IGNORECASE)
_FINANCIAL_CONDITION = re.compile(r"\bdeficit|in-year (balance|position|surplus)|\boverspend", re.IGNORECASE)


def cost_risk(material: Material) -> Iterator[Finding]:
    submission = material.submission
    red = [
        condition
        for condition in submission.conditions
        if _FINANCIAL_CONDITION.search(condition.wording.value or "") and _is_red(condition, submission)
    ]
    for risk in submission.risks:
        entry = current_entry(risk, submission)
        if not red or entry is None or entry.value is None or not is_on_target(entry.value):
            continue
        is_financial = _FINANCIAL_RISK.search(risk.wording.value or "") or _FINANCIAL_REF.search(
            risk.ref.value or ""
        )
        if not is_financial or speaks_of_rating(material, risk, entry.value):
            continue
        conditions = " and ".join(
            f"{named(condition)} {current_level(condition, submission)}" for condition in red
        )
        yield COST_RISK.at(
            entry.place,
            read=f"{named(risk)} is {entry.value}",
            expected=f"a rating like those of the financial conditions ({conditions}), or a reason in its progress",
            mend="change the rating, or say in the risk's progress why it holds",
            about=named(risk),
        )


STILL_ASKS = Rule(
    "ASR-03",
    Severity.QUERY,
    "A risk is complete, and its mitigation still asks",
    "Blue says that nothing is left to do. A mitigation that still needs, awaits or will do something was not "
    "brought up "
    "to date, or the rating is early.",
    "A Blue risk: “The authority has put in a request for £5.7m of additional capital”.",
)
_ASKS = re.compile(
    r"\b(will|must|shall|needs? to|needs? \w+ed\b|need|has to|have to|is seeking|are seeking|seeks?|(has|"
    r"have) (put in a )?"
    r"(request|requested|applied|asked)|awaits?|awaiting|is awaited|to be (agreed|confirmed|secured|decided|approved|"
    r"appointed|completed|delivered))\b",
    re.IGNORECASE,
)
_NO_LONGER_ASKS = re.compile(
    r"\b(not|no longer|nothing|never|no) (\w+ ){0,2}$|\bno (further|more)\b", re.IGNORECASE
)


def still_asks(material: Material) -> Iterator[Finding]:
    for passage in material.passages:
        subject = passage.subject
        if passage.kind is not Kind.MITIGATION or not isinstance(subject, Risk):
            continue
        level = current_level(subject, material.submission)
        if level is None or not is_complete(level):
            continue
        for sentence in passage.sentences:
            found = _ASKS.search(sentence.text)
            if found and not _NO_LONGER_ASKS.search(sentence.text[: found.start()]):
                yield STILL_ASKS.at(
                    passage.place,
                    read=excerpt(sentence.text, found.start(), found.end()),
                    expected=f"a mitigation that is done, as {passage.about} is {level}",
                    mend="write what was done, or rate the risk as not complete yet",
                    about=passage.about,
                )
                break


def _latest_gap(series: MetricSeries) -> tuple[Period | None, Decimal | None]:
    """The latest period with an actual and a forecast, and how far the actual is on the wrong side, in percent."""
    told = [period for period, entry in series.actual.items() if entry.value is not None]
    better = series.metric.better_when.value
    if not told or better is None or max(told) not in series.forecast:
        return None, None
    period = max(told)
    actual, forecast = series.actual[period].value, series.forecast[period].value
    if actual is None or not forecast:
        return period, None
    gap = actual - forecast if better is BetterWhen.LOWER else forecast - actual
    return period, gap / abs(forecast) * 100


def _printed(series: MetricSeries, amount: Decimal) -> str:
    return formats.quantity(Quantity(amount, series.unit, series.decimals))


def _is_red(condition: Condition, submission: Submission) -> bool:
    level = current_level(condition, submission)
    return level is not None and is_off_target(level)


CHECKS = (
    Check(OFF_FORECAST, off_forecast),
    Check(COST_RISK, cost_risk),
    Check(STILL_ASKS, still_asks),
)
