"""What is read without Jinja or markdown-it is what these would have read."""

from contextlib import suppress

from hypothesis import example, given
from hypothesis import strategies as st

from svreport.narrative import calls, inline
from svreport.narrative.inline import Inline

WORDS = (
    *(
        "actual",
        "level",
        "finance",
        "gap",
        "nearest",
        "size",
        "pounds",
        "decimals",
        "nothing",
        "true",
        "or",
        "not",
    ),
    *(
        "'EHCP'",
        "'Jul 2024'",
        "‘EHCP’",
        "“Children’s plans”",
        "'A – B'",
        '"x"',
        "'it''s'",
        "'a\\b'",
        "'a\nb'",
        "'£m'",
    ),
    *(
        "100",
        "007",
        "1.5",
        "1_0",
        "-1",
        "0",
        "()",
        "(",
        ")",
        ",",
        "|",
        " ",
        "\n",
        "\t",
        ".",
        "~",
        "+",
        "[0]",
        "#",
        "😀",
    ),
)
SOURCES = st.lists(st.sampled_from(WORDS), max_size=12).map("".join)
CALLS = st.builds(
    lambda name, given, filters: f" {name}({', '.join(given)}) {''.join(f'| {each} ' for each in filters)}",
    st.sampled_from((*calls.FUNCTIONS, "other")),
    st.lists(st.sampled_from(WORDS[12:27]), max_size=4),
    st.lists(
        st.sampled_from(("size", "size()", "nearest(100)", "pounds('m', 1)", "pounds", "nearest", "other")),
        max_size=3,
    ),
)
TYPED = st.lists(
    st.sampled_from(
        (
            "**",
            "*",
            "***",
            "_",
            "\\",
            "[",
            "](https://a.gov.uk)",
            "]",
            "word",
            "5",
            "Bold words",
            " ",
            "\n",
            ".",
            ":",
            ")",
            "(",
            "£",
            "é",
            "\xa0",
            "!",
        )
    ),
    max_size=14,
).map("".join)


@given(st.one_of(SOURCES, CALLS))
@example(" finance('Mitigated', 'Deficit – before “payments”', '2024-25') | size | pounds('m', 1) ")
def test_a_simple_call_is_what_jinja_reads(source: str) -> None:
    simple = calls._simple(source, calls.FILTERS)
    if simple is not None:
        assert calls._parsed(source, calls.FILTERS) == simple


@given(CALLS)
def test_calls_that_nothing_is_wrong_with_are_simple(source: str) -> None:
    parsed = None
    with suppress(calls.NotACall):
        parsed = calls._parsed(source, calls.FILTERS)
    unusual = any(each in source for each in ("'it''s'", "\\", "\n", "1.5", "1_0", "-1", "007", "😀"))
    assert unusual or calls._simple(source, calls.FILTERS) == parsed


@given(TYPED)
@example("**Progress:** the **5 schools**, and **all** [of them](https://www.gov.uk/a_(b)_c).")
def test_usual_markup_is_what_markdown_reads(typed: str) -> None:
    plain = inline._usual(typed)
    if plain is not None:
        reader = Inline(())
        assert inline._joined(iter(plain)) == inline._joined(reader._styled(typed))
        assert reader.refused == []


def test_usual_markup_takes_no_parser() -> None:
    assert (
        inline._usual("**Progress:** the **5 schools**, and **all** [of them](https://www.gov.uk/a_(b)_c).")
        is not None
    )
