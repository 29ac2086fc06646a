"""What the templates of a pack place: the return, and the sheets that the pack adds to the workbook."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, make_dataclass, replace
from functools import lru_cache
from typing import Any, cast

from svreport.documents.board import board_of
from svreport.documents.charts import DerivedCharts
from svreport.documents.context import FinanceSummary, MetricRow, Paper, Return
from svreport.documents.draft_marks import DraftMarks
from svreport.documents.measures import level_counts, metric_rows
from svreport.documents.plan import finance_summary
from svreport.documents.submission import return_context, shown
from svreport.documents.texts import Texts
from svreport.model import formats, names
from svreport.model.facts import Facts
from svreport.model.finding import mark
from svreport.model.pack_sheets import ColumnType, DeclaredColumn, DeclaredSheet, PackSheet, SheetRow
from svreport.model.quantity import Quantity, Unit, decimals_of
from svreport.model.submission import Entry, Submission
from svreport.narrative.blocks import Block, Paragraph, Run
from svreport.word.fields import Later, Link, Rich, Stack, Step, bookmark_of

_MOST_DECIMALS = 2
_NO_METRIC = MetricRow("", "", "", "", "", "", "", above=False, below=False, off_track=False, source="")


@dataclass(frozen=True, slots=True)
class _Types:
    """The classes that a pack's declaration makes: of its context, its sheets, their marks, and each sheet's rows."""

    context: Callable[..., Paper]
    sheets: type
    missing: type
    rows: Mapping[str, type]


def context_type(declared: Sequence[DeclaredSheet]) -> type[Paper]:
    """The class of a pack's contexts, by which its templates' tags are checked."""
    return cast(type[Paper], _types(tuple(declared)).context) if declared else Paper


def paper_context(
    facts: Facts,
    texts: Texts,
    exhibits: Mapping[str, tuple[Block, ...]],
    declared: Sequence[DeclaredSheet],
    charts: DerivedCharts,
) -> Paper:
    """Everything that the templates of a pack with these sheets place.

    `exhibits` holds each exhibit's blocks under its name's key, `charts` draws those that need no exhibit. A sheet that
    should have rows and has none has one that shows the mark, and the mark under `missing`.
    """
    submission = facts.submission
    metrics = metric_rows(facts, charts)
    base = return_context(submission, texts, exhibits)
    told = {field.name: getattr(base, field.name) for field in fields(Return)}
    told |= {
        "finance": Later(lambda: _finance(submission, charts)),
        "metrics": tuple(metrics.values()),
        "levels": tuple(level_counts(submission)),
        "board": Later(lambda: board_of(facts, texts, charts)),
    }
    if not declared:
        return Paper(**told)
    types = _types(tuple(declared))
    by_name = {sheet.declared.name: sheet for sheet in submission.pack_sheets}
    fill = _Fill(texts, exhibits, metrics, submission)
    sheets = {
        sheet.field: fill.rows(by_name.get(sheet.name), sheet, types.rows[sheet.field]) for sheet in declared
    }
    missing = {sheet.field: _mark_of(by_name.get(sheet.name)) for sheet in declared}
    return types.context(**told, sheets=types.sheets(**sheets), missing=types.missing(**missing))


def _finance(submission: Submission, charts: DerivedCharts) -> FinanceSummary:
    summary = finance_summary(submission)
    return replace(summary, chart=charts.of_plan(), in_year_chart=charts.of_in_year())


@lru_cache(maxsize=64)
def _types(declared: tuple[DeclaredSheet, ...]) -> _Types:
    rows = {sheet.field: make_dataclass("Row", _fields_of(sheet), frozen=True) for sheet in declared}
    sheets = make_dataclass("Sheets", [(name, tuple[row, ...]) for name, row in rows.items()], frozen=True)  # type: ignore[valid-type] # a class made at run time
    missing = make_dataclass("Missing", [(name, str) for name in rows], frozen=True)
    context = make_dataclass(
        "PaperOfPack", [("sheets", sheets), ("missing", missing)], bases=(Paper,), frozen=True, kw_only=True
    )
    return _Types(context, sheets, missing, rows)


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
            case ColumnType.LEVEL:
                found += [(column.field, str), (f"{column.field}_shaded", Stack)]
            case _:
                found.append((column.field, str))
    return found


def _mark_of(sheet: PackSheet | None) -> str:
    return mark(sheet.fault, sheet.place) if sheet is not None and sheet.fault else ""


class _Fill:
    """Lays the rows of sheets into their classes."""

    def __init__(
        self,
        texts: Texts,
        exhibits: Mapping[str, tuple[Block, ...]],
        metrics: Mapping[str, MetricRow],
        submission: Submission,
    ) -> None:
        self._texts = texts
        self._exhibits = exhibits
        self._metrics = metrics
        self._money = submission.programme.money_unit
        self._marks = DraftMarks(submission)

    def rows(self, sheet: PackSheet | None, declared: DeclaredSheet, row: type) -> tuple[Any, ...]:
        if sheet is None:
            return ()
        if sheet.fault:
            return (row(**self._marked(declared, mark(sheet.fault, sheet.place))),)
        return tuple(row(**self._row(each, declared)) for each in sheet.rows)

    def _marked(self, declared: DeclaredSheet, told: str) -> dict[str, Any]:
        """A row that shows the mark once, in its first text, and nothing else."""
        values: dict[str, Any] = {}
        for column in declared.columns:
            values |= self._values(column, None, told, "")
            told = ""
        return values

    def _row(self, row: SheetRow, declared: DeclaredSheet) -> dict[str, Any]:
        named = next((each.field for each in declared.columns if each.type is ColumnType.NAME), "")
        name = row.entries[named].value if named else None
        values: dict[str, Any] = {}
        for column in declared.columns:
            entry = row.entries[column.field]
            told = mark(entry.fault, entry.place) if entry.fault else ""
            values |= self._values(column, entry, told, bookmark_of(name) if name else "")
        return values

    def _values(
        self, column: DeclaredColumn, entry: Entry[Any] | None, told: str, bookmark: str
    ) -> dict[str, Any]:
        value = entry.value if entry else None
        marked: tuple[Block, ...] = (Paragraph((Run(told, mark=True),)),) if told else ()
        match column.type:
            case ColumnType.MARKDOWN:
                text = self._marks.text(entry, self._texts) if entry and value else Rich(marked)
                return {column.field: replace(text, mark=bookmark if text.blocks else "")}
            case ColumnType.EXHIBIT:
                return {column.field: Rich(self._exhibits.get(names.key(value), ()) if value else marked)}
            case ColumnType.EMAIL:
                return {column.field: Link(value or told, f"mailto:{value}" if value else "")}
            case ColumnType.METRIC:
                metric = self._metrics.get(names.key(value or ""), _NO_METRIC)
                return {column.field: _with_title(metric, value or told)}
            case ColumnType.LEVEL:
                steps = (Step("", value, told),) if value or told else ()
                return {column.field: value.name if value else told, f"{column.field}_shaded": Stack(steps)}
        return {column.field: told or self._printed(column, entry)}

    def _printed(self, column: DeclaredColumn, entry: Entry[Any] | None) -> str:
        if entry is None or entry.value is None:
            return ""
        if column.type in (ColumnType.NUMBER, ColumnType.MONEY):
            unit = self._money if column.type is ColumnType.MONEY else Unit.NUMBER
            decimals = min(_MOST_DECIMALS, decimals_of(entry.value))
            return formats.quantity(Quantity(entry.value, unit, decimals))
        return shown(entry)


def _with_title(metric: MetricRow, told: str) -> MetricRow:
    """A metric that has no figures yet, or could not be read, has its name or mark for a title."""
    return metric if metric.title else replace(metric, name=told, title=told)
