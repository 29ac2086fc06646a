"""The process that draws charts, as the build sees it. Loads next to nothing, so that it can be started early."""

import atexit
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from svreport.figures.drawing_child import ANSWER

if TYPE_CHECKING:
    from svreport.figures.resolved import ResolvedExhibit

_CHILD = "svreport.figures.drawing_child"
_ready: "list[DrawingProcess]" = []


class DrawingProcess:
    """One run of `drawing_child`."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process
        self._pictures: list[bytes] = []
        self._fault = ""
        self._talk: Thread | None = None

    def ask(self, exhibits: "Sequence[ResolvedExhibit]") -> None:
        """Has the exhibits drawn; to be called once."""
        # The pipes hold less than a chart: somebody has to listen while the build goes on.
        self._talk = Thread(target=self._hear, args=(exhibits,), daemon=True)
        self._talk.start()

    def _hear(self, exhibits: "Sequence[ResolvedExhibit]") -> None:
        asked, answers = self._process.stdin, self._process.stdout
        if asked is None or answers is None:
            return
        try:
            asked.write(pickle.dumps(exhibits))
            asked.flush()
            for _ in exhibits:
                head = answers.read(ANSWER.size)
                if len(head) < ANSWER.size:
                    return
                is_picture, length = ANSWER.unpack(head)
                answer = answers.read(length)
                if len(answer) < length:
                    return
                if not is_picture:
                    self._fault = answer.decode(errors="replace")
                    return
                self._pictures.append(answer)
        except OSError:
            return  # it has ended: what it drew before that counts

    def pictures(self) -> list[bytes]:
        """What was drawn, once it is done: fewer than asked for where the process ended before."""
        if self._talk:
            self._talk.join()
        self.end()
        if self._fault:
            raise RuntimeError(self._fault)
        return self._pictures

    def end(self) -> None:
        """Ends the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        if self._talk:
            self._talk.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:
                    continue  # what was still to be written has nobody to read it


def make_ready() -> None:
    """Starts a process before it is known whether there is anything to draw, which takes as long as to read a workbook.

    The next `taken` gives it out; one that nobody takes ends with us.
    """
    process = None if _ready else _started()
    if process:
        _ready.append(process)
        atexit.register(give_up)


def give_up() -> None:
    """Ends the process that was made ready and that nobody took."""
    while _ready:
        _ready.pop().end()


def taken() -> DrawingProcess | None:
    """A process that draws; None where the system lets us have none."""
    return _ready.pop() if _ready else _started()


def _started() -> DrawingProcess | None:
    if not sys.executable:
        return None
    # The packages are found where this process found them, and nothing is run from the folder a person is in.
    found = os.pathsep.join(each or str(Path.cwd()) for each in sys.path)
    try:
        process = subprocess.Popen(  # noqa: S603 — Python itself
            [sys.executable, "-P", "-m", _CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": found},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        return None
    return DrawingProcess(process)
