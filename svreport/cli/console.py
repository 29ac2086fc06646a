"""The console that everything is printed on."""

import sys


def speak_plainly() -> None:
    """A console that cannot show a character shows `?` in its place: printing never fails for an accent."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
