"""Watch: each save is given out once, when it is whole; whatever becomes of it, the watch goes on."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from svreport.pipeline.options import BuildOptions
from svreport.pipeline.watching import Watch
from svreport.publish.manifest import read_manifest
from tests.pipeline.content import save, small_return

CHECKOUT = Path(__file__).parents[2]
PACK = CHECKOUT / "templates" / "safety-valve"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "inputs"
    made.mkdir()
    return made


def watch(source: Path, pack: str = "safety-valve") -> Watch:
    return Watch(source, BuildOptions(source.parent / "outputs", pack))


def looks(watched: Watch, number: int) -> list[list[str]]:
    return [[path.name for path in watched.look()] for _ in range(number)]


def touch_later(path: Path) -> None:
    """As if the file had been saved a second after what it holds now."""
    state = path.stat()
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + 10**9))


def test_what_is_there_at_the_start_is_given_once(folder: Path) -> None:
    save(folder / "a.xlsx", small_return())
    save(folder / "b.xlsx", small_return(authority="Elsewhere"))
    assert looks(watch(folder), 4) == [[], ["a.xlsx", "b.xlsx"], [], []]


def test_one_workbook_is_watched_alone(folder: Path) -> None:
    save(folder / "b.xlsx", small_return())
    watched = watch(save(folder / "a.xlsx", small_return()))
    assert looks(watched, 3) == [[], ["a.xlsx"], []]


def test_a_save_is_given_within_two_looks_and_once(folder: Path) -> None:
    workbook = save(folder / "a.xlsx", small_return())
    watched = watch(folder)
    looks(watched, 2)
    save(workbook, small_return(authority="Elsewhere"))
    touch_later(workbook)
    assert looks(watched, 4) == [[], ["a.xlsx"], [], []]


def test_a_file_that_is_still_growing_waits(folder: Path) -> None:
    whole = save(folder / "a.xlsx", small_return()).read_bytes()
    workbook = folder / "a.xlsx"
    watched = watch(folder)
    for size in (0, 5_000, 9_000, 9_000):
        workbook.write_bytes(whole[:size])
        touch_later(workbook)
        # As long as it is no whole file it is not given, however long it lies still.
        assert looks(watched, 3) == ([[], [], []] if size else [[], ["a.xlsx"], []])
    workbook.write_bytes(whole)
    assert looks(watched, 3) == [[], ["a.xlsx"], []]


def test_a_save_by_way_of_another_file_is_given_once(folder: Path) -> None:
    """Excel writes a new file, moves the old one away and the new one into its place."""
    workbook = save(folder / "a.xlsx", small_return())
    watched = watch(folder)
    looks(watched, 2)
    (folder / "~$a.xlsx").touch()
    save(folder / "3F2A9C01", small_return(authority="Elsewhere"))
    workbook.rename(folder / "B41D77E2.tmp")
    assert looks(watched, 2) == [[], []]
    (folder / "3F2A9C01").rename(workbook)
    (folder / "B41D77E2.tmp").unlink()
    assert looks(watched, 3) == [[], ["a.xlsx"], []]


def test_a_file_that_is_no_workbook_is_given_so_that_it_is_told(folder: Path) -> None:
    (folder / "a.xlsx").write_text("not a workbook", encoding="utf-8")
    assert looks(watch(folder), 3) == [[], ["a.xlsx"], []]


def test_a_workbook_that_comes_later_and_one_that_goes(folder: Path) -> None:
    watched = watch(folder)
    assert looks(watched, 2) == [[], []]
    workbook = save(folder / "a.xlsx", small_return())
    assert looks(watched, 3) == [[], ["a.xlsx"], []]
    workbook.unlink()
    assert looks(watched, 2) == [[], []]


def test_a_folder_that_goes_away_for_a_while_is_no_fault(folder: Path) -> None:
    save(folder / "a.xlsx", small_return())
    watched = watch(folder)
    looks(watched, 2)
    folder.rename(folder.with_name("offline"))
    assert looks(watched, 2) == [[], []]
    folder.with_name("offline").rename(folder)
    assert looks(watched, 2) == [[], []]


def test_a_saved_template_gives_every_workbook(folder: Path, tmp_path: Path) -> None:
    pack = tmp_path / "my-pack"
    shutil.copytree(PACK, pack)
    save(folder / "a.xlsx", small_return())
    save(folder / "b.xlsx", small_return(authority="Elsewhere"))
    watched = watch(folder, str(pack))
    looks(watched, 2)
    touch_later(pack / "risk-register.docx")
    assert looks(watched, 3) == [[], ["a.xlsx", "b.xlsx"], []]
    (pack / "pack.toml").write_text("title = ", encoding="utf-8")
    assert looks(watched, 3) == [[], ["a.xlsx", "b.xlsx"], []]


@pytest.mark.skipif(os.name != "posix", reason="Windows gives a program of its own no Ctrl+C")
def test_watch_builds_each_save_tells_a_fault_and_goes_on(folder: Path, tmp_path: Path) -> None:
    workbook = save(folder / "a.xlsx", small_return(authority="First"))
    printed = tmp_path / "printed.txt"
    written = "wrote   outputs/a/submission.docx"
    command = [sys.executable, "-u", "-m", "svreport", "watch", "inputs"]
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    with (
        printed.open("w") as screen,
        subprocess.Popen(
            command,
            cwd=tmp_path,
            env=environment,
            stdout=screen,
            stderr=subprocess.STDOUT,
            # Tests that a shell runs in the background, and what they start, are deaf to Ctrl+C.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        ) as process,
    ):
        try:
            outputs = tmp_path / "outputs" / "a"
            first = _wait(lambda: read_manifest(outputs).workbook_sha256)
            workbook.write_text("not a workbook", encoding="utf-8")
            _wait(lambda: "not built: inputs/a.xlsx is a text file" in printed.read_text())
            save(workbook, small_return(authority="Second"))
            second = _wait(lambda: read_manifest(outputs).workbook_sha256.replace(first, ""))
            assert second
            save(workbook, small_return(authority="Third"))
            assert _wait(lambda: read_manifest(outputs).workbook_sha256.replace(second, ""))
            _wait(lambda: printed.read_text().count(written) == 3)
            assert process.poll() is None
        finally:
            process.send_signal(signal.SIGINT)
            ended = threading.Timer(60, process.kill)
            ended.start()
        assert process.wait() == 0
        ended.cancel()
    told = printed.read_text()
    assert told.startswith("Watching inputs: every save is built into outputs. Ctrl+C ends the watch.\n")
    assert told.count(written) == 3
    assert "Traceback" not in told
    assert told.endswith("\nThe watch has ended; files that were written are whole.\n")


def _wait(seen: Callable[[], object], seconds: int = 60) -> str:
    """What comes to be seen; fails when it never does."""
    for _ in range(seconds * 20):
        if found := seen():
            return str(found)
        time.sleep(0.05)
    pytest.fail("what was waited for never came")
