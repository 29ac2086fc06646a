"""review.docx: valid, and its first page holds what is read in two minutes."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.conftest import EXAMPLES
from tests.documents.reviews import Rows, files_of, saved
from tests.system.office import Office


def as_it_is(rows: Rows) -> None:
    """The example itself."""


def with_errors(rows: Rows) -> None:
    for row in rows["Conditions"][:4]:
        row["Update 3 (November)"] = None


@pytest.mark.parametrize("change", [as_it_is, with_errors])
def test_the_first_page_holds_levels_figures_errors_and_queries(
    change: Callable[[Rows], object],
    tmp_path: Path,
    soffice: Office,
    pdf_pages: Callable[[Path], list[str]],
    ooxml_faults: Callable[[Iterable[Path]], list[str]],
) -> None:
    saved(tmp_path, EXAMPLES[0])
    document = tmp_path / "review.docx"
    document.write_bytes(files_of(saved(tmp_path, EXAMPLES[1], change))["review.docx"])
    assert ooxml_faults([document]) == []
    first, second, *others = pdf_pages(soffice(document))
    for words in ("Condition 3.5", "Risk 5", "£33.45m", "£10.82m over the limit", "What must be mended"):
        assert words in first
    assert "What has to be answered: 1 query" in first
    assert "A 12-month average that no whole numbers give" in first
    assert "Findings" in second
    assert "7F3A-19C2" in others[-1]
    assert "To approve" in others[-1]
