"""The command that tells the findings can be typed as it is printed."""

from pathlib import Path

from svreport.cli.building_line import where_told
from svreport.pipeline.options import BuildOptions


def test_a_path_with_spaces_stands_between_quotation_marks() -> None:
    told = where_told(Path("p & q") / "a b.xlsx", BuildOptions(Path("outputs"), "safety-valve"), 2)
    assert f'svreport check "{Path("p & q") / "a b.xlsx"}"' in told


def test_a_plain_path_stands_as_it_is() -> None:
    told = where_told(Path("2026-09.xlsx"), BuildOptions(Path("outputs"), "safety-valve"), 2)
    assert told == " (all told by: svreport check 2026-09.xlsx)"
