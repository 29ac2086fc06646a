"""The worked example: the workbooks in `inputs/` are what svreport writes, and nothing is wrong in them."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from svreport.packs.loading import load_pack
from svreport.pipeline.examining import examine
from svreport.pipeline.making import EXAMPLES_OF_PACKS, make_workbook
from svreport.pipeline.pack_sheets import known_sheets
from tests.conftest import EXAMPLES

INPUTS = Path(__file__).parents[2] / "inputs"


@pytest.mark.parametrize("name", EXAMPLES)
def test_inputs_hold_the_example_as_it_is_written_today(
    name: str, example_workbooks: Mapping[str, Path], request: pytest.FixtureRequest
) -> None:
    made, kept = example_workbooks[name].read_bytes(), INPUTS / f"{name}.xlsx"
    if request.config.getoption("--regenerate"):
        if not kept.exists() or kept.read_bytes() != made:
            kept.write_bytes(made)
        return
    assert kept.read_bytes() == made, f"{kept} differs: `make golden` writes it anew, if the change is meant"


def test_new_writes_the_example_of_december(tmp_path: Path, example_workbooks: Mapping[str, Path]) -> None:
    made = tmp_path / "a.xlsx"
    make_workbook(made, authority=None, year=None, example=True)
    assert made.read_bytes() == example_workbooks["wiltshire-2024-12"].read_bytes()


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_has_no_errors(name: str, example_workbooks: Mapping[str, Path]) -> None:
    examined = examine(example_workbooks[name])
    assert [finding for finding in examined.findings if finding.is_error] == []


@pytest.mark.parametrize(
    ("name", "conditions", "risks"), [("wiltshire-2024-12", 7, 5), ("wiltshire-2024-08", 7, 5)]
)
def test_an_example_has_the_size_of_the_real_return(
    name: str, conditions: int, risks: int, example_workbooks: Mapping[str, Path]
) -> None:
    submission = examine(example_workbooks[name]).submission
    assert (len(submission.conditions), len(submission.risks)) == (conditions, risks)
    assert len(submission.updates) == 3


def test_the_example_of_all_packs_has_the_sheets_of_each_that_lies_on_it(tmp_path: Path) -> None:
    made = tmp_path / "all.xlsx"
    make_workbook(made, authority=None, year=None, example=True, pack="all")
    examined = examine(made, known_sheets("all"))
    assert [finding for finding in examined.findings if finding.is_error] == []
    filled = {each.declared.name for each in examined.submission.pack_sheets if each.rows}
    own = {sheet.name for pack in ("strategy-progress", "briefing") for sheet in load_pack(pack).sheets}
    assert filled == own - {"Briefing figures"}
    empty = {each.place.sheet for each in examined.findings if each.code == "WBK-16"}
    assert empty >= {"Forum paper", "DBV paper"}, "their examples are about other returns"


@pytest.mark.parametrize("pack", sorted(EXAMPLES_OF_PACKS))
def test_the_example_of_a_pack_has_no_errors(pack: str, tmp_path: Path) -> None:
    made = tmp_path / "paper.xlsx"
    make_workbook(made, authority=None, year=None, example=True, pack=pack)
    assert [finding for finding in examine(made, known_sheets(pack)).findings if finding.is_error] == []
