"""What the templates of a pack place: the return, and the sheets that the pack adds to the workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, cast

from svreport.documents.board.board import board_of
from svreport.documents.charts import DerivedCharts
from svreport.documents.context import FinanceSummary, Paper, Return
from svreport.documents.key_figures import first_headlines, key_figures
from svreport.documents.measures import level_counts, metric_rows
from svreport.documents.movement import movement
from svreport.documents.paper_rows import PaperRows
from svreport.documents.paper_types import is_below, paper_types
from svreport.documents.plan import finance_summary
from svreport.documents.submission import return_context
from svreport.documents.texts import Texts
from svreport.model import names
from svreport.model.facts import Facts
from svreport.model.finding import mark
from svreport.model.pack_sheets import ColumnType, DeclaredSheet, PackSheet, field_name
from svreport.model.submission import Submission
from svreport.narrative.blocks import Block
from svreport.word.fields import Later


def context_type(declared: Sequence[DeclaredSheet]) -> type[Paper]:
    """The class of a pack's contexts, by which its templates' tags are checked."""
    return cast(type[Paper], paper_types(tuple(declared)).context) if declared else Paper


def paper_context(
    facts: Facts,
    texts: Texts,
    exhibits: Mapping[str, tuple[Block, ...]],
    declared: Sequence[DeclaredSheet],
    charts: DerivedCharts,
    previous: Submission | None = None,
) -> Paper:
    """Everything that the templates of a pack with these sheets place.

    `exhibits` holds each exhibit's blocks under its name's key, `charts` draws those that need no exhibit. A sheet that
    should have rows and has none has one that shows the mark, and the mark under `missing`. `previous` is the previous
    workbook, which levels are compared with.
    """
    submission = facts.submission
    metrics = metric_rows(facts, charts)
    base = return_context(submission, texts, exhibits, metrics)
    told = {field.name: getattr(base, field.name) for field in fields(Return)}
    told |= {
        "finance": _finance(submission, exhibits, charts),
        "metrics": tuple(metrics.values()),
        "levels": tuple(level_counts(submission)),
        "movement": movement(submission, previous),
        "key_figures": key_figures(facts, metrics),
        "first_headlines": tuple(first_headlines(submission, texts)),
        "board": Later(lambda: board_of(facts, texts, charts)),
    }
    if not declared:
        return Paper(**told)
    types = paper_types(tuple(declared))
    by_name = {sheet.declared.name: sheet for sheet in submission.pack_sheets}
    laid = PaperRows(texts, exhibits, metrics, told["finance"].scenarios, facts)
    sheets: dict[str, tuple[Any, ...]] = {}
    for sheet in reversed(declared):
        below = _rows_below(sheet, declared, by_name, sheets)
        sheets[sheet.field] = laid.rows(by_name.get(sheet.name), sheet, types.rows[sheet.field], below)
    missing = {sheet.field: _missing(by_name.get(sheet.name)) for sheet in declared}
    more = {each.field: _left_out(by_name.get(each.name), each) for each in declared}
    groups = {
        each.field: _grouped(by_name.get(each.name), each, sheets[each.field], types.groups)
        for each in declared
        if each.grouped
    }
    return types.context(
        **told,
        sheets=types.sheets(**sheets),
        missing=types.missing(**missing),
        groups=types.groups(**groups),
        more=types.more(**more),
    )


def _finance(
    submission: Submission, exhibits: Mapping[str, tuple[Block, ...]], charts: DerivedCharts
) -> FinanceSummary:
    summary = finance_summary(submission, exhibits)
    return replace(summary, plan_chart=charts.of_plan(), in_year_chart=charts.of_in_year())


def _grouped(sheet: PackSheet | None, declared: DeclaredSheet, rows: Sequence[Any], groups: type) -> Any:
    """The rows by their choice; those whose choice could not be read are in none, and told under `missing`."""
    column = declared.grouped
    kind = next(each.type for each in fields(groups) if each.name == declared.field)
    held: dict[str, list[Any]] = {field_name(each): [] for each in (column.choices if column else ())}
    if sheet is not None and column is not None and not sheet.fault:
        for row, made in zip(sheet.rows, rows, strict=False):
            told = row.entries[column.field].value
            if told:
                held[field_name(told)].append(made)
    return cast(Any, kind)(**{field: tuple(each) for field, each in held.items()})


def _left_out(sheet: PackSheet | None, declared: DeclaredSheet) -> str:
    """`and 2 more`, where a sheet has more rows than its paper prints."""
    left = len(sheet.rows) - declared.most if sheet is not None and declared.most else 0
    return f"and {left} more" if left > 0 else ""


def _rows_below(
    sheet: DeclaredSheet,
    declared: Sequence[DeclaredSheet],
    by_name: Mapping[str, PackSheet],
    laid: Mapping[str, tuple[Any, ...]],
) -> dict[str, dict[str, tuple[Any, ...]]]:
    """The rows of other sheets that belong to this one's, under their sheet's field and the name of the row."""
    found: dict[str, dict[str, tuple[Any, ...]]] = {}
    for each in (each for each in declared if each.field in laid and is_below(each, sheet)):
        held = by_name.get(each.name)
        of = next(column.field for column in each.columns if names.key(column.sheet) == names.key(sheet.name))
        groups = found.setdefault(each.field, {})
        for row, made in zip(held.rows if held else (), laid[each.field], strict=False):
            name = names.key(row.entries[of].value or "")
            groups[name] = (*groups.get(name, ()), made)
    return found


def _missing(sheet: PackSheet | None) -> str:
    """The mark of a sheet without rows, or else those of its rows that belong to no group, or to no row of the sheet
    that they name.
    """
    if sheet is None:
        return ""
    if sheet.fault:
        return mark(sheet.fault, sheet.place)
    entries = (
        row.entries[column.field]
        for column in sheet.declared.columns
        if column.type is ColumnType.ROW or column.groups
        for row in sheet.rows
    )
    return " ".join(mark(each.fault, each.place) for each in entries if each.fault)
