import pytest
from hypothesis import given
from hypothesis import strategies as st

from svreport.model.level import contrast, read_colour, scale, standard_scale

READ = {
    "Amber": "Amber",
    " amber ": "Amber",
    "A": "Amber",
    "r": "Red",
    "Amber - off track": "Amber",
    "Amber – off target, with plans to mitigate": "Amber",
    "Red (no plan)": "Red",
    "G: on target": "Green",
    "Green on target": "Green",
    "Blue.": "Blue",
    "Red/off track": "Red",
    "Red - no longer amber": "Red",
}
UNREADABLE = [
    "", "Ambr", "Reddish", "Green to Amber", "Amber/Red", "Amber or Red", "Amber-Green", "Amber Green",
    "Amber – Green", "Amber (Red)", "Red and amber", "Greenish", "BRAG", "Bad",
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), READ.items(), ids=READ)
def test_reads_a_level_as_people_write_it(text: str, name: str) -> None:
    level = standard_scale().read(text)
    assert level is not None
    assert level.name == name


@pytest.mark.parametrize("text", UNREADABLE)
def test_two_levels_at_once_or_none_is_no_level(text: str) -> None:
    assert standard_scale().read(text) is None


def test_a_letter_that_begins_two_levels_is_none() -> None:
    ours = scale([("Green", "#00703C", ""), ("Grey", "#505A5F", ""), ("Red", "#D4351C", "")])
    assert ours.read("g") is None
    assert [each.rank for each in ours.levels] == [0, 1, 2]


@given(
    st.lists(
        st.text(alphabet="abcdef ()/.|*", min_size=1).filter(str.strip), min_size=1, max_size=5, unique=True
    )
)
def test_every_level_is_read_by_its_own_name(names: list[str]) -> None:
    ours = scale((name, "#112233", "") for name in names)
    for name in names:
        level = ours.read(name)
        assert level is not None
        assert " ".join(level.name.split()) == " ".join(name.split())


@given(st.text())
def test_any_text_is_a_level_or_none(text: str) -> None:
    level = standard_scale().read(text)
    assert level is None or level in standard_scale().levels


@given(st.from_regex(r"#[0-9a-fA-F]{6}", fullmatch=True))
def test_the_words_on_a_colour_can_be_read(colour: str) -> None:
    read = read_colour(colour)
    assert read == colour.upper()
    (level,) = scale([("Any", read, "")]).levels
    assert contrast(level.colour, level.text_colour) >= 4.5


def test_colours_are_the_four_or_hexadecimal() -> None:
    assert read_colour(" amber ") == "#FFBF00"
    assert read_colour("purple") is None
    assert read_colour("#12345") is None
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
