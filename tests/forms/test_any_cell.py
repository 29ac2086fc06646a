"""Whatever looks a cell's text is split into, tags print where they stand and every other letter stays."""

import itertools

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from svreport.model.form import is_like
from svreport.narrative.form_tags import pieces_of
from svreport.workbook.forms.sheet import with_printed

_WORDS = st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs", "Cc", "Cn"]), max_size=12)
_PARTS = st.lists(st.one_of(_WORDS, st.just("{{ authority }}"), st.just("{# a remark #}")), max_size=8)


@given(_PARTS, st.lists(st.integers(0, 120), max_size=6))
def test_tags_print_where_they_stand(parts: list[str], cuts: list[int]) -> None:
    text = "".join(parts)
    edges = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    look = etree.Element("rPr")
    runs = [(look if n % 2 else None, text[a:b]) for n, (a, b) in enumerate(itertools.pairwise(edges))]
    pieces = list(pieces_of(text))
    printed = [(each.begin, each.end, "Wiltshire" if each.sign == "{{" else "") for each in pieces]
    expected = text.replace("{{ authority }}", "Wiltshire").replace("{# a remark #}", "")
    assert "".join(words for _, words in with_printed(runs, printed)) == expected


@given(st.text("{}%#ab ", max_size=60))
def test_any_text_is_taken_apart_in_order(text: str) -> None:
    pieces = list(pieces_of(text))
    assert all(first.end <= second.begin for first, second in itertools.pairwise(pieces))
    assert all(text[each.begin :].startswith(each.sign) for each in pieces)


@given(st.text("ab1", max_size=8), st.text("ab#?*", max_size=6))
def test_patterns_match_as_a_plain_reading_of_them_does(text: str, pattern: str) -> None:
    assert is_like(text, pattern) is _matches(text, pattern)


def _matches(text: str, pattern: str) -> bool:
    if not pattern:
        return not text
    if pattern[0] == "*":
        return any(_matches(text[at:], pattern[1:]) for at in range(len(text) + 1))
    first = bool(text) and (
        pattern[0] == "?" or (text[0] == "1" if pattern[0] == "#" else text[0] == pattern[0])
    )
    return first and _matches(text[1:], pattern[1:])
