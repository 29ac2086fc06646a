"""review.json: the contract's keys and values, on the worked examples and wherever something is missing."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from svreport.documents.review_pack.data import review_data, review_json
from tests.conftest import EXAMPLES
from tests.documents.reviews import Rows, item, reviewed, saved

FINDING = {"code", "severity", "title", "sheet", "cell", "read", "expected", "mend"}
ANSWER = {"answer", "answered_by", "answered_on"}
NUMBER = {"text", "sheet", "cell", "condition", "status", "figure", "source"}
CHANGE = {"kind", "sheet", "cell", "what", "from", "to", "from_sheet", "from_cell"}


def data_of(path: Path) -> dict[str, Any]:
    return review_data(reviewed(path))


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_review_of_an_example_is_its_golden_data(
    name: str, example_workbooks: Mapping[str, Path], golden: Callable[[str, str], None]
) -> None:
    golden(f"{name}/review.json", review_json(reviewed(example_workbooks[name])).decode())


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_data_has_the_contracts_shape(name: str, example_workbooks: Mapping[str, Path]) -> None:
    data = json.loads(review_json(reviewed(example_workbooks[name])))
    assert data["content_code"] == "7F3A-19C2"
    assert data["findings"]
    for finding in data["findings"]:
        extra = set(finding) - FINDING
        assert set(finding) >= FINDING
        assert extra <= {"mark"} | ANSWER
        assert ("mark" in finding) == (finding["severity"] == "query")
    for level in data["levels"]:
        assert set(level) == {"ref", "kind", "levels", "previous", "moved"}
        assert level["kind"] in ("condition", "risk")
        assert level["moved"] in ("better", "worse", "same", "new")
    assert data["numbers"]
    for number in data["numbers"]:
        assert set(number) == NUMBER
        known = number["status"] in ("linked", "matched")
        assert known or number["status"] in ("unmatched", "reference")
        assert bool(number["source"]) == bool(number["figure"]) == known
        assert not known or re.match(r"[A-Z][A-Za-z -]*![A-Z]+\d+", number["source"])
        assert number["status"] != "linked" or number["figure"].startswith("{{ ")
    assert all(set(change) == CHANGE for change in data["changes"])
    assert bool(data["changes"]) == (name == "wiltshire-2024-12")


def test_levels_are_compared_with_the_previous_workbooks_current_ones(
    example_workbooks: Mapping[str, Path],
) -> None:
    levels = data_of(example_workbooks["wiltshire-2024-12"])["levels"]
    moved = {(each["kind"], each["ref"]): (each["previous"], each["moved"]) for each in levels}
    assert moved["condition", "1"] == ("Amber", "worse")
    assert moved["condition", "2"] == ("Red", "same")
    assert moved["risk", "Risk 4"] == ("Amber", "better")
    assert levels[0]["levels"] == {
        "Update 1 (May)": "Green",
        "Update 2 (August)": "Amber",
        "Update 3 (November)": "Red",
    }


def without_previous(rows: Rows) -> None:
    item(rows, "Previous workbook", None)


def first_update(rows: Rows) -> None:
    without_previous(rows)
    item(rows, "Current update", "Update 1 (May)")


def unreadable_level(rows: Rows) -> None:
    rows["Conditions"][0]["Update 3 (November)"] = "Purple"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (without_previous, ("Amber", "worse")),
        (first_update, (None, "new")),
        (unreadable_level, ("Amber", None)),
    ],
)
def test_a_level_without_another_to_compare_with(
    change: Callable[[Rows], None], expected: tuple[str | None, str | None], tmp_path: Path
) -> None:
    first = data_of(saved(tmp_path, "wiltshire-2024-12", change))["levels"][0]
    assert (first["previous"], first["moved"]) == expected


def test_a_condition_that_was_not_there_before_is_new(tmp_path: Path) -> None:
    def added(rows: Rows) -> None:
        rows["Conditions"].append({**rows["Conditions"][-1], "Ref": "3.9"})

    saved(tmp_path, "wiltshire-2024-08")
    levels = data_of(saved(tmp_path, "wiltshire-2024-12", added))["levels"]
    (new,) = [each for each in levels if each["ref"] == "3.9"]
    assert (new["previous"], new["moved"]) == (None, "new")


def test_levels_of_another_scale_are_compared_by_rank(tmp_path: Path) -> None:
    def renamed(rows: Rows) -> None:
        words = {"Blue": "Done", "Green": "On plan", "Amber": "Behind", "Red": "Off plan"}
        for row in (*rows["Conditions"], *rows["Risks"]):
            for column, value in row.items():
                row[column] = words.get(value, value) if column.startswith("Update") else value
        for row in rows["Assurance levels"]:
            row["Level"] = words[row["Level"]]

    saved(tmp_path, "wiltshire-2024-08")
    levels = data_of(saved(tmp_path, "wiltshire-2024-12", renamed))["levels"]
    assert [each["moved"] for each in levels].count("same") == 10
    assert (levels[0]["previous"], levels[0]["moved"]) == ("Amber", "worse")


def test_an_answered_query_carries_its_answer(tmp_path: Path) -> None:
    (query,) = [
        each
        for each in data_of(saved(tmp_path, "wiltshire-2024-12"))["findings"]
        if each["severity"] == "query" and each["code"] == "FIN-14"
    ]

    def answer(rows: Rows) -> None:
        rows["Answers"] = [
            {
                "Mark": query["mark"],
                "Answer": "As the source gives it.",
                "Who": "Finance",
                "Date": "2 December 2024",
            }
        ]

    data = data_of(saved(tmp_path, "wiltshire-2024-12", answer))
    (answered,) = [each for each in data["findings"] if "answer" in each]
    assert answered["mark"] == query["mark"]
    assert (answered["answer"], answered["answered_by"]) == ("As the source gives it.", "Finance")
    assert answered["answered_on"] == "2024-12-02"
    assert data["answered"] == 1


def test_what_is_gone_has_no_cell_in_this_workbook(example_workbooks: Mapping[str, Path]) -> None:
    changes = data_of(example_workbooks["wiltshire-2024-12"])["changes"]
    gone = [each for each in changes if each["kind"] == "gone"]
    assert gone
    for each in gone:
        assert (each["cell"], each["to"]) == ("", "")
        assert each["sheet"] == each["from_sheet"]
        assert each["from_cell"]
        assert each["from"]
    (worse,) = [each for each in changes if each["kind"] == "level moved" and each["what"] == "Condition 1"]
    assert (worse["from"], worse["to"]) == ("Amber", "Red")
    assert (worse["from_sheet"], worse["sheet"]) == ("Conditions", "Conditions")
