"""A sheet that is not there, or has no row, leaves its mark where its words would stand."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from svreport.pipeline.building import build_workbook
from svreport.pipeline.examining import examine
from svreport.pipeline.options import BuildOptions
from tests.documents.reading import paragraphs
from tests.pipeline.content import Rows, save, small_return

PARTS = ("programme-overview", "detailed-update", "risk-register")


def with_rows(rows: Rows) -> None:
    """The small return itself."""


def without_rows(sheet: str) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        rows[sheet] = []

    return change


def marks(folder: Path, change: Callable[[Rows], None], without: str = "") -> list[tuple[str, str]]:
    """The document and mark of each paragraph that is a mark."""
    rows = small_return()
    change(rows)
    workbook = save(folder / "return.xlsx", rows)
    if without:
        book = openpyxl.load_workbook(workbook)
        del book[without]
        book.save(workbook)
    built = build_workbook(workbook, BuildOptions(folder / "outputs", "safety-valve"), waiting=lambda _: None)
    return [
        (part, each)
        for part in PARTS
        for each in paragraphs(built.folder / f"{part}.docx")
        if each.startswith("[")
    ]


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ("Contacts", [("programme-overview", "[WBK-01 Contacts]")] * 3),
        ("Questions", [("programme-overview", "[WBK-01 Questions]")] * 2),
        ("Headlines", [("programme-overview", "[WBK-01 Headlines]")] * 3),
        ("Conditions", [("detailed-update", "[WBK-01 Conditions]")]),
        ("Risks", [("risk-register", "[WBK-01 Risks]")]),
    ],
)
def test_a_sheet_that_is_missing(sheet: str, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    assert marks(tmp_path, with_rows, sheet) == expected


def test_progress_that_is_missing_is_marked_at_each_condition(tmp_path: Path) -> None:
    conditions = len(small_return()["Conditions"])
    expected = [("detailed-update", "[WBK-01 Progress]")] * conditions
    assert marks(tmp_path, with_rows, "Progress") == expected


def test_a_sheet_without_rows(tmp_path: Path) -> None:
    assert marks(tmp_path, without_rows("Conditions")) == [("detailed-update", "[EMP-01 Conditions]")]


def test_what_is_only_asked_about_leaves_no_mark(tmp_path: Path) -> None:
    """A query may be right: its mark would stand in the final return."""
    assert marks(tmp_path, without_rows("Risks")) == []
    findings = examine(tmp_path / "return.xlsx").findings
    assert "EMP-02" in {each.code for each in findings if each.place.sheet == "Risks"}
