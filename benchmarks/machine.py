"""What was measured on: the machine, the versions of what takes part, and a digest of svreport itself."""

import os
import platform
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from benchmarks.jobs import OFFICER, PANDOC, SCRIPTS, VENV

ROOT = Path(__file__).parent.parent
_OURS = ("svreport", "docxtpl", "jinja2", "lxml", "openpyxl", "python-docx", "vl-convert-python")
_THEIRS = ("altair", "docxtpl", "matplotlib", "openpyxl", "pandas", "python-docx", "vl-convert-python")
_ASK_R = 'for (p in c("officer", "ggplot2", "readxl")) cat(p, as.character(packageVersion(p)), "\\n")'
# What results depend on; the rest of benchmarks/ can change between two parts of one run.
_MEASURED = (
    "svreport",
    "templates",
    "benchmarks/others",
    "benchmarks/requirements.txt",
    "benchmarks/workbooks.py",
)


def described() -> dict[str, object]:
    """The machine, the versions, and the digest of the code that results are of."""
    return {
        "machine": {
            "processors": os.process_cpu_count()
            if sys.version_info >= (3, 13)
            else len(os.sched_getaffinity(0)),
            "processor": _processor(),
            "memory": os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"),
            "system": f"{platform.system()} {platform.machine()}",
        },
        "versions": {
            "Python": platform.python_version(),
            "svreport's": {name: version(name) for name in _OURS},
            "the scripts'": _in_venv(),
            "other programs": {**_of_r(), **_of_pandoc()},
        },
        "code": _digest(),
    }


def scripts_here() -> list[str]:
    """The scripts that can run on this machine."""
    missing = {OFFICER: not _of_r(), PANDOC: not _of_pandoc()}
    return [name for name in SCRIPTS if not missing.get(name)]


def set_up_scripts() -> None:
    """Makes .venv-benchmarks from benchmarks/requirements.txt, once, and again when that changes."""
    pinned = Path(__file__).parent / "requirements.txt"
    ready = VENV / "ready"
    wanted = f"{VENV} {sha256(pinned.read_bytes()).hexdigest()}"
    if ready.exists() and ready.read_text(encoding="utf-8") == wanted:
        return
    print(f"Setting up {VENV.name} from {pinned.relative_to(ROOT)}: once, and again only when it changes.")
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "--requirement", str(pinned)], check=True)
    ready.write_text(wanted, encoding="utf-8")


def _processor() -> str:
    try:
        found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        found = None
    return found[1] if found else "unknown"


def _in_venv() -> dict[str, str]:
    ask = f"from importlib.metadata import version\nfor n in {_THEIRS!r}: print(n, version(n))"
    told = subprocess.run(
        [str(VENV / "bin" / "python"), "-c", ask], check=True, capture_output=True, text=True
    ).stdout
    return dict(line.split(" ", 1) for line in told.splitlines())


def _of_r() -> dict[str, str]:
    """R and the packages that its script needs; nothing where one of them is missing."""
    if not shutil.which("Rscript"):
        return {}
    asked = subprocess.run(["Rscript", "-e", _ASK_R], check=False, capture_output=True, text=True)
    if asked.returncode:
        return {}
    packages = dict(line.split() for line in asked.stdout.splitlines())
    told = subprocess.run(["R", "--version"], check=True, capture_output=True, text=True).stdout
    found = re.search(r"R version (\S+)", told)
    return {"R": found[1] if found else "", **packages}


def _of_pandoc() -> dict[str, str]:
    if not shutil.which("pandoc"):
        return {}
    told = subprocess.run(["pandoc", "--version"], check=True, capture_output=True, text=True).stdout
    return {"pandoc": told.split()[1]}


def _digest() -> str:
    digest = sha256()
    for name in _MEASURED:
        for path in sorted([ROOT / name, *(ROOT / name).rglob("*")]):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
