"""`new`: a workbook to fill in, and never at the cost of a file that is there."""

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Said


def test_new_makes_a_workbook_and_refuses_what_cannot_be(desk: Path, console: Callable[..., None]) -> None:
    (desk / "notes.xlsx").write_text("a person's file")
    (desk / "a-folder.xlsx").mkdir()
    console(
        "new",
        "new 2026-11.xlsx --authority 'Bath & North East Somerset' --year 2026-27",
        "new no-year.xlsx",
        "new example.xlsx --example",
        "new notes.xlsx",
        "new a-folder.xlsx",
        "new return.docx",
        "new return",
        "new nowhere/return.xlsx",
        "new notes.xlsx/return.xlsx",
        "new return.xlsx --year 26",
        "new return.xlsx --year 2026-28",
        "new return.xlsx --example --year 2026-27",
    )
    assert (desk / "notes.xlsx").read_text() == "a person's file"
    made = {"2026-11.xlsx", "no-year.xlsx", "example.xlsx"}
    assert {path.name for path in desk.iterdir()} == made | {"notes.xlsx", "a-folder.xlsx"}


def test_a_new_workbook_lacks_only_what_a_person_fills_in(
    svreport: Callable[..., Said], console: Callable[..., None]
) -> None:
    svreport("new", "2026-11.xlsx", "--authority", "Bath & North East Somerset", "--year", "2026/27")
    console("check-of-a-new-workbook", "check 2026-11.xlsx")
