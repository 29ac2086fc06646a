"""`check`: every finding at its cell, in one run; and one sentence for a file that is no workbook."""

import json
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from tests.cli.conftest import Said
from tests.pipeline.content import save, small_return

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def faulty(desk: Path) -> Path:
    """A workbook with a fault of each kind on seven sheets."""
    rows = small_return()
    rows["Conditions"][0]["Update 1 (May)"] = "Ambre"
    rows["Conditions"][1]["Ref"] = "3A"
    rows["Contacts"][0]["Email"] = "person.1@"
    rows["Headlines"] += [{"Heading": "Drivers", "Text": "One too many."}] * 3
    rows["Progress"][1] |= {"Condition": "3a", "Content": "There are {{ actual('Plan') }} plans."}
    rows["Metric data"][1] |= {"Actual": "1,234", "Period": "Smarch 2026"}
    rows["Exhibits"][0]["Series"] = "Plans actuals"
    rows["Risks"][0]["Update 1 (May)"] = None
    return save(desk / "faulty.xlsx", rows)


def test_check_tells_every_fault_at_its_cell(faulty: Path, console: Callable[..., None]) -> None:
    console("check", f"check {faulty.name}")


def test_check_tells_the_same_as_json(
    faulty: Path, svreport: Callable[..., Said], golden: Callable[[str, str], None]
) -> None:
    said = svreport("check", faulty.name, "--format", "json")
    golden("check.json", said.out)
    told = json.loads(said.out)
    assert said.code == 1
    assert said.out.isascii()
    assert list(told) == ["workbook", "findings", "errors", "queries"]
    assert told["errors"] == sum(each["severity"] == "error" for each in told["findings"]) > 0
    assert told["queries"] == sum(each["severity"] == "query" for each in told["findings"]) > 0
    keys = ["code", "severity", "title", "sheet", "cell", "read", "expected", "mend", "mark"]
    assert all(list(each) == keys for each in told["findings"])
    text = svreport("check", faulty.name).out
    assert all(f"{each['code']} {each['severity']}: {each['title']}" in text for each in told["findings"])


def test_check_is_quiet_about_a_good_workbook(desk: Path, console: Callable[..., None]) -> None:
    save(desk / "good.xlsx", small_return())
    console("check-of-a-good-workbook", "check good.xlsx", "check good.xlsx --format json")


def test_a_file_that_is_no_workbook_is_told_in_one_sentence(desk: Path, console: Callable[..., None]) -> None:
    whole = save(desk / "whole.xlsx", small_return()).read_bytes()
    (desk / "cut-short.xlsx").write_bytes(whole[: len(whole) // 2])
    (desk / "damaged.xlsx").write_bytes(whole[:3000] + bytes(2000) + whole[5000:])
    (desk / "empty.xlsx").touch()
    (desk / "zeros.xlsx").write_bytes(bytes(20_000))
    (desk / "notes.xlsx").write_text("Update,Data as at\n", encoding="utf-8")
    (desk / "page.xlsx").write_text("<html><body>Sign in</body></html>", encoding="utf-8")
    (desk / "printed.xlsx").write_bytes(b"%PDF-1.7\n")
    (desk / "old.xls").write_bytes(COMPOUND_FILE + bytes(504))
    protected = COMPOUND_FILE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
    (desk / "protected.xlsx").write_bytes(protected)
    (desk / "a-folder").mkdir()
    docx.Document().save(str(desk / "letter.xlsx"))
    console(
        "no-workbook",
        "check missing.xlsx",
        "check missing.xlsx --format json",
        "check a-folder",
        *(
            f"check {path.name}"
            for path in sorted(desk.iterdir())
            if path.suffix and path != desk / "whole.xlsx"
        ),
        "figures cut-short.xlsx",
        "build cut-short.xlsx",
        "build missing.xlsx",
        "watch missing.xlsx",
    )
    assert not (desk / "outputs").exists()
