"""LibreOffice without a screen: a document opened and saved as something else."""

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

from tests.system.tools import output, program


class Office:
    """LibreOffice with a profile of its own under `folder`; what it has converted once is not converted again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._converted: dict[tuple[str, str], Path] = {}

    def __call__(self, path: Path, to: str = "pdf") -> Path:
        """The file converted: see `all`."""
        return self.all([path], to)[0]

    def all(self, paths: Sequence[Path], to: str = "pdf") -> list[Path]:
        """The files converted, in their order, in one start of LibreOffice (which takes seconds).

        `to` is what --convert-to takes: an ending (`pdf`, `docx`), with a filter and its options if need be
        (`pdf:writer_pdf_Export:{...}`). The files returned are shared by all tests: copy one before changing it.
        """
        keys = [(to, hashlib.sha256(path.name.encode() + path.read_bytes()).hexdigest()) for path in paths]
        new = {key: path for key, path in zip(keys, paths, strict=True) if key not in self._converted}
        if new:
            self._convert(new, to)
        return [self._converted[key] for key in keys]

    def _convert(self, new: dict[tuple[str, str], Path], to: str) -> None:
        soffice = program("soffice")
        batch = self._folder / str(len(self._converted))
        (batch / "from").mkdir(parents=True)
        sources = {}
        for number, (key, path) in enumerate(new.items()):
            sources[key] = batch / "from" / f"{number}-{path.name}"
            shutil.copyfile(path, sources[key])
        said = output(
            soffice,
            f"-env:UserInstallation={(self._folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            to,
            "--outdir",
            batch / "to",
            *sources.values(),
        )
        for key, source in sources.items():
            made = batch / "to" / f"{source.stem}.{to.partition(':')[0]}"
            assert made.is_file(), f"LibreOffice did not convert {new[key]} to {to}: {said}"
            self._converted[key] = made
