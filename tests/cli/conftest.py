"""The command line as an officer uses it: a folder to stand in, a command, and the whole of what the console shows."""

import re
import shlex
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from svreport.cli.commands import main

# They change with every word of a template: the golden text shows 1111-1111 for the first, 2222-2222 for the next.
CONTENT_CODE = re.compile(r"\b[0-9A-F]{4}-[0-9A-F]{4}\b")


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    out: str
    err: str
    code: int

    def __str__(self) -> str:
        """The console with what went to each stream, to be compared whole."""
        streams = (("", self.out), ("--- on the error stream\n", self.err))
        return "".join(f"{head}{text}" for head, text in streams if text) + f"--- exit code {self.code}\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that commands run in."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("SVREPORT_DEBUG", raising=False)
    return folder


@pytest.fixture
def svreport(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Said]:
    """`svreport("check", "a.xlsx")` runs the command in this process, in the folder `desk`, as in a pipe."""

    def run(*words: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["svreport", *words])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Said(printed.out, printed.err, ended.value.code)

    return run


@pytest.fixture
def console(
    svreport: Callable[..., Said], golden: Callable[[str, str], None], desk: Path
) -> Callable[..., None]:
    """`console("check a.xlsx", …)`: all that the commands show, one after another, is the golden text of that name."""

    def compare(name: str, *commands: str, hiding: Mapping[str, str] | None = None) -> None:
        told = []
        for command in commands:
            said = str(svreport(*shlex.split(command)))
            told.append(f"$ svreport {command}\n{said}")
        shown = "\n".join(told)
        for hidden, stands in {str(desk): "DESK", **(hiding or {})}.items():
            shown = shown.replace(hidden, stands)
        codes = dict.fromkeys(CONTENT_CODE.findall(shown))
        for number, code in enumerate(codes, 1):
            shown = shown.replace(code, f"{number}" * 4 + "-" + f"{number}" * 4)
        golden(f"{name}.txt", shown)

    return compare
