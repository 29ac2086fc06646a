"""A number of a text as part of a sum: what it counts, and whether it is what there was, what came, or the result."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from svreport.model.finding import Place
from svreport.review.passages import Passage
from svreport.review.sentences import Sentence
from svreport.review.written import Hedge, WrittenNumber, WrittenUnit

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
# Asked for by few texts, so that they are made when one does.
_ADDED = (
    r"(?:\b(?:further|another|additional|extra|new|more|adds?|adding|added|plus|by|creat\w+|open\w*)|\+)\s+"
    rf"(?:an?\s+)?(?:(?:further|additional|extra|new)\s+)?{_HEDGES}$"
    r"|\b(?:further|another|additional|extra|new|more)\s+[\w -]{0,40}?\b(?:with|of|offering|providing|bringing)\s+"
    rf"{_HEDGES}$"
)
_ADDED_BEHIND = re.compile(r"^\s+(?:more|additional|further|extra|new)\b", re.IGNORECASE)
_FROM = rf"\bfrom\s+{_HEDGES}$"
_NOW = (
    rf"\b(?:currently|now|already|today|existing|current(?:\s+\w+){{0,2}}\s+of)\b[^.,;]{{0,30}}\s{_HEDGES}$"
    rf"|\b(?:there\s+(?:are|were)|have|has|had|offers?|provides?|stands?\s+at|offer\s+is|number\s+is)\s+{_HEDGES}$"
)
_NOW_BEHIND = (
    r"^(?:\s+[\w-]+){0,4}?\s+(?:now|currently|at present|today|already|so far|to date|in place|in use|"
    r"exist\w*)\b"
)
_RANGE_BEHIND = re.compile(r"^\s?(?:[-–‑]|to|or)\s?£?\d", re.IGNORECASE)
_RANGE_BEFORE = re.compile(r"(?:\d\w*\s?(?:[-–‑]|or)\s?£?|\bbetween\s+(?:[\w£]+\s+and\s+)?)$", re.IGNORECASE)
_WORD = re.compile(r"\s+([A-Za-z][\w’'-]*)")
_NO_NOUN = re.compile(
    r"(?:of|in|for|to|and|or|by|at|on|from|with|the|a|an|across|that|which|will|were|was|are|is|have|has|had|due|as|"
    r"this|these|so|per|increas\w*|mak\w*|bring\w*|tak\w*|giv\w*|rais\w*|total\w*|open\w*|compared)",
    re.IGNORECASE,
)
_IRREGULAR = frozenset({"people", "children", "staff"})
_MOST_WORDS = 5
_FAR = 200


@dataclass(frozen=True)
class SumNumber:
    """A number of a text with the sentence that it stands in, counted from the first of its subject."""

    number: WrittenNumber
    sentence: Sentence
    place: Place
    order: int

    @cached_property
    def before(self) -> str:
        """The words before it, as far back as they can be about it."""
        return self.sentence.text[max(0, self.number.start - _FAR) : self.number.start]

    @cached_property
    def behind(self) -> str:
        return self.sentence.text[self.number.end : self.number.end + _FAR]

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
        return (
            bool(re.search(_ADDED, self.before, re.IGNORECASE) or _ADDED_BEHIND.match(self.behind))
            and not self.is_range
        )

    @cached_property
    def is_raised_to(self) -> bool:
        return bool(_RAISED.search(self.before))

    @cached_property
    def is_total(self) -> bool:
        return bool(_TOTAL.search(self.before) or _TOTAL_BEHIND.match(self.behind))

    @cached_property
    def is_start(self) -> bool:
        """True for the number that something grows from."""
        return bool(re.search(_FROM, self.before, re.IGNORECASE))

    @cached_property
    def is_base(self) -> bool:
        """True for what there was: a total, or what there is now."""
        if self.is_range or (self.is_added and not self.is_total):
            return False
        return self.is_total or bool(
            re.search(_NOW, self.before, re.IGNORECASE) or re.match(_NOW_BEHIND, self.behind, re.IGNORECASE)
        )

    @property
    def low(self) -> Decimal:
        return abs(self.number.amount) if self._is_exact else self.number.low

    @property
    def high(self) -> Decimal:
        return abs(self.number.amount) if self._is_exact else self.number.high

    @property
    def _is_exact(self) -> bool:
        return self.number.unit is WrittenUnit.COUNT and self.number.hedge is Hedge.NONE

    def counts_as(self, other: "SumNumber") -> bool:
        """True where both may count the same: one unit, and no two different nouns."""
        if self.number.unit is not other.number.unit:
            return False
        return not self.noun or not other.noun or self.noun == other.noun


def numbers_of(passages: Iterable[Passage]) -> Iterator[SumNumber]:
    """The counts and amounts of texts about one thing, in their order."""
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
                    yield SumNumber(number, sentence, passage.place, order)
