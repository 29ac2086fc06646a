"""Lists against the number that announces them or looks back on them."""

import re
from collections.abc import Iterator

from svreport.model.finding import Finding, Rule, Severity
from svreport.narrative.blocks import Block, List, Paragraph, Table
from svreport.review.material import Check, Material
from svreport.review.passages import Passage
from svreport.review.sentences import excerpt, sentences_of
from svreport.review.written import WrittenUnit, written_numbers

_MOST_ITEMS = 20
_MEASURED = re.compile(
    r"^[\s-]+(?:(?:more|new|additional|further|special|school|full|working|other|academic|financial|calendar)\s)*"
    r"(?:years?|months?|weeks?|days?|hours?|terms?|places?|pupils?|children|child|young|people|families|plans?|"
    r"placements?|"
    r"EHCPs?|schools?|percent|per|percentage|million|times|fold|staff|posts?|phases?|o'clock|year-olds?)\b",
    re.IGNORECASE,
)
_LISTS = (
    r"(?:insights?|things|reasons|causes|areas|actions|steps|strands|priorities|projects|interventions|measures|"
    r"workstreams|"
    r"themes|points|schemes|proposals|mitigations|objectives|aims|factors|issues|risks|changes|options|elements|parts|"
    r"commitments|initiatives|activities|improvements|recommendations|findings|lessons|examples|ways|matters|"
    r"subjects|key \w+)"
)

ANNOUNCED = Rule(
    "NAR-05",
    Severity.QUERY,
    "A list has another number of items than its introduction says",
    "A list that says five and shows six was changed without its sentence, and the reader wonders which was meant.",
    "“There are five key insights:”, followed by a) to f).",
)


def announced(material: Material) -> Iterator[Finding]:
    for passage in material.passages:
        for lead, items in _introduced(passage.blocks):
            counts = [(number, count) for number, count in _counts(lead) if 1 < count <= _MOST_ITEMS]
            if not counts or any(count == items for _, count in counts):
                continue
            span, count = counts[-1]
            yield ANNOUNCED.at(
                passage.place,
                read=f"{excerpt(lead, *span)}, followed by {items} items",
                expected=f"{count} items, or “{_word(items)}” in the sentence",
                mend="correct the number, or the list",
                about=f"{passage.about}: {lead[span[0] : span[1]]}",
            )


LOOKED_BACK = Rule(
    "NAR-06",
    Severity.QUERY,
    "“These four” looks back on a list with another number of items",
    "A sentence that counts the list above it has to be brought up to date with the list.",
    "“These 4 interventions” below a list of five.",
)
_THESE = re.compile(
    rf"\b(?:these|those|all|the above) (?P<count>\d{{1,2}}|[a-z]+) (?:\w+ )?{_LISTS}\b", re.IGNORECASE
)


def looked_back(material: Material) -> Iterator[Finding]:
    above: dict[str, list[int]] = {}
    for passage in material.passages:
        told = above.setdefault(passage.about, [])
        for block in passage.blocks:
            if isinstance(block, Paragraph):
                yield from _backward(passage, block, told)
            told.extend(_lengths(block))


def _backward(passage: Passage, block: Paragraph, above: list[int]) -> Iterator[Finding]:
    text = "".join(run.text for run in block.runs)
    for found in _THESE.finditer(text):
        number = next(
            (
                each
                for each in written_numbers(text)
                if each.start == found.start("count") and not each.is_reference
            ),
            None,
        )
        count = int(number.amount) if number is not None and number.unit is WrittenUnit.COUNT else 0
        if not 1 < count <= _MOST_ITEMS or not above or count in above:
            continue
        yield LOOKED_BACK.at(
            passage.place,
            read=excerpt(text, found.start(), found.end()),
            expected=f"“{_word(above[-1])}”, as the list above has {above[-1]} items",
            mend="correct the number, or the list",
            about=f"{passage.about}: {found[0]}",
        )


def _introduced(blocks: tuple[Block, ...]) -> Iterator[tuple[str, int]]:
    """Each list or table with the last sentence before it, where that ends in a colon or names a list."""
    for position, block in enumerate(blocks):
        if isinstance(block, List):
            for item in block.items:
                yield from _introduced(item.blocks)
        before = blocks[position - 1] if position else None
        if not isinstance(before, Paragraph) or not isinstance(block, List | Table):
            continue
        sentences = sentences_of(before.runs)
        lead = sentences[-1].text.strip() if sentences else ""
        if lead.endswith(":") or (isinstance(block, List) and re.search(rf"\b{_LISTS}\b", lead)):
            yield lead, len(block.items) if isinstance(block, List) else len(block.rows)


def _counts(lead: str) -> list[tuple[tuple[int, int], int]]:
    """The whole numbers of a sentence that count something a list can hold."""
    return [
        ((number.start, number.end), int(number.amount))
        for number in written_numbers(lead)
        if not number.is_reference
        and number.unit is WrittenUnit.COUNT
        and number.amount == int(number.amount)
        and not _MEASURED.search(lead[number.end :])
        and re.match(r"[\s-]+(?:of\b|[a-z])", lead[number.end :], re.IGNORECASE)
    ]


def _lengths(block: Block) -> Iterator[int]:
    if isinstance(block, List):
        for item in block.items:
            for inner in item.blocks:
                yield from _lengths(inner)
        if len(block.items) > 1:
            yield len(block.items)
    elif isinstance(block, Table) and len(block.rows) > 1:
        yield len(block.rows)


_WORDS = "nought one two three four five six seven eight nine ten eleven twelve".split()


def _word(count: int) -> str:
    return _WORDS[count] if count < len(_WORDS) else str(count)


CHECKS = (Check(ANNOUNCED, announced), Check(LOOKED_BACK, looked_back))
