"""The periods that a sentence names: `October`, `31 March 2031`, `Q2`, `2025-26`, `this time last year`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from svreport.model import names
from svreport.model.facts import Facts
from svreport.model.period import MONTHS, Period, PeriodKind, read_period
from svreport.model.submission import Submission


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A period where the text names it; one phrase can stand for several (`last year`: the month, and the year)."""

    start: int
    end: int
    periods: tuple[Period, ...]


_FULL = "January February March April May June July August September October November December".split()
_NAME = rf"(?:{'|'.join(_FULL)}|Sept|{'|'.join(MONTHS)})"
_DATED = re.compile(rf"\b(?P<month>{_NAME})\b\.?[\s-]?(?P<year>(?:19|20|21)\d\d|['’‘]\d\d)\b")
_MONTH = re.compile(
    rf"\b(?P<month>{_NAME})\b(?P<of>\s(?:of\s)?(?:last|the previous)\syear)?"
    r"(?P<paper>(?:[’']s)?\s(?:return|update|report))?"
)
_YEAR = re.compile(r"(?<![\d/])(?:(?:19|20|21)\d\d)\s?[-–‑/]\s?(?:\d{4}|\d\d)\b")
_QUARTER = re.compile(
    r"\bQ(?:uarter\s)?(?P<number>[1-4])\b(?:\s(?:of\s)?(?P<year>\d{4}[-/–]\d\d))?", re.IGNORECASE
)
_PHRASES = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), meaning)
    for words, meaning in (
        (
            r"this time last year|(?:a|one) year (?:ago|earlier|before)|(?:12|twelve) months (?:ago|earlier|before)"
            r"|last year|(?:the )?previous year|year[- ]on[- ]year|over the year|in a year",
            "a year before",
        ),
        (
            r"last (?:quarter|update|return|report|time)|(?:the )?previous (?:quarter|update|return|report)",
            "the update before",
        ),
        (r"last month|(?:the )?previous month|(?:the )?month before", "the month before"),
        (
            r"this (?:financial )?year|(?:the )?current (?:financial )?year|in[- ]year|this year[’']s",
            "this year",
        ),
        (r"next (?:financial )?year", "next year"),
        (r"end of the (?:\d[- ]year )?(?:safety valve )?agreement", "the end of the agreement"),
        (
            r"(?:end|life|whole|last year|final year) of the (?:\w+ )?plan|(?:its|the) (?:last|final) year|whole plan"
            r"|over the plan|across the plan",
            "the end of the plan",
        ),
        (r"now|latest|currently|at present|to date|at the moment", "now"),
    )
)
_PREPOSITION = re.compile(
    r"\b(?:in|since|from|to|by|of|between|and|end|until|at|for|during|on|[0-9](?:st|nd|rd|th)?)\s$",
    re.IGNORECASE,
)


