"""What takes the stages' time finds them, and counts each moment once."""

import importlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.stages import _WRAPPED, STAGES

ROOT = Path(__file__).parents[2]


def test_every_stage_of_a_build_has_a_function_to_be_timed() -> None:
    found = {stage for module, name, stage in _WRAPPED if _is_there(module, name)}
    assert found == {stage for stage in STAGES if stage not in ("start", "imports", "rest")}


def _is_there(module: str, name: str) -> bool:
    there: object
    try:
        there = importlib.import_module(module)
    except ModuleNotFoundError:
        return False
    for part in name.split("."):
        there = getattr(there, part, None)
    return there is not None


def test_the_stages_of_a_check(example_workbooks: Mapping[str, Path], tmp_path: Path) -> None:
    start, told = time.monotonic(), tmp_path / "told.json"
    workbook = str(example_workbooks["wiltshire-2024-12"])
    command = (sys.executable, "-m", "benchmarks.stages", str(start), str(told), "check", workbook)
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=True)
    whole = time.monotonic() - start
    assert "no errors" in done.stdout
    made = json.loads(told.read_text(encoding="utf-8"))
    took = {stage for stage, seconds in made["seconds"].items() if seconds > 0}
    assert took == {"start", "imports", "reading", "review", "rest"}
    assert sum(made["seconds"].values()) <= whole
    assert all(made["peaks"][stage] > 0 for stage in took)
