"""Putting a file into a folder that other programs look into: whole, and at once."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Thread
from time import sleep

# OneDrive leaves .tmp files alone, so what is being assembled is not synced.
_STAGING = ".svreport-building"
_STAGED = ".tmp"
_PAUSES_SECONDS = (0.05, 0.2)
_AT_ONCE = 8


class Assembly:
    """Files assembled aside, several at a time, so that the disk is waited for once and not for one after the other.

    What stops one of them is raised when that one is to be placed.
    """

    def __init__(self, folder: Path, files: Mapping[str, bytes]) -> None:
        self._folder = folder
        self._staged = {path: folder / _STAGING / f"{number}{_STAGED}" for number, path in enumerate(files)}
        self._faults: dict[str, Exception] = {}
        waiting = iter(files.items())  # whoever is free takes the next
        threads = [Thread(target=self._assemble, args=(waiting,)) for _ in files][1:_AT_ONCE]
        with suppress(RuntimeError):  # the system gives no more threads
            for thread in threads:
                thread.start()
        self._assemble(waiting)
        for thread in threads:
            if thread.ident is not None:
                thread.join()

    def _assemble(self, waiting: Iterator[tuple[str, bytes]]) -> None:
        for path, data in waiting:
            try:
                _write(self._staged[path], data)
            except Exception as fault:
                self._faults[path] = fault

    def place(self, path: str) -> None:
        """Moves one of the files into place at once."""
        if path in self._faults:
            raise self._faults[path]
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        _move(self._staged[path], target)


def replace_with(folder: Path, path: str, data: bytes) -> None:
    """Assembles a file aside and moves it into place at once."""
    target = folder / path
    staged = folder / _STAGING / (path.replace("/", "-") + _STAGED)
    target.parent.mkdir(parents=True, exist_ok=True)
    _write(staged, data)
    _move(staged, target)


def _write(staged: Path, data: bytes) -> None:
    staged.parent.mkdir(exist_ok=True)
    with staged.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


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
