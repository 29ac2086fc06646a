"""LibreOffice is found where it is, and whatever it does, its faults are told and its processes ended."""

import os
import sys
import tempfile
import time
from pathlib import Path

import pytest

from svreport.errors import OfficeUnusable
from svreport.word import office
from svreport.word.office import Fault, find_office, pdfs_of
from tests.publish.word_files import word
from tests.word.fake_office import WORKS, calls, fake_office

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")

DOCUMENTS = [word("one"), word("two"), word("three")]


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without LibreOffice; the folder is empty."""
    monkeypatch.delenv("SVREPORT_SOFFICE", raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(office, "_usual_folders", list)
    return tmp_path


def told(results: list[bytes | Fault]) -> list[str]:
    return [each.told if isinstance(each, Fault) else "made" for each in results]


def test_it_is_found_on_the_path(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = fake_office(nowhere / "a folder – Ordner")
    monkeypatch.setenv("PATH", f"{nowhere / 'none'}{os.pathsep}{program.parent}")
    assert find_office() == program


def test_it_is_found_in_a_usual_place(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = fake_office(nowhere / "opt")
    monkeypatch.setattr(office, "_usual_folders", lambda: [nowhere / "none", program.parent])
    assert find_office() == program


def test_the_setting_goes_first(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(fake_office(nowhere / "path").parent))
    own = fake_office(nowhere / "own")
    monkeypatch.setenv("SVREPORT_SOFFICE", str(own))
    assert find_office() == own


def test_a_setting_that_names_nothing_is_told(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SVREPORT_SOFFICE", str(nowhere / "none"))
    with pytest.raises(
        OfficeUnusable, match=r"the setting SVREPORT_SOFFICE names .*/none, which is no program"
    ):
        find_office()


def test_the_folder_that_one_stands_in_is_not_searched(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be shared, and anybody can put a program called soffice there."""
    fake_office(nowhere)
    monkeypatch.chdir(nowhere)
    monkeypatch.setenv("PATH", f".{os.pathsep}")
    with pytest.raises(OfficeUnusable, match="LibreOffice, which makes them, was not found"):
        find_office()


def test_one_start_makes_all(tmp_path: Path) -> None:
    program = fake_office(tmp_path)
    made = pdfs_of(program, DOCUMENTS)
    assert told(made) == ["made"] * 3
    assert len({each for each in made if isinstance(each, bytes)}) == 3
    (call,) = calls(program)
    assert call.startswith("-env:UserInstallation=file:///"), "a profile of its own: a person's may be locked"
    assert call.endswith(" 0.docx 1.docx 2.docx")


def test_a_document_that_it_cannot_read_is_told(tmp_path: Path) -> None:
    program = fake_office(
        tmp_path, f'if [ $name = 1 ]; then echo "Error: source file could not be loaded"; else {WORKS}; fi'
    )
    assert told(pdfs_of(program, DOCUMENTS)) == [
        "made",
        "LibreOffice could not make it (Error: source file could not be loaded)",
        "made",
    ]
    assert len(calls(program)) == 1


def test_one_that_crashes_it_leaves_the_others_made(tmp_path: Path) -> None:
    program = fake_office(tmp_path, f"if [ $name = 1 ]; then exit 139; else {WORKS}; fi")
    assert told(pdfs_of(program, DOCUMENTS)) == ["made", "LibreOffice stopped at it (exit code 139)", "made"]
    assert len(calls(program)) == 2


def test_one_that_hangs_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "SECONDS_WITHOUT_A_PDF", 0.5)
    child = tmp_path / "child"
    program = fake_office(
        tmp_path, f"if [ $name = 1 ]; then sleep 600 & echo $! > '{child}'; wait; else {WORKS}; fi"
    )
    assert told(pdfs_of(program, DOCUMENTS)) == [
        "made",
        "LibreOffice worked on it for 0.5 seconds, and was stopped",
        "made",
    ]
    assert _ended(int(child.read_text()))


def _ended(process: int) -> bool:
    """Within a moment: the system takes it in when it gets round to it."""
    for _ in range(100):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{process}/stat").exists() and ") Z " in Path(f"/proc/{process}/stat").read_text():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("each", ["sleep 600", "kill -9 $$"])
def test_one_that_never_works_is_not_tried_for_every_document(
    each: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "SECONDS_WITHOUT_A_PDF", 0.3)
    program = fake_office(tmp_path, each)
    assert "made" not in told(pdfs_of(program, DOCUMENTS * 5))
    assert len(calls(program)) == 2


@pytest.mark.parametrize("part", [r'printf "%%PDF-1.6\nhalf"', ":", 'printf ""'])
def test_half_a_pdf_is_none(part: str, tmp_path: Path) -> None:
    program = fake_office(tmp_path, f'{part} > "$out/$name.pdf"')
    assert told(pdfs_of(program, DOCUMENTS)) == ["LibreOffice could not make it (it does not say why)"] * 3


def test_one_that_writes_nothing_is_told(tmp_path: Path) -> None:
    assert told(pdfs_of(fake_office(tmp_path, ":"), DOCUMENTS[:1])) == [
        "LibreOffice could not make it (it does not say why)"
    ]


def test_a_program_that_does_not_start_is_told(tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/no/such/interpreter\n")
    program.chmod(0o755)
    with pytest.raises(OfficeUnusable, match="could not be run"):
        pdfs_of(program, DOCUMENTS)


def test_no_room_to_work_in_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(OfficeUnusable, match="the folder of temporary files can be written and has room"):
        pdfs_of(fake_office(tmp_path), DOCUMENTS)


def test_a_file_that_is_no_word_file_is_told(tmp_path: Path) -> None:
    made = pdfs_of(fake_office(tmp_path), [b"no zip", DOCUMENTS[0]])
    assert told(made)[1] == "made"
    assert "is not a Word document" in told(made)[0]
