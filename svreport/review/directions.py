"""Words of direction against the figures: what is said to have dropped has to be lower."""

import re
from collections.abc import Iterator
from decimal import Decimal

from svreport.model import formats
from svreport.model.finding import Finding, Rule, Severity
from svreport.model.period import Period, PeriodKind
from svreport.model.quantity import Quantity
from svreport.model.references import find_reference
from svreport.model.series import MetricSeries
from svreport.model.submission import Condition
from svreport.review.data_dates import data_date
from svreport.review.material import Check, Material
from svreport.review.passages import Passage
from svreport.review.sentences import Sentence, excerpt, stands_for
from svreport.review.written import WrittenNumber
from svreport.review.years import months_named

_UP = r"rose|risen|ris(?:es|ing)|increas(?:ed|es|ing)|grew|grown|grow(?:s|ing)|climb(?:ed|s|ing)|(?:went|gone|going) up"
_DOWN = (
    r"fell|fallen|fall(?:s|ing)|drop(?:ped|s|ping)|decreas(?:ed|es|ing)|declin(?:ed|es|ing)|reduc(?:ed|es|ing)|"
    r"shrank|shrunk|(?:went|gone|going|came|come) down|cut"
)
_VERB = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.IGNORECASE)
_UP_FROM = re.compile(
    r"\b(?:(?P<up>up|an? (?:\w+ )?(?:increase|rise)|higher than)|(?P<down>down|an? (?:\w+ )?(?:fall|drop|decrease|"
    r"reduction)|lower than))"
    r"(?: (?:from|on))? (?:about|around|just|over|some|the|nearly|almost|a |an )*$",
    re.IGNORECASE,
)
_BEFORE_FIRST = re.compile(
    r"\bfrom (?:about|around|just|over|under|some|nearly|almost|an?|the)?\s*$", re.IGNORECASE
)
_BEFORE_SECOND = re.compile(
    r"^[^.;:]{0,50}?\bto (?:about|around|just|over|under|some|only|nearly|almost|an?)?\s*$", re.IGNORECASE
)
_NOT_TOLD = re.compile(
    r"\b(not|no longer|never|would|could|should|might|will|if|unless|forecast|expected|target|planned|aims?|hop(?:e|"
    r"ed|es))\b",
    re.IGNORECASE,
)
_NEAR = 80

CONTRADICTS_ITSELF = Rule(
    "NAR-01",
    Severity.QUERY,
    "A word of direction contradicts the figures beside it",
    "A drop leads to a smaller figure, a rise to a larger one. Where they disagree, a figure or the word was not "
    "brought "
    "up to date; with linked figures it is the word.",
    "“Plans ceased have dropped from 28 a month to 32 a month.”",
)


def contradicts_itself(material: Material) -> Iterator[Finding]:
    for passage in material.passages:
        for sentence in passage.sentences:
            for first, second in zip(sentence.numbers, sentence.numbers[1:], strict=False):
                said = _direction_between(sentence.text, first, second)
                if said is None or first.unit is not second.unit or first.amount == second.amount:
                    continue
                word, is_up = said
                if is_up is (second.amount > first.amount):
                    continue
                yield CONTRADICTS_ITSELF.at(
                    passage.place,
                    read=excerpt(sentence.text, first.start, second.end),
                    expected=f"figures that go {'up' if is_up else 'down'}, as “{word}” says, or the other word",
                    mend="correct the word or the figures",
                    about=f"{passage.about}: {first.text}, {second.text}",
                )


def _direction_between(text: str, first: WrittenNumber, second: WrittenNumber) -> tuple[str, bool] | None:
    """The word that says how the second (later) figure compares with the first: `from 32 to 28`, `32, up from 28`."""
    between = text[first.end : second.start]
    if _BEFORE_FIRST.search(text[: first.start]) and _BEFORE_SECOND.search(between):
        verbs = list(_VERB.finditer(text[max(0, first.start - _NEAR) : first.start]))
        return (verbs[-1][0], verbs[-1]["up"] is not None) if verbs else None
    found = _UP_FROM.search(between)
    if (
        found
        and len(between) < _NEAR
        and not re.search(r"[.;:]", between)
        and "from" in between[found.start() :]
    ):
        return found[0].strip(), found["down"] is not None
    return None


AGAINST_DATA = Rule(
    "NAR-02",
    Severity.QUERY,
    "A word of direction contradicts the metric's data",
    "When a sentence names a metric and the months between which it rose or fell, the sheet can be asked.",
    "“EHCP numbers have fallen since July”, where they rose from 5,861 to 6,161.",
)


def against_data(material: Material) -> Iterator[Finding]:
    for passage in material.passages:
        for sentence in passage.sentences:
            found = _VERB.search(sentence.text)
            if found is None or _NOT_TOLD.search(sentence.text) or len(_VERB.findall(sentence.text)) > 1:
                continue
            is_up = found["up"] is not None
            told = [
                _movement(series, sentence, material) for series in _spoken_of(passage, sentence, material)
            ]
            moves = [move for move in told if move is not None]
            if (
                not moves
                or len(moves) < len(told)
                or any((move[2] > 0) is is_up or not move[2] for move in moves)
            ):
                continue
            series, (start, end), _ = moves[0]
            yield AGAINST_DATA.at(
                passage.place,
                read=excerpt(sentence.text, found.start(), found.end()),
                expected=f"{series.name} {'fell' if is_up else 'rose'}: {_at(series, start)} in {start}, "
                f"{_at(series, end)} in "
                f"{end} ({series.actual[start].place}, {series.actual[end].place})",
                mend="correct the word, or the data",
                about=f"{passage.about}: {series.name} {found[0].lower()}",
            )


def _spoken_of(passage: Passage, sentence: Sentence, material: Material) -> list[MetricSeries]:
    """The metrics a sentence names; or, where it names none, those of its condition that have both its figures."""
    found = material.named_metrics.of(sentence.text)
    subject = passage.subject
    if found or not isinstance(subject, Condition) or len(sentence.numbers) < 2:
        return found
    return [
        series
        for series in material.facts.series.values()
        if any(find_reference(ref, (subject,), "Condition") for ref in series.metric.conditions.value or ())
        and all(
            any(
                entry.value is not None and stands_for(number, entry.value)
                for entry in series.actual.values()
            )
            for number in sentence.numbers[:2]
        )
    ]


Move = tuple[MetricSeries, tuple[Period, Period], Decimal]


def _movement(series: MetricSeries, sentence: Sentence, material: Material) -> Move | None:
    """How a metric moved between the months that a sentence names, or since the one it names, at printed precision."""
    as_at = data_date(material.submission)
    told = [period for period, entry in series.actual.items() if entry.value is not None]
    months = [period for period in told if period.kind is PeriodKind.MONTH]
    if as_at is None or not months:
        return None
    latest = max(months)
    named = list(dict.fromkeys(months_named(sentence.text, Period.of_date(as_at))))
    if len(named) == 1 and re.search(r"\b(since|compared (with|to)|than in|from)\b", sentence.text):
        named.append(latest)
    if len(named) != 2 or any(each not in months for each in named) or named[0] == named[1]:
        return None
    start, end = sorted(named)
    before, after = (
        formats.round_to(series.actual[each].value or Decimal(0), series.decimals) for each in (start, end)
    )
    return series, (start, end), after - before


def _at(series: MetricSeries, period: Period) -> str:
    return formats.quantity(Quantity(series.actual[period].value or Decimal(0), series.unit, series.decimals))


CHECKS = (Check(CONTRADICTS_ITSELF, contradicts_itself), Check(AGAINST_DATA, against_data))
