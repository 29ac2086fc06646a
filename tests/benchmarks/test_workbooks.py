"""The workbooks that are measured: larger ones say more of the same, and svreport finds no error in any."""

from pathlib import Path

import pytest

from benchmarks import workbooks
from svreport.figures.keys import chart_key
from svreport.pipeline.examining import Examined, examine


def _examined(folder: Path, data: bytes) -> Examined:
    (folder / "return.xlsx").write_bytes(data)
    return examine(folder / "return.xlsx")


@pytest.mark.parametrize("size", [1, 3])
def test_a_workbook_is_the_example_so_many_times(tmp_path: Path, size: int) -> None:
    examined = _examined(tmp_path, workbooks.workbook_of(size))
    assert examined.errors == 0
    assert len(examined.submission.conditions) == 7 * size
    drawn = [each for each in examined.exhibits.by_name.values() if each.is_drawn]
    assert len(drawn) == 8 * size
    assert len({chart_key(each) for each in drawn}) == len(drawn)


def test_one_word_is_changed_each_time_to_another(tmp_path: Path) -> None:
    first, second = (
        [str(block) for block in _examined(tmp_path, data).submission.progress]
        for data in (workbooks.one_word_changed(1, 1), workbooks.one_word_changed(1, 2))
    )
    assert sum(a != b for a, b in zip(first, second, strict=True)) == 1


def test_the_workbooks_of_a_folder_are_of_figures_of_their_own(tmp_path: Path) -> None:
    workbooks.write_folder(tmp_path, 3)
    made = sorted(tmp_path.iterdir())
    assert [each.name for each in made] == ["return-001.xlsx", "return-002.xlsx", "return-003.xlsx"]
    examined = [examine(each) for each in made]
    assert [each.errors for each in examined] == [0, 0, 0]
    assert len({str(each.exhibits.by_name) for each in examined}) == 3
