"""Sheets that a pack adds to the workbook: how they are declared, and what they hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from svreport.model.finding import Place
    from svreport.model.submission import Entry


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


@dataclass(frozen=True, slots=True)
class DeclaredColumn:
    """One column; `required` cells are asked for where they are empty, `choices` are those of a closed list.

    A `name` names its row's texts, so that others can refer to their paragraphs' numbers.
    """

    heading: str
    type: ColumnType
    required: bool = False
    choices: tuple[str, ...] = ()
    prompt: str = ""
    width: int = 0

    @property
    def field(self) -> str:
        return field_name(self.heading)


@dataclass(frozen=True, slots=True)
class DeclaredSheet:
    """One sheet; one that is not `required` may be missing or empty without a word."""

    name: str
    guidance: str
    columns: tuple[DeclaredColumn, ...]
    required: bool = True

    @property
    def field(self) -> str:
        return field_name(self.name)


@dataclass(frozen=True, slots=True)
class SheetsOfPack:
    """The sheets of one pack; unless they are `wanted`, they are only asked for where one of them is there."""

    pack: str
    sheets: tuple[DeclaredSheet, ...]
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One filled row: the entry of each column under its field's name."""

    entries: "Mapping[str, Entry[Any]]"


@dataclass(frozen=True, slots=True)
class PackSheet:
    """A declared sheet as found; `place` is the sheet, and `fault` the code that tells why a wanted one has no rows."""

    declared: DeclaredSheet
    place: "Place"
    rows: tuple[SheetRow, ...] = ()
    fault: str | None = None


def field_name(heading: str) -> str:
    """How templates write a heading or sheet's name: `Why it is so` is `why_it_is_so`."""
    return re.sub(r"[^a-z0-9]+", "_", heading.casefold()).strip("_")
