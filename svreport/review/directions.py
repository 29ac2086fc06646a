"""Words of direction against the figures: what is said to have dropped has to be lower."""

import re
from collections.abc import Iterator
from decimal import Decimal

from svreport.model import formats
from svreport.model.finding import Finding, Rule, Severity
from svreport.model.period import Period, PeriodKind
from svreport.model.quantity import Quantity, Unit
from svreport.model.series import MetricSeries
from svreport.model.submission import CalculationKind, Condition
from svreport.review.data_dates import data_date
from svreport.review.material import Check, Material
from svreport.review.metrics_named import metrics_named, title_words
from svreport.review.passages import Passage
from svreport.review.sentences import Sentence, excerpt, stands_for
from svreport.review.written import WrittenNumber, WrittenUnit
from svreport.review.years import months_named

_UP = r"rose|risen|ris(?:es|ing)|increas(?:ed|es|ing)|grew|grown|grow(?:s|ing)|climb(?:ed|s|ing)|(?:went|gone|going) up"
_DOWN = (
    r"fell|fallen|fall(?:s|ing)|drop(?:ped|s|ping)|decreas(?:ed|es|ing)|declin(?:ed|es|ing)|reduc(?:ed|es|ing)|"
    r"shrank|shrunk|(?:went|gone|going|came|come) down|cut"
)
_VERB = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.IGNORECASE)
_UP_FROM = re.compile(
    r"\b(?:(?P<up>up|an? (?:\w+ )?(?:increase|rise)|higher than)|(?P<down>down|an? (?:\w+ )?(?:fall|drop|decrease|reduction)|lower than))"
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
    r"\b(not|no longer|never|would|could|should|might|will|if|unless|forecast|expected|target|planned|aims?|hop(?:e|ed|es))\b",
    re.IGNORECASE,
)
_NEAR = 80

CONTRADICTS_ITSELF = Rule(
    "NAR-01",
    Severity.QUERY,
    "A word of direction contradicts the figures beside it",
    "A drop leads to a smaller figure, a rise to a larger one. Where they disagree, a figure or the word was not brought "
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
                expected=f"{series.name} {'fell' if is_up else 'rose'}: {_at(series, start)} in {start}, {_at(series, end)} in "
                f"{end} ({series.actual[start].place}, {series.actual[end].place})",
                mend="correct the word, or the data",
                about=f"{passage.about}: {series.name} {found[0].lower()}",
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


def _spoken_of(passage: Passage, sentence: Sentence, material: Material) -> list[MetricSeries]:
    """The metrics a sentence names; or, where it names none, those of its condition that have both its figures."""
    every = material.facts.series.values()
    found = metrics_named(sentence.text, every)
    if found or not isinstance(passage.subject, Condition) or len(sentence.numbers) < 2:
        return found
    ref = passage.subject.ref.value or ""
    return [
        series
        for series in every
        if ref in (series.metric.conditions.value or ())
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
        for series in metrics_named(text, every)
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
            f"{_at(share, each)} of {_at(whole, each)} in {each}, which is about {formats.number((ends[0] + ends[1]) / 2, 0)}"
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


CHECKS = (
    Check(CONTRADICTS_ITSELF, contradicts_itself),
    Check(AGAINST_DATA, against_data),
    Check(MORE_OR_FEWER, more_or_fewer),
)
