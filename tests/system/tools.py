"""Programs of the system that the tests look through: on a machine without one, the test says so and is skipped.

With SVREPORT_TEST_EVERYTHING=1, as in .ci/run, a missing program is a failure.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

NODE_MODULES = Path(__file__).parents[1] / "node_modules"

_APT = {
    "soffice": "libreoffice-writer-nogui libreoffice-calc-nogui",
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "chromium": "chromium",
    "node": "nodejs npm",
}
_ELSEWHERE = {
    "soffice": ["/Applications/LibreOffice.app/Contents/MacOS/soffice"],
    "chromium": [
        "chromium-browser",
        "google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ],
}


def program(name: str) -> str:
    """The path of a program; skips the test, or fails it, where the machine has none."""
    for candidate in [name, *_ELSEWHERE.get(name, [])]:
        if found := shutil.which(candidate):
            return found
    _missing(f"{name} is missing: `apt install {_APT[name]}` installs it")


def python_with_uno() -> str:
    """A Python that can speak with LibreOffice: the system's, or the one that comes with it."""
    own = Path(program("soffice")).resolve().with_name("python")
    for candidate in ("/usr/bin/python3", str(own), sys.executable):
        if Path(candidate).exists():
            asked = subprocess.run([candidate, "-c", "import uno"], capture_output=True, check=False)
            if asked.returncode == 0:
                return candidate
    _missing("no Python has LibreOffice's module uno: `apt install python3-uno` installs it")


def node_package(name: str) -> Path:
    """The folder of a package from tests/package.json; skips the test, or fails it, where it is not installed."""
    folder = NODE_MODULES / name
    if folder.is_dir():
        return folder
    _missing(f"{name} is missing: `npm install --no-save` in the folder tests installs it")


def output(*command: str | Path, accept: tuple[int, ...] = (0,), seconds: int = 300) -> str:
    """What a program prints; fails the test when it ends with another status than those accepted."""
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=seconds,
        check=False,
    )
    if done.returncode not in accept:
        pytest.fail(f"{command[0]} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def _missing(reason: str) -> NoReturn:
    if os.environ.get("SVREPORT_TEST_EVERYTHING", "0") not in {"", "0"}:
        pytest.fail(reason)
    pytest.skip(reason)
