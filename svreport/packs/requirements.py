"""What a pack.toml says of an Excel form: the unit of its money, its file name, and what its cells must satisfy."""

import re
from collections.abc import Iterable

from svreport.model.form import FormTerms, Holds, Requirement
from svreport.model.names import did_you_mean, listed
from svreport.model.quantity import Unit
from svreport.packs.table import Table

KEYS = ("money", "file_name", "requirements")
_WHERE = ("cell", "cells", "column")
_DEMANDS = ("begins_with", "like", "empty", "rows", "holds")
_UNITS = {unit.value: unit for unit in (Unit.POUNDS, Unit.THOUSANDS, Unit.MILLIONS)}
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_COLUMN = re.compile(r"[A-Z]{1,3}")
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576
_MOST_CELLS, _LONGEST, _MOST_ROWS = 10_000, 255, 2_000
_FIELD = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


def read_terms(table: Table, fields: Iterable[str]) -> FormTerms:
    """The terms of one document that is a form, without the faulty ones, which are told; `fields` are those that its
    patterns can hold.
    """
    known = tuple(fields)
    pattern = table.text("file_name") if "file_name" in table.content else ""
    _check_pattern(table, "file_name", pattern, known)
    requirements = [_requirement(each, known) for each in table.tables("requirements", "requirement")]
    return FormTerms(_money(table), pattern, tuple(each for each in requirements if each is not None))


def refuse_terms(table: Table) -> None:
    """Tells the terms of a document that is no form."""
    for name in KEYS:
        if name in table.content:
            table.tell(f"{name} is for an Excel form alone: take it away")


def refuse_fields(table: Table, key: str, text: str, known: tuple[str, ...]) -> None:
    """Tells the fields of a text that are not known, and braces that are not whole."""
    for field in _FIELD.findall(text):
        if field not in known:
            near = did_you_mean(field, known) or f"It can hold {listed(known)}."
            table.tell(f"the {key} cannot hold {{{{ {field} }}}}. {near}")
    if re.search(r"\{\{|\}\}|\{%|%\}", _FIELD.sub("", text)):
        table.tell(f"the braces in the {key} are not whole: a field is written {{{{ authority }}}}")


def _money(table: Table) -> Unit:
    if "money" not in table.content:
        return Unit.POUNDS
    name = table.text("money")
    if name and name not in _UNITS:
        table.tell(f"the money {name!r} is no unit: write {listed(_UNITS)}")
    return _UNITS.get(name, Unit.POUNDS)


def _requirement(table: Table, fields: tuple[str, ...]) -> Requirement | None:
    before = len(table.faults)
    table.refuse_unknown(("sheet", *_WHERE, *_DEMANDS))
    sheet = table.text("sheet")
    where = _one_of(table, _WHERE, 'say where: cell = "B13", cells = "C7:N12" or column = "A"')
    demand = _one_of(
        table, _DEMANDS, "say what is asked for: begins_with, like, empty = true, rows = […] or holds"
    )
    cells = _cells(table, where) if where else ""
    if where and demand:
        _check_fit(table, where, demand)
    texts = {name: table.text(name) if demand == name else "" for name in ("begins_with", "like")}
    for name, text in texts.items():
        _check_pattern(table, name, text, fields)
    if demand == "empty" and table.content["empty"] is not True:
        table.tell("empty can only be true: leave the requirement out where a cell may hold something")
    rows = _rows(table) if demand == "rows" else ()
    holds = _holds(table) if demand == "holds" else None
    if len(table.faults) > before:
        return None
    return Requirement(sheet, cells, texts["begins_with"], texts["like"], demand == "empty", rows, holds)


def _one_of(table: Table, keys: tuple[str, ...], missing: str) -> str:
    """The one of these keys that is there."""
    there = [name for name in keys if name in table.content]
    if not there:
        table.tell(missing)
    elif len(there) > 1:
        table.tell(f"it has {listed(there, 'and')}: write a requirement for each")
    return there[0] if len(there) == 1 else ""


def _cells(table: Table, where: str) -> str:
    told = table.text(where)
    if not told:
        return ""
    plain = told.replace("$", "").upper()
    if where == "column":
        if _COLUMN.fullmatch(plain) and _number(plain) <= _LAST_COLUMN:
            return f"{plain}:{plain}"
        table.tell(f'the column {told!r} is none: write column = "A"')
        return ""
    first, _, last = plain.partition(":")
    corners = [_CELL.fullmatch(each) for each in ((first, last) if where == "cells" else (plain,))]
    found = [(_number(each[1]), int(each[2])) for each in corners if each]
    if len(found) < len(corners) or any(c > _LAST_COLUMN or r > _LAST_ROW for c, r in found):
        table.tell(
            f'the {where} {told!r} is none: write {where} = "{"C7:N12" if where == "cells" else "B13"}"'
        )
        return ""
    if where == "cells":
        (left, top), (right, bottom) = found
        if left > right or top > bottom:
            table.tell(f"the cells {told!r} begin below or behind their end: name the upper left one first")
        elif (right - left + 1) * (bottom - top + 1) > _MOST_CELLS:
            table.tell(f"the cells {told!r} are more than {_MOST_CELLS:,}: name those that matter")
    return plain


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _check_fit(table: Table, where: str, demand: str) -> None:
    if demand == "rows" and where != "column":
        table.tell('rows are looked for in a column: write column = "B"')
    elif where == "column" and demand not in ("rows", "empty"):
        table.tell(f"{demand} is for cells, not for a whole column: name the cells")


def _check_pattern(table: Table, key: str, text: str, fields: tuple[str, ...]) -> None:
    if len(text) > _LONGEST:
        table.tell(f"{key} is longer than {_LONGEST} characters")
    refuse_fields(table, key, text, fields)


def _rows(table: Table) -> tuple[str, ...]:
    value = table.content["rows"]
    whole = (
        isinstance(value, list) and value and all(isinstance(each, str) and each.strip() for each in value)
    )
    if not whole or len(value) > _MOST_ROWS:
        table.tell('rows is no list of names: write rows = ["Plans", "Placements"]')
        return ()
    return tuple(value)


def _holds(table: Table) -> Holds | None:
    name = table.text("holds")
    known = {each.value: each for each in Holds}
    if name and name not in known:
        near = did_you_mean(name, known) or f"It can be {listed(known)}."
        table.tell(f"holds {name!r} is nothing that a cell can hold. {near}")
    return known.get(name)
