"""The sheets that a pack.toml adds to the workbook, each beginning with a line `[[sheets]]`."""

import re
from collections.abc import Iterable
from keyword import iskeyword

from svreport.model.names import did_you_mean, key, listed
from svreport.model.pack_sheets import ColumnType, DeclaredColumn, DeclaredSheet
from svreport.packs.table import Table

_SHEET_KEYS = ("name", "guidance", "required", "columns")
_COLUMN_KEYS = ("heading", "type", "required", "choices", "prompt", "width")
_LONGEST_NAME = 31  # of a sheet, in Excel
_LONGEST_LIST = 255  # of a drop-down's choices with commas between, in Excel
_WIDEST = 120
# The sheets of every workbook, which a pack cannot declare anew.
_TAKEN = (
    "Programme", "Updates", "Contacts", "Questions", "Headlines", "Conditions", "Progress", "Risks", "Metrics",
    "Metric data", "Finance", "Exhibits", "Assurance levels", "Sign-off", "Answers",
)  # fmt: skip


def read_sheets(table: Table) -> tuple[DeclaredSheet, ...]:
    """The sheets declared, without the faulty ones, which are told."""
    sheets = [_sheet(each) for each in table.tables("sheets", "sheet")]
    _tell_twice(table, "sheets", [(each.name, each.field) for each in sheets if each])
    return tuple(each for each in sheets if each is not None)


def _sheet(table: Table) -> DeclaredSheet | None:
    table.refuse_unknown(_SHEET_KEYS)
    before = len(table.faults)
    name, guidance = table.text("name"), table.text("guidance")
    if len(name) > _LONGEST_NAME or re.search(r"[\\/?*:\[\]]|^'|'$", name):
        table.tell(f"the name {name!r} is none that Excel takes: 31 characters, without \\ / ? * : [ ]")
    if key(name) in {key(each) for each in _TAKEN}:
        table.tell(f"every workbook has a sheet {name!r} already: choose another name")
    if "columns" not in table.content:
        table.tell('it has no columns: write columns = [{ heading = "…", type = "text" }]')
    columns = [_column(each) for each in table.tables("columns", "column")]
    _tell_twice(table, "columns", [(each.heading, each.field) for each in columns if each])
    if not any(each and each.required for each in columns):
        table.tell("no column is required: mark what a row cannot do without, with required = true")
    required = _flag(table, "required", default=True)
    read = tuple(each for each in columns if each is not None)
    return DeclaredSheet(name, guidance, read, required) if len(table.faults) == before else None


def _column(table: Table) -> DeclaredColumn | None:
    table.refuse_unknown(_COLUMN_KEYS)
    before = len(table.faults)
    heading, type_name = table.text("heading"), table.text("type")
    types = {each.value: each for each in ColumnType}
    if type_name and type_name not in types:
        near = did_you_mean(type_name, types) or f"It can be {listed(types)}."
        table.tell(f"the type {type_name!r} is none. {near}")
    choices = _choices(table, type_name)
    prompt = table.text("prompt") if "prompt" in table.content else ""
    width = table.content.get("width", 0)
    if not isinstance(width, int) or isinstance(width, bool) or not 0 <= width <= _WIDEST:
        table.tell(f"the width {width!r} is no whole number of characters up to {_WIDEST}")
    required = _flag(table, "required", default=False)
    if len(table.faults) > before:
        return None
    return DeclaredColumn(heading, types[type_name], required, choices, prompt, width)


def _choices(table: Table, type_name: str) -> tuple[str, ...]:
    value = table.content.get("choices")
    if value is None:
        if type_name == ColumnType.CHOICE:
            table.tell('a choice needs its list: write choices = ["One", "Another"]')
        return ()
    if type_name != ColumnType.CHOICE:
        table.tell("only a column of the type choice has choices")
    elif (
        not isinstance(value, list) or not value or not all(isinstance(each, str) and each for each in value)
    ):
        table.tell('choices is no list of words: write choices = ["One", "Another"]')
    elif any("," in each for each in value) or len(",".join(value)) > _LONGEST_LIST:
        table.tell("choices has a comma in one, or is longer than the 255 characters that Excel takes")
    else:
        return tuple(value)
    return ()


def _flag(table: Table, name: str, *, default: bool) -> bool:
    value = table.content.get(name, default)
    if not isinstance(value, bool):
        table.tell(f"{name} is true or false, without quotation marks")
        return default
    return value


def _tell_twice(table: Table, what: str, named: Iterable[tuple[str, str]]) -> None:
    """Templates write names without capitals and signs, so two that differ in these alone are one to them."""
    first: dict[str, str] = {}
    for name, field in named:
        if iskeyword(field):
            table.tell(f"{name!r} is a word that templates keep for themselves: call it otherwise")
        elif not re.match(r"[a-z]", field):
            table.tell(f"{name!r} does not begin with a letter from a to z, so no tag can name it")
        elif first.setdefault(field, name) is not name:
            table.tell(f"the {what} {first[field]!r} and {name!r} have one name in templates: {field}")
