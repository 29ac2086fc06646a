"""The page that says what is promised names tests that exist, and figures that are theirs."""

import re
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
PAGE = (CHECKOUT / "docs" / "reliability.md").read_text(encoding="utf-8")


def test_every_test_named_on_the_page_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)
    assert len(named) > 20
    for path, test in named:
        source = (CHECKOUT / path).read_text(encoding="utf-8")
        assert not test or f"def {test}(" in source, f"{path}::{test}"


def test_the_figures_on_the_page_are_those_of_the_tests() -> None:
    fuzz = (CHECKOUT / "tests/hostile/test_fuzz.py").read_text(encoding="utf-8")
    told = re.search(r"EXAMINED, READ_AS_BYTES, BUILT = ([\d_]+), ([\d_]+), ([\d_]+)", fuzz)
    assert told
    for number in told.groups():
        assert f"| {int(number):,} |" in PAGE
    bundle = (CHECKOUT / "tests/publish/test_bundle.py").read_text(encoding="utf-8")
    kills = re.search(r"for number in range\(1, (\d+)\):\n\s+with _builder", bundle)
    assert kills
    assert f"| {int(kills[1]) - 1} |" in PAGE
