"""Roll forward as a person calls it: which files it makes, and which it never touches."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from svreport.errors import CallFault, OutputInUse, WorkbookUnreadable
from svreport.pipeline.examining import examine
from svreport.pipeline.rolling import roll_workbook
from svreport.workbook.content import example
from svreport.workbook.reading import read_workbook
from svreport.workbook.writing import workbook_bytes


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "wiltshire-2024-08.xlsx"
    path.write_bytes(workbook_bytes(example("wiltshire-2024-08")))
    return path


def test_the_new_workbook_stands_beside_the_old_one_which_is_as_it_was(old: Path) -> None:
    kept, new = old.read_bytes(), old.with_name("wiltshire-2024-12.xlsx")
    done = roll_workbook(old, new, None)
    assert done.beside
    assert done.old.errors == 0
    assert old.read_bytes() == kept
    assert new.read_bytes() == done.rolled.data
    assert sorted(path.name for path in old.parent.iterdir()) == [old.name, new.name]
    assert read_workbook(new).submission.programme.previous_workbook.value == old.name


def test_both_examples_rolled_twice_give_update_3_and_the_next_year(old: Path) -> None:
    new, next_year = old.with_name("b.xlsx"), old.with_name("c.xlsx")
    assert roll_workbook(old, new, None).rolled.update == "Update 3 (November) of 2024-25"
    assert roll_workbook(new, next_year, None).rolled.update == "Update 1 (May) of 2025-26"
    examined = examine(next_year)
    assert {finding.code for finding in examined.findings if finding.is_error} == {"EMP-01", "LVL-02"}


def test_a_file_in_another_folder_is_told(old: Path, tmp_path: Path) -> None:
    (tmp_path / "next").mkdir()
    assert not roll_workbook(old, tmp_path / "next" / "new.xlsx", None).beside


def test_a_file_that_exists_is_left_alone(old: Path) -> None:
    new = old.with_name("new.xlsx")
    new.write_text("a person's file")
    with pytest.raises(CallFault, match=r"new\.xlsx exists already, and is left as it is: give another name"):
        roll_workbook(old, new, None)
    assert new.read_text() == "a person's file"
    with pytest.raises(CallFault, match="exists already"):
        roll_workbook(old, old, None)


@pytest.mark.parametrize(
    ("name", "new", "told"),
    [
        ("old.xlsm", "new.xlsx", r"new\.xlsx does not end in \.xlsm: .* Call it new\.xlsm\."),
        ("old.xlsx", "new.xlsm", r"new\.xlsm does not end in \.xlsx: .* Call it new\.xlsx\."),
        ("old.xlsx", "new", r"new does not end in \.xlsx: .* Call it new\.xlsx\."),
        ("old.backup", "new.backup", r"does not end in \.xlsx"),
    ],
)
def test_endings_agree(old: Path, name: str, new: str, told: str) -> None:
    renamed = old.rename(old.with_name(name))
    with pytest.raises(CallFault, match=told):
        roll_workbook(renamed, old.with_name(new), None)
    assert not old.with_name(new).exists()


def test_endings_agree_whatever_their_case(old: Path) -> None:
    renamed = old.rename(old.with_suffix(".XLSX"))
    roll_workbook(renamed, old.with_name("new.xlsx"), None)
    assert old.with_name("new.xlsx").exists()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda path: path.unlink(), "is not there"),
        (lambda path: path.write_bytes(path.read_bytes()[:900]), "is cut short or damaged"),
        (lambda path: path.write_text("Ref,Level"), "is a text file"),
    ],
)
def test_what_is_no_workbook_is_refused_with_nothing_written(
    old: Path, spoil: Callable[[Path], object], told: str
) -> None:
    spoil(old)
    new = old.with_name("new.xlsx")
    with pytest.raises(WorkbookUnreadable, match=told):
        roll_workbook(old, new, None)
    assert not new.exists()


def test_a_label_that_is_none_writes_nothing(old: Path) -> None:
    with pytest.raises(CallFault, match=r"Did you mean Update 3 \(November\)"):
        roll_workbook(old, old.with_name("new.xlsx"), "Update 3 (Novembr)")
    assert [path.name for path in old.parent.iterdir()] == [old.name]


def test_a_folder_that_is_not_there_is_told_before_anything_is_read(old: Path) -> None:
    with pytest.raises(CallFault, match=r"The folder .*nowhere does not exist: make it first"):
        roll_workbook(old, old.parent / "nowhere" / "new.xlsx", None)


def test_a_file_that_comes_while_the_new_one_is_made_is_left_alone(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = old.with_name("new.xlsx")
    link = Path.hardlink_to

    def late(path: Path, target: Path) -> None:
        new.write_text("a colleague's file")
        link(path, target)

    monkeypatch.setattr(Path, "hardlink_to", late)
    with pytest.raises(CallFault, match="exists already"):
        roll_workbook(old, new, None)
    assert new.read_text() == "a colleague's file"
    assert sorted(path.name for path in old.parent.iterdir()) == [new.name, old.name]


def test_a_disk_without_second_names_gets_the_file_all_the_same(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, target: Path) -> None:
        raise OSError("this disk knows no second names")

    monkeypatch.setattr(Path, "hardlink_to", refused)
    new = old.with_name("new.xlsx")
    assert roll_workbook(old, new, None).rolled.data == new.read_bytes()
    assert {path.name for path in old.parent.iterdir()} == {old.name, new.name}


def test_a_disk_that_is_full_leaves_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputInUse, match=r"new\.xlsx cannot be written \(No space left on device\)"):
        roll_workbook(old, old.with_name("new.xlsx"), None)
    assert [path.name for path in old.parent.iterdir()] == [old.name]
