"""What one run of a program is said to have taken: everything it started, whatever became of it."""

import os
import sys
from pathlib import Path

import pytest

from benchmarks.processes import Failed, run

MEGABYTES = 60


def _run(folder: Path, program: str, limit: float = 60) -> tuple[float, int, int]:
    taken = run([sys.executable, "-c", program], environment=os.environ, folder=folder, limit=limit)
    return taken.processor, taken.largest, taken.peak


def test_memory_of_a_program_is_its_most(tmp_path: Path) -> None:
    _, largest, peak = _run(tmp_path, f"x = b'x' * {MEGABYTES * 2**20}")
    assert MEGABYTES * 2**20 < largest <= peak


def test_memory_of_a_program_and_its_child_counts_together(tmp_path: Path) -> None:
    child = f"import time; x = b'x' * {MEGABYTES * 2**20}; time.sleep(0.5)"
    own = f"import subprocess, sys; x = b'x' * {MEGABYTES * 2**20}"
    program = f"{own}; subprocess.run([sys.executable, '-c', {child!r}])"
    _, largest, peak = _run(tmp_path, program)
    assert largest < 2 * MEGABYTES * 2**20 < peak


def test_what_a_program_does_not_wait_for_counts(tmp_path: Path) -> None:
    child = "sum(range(20_000_000))"
    own = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {child!r}])"
    waited, *_ = _run(tmp_path, f"{own}.wait()")
    left, *_ = _run(tmp_path, own)
    assert left > waited / 3


def test_a_small_program_is_small_whoever_asks(tmp_path: Path) -> None:
    held = b"x" * (8 * MEGABYTES * 2**20)
    _, largest, _ = _run(tmp_path, "pass")
    assert largest < len(held) / 8


def test_a_failure_is_told_with_what_the_program_said(tmp_path: Path) -> None:
    with pytest.raises(Failed, match=r"ended with 3\nno such luck"):
        _run(tmp_path, "import sys; print('no such luck'); sys.exit(3)")


def test_a_program_is_ended_at_the_limit(tmp_path: Path) -> None:
    with pytest.raises(Failed) as told:
        _run(tmp_path, "import time; time.sleep(60)", limit=0.2)
    assert told.value.why.startswith("was ended after")
