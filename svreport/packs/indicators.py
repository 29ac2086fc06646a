"""Columns of a pack's sheet that tell an indicator, and those that sort its rows into groups."""

from svreport.model.names import did_you_mean, listed
from svreport.model.pack_sheets import ColumnType, DeclaredColumn, Part, field_name
from svreport.model.quantity import Unit
from svreport.packs.table import Table

TRENDS = ("rising", "falling", "steady")
MEASURED = "measured"
"""The field that a row of indicators has besides those of its columns."""

_TYPES = {
    Part.METRIC: ColumnType.METRIC,
    Part.UNIT: ColumnType.CHOICE,
    Part.BETTER: ColumnType.CHOICE,
    Part.BASELINE: ColumnType.NUMBER,
    Part.LATEST: ColumnType.NUMBER,
    Part.AS_AT: ColumnType.PERIOD,
    Part.TARGET: ColumnType.NUMBER,
    Part.BY: ColumnType.PERIOD,
    Part.TREND: ColumnType.CHOICE,
}


def _choices(part: Part) -> tuple[str, ...] | None:
    """The only choices that a part knows, None for one that has none."""
    from svreport.model.submission import BetterWhen  # with the whole return, which most packs do without

    known = {
        Part.UNIT: tuple(each.value for each in Unit),
        Part.BETTER: tuple(each.value for each in BetterWhen),
        Part.TREND: TRENDS,
    }
    return known.get(part)


def part_of(table: Table, type_name: str, choices: tuple[str, ...]) -> Part | None:
    """What a column tells of an indicator; one of another type, or with other choices, is told."""
    if "part" not in table.content:
        return None
    name = table.text("part")
    known = {each.value: each for each in Part}
    part = known.get(name)
    if part is None:
        if name:
            near = did_you_mean(name, known) or f"It can be {listed(known)}."
            table.tell(f"the part {name!r} is none. {near}")
        return None
    if type_name and type_name != _TYPES[part]:
        table.tell(f"the part {name!r} is of the type {_TYPES[part].value}")
    elif (known_choices := _choices(part)) is not None and not set(choices) <= set(known_choices):
        table.tell(f"the part {name!r} knows no other choices than {listed(known_choices, 'and')}")
    return part


def tell_indicators(table: Table, columns: tuple[DeclaredColumn, ...]) -> None:
    """Tells parts that are there twice, or that make no indicator together."""
    parts = [each.part for each in columns if each.part]
    for part in dict.fromkeys(parts):
        if parts.count(part) > 1:
            table.tell(f"several columns have the part {part.value!r}, and one can")
    if parts and not {Part.LATEST, Part.TARGET} <= set(parts):
        table.tell("it has parts of an indicator, and needs both the part 'latest' and the part 'target'")
    if parts and any(each.field == MEASURED for each in columns):
        table.tell(f"rows of indicators have a field {MEASURED!r} already: call the column otherwise")


def tell_groups(table: Table, columns: tuple[DeclaredColumn, ...]) -> None:
    """Tells groups that are not one list, or that templates cannot name."""
    grouped = [each for each in columns if each.groups]
    if len(grouped) > 1:
        table.tell("several columns have groups, and one can")
    for column in grouped[:1]:
        fields = [field_name(each) for each in column.choices]
        wrong = [field for field in fields if not field[:1].isalpha() or fields.count(field) > 1]
        if wrong:
            table.tell(
                f"each choice of {column.heading} names a group in templates, and {wrong[0]!r} can name none"
            )
