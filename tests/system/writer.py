"""Word files worked in by hand, in LibreOffice's Writer without a screen."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.system.tools import program, python_with_uno

Steps = Sequence[Sequence[str | int]]
"""What is done one after the other: the name of a function of `typing_in_writer.py`, and what it takes."""


def work_in_writer(jobs: Mapping[Path, Steps], profile: Path) -> None:
    """Opens each file, does the steps and saves it as the Word file that it is; a second or two for all."""
    told = json.dumps([(str(path), steps) for path, steps in jobs.items()])
    script = Path(__file__).with_name("typing_in_writer.py")
    done = subprocess.run(
        [python_with_uno(), str(script), str(profile), program("soffice")],
        input=told,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
