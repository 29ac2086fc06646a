"""What holds for every text that anyone could type, shown on texts that are made up."""

import re
import string
import sys
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svreport.model.entry import Entry
from svreport.model.finding import Place
from svreport.narrative.blocks import Block, List, ListKind, Paragraph, Table, runs_of
from svreport.narrative.reading import Narrative, read_text
from tests.model.returns import Series, facts_of
from tests.narrative.typed import marker, outline, printed

HERE = Place("Progress", 7, 3)
FACTS = facts_of(Series("EHCP", {"Jul 2024": (5861, 5632), "Oct 2024": (6161, 5669)}))

BULLETS = "-*•◦▪●○■‣⁃·\uf0b7\uf0a7"
# What can be markup and then is not seen: emphasis, escapes, brackets of links, bars and dashes of tables, bullets.
# Digits too, where a list counts on by itself; what numbers print is shown apart.
MARKUP = set("*_\\[]|:–—" + BULLETS + string.digits)

PIECES = st.sampled_from(
    [
        *(
            "- ",
            "* ",
            "• ",
            "1. ",
            "2. ",
            "3) ",
            "(4) ",
            "a) ",
            "b) ",
            "i) ",
            "ii. ",
            "(v) ",
            "A. ",
            "B. ",
            "c. ",
        ),
        *(
            "**",
            "*",
            "_",
            "__",
            "***",
            "\\",
            "[",
            "]",
            "(",
            ")",
            "](https://x.uk)",
            "!",
            "`",
            "#",
            "> ",
            "~",
            "&amp;",
        ),
        *(
            "|",
            " | ",
            "|---|",
            "-|-",
            "---",
            "===",
            "<b>",
            "£5m",
            "5*3",
            "word",
            "Über",
            "🎉",
            "العربية",
            "\u00a0",
        ),
        *(
            "\n",
            "\n\n",
            "\n  ",
            "\n    ",
            "\n\t",
            "  ",
            "\t",
            "\r\n",
            "_x000D_",
            "\x07",
            "\ufffe1\uffff",
            "\u2028",
        ),
    ]
)
BRACES = st.sampled_from(
    [
        *(
            "{{",
            "}}",
            "{%",
            "%}",
            "{#",
            "{",
            "}",
            "'",
            "’",
            '"',
            "actual(",
            "'EHCP'",
            ")",
            "|",
            "size",
            "nearest(",
        ),
        *("100", ",", "**", "9", ".", "__class__", "\n", "\n\n", " ", "(", "[", "- "),
    ]
)
TYPED = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))


def read(text: str) -> Narrative:
    return read_text(Entry(text, HERE), FACTS)


def visible(text: str, without: AbstractSet[str] = frozenset()) -> str:
    return "".join(character for character in text if not character.isspace() and character not in without)


def cleaned(text: str) -> str:
    lines = re.sub("_x000[dD]_|[\x0b\x0c]", "\n", text)
    return re.sub("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "�", lines)


def with_addresses(text: str) -> str:
    """The text as a document shows it where it holds links: their words alone."""
    return text.replace("](https://x.uk)", "]")


@settings(max_examples=600)
@given(TYPED.filter(lambda text: "{{" not in text and "{%" not in text))
def test_every_visible_character_that_is_no_markup_is_found_in_order(text: str) -> None:
    narrative = read(text)
    links = [run for run in runs_of(narrative.blocks) if run.link]
    assert {run.link for run in links} <= {"https://x.uk"}
    expected, found = cleaned(text), printed(narrative.blocks)
    if links:
        expected, found = with_addresses(expected), with_addresses(found)
    assert visible(found, MARKUP) == visible(expected, MARKUP)


@settings(max_examples=300)
@given(
    st.text(
        st.characters(exclude_characters="".join(MARKUP) + "{}.()", exclude_categories=["Cs", "Cc", "Cn"])
    )
)
def test_a_text_without_markup_is_printed_whole(text: str) -> None:
    narrative = read(text)
    assert narrative.findings == ()
    assert all(isinstance(block, Paragraph) for block in narrative.blocks)
    assert visible(printed(narrative.blocks)) == visible(text)


@settings(max_examples=300)
@given(TYPED)
def test_any_text_is_read_and_nothing_forbidden_reaches_a_document(text: str) -> None:
    narrative = read(text)
    for run in runs_of(narrative.blocks):
        assert run.text
        assert not re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff\r]", run.text)
    assert read(text) == narrative
    for block in narrative.blocks:
        assert_whole(block, 1)


def assert_whole(block: Block, depth: int) -> None:
    """No empty paragraph, list or item; tables with rows of one width; lists no deeper than Word numbers them."""
    assert depth <= 10
    if isinstance(block, Paragraph):
        assert "".join(run.text for run in block.runs).strip(" \t\n") or block.runs
    elif isinstance(block, List):
        assert block.items
        assert block.start >= 0
        assert block.closing in (".", ")", "()")
        for item in block.items:
            assert item.blocks
            for each in item.blocks:
                assert_whole(each, depth + 1)
    else:
        assert isinstance(block, Table)
        assert {len(row) for row in block.rows} <= {len(block.header)}
        assert 1 <= len(block.header) <= 63


