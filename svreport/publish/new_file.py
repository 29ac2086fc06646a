"""Writing a file that must not be there yet: whole or not at all, whatever is stopped when."""

import os
from contextlib import suppress
from pathlib import Path

from svreport.errors import CallFault, OutputInUse


def refuse_existing(path: Path) -> None:
    """Raises CallFault for a file that is there, so that nothing is worked out in vain."""
    if path.exists() or path.is_symlink():
        raise CallFault(f"{path} exists already, and is left as it is: give another name, or move it away.")
    if not path.parent.is_dir():
        raise CallFault(f"The folder {path.parent} does not exist: make it first, or give another.")


def write_new(path: Path, data: bytes) -> None:
    """Assembles the file aside, in its own folder, and gives it its name when it is finished.

    Raises CallFault for a file that is there, even one that came while this one was written, and OutputInUse where the
    folder cannot be written.
    """
    refuse_existing(path)
    staged = path.parent / f".svreport-{os.getpid()}.tmp"
    try:
        with staged.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _name(staged, path)
    except OSError as error:
        raise OutputInUse(f"{path} cannot be written ({error.strerror or error}).") from error
    finally:
        with suppress(OSError):
            staged.unlink()


def _name(staged: Path, path: Path) -> None:
    """Gives the finished file its name, never over another: as a second name, or by a move where a disk has none."""
    try:
        path.hardlink_to(staged)
    except OSError:
        refuse_existing(path)
        staged.rename(path)
