"""Content codes as people type them into one cell."""

import pytest

from svreport.model.content_codes import is_code, read_code, read_codes


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ()),
        ("7F3A-19C2", ("7F3A-19C2",)),
        (" 7f3a 19c2 ", ("7F3A-19C2",)),
        ("7f3a–19c2", ("7F3A-19C2",)),
        ("7F3A-19C2, 6598-1D96", ("7F3A-19C2", "6598-1D96")),
        ("7F3A-19C2 6598-1D96", ("7F3A-19C2", "6598-1D96")),
        ("7F3A-19C2; 6598 1d96\n0A1B2C3D and 7F3A19C2", ("7F3A-19C2", "6598-1D96", "0A1B-2C3D")),
        ("7F3A-19C2, as agreed", ("7F3A-19C2", "as agreed")),
        ("7F3A-19C", ("7F3A-19C",)),
    ],
)
def test_the_codes_of_a_cell(typed: str, read: tuple[str, ...]) -> None:
    assert read_codes(typed) == read


def test_a_code_is_what_svreport_prints() -> None:
    assert is_code(read_code("7f3a 19c2"))
    assert not is_code("../../7F3A")
    assert not is_code("7f3a-19c2")
