"""What a build shows while it goes on."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click


def waiting(folder: Path) -> None:
    """Tells that another build has to finish first."""
    click.echo(f"Another build is writing {folder}: waiting for it to finish.", err=True)


@contextmanager
def progress(doing: str) -> Iterator[Callable[[str], None]]:
    """Shows on a terminal what is being done, which the block can change; stays quiet in a pipe."""
    if not sys.stderr.isatty():
        yield lambda doing: None
        return
    from rich.console import Console

    with Console(stderr=True).status(doing) as status:
        yield status.update
