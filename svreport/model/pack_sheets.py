"""Sheets that a pack adds to the workbook: how they are declared, and what they hold."""

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from svreport.model.entry import Entry
    from svreport.model.finding import Place


class ColumnType(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    MARKDOWN = "markdown"
    LEVEL = "level"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    PERIOD = "period"
    CHOICE = "choice"
    METRIC = "metric"
    EXHIBIT = "exhibit"
    EMAIL = "email"
    NAME = "name"
    SCENARIO = "scenario"
    ROW = "row"
    REFERENCE = "reference"


class Part(StrEnum):
    """What a column tells of an indicator; a sheet with a `LATEST` and a `TARGET` is one of indicators."""

    METRIC = "metric"
    UNIT = "unit"
    BETTER = "better when"
    BASELINE = "baseline"
    LATEST = "latest"
    AS_AT = "as at"
    TARGET = "target"
    BY = "by"
    TREND = "trend"


class DeclaredColumn(NamedTuple):
    """One column; `required` cells are asked for where they are empty, `choices` are those of a closed list.

    A `name` names its row's texts, so that others can refer to their paragraphs' numbers. A `row` is one of another
    sheet of the pack, `sheet`, known by that sheet's first column. `unit` is the field of the column that says in
    every row what a `number` is counted in. `groups` sorts the sheet's rows by this choice, `longest` is how many
    characters are printed, 0 for all, and `part` what the column tells of an indicator.
    """

    heading: str
    type: ColumnType
    required: bool = False
    choices: tuple[str, ...] = ()
    prompt: str = ""
    width: int = 0
    sheet: str = ""
    unit: str = ""
    groups: bool = False
    longest: int = 0
    part: Part | None = None

    @property
    def field(self) -> str:
        return field_name(self.heading)


class Sum(NamedTuple):
    """In every row the column `total` is what the columns `of` come to; all are fields."""

    total: str
    of: tuple[str, ...]


class Difference(NamedTuple):
    """A figure that no column holds: `of` less `less`, which are fields; `name` is how documents call it."""

    name: str
    of: str
    less: str

    @property
    def field(self) -> str:
        return field_name(self.name)


class DeclaredSheet(NamedTuple):
    """One sheet; one that is not `required` may be missing or empty without a word.

    `most` is how many of its rows are printed, 0 for all.
    """

    name: str
    guidance: str
    columns: tuple[DeclaredColumn, ...]
    required: bool = True
    sums: tuple[Sum, ...] = ()
    differences: tuple[Difference, ...] = ()
    most: int = 0

    @property
    def field(self) -> str:
        return field_name(self.name)

    @property
    def is_of_indicators(self) -> bool:
        return self.part(Part.LATEST) is not None and self.part(Part.TARGET) is not None

    @property
    def grouped(self) -> DeclaredColumn | None:
        """The choice that the rows are sorted by."""
        return next((each for each in self.columns if each.groups), None)

    def part(self, wanted: Part) -> DeclaredColumn | None:
        """The column that tells this part of an indicator."""
        return next((each for each in self.columns if each.part is wanted), None)

    def column(self, field: str) -> DeclaredColumn:
        return next(each for each in self.columns if each.field == field)


class SheetsOfPack(NamedTuple):
    """The sheets of one pack; unless they are `wanted`, they are only asked for where one of them is there.

    `without` are the return's sheets that its documents do without.
    """

    pack: str
    sheets: tuple[DeclaredSheet, ...]
    wanted: bool = True
    without: tuple[str, ...] = ()


class SheetRow(NamedTuple):
    """One filled row: the entry of each column under its field's name."""

    entries: "Mapping[str, Entry[Any]]"


class PackSheet(NamedTuple):
    """A declared sheet as found; `place` is the sheet, and `fault` the code that tells why a wanted one has no rows."""

    declared: DeclaredSheet
    place: "Place"
    rows: tuple[SheetRow, ...] = ()
    fault: str | None = None


def worked_out(row: SheetRow, declared: DeclaredSheet) -> dict[str, Decimal]:
    """The totals that a row leaves empty, and its differences, each under its field; those without all their figures,
    or with one that could not be read, are left out.
    """
    found: dict[str, Decimal] = {}
    for each in declared.sums:
        values = [row.entries[field].value for field in each.of]
        parts = [value for value in values if value is not None]
        if row.entries[each.total].is_empty and len(parts) == len(values):
            found[each.total] = sum(parts, Decimal(0))
    for difference in declared.differences:
        of, less = (
            row.entries[field].value if field not in found else found[field]
            for field in (difference.of, difference.less)
        )
        if of is not None and less is not None:
            found[difference.field] = of - less
    return found


LINE = 70
"""About how many characters a line of a paper holds."""


def room_taken(text: str) -> int:
    """About how many characters a text takes on paper: one that has several lines fills each of them, a figure is a
    few characters whatever its call is, and a link is its words.
    """
    plain = re.sub(r"\{\{.*?\}\}", "£123.4m", re.sub(r"\[([^\[\]\n]+)\]\([^()\n]+\)", r"\1", text))
    lines = [len(line.strip()) for line in plain.splitlines() if line.strip()]
    return lines[0] if len(lines) == 1 else sum(max(each, LINE) for each in lines)


def field_name(heading: str) -> str:
    """How templates write a heading or sheet's name: `Why it is so` is `why_it_is_so`."""
    return re.sub(r"[^a-z0-9]+", "_", heading.casefold()).strip("_")
