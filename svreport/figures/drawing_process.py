"""The process that draws charts, as the build sees it. Loads next to nothing, so that it can be started early."""

import atexit
from collections.abc import Sequence
from threading import Thread

from svreport.processes import Ended, Process

_CHILD = "svreport.figures.drawing_child"
# One pool of memory (of Linux' C library) for all threads: they work one after the other, and each would keep its own.
_SETTINGS = {"MALLOC_ARENA_MAX": "1"}
_ready: list[Process] = []
_stays = False


def make_ready() -> None:
    """Starts a process before it is known whether there is anything to draw, which takes as long as to read a workbook.

    The next drawing takes it; one that nobody takes ends with us.
    """
    if not _ready:
        _keep(_started())


def _started() -> Process | None:
    return Process.start(_CHILD, quiet=True, settings=_SETTINGS)


def stay() -> None:
    """From now on a process that is done is kept for this program's next drawing.

    For who draws more than once: a process that only waits holds the renderer's memory.
    """
    global _stays
    _stays = True


def give_up() -> None:
    """Ends the process that is ready and that nobody has taken."""
    while _ready:
        _ready.pop().end()


def _keep(process: Process | None) -> None:
    if process:
        _ready.append(process)
        atexit.register(give_up)


class Drawn:
    """The pictures of some specifications, drawn from now on."""

    def __init__(self, process: Process, specs: Sequence[str]) -> None:
        self._process = process
        self._specs = specs
        self._pictures: list[bytes | str] = []
        # The pipes hold less than a chart: somebody has to listen while the build goes on.
        self._talk = Thread(target=self._hear, daemon=True)
        self._talk.start()

    @classmethod
    def begin(cls, specs: Sequence[str]) -> "Drawn | None":
        """Has the specifications drawn; None where the system lets us have no process."""
        process = _ready.pop() if _ready else _started()
        return cls(process, specs) if process else None

    def _hear(self) -> None:
        try:
            self._process.ask(self._specs)
            for _ in self._specs:
                self._pictures.append(self._process.answer())
        except Ended:
            return  # what it drew before that counts
        if not _stays:
            self._process.end()

    def pictures(self) -> list[bytes | str]:
        """What was drawn, once it is done: fewer than asked for where the process ended before.

        The words of a fault stand for a picture that the renderer refused.
        """
        self._talk.join()
        if self._process.has_ended or len(self._pictures) < len(self._specs) or _ready:
            self._process.end()
        else:
            _keep(self._process)
        return self._pictures

    def end(self) -> None:
        """Ends the process in the middle of its work."""
        self._process.kill()
        self._talk.join()
        self._process.end()
