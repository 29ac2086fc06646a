"""The cell that a changed paragraph shows: the one whose words went, or were added to."""

import pytest

from svreport.documents.plain_cells import PlainCell, cell_in
from svreport.model.finding import Place

WORDING = PlainCell(Place("Conditions", 6, 2), "Condition 2.9", "Sufficiency")
LONGER = PlainCell(Place("Conditions", 7, 2), "Condition 3", "Sufficiency  of\nplaces")
ROLE = PlainCell(Place("Contacts", 4, 1), "Contact, CEO", "Condition")
CELLS = (WORDING, LONGER, ROLE)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("Condition 2.9: Sufficiency", "Condition 2.9: Enough", WORDING),
        ("Condition 2.9: Sufficiency", "Condition 2.9: Sufficiency now", WORDING),
        ("Condition 3: Sufficiency of places", "Condition 3: Sufficiency of many places", LONGER),
        ("Condition 2.9: Sufficiency", "Condition 2.8: Sufficiency", None),
        ("Condition 2.9: Sufficiency", "2.9: Sufficiency", ROLE),
        ("Something else", "Something else again", None),
    ],
)
def test_the_cell_of_a_changed_paragraph(before: str, now: str, expected: PlainCell | None) -> None:
    assert cell_in([before], CELLS, now) == expected


def test_the_cell_of_a_paragraph_is_the_one_with_the_longest_words() -> None:
    assert cell_in(["nothing", "Condition 3: Sufficiency of places"], CELLS) == LONGER
    assert cell_in(["nothing"], CELLS) is None
