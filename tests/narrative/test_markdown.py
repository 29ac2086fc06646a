"""Text as people type it, case by case: what was typed, and the blocks it becomes."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from svreport.narrative.addresses import link_target
from svreport.narrative.blocks import List, Table, runs_of, text_of
from svreport.narrative.characters import cleaned
from svreport.narrative.inline import Inline
from svreport.narrative.markdown import blocks_of
from tests.narrative.typed import outline

AS_TYPED = [
    "# A heading",
    "> a quotation",
    "---",
    "***",
    "* * *",
    "- - -",
    "___",
    "A line\n===",
    "A line\n---",
    "`code` and ```\nfence\n```",
    "<b>bold</b> &amp; &lt; <script>alert(1)</script>",
    "~~struck~~ ~ H~2~O x^2^",
    "+ 5 places",
    "![a chart](https://example.gov.uk/chart.png)",
    "[1]: https://example.gov.uk",
    "[1] and [note] and [a][b] and [] and [](https://example.gov.uk)",
    "[words](words) [sic](note) [x](https://nowhere) [x] (https://example.gov.uk)",
    "[x](<https://example.gov.uk>) [x](https://example.gov.uk 'title')",
    "https://example.gov.uk/a_b_c and www.example.gov.uk and someone@example.gov.uk",
    "a lone * here, and a lone _ there",
    "snake_case_name and x__init__y",
    "5 * 3 * 2 and 5*3*2",
    "Figures* are provisional; totals* too",
    "*Source: the council",
    "2024. The year",
    "100. A hundred",
    "01. A padded number",
    "3.1 A condition",
    "1.5 million",
    "1.",
    "a)",
    "-",
    "•",
    "-5% and -text",
    "A. Smith said so",
    "c. 500 children",
    "e. coli",
    "I. think",
    "p. 14 of the report\nz. and so on",
    "(see) the note",
    "(a and b)",
    "Iv) mixed",
    "£5m & 3 < 4 > 2",
    "emoji 🎉👩‍👩‍👧 العربية עברית 中文",
    "non\u00a0breaking and\ttab",
    "C:\\Users\\a \\n \\\\ \\# \\- \\`",
    "| a | b |",
    "| a | b |\n| 1 | 2 |",
    "a\n|---|",
    "x | y\nno dashes | here",
    "{# not a comment #} #} }} %}",
    "a  double  space",
    "zero\u200bwidth \u202eright to left\u202c \ufeff",
]


def read(text: str) -> list[object]:
    return outline(blocks_of(text, Inline(())))


@pytest.mark.parametrize("text", AS_TYPED)
def test_what_is_no_markup_appears_as_typed(text: str) -> None:
    assert read(text) == [text]


CASES = tomllib.loads((Path(__file__).parent / "markdown_cases.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_text_becomes_the_blocks_that_were_meant(case: dict[str, Any]) -> None:
    assert read(case["typed"]) == case["blocks"]


@pytest.mark.parametrize("ending", ["\r\n", "\r", "_x000D_\n", "_x000D_\r\n", "\v", "\f"])
def test_a_line_ends_as_any_program_ends_it(ending: str) -> None:
    text, forbidden = cleaned(f"one{ending}two")
    assert (text, forbidden) == ("one\ntwo", "")


def test_an_address_that_cannot_be_used_is_told() -> None:
    inline = Inline(())
    text = "[a](javascript:alert(1)) [b](file:///C:/x) [c](https://good.gov.uk) [d](HTTPS://a@b.gov.uk/)"
    (block,) = blocks_of(text, inline)
    assert inline.refused == ["javascript:alert(1)", "file:///C:/x", "HTTPS://a@b.gov.uk/"]
    assert text_of((block,)) == text.replace("[c](https://good.gov.uk)", "c")


def test_an_address_longer_than_word_opens_stays_text() -> None:
    inline = Inline(())
    (block,) = blocks_of(f"[a](https://example.gov.uk/{'a' * 2_060}) [b](https://b.uk/{'a' * 2_100})", inline)
    assert [len(run.link) for run in runs_of((block,)) if run.link] == [2_083]
    assert len(inline.refused) == 1


TARGETS = {
    "https://example.gov.uk": "https://example.gov.uk",
    "HTTP://Example.gov.uk:8080/a?b=c#d": "http://Example.gov.uk:8080/a?b=c#d",
    'https://example.gov.uk/é|"{}%zz%20[1]': "https://example.gov.uk/%C3%A9%7C%22%7B%7D%25zz%20%5B1%5D",
    "mailto:send@example.gov.uk": "mailto:send@example.gov.uk",
    "mailto:o'neil@example.gov.uk?subject=A%20B": "mailto:o'neil@example.gov.uk?subject=A%20B",
    "javascript:alert(1)": None,
    "data:text/html,x": None,
    "file:///etc/passwd": None,
    "ftp://example.gov.uk": None,
    "//example.gov.uk": None,
    "https://user@example.gov.uk": None,
    "https://example.gov.uk:99999": None,
    "https://": None,
    "https://[::1]/": None,
    "https://exa mple.gov.uk": None,
    "mailto:nobody": None,
    "mailto:a@b@c.uk": None,
}


@pytest.mark.parametrize(("address", "target"), TARGETS.items(), ids=TARGETS)
def test_documents_link_to_web_pages_and_email_only(address: str, target: str | None) -> None:
    assert link_target(address) == target


def test_a_list_inside_lists_goes_nine_deep() -> None:
    blocks = blocks_of("\n".join("  " * depth + f"- level {depth}" for depth in range(40)), Inline(()))
    depths = []
    while blocks:
        (block,) = (each for each in blocks if isinstance(each, List))
        depths.append(len(block.items))
        blocks = tuple(each for each in block.items[-1].blocks if isinstance(each, List))
    assert depths == [1] * 8 + [32]


def test_a_table_is_as_wide_as_word_allows_and_no_wider() -> None:
    def table(columns: int) -> str:
        return "\n".join("|".join([each] * columns) for each in ("h", "-", "1"))

    (block,) = blocks_of(table(63), Inline(()))
    assert isinstance(block, Table)
    assert len(block.header) == 63
    assert read(table(64)) == [table(64)]


def test_a_row_too_wide_for_the_table_ends_it() -> None:
    wide = "|".join("x" * 70)
    assert read(f"a|b\n-|-\n1|2\n{wide}") == [[["a#", "b#"], ["1#", "2#"]], wide]
