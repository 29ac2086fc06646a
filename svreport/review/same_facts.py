"""The same fact given twice in the text, with different figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from svreport.model import names
from svreport.model.finding import Finding, Rule, Severity
from svreport.model.period import Period
from svreport.review.material import Check, Material
from svreport.review.passages import Passage
from svreport.review.plan import AGREEMENT
from svreport.review.sentences import Sentence, excerpt
from svreport.review.written import WrittenNumber, WrittenUnit
from svreport.review.years import financial_years

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
    r"[,;:]\s|\s[–—-]\s|\b(?:where|against|compared (?:with|to)|but|while|whereas|instead of|rather than)\b|"
    r"(?=\b(?:up|down) from\b)"
)
_SCENARIOS = {
    "agreed": AGREEMENT.pattern,
    "unmitigated": r"unmitigated|without (any )?mitigation|no mitigation|do[- ]nothing",
    "previous": r"\b(previous\w*|last (return|update|year|quarter)|formerly|was|were|had been|May|August|November|"
    r"February)\b",
    "before payments": r"before (Safety Valve|DfE) payments|gross",
    "change": r"\b(increase|decrease|reduc\w+|rise|fall|growth|movement|by|more|less|over|above|under|below|"
    r"additional|further|another|saving\w*|share|half|each|every|per|a year)\b",
}
_NEAR = Decimal("0.1")
_COUNTED = re.compile(
    r"\s+((?!(?:of|in|for|to|and|or|by|at|on|from|with|the|more|fewer|less)\b)[a-z][\w-]+"
    r"(?: (?!(?:of|in|for|to|and|or|by|at|on|from|with|the|were|was|are|is|have|had|has|will|"
    r"due)\b)[a-z][\w-]+){1,3}?s)\b"
    r"(?= (?:of|in|for|to|and|or|by|at|on|from|with|were|was|are|is|have|had|has|will|due)\b|[,.;:]|$)",
    re.IGNORECASE,
)
_SMALLEST_COUNT = 20


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
    "Parts of a return are written by different hands. Where two give nearly the same figure for the same thing, one "
    "of "
    "them is out of date or rounded in another way.",
    "The residual of the original plan is £70.3m under Condition 2, and £70.2m in the risk register.",
)


def twice(material: Material) -> Iterator[Finding]:
    first: dict[tuple[str, tuple[Period, ...], tuple[str, ...], WrittenUnit], _Told] = {}
    for told in _facts(material):
        earlier = first.setdefault(told.fact, told)
        if earlier.passage.place == told.passage.place or _agree(earlier.number, told.number):
            continue
        if not _is_one_fact(earlier, told):
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


def _is_one_fact(one: _Told, other: _Told) -> bool:
    """True where two figures are near each other; for a percentage, where neither text gives the other's as well."""
    if one.number.unit is WrittenUnit.PERCENT:
        told_too = any(_gives(each, other.number) for each in one.passage.sentences) or any(
            _gives(each, one.number) for each in other.passage.sentences
        )
        return not told_too and not any(_STILL_HOLDS.search(each.sentence.text) for each in (one, other))
    return abs(one.number.amount - other.number.amount) <= _NEAR * abs(one.number.amount)


REPLACED = Rule(
    "NAR-08",
    Severity.QUERY,
    "A figure that one part replaces stands in another",
    "Where an assumption is replaced in one part of the return, the parts that still give the old figure contradict "
    "it.",
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


def _facts(material: Material) -> Iterator[_Told]:
    """Each amount or percentage in one clause with a subject, and each count with the words of what it counts."""
    for passage in material.passages:
        for sentence in passage.sentences:
            yield from _counts(passage, sentence)
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
                if len(numbers) != 1 or _is_asked(clause):
                    continue
                scenarios = tuple(
                    name for name, words in _SCENARIOS.items() if re.search(words, clause, re.IGNORECASE)
                )
                if "change" in scenarios:
                    continue
                years = tuple(sorted(set(financial_years(clause))))
                fact = (_subject(clause) or inherited, years, scenarios, numbers[0].unit)
                yield _Told(fact, numbers[0], sentence, passage)


def _counts(passage: Passage, sentence: Sentence) -> Iterator[_Told]:
    """`156 new special school places`: a count with the words of what it counts, where they are two or more."""
    for number in sentence.numbers:
        found = _COUNTED.match(sentence.text[number.end :])
        if number.unit is WrittenUnit.COUNT and number.amount >= _SMALLEST_COUNT and found:
            fact = (names.key(found[1]), tuple(sorted(set(financial_years(sentence.text)))), (), number.unit)
            yield _Told(fact, number, sentence, passage)


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
    """True where the two can be one figure as each is rounded: £70m and £70.3m, and not 1% and 0.5%."""
    is_near = abs(one.amount - other.amount) <= _NEAR * max(abs(one.amount), abs(other.amount))
    return is_near and one.low < other.high and other.low < one.high


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


CHECKS = (Check(TWICE, twice), Check(REPLACED, replaced))
