"""docs/performance.md is what its results say; and what takes the stages' time can find them."""

import importlib
import json

from benchmarks.__main__ import RESULTS
from benchmarks.page import PAGE, PICTURE, page
from benchmarks.picture import alt_text
from benchmarks.stages import _WRAPPED, STAGES


def test_the_page_is_written_from_its_results() -> None:
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    assert PAGE.read_text(encoding="utf-8") == page(results), (
        "`make benchmark WITH=--page` writes the page again from the results that are kept"
    )
    assert PICTURE.is_file()
    assert alt_text(results) in PAGE.read_text(encoding="utf-8")


def test_every_stage_of_a_build_has_a_function_to_be_timed() -> None:
    found = {stage for module, name, stage in _WRAPPED if _is_there(module, name)}
    assert found == {stage for stage in STAGES if stage not in ("start", "imports", "rest")}


def _is_there(module: str, name: str) -> bool:
    there: object
    try:
        there = importlib.import_module(module)
    except ModuleNotFoundError:
        return False
    for part in name.split("."):
        there = getattr(there, part, None)
    return there is not None
