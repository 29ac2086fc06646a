"""`build --pdf`: what the console shows with LibreOffice, without it, and where it fails."""

import shlex
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from svreport.publish.manifest import read_manifest
from svreport.word import office
from tests.cli.conftest import Said
from tests.cli.test_build import edit, wrong_level
from tests.pipeline.content import save, small_return
from tests.word.fake_office import WORKS, calls, fake_office

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A LibreOffice that works."""
    made = fake_office(tmp_path / "office")
    monkeypatch.setenv("SVREPORT_SOFFICE", str(made))
    return made


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without LibreOffice."""
    monkeypatch.delenv("SVREPORT_SOFFICE", raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(office, "_usual_folders", list)


def pdfs(desk: Path) -> list[str]:
    return sorted(str(path.relative_to(desk / "outputs")) for path in desk.glob("outputs/**/*.pdf"))


def test_each_word_file_has_its_pdf(desk: Path, console: Callable[..., None], program: Path) -> None:
    save(desk / "return.xlsx", small_return())
    console("pdf", "build return.xlsx --pdf", "build return.xlsx --pdf", "build return.xlsx")
    words = sorted(path.with_suffix(".pdf").name for path in (desk / "outputs/return").glob("*.docx"))
    assert pdfs(desk) == [f"return/{name}" for name in words]
    assert len(calls(program)) == 1, "one start makes all, and what stands is not made again"


def test_without_libreoffice_the_word_files_are_written_and_it_is_said(
    desk: Path, console: Callable[..., None], without: None
) -> None:
    save(desk / "return.xlsx", small_return())
    (desk / "inputs").mkdir()
    shutil.copyfile(desk / "return.xlsx", desk / "inputs/again.xlsx")
    console("pdf-without-libreoffice", "build return.xlsx --pdf", "build inputs --pdf", "build inputs --pdf")
    assert (desk / "outputs/return/submission.docx").is_file()
    assert pdfs(desk) == []


def test_errors_in_the_workbook_and_no_libreoffice(
    desk: Path, svreport: Callable[..., Said], without: None
) -> None:
    wrong_level(desk / "return.xlsx")
    assert svreport("build", "return.xlsx", "--pdf").code == 2
    assert svreport("build", "return.xlsx").code == 1


def test_no_pdf_stays_beside_a_newer_word_file(
    desk: Path, console: Callable[..., None], program: Path, request: pytest.FixtureRequest
) -> None:
    save(desk / "return.xlsx", small_return())
    console("pdf-before-a-change", "build return.xlsx --pdf")
    save(desk / "return.xlsx", small_return(authority="Elsewhere"))
    console("pdf-outdated", "build return.xlsx")
    assert pdfs(desk) == []

    console("pdf-before-a-change-again", "build return.xlsx --pdf")
    save(desk / "return.xlsx", small_return(authority="Elsewhere again"))
    request.getfixturevalue("without")
    console("pdf-outdated-and-no-libreoffice", "build return.xlsx --pdf")
    assert pdfs(desk) == []


def test_faults_of_libreoffice_are_told_at_their_document(
    desk: Path, console: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(desk / "return.xlsx", small_return())
    failing = fake_office(
        tmp_path / "failing",
        f'case $name in 1) echo "Error: source file could not be loaded";; 3) exit 77;; *) {WORKS};; esac',
    )
    monkeypatch.setenv("SVREPORT_SOFFICE", str(failing))
    console("pdf-faults", "build return.xlsx --pdf")

    silent = fake_office(tmp_path / "silent", ":")
    monkeypatch.setenv("SVREPORT_SOFFICE", str(silent))
    console("pdf-none-written", "build return.xlsx --pdf")

    monkeypatch.setattr(office, "SECONDS_WITHOUT_A_PDF", 0.5)
    monkeypatch.setenv("SVREPORT_SOFFICE", str(fake_office(tmp_path / "hanging", "sleep 600")))
    console("pdf-hangs", "build return.xlsx --pdf")

    monkeypatch.setenv("SVREPORT_SOFFICE", str(fake_office(tmp_path / "working")))
    console("pdf-after-faults", "build return.xlsx --pdf")


def test_a_folder_makes_the_pdfs_of_all_its_workbooks_in_one_start(
    desk: Path, console: Callable[..., None], program: Path
) -> None:
    (desk / "inputs").mkdir()
    save(desk / "inputs/first.xlsx", small_return())
    save(desk / "inputs/second.xlsx", small_return(authority="North Exampleshire"))
    console("pdf-of-a-folder-before", "build inputs")
    (desk / "inputs/third.xlsx").write_bytes(b"none")
    console("pdf-of-a-folder", "build inputs --pdf")
    assert len(calls(program)) == 1, "the Word files of workbooks that are up to date are as good as new ones"
    assert len(pdfs(desk)) == 10

    (desk / "inputs/third.xlsx").unlink()
    before = {path: path.stat().st_mtime_ns for path in desk.rglob("*")}
    console("pdf-of-a-folder-up-to-date", "build inputs --pdf", "build inputs")
    assert {path: path.stat().st_mtime_ns for path in desk.rglob("*")} == before

    (desk / "outputs/first/submission.pdf").unlink()
    save(desk / "inputs/second.xlsx", small_return(authority="South Exampleshire"))
    console("pdf-of-a-folder-in-part", "build inputs --pdf")
    assert len(pdfs(desk)) == 10


def test_a_folder_whose_word_file_somebody_changed(
    desk: Path, console: Callable[..., None], program: Path
) -> None:
    (desk / "inputs").mkdir()
    save(desk / "inputs/return.xlsx", small_return())
    console("pdf-before-an-edit", "build inputs")
    edit(desk / "outputs/return/risk-register.docx", " and a word by hand")
    console("pdf-beside-an-edit", "build inputs --pdf", "build inputs --pdf")
    assert "return/risk-register.draft-2.pdf" in pdfs(desk)
    assert "return/risk-register.pdf" not in pdfs(desk)


def test_finals_have_pdfs_of_their_own(desk: Path, console: Callable[..., None], program: Path) -> None:
    rows = small_return()
    save(desk / "return.xlsx", rows)
    console("pdf-of-a-draft", "build return.xlsx --pdf", "build return.xlsx --final --pdf")
    code = read_manifest(desk / "outputs/return").content_code
    draft = (desk / "outputs/return/submission.pdf").read_bytes()
    rows["Sign-off"] = [
        {**row, "Name": f"The {row['Role']}", "Date": date(2026, 5, 14), "Content code": code}
        for row in rows["Sign-off"]
    ]
    save(desk / "return.xlsx", rows)
    console("pdf-of-a-final", "build return.xlsx --final --pdf")
    assert (desk / "outputs/return/submission.pdf").read_bytes() != draft


@pytest.mark.parametrize(
    "name", ["-dash first.xlsx", "Rückmeldung – März & mehr.xlsx", "'quoted' $HOME.xlsx"]
)
def test_names_of_every_kind_are_printed(
    name: str, desk: Path, svreport: Callable[..., Said], program: Path
) -> None:
    save(desk / name, small_return())
    said = svreport("build", "--pdf", "--", name)
    assert (said.err, said.code) == ("", 0)
    assert f"{Path(name).stem}/submission.pdf" in pdfs(desk)
    assert all(Path(name).stem not in call for call in calls(program)), "it reaches no command line"


def test_all_packs_share_a_start(desk: Path, svreport: Callable[..., Said], program: Path) -> None:
    save(desk / "return.xlsx", small_return())
    said = svreport(*shlex.split("build return.xlsx --pack all --pdf"))
    assert (said.err, said.code) == ("", 0)
    assert {"return/submission.pdf", "return/schools-forum.pdf"} <= set(pdfs(desk))
    assert len(calls(program)) == 1
