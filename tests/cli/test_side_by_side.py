"""Workbooks of a folder built side by side: told in their order, each failure its own, nothing left behind."""

from pathlib import Path
from typing import Any

import pytest

from svreport.cli import side_by_side
from svreport.cli.building_folder import build_folder
from svreport.cli.side_by_side import MOST_PROGRAMS, built_side_by_side
from svreport.pipeline.options import BuildOptions
from svreport.processes import Process
from tests.pipeline.content import save, small_return

NAMES = ("first", "second", "third", "zlast")


@pytest.fixture
def inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of four workbooks, one of which is none."""
    monkeypatch.chdir(tmp_path)
    folder = Path("inputs")
    folder.mkdir()
    for name in NAMES[:3]:
        save(folder / f"{name}.xlsx", small_return(authority=name))
    (folder / "zlast.xlsx").write_text("no workbook")
    return folder


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Process]:
    """The programs that were started."""
    every: list[Process] = []
    start = Process.start

    def noted(module: str, *, quiet: bool) -> Process | None:
        process = start(module, quiet=quiet)
        assert process is not None
        every.append(process)
        return process

    monkeypatch.setattr(Process, "start", noted)
    monkeypatch.setattr(side_by_side, "_processors", lambda: 2)
    return every


def files(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_the_same_is_told_and_written_as_one_after_another(
    inputs: Path, started: list[Process], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build_folder(inputs, BuildOptions(Path("two"), "safety-valve")) == 2
    side_by_side_said = capsys.readouterr()
    assert len(started) == 2
    assert all(each.has_ended for each in started)
    monkeypatch.setattr(Process, "start", lambda *_, **__: None)
    assert build_folder(inputs, BuildOptions(Path("one"), "safety-valve")) == 2
    said = capsys.readouterr()
    assert side_by_side_said.out.replace("two", "one") == said.out
    assert side_by_side_said.err == said.err
    assert [line.split(":")[0] for line in said.out.splitlines()] == [
        str(inputs / f"{n}.xlsx") for n in NAMES[:3]
    ]
    assert "zlast" in said.err
    assert files(Path("two")) == files(Path("one"))


def test_never_more_programs_than_workbooks_or_than_memory_has_room_for(
    inputs: Path, started: list[Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(side_by_side, "_processors", lambda: 64)
    workbooks = sorted(inputs.iterdir())[:3]
    assert len(list(built_side_by_side(workbooks, BuildOptions(Path("out"), "safety-valve")))) == 3
    assert len(started) == 3 < MOST_PROGRAMS


def test_a_program_that_ends_leaves_its_workbook_unbuilt_and_no_other(
    inputs: Path, started: list[Process], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(side_by_side, "_CHILD", "tests.cli.ending_child")
    assert build_folder(inputs, BuildOptions(Path("out"), "safety-valve")) == 2
    said = capsys.readouterr()
    assert said.err.splitlines()[0] == (
        f"{inputs / 'second.xlsx'}: not built. The program that was building it ended before it was done; no file is "
        f"half-written. See whether the computer has memory to spare, and build again."
    )
    assert sorted(each.name for each in Path("out").iterdir()) == ["first", "third"]
    assert all(each.has_ended for each in started)


def test_a_build_that_is_interrupted_leaves_no_program(inputs: Path, started: list[Process]) -> None:
    told = built_side_by_side(sorted(inputs.iterdir()), BuildOptions(Path("out"), "safety-valve"))
    first: Any = next(told)
    assert "first.xlsx" in first[0][0]
    told.close()  # type: ignore[attr-defined] # it is a generator
    assert len(started) == 2
    assert all(each.has_ended for each in started)


def test_one_workbook_alone_needs_no_program(inputs: Path, started: list[Process]) -> None:
    for name in NAMES[1:]:
        (inputs / f"{name}.xlsx").unlink()
    assert build_folder(inputs, BuildOptions(Path("out"), "safety-valve")) == 0
    assert started == []
