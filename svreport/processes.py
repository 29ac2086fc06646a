"""Programs of our own that work beside this one: started, spoken with, and never left behind.

A program is a module that calls `serve`; it is sent objects and sends objects back. It ends when whoever started it
does, however that ends, and leaves Ctrl+C to it.
"""

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import subprocess


class Ended(Exception):
    """The program has ended before it answered."""


class Process:
    """One such program, as the one that started it sees it."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    @classmethod
    def start(
        cls, module: str, *, quiet: bool, settings: Mapping[str, str] | None = None
    ) -> "Process | None":
        """The program that a module is; None where the system lets us have none.

        A `quiet` one shows no word of its own on the screen. `settings` come on top of the environment.
        """
        import subprocess  # what such a program itself loads comes on top of what we hold

        if not sys.executable:
            return None
        # Packages are found where this program found them, and nothing is run from the folder that a person is in.
        found = os.pathsep.join(each or os.getcwd() for each in sys.path)
        try:
            process = subprocess.Popen(  # noqa: S603 — Python itself
                [sys.executable, "-P", "-m", module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL if quiet else None,
                env={**os.environ, **(settings or {}), "PYTHONPATH": found},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError:
            return None
        return cls(process)

    def ask(self, request: object) -> None:
        """Sends a request. Raises Ended."""
        try:
            if self._process.stdin:
                pickle.dump(request, self._process.stdin)
                self._process.stdin.flush()
        except (OSError, ValueError):
            raise Ended from None

    def answer(self) -> Any:
        """The next answer, waited for. Raises Ended."""
        try:
            return pickle.load(self._process.stdout) if self._process.stdout else None  # noqa: S301 — our own
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            raise Ended from None

    def kill(self) -> None:
        """Ends the program, whatever it is doing; whoever waits for an answer gets none."""
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        """Ends the program, and lets go of all that it held."""
        self.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what was still to be written has nobody to read it
                if pipe:
                    pipe.close()

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None


def serve(
    answers: Callable[[Any], Iterable[object]], *, prepare: Callable[[], object] = lambda: None
) -> None:
    """Answers each request as it comes in; does not return. `prepare` is called first, while nothing is asked yet."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    requests: SimpleQueue[Any] = SimpleQueue()
    Thread(target=_listen, args=(requests,), daemon=True).start()
    prepare()
    try:
        while True:
            for answer in answers(requests.get()):
                pickle.dump(answer, out)
                out.flush()
    except OSError:
        os._exit(1)  # nobody waits for the rest


def _listen(requests: "SimpleQueue[Any]") -> None:
    """Our input stays open as long as the program lives that started us."""
    try:
        while True:
            requests.put(pickle.load(sys.stdin.buffer))  # noqa: S301 — from the program that started us
    finally:
        os._exit(1)
