"""The arithmetic of a sheet's columns that a pack.toml states: sums, and differences."""

from collections.abc import Sequence

from svreport.model.names import did_you_mean, key
from svreport.model.pack_sheets import ColumnType, DeclaredColumn, Difference, Sum, field_name
from svreport.packs.table import Table

_FIGURES = (ColumnType.NUMBER, ColumnType.MONEY)


def read_sums(table: Table, columns: Sequence[DeclaredColumn]) -> tuple[Sum, ...]:
    """The `sums` of a sheet's table, without the faulty ones, which are told."""
    found = []
    for each in _tables(table, "sums", 'sums = [{ total = "All", of = ["Some", "Others"] }]'):
        each.refuse_unknown(("total", "of"))
        before = len(table.faults)
        total, of = _figure(each, "total", columns), _figures(each, columns)
        _tell_mixed(each, (total, *of))
        if total and total in of:
            each.tell("the total is one of its own parts")
        if len(table.faults) == before and total:
            found.append(Sum(total.field, tuple(part.field for part in of if part)))
    return tuple(found)


def read_differences(table: Table, columns: Sequence[DeclaredColumn]) -> tuple[Difference, ...]:
    """The `differences` of a sheet's table, without the faulty ones, which are told."""
    found: list[Difference] = []
    taken = {each.field for each in columns}
    for each in _tables(
        table, "differences", 'differences = [{ name = "Change", of = "After", less = "Before" }]'
    ):
        each.refuse_unknown(("name", "of", "less"))
        before = len(table.faults)
        name = each.text("name")
        of, less = _figure(each, "of", columns), _figure(each, "less", columns)
        _tell_mixed(each, (of, less))
        if name and (not field_name(name)[:1].isalpha() or field_name(name) in taken):
            each.tell(f"the name {name!r} is taken, or none that a tag can have")
        if len(table.faults) == before and of and less:
            found.append(Difference(name, of.field, less.field))
            taken.add(field_name(name))
    return tuple(found)


def _tables(table: Table, name: str, example: str) -> list[Table]:
    value = table.content.get(name, [])
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        table.tell(f"{name} is no list of tables: write {example}")
        return []
    return [
        Table(content, f"{table.place}, {name} {number}", table.faults)
        for number, content in enumerate(value, 1)
    ]


def _figures(table: Table, columns: Sequence[DeclaredColumn]) -> list[DeclaredColumn | None]:
    value = table.content.get("of")
    if not isinstance(value, list) or len(value) < 2 or not all(isinstance(each, str) for each in value):
        table.tell('of is no list of two headings or more: write of = ["Some", "Others"]')
        return []
    return [_called(table, each, columns) for each in value]


def _figure(table: Table, name: str, columns: Sequence[DeclaredColumn]) -> DeclaredColumn | None:
    heading = table.text(name)
    return _called(table, heading, columns) if heading else None


def _called(table: Table, heading: str, columns: Sequence[DeclaredColumn]) -> DeclaredColumn | None:
    figures = {key(each.heading): each for each in columns if each.type in _FIGURES}
    if key(heading) not in figures:
        near = did_you_mean(heading, (each.heading for each in figures.values()))
        table.tell(f"{heading!r} is no column of the type number or money. {near}".rstrip())
    return figures.get(key(heading))


def _tell_mixed(table: Table, columns: Sequence[DeclaredColumn | None]) -> None:
    if len({(each.type, each.unit) for each in columns if each}) > 1:
        table.tell("its columns are not all in one unit")
