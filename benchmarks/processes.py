"""One run of a program as a whole: how long it took, what it computed, and the most memory it held (Linux)."""

import ctypes
import os
import resource
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_SAMPLED_EVERY_SECONDS = 0.025
_PAGE = os.sysconf("SC_PAGE_SIZE")
_ORPHANS_END_WITHIN_SECONDS = 10
_PR_SET_CHILD_SUBREAPER = 36
_MOST_TOLD = 2_000
_adopting = threading.Event()
LIMIT = 900
"""Seconds after which a run is ended."""


class Failed(Exception):
    """A program did not do its job: `why`, and in the message what it said."""

    def __init__(self, command: Sequence[str], why: str, words: str) -> None:
        super().__init__(f"{' '.join(command)} {why}\n{words}")
        self.why = why


@dataclass(frozen=True, slots=True)
class Taken:
    """What one run took. Seconds of processor are those of the program and of every child that it waited for; once
    `adopt_orphans` was called, of every other one too.

    `largest` is the most memory that one process held, as the system accounts it; `peak` is the most that the program
    and its children held together, sampled, and never less than `largest`. Both in bytes; pages that a program and its
    child share count twice.
    """

    wall: float
    processor: float
    largest: int
    peak: int


def run(
    command: Sequence[str],
    *,
    environment: Mapping[str, str],
    folder: Path,
    limit: float = LIMIT,
    output: int | None = None,
) -> Taken:
    """Runs a program to its end; `output` is where it writes, to a file that is only read when it fails by default.

    Raises Failed when it ends with another code than 0, or has not ended after `limit` seconds.
    """
    with tempfile.TemporaryFile() as told:
        to = told if output is None else output
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=to,
            stderr=to,
            env=dict(environment),
            cwd=folder,
            start_new_session=True,
        )
        watched = _Watched(process.pid, limit)
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        peak = watched.stop()
        orphans = _orphans(command) if _adopting.is_set() else []
        if process.returncode:
            told.seek(0)
            words = told.read().decode(errors="replace")[-_MOST_TOLD:]
            why = f"was ended after {limit:.0f} s" if watched.ended else f"ended with {process.returncode}"
            raise Failed(command, why, words)
    used = (usage, *orphans)
    largest = max(each.ru_maxrss for each in used) * 1024
    return Taken(wall, sum(each.ru_utime + each.ru_stime for each in used), largest, max(peak, largest))


def adopt_orphans() -> None:
    """From here on, what a program does not wait for comes to this process when the program has ended, and counts.

    To be called once, by a process that has no other children while it measures.
    """
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
    _adopting.set()


def _orphans(command: Sequence[str]) -> list[resource.struct_rusage]:
    """What each process used that the program did not wait for; raises Failed where one does not end."""
    until = time.monotonic() + _ORPHANS_END_WITHIN_SECONDS
    found: list[resource.struct_rusage] = []
    while True:
        try:
            pid, _, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return found
        if pid:
            found.append(usage)
        elif time.monotonic() > until:
            raise Failed(command, "left a process running", "")
        else:
            time.sleep(_SAMPLED_EVERY_SECONDS)


class _Watched:
    """Samples the memory of a process and everything below it, and ends them at the limit."""

    def __init__(self, pid: int, limit: float) -> None:
        self.ended = False
        self._pid, self._until = pid, time.monotonic() + limit
        self._peak = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        self._done.set()
        self._thread.join()
        return self._peak

    def _watch(self) -> None:
        while not self._done.wait(_SAMPLED_EVERY_SECONDS):
            self._peak = max(self._peak, sum(_held(pid) for pid in _family(self._pid)))
            if time.monotonic() > self._until and not self.ended:
                self.ended = True
                os.killpg(self._pid, signal.SIGKILL)


def _family(pid: int) -> list[int]:
    """The process and all its descendants."""
    found = [pid]
    for parent in found:
        try:
            for task in Path(f"/proc/{parent}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def _held(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
