"""Figures that cannot be what they are called: a mean that no counts give, a deficit called a surplus."""

import re
from collections.abc import Iterator
from decimal import Decimal

from svreport.model import formats
from svreport.model.facts import Figure
from svreport.model.finding import Finding, Place, Rule, Severity
from svreport.model.quantity import Unit
from svreport.model.series import MetricSeries
from svreport.model.submission import SIGNED_ROLES, Role, Submission
from svreport.review.material import Check, Material
from svreport.review.plan import signs_are_turned
from svreport.review.sentences import excerpt

_MONTHS = 12
_AVERAGE = re.compile(
    r"\b(12|twelve)[- ]months?\b.*\b(average|ave|mean)\b|\b(average|mean)\b.*\b(12|twelve)[- ]months?\b", re.I
)

IMPOSSIBLE_MEAN = Rule(
    "FIN-14",
    Severity.QUERY,
    "A 12-month average that no whole numbers give",
    "Twelve counts add up to a whole number, so their mean is one of twelfths. An average between two of them was "
    "copied wrongly, or averages something else.",
    "98.44: twelve counts can have a mean of 98.42 or of 98.50.",
)


def impossible_mean(material: Material) -> Iterator[Finding]:
    for series in material.facts.series.values():
        if not _is_average_of_counts(series):
            continue
        for period, entry in series.actual.items():
            if entry.value is None or _is_twelfth(entry.value, series.decimals):
                continue
            below = (entry.value * _MONTHS).to_integral_value(rounding="ROUND_FLOOR")
            near = [formats.number((below + step) / _MONTHS, series.decimals) for step in (0, 1)]
            yield IMPOSSIBLE_MEAN.at(
                entry.place,
                read=formats.number(entry.value, series.decimals),
                expected=f"a mean of twelve whole numbers: {near[0]} or {near[1]} are the nearest",
                mend="correct the average, or answer this query if it is not made of whole numbers",
                about=f"{series.name}, {period}",
            )


SIGN_IN_WORDS = Rule(
    "FIN-15",
    Severity.QUERY,
    "The words call a deficit a surplus, or a surplus a deficit",
    "A figure printed without its sign leans on the word beside it. When the plan's figure changes sides, the word has "
    "to follow.",
    "“a surplus of £12.1m”, where the in-year position is a deficit of £12,078k.",
)
_NAMED_BEFORE = re.compile(r"\b(?P<word>surplus|underspend|deficit|overspend)\b[^.;,]{0,40}$", re.IGNORECASE)
_NAMED_BEHIND = re.compile(
    r"^ (?:in-year |cumulative |DSG )?(?P<word>surplus|underspend|deficit|overspend)\b", re.IGNORECASE
)


def sign_in_words(material: Material) -> Iterator[Finding]:
    if signs_are_turned(material.submission):
        return
    for passage in material.passages:
        for sentence in passage.sentences:
            for link in sentence.links:
                position = _position(link.figure, material.submission)
                behind = _NAMED_BEHIND.search(sentence.text[link.end :])
                found = behind or _NAMED_BEFORE.search(sentence.text[: link.start])
                if not position or found is None or _is_change(sentence.text[: link.start]):
                    continue
                is_deficit = position > 0
                if is_deficit is (found["word"].lower() in ("deficit", "overspend")):
                    continue
                side = "deficit" if is_deficit else "surplus"
                yield SIGN_IN_WORDS.at(
                    passage.place,
                    read=excerpt(sentence.text, link.start, link.end),
                    expected=f"a {side}: {_cells(link.figure.places)} is {link.figure.printed}",
                    mend="correct the word, or the sign of the figure on Finance",
                    about=f"{passage.about}: {link.figure.about}",
                )


def _position(figure: Figure, submission: Submission) -> Decimal | None:
    """The balance that a linked figure comes from, a deficit counted positive; None for a limit, and for no balance."""
    sign = -1 if submission.programme.deficits_negative.value else 1
    for line in submission.finance:
        if line.role.value in SIGNED_ROLES - {Role.LIMIT}:
            for entry in line.years.values():
                if entry.place in figure.places and entry.value is not None:
                    return entry.value * sign
    return None


def _is_change(before: str) -> bool:
    """`the deficit fell to a position of …` tells of two: the word may belong to the other."""
    return re.search(r"\b(from|turn\w*|instead|rather|not|into|against|where)\b", before[-60:]) is not None


def _is_average_of_counts(series: MetricSeries) -> bool:
    told = f"{series.name} {series.metric.title.value or ''}"
    is_typed = series.metric.calculation.is_empty
    return is_typed and series.unit is Unit.NUMBER and _AVERAGE.search(told) is not None


def _is_twelfth(value: Decimal, decimals: int) -> bool:
    half = Decimal(5).scaleb(-max(decimals, 0) - 1)
    low, high = (value - half) * _MONTHS, (value + half) * _MONTHS
    return low.to_integral_value(rounding="ROUND_CEILING") <= high


def _cells(places: tuple[Place, ...]) -> str:
    return ", ".join(str(place) for place in places)


CHECKS = (Check(IMPOSSIBLE_MEAN, impossible_mean), Check(SIGN_IN_WORDS, sign_in_words))
