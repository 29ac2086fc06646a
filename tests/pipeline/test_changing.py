"""What differs from the previous workbook or from an earlier draft, on screen and as a Word file."""

import dataclasses
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from svreport.documents.review_pack.changes_report import ChangeReport, ReportedChange
from svreport.errors import CallFault
from svreport.pipeline.building import build_workbook
from svreport.pipeline.changing import compare, write_report
from svreport.pipeline.options import BuildOptions
from svreport.word.accessibility import faults
from svreport.word.text import plain_text
from svreport.workbook.content import example
from svreport.workbook.writing import workbook_bytes

EXAMPLE = "wiltshire-2024-12"
DOCS = Path(__file__).parents[2] / "docs" / "review-templates.md"


@pytest.fixture(scope="module")
def drafted(
    tmp_path_factory: pytest.TempPathFactory, example_workbooks: dict[str, Path]
) -> tuple[Path, str, Path]:
    """A workbook with one word changed since its draft, that draft's code, and the folder of outputs."""
    folder = tmp_path_factory.mktemp("drafted")
    for name, path in example_workbooks.items():
        shutil.copyfile(path, folder / f"{name}.xlsx")
    workbook = folder / f"{EXAMPLE}.xlsx"
    built = build_workbook(workbook, BuildOptions(folder / "outputs", "safety-valve"), waiting=lambda _: None)
    content = {sheet: [dict(row) for row in rows] for sheet, rows in example(EXAMPLE).items()}
    text = str(content["Headlines"][0]["Text"])
    content["Headlines"][0]["Text"] = text.replace("strong", "very strong", 1)
    assert content["Headlines"][0]["Text"] != text
    workbook.write_bytes(workbook_bytes(content))
    return workbook, built.code, folder / "outputs"


def test_only_what_differs_from_a_draft_is_told(drafted: tuple[Path, str, Path]) -> None:
    workbook, code, out = drafted
    compared = compare(workbook, code.replace("-", " ").lower(), out)
    assert [(each.kind, each.what) for each in compared.changes] == [("text changed", "Headlines: Drivers")]
    assert compared.since == f"the draft {code}"


def test_the_word_file_tells_it_and_everybody_can_read_it(
    drafted: tuple[Path, str, Path], tmp_path: Path, ooxml_faults: Callable[[Iterable[Path]], list[str]]
) -> None:
    workbook, code, out = drafted
    report = tmp_path / "changes.docx"
    write_report(compare(workbook, code, out), "safety-valve", report)

    told = "\n".join(plain_text(report.read_bytes()))
    assert f"1 change in {EXAMPLE}.xlsx since the draft {code}." in told
    assert "very strong" in told
    assert faults(report.read_bytes()) == []
    assert ooxml_faults([report]) == []
    with pytest.raises(CallFault, match="exists already"):
        write_report(compare(workbook, code, out), "safety-valve", report)


def test_against_the_previous_workbook_moved_levels_stand_first(
    drafted: tuple[Path, str, Path], tmp_path: Path
) -> None:
    workbook, _, out = drafted
    compared = compare(workbook, None, out)
    assert compared.since == "wiltshire-2024-08.xlsx"
    assert [(each.what, each.before, each.after) for each in compared.changes[:2]] == [
        ("Condition 1", "Amber", "Red"),
        ("Risk 4", "Amber", "Blue"),
    ]
    alone = tmp_path / f"{EXAMPLE}.xlsx"
    shutil.copyfile(workbook, alone)
    with pytest.raises(CallFault, match=r"there is no file wiltshire-2024-08\.xlsx beside"):
        compare(alone, None, out)


def test_a_draft_that_is_not_kept_is_told_with_those_that_are(drafted: tuple[Path, str, Path]) -> None:
    workbook, code, out = drafted
    with pytest.raises(CallFault, match=f"These are kept: {code}"):
        compare(workbook, "../../etc", out)


def test_the_page_of_templates_names_every_field() -> None:
    page = DOCS.read_text(encoding="utf-8")
    names = [field.name for kind in (ChangeReport, ReportedChange) for field in dataclasses.fields(kind)]
    assert [name for name in names if f"`{name}`" not in page] == []
