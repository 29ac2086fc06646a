"""docs/performance.md is what its results say."""

import json

from benchmarks.__main__ import RESULTS
from benchmarks.page import PAGE, PICTURE, page
from benchmarks.picture import alt_text


def test_the_page_is_written_from_its_results() -> None:
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    assert PAGE.read_text(encoding="utf-8") == page(results), (
        "`make benchmark WITH=--page` writes the page again from the results that are kept"
    )
    assert PICTURE.is_file()
    assert alt_text(results) in PAGE.read_text(encoding="utf-8")
