"""Each way to get a column wrong, with the code and the cell expected; and cases just inside the line."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from svreport.errors import WorkbookUnreadable
from svreport.model.finding import Finding
from svreport.model.pack_sheets import ColumnType, DeclaredColumn, DeclaredSheet, Part, SheetsOfPack
from svreport.workbook import rules
from svreport.workbook.reading import Reading, read_workbook
from tests.workbook.clean import clean_grid
from tests.workbook.raw import Grid, package, parts_of

_HERE = Path(__file__).parent
_CASES: dict[str, dict[str, Any]] = {
    f"{file.stem}: {case['name']}": case
    for file in sorted((_HERE / "cases").glob("*.toml"))
    for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
}


def _edited(case: dict[str, Any]) -> bytes:
    grid = clean_grid()
    for address, value in case.get("set", {}).items():
        sheet, _, cell = address.rpartition("!")
        match value:
            case {"repeat": text, "times": times}:
                grid[sheet][cell] = text * times
            case "":
                grid[sheet].pop(cell, None)
            case _:
                grid[sheet][cell] = value
    for start, rows in case.get("rows", {}).items():
        sheet, _, first = start.rpartition("!A")
        for number, row in enumerate(rows, int(first)):
            grid[sheet] |= {
                f"{chr(ord('A') + at)}{number}": value for at, value in enumerate(row) if value != ""
            }
    for address in case.get("clear", ()):
        _clear(grid, address)
    for sheet, (one, other) in case.get("swap", {}).items():
        grid[sheet] = {_swapped(cell, one, other): value for cell, value in grid[sheet].items()}
    for sheet, by in case.get("shift", {}).items():
        grid[sheet] = _shifted(grid[sheet], by)
    for sheet in case.get("drop", ()):
        del grid[sheet]
    grid = {case.get("rename", {}).get(name, name): cells for name, cells in grid.items()}
    grid.update(case.get("add", {}))
    merged = {sheet: tuple(areas) for sheet, areas in case.get("merged", {}).items()}
    hidden = {sheet: tuple(rows) for sheet, rows in case.get("hidden", {}).items()}
    return package(parts_of(grid, merged=merged, hidden=hidden))


def _clear(grid: Grid, address: str) -> None:
    sheet, _, cell = address.rpartition("!")
    rows = re.fullmatch(r"(\d+):(\d+)", cell)
    if not rows:
        grid[sheet].pop(cell, None)
        return
    span = range(int(rows[1]), int(rows[2]) + 1)
    grid[sheet] = {
        each: value for each, value in grid[sheet].items() if int(re.sub(r"\D", "", each)) not in span
    }


def _swapped(cell: str, one: str, other: str) -> str:
    letters = cell.rstrip("0123456789")
    return {one: other, other: one}.get(letters, letters) + cell[len(letters) :]


def _shifted(cells: dict[str, object], by: int) -> dict[str, object]:
    moved: dict[str, object] = {}
    for cell, value in cells.items():
        letters = cell.rstrip("0123456789")
        row = int(cell[len(letters) :]) + by
        if row >= 1:
            moved[f"{letters}{row}"] = value
    return moved


def _told(finding: Finding) -> str:
    place = f"{finding.place.sheet}!{finding.place.cell}" if finding.place.cell else finding.place.sheet
    return f"{finding.code} {place}"


def _declared(case: dict[str, Any]) -> list[SheetsOfPack]:
    """The sheets that a case's pack adds."""
    sheets = [
        DeclaredSheet(
            sheet["name"],
            sheet["guidance"],
            tuple(
                DeclaredColumn(
                    column["heading"],
                    ColumnType(column["type"]),
                    column.get("required", False),
                    tuple(column.get("choices", ())),
                    sheet=column.get("sheet", ""),
                    unit=column.get("unit", ""),
                    longest=column.get("longest", 0),
                    part=Part(column["part"]) if "part" in column else None,
                )
                for column in sheet["columns"]
            ),
            sheet.get("required", True),
            most=sheet.get("most", 0),
        )
        for sheet in case.get("declared", ())
    ]
    return [SheetsOfPack("a-pack", tuple(sheets), case.get("wanted", True))] if sheets else []


def _read(data: bytes, folder: Path, packs: list[SheetsOfPack]) -> Reading:
    path = folder / "return.xlsx"
    path.write_bytes(data)
    return read_workbook(path, packs)


@pytest.mark.parametrize("case", _CASES.values(), ids=_CASES)
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    if case.get("unreadable"):
        with pytest.raises(WorkbookUnreadable):
            _read(_edited(case), tmp_path, _declared(case))
        return
    findings = _read(_edited(case), tmp_path, _declared(case)).findings
    told = [_told(finding) for finding in findings]
    assert sorted(told) == sorted(case["expect"]), findings
    if case.get("ordered"):
        assert told == case["expect"]
    if "says" in case:
        assert any(case["says"] in f"{each.read} {each.expected} {each.mend}" for each in findings), findings
    for finding in findings:
        assert finding.read
        assert finding.expected
        assert finding.mend


def test_every_rule_has_a_case_that_fires() -> None:
    """One just inside the line stands beside each in the files of cases."""
    told = {expected.split()[0] for case in _CASES.values() for expected in case.get("expect", ())}
    assert {rule.code for rule in rules.RULES} == told


def test_codes_are_used_once_and_every_rule_explains_itself() -> None:
    codes = [rule.code for rule in rules.RULES]
    assert len(codes) == len(set(codes))
    for rule in rules.RULES:
        assert re.fullmatch(r"[A-Z]{3}-\d\d", rule.code)
        assert rule.why.endswith(".")
        assert rule.example.endswith(".")
        assert not rule.title.endswith(".")
