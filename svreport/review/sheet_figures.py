"""Figures typed into the text that nearly are the sheet's, and differ."""

import re
from collections.abc import Iterator
from decimal import Decimal

from svreport.model import formats
from svreport.model.entry import Entry
from svreport.model.finding import Finding, Rule, Severity
from svreport.model.period import Period, PeriodKind
from svreport.model.quantity import Quantity, Unit
from svreport.model.series import MetricSeries
from svreport.model.submission import FinanceLine
from svreport.review.data_dates import data_date
from svreport.review.material import Check, Material
from svreport.review.metrics_named import title_words
from svreport.review.sentences import Sentence, excerpt, stands_for
from svreport.review.written import WrittenNumber, WrittenUnit
from svreport.review.years import financial_years, months_named

_OF_THE_SHEET = Decimal("0.15")
_SMALLEST = 20

CONTRADICTS_SHEET = Rule(
    "NAR-09",
    Severity.QUERY,
    "A figure in the text nearly is the sheet's, and differs",
    "A figure typed for a metric and a month, or for a line of the plan and a year, should be the sheet's. One that "
    "comes "
    "near it is a slip of the keys, or an old figure.",
    "“6,116 EHCPs at the end of October”, where the sheet has 6,161.",
)


def contradicts_sheet(material: Material) -> Iterator[Finding]:
    for passage in material.passages:
        for sentence in passage.sentences:
            if _FORWARD.search(sentence.text):
                continue
            for number in sentence.numbers:
                if sentence.link_at(number.start) or number.rate in ("year", "week"):
                    continue
                found = _from_metrics(sentence, number, material) or _from_finance(sentence, number, material)
                if found is not None:
                    what, expected = found
                    yield CONTRADICTS_SHEET.at(
                        passage.place,
                        read=excerpt(sentence.text, number.start, number.end),
                        expected=expected,
                        mend="correct the figure, or link it with {{ }}",
                        about=f"{passage.about}: {what}",
                    )


_FORWARD = re.compile(
    r"\b(will|would|could|should|might|expected|target|aims?|if|needs? to)\b", re.IGNORECASE
)
_DIFFERENCE = re.compile(
    r"^\s*(more|fewer|less|additional|further|above|below|ahead|higher|lower|over|under|new)\b", re.IGNORECASE
)


def _from_metrics(sentence: Sentence, number: WrittenNumber, material: Material) -> tuple[str, str] | None:
    """What the sheet has for the one metric and month that a sentence names, where a number comes near and differs."""
    as_at = data_date(material.submission)
    found = material.named_metrics.of(sentence.text)
    if as_at is None or len(found) != 1 or _DIFFERENCE.search(sentence.text[number.end :]):
        return None
    series = found[0]
    fits = {Unit.NUMBER: WrittenUnit.COUNT, Unit.PERCENT: WrittenUnit.PERCENT}.get(
        series.unit, WrittenUnit.MONEY
    )
    told = {period: entry.value for period, entry in series.actual.items() if entry.value is not None}
    if (
        number.unit is not fits
        or not told
        or abs(number.amount) < (_SMALLEST if fits is WrittenUnit.COUNT else 0)
    ):
        return None
    named = [each for each in months_named(sentence.text, Period.of_date(as_at)) if each in told]
    period = named[0] if len(set(named)) == 1 else max(told) if not named else None
    if period is None or (not named and period.kind is not PeriodKind.MONTH):
        return None
    scale = series.unit.pounds
    near = (_OF_THE_SHEET if named else _OF_THE_SHEET / 3) * abs(told[period]) * scale
    if abs(abs(number.amount) - abs(told[period] * scale)) > near or _is_known(number, series, scale):
        return None
    shown = formats.quantity(Quantity(told[period], series.unit, series.decimals))
    return (
        f"{series.name}, {period}",
        f"{shown}, the actual of {series.name} for {period} ({series.actual[period].place})",
    )


def _from_finance(sentence: Sentence, number: WrittenNumber, material: Material) -> tuple[str, str] | None:
    """The same for a line of the plan and a year; every scenario's figure counts as known."""
    years = set(financial_years(sentence.text))
    if number.unit is not WrittenUnit.MONEY or len(years) != 1:
        return None
    year = years.pop()
    words = title_words(sentence.text)
    lines = [
        line
        for line in material.submission.finance
        if line.line.value and len(title_words(line.line.value)) > 1 and title_words(line.line.value) <= words
    ]
    cells = [
        (line, entry)
        for line in lines
        if (entry := line.years.get(year)) is not None and entry.value is not None
    ]
    scale = material.submission.programme.money_unit.pounds
    known = [(entry.value or Decimal(0)) * scale for line in lines for entry in line.years.values()]
    if not cells or any(stands_for(number, value) for value in known):
        return None
    line, entry = min(
        cells, key=lambda cell: abs(abs(number.amount) - abs((cell[1].value or Decimal(0)) * scale))
    )
    value = (entry.value or Decimal(0)) * scale
    if abs(abs(number.amount) - abs(value)) > _OF_THE_SHEET * abs(value):
        return None
    return _finance_told(line, entry, year, material)


def _finance_told(
    line: FinanceLine, entry: Entry[Decimal], year: Period, material: Material
) -> tuple[str, str]:
    unit = material.submission.programme.money_unit
    shown = formats.quantity(Quantity(entry.value or Decimal(0), unit))
    what = f"{line.scenario.value}: {line.line.value}, {year}"
    return what, f"{shown}, the figure of {what} ({entry.place})"


def _is_known(number: WrittenNumber, series: MetricSeries, scale: int) -> bool:
    every = (*series.actual.values(), *series.forecast.values())
    return any(entry.value is not None and stands_for(number, entry.value * scale) for entry in every)


CHECKS = (Check(CONTRADICTS_SHEET, contradicts_sheet),)