@settings(max_examples=300)
@given(st.lists(BRACES, max_size=30).map("".join))
def test_any_braces_give_figures_or_errors(text: str) -> None:
    narrative = read(text)
    codes = {finding.code for finding in narrative.findings}
    assert codes <= {"TXT-01", "TXT-02", "TXT-03", "TXT-04"}
    marks = {run.text for run in runs_of(narrative.blocks) if run.mark}
    assert marks == {f"[{code} Progress!C7]" for code in codes}
    for run in runs_of(narrative.blocks):
        assert (run.figure is None) or run.text == run.figure.printed


NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="{}"), min_size=1, max_size=40
).filter(lambda name: name.strip() and not ("'" in name and '"' in name))


@settings(max_examples=300)
@given(NAMES)
def test_a_metric_of_any_name_can_be_asked_for(name: str) -> None:
    facts = facts_of(Series(name, {"Oct 2024": (6161, 5669)}))
    for figure in facts.everything():
        narrative = read_text(Entry(f"({{{{ {figure.written} | size }}}})", HERE), facts)
        assert narrative.findings == ()
        assert [run.text for run in runs_of(narrative.blocks)] == ["(", figure.printed.lstrip("−"), ")"]


WORDS = st.text(string.ascii_lowercase, min_size=2, max_size=8)


@dataclass(frozen=True)
class Told:
    """A list to be typed and read again; an item is its words and the list inside it."""

    kind: ListKind
    start: int
    closing: str
    upper: bool
    items: list["tuple[str, Told | None]"]

    def marker(self, position: int) -> str:
        if self.kind is ListKind.BULLET:
            return "-"
        return marker(List(self.kind, (), self.start, self.closing, self.upper), position)

    def typed(self, indent: str = "") -> list[str]:
        lines = []
        for position, (words, inner) in enumerate(self.items):
            lines.append(f"{indent}{self.marker(position)} {words}")
            lines += inner.typed(indent + "   ") if inner else []
        return lines

    def expected(self) -> object:
        return {
            self.marker(0): [[words, inner.expected()] if inner else [words] for words, inner in self.items]
        }


@st.composite
def lists(draw: st.DrawFn, depth: int = 2) -> Told:
    kind = draw(st.sampled_from(list(ListKind)))
    inner = st.none() if not depth else st.none() | lists(depth - 1)
    items = draw(st.lists(st.tuples(WORDS, inner), min_size=2, max_size=4))
    if kind is ListKind.BULLET:
        return Told(kind, 1, ".", False, items)
    upper = kind is not ListKind.NUMBER and draw(st.booleans())
    start = 1 if kind is ListKind.ROMAN else draw(st.integers(1, 8))
    return Told(kind, start, draw(st.sampled_from([".", ")", "()"])), upper, items)


@settings(max_examples=300)
@given(st.lists(lists(), min_size=1, max_size=3))
def test_lists_of_every_kind_nest_in_one_another_and_start_where_typed(told: list[Told]) -> None:
    text = "\n\nbetween\n".join("\n".join(each.typed()) for each in told)
    blocks = outline(read(text).blocks)
    assert blocks[::2] == [each.expected() for each in told]
    assert blocks[1::2] == ["between"] * (len(told) - 1)


REPEATED = [
    *("[", "]", "*", "_", "*a ", "a*", "_a", "**a* ", "*a _b", "~**a__b", "\\", "\\*", "`", "<"),
    *("[a](", "[a](https://a.uk", "[a](https://a.uk/x) ", "[x](https://a.uk/((((", "*[a](https://a.uk)"),
    *("|", "|-|\n", "a|b\n-|-\n", "a|\n|-|\n", "|-" * 64 + "\n", "|-" * 64 + "|\n", "x|y|z\n"),
    *("- a\n", "  - a\n", "1. x\n", "a. x\n", "A. x\nx\n", "i) x\n    y\n", "•", "- - ", "\n", " ", "\t"),
    *("{", "{{", "{{'", "{%", "}}", "\\{{", "{{ x }}", "{{ actual('EHCP') }}", "*{{ actual('EHCP') }}"),
    *("\x07", "_x000D_", "\r", "\ufffe", "9", "é", "🎉"),
]


@pytest.mark.parametrize("repeated", REPEATED, ids=range(len(REPEATED)))
def test_work_grows_with_the_length_of_a_text_and_no_faster(repeated: str) -> None:
    """Counted in calls of functions, Python's and C's, on texts of two lengths."""

    def text(length: int) -> str:
        return repeated * (length // len(repeated))

    read(text(100))
    few, many = calls(lambda: read(text(2_000))), calls(lambda: read(text(8_000)))
    assert many <= 5 * few + 500
    assert many <= 100 * 8_000


def calls(work: Callable[[], object]) -> int:
    count = 0

    def counting(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counting)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("repeated", ["[", "*a ", "- a\n", "|-|\n", "{{'", "[a](https://a.uk", "word "])
def test_a_text_of_a_quarter_of_a_million_characters_is_read(repeated: str) -> None:
    text = (repeated * (250_000 // len(repeated) + 1))[:250_000]
    narrative = read(text)
    assert narrative.blocks
    assert len(narrative.findings) <= 100


def test_a_few_bars_do_not_grow_into_a_great_many_cells() -> None:
    wide = "|".join("h" * 63) + "\n" + "-|-\n"
    blocks = read(wide + "x|\n" * 20_000).blocks
    tables = [block for block in blocks if isinstance(block, Table)]
    assert sum(len(table.header) * (len(table.rows) + 1) for table in tables) < 20_000
