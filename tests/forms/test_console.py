"""What the command line prints of a form: checked, built, refused as final, and kept."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from svreport.cli.commands import svreport
from tests.forms.conftest import NAME
from tests.forms.returns import content, pack_folder, workbook
from tests.workbook import raw

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run(*words)`: the exit code, and all that was printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")

    def call(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(svreport, words, standalone_mode=False)
        assert result.exception is None, result.exception
        return int(result.return_value or 0), result.output

    return call


def lacking(path: Path) -> Path:
    """The return without a figure that the form asks for, and without its authority's code."""
    changed = content()
    del changed["Metric data"][5]
    changed["Programme"][1]["Value"] = None
    changed["Reform measures"] = changed["Reform measures"] * 3
    return workbook(path, changed)


def test_a_form_with_faults(run: Run, tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    pack_folder(tmp_path)
    lacking(tmp_path / "2026-09.xlsx")
    code, told = run("check", "2026-09.xlsx", "--pack", "./lsrp")
    assert code == 1
    golden("check.txt", told)
    code, told = run("build", "2026-09.xlsx", "--pack", "./lsrp")
    assert code == 1
    golden("build.txt", told)
    code, told = run("build", "2026-09.xlsx", "--pack", "./lsrp", "--final", "--out", "finals")
    assert code == 1
    assert "2026-09.xlsx is not final, and nothing was written:" in told
    assert not (tmp_path / "finals").exists()


def test_a_form_that_is_whole_and_was_completed(run: Run, tmp_path: Path) -> None:
    from tests.forms.returns import opened

    pack_folder(tmp_path)
    workbook(tmp_path / "2026-09.xlsx")
    code, told = run("build", "2026-09.xlsx", "--pack", "./lsrp")
    assert code == 0
    assert told.startswith(f"wrote   outputs/2026-09/{NAME}\n")
    assert "(draft)" in told
    form = tmp_path / "outputs" / "2026-09" / NAME
    book = opened(form.read_bytes())
    book["Cover"]["C20"] = "typed by hand"
    book.save(form)
    _, told = run("build", "2026-09.xlsx", "--pack", "./lsrp")
    assert told.startswith(
        f"kept    outputs/2026-09/{NAME}: somebody changed it after it was built. This build is in "
        f"outputs/2026-09/{NAME.replace('.xlsx', '.draft-2.xlsx')}: copy over what was typed, or build with --force to "
        "replace it.\n"
    )


def test_a_folder_of_workbooks_is_up_to_date(run: Run, tmp_path: Path) -> None:
    pack_folder(tmp_path)
    (tmp_path / "inputs").mkdir()
    workbook(tmp_path / "inputs" / "2026-09.xlsx")
    run("build", "inputs", "--pack", "./lsrp")
    assert run("build", "inputs", "--pack", "./lsrp") == (0, "inputs/2026-09.xlsx: up to date\n")


def test_a_pack_with_a_fault_is_told_at_once(
    run: Run, tmp_path: Path, golden: Callable[[str, str], None]
) -> None:
    from tests.forms.returns import small_form

    cells: raw.Grid = {
        "Cover": {"B13": "{{ authorty_code }}", "B14": "{{ actual(EHCP) }}"},
        "Other": {"A1": "{{ risks.red }}"},
    }
    pack_folder(tmp_path, small_form(cells))
    code, told = run("packs", "check", "lsrp")
    assert code == 1
    golden("packs-check.txt", told)


def test_a_form_is_no_draft_to_pull(run: Run, tmp_path: Path) -> None:
    from svreport.errors import CallFault

    workbook(tmp_path / "2026-09.xlsx")
    (tmp_path / NAME).write_bytes(b"PK")
    result = CliRunner().invoke(svreport, ["pull", NAME, "2026-09.xlsx"], standalone_mode=False)
    assert isinstance(result.exception, CallFault)
    assert str(result.exception) == (
        f"{NAME} is an Excel form: pull takes edits out of Word files. Put what was typed there into 2026-09.xlsx "
        "yourself."
    )
