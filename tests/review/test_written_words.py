"""Number words in signs are found wherever patterns with the words themselves find them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svreport.review import written_references
from svreport.review.written_words import NUMBER_WORD, ONE, spelt

ONES = "one|two|three|four|five|six|seven|eight|nine"
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
TEENS = "nineteen|eighteen|seventeen|sixteen|fifteen|fourteen|thirteen|twelve|eleven|ten"
SMALL = rf"(?:(?:{TENS})(?:[- ](?:{ONES}))?|{TEENS}|{ONES})"
WORD = rf"(?:(?:a|{SMALL})\s(?:hundred|thousand)(?:\sand\s{SMALL})?|{SMALL})"
REF = written_references._REF.replace(NUMBER_WORD, WORD)
REFS = rf"{REF}(?:(?:,\s?(?:and\s|or\s)?|\s(?:and|or|to|&)\s|\s?[-–/&]\s?){REF})*"

PAIRS = [
    (
        re.compile(
            each.pattern.replace(written_references._REFS, REFS)
            .replace(NUMBER_WORD, WORD)
            .replace(ONE, "one"),
            re.IGNORECASE,
        ),
        each,
    )
    for each in (
        *written_references._SPELT_PATTERNS,
        re.compile(rf"\b{NUMBER_WORD}\b"),
        re.compile(rf"(?<![\w-]){NUMBER_WORD}(?![\w-])(?:\s?(?P<percent>per\s?cent\b|%))?"),
        re.compile(
            rf"\b(?:\d|{NUMBER_WORD})\s(?:in|out of)\s(?:every\s)?(?:\d|{NUMBER_WORD})\b", re.IGNORECASE
        ),
    )
]
PIECES = (
    *"one Two three five ten twelve SIXTEEN sixty twenty ninety-nine hundred thousand and a to or in of every".split(),
    *"per cent % years year old olds age ages aged between from quarter quarters condition conditions risks".split(),
    *"no. ( ) , . - – / & £ next last month months financial term 3 7 12 3.1 million the plan before under".split(),
    *"someone often tone stones eighth sixth ten-year first group at this level birth one's out".split(),
)
SENTENCES = st.lists(
    st.tuples(st.sampled_from(PIECES), st.sampled_from((" ", " ", "", "-", ", "))), max_size=9
)


@given(SENTENCES)
def test_words_in_signs_are_found_where_the_words_are(pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + behind for word, behind in pieces)
    signed = spelt(text)
    for plain, in_signs in PAIRS:
        found = [each.span() for each in in_signs.finditer(signed)]
        assert found == [each.span() for each in plain.finditer(text)], (text, plain.pattern)


@pytest.mark.parametrize("pattern", [each.pattern for _, each in PAIRS])
def test_no_other_word_of_a_pattern_holds_a_number(pattern: str) -> None:
    assert spelt(pattern) == pattern.lower()


def test_every_other_letter_keeps_its_place() -> None:
    text = "The twenty-five schools of Tone, 3 of them Special"
    assert len(spelt(text)) == len(text)
    assert spelt(text)[len("The twenty-five") :] == text[len("The twenty-five") :].lower().replace("one", ONE)
