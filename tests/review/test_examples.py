"""Clean returns are quiet, and what remains is what a careful officer wants to know."""

from pathlib import Path

import pytest

from svreport.review.catalogue import review
from tests.review.returns import content, material, previous_of

# The published 12-month average of June 2024 is one that no counts have; its note in the workbook says so.
REMAINING = {
    "thornmere-2025-03": [],
    "warwickshire-2024-06": [],
    "wiltshire-2024-08": ["FIN-14 'Metric data'!C13"],
    "wiltshire-2024-12": ["FIN-14 'Metric data'!C13"],
}


@pytest.mark.parametrize("name", REMAINING)
def test_a_clean_return_raises_nothing_that_is_not_wanted(name: str, tmp_path: Path) -> None:
    earlier = previous_of(name)
    told = material(content(name), tmp_path, content(earlier) if earlier else None)
    assert [f"{finding.code} {finding.place}" for finding in review(told)] == REMAINING[name]
