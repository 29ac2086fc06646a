"""The classes that a pack's declaration of sheets makes, by which its templates' tags are checked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, make_dataclass
from functools import lru_cache
from typing import Any

from svreport.documents.context import MetricRow, Paper, Scenario
from svreport.documents.context_now import IndicatorRow
from svreport.model import names
from svreport.model.pack_sheets import ColumnType, DeclaredSheet, field_name
from svreport.word.fields import Link, Rich, Stack


@dataclass(frozen=True, slots=True)
class PaperTypes:
    """The classes that a pack's declaration makes: of its context, its sheets, their marks, groups of rows and words on
    what is left out, and each sheet's rows.
    """

    context: Callable[..., Paper]
    sheets: type
    missing: type
    groups: type
    more: type
    rows: Mapping[str, type]


@lru_cache(maxsize=64)
def paper_types(declared: tuple[DeclaredSheet, ...]) -> PaperTypes:
    """The classes for these sheets, made once; they stand in the pack's order."""
    rows: dict[str, type] = {}
    for sheet in reversed(declared):  # rows of another sheet hang below that one's, which stands above
        below: list[tuple[str, Any]] = [
            (each.field, _tuple_of(rows[each.field]))
            for each in declared
            if each.field in rows and is_below(each, sheet)
        ]
        rows[sheet.field] = make_dataclass("Row", [*_fields_of(sheet), *below], frozen=True)
    sheets = make_dataclass("Sheets", [(name, _tuple_of(row)) for name, row in rows.items()], frozen=True)
    missing = make_dataclass("Missing", [(name, str) for name in rows], frozen=True)
    groups = make_dataclass(
        "Groups",
        [(each.field, _groups_of(each, rows[each.field])) for each in declared if each.grouped],
        frozen=True,
    )
    more = make_dataclass("More", [(name, str) for name in rows], frozen=True)
    context = make_dataclass(
        "PaperOfPack",
        [("sheets", sheets), ("missing", missing), ("groups", groups), ("more", more)],
        bases=(Paper,),
        frozen=True,
        kw_only=True,
    )
    return PaperTypes(context, sheets, missing, groups, more, rows)


def _groups_of(sheet: DeclaredSheet, row: type) -> type:
    """A class with the rows of each choice under its field."""
    choices = sheet.grouped.choices if sheet.grouped else ()
    return make_dataclass("Group", [(field_name(each), _tuple_of(row)) for each in choices], frozen=True)


def _tuple_of(row: type) -> Any:
    """The type `tuple[row, ...]` of a class made at run time."""
    return tuple[row, ...]  # type: ignore[valid-type]


def _fields_of(sheet: DeclaredSheet) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for column in sheet.columns:
        match column.type:
            case ColumnType.MARKDOWN | ColumnType.EXHIBIT:
                found.append((column.field, Rich))
            case ColumnType.EMAIL:
                found.append((column.field, Link))
            case ColumnType.METRIC:
                found.append((column.field, MetricRow))
            case ColumnType.SCENARIO:
                found.append((column.field, Scenario))
            case ColumnType.LEVEL:
                found += [(column.field, str), (f"{column.field}_shaded", Stack)]
            case ColumnType.REFERENCE:
                found += [(column.field, str), (f"{column.field}_headed", str)]
            case _:
                found.append((column.field, str))
    if sheet.is_of_indicators:
        found.append(("measured", IndicatorRow))
    return found + [(each.field, str) for each in sheet.differences]


def is_below(sheet: DeclaredSheet, of: DeclaredSheet) -> bool:
    """Whether the rows of a sheet belong to rows of the other, which they name."""
    return any(names.key(each.sheet) == names.key(of.name) for each in sheet.columns if each.sheet)
