"""What travels in a wheel: the package, the office's templates and the worked example."""

import subprocess
import sys
import zipfile
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]


def test_a_wheel_holds_the_packs_the_examples_and_the_marker_of_types(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)],
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    packs = {f"svreport/{file.relative_to(CHECKOUT).as_posix()}" for file in _files(CHECKOUT / "templates")}
    package = {file.relative_to(CHECKOUT).as_posix() for file in _files(CHECKOUT / "svreport")}
    assert "svreport/templates/safety-valve/pack.toml" in held
    assert {"svreport/py.typed", "svreport/__main__.py"} <= held
    assert {name for name in held if not name.split("/")[0].endswith(".dist-info")} == packs | package


def _files(folder: Path) -> list[Path]:
    """What a person keeps in a folder: neither compiled files nor what an open Word leaves there."""
    return [
        file
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts and not file.name.startswith(("~$", "."))
    ]
