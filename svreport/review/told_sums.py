"""Sums told in a text: what there was, what came to it, and what that makes."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import combinations, groupby

from svreport.model import formats
from svreport.model.finding import Finding, Place, Rule, Severity
from svreport.model.pack_sheets import ColumnType
from svreport.model.submission import Submission
from svreport.review.material import Check, Material
from svreport.review.passages import Passage
from svreport.review.sentences import Sentence, excerpt
from svreport.review.written import Hedge, WrittenNumber, WrittenUnit

TOLD_WRONG = Rule(
    "PAP-03",
    Severity.QUERY,
    "A sum told in the text does not add up",
    "A reader who adds up what a text says was there and what came to it should get what it says that makes.",
    "“…, totalling 191 places. A further 68 places increase the offer to 251 places”, and 191 + 68 is 259.",
)

_HEDGES = r"(?:(?:around|about|approximately|roughly|some|over|just|nearly|almost|more than|up to)\s+)*"
_RAISED = re.compile(
    r"\b(?:increas|rais|bring|brought|tak|took|ris|rose|grow|grew|expand|lift|boost|mov|go)\w*\b[^.;]{0,80}?"
    rf"\bto\s+(?:(?:a|an|the|its|their|our)\s+)?(?:(?:new|combined|overall|grand)\s+)?(?:total\s+of\s+)?{_HEDGES}$",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:\bmak(?:e|es|ing)|\bgiv(?:e|es|ing)|\btotal(?:l?ing|s|led)?(?:\s+to)?|\bequals?|"
    r"\b(?:sum\w*|add\w*\s+up|amount\w*|com(?:e|es|ing))\s+to|=|"
    r"\b(?:there|which|that|this|it|we|council)\s+(?:will|would)\s+(?:then\s+)?(?:be|have)|,\s+(?:is|are)|"
    r"\btotal\s+(?:[\w-]+\s+){0,3}?(?:of|is|to|at))\s+(?:(?:a|the)\s+)?(?:(?:new|combined|overall|grand)\s+)?"
    rf"(?:total\s+(?:[\w-]+\s+){{0,3}}?of\s+)?{_HEDGES}$",
    re.IGNORECASE,
)
_TOTAL_BEHIND = re.compile(
    r"^(?:\s+[\w-]+){0,3}?,?\s+(?:in all|in total|altogether|all told|all together)\b", re.IGNORECASE
)
_ADDED = re.compile(
    r"(?:\b(?:further|another|additional|extra|new|more|adds?|adding|added|plus|by|creat\w+|open\w*)|\+)\s+"
    rf"(?:an?\s+)?(?:(?:further|additional|extra|new)\s+)?{_HEDGES}$"
    r"|\b(?:further|another|additional|extra|new|more)\s+[\w -]{0,40}?\b(?:with|of|offering|providing|bringing)\s+"
    rf"{_HEDGES}$",
    re.IGNORECASE,
)
_ADDED_BEHIND = re.compile(r"^\s+(?:more|additional|further|extra|new)\b", re.IGNORECASE)
_FROM = re.compile(rf"\bfrom\s+{_HEDGES}$", re.IGNORECASE)
_NOW = re.compile(
    rf"\b(?:currently|now|already|today|existing|current(?:\s+\w+){{0,2}}\s+of)\b[^.,;]{{0,30}}\s{_HEDGES}$"
    rf"|\b(?:there\s+(?:are|were)|have|has|had|offers?|provides?|stands?\s+at|offer\s+is|number\s+is)\s+{_HEDGES}$",
    re.IGNORECASE,
)
_NOW_BEHIND = re.compile(
    r"^(?:\s+[\w-]+){0,4}?\s+(?:now|currently|at present|today|already|so far|to date|in place|in use|exist\w*)\b",
    re.IGNORECASE,
)
# Words with which the end of a sum is no sum of what was told.
_AIMED = re.compile(
    r"\b(?:aim\w*|target\w*|ambition|goal|eventual\w*|over the (?:next|coming)|ultimately|in time)\b",
    re.IGNORECASE,
)
_TAKEN_AWAY = re.compile(
    r"\b(?:clos(?:e|es|ed|ing|ure|ures)|replac\w*|lose|loses|lost|loss\w*|net|fewer|less|minus|remov\w*|withdraw\w*|"
    r"decommission\w*|end(?:s|ed|ing)|transfer\w*|relocat\w*|convert\w*|reduc\w*|leav(?:e|es|ing)|left|ceas\w*|"
    r"of which|of these|including|not yet|out of)\b",
    re.IGNORECASE,
)
_RUNNING = re.compile(
    r"^\W*(?:[\w-]+\s+){0,4}?(?:since|so far|this year|over the|in the (?:year|quarter)|year to date)\b",
    re.IGNORECASE,
)
_RANGE_BEHIND = re.compile(r"^\s?(?:[-–‑]|to|or)\s?£?\d", re.IGNORECASE)
_AND_BEHIND = re.compile(r"^(?:\s+[\w-]+)?\s+and\s+(?:to\s+)?£?\d", re.IGNORECASE)
_RANGE_BEFORE = re.compile(r"(?:\d\w*\s?(?:[-–‑]|or)\s?£?|\bbetween\s+(?:[\w£]+\s+and\s+)?)$", re.IGNORECASE)
_WORD = re.compile(r"\s+([A-Za-z][\w’'-]*)")
_NO_NOUN = re.compile(
    r"(?:of|in|for|to|and|or|by|at|on|from|with|the|a|an|across|that|which|will|were|was|are|is|have|has|had|due|as|"
    r"this|these|so|per|increas\w*|mak\w*|bring\w*|tak\w*|giv\w*|rais\w*|total\w*|open\w*|compared)",
    re.IGNORECASE,
)
_IRREGULAR = frozenset({"people", "children", "staff"})
_MOST_WORDS = 5
_MOST_ADDED = 5
_NEAR = Decimal("0.25")
_SENTENCES_BACK = 12  # a base that was told longer ago is not what a reader adds to


@dataclass(frozen=True)
class _Told:
    """A number of a text with the sentence that it stands in, counted from the first of its subject."""

    number: WrittenNumber
    sentence: Sentence
    place: Place
    order: int

    @cached_property
    def before(self) -> str:
        return self.sentence.text[: self.number.start]

    @cached_property
    def behind(self) -> str:
        return self.sentence.text[self.number.end :]

    @cached_property
    def noun(self) -> str:
        """What it counts: the first word behind it that is plural, without its s; empty for none."""
        at = 0
        for _ in range(_MOST_WORDS):
            word = _WORD.match(self.behind, at)
            if word is None or _NO_NOUN.fullmatch(word[1]):
                break
            plain = word[1].casefold()
            if plain in _IRREGULAR or (plain.endswith("s") and not plain.endswith(("ss", "us"))):
                return plain.removesuffix("s")
            at = word.end()
        return ""

    @cached_property
    def is_range(self) -> bool:
        return bool(_RANGE_BEHIND.match(self.behind) or _RANGE_BEFORE.search(self.before))

    @cached_property
    def is_added(self) -> bool:
        return bool(_ADDED.search(self.before) or _ADDED_BEHIND.match(self.behind)) and not self.is_range

    @cached_property
    def is_raised_to(self) -> bool:
        return bool(_RAISED.search(self.before))

    @cached_property
    def is_total(self) -> bool:
        return bool(_TOTAL.search(self.before) or _TOTAL_BEHIND.match(self.behind))

    @cached_property
    def is_base(self) -> bool:
        """True for what there was: a total, or what there is now."""
        if self.is_range or (self.is_added and not self.is_total):
            return False
        return self.is_total or bool(_NOW.search(self.before) or _NOW_BEHIND.match(self.behind))

    @property
    def low(self) -> Decimal:
        return abs(self.number.amount) if self._is_exact else self.number.low

    @property
    def high(self) -> Decimal:
        return abs(self.number.amount) if self._is_exact else self.number.high

    @property
    def _is_exact(self) -> bool:
        return self.number.unit is WrittenUnit.COUNT and self.number.hedge is Hedge.NONE

    def counts_as(self, other: "_Told") -> bool:
        """True where both may count the same: one unit, and no two different nouns."""
        if self.number.unit is not other.number.unit:
            return False
        return not self.noun or not other.noun or self.noun == other.noun


def told_wrong(material: Material) -> Iterator[Finding]:
    for about, passages in groupby(material.passages, key=lambda each: each.about):
        every = list(_numbers(passages))
        orders = [each.order for each in every]
        for result in every:
            found = None
            if result.is_range or _AIMED.search(result.before) or _AND_BEHIND.match(result.behind):
                continue
            if result.is_raised_to or result.is_total:
                first = bisect_left(orders, result.order - _SENTENCES_BACK)
                numbers = every[first : bisect_right(orders, result.order)]
                found = _raised(result, numbers, material.submission) or _added_up(result, numbers)
            if found is not None:
                yield TOLD_WRONG.at(
                    result.place,
                    read=excerpt(result.sentence.text, result.number.start, result.number.end),
                    expected=f"{_shown(found.expected, result)} = {found.told}",
                    mend="correct the figures, or say what else came or went",
                    about=f"{about}: {result.number.text}",
                )


@dataclass(frozen=True, slots=True)
class _Sum:
    expected: Decimal
    told: str


def _numbers(passages: Iterator[Passage]) -> Iterator[_Told]:
    order = 0
    for passage in passages:
        for sentence in passage.sentences:
            order += 1
            for number in sentence.numbers:
                if (
                    number.unit in (WrittenUnit.COUNT, WrittenUnit.MONEY)
                    and number.amount > 0
                    and not number.rate
                ):
                    yield _Told(number, sentence, passage.place, order)


def _raised(result: _Told, numbers: Sequence[_Told], submission: Submission) -> _Sum | None:
    """What a base and the increments since come to, where that is not the result; None where it may be."""
    inside = [each for each in numbers if each.order == result.order and each is not result]
    named = _named(result, [each for each in inside if each.number.end <= result.number.start])
    added = [
        each
        for each in inside
        if each.is_added
        and each.counts_as(named)
        and (each.number.start < result.number.start or (each.noun and each.noun in result.before.casefold()))
    ]
    if not added or len(added) > _MOST_ADDED:
        return None
    wanted = _named(result, added)
    starts = [each for each in inside if _FROM.search(each.before) and each.counts_as(wanted)]
    earlier = [
        each
        for each in numbers
        if (each.order, each.number.start) < (result.order, added[0].number.start)
        and each.is_base
        and each.counts_as(wanted)
    ]
    bases = starts or earlier
    first = bases[-1].order if bases else result.order
    between = [
        each
        for each in numbers
        if first <= each.order < result.order
        and each.is_added
        and not each.is_base
        and each.counts_as(wanted)
    ]
    if _TAKEN_AWAY.search(_words(numbers, first, result)):
        return None
    if not bases:
        return _from_sheet(result, added, submission)
    every = [*between[-_MOST_ADDED:], *added]
    for base in bases:
        for size in range(1, len(every) + 1):
            if any(_fits(result, (base, *chosen)) for chosen in combinations(every, size)):
                return None
    return _near(result, [bases[-1], *added])


def _added_up(result: _Told, numbers: Sequence[_Told]) -> _Sum | None:
    """What the numbers before a total in its sentence come to, where no two or more of them make it."""
    if not result.is_total or _RUNNING.match(result.behind):
        return None
    before = [
        each for each in numbers if each.order == result.order and each.number.end <= result.number.start
    ]
    parts = [each for each in before if each.counts_as(_named(result, before)) and not each.is_range]
    if not 2 <= len(parts) <= _MOST_ADDED or any(
        _FROM.search(each.before) or each.is_total for each in parts
    ):
        return None
    between = result.sentence.text[parts[0].number.start : result.number.start]
    if _TAKEN_AWAY.search(between) or re.search(
        r"\b(?:compared|than|instead|against)\b|;", between, re.IGNORECASE
    ):
        return None
    for size in range(2, len(parts) + 1):
        if any(_fits(result, chosen) for chosen in combinations(parts, size)):
            return None
    return _near(result, parts)


def _from_sheet(result: _Told, added: Sequence[_Told], submission: Submission) -> _Sum | None:
    """What a row of a pack's sheet has besides the part that the text tells as added."""
    for sheet in submission.pack_sheets:
        for each in sheet.declared.sums:
            if any(sheet.declared.column(field).type is not ColumnType.NUMBER for field in each.of):
                continue
            for row in sheet.rows:
                entries = [row.entries[field] for field in each.of]
                values = [entry.value for entry in entries if entry.value is not None]
                expected = sum(values, Decimal(0))
                if len(values) < len(entries) or added[-1].number.amount not in values:
                    continue
                if result.low <= expected <= result.high:
                    return None
                if abs(result.number.amount - expected) <= _NEAR * expected:
                    told = " + ".join(f"{entry.value:f} ({entry.place})" for entry in entries)
                    return _Sum(expected, told)
    return None


