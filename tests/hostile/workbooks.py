"""Workbooks to attack with: the return in which nothing is wrong, its cells and parts changed."""

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.workbook.clean import clean_grid
from tests.workbook.raw import Grid, package, parts_of

WORKBOOK = "return.xlsx"
Parts = dict[str, str | bytes]

# Every cell of the clean return that is read as Markdown, and every one that is a plain name or label.
MARKDOWN = (
    "Programme!B15", "Questions!D4", "Questions!D5", "Questions!D6", "Headlines!B4", "Headlines!B5", "Headlines!B6",
    "Headlines!B7", "Headlines!B8", "Progress!C4", "Progress!C6", "Progress!C7", "Progress!C8", "Risks!G4", "Risks!H4",
    "Risks!G5", "Risks!H5",
)  # fmt: skip
PLAIN = (
    "Programme!B4", "Programme!B16", "Contacts!B4", "Contacts!C4", "Questions!B4", "Conditions!B4", "Conditions!B5",
    "Risks!B4", "Metrics!B4", "Metrics!H4", "Exhibits!C5", "Exhibits!G5", "Exhibits!H5", "Assurance levels!C4",
    "Sign-off!B4",
)  # fmt: skip


def grid() -> Grid:
    """The clean return with tables alone: drawing a chart needs more memory than an attack is given."""
    made = clean_grid()
    made["Exhibits"]["B4"] = "Table"
    return made


def texts(markdown: str, plain: str) -> Grid:
    """The return with one text in every cell of Markdown and another in every other cell of words."""
    return with_cells({**dict.fromkeys(MARKDOWN, markdown), **dict.fromkeys(PLAIN, plain)})


def with_cells(cells: Mapping[str, object]) -> Grid:
    made = grid()
    for address, value in cells.items():
        sheet, _, cell = address.rpartition("!")
        made[sheet][cell] = value
    return made


def save(grid: Grid) -> Callable[[Path], None]:
    """What lays a grid down as the workbook of a desk."""
    return lambda desk: write(desk, package(parts_of(grid)))


def save_parts(change: Callable[[Parts], object]) -> Callable[[Path], None]:
    """What lays the return down after its parts were changed in place."""

    def prepare(desk: Path) -> None:
        parts = parts_of(grid())
        change(parts)
        write(desk, package(parts))

    return prepare


def write(desk: Path, data: bytes, name: str = WORKBOOK) -> None:
    (desk / name).write_bytes(data)


def sheet_part(name: str) -> str:
    """The part of a sheet of the clean return."""
    return f"xl/worksheets/sheet{list(clean_grid()).index(name) + 1}.xml"
