"""Putting a file into a folder that other programs look into: whole, and at once."""

import os
import shutil
from pathlib import Path
from time import sleep

# OneDrive leaves .tmp files alone, so what is being assembled is not synced.
_STAGING = ".svreport-building"
_STAGED = ".tmp"
_PAUSES_SECONDS = (0.05, 0.2)


def replace_with(folder: Path, path: str, data: bytes) -> None:
    """Assembles a file aside and moves it into place at once."""
    target = folder / path
    staged = folder / _STAGING / (path.replace("/", "-") + _STAGED)
    staged.parent.mkdir(exist_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    with staged.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    _move(staged, target)


def _move(staged: Path, target: Path) -> None:
    """Moves a file into place, and tries again for a moment where a sync program or a scanner is just reading it."""
    for pause in _PAUSES_SECONDS:
        try:
            staged.replace(target)
            return
        except PermissionError:
            sleep(pause)
    staged.replace(target)


def bytes_at(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def clear_staging(folder: Path) -> None:
    """Takes away what a build, this one or one that was killed, assembled aside."""
    shutil.rmtree(folder / _STAGING, ignore_errors=True)
