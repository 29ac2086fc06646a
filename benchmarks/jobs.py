"""The jobs that are measured: each laid out anew before a run, outside the measure, and run as a person would."""

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks import workbooks
from benchmarks.processes import LIMIT, Taken, run

OTHERS = Path(__file__).parent / "others"
VENV = Path(__file__).parent.parent / ".venv-benchmarks"
SVREPORT = Path(sys.executable).parent / "svreport"

MATPLOTLIB, ALTAIR = "docxtpl with matplotlib", "docxtpl with Altair"
OFFICER, PANDOC = "R officer with ggplot2", "pandoc from Markdown"
SCRIPTS: Mapping[str, tuple[str, ...]] = {
    MATPLOTLIB: (str(VENV / "bin" / "python"), str(OTHERS / "docxtpl_matplotlib.py")),
    ALTAIR: (str(VENV / "bin" / "python"), str(OTHERS / "docxtpl_altair.py")),
    OFFICER: ("Rscript", str(OTHERS / "officer.R")),
    PANDOC: (str(VENV / "bin" / "python"), str(OTHERS / "pandoc_markdown.py")),
}
COLD, ONE_WORD, NOTHING, CHECK, EMPTY = (
    "cold",
    "one word changed",
    "nothing changed",
    "check",
    "python -c pass",
)


@dataclass(frozen=True, slots=True)
class Job:
    """`prepare` is given the number of the run; `out` is where documents land, None for a job that writes none."""

    name: str
    prepare: Callable[[int], None]
    run: Callable[[], Taken]
    out: Path | None = None


class Jobs:
    """The jobs on the example so many times over, in a folder of their own with a cache of charts for each."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder, self.size = folder, size
        folder.mkdir(parents=True, exist_ok=True)
        self.workbook = folder / "return.xlsx"
        self.workbook.write_bytes(workbooks.workbook_of(size))

    def svreport(self, name: str) -> Job:
        """One of svreport's own jobs, by name."""
        made = {
            COLD: self._cold,
            ONE_WORD: self._one_word,
            NOTHING: self._nothing,
            CHECK: self._check,
            EMPTY: self._empty,
        }
        return made[name]()

    def script(self, name: str, limit: float = LIMIT) -> Job:
        """The script of that name, ended after `limit` seconds."""
        out = self.folder / name.replace(" ", "-")

        def prepare(_: int) -> None:
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir()

        command = (*SCRIPTS[name], str(self.workbook), str(out))
        return Job(name, prepare, lambda: self._run(*command, cache=out, limit=limit), out)

    def _cold(self) -> Job:
        """Neither outputs nor charts of an earlier build; svreport's modules compiled, files in the system's cache."""
        home = self.folder / "cold"

        def prepare(_: int) -> None:
            shutil.rmtree(home, ignore_errors=True)

        return Job(COLD, prepare, lambda: self._build(self.workbook, home), home / "outputs" / "return")

    def _one_word(self) -> Job:
        home = self.folder / "one-word"
        workbook = home / "return.xlsx"

        def prepare(number: int) -> None:
            home.mkdir(exist_ok=True)
            if not (home / "outputs").exists():
                workbook.write_bytes(self.workbook.read_bytes())
                self._build(workbook, home)
            workbook.write_bytes(workbooks.one_word_changed(self.size, number + 1))

        return Job(ONE_WORD, prepare, lambda: self._build(workbook, home))

    def _nothing(self) -> Job:
        home = self.folder / "nothing"
        inputs = home / "inputs"

        def prepare(_: int) -> None:
            if not (home / "outputs").exists():
                inputs.mkdir(parents=True, exist_ok=True)
                (inputs / "return.xlsx").write_bytes(self.workbook.read_bytes())
                self._build(inputs, home)

        return Job(NOTHING, prepare, lambda: self._build(inputs, home))

    def _check(self) -> Job:
        command = (str(SVREPORT), "check", str(self.workbook))
        return Job(CHECK, _no_preparation, lambda: self._run(*command, cache=self.folder / "check"))

    def _empty(self) -> Job:
        command = (sys.executable, "-c", "pass")
        return Job(EMPTY, _no_preparation, lambda: self._run(*command, cache=self.folder / "check"))

    def _build(self, source: Path, home: Path) -> Taken:
        return self._run(
            str(SVREPORT), "build", str(source), "--out", str(home / "outputs"), cache=home / "cache"
        )

    def _run(self, *command: str, cache: Path, limit: float = LIMIT) -> Taken:
        return run(command, environment=environment(cache), folder=self.folder, limit=limit)


def environment(cache: Path) -> dict[str, str]:
    """The caller's, with a cache of charts of its own."""
    return {**os.environ, "SVREPORT_CACHE": str(cache)}


def _no_preparation(_: int) -> None:
    return
