"""docs/checks.md says what the catalogue and the corpus say today."""

from pathlib import Path

import pytest

from tests.review.checks_page import page

PAGE = Path(__file__).parents[2] / "docs" / "checks.md"


def test_the_page_is_current(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    text = page(tmp_path)
    if request.config.getoption("--regenerate"):
        PAGE.write_text(text, "utf-8", newline="\n")
    assert PAGE.read_text("utf-8") == text, "docs/checks.md is out of date: `make golden` writes it anew"
