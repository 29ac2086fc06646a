"""The sheets that a pack.toml adds to the workbook, each beginning with a line `[[sheets]]`."""

import re
from collections.abc import Iterable
from keyword import iskeyword

from svreport.model.names import did_you_mean, key, listed
from svreport.model.pack_sheets import ColumnType, DeclaredColumn, DeclaredSheet, field_name
from svreport.packs.arithmetic import read_differences, read_sums
from svreport.packs.indicators import part_of, tell_groups, tell_indicators
from svreport.packs.table import Table

SHEET_KEYS = ("name", "guidance", "required", "columns", "sums", "differences", "most")
COLUMN_KEYS = (
    "heading", "type", "required", "choices", "prompt", "width", "sheet", "unit", "groups", "longest", "part",
)  # fmt: skip
# What the choices of a column can be that says what numbers are counted in.
_UNITS = ("number", "percent")
_LONGEST_NAME = 31  # of a sheet, in Excel
_LONGEST_LIST = 255  # of a drop-down's choices with commas between, in Excel
_WIDEST = 120
_MOST_ROWS, _LONGEST_TEXT = 1_000, 10_000
_NAMING = (ColumnType.TEXT, ColumnType.REFERENCE)
# The sheets of every workbook, which a pack cannot declare anew.
_TAKEN = (
    "Programme", "Updates", "Contacts", "Questions", "Headlines", "Conditions", "Progress", "Risks", "Metrics",
    "Metric data", "Finance", "Exhibits", "Assurance levels", "Sign-off", "Answers",
)  # fmt: skip

# Those that a paper may need nothing of.
LEFT_OUT = (
    "Contacts", "Questions", "Headlines", "Conditions", "Progress", "Risks", "Metrics", "Metric data", "Exhibits",
)  # fmt: skip


def read_sheets(table: Table) -> tuple[DeclaredSheet, ...]:
    """The sheets declared, without the faulty ones, which are told."""
    tables = table.tables("sheets", "sheet")
    sheets = [_sheet(each) for each in tables]
    _tell_twice(table, "sheets", [(each.name, each.field) for each in sheets if each])
    above: list[DeclaredSheet] = []
    for told, sheet in zip(tables, sheets, strict=True):
        if sheet is not None:
            _tell_unknown_sheets(told, sheet, above)
            above.append(sheet)
    return tuple(each for each in sheets if each is not None)


def read_without(table: Table) -> tuple[str, ...]:
    """The return's sheets that the pack's documents do without."""
    value = table.content.get("without", [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        table.tell('without is no list of sheets: write without = ["Conditions", "Risks"]')
        return ()
    for each in value:
        if each not in LEFT_OUT:
            near = did_you_mean(each, LEFT_OUT) or f"It can be {listed(LEFT_OUT)}."
            table.tell(
                f"without names {each!r}, which is no sheet of the return that a paper can do without. {near}"
            )
    return tuple(each for each in value if each in LEFT_OUT)


def _sheet(table: Table) -> DeclaredSheet | None:
    table.refuse_unknown(SHEET_KEYS)
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
    _tell_unknown_units(table, read)
    sums, differences = read_sums(table, read), read_differences(table, read)
    most = _whole(table, "most", _MOST_ROWS)
    tell_indicators(table, read)
    tell_groups(table, read)
    if len(table.faults) > before:
        return None
    return DeclaredSheet(name, guidance, read, required, sums, differences, most)


def _column(table: Table) -> DeclaredColumn | None:
    table.refuse_unknown(COLUMN_KEYS)
    before = len(table.faults)
    heading, type_name = table.text("heading"), table.text("type")
    types = {each.value: each for each in ColumnType}
    if type_name and type_name not in types:
        near = did_you_mean(type_name, types) or f"It can be {listed(types)}."
        table.tell(f"the type {type_name!r} is none. {near}")
    choices = _choices(table, type_name)
    prompt = table.text("prompt") if "prompt" in table.content else ""
    width = _whole(table, "width", _WIDEST, " of characters")
    required = _flag(table, "required", default=False)
    sheet = _only_of(table, "sheet", ColumnType.ROW, type_name)
    unit = _only_of(table, "unit", ColumnType.NUMBER, type_name)
    if type_name == ColumnType.ROW and "sheet" not in table.content:
        table.tell('a row needs the sheet that it is of: write sheet = "…"')
    groups = _flag(table, "groups", default=False)
    if groups and type_name != ColumnType.CHOICE:
        table.tell("only a column of the type choice has groups")
    longest = _whole(table, "longest", _LONGEST_TEXT, " of characters")
    if longest and type_name not in (ColumnType.TEXT, ColumnType.MARKDOWN):
        table.tell("only a column of the type text or markdown has a longest")
    part = part_of(table, type_name, choices)
    if len(table.faults) > before:
        return None
    return DeclaredColumn(
        heading,
        types[type_name],
        required,
        choices,
        prompt,
        width,
        sheet,
        field_name(unit),
        groups,
        longest,
        part,
    )


def _only_of(table: Table, name: str, kind: ColumnType, type_name: str) -> str:
    """The text of a key that only columns of one type have."""
    if name not in table.content:
        return ""
    if type_name != kind:
        table.tell(f"only a column of the type {kind.value} has a {name}")
        return ""
    return table.text(name)


def _tell_unknown_sheets(table: Table, sheet: DeclaredSheet, above: list[DeclaredSheet]) -> None:
    """Tells each column of rows whose sheet does not stand above."""
    known = {key(each.name): each for each in above}
    for column in (each for each in sheet.columns if each.sheet):
        of = known.get(key(column.sheet))
        if of is None:
            near = did_you_mean(column.sheet, (each.name for each in above))
            table.tell(
                f"{column.heading} is of the sheet {column.sheet!r}, which none above it is. {near}".rstrip()
            )
        elif of.columns[0].type not in _NAMING:
            table.tell(
                f"rows of {of.name!r} cannot be named: their first column, {of.columns[0].heading}, is of the type "
                f"{of.columns[0].type.value}, not text or reference"
            )


def _tell_unknown_units(table: Table, columns: tuple[DeclaredColumn, ...]) -> None:
    """Tells each number whose unit no column of choices says."""
    by_field = {each.field: each for each in columns}
    for column in columns:
        told = by_field.get(column.unit)
        if column.unit and (told is None or not told.choices or not set(told.choices) <= set(_UNITS)):
            table.tell(
                f"the unit of {column.heading} is no column of the type choice "
                f"with the choices {listed([f'“{each}”' for each in _UNITS], 'and')}"
            )


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


def _whole(table: Table, name: str, most: int, what: str = "") -> int:
    """A whole number up to `most`, 0 where nothing is said."""
    value = table.content.get(name, 0)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most:
        return value
    table.tell(f"the {name} {value!r} is no whole number{what} up to {most}")
    return 0


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
