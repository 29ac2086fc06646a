"""`build --final`: the return without draft marks, or the reasons why it is none; and `changes` between drafts."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from svreport.publish.manifest import read_manifest
from tests.cli.conftest import Said
from tests.documents.reading import paragraphs
from tests.pipeline.content import Rows, save, small_return


def sign(rows: Rows, code: str | None) -> Rows:
    approvals = [
        {**row, "Name": f"The {row['Role']}", "Date": date(2026, 5, 14), "Content code": code}
        for row in rows["Sign-off"]
    ]
    return {**rows, "Sign-off": approvals}


def test_a_final_needs_approvals_of_what_it_says(
    desk: Path, svreport: Callable[..., Said], console: Callable[..., None]
) -> None:
    rows = small_return()
    save(desk / "return.xlsx", rows)
    console("final-without-approvals", "build return.xlsx --final")
    assert not (desk / "outputs").exists()

    svreport("build", "return.xlsx")
    code = read_manifest(desk / "outputs/return").content_code
    assert code is not None
    save(desk / "return.xlsx", sign(rows, code.lower().replace("-", " ")))
    console("final", "build return.xlsx --final", "build return.xlsx")
    overview = paragraphs(desk / "outputs/return/programme-overview.docx")
    assert "S151 Officer: The S151 Officer, 14 May 2026" in overview

    rows["Risks"][0]["Progress"] += " And one thing more."
    save(desk / "return.xlsx", sign(rows, code))
    console("final-after-a-change", "build return.xlsx --final", "build return.xlsx")


def test_the_return_and_a_paper_are_final_side_by_side(
    desk: Path, svreport: Callable[..., Said], console: Callable[..., None]
) -> None:
    rows = small_return()
    save(desk / "return.xlsx", rows)
    svreport("build", "return.xlsx")
    svreport("build", "return.xlsx", "--pack", "schools-forum")
    codes = [state.content_code or "" for state in read_manifest(desk / "outputs/return").packs.values()]
    assert len(set(codes)) == 2
    save(desk / "return.xlsx", sign(rows, ", ".join(codes)))
    console(
        "final-of-two-packs", "build return.xlsx --final", "build return.xlsx --pack schools-forum --final"
    )

    rows["Risks"][0]["Progress"] += " And one thing more."
    save(desk / "return.xlsx", sign(rows, ", ".join(codes)))
    console("final-of-one-of-two-packs", "build return.xlsx")


def test_a_final_needs_a_workbook_without_errors(desk: Path, console: Callable[..., None]) -> None:
    rows = small_return()
    rows["Conditions"][0]["Update 1 (May)"] = "Ambre"
    save(desk / "return.xlsx", rows)
    console("final-with-an-error", "build return.xlsx --final", "build . --final")
    assert not (desk / "outputs").exists()


def test_changes_since_an_earlier_draft(
    desk: Path, svreport: Callable[..., Said], console: Callable[..., None]
) -> None:
    rows = small_return()
    save(desk / "return.xlsx", rows)
    svreport("build", "return.xlsx")
    code = read_manifest(desk / "outputs/return").content_code
    rows["Risks"][0]["Progress"] = "What was done since."
    rows["Conditions"][0]["Update 1 (May)"] = "Amber"
    rows["Metric data"][1]["Actual"] = 1240
    save(desk / "return.xlsx", rows)
    console(
        "changes",
        f"changes return.xlsx --since {code}",
        "changes return.xlsx --since 0000-0000",
        "changes return.xlsx",
    )
