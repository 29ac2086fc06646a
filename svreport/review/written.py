"""Numbers as people write them in prose: `6,161`, `£1.2 million`, `5.62 per cent`, `two thirds`, `around 500`."""

import re
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from svreport.review.written_references import reference_spans, skipped_spans
from svreport.review.written_words import (
    FRACTION_WORD,
    NUMBER_WORD,
    VULGAR,
    spelt,
    tells_fraction,
    word_value,
)


class WrittenUnit(StrEnum):
    """What a number in prose is written in; a fraction (`a quarter`, `1 in 4`) is held in percent."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    POINTS = "percentage points"
    FRACTION = "fraction"


class Hedge(StrEnum):
    """How a number is softened: near it, somewhat over it, somewhat under it, or not at all."""

    NONE = ""
    NEAR = "near"
    OVER = "over"
    UNDER = "under"


class WrittenNumber(NamedTuple):
    """One number of a text; `text` is `text[start:end]`, with sign, £, %, m and such alone.

    `amount` is in pounds, percent or ones, negative where a minus sign or accounting brackets say so (`signed`). `step`
    is what one more of its last written digit is worth (£100,000 for `£122.5m`), and `round_step` the same without
    trailing zeros (100 for `500`). `rate` is what it is counted for (`month`, `year`, `place`, …), empty if nothing.
    `is_reference` is True for dates, years, numbers of conditions and bands, and the like: no figure at all.
    """

    start: int
    end: int
    text: str
    amount: Decimal
    unit: WrittenUnit = WrittenUnit.COUNT
    step: Decimal = Decimal(1)
    round_step: Decimal = Decimal(1)
    hedge: Hedge = Hedge.NONE
    rate: str = ""
    signed: bool = False
    in_words: bool = False
    is_reference: bool = False

    @property
    def low(self) -> Decimal:
        """The smallest size (sign aside) that it can stand for."""
        return abs(self.amount) - (self.step / 2 if self.hedge is Hedge.OVER else self._reach)

    @property
    def high(self) -> Decimal:
        """The largest size (sign aside) that it can stand for."""
        return abs(self.amount) + (self.step / 2 if self.hedge is Hedge.UNDER else self._reach)

    @property
    def _reach(self) -> Decimal:
        """Half of the last digit. A hedge lets trailing zeros count as rounding, up to a tenth of the number: half of
        the last digit before them for `around`, a whole one for `over` and `under`.
        """
        if self.hedge is Hedge.NONE:
            return self.step / 2
        rounding = self.round_step / 2 if self.hedge is Hedge.NEAR else self.round_step
        return max(self.step / 2, min(rounding, abs(self.amount) / 10))


def written_numbers(text: str) -> list[WrittenNumber]:
    """Every number of a paragraph's plain text, references included, in order and never overlapping."""
    skipped = skipped_spans(text)
    references = reference_spans(text)
    taken = [*skipped, *((found.start, found.end) for found in references)]
    masked = _masked(text, taken)
    found = [*_figures(text, masked)]
    for span in references:
        found.extend(_tokens(text, span.start, span.end))
    return sorted(found, key=lambda number: number.start)


