"""Months, quarters and financial years (April to March), read as people write them."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache, total_ordering

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FULL_MONTHS = "january february march april may june july august september october november december".split()
_FIRST_MONTH_OF_YEAR = 4


class PeriodKind(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "financial year"


_LENGTH = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A month, a quarter or a financial year.

    `first` counts months since year 0: April 2024 is 2024 × 12 + 3. Periods sort by where they end, then by where
    they begin, so that March 2025 stands before Q4 2024-25 and that before 2024-25.
    """

    kind: PeriodKind
    first: int

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        return cls(PeriodKind.MONTH, year * 12 + month - 1)

    @classmethod
    def quarter(cls, start_year: int, number: int) -> "Period":
        """Quarter 1 to 4 of the financial year that begins in April of `start_year`."""
        return cls(PeriodKind.QUARTER, start_year * 12 + _FIRST_MONTH_OF_YEAR - 1 + 3 * (number - 1))

    @classmethod
    def financial_year(cls, start_year: int) -> "Period":
        return cls(PeriodKind.YEAR, start_year * 12 + _FIRST_MONTH_OF_YEAR - 1)

    @classmethod
    def of_date(cls, day: date) -> "Period":
        """The month that a date stands for."""
        return cls.month(day.year, day.month)

    @property
    def last(self) -> int:
        return self.first + _LENGTH[self.kind] - 1

    @property
    def first_month(self) -> tuple[int, int]:
        """Calendar year and month (1 to 12) in which the period begins."""
        return self.first // 12, self.first % 12 + 1

    @property
    def start_year(self) -> int:
        """The calendar year in which the period's financial year begins."""
        return (self.first - (_FIRST_MONTH_OF_YEAR - 1)) // 12

    @property
    def in_financial_year(self) -> "Period":
        return Period.financial_year(self.start_year)

    def next(self, steps: int = 1) -> "Period":
        """The period of the same kind that many steps later (earlier when negative)."""
        return Period(self.kind, self.first + steps * _LENGTH[self.kind])

    def __hash__(self) -> int:
        return self.first

    def __lt__(self, other: "Period") -> bool:
        return (self.last, self.first) < (other.last, other.first)

    def __str__(self) -> str:
        """As prose writes it: `Apr 2024`, `Q2 2024-25`, `2024-25`."""
        year, month = self.first_month
        if self.kind is PeriodKind.MONTH:
            return f"{MONTHS[month - 1]} {year}"
        if self.kind is PeriodKind.QUARTER:
            return f"Q{(self.first - self.in_financial_year.first) // 3 + 1} {_span(self.start_year, '-')}"
        return _span(self.start_year, "-")

    @property
    def short(self) -> str:
        """As the heads of tables and the axes of charts write it: `Apr '24`, `Q2 2024/25`, `2024/25`."""
        year, month = self.first_month
        if self.kind is PeriodKind.MONTH:
            return f"{MONTHS[month - 1]} '{year % 100:02d}"
        return str(self).replace("-", "/")


def _span(start_year: int, joined_by: str) -> str:
    return f"{start_year}{joined_by}{(start_year + 1) % 100:02d}"


@lru_cache(maxsize=4096)
def read_period(text: str) -> Period | None:
    """The period that a person wrote, or None.

    `Apr 2024`, `April 2024`, `Apr '24`, `Apr-24`, `2024-04`, `04/2024`, `31/10/2024` (day first), `31 October 2024`,
    `2024-10-31`, `Q2 2024-25`, `2024-25`, `2024/25`, `2024-2025`. A financial year whose two halves do not follow
    each other is none.
    """
    cleaned = re.sub(
        r"\s+", " ", text.replace("’", "'").replace("‘", "'").replace("–", "-").replace("‑", "-")
    )
    cleaned = cleaned.strip().casefold()
    for reader in (_read_year, _read_quarter, _read_named_month, _read_numeric_month):
        period = reader(cleaned)
        if period is not None:
            return period
    return None


def read_financial_year(text: str) -> Period | None:
    """The financial year that a person wrote (`2024-25`, `2024/25`, `FY 2024-25`), or None."""
    period = read_period(text)
    return period if period is not None and period.kind is PeriodKind.YEAR else None


def _read_year(text: str) -> Period | None:
    found = re.fullmatch(r"(?:fy ?)?(\d{4}) ?[-/] ?(\d{2}|\d{4})", text)
    if not found:
        return None
    start, end = int(found[1]), found[2]
    follows = str(start + 1)
    if not 1900 <= start <= 2200 or end not in (follows, follows[2:]):
        return None
    return Period.financial_year(start)


def _read_quarter(text: str) -> Period | None:
    found = re.fullmatch(r"q(?:uarter)? ?([1-4]) ?(?:of )?(.+)", text)
    year = _read_year(found[2].strip()) if found else None
    return Period.quarter(year.start_year, int(found[1])) if found and year else None


def _read_named_month(text: str) -> Period | None:
    found = re.fullmatch(r"(?:(\d{1,2})(?:st|nd|rd|th)? )?([a-z]+)\.?[ -]?(?:'?(\d{2})|(\d{4}))", text)
    if not found:
        return None
    name = found[2]
    month = next(
        (n for n, full in enumerate(_FULL_MONTHS, 1) if name == full or name in (full[:3], full[:4])), 0
    )
    year = int(found[4]) if found[4] else 2000 + int(found[3])
    return _month_of(year, month, int(found[1] or 1))


def _read_numeric_month(text: str) -> Period | None:
    if found := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})", text):
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        return _month_of(year, int(found[2]), int(found[1]))
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})(?:-(\d{1,2})(?: 00:00:00)?)?", text):
        return _month_of(int(found[1]), int(found[2]), int(found[3] or 1))
    if found := re.fullmatch(r"(\d{1,2})/(\d{4})", text):
        return _month_of(int(found[2]), int(found[1]), 1)
    return None


def _month_of(year: int, month: int, day: int) -> Period | None:
    try:
        return Period.of_date(date(year, month, day)) if 1900 <= year <= 2200 else None
    except ValueError:
        return None
