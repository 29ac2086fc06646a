"""Watch: which workbooks were saved since they were last built, told by looking again and again.

Looking works on every drive; a share gives no sign of its own when somebody else saves.
"""

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from svreport.errors import CannotGoOn
from svreport.pipeline.folder import workbooks_in
from svreport.pipeline.options import BuildOptions

# Two looks at the same state tell that a save is done; both fit well into a second.
SECONDS_BETWEEN_LOOKS = 0.3

Signature = tuple[tuple[str, int, int], ...]


@dataclass(slots=True)
class Watch:
    """What is watched, and what was seen of it; `look` is called every `SECONDS_BETWEEN_LOOKS`."""

    source: Path
    options: BuildOptions
    _seen: dict[Path, Signature] = field(default_factory=dict)
    _built: dict[Path, Signature] = field(default_factory=dict)

    def look(self) -> list[Path]:
        """The workbooks to build now: saved, or their templates were, and lying still since the last look.

        A workbook that is just being written is no whole file yet, and is left until it is; each save is given out
        once, whatever becomes of the build.
        """
        templates = _signature(self._templates())
        ready = []
        for workbook in self._workbooks():
            now = _signature([workbook]) + templates
            if now == self._seen.get(workbook) and now != self._built.get(workbook) and _whole(workbook):
                self._built[workbook] = now
                ready.append(workbook)
            self._seen[workbook] = now
        return ready

    def _workbooks(self) -> Iterable[Path]:
        if not self.source.is_dir():
            return [self.source] if self.source.exists() else []
        try:
            return workbooks_in(self.source).workbooks
        except CannotGoOn:
            return []

    def _templates(self) -> Iterable[Path]:
        """The pack's files; while its pack.toml is being changed and cannot be read, whatever stands in its folder."""
        try:
            return [file for pack in self.options.load_packs() for file in pack.files]
        except CannotGoOn:
            folder = Path(self.options.pack)
            return sorted(folder.iterdir()) if folder.is_dir() else []


def _signature(paths: Iterable[Path]) -> Signature:
    told = []
    for path in paths:
        try:
            state = path.stat()
        except OSError:
            continue
        told.append((str(path), state.st_mtime_ns, state.st_size))
    return tuple(told)


def _whole(workbook: Path) -> bool:
    """True once the file opens as a zip; one that never does is given out all the same, so that its fault is told."""
    try:
        with workbook.open("rb") as file:
            start = file.read(4)
            return start != b"PK\x03\x04" or zipfile.is_zipfile(file)
    except OSError:
        return False
