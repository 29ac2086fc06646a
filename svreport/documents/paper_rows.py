"""The rows of a pack's sheets as its templates place them: each cell by its column's type."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from svreport.documents.context import MetricRow, Scenario
from svreport.documents.context_now import IndicatorRow
from svreport.documents.drafts.marks import DraftMarks
from svreport.documents.indicator_rows import indicator_rows
from svreport.documents.shortening import shortened
from svreport.documents.submission import shown
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
    room_taken,
    worked_out,
)
from svreport.model.quantity import Quantity, Unit, decimals_of
from svreport.model.references import headed
from svreport.narrative.blocks import Block, Paragraph, Run
from svreport.word.fields import Link, Rich, Stack, Step, bookmark_of

_MOST_DECIMALS = 2
_NOTHING = "–"
_NO_METRIC = MetricRow("", "", "", "", "", "", "", above=False, below=False, off_track=False, source="")


class PaperRows:
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
