"""Ratings on the sheets of papers: one that is missing, and one below target that gives no reason."""

from collections.abc import Iterator

from svreport.model import names
from svreport.model.entry import Entry
from svreport.model.finding import Finding, Rule, Severity
from svreport.model.level import NAMED_COLOURS, Level
from svreport.model.pack_sheets import ColumnType, DeclaredColumn, PackSheet
from svreport.review.material import Check, Material
from svreport.review.standing import is_off_target

NOT_RATED = Rule(
    "PAP-21",
    Severity.QUERY,
    "A paper rates some of its subjects, and not all",
    "A sheet with a closed list of subjects and a level for each prints a table of them. One that is left out is not "
    "missed by whoever reads the table, and the text beside it still promises it.",
    "Forum ratings has a row for Programme, and none for Finances.",
)


def not_rated(material: Material) -> Iterator[Finding]:
    for sheet in _sheets(material):
        column = _only(sheet, ColumnType.CHOICE)
        if column is None or not column.required or _only(sheet, ColumnType.LEVEL) is None:
            continue
        told = {row.entries[column.field].value for row in sheet.rows}
        left_out = [choice for choice in column.choices if choice not in told]
        if left_out and told - {None}:
            yield NOT_RATED.at(
                sheet.place,
                read=f"no row for {names.listed(left_out, 'or')}",
                expected=f"a row for each of {names.listed(column.choices, 'and')}",
                mend=f"add a row for {names.listed(left_out, 'and')}, or say in an answer why the paper leaves it out",
                about=f"{sheet.place.sheet}: {names.listed(left_out, 'and')}",
            )


NO_REASON = Rule(
    "PAP-22",
    Severity.QUERY,
    "A rating below target gives no reason",
    "A reader who sees Amber or Red asks why. The paper prints an empty cell.",
    "The priority Preparation for adulthood is Amber, and Why is empty.",
)


def no_reason(material: Material) -> Iterator[Finding]:
    for sheet in _sheets(material):
        level, why = _only(sheet, ColumnType.LEVEL), _only(sheet, ColumnType.MARKDOWN)
        if level is None or why is None or why.required:
            continue
        for row in sheet.rows:
            rating: Entry[Level] = row.entries[level.field]
            if (
                rating.value is not None
                and _is_below_target(rating.value)
                and row.entries[why.field].is_empty
            ):
                first: Entry[str] = row.entries[sheet.declared.columns[0].field]
                yield NO_REASON.at(
                    row.entries[why.field].place,
                    read="nothing",
                    expected=f"why {first.value or 'the row'} is {rating.value}",
                    mend=f"say why in {why.heading}, or correct the rating",
                    about=f"{first.value}: {rating.value} without a reason",
                )


def _sheets(material: Material) -> Iterator[PackSheet]:
    return (sheet for sheet in material.submission.pack_sheets if not sheet.fault)


def _only(sheet: PackSheet, kind: ColumnType) -> DeclaredColumn | None:
    """The sheet's column of a type, where it has one such column alone."""
    found = [column for column in sheet.declared.columns if column.type is kind]
    return found[0] if len(found) == 1 else None


def _is_below_target(level: Level) -> bool:
    return is_off_target(level) or level.colour == NAMED_COLOURS["Amber"]


CHECKS = (Check(NOT_RATED, not_rated), Check(NO_REASON, no_reason))
