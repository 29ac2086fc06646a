"""Blocks typed as text: what comes back is the same, whatever the words."""

from hypothesis import given
from hypothesis import strategies as st

from svreport.model.entry import Entry
from svreport.model.finding import Place
from svreport.narrative.blocks import Block, Cell, List, ListItem, ListKind, Paragraph, Run, Table, text_of
from svreport.narrative.reading import read_text
from svreport.narrative.typed import typed
from tests.model.returns import facts_of

_FACTS = facts_of()
_SIGNS = [
    "**",
    "*",
    "_",
    "[",
    "]",
    "|",
    "{{",
    "}}",
    "{%",
    "\\",
    "`",
    "#",
    " ",
    "a.",
    "1.",
    "- ",
    "](https://example.gov.uk)",
]
_WORDS = st.lists(st.sampled_from([*"abcdef AB.,;:'\"£&<>()!-–’", *_SIGNS]), min_size=1, max_size=16).map(
    "".join
)
_PLAIN = _WORDS.map(lambda text: " ".join(text.split())).filter(lambda text: text[:1].isalpha())
_RUNS = st.lists(
    st.builds(
        Run,
        _PLAIN,
        bold=st.booleans(),
        italic=st.booleans(),
        link=st.sampled_from([None, None, None, "https://example.gov.uk/a_(b)", "mailto:a@example.gov.uk"]),
    ),
    min_size=1,
    max_size=3,
).map(
    lambda runs: tuple(
        Run(f"{run.text} " if at < len(runs) - 1 else run.text, run.bold, run.italic, run.link)
        for at, run in enumerate(runs)
    )
)
_PARAGRAPHS = _RUNS.map(Paragraph)


def _lists(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    item = st.tuples(_PARAGRAPHS, st.lists(blocks, max_size=2)).map(
        lambda parts: ListItem((parts[0], *parts[1]))
    )
    return st.builds(
        List,
        st.sampled_from(ListKind),
        st.lists(item, min_size=1, max_size=4).map(tuple),
        closing=st.sampled_from([".", ")", "()"]),
    )


_TABLES = st.integers(1, 3).flatmap(
    lambda width: st.builds(
        Table,
        st.tuples(*[_RUNS.map(Cell)] * width),
        st.lists(st.tuples(*[_RUNS.map(Cell)] * width), max_size=3).map(tuple),
    )
)
_BLOCKS = st.recursive(st.one_of(_PARAGRAPHS, _TABLES), _lists, max_leaves=8)


def _read(text: str) -> tuple[Block, ...]:
    narrative = read_text(Entry(text, Place("Progress", 4, 3)), _FACTS)
    assert narrative.findings == (), text
    return narrative.blocks


def _words(blocks: tuple[Block, ...]) -> list[str]:
    return text_of(blocks).split()


@given(st.lists(_BLOCKS, min_size=1, max_size=5).map(tuple))
def test_every_word_comes_back_in_its_order(blocks: tuple[Block, ...]) -> None:
    assert "".join(_words(_read(typed(blocks)))) == "".join(_words(blocks))


@given(_RUNS)
def test_a_paragraph_comes_back_as_one(runs: tuple[Run, ...]) -> None:
    (paragraph,) = _read(typed([Paragraph(runs)]))
    assert isinstance(paragraph, Paragraph)
    assert text_of((paragraph,)) == text_of((Paragraph(runs),))


@given(_lists(_PARAGRAPHS))
def test_a_list_comes_back_with_its_kind_and_items(block: Block) -> None:
    assert isinstance(block, List)
    (read,) = _read(typed([block]))
    assert isinstance(read, List)
    assert (read.kind, read.start, len(read.items)) == (block.kind, block.start, len(block.items)), typed(
        [block]
    )


@given(_TABLES)
def test_a_table_comes_back_cell_by_cell(block: Table) -> None:
    (read,) = _read(typed([block]))
    assert isinstance(read, Table)
    for row, wanted in zip((read.header, *read.rows), (block.header, *block.rows), strict=True):
        assert ["".join(run.text for run in cell.runs) for cell in row] == [
            "".join(run.text for run in cell.runs) for cell in wanted
        ]
