"""What stops the program is told in one sentence; a fault of its own too, and it leaves the other workbooks done."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from svreport.cli import stops
from svreport.errors import WorkbookUnreadable
from svreport.pipeline import building, examining
from svreport.processes import Process
from svreport.workbook.reading import Reading, read_workbook
from tests.cli.conftest import Said
from tests.pipeline.content import save, small_return


def broken(fault: BaseException) -> Callable[..., NoReturn]:
    def run(*_: object, **__: object) -> NoReturn:
        raise fault

    return run


def test_a_fault_of_the_program_is_one_sentence(
    desk: Path, monkeypatch: pytest.MonkeyPatch, console: Callable[..., None]
) -> None:
    save(desk / "return.xlsx", small_return())
    monkeypatch.setattr(examining, "read_workbook", broken(KeyError("a name\nthat is none")))
    console("own-fault", "check return.xlsx", "build return.xlsx", "build .")
    assert not (desk / "outputs").exists()


def test_the_details_are_shown_when_they_are_asked_for(
    desk: Path, monkeypatch: pytest.MonkeyPatch, svreport: Callable[..., Said]
) -> None:
    monkeypatch.setattr(examining, "read_workbook", broken(KeyError("a name")))
    monkeypatch.setenv("SVREPORT_DEBUG", "1")
    said = svreport("check", "return.xlsx")
    assert said.err.startswith("Traceback (most recent call last):\n")
    assert said.err.splitlines()[-1].startswith(
        "svreport: svreport has a fault of its own (KeyError: 'a name')."
    )
    assert said.code == 2


def test_a_fault_at_one_workbook_leaves_the_others_done(
    desk: Path, monkeypatch: pytest.MonkeyPatch, svreport: Callable[..., Said]
) -> None:
    for name in ("first", "second", "third"):
        save(desk / f"{name}.xlsx", small_return(authority=name))

    def read(path: Path, *packs: object) -> Reading:
        if path.stem == "second":
            raise RecursionError
        return read_workbook(path, *packs)  # type: ignore[arg-type] # as they came

    monkeypatch.setattr(examining, "read_workbook", read)
    monkeypatch.setattr(Process, "start", lambda *_, **__: None)  # built here, where the fault is
    said = svreport("build", ".")
    assert said.code == 2
    assert said.err.startswith("second.xlsx: not built. svreport has a fault of its own (RecursionError")
    assert {path.name for path in (desk / "outputs").iterdir()} == {"first", "third"}


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (MemoryError(), "svreport: The workbook needs more memory than there is: "),
        (KeyboardInterrupt(), "svreport: Stopped before it was done; files that were written are whole.\n"),
    ],
)
def test_what_comes_from_outside_is_told(
    fault: BaseException, told: str, monkeypatch: pytest.MonkeyPatch, svreport: Callable[..., Said]
) -> None:
    monkeypatch.setattr(examining, "read_workbook", broken(fault))
    said = svreport("check", "return.xlsx")
    assert said.err.lstrip().startswith(told)  # a terminal shows ^C first, and wants a new line
    assert said.err.strip().count("\n") == 0
    assert said.code == 2


def test_a_fault_while_drawing_leaves_the_folder_as_it_was(
    desk: Path, monkeypatch: pytest.MonkeyPatch, svreport: Callable[..., Said]
) -> None:
    save(desk / "return.xlsx", small_return())
    svreport("build", "return.xlsx")
    before = {path: path.stat().st_mtime_ns for path in desk.rglob("*")}
    monkeypatch.setattr(building, "fill_return", broken(ZeroDivisionError()))
    assert svreport("build", "return.xlsx").code == 2
    assert {path: path.stat().st_mtime_ns for path in desk.rglob("*")} == before


def test_a_reader_that_closes_the_pipe_is_no_fault(desk: Path) -> None:
    """As `svreport explain | head -1` does."""
    process = subprocess.Popen(
        [sys.executable, "-m", "svreport", "explain"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0


def test_a_workbook_that_was_not_built_is_called_once() -> None:
    stop = WorkbookUnreadable("a.xlsx is no workbook.")
    assert stops.not_built(Path("a.xlsx"), stop) == "not built: a.xlsx is no workbook."
    assert stops.not_built(Path("a.xlsx"), stop, "a.xlsx") == "not built: a.xlsx is no workbook."
    told = stops.not_built(Path("a.xlsx"), stop, "a.xlsx, pack briefing")
    assert told == "a.xlsx, pack briefing: not built. a.xlsx is no workbook."
