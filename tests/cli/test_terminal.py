"""On a terminal findings are coloured, unless NO_COLOR asks for none; in a pipe there is never a colour."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pipeline.content import save, small_return

pty = pytest.importorskip("pty", reason="a terminal of its own can be opened on Linux and macOS only")

CHECKOUT = Path(__file__).parents[2]
RED = "\x1b[31m\x1b[1merror\x1b[0m"


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    rows = small_return()
    rows["Conditions"][0]["Update 1 (May)"] = "Ambre"
    return save(tmp_path / "faulty.xlsx", rows)


def on_a_terminal(workbook: Path, *verb: str, **settings: str) -> str:
    """What a terminal of 80 columns is sent."""
    ours, theirs = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "FORCE_COLOR"}}
    environment |= {"TERM": "xterm", "COLUMNS": "80", "PYTHONPATH": str(CHECKOUT)} | settings
    command = [sys.executable, "-m", "svreport", *verb, workbook.name]
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, cwd=workbook.parent
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # how Linux says that the other side was closed
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    assert process.wait() == 1
    return shown.decode()


def in_a_pipe(workbook: Path, *verb: str, **settings: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "svreport", *verb, workbook.name],
        env={**os.environ, "TERM": "xterm", "PYTHONPATH": str(CHECKOUT), **settings},
        cwd=workbook.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    return done.stdout


def test_a_terminal_shows_errors_in_red(faulty: Path) -> None:
    assert f"LVL-01 {RED}: Not an assurance level" in on_a_terminal(faulty, "check")


@pytest.mark.parametrize("verb", ["check", "build"])
def test_no_color_is_honoured(verb: str, faulty: Path) -> None:
    shown = on_a_terminal(faulty, verb, NO_COLOR="1")
    assert "LVL-01 error: Not an assurance level" in shown
    assert "\x1b[3" not in shown


@pytest.mark.parametrize("verb", ["check", "build"])
def test_a_pipe_gets_neither_colour_nor_progress(verb: str, faulty: Path) -> None:
    shown = in_a_pipe(faulty, verb)
    assert "LVL-01 error: Not an assurance level" in shown
    assert "\x1b" not in shown
    assert "Building" not in shown


def test_a_terminal_shows_what_is_being_done(faulty: Path) -> None:
    assert "Building faulty.xlsx" in on_a_terminal(faulty, "build")


def test_a_console_that_knows_few_characters_is_no_fault(faulty: Path) -> None:
    rows = small_return()
    rows["Conditions"][0]["Update 1 (May)"] = "Ambre ☃"
    save(faulty, rows)
    assert "read      Ambre ?\n" in in_a_pipe(faulty, "check", PYTHONIOENCODING="cp1252")
