"""`More` and `fewer` against the data: a share of a larger whole can fall while the number behind it rises."""

import re
from collections.abc import Iterator
from decimal import Decimal

from svreport.model import formats
from svreport.model.finding import Finding, Rule, Severity
from svreport.model.period import Period
from svreport.model.quantity import Quantity, Unit
from svreport.model.series import MetricSeries
from svreport.model.submission import CalculationKind
from svreport.review.data_dates import data_date
from svreport.review.material import Check, Material
from svreport.review.metrics_named import title_words
from svreport.review.sentences import excerpt
from svreport.review.written import WrittenUnit
from svreport.review.years import months_named

_NOT_TOLD = re.compile(
    r"\b(not|no longer|never|would|could|should|might|will|if|unless|forecast|expected|target|planned|aims?|hop(?:e|"
    r"ed|es))\b",
    re.IGNORECASE,
)

MORE_OR_FEWER = Rule(
    "NAR-03",
    Severity.QUERY,
    "“More” or “fewer” does not follow from the data",
    "A share can fall while the number behind it rises, because the whole grew. Where the sheet has the share and the "
    "whole, or the number itself, the difference can be worked out.",
    "“one fewer placement in October than in July”, where 5.86% of 5,861 and 5.62% of 6,161 are 343 and 346.",
)
_MORE_OR_FEWER = re.compile(r"^\s*(?:(?P<more>more|additional|extra)|(?P<fewer>fewer|less))\b", re.IGNORECASE)


def more_or_fewer(material: Material) -> Iterator[Finding]:
    for passage in material.passages:
        for sentence in passage.sentences:
            for number in sentence.numbers:
                said = _MORE_OR_FEWER.search(sentence.text[number.end :])
                if said is None or number.unit is not WrittenUnit.COUNT or sentence.link_at(number.start):
                    continue
                if _NOT_TOLD.search(sentence.text):
                    continue
                change = _implied_change(sentence.text[number.start :], material)
                if change is None:
                    continue
                low, high, told = change
                claimed = number.amount if said["more"] else -number.amount
                if low <= claimed <= high:
                    continue
                yield MORE_OR_FEWER.at(
                    passage.place,
                    read=excerpt(sentence.text, number.start, number.end + said.end()),
                    expected=told,
                    mend="correct the sentence, or the data",
                    about=f"{passage.about}: {number.text} {said[0].strip()}",
                )


def _implied_change(text: str, material: Material) -> tuple[Decimal, Decimal, str] | None:
    """The least and the most by which a count can have changed between two named months, and how that is worked out."""
    as_at = data_date(material.submission)
    every = list(material.facts.series.values())
    if as_at is None:
        return None
    months = sorted(set(months_named(text, Period.of_date(as_at))))
    if len(months) != 2:
        return None
    start, end = months
    counted = [
        series
        for series in material.named_metrics.of(text)
        if series.unit is Unit.NUMBER and series.metric.calculation.is_empty and _has(series, start, end)
    ]
    if counted:
        series = counted[0]
        change = (series.actual[end].value or Decimal(0)) - (series.actual[start].value or Decimal(0))
        return (
            change,
            change,
            f"{series.name} {_at(series, start)} in {start} and {_at(series, end)} in {end}",
        )
    for share in every:
        whole = _whole_of(share, every)
        if (
            whole is None
            or not _part_named(share, text)
            or not _has(share, start, end)
            or not _has(whole, start, end)
        ):
            continue
        ranges = [_part(share, whole, each) for each in (start, end)]
        low, high = ranges[1][0] - ranges[0][1], ranges[1][1] - ranges[0][0]
        told = " and ".join(
            f"{_at(share, each)} of {_at(whole, each)} in {each}, which is about "
            f"{formats.number((ends[0] + ends[1]) / 2, 0)}"
            for each, ends in zip((start, end), ranges, strict=True)
        )
        return formats.round_to(low, 0), formats.round_to(high, 0), told
    return None


def _whole_of(share: MetricSeries, every: list[MetricSeries]) -> MetricSeries | None:
    """The metric that a share is a share of: named by its calculation, or behind `share of` or `% of` in its title."""
    if share.unit is not Unit.PERCENT:
        return None
    calculation = share.metric.calculation.value
    title = share.metric.title.value or ""
    found = re.search(r"\b(?:share|percentage|proportion|per cent|%) of (?:all )?(.+)$", title, re.IGNORECASE)
    wanted = (
        calculation.whole
        if calculation and calculation.kind is CalculationKind.SHARE
        else found[1]
        if found
        else None
    )
    if not wanted:
        return None
    words = title_words(wanted)
    return next(
        (
            series
            for series in every
            if series.unit is Unit.NUMBER
            and words in (title_words(series.name), title_words(series.metric.title.value or ""))
        ),
        None,
    )


def _part_named(share: MetricSeries, text: str) -> bool:
    """True where a text names what a share counts: the words of its title before `as a share of`."""
    title = share.metric.title.value or share.name
    part = re.split(r"\bas a |\bshare of\b|\bpercentage of\b|%|,", title)[0]
    words = title_words(part)
    return bool(words) and words <= title_words(text)


def _part(share: MetricSeries, whole: MetricSeries, period: Period) -> tuple[Decimal, Decimal]:
    """The least and most that a rounded share of a whole can be."""
    half = Decimal(5).scaleb(-share.decimals - 1)
    percent, count = share.actual[period].value or Decimal(0), whole.actual[period].value or Decimal(0)
    return (percent - half) * count / 100, (percent + half) * count / 100


def _has(series: MetricSeries, *periods: Period) -> bool:
    return all(period in series.actual and series.actual[period].value is not None for period in periods)


def _at(series: MetricSeries, period: Period) -> str:
    return formats.quantity(Quantity(series.actual[period].value or Decimal(0), series.unit, series.decimals))


CHECKS = (Check(MORE_OR_FEWER, more_or_fewer),)