_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SCALE = r"(?:\s?(?P<scale>millions?|billions?|thousand|mn?|bn|k)\b)"
_PERCENT = (
    r"(?:\s?(?P<points>percentage[\s-]points?|%\spoints?|ppts?\b|pp\b)|\s?(?P<percent>%|per\s?cent\b|pc\b))"
)
_NUMBER = re.compile(
    rf"""
    (?P<sign>(?<![\w\d])[-−–‑+](?=\s?£?\d))?
    (?P<pound>£\s?(?P<inner>[-−](?=\d))?)?
    (?P<digits>{_DIGITS})(?P<vulgar>[{"".join(VULGAR)}])?
    (?:{_PERCENT}|{_SCALE}?(?P<pounds>\s(?:of\s)?pounds\b)?)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_VULGAR_ALONE = re.compile(f"[{''.join(VULGAR)}]")
_ONE_IN = re.compile(
    rf"\b(?P<part>\d{{1,3}}|{NUMBER_WORD})\s(?:in|out of)\s(?:every\s)?(?P<whole>\d{{1,4}}|{NUMBER_WORD})\b"
    r"(?!\s?(?:%|per cent))"
)
_WORDS = re.compile(rf"(?<![\w-]){NUMBER_WORD}(?![\w-])(?:\s?(?P<percent>per\s?cent\b|%))?")
_FRACTION = re.compile(FRACTION_WORD, re.IGNORECASE)
_JOINED = re.compile(r"\s?(?:[-–‑]|to|or|and)\s?", re.IGNORECASE)
_NEAR = 30
# What is longer is a code, not an amount.
_MOST_DIGITS = 15
_SCALES = {"m": 1_000_000, "b": 1_000_000_000, "t": 1_000, "k": 1_000}
_RATE = re.compile(
    r"\s*(?:\w+\s+){0,2}?(?:a|an|per|each|every)\s+(annum|year|month|week|day|term|quarter|place|pupil|child|placement)\b"
    r"|\s*(p\.a\.|pa\b)|\s*(monthly|annually|weekly)\b",
    re.IGNORECASE,
)
_RATES = {
    "annum": "year",
    "p.a.": "year",
    "pa": "year",
    "annually": "year",
    "monthly": "month",
    "weekly": "week",
}
_HEDGES = (
    (
        Hedge.UNDER,
        r"just under|just below|just short of|nearly|almost|approaching|less than|fewer than|below|under|not quite",
    ),
    (
        Hedge.OVER,
        r"just over|just above|more than|in excess of|upwards of|well over|over|above|exceed\w*|at least",
    ),
    (
        Hedge.NEAR,
        r"around|about|approximately|approx\.?|roughly|circa|c\.?|some|close to|in the region of|~|≈|broadly|typically",
    ),
)
_HEDGED = re.compile(
    "(?<![a-z])(?:" + "|".join(f"(?P<{hedge.name}>{words})" for hedge, words in _HEDGES) + r")\s*(?:an? )?$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
_TOKEN = re.compile(r"(?<!\w)[A-Za-z]*\d+(?:[.,:/‑–-]\d+)*(?:[a-z]{1,2}(?![a-z]))?|\d+", re.IGNORECASE)
_WORD_TOKEN = re.compile(rf"\b{NUMBER_WORD}\b")


def _masked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with those spans blanked out, so that every other number keeps its place."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = "\x00" * (end - start)
    return "".join(letters)


def _figures(text: str, masked: str) -> Iterator[WrittenNumber]:
    """Numbers that are no references, each with its hedge and rate."""
    found: list[WrittenNumber] = []
    taken = bytearray(len(text))
    for make in (_one_in, _fractions, _numerals, _vulgar, _in_words):
        for number in make(masked):
            if not any(taken[number.start : number.end]):
                found.append(number)
                taken[number.start : number.end] = b"\x01" * (number.end - number.start)
    found.sort(key=lambda number: number.start)
    for position, number in enumerate(found):
        following = found[position + 1] if position + 1 < len(found) else None
        completed = _with_unit_of_range(text, number, following)
        yield _with_surroundings(text, completed)


def _one_in(masked: str) -> Iterator[WrittenNumber]:
    for found in _ONE_IN.finditer(spelt(masked)):
        part, whole = (word_value(masked[slice(*found.span(name))]) for name in ("part", "whole"))
        if part and whole and part < whole:
            yield _fraction(masked, *found.span(), part / whole)


def _fractions(masked: str) -> Iterator[WrittenNumber]:
    for found in _FRACTION.finditer(masked) if tells_fraction(masked) else ():
        value = word_value(found["fraction"])
        if value is not None:
            yield _fraction(masked, *found.span("fraction"), value)


def _fraction(masked: str, start: int, end: int, share: Decimal) -> WrittenNumber:
    amount = share * 100
    unit = WrittenUnit.FRACTION
    return WrittenNumber(start, end, masked[start:end], amount, unit, Decimal(2), Decimal(4), in_words=True)


def _vulgar(masked: str) -> Iterator[WrittenNumber]:
    for found in _VULGAR_ALONE.finditer(masked):
        yield _fraction(masked, *found.span(), VULGAR[found[0]])


def _numerals(masked: str) -> Iterator[WrittenNumber]:
    for found in _NUMBER.finditer(masked):
        number = _numeral(found, masked)
        if number is not None:
            yield number


def _numeral(found: re.Match[str], masked: str) -> WrittenNumber | None:
    before = masked[max(0, found.start() - _NEAR) : found.start()]
    behind = masked[found.end() : found.end() + _NEAR]
    if re.search(r"[\d.,]$", before) and re.search(r"\d[.,]?$", before):
        return None
    plain = found["digits"].replace(",", "")
    if len(plain) > _MOST_DIGITS:
        return WrittenNumber(*found.span(), found[0], Decimal(0), is_reference=True)
    decimals = len(plain.partition(".")[2])
    scale = _SCALES[found["scale"][0].lower()] if found["scale"] else 1
    amount = Decimal(plain) + (VULGAR[found["vulgar"]] if found["vulgar"] else 0)
    step = Decimal(1).scaleb(-decimals) * scale
    bare = plain.replace(".", "")
    zeros = len(bare) - len(bare.rstrip("0")) if bare.strip("0") else 0
    unit = _unit(found)
    start, end = found.span()
    amount *= scale
    minus = (found["sign"] or "+") in "-−–‑" or bool(found["inner"])
    if found["sign"] and found["sign"] in "–‑-" and re.search(r"[\w%)]\s?$", before):
        start, minus = start + len(found["sign"]), False
    if found["sign"] == "+":
        minus = False
    alone = len(before) + len(behind) + len(found[0]) == len(masked)
    if alone and before.strip() == "(" and behind.strip() == ")":
        start, end, minus = before.index("("), found.end() + behind.index(")") + 1, True
    text = masked[start:end]
    hedge = Hedge.OVER if behind.startswith("+") and not re.match(r"\+\s?\d", behind) else Hedge.NONE
    return WrittenNumber(
        start,
        end,
        text,
        -amount if minus else amount,
        unit,
        step,
        step.scaleb(zeros) if not found["vulgar"] else step,
        hedge,
        signed=minus,
    )


def _unit(found: re.Match[str]) -> WrittenUnit:
    if found["points"]:
        return WrittenUnit.POINTS
    if found["percent"]:
        return WrittenUnit.PERCENT
    glued_scale = (found["scale"] or "").lower() in ("m", "mn", "bn")
    return WrittenUnit.MONEY if found["pound"] or found["pounds"] or glued_scale else WrittenUnit.COUNT


_NOT_BEFORE_ONE = re.compile(
    r"\b(?:no|any|every|some|the|this|that|which|another|each|other|first|last|right|wrong|at|as|with)\s$",
    re.IGNORECASE,
)
_NOT_BEHIND_ONE = re.compile(
    r"(?:\s(?:of|another|and|that|which|who|whose|where|when|is|was|are|has|had|can|could|may|might|must|will|would|"
    r"should|by|to|for|with|at|on|from|thing|day|way|point|side|hand|but|so|as|than|be|cannot|needs|size|voice)\b"
    r"|\sin\b(?!\s(?:\d|two|three|four|five|six|seven|eight|nine|ten|twenty))|\s*$|[’'.,;:)?!])",
    re.IGNORECASE,
)


def _in_words(masked: str) -> Iterator[WrittenNumber]:
    """Words from one to a thousand; `one` only where it counts something."""
    for found in _WORDS.finditer(spelt(masked)):
        typed = masked[found.start() : found.end()]
        word = typed.casefold()
        if word == "one" and (
            _NOT_BEFORE_ONE.search(masked, max(0, found.start() - _NEAR), found.start())
            or _NOT_BEHIND_ONE.match(masked, found.end())
        ):
            continue
        value = word_value(re.sub(r"\s?(?:per ?cent|%)$", "", word))
        if value is None:
            continue
        unit = WrittenUnit.PERCENT if found["percent"] else WrittenUnit.COUNT
        yield WrittenNumber(
            found.start(), found.end(), typed, value, unit, round_step=_round_step(value), in_words=True
        )


def _round_step(value: Decimal) -> Decimal:
    digits = str(value)
    return Decimal(1).scaleb(len(digits) - len(digits.rstrip("0"))) if value else Decimal(1)


def _with_unit_of_range(text: str, number: WrittenNumber, following: WrittenNumber | None) -> WrittenNumber:
    """The first number of `£70-90m` is £70m, that of `5 to 7%` is 5%."""
    if following is None or not _JOINED.fullmatch(text, number.end, following.start):
        return number
    dashed = text[number.end : following.start].strip() in "-–‑"
    units = (number.unit, following.unit)
    if units == (WrittenUnit.COUNT, WrittenUnit.PERCENT) and not number.in_words:
        return number._replace(unit=following.unit)
    is_scaled = following.unit is WrittenUnit.MONEY and "£" not in following.text
    if dashed and number.unit in (WrittenUnit.MONEY, WrittenUnit.COUNT) and is_scaled and number.step <= 1:
        scale = _scale_of(following.text)
        return number._replace(
            unit=WrittenUnit.MONEY,
            amount=number.amount * scale,
            step=number.step * scale,
            round_step=number.round_step * scale,
        )
    return number


def _scale_of(text: str) -> int:
    found = re.search(r"[a-z]", text, re.IGNORECASE)
    return _SCALES.get(found[0].lower(), 1) if found else 1


def _with_surroundings(text: str, number: WrittenNumber) -> WrittenNumber:
    hedged = _HEDGED.search(text[max(0, number.start - 24) : number.start])
    hedge = next((each for each in Hedge if each.value and hedged and hedged[each.name]), number.hedge)
    rate = _RATE.match(text[number.end : number.end + 40])
    word = next((part for part in rate.groups() if part), "").casefold() if rate else ""
    return number._replace(hedge=hedge, rate=_RATES.get(word, word))


def _tokens(text: str, start: int, end: int) -> Iterator[WrittenNumber]:
    """The numbers of a reference, without ordinal endings: `11` and `2024` of `11th December 2024`."""
    pieces = [*_TOKEN.finditer(text, start, end)] or [*_WORD_TOKEN.finditer(spelt(text), start, end)]
    for piece in pieces:
        stop = piece.end()
        typed = text[piece.start() : stop]
        if re.search(r"\d(?:st|nd|rd|th|s)$", typed, re.IGNORECASE):
            stop -= 1 if typed[-1] in "sS" and typed[-2].isdigit() else 2
        token = text[piece.start() : stop]
        digits = re.search(r"\d+", token)
        amount = Decimal(digits[0]) if digits else word_value(token) or Decimal(0)
        yield WrittenNumber(piece.start(), stop, token, amount, is_reference=True, in_words=not digits)
