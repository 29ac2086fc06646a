"""What a terminal shows while something takes long."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(doing: str) -> Iterator[Callable[[str], None]]:
    """Shows on a terminal what is being done, and takes what is done next; stays quiet in a pipe."""
    if not sys.stderr.isatty():
        yield lambda doing: None
        return
    from rich.console import Console

    with Console(stderr=True).status(doing) as status:
        yield status.update
