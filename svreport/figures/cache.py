"""Charts kept from one build to the next, in a folder of the user's that can be deleted at any time."""

import os
import sys
import tempfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

SETTING = "SVREPORT_CACHE"
MOST_BYTES = 200_000_000
_ENDING = ".chart"
_DIGEST = 32


class ChartCache:
    """Pictures under the keys of their charts. Two builds can share it: files are whole or not there.

    A folder that cannot be read or written is no fault; charts are then drawn every time.
    """

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self.folder = folder
        self.most_bytes = most_bytes

    @classmethod
    def of_user(cls) -> "ChartCache":
        """The user's own, where the system keeps such things; the setting SVREPORT_CACHE names another folder."""
        return cls(user_folder())

    def get(self, key: str) -> bytes | None:
        """The picture, or None if there is none or what is there is not what was put in."""
        try:
            data = self._file(key).read_bytes()
        except OSError:
            return None
        digest, picture = data[:_DIGEST], data[_DIGEST:]
        return picture if sha256(key.encode() + picture).digest() == digest else None

    def put(self, pictures: Mapping[str, bytes]) -> None:
        """Keeps the pictures; the oldest ones make room when the folder has grown too large."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for key, picture in pictures.items():
                self._write(self._file(key), sha256(key.encode() + picture).digest() + picture)
            self._make_room()
        except OSError:
            return

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}{_ENDING}"

    def _write(self, file: Path, data: bytes) -> None:
        handle, name = tempfile.mkstemp(dir=self.folder, prefix="writing-")
        try:
            with os.fdopen(handle, "wb") as part:
                part.write(data)
            Path(name).replace(file)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise

    def _make_room(self) -> None:
        with os.scandir(self.folder) as entries:
            kept = [
                (each.stat().st_mtime_ns, each.name, each.stat().st_size)
                for each in entries
                if each.is_file()
            ]
        used = sum(size for _, _, size in kept)
        for _, name, size in sorted(kept):
            if used <= self.most_bytes:
                return
            if name.endswith(_ENDING) or name.startswith("writing-"):
                (self.folder / name).unlink(missing_ok=True)
                used -= size


def user_folder() -> Path:
    """`%LOCALAPPDATA%/svreport/cache`, `~/Library/Caches/svreport` or `~/.cache/svreport`, with `charts` in it."""
    named = os.environ.get(SETTING)
    if named:
        return Path(named).expanduser() / "charts"
    home = Path("~").expanduser()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "svreport" / "cache"
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches" / "svreport"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "svreport"
    return base / "charts"
