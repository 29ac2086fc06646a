"""One run of a program as a whole: how long it took, what it computed, and the most memory it held (Linux)."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LIMIT = 900
"""Seconds after which a run is ended."""

_LAUNCHER = Path(__file__).with_name("launching.py")
_SAMPLED_EVERY_SECONDS = 0.025
_PAGE = os.sysconf("SC_PAGE_SIZE")
_MOST_TOLD = 2_000


class Failed(Exception):
    """A program did not do its job: `why`, and in the message what it said."""

    def __init__(self, command: Sequence[str], why: str, words: str) -> None:
        super().__init__(f"{' '.join(command)} {why}\n{words}")
        self.why = why


@dataclass(frozen=True, slots=True)
class Taken:
    """What one run took. Seconds of processor are those of the program and of everything that it started.

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
    """Runs a program to its end; it writes to `output`, or by default to a file that is only read when it fails.

    Raises Failed when it ends with another code than 0, has not ended after `limit` seconds, or leaves a process
    running.
    """
    ours, theirs = os.pipe()
    with tempfile.TemporaryFile() as words, os.fdopen(ours, "rb") as told:
        to = words if output is None else output
        launcher = subprocess.Popen(
            [sys.executable, "-I", "-S", str(_LAUNCHER), str(theirs), *command],
            stdin=subprocess.DEVNULL,
            stdout=to,
            stderr=to,
            env=dict(environment),
            cwd=folder,
            pass_fds=(theirs,),
            start_new_session=True,
        )
        os.close(theirs)
        watched = _Watched(launcher.pid, limit)
        try:
            launcher.wait()
        except BaseException:
            os.killpg(launcher.pid, signal.SIGKILL)
            raise
        peak = watched.stop()
        took = json.loads(told.read() or b"{}")
        words.seek(0)
        said = words.read().decode(errors="replace")[-_MOST_TOLD:]
    if watched.ended or not took:
        raise Failed(
            command, f"was ended after {limit:.0f} s" if watched.ended else "could not be started", said
        )
    if took["code"] or took["left running"]:
        raise Failed(
            command, f"ended with {took['code']}" if took["code"] else "left a process running", said
        )
    return Taken(took["wall"], took["processor"], took["largest"], max(peak, took["largest"]))


class _Watched:
    """Samples the memory of everything below the launcher, and ends it all at the limit."""

    def __init__(self, launcher: int, limit: float) -> None:
        self.ended = False
        self._launcher, self._until = launcher, time.monotonic() + limit
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
            self._peak = max(self._peak, sum(_held(pid) for pid in _below(self._launcher)))
            if time.monotonic() > self._until and not self.ended:
                self.ended = True
                os.killpg(self._launcher, signal.SIGKILL)


def _below(pid: int) -> list[int]:
    """All descendants of a process."""
    found = [pid]
    for parent in found:
        try:
            for task in Path(f"/proc/{parent}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found[1:]


def _held(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