class Calendar:
    """What `October`, `this year` or `last update` mean in one return."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._named: dict[str, tuple[NamedPeriod, ...]] = {}

    @cached_property
    def month(self) -> Period | None:
        """The month of the current update's data, or of the newest monthly actual."""
        submission = self._submission
        if submission.current is not None:
            day = submission.updates[submission.current].data_as_at.value
            if day:
                return Period.of_date(day)
        months = [
            period
            for series in self._facts.series.values()
            for period in series.actual
            if period.kind is PeriodKind.MONTH
        ]
        return max(months, default=None)

    @cached_property
    def year(self) -> Period | None:
        return self._submission.programme.financial_year.value or (
            self.month.in_financial_year if self.month else None
        )

    @cached_property
    def update_months(self) -> dict[str, Period]:
        """The month of each update's data under its label's key."""
        return {
            names.key(update.label.value): Period.of_date(update.data_as_at.value)
            for update in self._submission.updates
            if update.label.value and update.data_as_at.value
        }

    @cached_property
    def previous_update(self) -> Period | None:
        current = self._submission.current
        if not current:
            return None
        day = self._submission.updates[current - 1].data_as_at.value
        return Period.of_date(day) if day else None

    @cached_property
    def plan_end(self) -> tuple[Period, ...]:
        """The last year that `Finance` has a figure for; the agreement's where it has none."""
        years = [
            year
            for line in self._submission.finance
            for year, cell in line.years.items()
            if cell.value is not None
        ]
        end = max(years, default=self._submission.programme.agreement_ends.value)
        return (end,) if end else ()

    def named(self, text: str) -> tuple[NamedPeriod, ...]:
        """The periods that the text names, in order; kept, as every number of a sentence asks for them."""
        if text not in self._named:
            self._named[text] = self._find_named(text)
        return self._named[text]

    def _find_named(self, text: str) -> tuple[NamedPeriod, ...]:
        found: list[NamedPeriod] = []
        for named in (*self._dated(text), *self._months(text), *self._phrases(text)):
            if named.periods and all(named.end <= other.start or named.start >= other.end for other in found):
                found.append(named)
        return tuple(sorted(found, key=lambda named: named.start))

    @property
    def _submission(self) -> Submission:
        return self._facts.submission

    def _dated(self, text: str) -> Iterator[NamedPeriod]:
        for found in _QUARTER.finditer(text):
            year = read_period(found["year"]) if found["year"] else self.year
            if year is not None:
                quarter = Period.quarter(year.start_year, int(found["number"]))
                yield NamedPeriod(*found.span(), (quarter,))
        for pattern in (_DATED, _YEAR):
            for found in pattern.finditer(text):
                period = read_period(found[0].replace("Sept ", "Sep "))
                yield NamedPeriod(*found.span(), (period,) if period else ())

    def _months(self, text: str) -> Iterator[NamedPeriod]:
        """A month without its year is the last such month up to the data's; `August return` also that update's."""
        if self.month is None:
            return
        for found in _MONTH.finditer(text):
            if found["month"] == "May" and not _PREPOSITION.search(text[: found.start()]):
                continue
            number = next(n for n, name in enumerate(MONTHS) if found["month"].startswith(name))
            back = (self.month.first - number) % 12
            periods = [self.month.next(-back - (12 if found["of"] else 0))]
            if found["paper"] or "update" in text[: found.start()].casefold()[-12:]:
                word = found["month"].casefold()
                periods += [month for label, month in self.update_months.items() if word in label]
            yield NamedPeriod(*found.span(), tuple(dict.fromkeys(periods)))

    def _phrases(self, text: str) -> Iterator[NamedPeriod]:
        for pattern, meaning in _PHRASES:
            for found in pattern.finditer(text):
                yield NamedPeriod(*found.span(), self._meant(meaning))

    def _meant(self, meaning: str) -> tuple[Period, ...]:
        month, year = self.month, self.year
        meant = {
            "a year before": (month and month.next(-12), year and year.next(-1)),
            "the update before": (self.previous_update,),
            "the month before": (month and month.next(-1),),
            "this year": (year,),
            "next year": (year and year.next(),),
            "the end of the agreement": (self._submission.programme.agreement_ends.value,),
            "the end of the plan": self.plan_end,
            "now": (month,),
        }[meaning]
        return tuple(period for period in meant if period)


def nearest(
    named: tuple[NamedPeriod, ...], start: int, end: int, text: str, others: list[int]
) -> tuple[Period, ...]:
    """The periods that a number at `start` to `end` is told for: named just behind it, else last before it.

    `others` are where the text's other numbers start, which a period behind this one may belong to.
    """
    limit = min((other for other in others if other >= end), default=len(text))
    for each in named:
        if end <= each.start < limit and not re.search(
            r"[,;:]|\b(?:and|but|while|against)\b", text[end : each.start]
        ):
            return each.periods
    before = [each for each in named if each.end <= start]
    if before:
        return before[-1].periods
    behind = [each for each in named if each.start >= end]
    return behind[0].periods if behind else ()
