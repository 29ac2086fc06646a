"""`Highest`, `lowest since`, `record`: claims about a metric that its own data can answer."""

import re
from collections.abc import Iterator
from decimal import Decimal

from svreport.model import formats, names
from svreport.model.finding import Finding, Rule, Severity
from svreport.model.period import Period, PeriodKind
from svreport.model.quantity import Quantity
from svreport.model.series import MetricSeries
from svreport.review.data_dates import data_date
from svreport.review.material import Check, Material
from svreport.review.sentences import Sentence, excerpt
from svreport.review.years import dates, months_named

_MOST_SHOWN = 3
_SUPERLATIVE = re.compile(
    r"\b(?:(?P<highest>highest|largest number|most ever|record (?:high|number|level)|all-time high|peak(?:ed)?|"
    r"never (?:been )?(?:higher|more))"
    r"|(?P<lowest>lowest|smallest number|fewest|record low|all-time low|never (?:been )?(?:lower|fewer)))\b",
    re.IGNORECASE,
)
_OF_SOMETHING_ELSE = re.compile(
    r"\b(one of the|among the|amongst the|second|third|rarely|forecast|expected|target|"
    r"neighbours|national\w*|region\w*|England|elsewhere|backlog|rating|grade|grading|will|would|could|if|than (in|"
    r"at) any)\b",
    re.IGNORECASE,
)
_REFERS_BACK = re.compile(
    r"^(this|it|that|these|they|the (number|figure|rate|total|average|level|share))\b", re.IGNORECASE
)

NOT_THE_MOST = Rule(
    "NAR-04",
    Severity.QUERY,
    "“Highest” or “lowest” is not what the data says",
    "A superlative is checked by every reader who has the chart beside it. It holds when no earlier figure is beyond "
    "the one "
    "it is said of.",
    "“remains at the highest level it has ever been”, in October with 98.58; July, August and September were higher.",
)


def not_the_most(material: Material) -> Iterator[Finding]:
    for passage in material.passages:
        for sentence in passage.sentences:
            found = _SUPERLATIVE.search(sentence.text)
            if found is None or _OF_SOMETHING_ELSE.search(sentence.text):
                continue
            if re.search(r"\b(not|no longer|never) (\w+ ){0,3}$", sentence.text[: found.start()]):
                continue
            is_highest = found["highest"] is not None
            beyond = [
                _beyond(series, sentence, material, is_highest) for series in _spoken_of(sentence, material)
            ]
            told = [each for each in beyond if each is not None]
            if not told or len(told) < len(beyond) or not all(further for _, _, further in told):
                continue
            series, period, further = told[0]
            listed = names.listed([f"{each} {_at(series, each)}" for each in further[:_MOST_SHOWN]], "and")
            yield NOT_THE_MOST.at(
                passage.place,
                read=excerpt(sentence.text, found.start(), found.end()),
                expected=f"{series.name} {'no higher' if is_highest else 'no lower'} than its {_at(series, period)} "
                f"of {period}; "
                f"{listed} {'was' if len(further) == 1 else 'were'} "
                f"{'higher' if is_highest else 'lower'} ({series.actual[further[0]].place})",
                mend="correct the sentence, or the data",
                about=f"{passage.about}: {series.name} {found[0].lower()}",
            )


def _spoken_of(sentence: Sentence, material: Material) -> list[MetricSeries]:
    found = material.named_metrics.of(sentence.text)
    if not found and sentence.before and _REFERS_BACK.search(sentence.text):
        found = material.named_metrics.of(sentence.before)
    return found


Beyond = tuple[MetricSeries, Period, list[Period]]


def _beyond(series: MetricSeries, sentence: Sentence, material: Material, is_highest: bool) -> Beyond | None:
    """The periods whose actual goes beyond the one that a superlative is said of, the furthest first.

    It is said of the month that the sentence names, or of the latest; `since 2023` leaves out what was before.
    """
    as_at = data_date(material.submission)
    told = {period: entry.value for period, entry in series.actual.items() if entry.value is not None}
    months = {period: value for period, value in told.items() if period.kind is PeriodKind.MONTH}
    told = months or told
    if not told or as_at is None:
        return None
    since = re.search(r"\bsince\b.*", sentence.text, re.IGNORECASE)
    named = months_named(sentence.text[: since.start()] if since else sentence.text, Period.of_date(as_at))
    period = next((each for each in reversed(named) if each in told), max(told))
    first = _first_month(since[0]) if since else None
    mine = formats.round_to(told[period], series.decimals)
    rivals = [
        (formats.round_to(value, series.decimals), each)
        for each, value in told.items()
        if each != period
        and (first is None or each.first >= first)
        and (each < period or "peak" in sentence.text.lower())
    ]
    further = [(value, each) for value, each in rivals if (value > mine if is_highest else value < mine)]
    further.sort(reverse=is_highest)
    return series, period, [each for _, each in further]


def _first_month(since: str) -> int | None:
    """The month, counted as periods count them, with which `since 2023` or `since April 2024` begins."""
    found = dates(since)
    if found:
        return Period.of_date(found[0].first).first
    year = re.search(r"\b(20\d\d)\b", since)
    return int(year[1]) * 12 if year else None


def _at(series: MetricSeries, period: Period) -> str:
    return formats.quantity(Quantity(series.actual[period].value or Decimal(0), series.unit, series.decimals))


CHECKS = (Check(NOT_THE_MOST, not_the_most),)
