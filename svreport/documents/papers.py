"""What the templates of a pack place: the return, and the sheets that the pack adds to the workbook."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, make_dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from svreport.documents.board.board import board_of
from svreport.documents.charts import DerivedCharts
from svreport.documents.context import FinanceSummary, MetricRow, Paper, Return, Scenario
from svreport.documents.context_now import IndicatorRow
from svreport.documents.drafts.marks import DraftMarks
from svreport.documents.indicator_rows import indicator_rows
from svreport.documents.key_figures import first_headlines, key_figures
from svreport.documents.measures import level_counts, metric_rows
from svreport.documents.movement import movement
from svreport.documents.plan import finance_summary
from svreport.documents.shortening import shortened
from svreport.documents.submission import return_context, shown
from svreport.documents.texts import Texts
from svreport.documents.wording import cut
from svreport.model import formats, names
from svreport.model.entry import Entry
from svreport.model.facts import Facts
from svreport.model.finding import mark
from svreport.model.pack_sheets import (
    ColumnType,
    DeclaredColumn,
    DeclaredSheet,
    PackSheet,
    SheetRow,
    field_name,
    room_taken,
    worked_out,
)
from svreport.model.quantity import Quantity, Unit, decimals_of
from svreport.model.references import headed
from svreport.model.submission import Submission
from svreport.narrative.blocks import Block, Paragraph, Run
from svreport.word.fields import Later, Link, Rich, Stack, Step, bookmark_of

_MOST_DECIMALS = 2
_NOTHING = "–"
_NO_METRIC = MetricRow("", "", "", "", "", "", "", above=False, below=False, off_track=False, source="")


@dataclass(frozen=True, slots=True)
class _Types:
    """The classes that a pack's declaration makes: of its context, its sheets, their marks, groups of rows and words on
    what is left out, and each sheet's rows.
    """

    context: Callable[..., Paper]
    sheets: type
    missing: type
    groups: type
    more: type
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
    types = _types(tuple(declared))
    by_name = {sheet.declared.name: sheet for sheet in submission.pack_sheets}
    fill = _Fill(texts, exhibits, metrics, told["finance"].scenarios, facts)
    sheets: dict[str, tuple[Any, ...]] = {}
    for sheet in reversed(declared):
        below = _rows_below(sheet, declared, by_name, sheets)
        sheets[sheet.field] = fill.rows(by_name.get(sheet.name), sheet, types.rows[sheet.field], below)
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


@lru_cache(maxsize=64)
def _types(declared: tuple[DeclaredSheet, ...]) -> _Types:
    rows: dict[str, type] = {}
    for sheet in reversed(declared):  # rows of another sheet hang below that one's, which stands above
        below: list[tuple[str, Any]] = [
            (each.field, _tuple_of(rows[each.field]))
            for each in declared
            if each.field in rows and _is_below(each, sheet)
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
    return _Types(context, sheets, missing, groups, more, rows)


def _groups_of(sheet: DeclaredSheet, row: type) -> type:
    """A class with the rows of each choice under its field."""
    choices = sheet.grouped.choices if sheet.grouped else ()
    return make_dataclass("Group", [(field_name(each), _tuple_of(row)) for each in choices], frozen=True)


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


def _is_below(sheet: DeclaredSheet, of: DeclaredSheet) -> bool:
    return any(names.key(each.sheet) == names.key(of.name) for each in sheet.columns if each.sheet)


def _rows_below(
    sheet: DeclaredSheet,
    declared: Sequence[DeclaredSheet],
    by_name: Mapping[str, PackSheet],
    laid: Mapping[str, tuple[Any, ...]],
) -> dict[str, dict[str, tuple[Any, ...]]]:
    """The rows of other sheets that belong to this one's, under their sheet's field and the name of the row."""
    found: dict[str, dict[str, tuple[Any, ...]]] = {}
    for each in (each for each in declared if each.field in laid and _is_below(each, sheet)):
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


class _Fill:
    """Lays the rows of sheets into their classes."""

    def __init__(
        self,
        texts: Texts,
        exhibits: Mapping[str, tuple[Block, ...]],
        metrics: Mapping[str, MetricRow],
        scenarios: Sequence[Scenario],
        facts: Facts,
    ) -> None:
        self._texts = texts
        self._exhibits = exhibits
        self._metrics = metrics
        self._scenarios = {names.key(each.name): each for each in scenarios}
        self._facts = facts
        self._money = facts.submission.programme.money_unit
        self._marks = DraftMarks(facts.submission)

    def rows(
        self,
        sheet: PackSheet | None,
        declared: DeclaredSheet,
        row: type,
        below: Mapping[str, Mapping[str, tuple[Any, ...]]],
    ) -> tuple[Any, ...]:
        """The sheet's rows, each with the rows of other sheets that belong to it: `below` holds them by name."""
        if sheet is None:
            return ()
        if sheet.fault:
            none: dict[str, tuple[Any, ...]] = dict.fromkeys(below, ())
            return (row(**self._marked(declared, mark(sheet.fault, sheet.place)), **none),)
        made, taken = [], set[str]()
        measured = list(indicator_rows(sheet, self._facts))
        for order, each in enumerate(sheet.rows[: declared.most or None]):
            name = names.key(str(each.entries[declared.columns[0].field].value or ""))
            own = {
                field: rows.get(name, ()) if name and name not in taken else ()
                for field, rows in below.items()
            }
            taken.add(name)
            told: dict[str, Any] = {"measured": measured[order]} if measured else {}
            made.append(row(**self._row(each, declared), **told, **own))
        return tuple(made)

    def _marked(self, declared: DeclaredSheet, told: str) -> dict[str, Any]:
        """A row that shows the mark once, in its first text, and nothing else."""
        values: dict[str, Any] = {each.field: "" for each in declared.differences}
        if declared.is_of_indicators:
            values["measured"] = IndicatorRow()
        for column in declared.columns:
            values |= self._values(column, None, told, "")
            told = ""
        return values

    def _row(self, row: SheetRow, declared: DeclaredSheet) -> dict[str, Any]:
        named = next((each.field for each in declared.columns if each.type is ColumnType.NAME), "")
        name = row.entries[named].value if named else None
        values: dict[str, Any] = {}
        worked = worked_out(row, declared)
        for column in declared.columns:
            entry = row.entries[column.field]
            told = mark(entry.fault, entry.place) if entry.fault else ""
            if column.field in worked:
                entry = Entry(worked[column.field], entry.place)
            if column.unit and (unit := row.entries[column.unit]).fault and not entry.is_empty:
                told = mark(unit.fault, unit.place)
            values |= self._values(column, entry, told, bookmark_of(name) if name else "")
            if (
                column.unit
                and not told
                and entry.value is not None
                and self._unit(column, row) is Unit.PERCENT
            ):
                values[column.field] += "%"
        for each in declared.differences:
            column = declared.column(each.of)
            value = worked.get(each.field)
            values[each.field] = _NOTHING if value is None else _changed(value, self._unit(column, row))
        return values

    def _unit(self, column: DeclaredColumn, row: SheetRow) -> Unit:
        if column.type is ColumnType.MONEY:
            return self._money
        return Unit(row.entries[column.unit].value or Unit.NUMBER) if column.unit else Unit.NUMBER

    def _values(
        self, column: DeclaredColumn, entry: Entry[Any] | None, told: str, bookmark: str
    ) -> dict[str, Any]:
        value = entry.value if entry else None
        marked: tuple[Block, ...] = (Paragraph((Run(told, mark=True),)),) if told else ()
        match column.type:
            case ColumnType.MARKDOWN:
                text = self._text(column, entry) if entry and value else Rich(marked)
                return {column.field: replace(text, mark=bookmark if text.blocks else "")}
            case ColumnType.EXHIBIT:
                return {column.field: Rich(self._exhibits.get(names.key(value), ()) if value else marked)}
            case ColumnType.EMAIL:
                return {column.field: Link(value or told, f"mailto:{value}" if value else "")}
            case ColumnType.METRIC:
                metric = self._metrics.get(names.key(value or ""), _NO_METRIC)
                return {column.field: _with_title(metric, value or told)}
            case ColumnType.SCENARIO:
                scenario = self._scenarios.get(names.key(value or ""), Scenario())
                return {column.field: replace(scenario, name=value or told)}
            case ColumnType.LEVEL:
                steps = (Step("", value, told),) if value or told else ()
                return {column.field: value.name if value else told, f"{column.field}_shaded": Stack(steps)}
            case ColumnType.REFERENCE:
                heading = headed(value, column.heading) if value else told
                return {column.field: value or told, f"{column.field}_headed": heading}
        return {column.field: told or self._printed(column, entry)}

    def _text(self, column: DeclaredColumn, entry: Entry[str]) -> Rich:
        """A cell's text; one that is too long for its place is cut, and then edits of it cannot go back to its cell."""
        if column.longest and room_taken(entry.value or "") > column.longest:
            return Rich(shortened(self._texts.of(entry), column.longest))
        return self._marks.text(entry, self._texts)

    def _printed(self, column: DeclaredColumn, entry: Entry[Any] | None) -> str:
        if entry is None or entry.value is None:
            return ""
        if column.longest:
            return cut(shown(entry), column.longest)
        if column.type in (ColumnType.NUMBER, ColumnType.MONEY):
            unit = self._money if column.type is ColumnType.MONEY else Unit.NUMBER
            decimals = min(_MOST_DECIMALS, decimals_of(entry.value))
            return formats.quantity(Quantity(entry.value, unit, decimals))
        return shown(entry)


def _changed(amount: Decimal, unit: Unit) -> str:
    """`+20 points`, `−3`, `+£1.2m`, `no change`: a difference with its sign, that of two percentages in points."""
    if not amount:
        return "no change"
    decimals = min(_MOST_DECIMALS, decimals_of(amount))
    quantity = Quantity(amount, unit, decimals)
    told = formats.quantity(quantity) if unit.is_money else formats.number(amount, decimals)
    if unit is Unit.PERCENT:
        told += " point" if abs(amount) == 1 else " points"
    return told if amount < 0 else f"+{told}"


def _with_title(metric: MetricRow, told: str) -> MetricRow:
    """A metric that has no figures yet, or could not be read, has its name or mark for a title."""
    return metric if metric.title else replace(metric, name=told, title=told)
