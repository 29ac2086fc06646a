"""How often a number that means nothing is taken for a figure: random numbers of the same shape, put in their place."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from svreport.narrative.blocks import Block, Cell, List, ListItem, Paragraph, Run, Table
from svreport.review.material import Material
from svreport.review.numbers import NumberUse, Status, account
from svreport.workbook.content import example
from tests.review.numbers.returns import enlarged, material

_MOST = 0.03
_ENOUGH = 300
_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
)

Edits = dict[int, list[tuple[int, int, str]]]


def _of_the_same_shape(text: str, random: Random) -> str:
    """As many digits, the same decimals, sign and unit; a word for a word."""
    if not any(letter.isdigit() for letter in text):
        return random.choice(_WORDS)
    made, first = "", True
    for letter in text:
        if not letter.isdigit():
            made += letter
            continue
        made += "0" if first and letter == "0" else str(random.randint(1 if first else 0, 9))
        first = False
    return made


def _rewritten(blocks: tuple[Block, ...], edits: Edits) -> tuple[Block, ...]:
    """The blocks with stretches of their passages replaced, figures put in by `{{ }}` turned into typed text."""
    passages = iter(range(1_000_000))

    def runs(told: tuple[Run, ...]) -> tuple[Run, ...]:
        text = "".join(run.text for run in told)
        for start, end, new in sorted(edits.get(next(passages), []), reverse=True):
            text = text[:start] + new + text[end:]
        return (Run(text),)

    def walk(told: tuple[Block, ...]) -> Iterator[Block]:
        for block in told:
            if isinstance(block, Paragraph):
                yield Paragraph(runs(block.runs))
            elif isinstance(block, List):
                yield replace(block, items=tuple(ListItem(tuple(walk(item.blocks))) for item in block.items))
            elif isinstance(block, Table):
                header = tuple(Cell(runs(cell.runs)) for cell in block.header)
                yield replace(
                    block,
                    header=header,
                    rows=tuple(tuple(Cell(runs(cell.runs)) for cell in row) for row in block.rows),
                )
            else:
                yield block

    return tuple(walk(blocks))


def _randomised(told: Material, uses: list[NumberUse], random: Random) -> Material:
    edits: dict[object, Edits] = {}
    for use in uses:
        new = _of_the_same_shape(use.text, random)
        edits.setdefault(use.place, {}).setdefault(use.passage, []).append((use.start, use.end, new))
    return Material(
        told.facts, {place: _rewritten(blocks, edits.get(place, {})) for place, blocks in told.texts.items()}
    )


def _false_matches(told: Material) -> tuple[int, int]:
    """How many random numbers were matched, and how many there were."""
    random = Random(1)  # noqa: S311
    uses = [use for use in account(told) if use.status is not Status.REFERENCE]
    matched = tried = 0
    while tried < _ENOUGH:
        found = [each.status for each in account(_randomised(told, uses, random))]
        matched += found.count(Status.MATCHED)
        tried += found.count(Status.MATCHED) + found.count(Status.UNMATCHED)
    return matched, tried


RETURNS = {
    "the example": lambda: material(example("wiltshire-2024-12")),
    "the update before": lambda: material(example("wiltshire-2024-08")),
    "ten times the metrics and scenarios": lambda: enlarged("wiltshire-2024-12", 10, conditions=False),
    "ten times the conditions too": lambda: enlarged("wiltshire-2024-12", 10, conditions=True),
}


@pytest.mark.parametrize("name", RETURNS)
def test_random_numbers_are_hardly_ever_matched(name: str) -> None:
    matched, tried = _false_matches(RETURNS[name]())
    assert tried >= _ENOUGH
    assert matched <= _MOST * tried, f"{matched} of {tried} random numbers were matched"
