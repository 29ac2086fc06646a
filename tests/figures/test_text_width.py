"""Widths of Liberation Sans: those of the face that draws, and lines that hold them."""

from hypothesis import given
from hypothesis import strategies as st

from svreport.figures.text_width import cut, width, wrapped


def test_widths_are_those_of_the_face() -> None:
    assert width("Forecast", 10) == (611 + 556 + 333 + 556 + 500 + 556 + 500 + 278) / 100
    assert width("é", 10) == width("e", 10)
    assert width("e\u0301", 10) == width("e", 10)
    assert width("令", 10) == 10
    assert width("Apr", 10, bold=True) > width("Apr", 10)


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=200),
    st.floats(12, 300),
    st.booleans(),
)
def test_lines_hold_every_character_and_keep_to_the_width(text: str, most: float, bold: bool) -> None:
    lines = wrapped(text, 10, most, bold=bold)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line, 10, bold=bold) <= most or len(line) == 1 for line in lines)


def test_what_no_xml_can_hold_is_replaced_and_seen() -> None:
    assert wrapped("a\0b \x1b[31m \ufffe", 10, 500) == ["a\ufffdb \ufffd[31m \ufffd"]


def test_more_lines_than_there_is_room_for_end_in_dots() -> None:
    assert cut(["one", "two"], 2) == ["one", "two"]
    assert cut(["one", "two", "three"], 2) == ["one", "tw…"]
