"""How the command runs: the console that everything is printed on, and Python itself."""

import atexit
import gc
import sys


def work_steadily() -> None:
    """Has Python look for rubbish more rarely: a build makes much that lasts, and little that has to be looked for.

    At its end, where everything goes anyway, Python would look through all of it: a twelfth of the time.
    """
    gc.set_threshold(50_000, 20, 50)
    atexit.register(gc.freeze)


def speak_plainly() -> None:
    """A console that cannot show a character shows `?` in its place: printing never fails for an accent."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
