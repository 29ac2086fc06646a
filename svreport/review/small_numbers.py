"""Small numbers about children: fewer than five may tell who they are."""

import re
from collections.abc import Iterator
from decimal import Decimal

from svreport.model import formats, names
from svreport.model.finding import Finding, Rule, Severity
from svreport.model.quantity import Quantity, Unit
from svreport.model.submission import CalculationKind
from svreport.review.material import Check, Material
from svreport.review.sentences import excerpt
from svreport.review.written import WrittenUnit

_FEWEST = 5
_CHILDREN = (
    r"(?:child(?:ren)?|pupils?|learners?|students?|young (?:people|persons?)|boys?|girls?|placements?|EHCPs?|"
    r"tribunal (?:appeals?|cases?))"
)
_COUNTED = re.compile(
    r"^\s+(?:(?!more\b|fewer\b|less\b|in\b|of\b|for\b|with\b|about\b|to\b|from\b|and\b|or\b|by\b|on\b|at\b|per\b|"
    rf"year|month|week|new\b|special\b)[\w’'-]+\s+){{0,3}}?{_CHILDREN}\b(?!['’]s?\s|-| (?:homes?|centres?|services?|"
    r"hubs?|events?|voices?|forums?|groups?|panels?|boards?|projects?|teams?|bands?|reviews?|officers?|schools?|"
    r"census|premium))",
    re.IGNORECASE,
)
_OF_CHILDREN = re.compile(
    r"^\s+of (?:the|these|those|our|them)?\s*(?:\w+\s+)?(?:child(?:ren)?|pupils|learners|young people)\b",
    re.IGNORECASE,
)
_NO_COUNT = re.compile(
    r"(?:\b(?:in|between|aged?|year|years|stage|phase|band|key stage|reception|per|every|each|one in)\s*|[-–])$",
    re.IGNORECASE,
)

IN_TEXT = Rule(
    "NAR-13",
    Severity.QUERY,
    "A number below five is told of children",
    "Returns are published with cabinet and forum papers. A count of one to four children, with a school or a need "
    "beside "
    "it, can tell who they are; publications write “fewer than 5”.",
    "“Two children with SEMH needs were moved to a special school in September.”",
)


def in_text(material: Material) -> Iterator[Finding]:
    for passage in material.passages:
        for sentence in passage.sentences:
            for number in sentence.numbers:
                behind = sentence.text[number.end :]
                if (
                    number.unit is not WrittenUnit.COUNT
                    or not 0 < abs(number.amount) < _FEWEST
                    or number.rate
                ):
                    continue
                found = _COUNTED.search(behind) or _OF_CHILDREN.search(behind)
                if found is None or _NO_COUNT.search(sentence.text[: number.start]):
                    continue
                yield IN_TEXT.at(
                    passage.place,
                    read=excerpt(sentence.text, number.start, number.end + found.end()),
                    expected="“fewer than 5”, or no count",
                    mend="write it so that no child can be recognised, or answer this query if none can",
                    about=f"{passage.about}: {number.text}{found[0]}",
                )


IN_METRICS = Rule(
    "NAR-14",
    Severity.QUERY,
    "A metric about children has figures below five",
    "A table or chart of the metric would print counts of one to four children.",
    "Permanent exclusions of pupils with a plan: 2 in September 2024.",
)
_ABOUT_CHILDREN = re.compile(
    rf"\b{_CHILDREN}\b|\bplans?\b|\bexclusions?\b|\bexcluded\b|\brequests?\b|\bappeals?\b|\bNEET\b",
    re.IGNORECASE,
)
_NOT_CHILDREN = re.compile(
    r"\b(average|growth|change|rate|per|places|schools|staff|days|weeks)\b", re.IGNORECASE
)
_CHANGES = (CalculationKind.CHANGE, CalculationKind.AVERAGE)


def in_metrics(material: Material) -> Iterator[Finding]:
    for series in material.facts.series.values():
        about = f"{series.name} {series.metric.title.value or ''}"
        calculation = series.metric.calculation.value
        if series.unit is not Unit.NUMBER or (calculation and calculation.kind in _CHANGES):
            continue
        if not _ABOUT_CHILDREN.search(about) or _NOT_CHILDREN.search(about):
            continue
        small = [
            (period, entry)
            for period, entry in series.actual.items()
            if entry.value is not None and 0 < entry.value < _FEWEST and entry.value == int(entry.value)
        ]
        if small:
            told = [
                f"{period} {formats.quantity(Quantity(entry.value or Decimal(0), Unit.NUMBER))}"
                for period, entry in small
            ]
            yield IN_METRICS.at(
                small[0][1].place,
                read=f"{series.name}: {names.listed(told, 'and', 4)}",
                expected="no count of one to four children in a paper that is published",
                mend="use a longer period, or answer this query if no child can be recognised",
                about=series.name,
            )


CHECKS = (Check(IN_TEXT, in_text), Check(IN_METRICS, in_metrics))
