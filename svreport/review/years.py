"""The financial years and dates that words name."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from svreport.model.period import MONTHS, Period, read_financial_year

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)"
)
_FINANCIAL_YEAR = re.compile(r"(?<![\d-])(20\d\d ?[-/–] ?(?:20)?\d\d)(?![\d-])")
_DAY_OR_MONTH = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?)?(?P<month>{_MONTH})\.?,? (?P<year>20\d\d)\b"
)
_END_OF_YEAR = re.compile(r"\b31(?:st)? March (20\d\d)\b")


class Named(NamedTuple):
    """A stretch of time that words name: the first and the last day of it, and where the words stand."""

    first: date
    last: date
    start: int
    end: int


def financial_years(text: str) -> list[Period]:
    """The financial years in a text, in its order: `2028-29`, `2028/29`, and 31 March 2029 for the one it ends."""
    found: list[tuple[int, Period]] = []
    for match in _FINANCIAL_YEAR.finditer(text):
        year = read_financial_year(re.sub(r" ?[–/-] ?", "-", match[1]))
        if year is not None:
            found.append((match.start(), year))
    found += [
        (match.start(), Period.financial_year(int(match[1]) - 1)) for match in _END_OF_YEAR.finditer(text)
    ]
    return [year for _, year in sorted(found, key=lambda each: each[0])]


def dates(text: str) -> list[Named]:
    """The days and months with their years in a text, in its order: `11 December 2024`, `January 2025`."""
    found = []
    for match in _DAY_OR_MONTH.finditer(text):
        month, year = _number(match["month"]), int(match["year"])
        first = date(year, month, 1)
        last = _last_day(year, month)
        if match["day"]:
            try:
                first = last = date(year, month, int(match["day"]))
            except ValueError:
                continue
        found.append(Named(first, last, match.start(), match.end()))
    return found


def months_named(text: str, up_to: Period) -> list[Period]:
    """The months that a text names; one without a year is the latest of that name up to a month, and `May` needs one
    of the words that stand before months.
    """
    found: list[Period] = []
    pattern = rf"\b(?P<before>(?:\w+ )?)(?P<month>{_MONTH})\b(?:,? (?P<year>20\d\d))?"
    for match in re.finditer(pattern, text):
        number = _number(match["month"])
        if match["year"]:
            found.append(Period.month(int(match["year"]), number))
        elif (
            match["month"] not in ("May", "March", "Mar") or match["before"].strip().lower() in _BEFORE_MONTHS
        ):
            year, latest = up_to.first_month
            found.append(Period.month(year if number <= latest else year - 1, number))
    return found


_BEFORE_MONTHS = {
    "in",
    "since",
    "from",
    "to",
    "of",
    "by",
    "until",
    "last",
    "and",
    "than",
    "at",
    "with",
    "for",
}


def end_of(period: Period) -> date:
    """The last day of a period."""
    return _last_day(period.last // 12, period.last % 12 + 1)


def start_of(period: Period) -> date:
    """The first day of a period."""
    year, month = period.first_month
    return date(year, month, 1)


def _last_day(year: int, month: int) -> date:
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _number(month: str) -> int:
    return MONTHS.index(month[:3]) + 1
