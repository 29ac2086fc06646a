import pytest
from hypothesis import given
from hypothesis import strategies as st

from svreport.model import names

SAME = [
    ("EHCP", " ehcp "),
    ("Children’s plans", "children's  plans"),
    ("In-year position", "In–year\u00a0position"),
    ("Cumulative\ndeficit", "cumulative deficit"),
    ("STRASSE", "straße"),
    ("“A”", '"a"'),
    ("ｆｕｌｌ", "full"),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_names_match_whatever_their_case_spacing_and_quotes(first: str, second: str) -> None:
    assert names.key(first) == names.key(second)


@given(st.text())
def test_a_key_is_its_own_key(name: str) -> None:
    assert names.key(names.key(name)) == names.key(name)


@given(st.text(min_size=1, max_size=30), st.lists(st.text(max_size=10), max_size=5))
def test_a_name_that_is_there_is_the_nearest(name: str, others: list[str]) -> None:
    known = [each for each in others if names.key(each) != names.key(name)]
    assert names.nearest(name, [*known, name])[:1] == [name]


def test_the_nearest_names_come_first() -> None:
    levels = ["Blue", "Green", "Amber", "Red"]
    assert names.did_you_mean("Ambr", levels) == "Did you mean Amber?"
    assert names.did_you_mean("purple", levels) == ""
    assert names.nearest("cumulative", ["Cumulative deficit", "In-year"]) == ["Cumulative deficit"]


def test_a_very_long_name_is_like_no_other() -> None:
    assert names.nearest("a" * 100_000, ["a" * 99_999, "b"]) == []
    assert names.nearest("aaa", ["a" * 100_000]) == []


def test_a_list_names_twelve_and_counts_the_rest() -> None:
    assert names.listed([]) == ""
    assert names.listed(["Blue"]) == "Blue"
    assert names.listed(["Blue", "Green", "Red"], "and") == "Blue, Green and Red"
    assert (
        names.listed([str(each) for each in range(15)]) == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 … and 3 more"
    )


def test_among_very_many_names_those_that_begin_alike_are_compared() -> None:
    many = [f"Metric {number}" for number in range(5000)]
    assert names.nearest("Metric 12a", many)[0] == "Metric 12"
    assert names.nearest("metric  4999", many)[0] == "Metric 4999"
    assert names.nearest("Xetric 12", many) == []
