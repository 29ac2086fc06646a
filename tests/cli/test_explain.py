"""`explain`: what a check looks for."""

from collections.abc import Callable

from svreport.pipeline.explaining import catalogue
from tests.cli.conftest import Said


def test_explain_tells_one_check_whatever_the_case(console: Callable[..., None]) -> None:
    console("explain", "explain LVL-01", "explain txt-01", "explain LVL-O1", "explain orange")


def test_explain_tells_all_of_them_by_code(svreport: Callable[..., Said]) -> None:
    told = svreport("explain").out
    heads = [line.split(": ", 1)[0] for line in told.splitlines() if line and not line.startswith(" ")]
    assert heads == [f"{rule.code} {rule.severity}" for rule in catalogue()]
    assert len(heads) == len(set(heads)) > 20
    for rule in catalogue():
        assert f"    why      {rule.why}\n    example  {rule.example}" in told
