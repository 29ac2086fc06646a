"""The program that draws charts beside a build: exhibits come in, pictures go out.

A process of its own, as the renderer keeps every other thread of its process waiting; and as a build whose renderer
fails, or is killed for want of memory, can then still say so. `figures.drawing` starts it and speaks with it.
"""

import os
import pickle
import signal
import struct
import sys
from threading import Thread

ANSWER = struct.Struct(">?I")
"""What stands before each answer: whether it is a picture or the words of a fault, and its length in bytes."""


def main() -> None:
    """Draws what its input asks for, one answer for each exhibit, in their order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C stops the build, and the build stops us
    answers = os.dup(1)
    os.dup2(2, 1)  # what a library prints is no answer
    try:
        _draw(answers)
    except OSError:
        os._exit(1)  # the build has ended, and nobody waits for the rest
    os._exit(0)


def _draw(answers: int) -> None:
    # What takes long to load, while the build is still reading.
    import vl_convert  # noqa: F401

    from svreport.figures.charts import chart_spec
    from svreport.figures.rendering import bundled_font_alone, picture_of

    exhibits = pickle.load(sys.stdin.buffer)  # noqa: S301 — from the build that started us
    Thread(target=_end_with_the_build, daemon=True).start()
    with bundled_font_alone():
        for exhibit in exhibits:
            try:
                drawn, answer = True, picture_of(chart_spec(exhibit))
            except Exception as fault:
                drawn, answer = False, f"{exhibit.name}: {type(fault).__name__}: {fault}".encode()
            _write(answers, ANSWER.pack(drawn, len(answer)) + answer)


def _write(file: int, data: bytes) -> None:
    while data:
        data = data[os.write(file, data) :]


def _end_with_the_build() -> None:
    """Our input stays open as long as the build lives, however it ends."""
    os.read(0, 1)
    os._exit(1)


if __name__ == "__main__":
    main()
