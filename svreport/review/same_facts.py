"""The same fact given twice: in two places of the text, or in the text and on a sheet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from svreport.model import formats
from svreport.model.finding import Finding, Rule, Severity
from svreport.model.period import Period, PeriodKind
from svreport.model.quantity import Quantity, Unit
from svreport.model.series import MetricSeries
from svreport.model.submission import Entry, FinanceLine
from svreport.review.data_dates import data_date
from svreport.review.material import Check, Material
from svreport.review.metrics_named import metrics_named, title_words
from svreport.review.passages import Passage
from svreport.review.plan import AGREEMENT
from svreport.review.sentences import Sentence, excerpt, stands_for
from svreport.review.written import WrittenNumber, WrittenUnit
from svreport.review.years import financial_years, months_named

# What a return tells once: the words that name it.
_SUBJECTS = {
    "residual deficit": r"residual (deficit|balance)",
    "schools block transfer": r"schools'? block transfer|transfer (of \S+ )?from (the )?schools'? block|block transfer"
    r"|transfer of [\d.]+%|[\d.]+% transfer",
    "cumulative deficit": r"cumulative (DSG )?deficit",
    "in-year deficit": r"in-year (deficit|overspend|position)",
    "deficit limit": r"(deficit )?(limit|cap)\b",
    "High Needs Block income": r"(high needs( block)?|HNB) (income|allocation|funding)",
    "inflation": r"\binflation\b",
    "capital": r"\bcapital\b",
}
_ANY_SUBJECT = re.compile("|".join(f"(?:{words})" for words in _SUBJECTS.values()), re.IGNORECASE)
_CLAUSE = re.compile(
    r"[,;:]\s|\s[–—-]\s|\b(?:where|against|compared (?:with|to)|but|while|whereas|instead of|rather than)\b|(?=\b(?:up|down) from\b)"
)
_SCENARIOS = {
    "agreed": AGREEMENT.pattern,
    "unmitigated": r"unmitigated|without (any )?mitigation|no mitigation|do[- ]nothing",
    "previous": r"\b(previous\w*|last (return|update|year|quarter)|formerly|was|were|had been|May|August|November|February)\b",
    "before payments": r"before (Safety Valve|DfE) payments|gross",
    "change": r"\b(increase|decrease|reduc\w+|rise|fall|growth|movement|by|more|less|over|above|under|below|additional|further|another|saving\w*|share|half|each|every|per|a year)\b",
}
_NEAR = Decimal("0.1")
_OF_THE_SHEET = Decimal("0.15")
_SMALLEST = 20


@dataclass(frozen=True)
class _Told:
    """One figure for a subject; two are of the same fact where `fact` is equal."""

    fact: tuple[str, tuple[Period, ...], tuple[str, ...], WrittenUnit]
    number: WrittenNumber
    sentence: Sentence
    passage: Passage

    @property
    def is_linked(self) -> bool:
        return self.sentence.link_at(self.number.start) is not None


TWICE = Rule(
    "NAR-07",
    Severity.QUERY,
    "The same fact is given twice with different figures",
    "Parts of a return are written by different hands. Where two give nearly the same figure for the same thing, one of "
    "them is out of date or rounded in another way.",
    "The residual of the original plan is £70.3m under Condition 2, and £70.2m in the risk register.",
)


def twice(material: Material) -> Iterator[Finding]:
    first: dict[tuple[str, tuple[Period, ...], tuple[str, ...], WrittenUnit], _Told] = {}
    for told in _facts(material):
        earlier = first.setdefault(told.fact, told)
        if earlier.passage.place == told.passage.place or _agree(earlier.number, told.number):
            continue
        if abs(earlier.number.amount - told.number.amount) > _NEAR * abs(earlier.number.amount):
            continue
        doubtful, other = (earlier, told) if told.is_linked else (told, earlier)
        if not doubtful.is_linked:
            yield TWICE.at(
                doubtful.passage.place,
                read=excerpt(doubtful.sentence.text, doubtful.number.start, doubtful.number.end),
                expected=f"{other.number.text}, as under {other.passage.about} ({other.passage.place}): "
                f"{excerpt(other.sentence.text, other.number.start, other.number.end, 40)}",
                mend="make the two agree; a figure linked with {{ }} cannot differ",
                about=f"{doubtful.passage.about}: {doubtful.fact[0]}",
            )


REPLACED = Rule(
    "NAR-08",
    Severity.QUERY,
    "A figure that one part replaces stands in another",
    "Where an assumption is replaced in one part of the return, the parts that still give the old figure contradict it.",
    "Condition 2 replaces the 1% transfer by 0.5%, and Risk 2 still speaks of consulting on 1%.",
)
_REPLACES = re.compile(
    r"replac|in place of|instead of|removed|rather than|no longer|lowered to|reduced to|changed to",
    re.IGNORECASE,
)
_OLD_BEHIND = re.compile(
    r"(?:in place of|instead of|rather than|replac(?:es|ing)|down from|from)\s+(?:the |a |an )*$",
    re.IGNORECASE,
)
_STILL_HOLDS = re.compile(
    r"\b(later|future|remain\w*|after(wards)?|continu\w+|subsequent|original\w*|previous\w*|years after)\b",
    re.I,
)


def replaced(material: Material) -> Iterator[Finding]:
    every = material.passages
    for passage in every:
        for sentence in passage.sentences:
            subject = _subject(sentence.text)
            pair = _replacement(sentence)
            if subject is None or pair is None:
                continue
            old, new = pair
            for other in every:
                if other.about == passage.about or any(_gives(each, new) for each in other.sentences):
                    continue
                yield from _still_old(other, subject, old, new, passage)
            return


CONTRADICTS_SHEET = Rule(
    "NAR-09",
    Severity.QUERY,
    "A figure in the text nearly is the sheet's, and differs",
    "A figure typed for a metric and a month, or for a line of the plan and a year, should be the sheet's. One that comes "
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
    found = metrics_named(sentence.text, material.facts.series.values())
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


def _facts(material: Material) -> Iterator[_Told]:
    """Each amount or percentage that stands in one clause with a subject, with what makes its fact another."""
    for passage in material.passages:
        for sentence in passage.sentences:
            inherited = _subject(sentence.text)
            if inherited is None:
                continue
            for start, end in _clauses(sentence.text):
                clause = sentence.text[start:end]
                numbers = [
                    number
                    for number in sentence.numbers
                    if start <= number.start < end and number.unit in (WrittenUnit.MONEY, WrittenUnit.PERCENT)
                ]
                subject = _subject(clause) or inherited
                if len(numbers) != 1 or subject is None or _is_asked(clause):
                    continue
                scenarios = tuple(
                    name for name, words in _SCENARIOS.items() if re.search(words, clause, re.IGNORECASE)
                )
                if "change" in scenarios:
                    continue
                years = tuple(sorted(set(financial_years(clause))))
                yield _Told((subject, years, scenarios, numbers[0].unit), numbers[0], sentence, passage)


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """The clauses of a sentence; a figure alone between two commas belongs to the words before it."""
    start = 0
    for cut in (*_CLAUSE.finditer(text), None):
        end = cut.start() if cut else len(text)
        is_bare = cut and not re.search(r"[a-z]{2}", text[cut.end() : _next_cut(text, cut.end())])
        if end > start and not is_bare:
            yield start, end
        if cut and not is_bare:
            start = cut.end()


def _next_cut(text: str, position: int) -> int:
    found = _CLAUSE.search(text, position + 1)
    return found.start() if found else len(text)


def _subject(text: str) -> str | None:
    if not _ANY_SUBJECT.search(text):
        return None
    return next(name for name, words in _SUBJECTS.items() if re.search(words, text, re.IGNORECASE))


def _is_asked(clause: str) -> bool:
    return re.search(r"\b(if|would|could|no|not)\b", clause, re.IGNORECASE) is not None


def _agree(one: WrittenNumber, other: WrittenNumber) -> bool:
    """True where the two can be one figure, each at the precision it is written in."""
    return one.low < other.high and other.low < one.high


def _replacement(sentence: Sentence) -> tuple[WrittenNumber, WrittenNumber] | None:
    """The old and the new figure of a sentence in which one replaces the other."""
    figures = [
        number for number in sentence.numbers if number.unit in (WrittenUnit.PERCENT, WrittenUnit.MONEY)
    ]
    if len(figures) != 2 or figures[0].unit is not figures[1].unit or not _REPLACES.search(sentence.text):
        return None
    first, second = figures
    return (second, first) if _OLD_BEHIND.search(sentence.text[: second.start]) else (first, second)


def _still_old(
    passage: Passage, subject: str, old: WrittenNumber, new: WrittenNumber, source: Passage
) -> Iterator[Finding]:
    for sentence in passage.sentences:
        said = next((number for number in sentence.numbers if _same(number, old)), None)
        if said is None or _subject(sentence.text) != subject or _STILL_HOLDS.search(sentence.text):
            continue
        yield REPLACED.at(
            passage.place,
            read=excerpt(sentence.text, said.start, said.end),
            expected=f"{new.text}, which replaces {old.text} under {source.about} ({source.place})",
            mend="bring the sentence up to date, or say that it speaks of the earlier proposal",
            about=f"{passage.about}: {subject}",
        )
        return


def _gives(sentence: Sentence, number: WrittenNumber) -> bool:
    return any(_same(each, number) for each in sentence.numbers)


def _same(one: WrittenNumber, other: WrittenNumber) -> bool:
    return one.unit is other.unit and one.amount == other.amount


CHECKS = (Check(TWICE, twice), Check(REPLACED, replaced), Check(CONTRADICTS_SHEET, contradicts_sheet))
