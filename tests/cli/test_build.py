"""`build`: one workbook told in full, a folder in a line each."""

import shutil
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from tests.cli.conftest import Said
from tests.pipeline.content import save, small_return

CURRENT = "Update 1 (May)"


def wrong_level(path: Path) -> Path:
    rows = small_return()
    rows["Conditions"][0][CURRENT] = "Ambre"
    return save(path, rows)


def edit(document: Path, words: str) -> None:
    changed = docx.Document(str(document))
    changed.paragraphs[0].add_run(words)
    changed.save(str(document))


def test_build_tells_each_file_it_wrote_and_then_leaves_them(
    desk: Path, console: Callable[..., None]
) -> None:
    save(desk / "return.xlsx", small_return())
    console("build", "build return.xlsx", "build return.xlsx")


def test_build_tells_errors_and_still_writes_a_draft(desk: Path, console: Callable[..., None]) -> None:
    wrong_level(desk / "return.xlsx")
    console("build-with-an-error", "build return.xlsx --out made/here")


def test_build_keeps_a_persons_edits(desk: Path, console: Callable[..., None]) -> None:
    save(desk / "return.xlsx", small_return())
    console("build-before-an-edit", "build return.xlsx")
    edit(desk / "outputs/return/risk-register.docx", " and a word by hand")
    save(desk / "return.xlsx", small_return(authority="Elsewhere"))
    console("build-beside-an-edit", "build return.xlsx", "build return.xlsx --force", "build return.xlsx")
    (kept,) = (desk / "outputs/return/kept").iterdir()
    assert "a word by hand" in docx.Document(str(kept)).paragraphs[0].text


def test_a_document_that_is_open_is_left(desk: Path, console: Callable[..., None]) -> None:
    save(desk / "return.xlsx", small_return())
    console("build-before-an-edit", "build return.xlsx")
    (desk / "outputs/return/~$sk-register.docx").touch()
    save(desk / "return.xlsx", small_return(authority="Elsewhere"))
    console("build-beside-an-open-document", "build return.xlsx")


def test_build_of_a_folder_takes_its_workbooks_and_leaves_the_rest(
    desk: Path, console: Callable[..., None]
) -> None:
    folder = desk / "inputs"
    folder.mkdir()
    original = save(folder / "return.xlsx", small_return())
    for copy in (
        "return-PC.xlsx",
        "return (2).xlsx",
        "return (conflicted copy 2026-11-01).xlsx",
        "~$return.xlsx",
        ".~lock.return.xlsx#",
        "return.pulled.xlsx",
    ):
        shutil.copyfile(original, folder / copy)
    save(folder / "return-north.xlsx", small_return(authority="North Exampleshire"))
    wrong_level(folder / "second.xlsx")
    (folder / "third.xlsm").write_bytes(original.read_bytes()[:9000])
    (folder / "notes.txt").touch()
    console("build-of-a-folder", "build inputs", "build inputs")
    assert {path.name for path in (desk / "outputs").iterdir()} == {"return", "return-north", "second"}


def test_a_folder_with_nothing_to_build(desk: Path, console: Callable[..., None]) -> None:
    (desk / "inputs").mkdir()
    console("build-of-an-empty-folder", "build inputs")
    save(desk / "inputs/return.xlsx", small_return())
    console("build-of-a-folder-of-one", "build inputs", "build inputs")


def test_nothing_stale_touches_no_file(desk: Path, svreport: Callable[..., Said]) -> None:
    (desk / "inputs").mkdir()
    save(desk / "inputs/return.xlsx", small_return())
    assert svreport("build", "inputs").code == 0
    before = {path: path.stat().st_mtime_ns for path in desk.rglob("*")}
    assert svreport("build", "inputs").code == 0
    assert {path: path.stat().st_mtime_ns for path in desk.rglob("*")} == before


def test_what_stops_a_build_is_told(desk: Path, console: Callable[..., None]) -> None:
    save(desk / "return.xlsx", small_return())
    (desk / "a-file").touch()
    (desk / "empty-folder").mkdir()
    console(
        "build-that-cannot-be",
        "build return.xlsx --out a-file",
        "build return.xlsx --pack safety-vlave",
        "build return.xlsx --pack empty-folder",
        "build return.xlsx --pack a-file",
    )
    assert not (desk / "outputs").exists()


@pytest.mark.parametrize(
    "name", ["a return of a folder & more.xlsx", "Rückmeldung – März.xlsx", "'quoted'.xlsx"]
)
def test_names_of_every_kind_are_taken(name: str, desk: Path, svreport: Callable[..., Said]) -> None:
    save(desk / name, small_return())
    said = svreport("build", name)
    assert (said.err, said.code) == ("", 0)
    assert (desk / "outputs" / Path(name).stem / "submission.docx").is_file()


def test_each_of_several_packs_is_called_by_its_name(desk: Path, console: Callable[..., None]) -> None:
    (desk / "inputs").mkdir()
    save(desk / "inputs/return.xlsx", small_return())
    console(
        "build-of-all-packs", "build inputs/return.xlsx --pack all", "build inputs --pack all --out other"
    )


def test_what_stops_one_of_several_packs_says_which(desk: Path, console: Callable[..., None]) -> None:
    (desk / "inputs").mkdir()
    wrong_level(desk / "inputs/return.xlsx")
    console("all-packs-that-are-not-final", "build inputs --pack all --final")
