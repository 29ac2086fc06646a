"""Writing over a person's file: whole or not at all, and never without what it held being kept."""

import os
from contextlib import suppress
from pathlib import Path

from svreport.errors import OutputInUse
from svreport.publish.drafts import held_open


def replace_file(path: Path, data: bytes) -> None:
    """Assembles the file aside, in its own folder, and moves it into place at once.

    Raises OutputInUse where the folder cannot be written, or a program holds the file open.
    """
    if held_open(path):
        raise OutputInUse(f"{path} is open in another program: close it, and try again.")
    staged = path.parent / f".svreport-{os.getpid()}.tmp"
    try:
        with staged.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        staged.replace(path)
    except OSError as error:
        raise OutputInUse(
            f"{path} cannot be written ({error.strerror or error}): close it in Excel, and try again."
        ) from error
    finally:
        with suppress(OSError):
            staged.unlink()


def set_aside(path: Path) -> Path:
    """Renames a file that is in the way: `name.pulled.xlsx` becomes `name.pulled.2.xlsx`, or the next that is free."""
    number = 2
    while (aside := path.with_name(f"{path.stem}.{number}{path.suffix}")).exists():
        number += 1
    try:
        path.rename(aside)
    except OSError as error:
        raise OutputInUse(
            f"{path} is in the way and cannot be renamed ({error.strerror or error}): close it, and try again."
        ) from error
    return aside
