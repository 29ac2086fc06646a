"""Sums told in a text: what there was, what came to it, and what that makes."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, groupby
from typing import NamedTuple

from svreport.model import formats
from svreport.model.finding import Finding, Rule, Severity
from svreport.model.pack_sheets import ColumnType
from svreport.model.submission import Submission
from svreport.review.material import Check, Material
from svreport.review.sentences import excerpt
from svreport.review.sum_numbers import SumNumber, numbers_of
from svreport.review.written import WrittenUnit

TOLD_WRONG = Rule(
    "PAP-03",
    Severity.QUERY,
    "A sum told in the text does not add up",
    "A reader who adds up what a text says was there and what came to it should get what it says that makes.",
    "“…, totalling 191 places. A further 68 places increase the offer to 251 places”, and 191 + 68 is 259.",
)

# Words with which the end of a sum is no sum of what was told.
_AIMED = re.compile(
    r"\b(?:aim\w*|target\w*|ambition|goal|eventual\w*|over the (?:next|coming)|ultimately|in time)\b",
    re.IGNORECASE,
)
# Asked for by few texts, so that it is made when one does.
_TAKEN_AWAY = (
    r"\b(?:clos(?:e|es|ed|ing|ure|ures)|replac\w*|lose|loses|lost|loss\w*|net|fewer|less|minus|remov\w*|withdraw\w*|"
    r"decommission\w*|end(?:s|ed|ing)|transfer\w*|relocat\w*|convert\w*|reduc\w*|leav(?:e|es|ing)|left|ceas\w*|"
    r"of which|of these|including|not yet|out of)\b"
)
_RUNNING = re.compile(
    r"^\W*(?:[\w-]+\s+){0,4}?(?:since|so far|this year|over the|in the (?:year|quarter)|year to date)\b",
    re.IGNORECASE,
)
_AND_BEHIND = re.compile(r"^(?:\s+[\w-]+)?\s+and\s+(?:to\s+)?£?\d", re.IGNORECASE)
_MOST_ADDED = 5
_NEAR = Decimal("0.25")
_SENTENCES_BACK = 12  # a base that was told longer ago is not what a reader adds to


def told_wrong(material: Material) -> Iterator[Finding]:
    for about, passages in groupby(material.passages, key=lambda each: each.about):
        every = list(numbers_of(passages))
        orders = [each.order for each in every]
        for result in every:
            found = None
            if not (result.is_raised_to or result.is_total) or result.is_range:
                continue
            if not _AIMED.search(result.before) and not _AND_BEHIND.match(result.behind):
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


class _Sum(NamedTuple):
    expected: Decimal
    told: str


def _raised(result: SumNumber, numbers: Sequence[SumNumber], submission: Submission) -> _Sum | None:
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
    starts = [each for each in inside if each.is_start and each.counts_as(wanted)]
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
    if re.search(_TAKEN_AWAY, _words(numbers, first, result), re.IGNORECASE):
        return None
    if not bases:
        return _from_sheet(result, added, submission)
    every = [*between[-_MOST_ADDED:], *added]
    for base in bases:
        for size in range(1, len(every) + 1):
            if any(_fits(result, (base, *chosen)) for chosen in combinations(every, size)):
                return None
    return _near(result, [bases[-1], *added])


def _added_up(result: SumNumber, numbers: Sequence[SumNumber]) -> _Sum | None:
    """What the numbers before a total in its sentence come to, where no two or more of them make it."""
    if not result.is_total or _RUNNING.match(result.behind):
        return None
    before = [
        each for each in numbers if each.order == result.order and each.number.end <= result.number.start
    ]
    parts = [each for each in before if each.counts_as(_named(result, before)) and not each.is_range]
    if not 2 <= len(parts) <= _MOST_ADDED or any(each.is_start or each.is_total for each in parts):
        return None
    between = result.sentence.text[parts[0].number.start : result.number.start]
    if re.search(_TAKEN_AWAY, between, re.IGNORECASE) or re.search(
        r"\b(?:compared|than|instead|against)\b|;", between, re.IGNORECASE
    ):
        return None
    for size in range(2, len(parts) + 1):
        if any(_fits(result, chosen) for chosen in combinations(parts, size)):
            return None
    return _near(result, parts)


def _from_sheet(result: SumNumber, added: Sequence[SumNumber], submission: Submission) -> _Sum | None:
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


def _named(result: SumNumber, others: Sequence[SumNumber]) -> SumNumber:
    """The result, or where it says no noun the nearest number before it that says one."""
    if result.noun:
        return result
    before = [each for each in others if each.noun and each.number.unit is result.number.unit]
    return before[-1] if before else result


def _words(numbers: Sequence[SumNumber], first: int, result: SumNumber) -> str:
    """The sentences from the base to the result, as far as the result."""
    sentences = {each.order: each.sentence.text for each in numbers if first <= each.order < result.order}
    return " ".join([*sentences.values(), result.before])


def _fits(result: SumNumber, parts: Sequence[SumNumber]) -> bool:
    low, high = sum(each.low for each in parts), sum(each.high for each in parts)
    return low <= result.high and result.low <= high


def _near(result: SumNumber, parts: Sequence[SumNumber]) -> _Sum | None:
    """The sum, where the result is near enough to be meant as it: more than every part, and not far off."""
    expected = sum((each.number.amount for each in parts), Decimal(0))
    amount = result.number.amount
    if amount <= max(each.number.amount for each in parts) or abs(amount - expected) > _NEAR * expected:
        return None
    return _Sum(expected, " + ".join(each.number.text for each in parts))


def _shown(value: Decimal, result: SumNumber) -> str:
    if result.number.unit is not WrittenUnit.MONEY:
        return formats.number(value, 0)
    return formats.millions(value) if abs(value) >= 1_000_000 else formats.whole_pounds(value)


CHECKS = (Check(TOLD_WRONG, told_wrong),)