def _named(result: _Told, others: Sequence[_Told]) -> _Told:
    """The result, or where it says no noun the nearest number before it that says one."""
    if result.noun:
        return result
    before = [each for each in others if each.noun and each.number.unit is result.number.unit]
    return before[-1] if before else result


def _words(numbers: Sequence[_Told], first: int, result: _Told) -> str:
    """The sentences from the base to the result, as far as the result."""
    sentences = {each.order: each.sentence.text for each in numbers if first <= each.order < result.order}
    return " ".join([*sentences.values(), result.before])


def _fits(result: _Told, parts: Sequence[_Told]) -> bool:
    low, high = sum(each.low for each in parts), sum(each.high for each in parts)
    return low <= result.high and result.low <= high


def _near(result: _Told, parts: Sequence[_Told]) -> _Sum | None:
    """The sum, where the result is near enough to be meant as it: more than every part, and not far off."""
    expected = sum((each.number.amount for each in parts), Decimal(0))
    amount = result.number.amount
    if amount <= max(each.number.amount for each in parts) or abs(amount - expected) > _NEAR * expected:
        return None
    return _Sum(expected, " + ".join(each.number.text for each in parts))


def _shown(value: Decimal, result: _Told) -> str:
    if result.number.unit is not WrittenUnit.MONEY:
        return formats.number(value, 0)
    return formats.millions(value) if abs(value) >= 1_000_000 else formats.whole_pounds(value)


CHECKS = (Check(TOLD_WRONG, told_wrong),)
