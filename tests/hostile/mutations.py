"""Workbooks changed at random, the same ones on every run: cells, types, headings, columns, rows, sheets and bytes."""

import random
from datetime import date

from tests.hostile.workbooks import grid
from tests.workbook.raw import Grid, package, parts_of

VALUES: tuple[object, ...] = (
    "", " ", "\u00a0", "x", "Amber", "Ambre", "amber – off track", "B", "3.1", "iv", "£84.5m", "(1,234)", "7.9 %", "5,562", "−5",
    "31/10/2024", "31/02/2025", "Q2 2025-26", "Q9", "2025-26", "2025-27", "Apr '25", "{{ actual('Plans') }}", "{{ actual('x') }}",
    "{{ 9**729 }}", "{% x %}", "{# x #}", "{{", "=1+1", "Text", "Exhibit", "Picture", "Line chart", "Table", "a" * 500, "W " * 900,
    "Update 2 (September)", "12-month average of Plans", "change in Plans average", "Placements as % of Plans", "Plans actual; Plans",
    "Mitigated / Deficit", "../../x", "CON", "\u202e<&>\"'", "i, ii; iii", "%", "-", "- a\n  - b\n1. c", "|a|b|\n|-|-|\n|c|d|",
    "**bold", "_x0000_", "_xD800_", "’‘“”", "日本語 🙂", "Yes", "no.", "a@b", "s151@example.gov.uk", "£000", "percent", "negative",
    "Carried forward", "Limit", "#12345", "0", 0, 1, -7, 3.1, 1e300, -1e-300, 45000, 0.0562, True, False, date(2025, 1, 3),
    {"percent": 0.5}, {"error": "#DIV/0!"}, {"error": "#N/A"}, {"formula": "A1"}, {"formula": "A1", "value": 3}, {"dated": 1e9},
    {"dated": -1}, {"month": date(2025, 5, 1)}, {"shared": 3}, {"shown": 2}, {"thousands": 12345},
    {"raw": '<c r="A4" t="zz" s="99"><v>?</v></c>'}, {"raw": "<c><v/></c>"}, {"raw": "<f/><v>1</v>"},
)  # fmt: skip
_BYTES = (
    b"",
    b"\0",
    b"<",
    b'"',
    b"9",
    b"&#0;",
    b"\xff",
    b"Z",
    b"&x;",
    b"<!--",
    b"]]>",
    b"-1",
    b"</c>",
    b"<c>",
)


def cells_changed(draw: random.Random) -> Grid:
    """The clean return after a few changes of every kind that people and programs make."""
    made = grid()
    for _ in range(draw.randint(1, 6)):
        draw.choice(_CHANGES)(made, draw)
    return {name: cells for name, cells in made.items() if cells} or {"Sheet1": {"A1": "x"}}


def saved(made: Grid, draw: random.Random) -> bytes:
    """The grid as a file, now and then with merged cells, hidden rows or dates from 1904."""
    areas = {
        name: (draw.choice(("A4:A9", "B3:D8", "A1:ZZ99999", "C5:B2")),)
        for name in made
        if draw.random() < 0.05
    }
    hidden = {name: (4, 5) for name in made if draw.random() < 0.05}
    properties = '<workbookPr date1904="1"/>' if draw.random() < 0.05 else ""
    return package(parts_of(made, merged=areas, hidden=hidden, properties=properties))


def bytes_changed(draw: random.Random) -> bytes:
    """The clean return with a few bytes of its parts, or of the whole file, changed."""
    parts = parts_of(grid(), strings=("<si><t>a</t></si>",))
    name = draw.choice([part for part in parts if part.endswith((".xml", ".rels"))])
    data = bytearray(str(parts[name]).encode())
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(data))
        data[at : at + draw.randint(0, 3)] = draw.choice(_BYTES)
    whole = bytearray(package({**parts, name: bytes(data)}))
    for _ in range(draw.choice((0, 0, 0, 1))):
        whole[draw.randrange(len(whole))] ^= 1 << draw.randrange(8)
    return bytes(whole[: draw.randrange(len(whole))] if draw.random() < 0.05 else whole)


def _a_cell(made: Grid, draw: random.Random) -> tuple[dict[str, object], str]:
    cells = made[draw.choice(list(made))]
    return cells, draw.choice([*cells, "A3", "B3", "C4", "D5", "H9", "ZZ3", "A900000"])


def _value(made: Grid, draw: random.Random) -> None:
    cells, address = _a_cell(made, draw)
    cells[address] = draw.choice(VALUES)


def _emptied(made: Grid, draw: random.Random) -> None:
    cells, address = _a_cell(made, draw)
    cells.pop(address, None)


def _typo(made: Grid, draw: random.Random) -> None:
    cells, address = _a_cell(made, draw)
    text = str(cells.get(address) or "words")
    at = draw.randrange(len(text))
    cells[address] = text[:at] + draw.choice(("", "x", " ", "\u00a0", text[at])) + text[at + 1 :]


def _column_swapped(made: Grid, draw: random.Random) -> None:
    name = draw.choice(list(made))
    one, other = draw.sample("ABCDEFGH", 2)
    swap = {one: other, other: one}
    made[name] = {
        swap.get(cell[0], cell[0]) + cell[1:] if cell[1:].isdigit() else cell: value
        for cell, value in made[name].items()
    }


def _row_doubled(made: Grid, draw: random.Random) -> None:
    cells = made[draw.choice(list(made))]
    row, to = draw.randint(3, 8), draw.randint(5, 40)
    for letter in "ABCDEFGH":
        if f"{letter}{row}" in cells:
            cells[f"{letter}{to}"] = cells[f"{letter}{row}"]


def _rows_moved(made: Grid, draw: random.Random) -> None:
    name, by = draw.choice(list(made)), draw.choice((-2, -1, 1, 17, 18))
    moved = {}
    for cell, value in made[name].items():
        letters = cell.rstrip("0123456789")
        row = int(cell[len(letters) :]) + by
        if 1 <= row <= 1_048_576:
            moved[f"{letters}{row}"] = value
    made[name] = moved


def _sheet_gone(made: Grid, draw: random.Random) -> None:
    if len(made) > 1:
        del made[draw.choice(list(made))]


def _sheet_renamed(made: Grid, draw: random.Random) -> None:
    name = draw.choice(list(made))
    new = draw.choice(
        (name[:-1] or "x", name.upper(), f" {name} ", f"{name}s", "Notes", name.replace("i", "ı"), "x" * 40)
    )
    cells = made.pop(name)
    made.setdefault(new, cells)


def _sheet_doubled(made: Grid, draw: random.Random) -> None:
    name = draw.choice(list(made))
    made[f"{name.lower()} "] = dict(made[name])


def _sheet_moved(made: Grid, draw: random.Random) -> None:
    name = draw.choice(list(made))
    made[name] = made.pop(name)


_CHANGES = (
    *(_value,) * 8, *(_emptied,) * 3, *(_typo,) * 3, _column_swapped, _row_doubled, _rows_moved, _sheet_gone, _sheet_renamed,
    _sheet_doubled, _sheet_moved,
)  # fmt: skip
