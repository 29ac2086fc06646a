"""The same workbook gives the same bytes wherever, whenever and by whomever it is built, and a second build none."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
NO_FONTS = (
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{}</dir></fontconfig>'
)

# What differs between the machines: time zone, locale, order of sets, fonts, and the rights that new files get.
MACHINES: list[dict[str, str]] = [
    {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "umask": "022"},
    {"TZ": "America/St_Johns", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "1", "umask": "077", "fonts": "none"},
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR", "PYTHONHASHSEED": "4242", "umask": "002"},
    {"TZ": "Asia/Tokyo", "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONHASHSEED": "7", "fonts": "none", "umask": "027"},
]  # fmt: skip


def build(folder: Path, machine: Mapping[str, str], workbooks: Mapping[str, Path]) -> Path:
    """Builds the examples in a folder of their own as on that machine, every chart drawn anew; the outputs."""
    inputs = folder / "inputs"
    if not inputs.exists():
        inputs.mkdir(parents=True)
        for workbook in workbooks.values():
            shutil.copyfile(workbook, inputs / workbook.name)
    settings = {name: value for name, value in machine.items() if name not in {"umask", "fonts"}}
    if machine.get("fonts") == "none":
        fonts = folder / "fonts"
        fonts.mkdir(exist_ok=True)
        (fonts / "fonts.conf").write_text(NO_FONTS.format(fonts), encoding="utf-8")
        settings["FONTCONFIG_FILE"] = str(fonts / "fonts.conf")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "TZ"))}
    done = subprocess.run(
        [sys.executable, "-m", "svreport", "build", "inputs"],
        cwd=folder,
        env={**kept, **settings, "PYTHONPATH": str(CHECKOUT), "SVREPORT_CACHE": str(folder / "cache")},
        umask=int(machine["umask"], 8) if os.name == "posix" else -1,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "outputs"


def files(folder: Path) -> dict[str, str]:
    """The digest of each file that a reader can see."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


@pytest.fixture(scope="module")
def outputs(example_workbooks: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The outputs of each machine."""
    folders = [tmp_path_factory.mktemp(f"a machine, {number}") for number in range(len(MACHINES))]
    with ThreadPoolExecutor(2) as pool:
        return list(
            pool.map(
                lambda each: build(each[0], each[1], example_workbooks), zip(folders, MACHINES, strict=True)
            )
        )


def test_every_machine_writes_the_same_files(outputs: list[Path]) -> None:
    first, *others = (files(each) for each in outputs)
    names = {name.split("/", 1)[1] for name in first if name.startswith("wiltshire-2024-12/")}
    documents = {"programme-overview", "detailed-update", "risk-register", "submission"}
    assert {f"{name}.docx" for name in documents} | {"manifest.json"} <= names
    assert sum(name.startswith("charts/") for name in names) == 5
    for other in others:
        assert {name for name in first | other if first.get(name) != other.get(name)} == set()


def test_this_process_writes_the_same_files(outputs: list[Path], example_outputs: Mapping[str, Path]) -> None:
    made = {
        f"{name}/{path}": told
        for name, folder in example_outputs.items()
        for path, told in files(folder).items()
    }
    assert files(outputs[0]) == made


def test_a_second_build_writes_nothing(outputs: list[Path], example_workbooks: Mapping[str, Path]) -> None:
    """Neither where the manifest says that all is up to date, nor where it is gone and everything is made again."""
    folder = outputs[0].parent
    before = {path: path.stat().st_mtime_ns for path in outputs[0].rglob("*")}
    build(folder, MACHINES[1], example_workbooks)
    assert {path: path.stat().st_mtime_ns for path in outputs[0].rglob("*")} == before

    manifest = outputs[0] / "wiltshire-2024-08" / "manifest.json"
    kept = manifest.read_bytes()
    manifest.unlink()
    build(folder, MACHINES[0], example_workbooks)
    assert manifest.read_bytes() == kept
    written = {path for path, then in before.items() if path.is_file() and path.stat().st_mtime_ns != then}
    assert {path.name for path in written} <= {"manifest.json", ".svreport.lock"}
