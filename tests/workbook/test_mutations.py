"""Workbooks changed at random: whatever they hold, reading gives findings or refuses the file in one sentence."""

import random
from datetime import date
from pathlib import Path

import pytest

from svreport.errors import WorkbookUnreadable
from svreport.workbook.reading import read_workbook
from tests.workbook.clean import clean_grid
from tests.workbook.raw import package, parts_of

_VALUES: tuple[object, ...] = (
    "", " ", "x", "Amber", "3.1", "£84.5m", "(1,234)", "31/10/2024", "{{ actual('x') }}", "=1+1", "Text", "Exhibit",
    "a" * 500, "Update 2 (September)", "2025-26", "Q9", "12-month average of Plans", "change in Placements share",
    "\u202e<&>\"'", "i, ii; iii", "%", "-", "0", 0, 1, -7, 3.1, 1e300, 45000, True, False, date(2025, 1, 3),
    {"percent": 0.5}, {"error": "#DIV/0!"}, {"formula": "A1"}, {"dated": 1e9}, {"shared": 3}, {"shown": 2},
    {"raw": '<c r="A4" t="zz" s="99"><v>?</v></c>'}, {"raw": "<c><v/></c>"}, {"raw": "<f/><v>1</v>"},
)  # fmt: skip
_CELLS_ROUNDS, _BYTES_ROUNDS = 300, 300


@pytest.mark.parametrize("seed", range(5))
def test_cells_headings_and_sheets_changed(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)  # noqa: S311
    path = tmp_path / "return.xlsx"
    for _ in range(_CELLS_ROUNDS // 5):
        grid = clean_grid()
        for _ in range(draw.randint(1, 12)):
            cells = grid[draw.choice(list(grid))]
            address = draw.choice([*cells, "A3", "B3", "C4", "D5", "H9", "ZZ3", "A900000"])
            cells[address] = draw.choice(_VALUES)
            if draw.random() < 0.3:
                cells.pop(draw.choice(list(cells)))
        for _ in range(draw.choice((0, 0, 1, 3))):
            grid.pop(draw.choice(list(grid)))
        names = list(grid)
        draw.shuffle(names)
        area = draw.choice(("A4:A9", "B3:D8", "A1:ZZ99999", "C5:B2"))
        renamed = {name if draw.random() > 0.1 else name[:-1]: grid[name] for name in names}
        path.write_bytes(
            package(parts_of(renamed, merged=dict.fromkeys(renamed, (area,)), hidden={"Risks": (4, 5)}))
        )
        reading = read_workbook(path)
        assert all(each.read and each.expected and each.mend for each in reading.findings)
        assert len(set(reading.findings)) == len(reading.findings)
        assert len(reading.submission.programme.items) >= 13


@pytest.mark.parametrize("seed", range(5))
def test_bytes_changed(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)  # noqa: S311
    parts = parts_of(clean_grid(), strings=("<si><t>a</t></si>",))
    path = tmp_path / "return.xlsx"
    refused = 0
    for _ in range(_BYTES_ROUNDS // 5):
        changed = dict(parts)
        name = draw.choice([part for part in parts if part.endswith((".xml", ".rels"))])
        data = bytearray(str(parts[name]).encode())
        for _ in range(draw.randint(1, 4)):
            at = draw.randrange(len(data))
            data[at : at + draw.randint(0, 3)] = draw.choice(
                (b"", b"\0", b"<", b'"', b"9", b"&#0;", b"\xff", b"Z")
            )
        changed[name] = bytes(data)
        whole = bytearray(package(changed))
        if draw.random() < 0.3:
            at = draw.randrange(len(whole))
            whole[at] ^= 1 << draw.randrange(8)
        path.write_bytes(whole)
        said = _refusal(path)
        refused += bool(said)
        assert said.startswith(f"{path} is") or not said
    assert refused


def _refusal(path: Path) -> str:
    """The sentence with which the file is refused; empty for one that is read."""
    try:
        read_workbook(path)
    except WorkbookUnreadable as fault:
        return str(fault)
    return ""
