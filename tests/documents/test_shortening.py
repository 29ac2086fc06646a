"""Texts that a paper has a few lines for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svreport.documents.shortening import shortened
from svreport.model.facts import Figure
from svreport.model.pack_sheets import room_taken
from svreport.narrative.blocks import Block, Cell, List, ListItem, ListKind, Paragraph, Run, Table


def paragraph(*texts: str) -> Paragraph:
    return Paragraph(tuple(Run(text) for text in texts))


def points(*texts: str) -> List:
    return List(ListKind.BULLET, tuple(ListItem((paragraph(each),)) for each in texts))


def words(blocks: tuple[Block, ...]) -> str:
    told = []
    for block in blocks:
        if isinstance(block, Paragraph):
            told.append("".join(run.text for run in block.runs))
        elif isinstance(block, List):
            told += ["- " + words(item.blocks) for item in block.items]
    return "\n".join(told)


@pytest.mark.parametrize(
    ("blocks", "most", "shown"),
    [
        ((paragraph("Three words fit."),), 20, "Three words fit."),
        ((paragraph("Three words fit, and others do not."),), 20, "Three words fit, …"),
        ((paragraph("One run, ", "and another that is long."),), 20, "One run, and …"),
        ((paragraph("One."), paragraph("Two."), paragraph("Three.")), 140, "One.\nTwo.\n…"),
        ((points("one", "two", "three"),), 140, "- one\n- two\n- …"),
        ((paragraph("A word."), Table((Cell((Run("A"),)),), ())), 200, "A word.\n…"),
    ],
)
def test_it_is_cut_between_words_and_says_so(blocks: tuple[Block, ...], most: int, shown: str) -> None:
    assert words(shortened(blocks, most)) == shown


def test_a_figure_is_never_cut_in_two() -> None:
    figure = Figure("actual('X')", "X", "£123,456,789", ())
    blocks = (Paragraph((Run("We spent "), Run("£123,456,789", figure=figure), Run(" on it."))),)
    assert words(shortened(blocks, 14)) == "We spent …"
    assert words(shortened(blocks, 21)) == "We spent £123,456,789 …"


@given(st.lists(st.text(alphabet="ab c.", max_size=90), max_size=6), st.integers(20, 300))
def test_no_more_is_printed_than_there_is_room_for(texts: list[str], most: int) -> None:
    blocks = tuple(paragraph(each) for each in texts)
    cut = shortened(blocks, most)
    assert len(words(cut)) <= most + len(" …") + len(cut)
    whole = words(cut) == words(blocks)
    assert whole or words(cut).endswith("…")


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("One line.", 9),
        ("One.\n\nTwo.", 140),
        ("{{ finance('Mitigated', 'Cumulative deficit', '2028-29') }}", 7),
        ("[the papers](https://www.example.gov.uk/papers)", 10),
        ("", 0),
    ],
)
def test_room_is_counted_as_it_is_printed(text: str, taken: int) -> None:
    assert room_taken(text) == taken
