"""The process that draws charts, as the build sees it. Loads next to nothing, so that it can be started early."""

import atexit
from collections.abc import Sequence
from threading import Thread
from typing import TYPE_CHECKING

from svreport.processes import Ended, Process

if TYPE_CHECKING:
    from svreport.figures.resolved import ResolvedExhibit

_CHILD = "svreport.figures.drawing_child"
_ready: "list[Process]" = []


def make_ready() -> None:
    """Starts a process before it is known whether there is anything to draw, which takes as long as to read a workbook.

    The next drawing takes it; one that nobody takes ends with us.
    """
    if not _ready:
        _keep(Process.start(_CHILD, quiet=True))


def give_up() -> None:
    """Ends the process that is ready and that nobody has taken."""
    while _ready:
        _ready.pop().end()


def _keep(process: Process | None) -> None:
    if process:
        _ready.append(process)
        atexit.register(give_up)


class Drawn:
    """The pictures of some exhibits, drawn from now on."""

    def __init__(self, process: Process, exhibits: "Sequence[ResolvedExhibit]") -> None:
        self._process = process
        self._exhibits = exhibits
        self._pictures: list[bytes] = []
        self._fault = ""
        # The pipes hold less than a chart: somebody has to listen while the build goes on.
        self._talk = Thread(target=self._hear, daemon=True)
        self._talk.start()

    @classmethod
    def begin(cls, exhibits: "Sequence[ResolvedExhibit]") -> "Drawn | None":
        """Has the exhibits drawn; None where the system lets us have no process."""
        process = _ready.pop() if _ready else Process.start(_CHILD, quiet=True)
        return cls(process, exhibits) if process else None

    def _hear(self) -> None:
        try:
            self._process.ask(self._exhibits)
            for _ in self._exhibits:
                answer = self._process.answer()
                if isinstance(answer, str):
                    self._fault = self._fault or answer
                else:
                    self._pictures.append(answer)
        except Ended:
            return  # what it drew before that counts

    def pictures(self) -> list[bytes]:
        """What was drawn, once it is done: fewer than asked for where the process ended before.

        Raises RuntimeError with the first fault of the renderer. A process that is done is kept for the next drawing.
        """
        self._talk.join()
        if self._fault or len(self._pictures) < len(self._exhibits) or _ready:
            self._process.end()
        else:
            _keep(self._process)
        if self._fault:
            raise RuntimeError(self._fault)
        return self._pictures

    def end(self) -> None:
        """Ends the process in the middle of its work."""
        self._process.kill()
        self._talk.join()
        self._process.end()
