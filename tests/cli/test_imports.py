"""What a verb loads: the parts that take long only where the workbook calls for them."""

import subprocess
import sys
from pathlib import Path

import pytest

from svreport.workbook.content import example
from tests.pipeline.content import save, small_return

CHECKOUT = Path(__file__).parents[2]
HEAVY = {"pandas", "numpy", "altair", "vl_convert", "docx", "docxtpl", "lxml", "PIL"}
READING = {"openpyxl", "jinja2", "markdown_it"}


def loaded(folder: Path, *words: str) -> set[str]:
    """The top-level modules that a command has loaded at its end."""
    script = (
        "import atexit, sys\n"
        "atexit.register(lambda: print('LOADED', *sorted({name.split('.')[0] for name in sys.modules})))\n"
        f"sys.argv = {['svreport', *words]!r}\n"
        "from svreport.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env={"PYTHONPATH": str(CHECKOUT), "SYSTEMROOT": "C:/Windows"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    return set(done.stdout.splitlines()[-1].split()[1:])


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"], ["--version"]])
def test_help_loads_nothing_that_takes_long(words: list[str], tmp_path: Path) -> None:
    modules = loaded(tmp_path, *words)
    assert "click" in modules
    assert modules & (HEAVY | READING | {"rich"}) == set()


def test_check_loads_neither_charts_nor_word_nor_tables_of_data(tmp_path: Path) -> None:
    rows = small_return()
    rows["Metrics"].append(
        {"Metric": "Growth", "Title": "Growth", "Unit": "number", "Calculation": "change in Plans"}
    )
    save(tmp_path / "return.xlsx", rows)
    modules = loaded(tmp_path, "check", "return.xlsx")
    assert "svreport" in modules
    assert modules & (HEAVY - {"lxml"}) == set()


def test_a_folder_that_is_up_to_date_opens_no_workbook(tmp_path: Path) -> None:
    save(tmp_path / "return.xlsx", small_return())
    loaded(tmp_path, "build", ".")
    assert loaded(tmp_path, "build", ".") & (HEAVY | READING | {"rich", "subprocess"}) == set()


def test_a_build_leaves_drawing_to_another_process(tmp_path: Path) -> None:
    save(
        tmp_path / "return.xlsx",
        {sheet: [dict(row) for row in rows] for sheet, rows in example("wiltshire-2024-12").items()},
    )
    modules = loaded(tmp_path, "build", "return.xlsx")
    assert "docxtpl" in modules
    assert modules & {"pandas", "altair", "vl_convert"} == set()
