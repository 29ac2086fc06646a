"""The sheets that packs add to a workbook: laid out as every other, and read into rows of typed cells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from svreport.model import names
from svreport.model.entry import Entry
from svreport.model.finding import Place
from svreport.model.level import LevelScale
from svreport.model.pack_sheets import (
    ColumnType,
    DeclaredColumn,
    DeclaredSheet,
    PackSheet,
    Part,
    SheetRow,
    SheetsOfPack,
    room_taken,
)
from svreport.model.quantity import Unit
from svreport.model.references import reference_key
from svreport.model.submission import (
    Exhibit,
    FinanceLine,
    Metric,
    Programme,
)
from svreport.workbook import cells, rules
from svreport.workbook.book import Cell
from svreport.workbook.cells import CellReader, Found
from svreport.workbook.figures import figure
from svreport.workbook.layout import Column, Kind, Need, Sheet
from svreport.workbook.rows import Row
from svreport.workbook.tables import Tables

_KINDS = {
    ColumnType.TEXT: Kind.LINE,
    ColumnType.MARKDOWN: Kind.TEXT,
    ColumnType.LEVEL: Kind.LEVEL,
    ColumnType.NUMBER: Kind.NUMBER,
    ColumnType.MONEY: Kind.NUMBER,
    ColumnType.DATE: Kind.DATE,
    ColumnType.PERIOD: Kind.PERIOD,
    ColumnType.CHOICE: Kind.CHOICE,
    ColumnType.METRIC: Kind.CHOICE,
    ColumnType.EXHIBIT: Kind.CHOICE,
    ColumnType.EMAIL: Kind.EMAIL,
    ColumnType.NAME: Kind.REFERENCE,
    ColumnType.SCENARIO: Kind.CHOICE,
    ColumnType.ROW: Kind.CHOICE,
    ColumnType.REFERENCE: Kind.REFERENCE,
}
_LISTED_FROM = {
    ColumnType.LEVEL: ("Assurance levels", "Level"),
    ColumnType.METRIC: ("Metrics", "Metric"),
    ColumnType.EXHIBIT: ("Exhibits", "Exhibit"),
    ColumnType.SCENARIO: ("Finance", "Scenario"),
}
_WIDTHS = {
    ColumnType.MARKDOWN: 80,
    ColumnType.TEXT: 36,
    ColumnType.EMAIL: 36,
    ColumnType.EXHIBIT: 28,
    ColumnType.SCENARIO: 32,
    ColumnType.ROW: 32,
}
_WIDTH = 16
_MEASURED = (Part.BASELINE, Part.LATEST, Part.TARGET)


def laid_out(declared: DeclaredSheet) -> Sheet:
    """A declared sheet as the layout describes one."""
    columns = tuple(
        Column(
            column.heading,
            _KINDS[column.type],
            Need.COLUMN if column.required else Need.EXPECTED,
            column.width or _WIDTHS.get(column.type, _WIDTH),
            column.choices,
            (column.sheet, "") if column.sheet else _LISTED_FROM.get(column.type),
            prompt=column.prompt,
        )
        for column in declared.columns
    )
    return Sheet(declared.name, declared.guidance, columns, required=False)


class PackSheets:
    """Reads the sheets of packs, whose levels, metrics and exhibits are those of the workbook."""

    def __init__(
        self,
        programme: Programme,
        scale: LevelScale,
        metrics: Sequence[Metric],
        exhibits: Sequence[Exhibit],
        finance: Sequence[FinanceLine],
        found: Found,
    ) -> None:
        self._found = found
        self._rows: dict[str, CellReader[str]] = {}
        unit = None if programme.money_in.fault else programme.money_unit
        self._readers: dict[ColumnType, CellReader[Any]] = {
            ColumnType.TEXT: cells.line,
            ColumnType.MARKDOWN: cells.text,
            ColumnType.LEVEL: cells.level(scale),
            ColumnType.NUMBER: figure(Unit.NUMBER),
            ColumnType.MONEY: figure(unit, programme.money_in.fault),
            ColumnType.DATE: cells.day,
            ColumnType.PERIOD: cells.period,
            ColumnType.METRIC: _named((each.name.value for each in metrics), rules.METRIC),
            ColumnType.EXHIBIT: _named((each.name.value for each in exhibits), rules.EXHIBIT),
            ColumnType.EMAIL: cells.email,
            ColumnType.NAME: cells.reference,
            ColumnType.REFERENCE: cells.reference,
            ColumnType.SCENARIO: _named((each.scenario.value for each in finance), rules.PACK_SCENARIO),
        }
        self._units = {names.key(each.name.value): each.unit for each in metrics if each.name.value}

    def read(self, tables: Tables, packs: Iterable[SheetsOfPack]) -> Iterator[PackSheet]:
        for pack in packs:
            if pack.wanted or any(tables.is_there(sheet.name) for sheet in pack.sheets):
                named = {names.key(each.sheet) for sheet in pack.sheets for each in sheet.columns}
                for sheet in pack.sheets:
                    yield self._sheet(tables, pack.pack, sheet, named=names.key(sheet.name) in named)

    def _sheet(self, tables: Tables, pack: str, declared: DeclaredSheet, *, named: bool) -> PackSheet:
        """One sheet as found; rows that are `named` by those of other sheets must be told apart."""
        table = tables.table(declared.name)
        rows = tuple(self._row(row, declared) for row in table.rows)
        place = Place(table.name)
        if table.heading_row or table.absent:
            self._tell_repeated(rows, declared)
        self._tell_too_much(rows, declared)
        first = declared.columns[0]
        word = first.heading if first.type is ColumnType.REFERENCE else ""
        if named and not word:
            self._tell_name_twice([row.entries[first.field] for row in rows], "", "give the row another name")
        known = [str(row.entries[first.field].value or "") for row in rows]
        # A required sheet without rows has been told, and each row that names one of its need not tell it again.
        self._rows[names.key(declared.name)] = (
            _named(known, rules.PACK_ROW, word) if rows or not declared.required else cells.reference
        )
        if rows or not declared.required:
            return PackSheet(declared, place, rows)
        if not table.absent and not table.heading_row:
            return PackSheet(declared, place, rows, rules.HEADINGS_MISSING.code)
        finding = rules.PACK_SHEET_EMPTY.at(
            place,
            read="no sheet of this name" if table.absent else "no row that is filled in",
            expected=f"what the pack {pack} prints: {names.listed((each.heading for each in declared.columns), 'and')}",
            mend=f"copy the sheet from a workbook made by svreport new --pack {pack}, and fill it in"
            if table.absent
            else "fill in its rows",
        )
        self._found.append(finding)
        return PackSheet(declared, place, rows, finding.code)

    def _row(self, row: Row, declared: DeclaredSheet) -> SheetRow:
        entries: dict[str, Entry[Any]] = {}
        for column in sorted(declared.columns, key=lambda each: bool(each.unit) or each.part in _MEASURED):
            unit: Entry[Any] | None = entries[column.unit] if column.unit else None
            if column.part in _MEASURED:
                unit = self._unit_of(entries, declared)
            entries[column.field] = self._entry(row, column, unit)
        return SheetRow(entries)

    def _unit_of(self, entries: Mapping[str, Entry[Any]], declared: DeclaredSheet) -> Entry[Any] | None:
        """What an indicator is counted in: its metric's unit, or else the one that its row says."""
        for part in (Part.METRIC, Part.UNIT):
            column = declared.part(part)
            entry = entries[column.field] if column else None
            if entry is not None and not entry.is_empty:
                named = self._units.get(names.key(entry.value or "")) if part is Part.METRIC else None
                return named or entry
        return None

    def _reader(self, column: DeclaredColumn, unit: Entry[Any] | None) -> CellReader[Any]:
        if unit is not None:
            return figure(Unit(unit.value) if unit.value else None, unit.fault)
        if column.type is ColumnType.ROW:
            return self._rows[names.key(column.sheet)]
        return self._readers.get(column.type) or cells.word(column.choices, rules.CHOICE)

    def _entry(self, row: Row, column: DeclaredColumn, unit: Entry[Any] | None) -> Entry[Any]:
        reader = self._reader(column, unit)
        entry: Entry[Any] = row.read(column.heading, reader)
        if not entry.is_empty or not column.required:
            return entry
        finding = rules.EMPTY_ASKED.at(
            entry.place,
            read="an empty cell",
            expected=f"one of: {names.listed(column.choices)}"
            if column.choices
            else f"the row's {column.heading}",
            mend="fill it in, or clear the whole row if it is not needed",
        )
        self._found.append(finding)
        return Entry(None, entry.place, finding.code)

    def _tell_repeated(self, rows: Sequence[SheetRow], declared: DeclaredSheet) -> None:
        """Tells a row's name that another row of the sheet has already."""
        for column in declared.columns:
            entries = [row.entries[column.field] for row in rows]
            if column.type is ColumnType.NAME:
                mend = "give the row another name, or leave its name empty"
                self._tell_name_twice(entries, "", mend)
            if column.type is ColumnType.REFERENCE:
                mend = f"give the row another {column.heading.casefold()}"
                self._tell_name_twice(entries, column.heading, mend)

    def _tell_name_twice(self, entries: Iterable[Entry[str]], word: str, mend: str) -> None:
        first: dict[str, Entry[str]] = {}
        for entry in entries:
            before = first.setdefault(_key(entry.value or "", word), entry)
            if entry.value and before is not entry:
                cells.refused(
                    self._found,
                    rules.REFERENCE_TWICE,
                    entry.place,
                    read=f"{entry.value}, as in {before.place.cell}",
                    expected="a name of its own for each",
                    mend=mend,
                )

    def _tell_too_much(self, rows: Sequence[SheetRow], declared: DeclaredSheet) -> None:
        """Tells rows and texts for which the paper has no room; the paper says itself that there is more."""
        if declared.most and len(rows) > declared.most:
            entry = rows[declared.most].entries[declared.columns[0].field]
            self._found.append(
                rules.TOO_MANY_ROWS.at(
                    entry.place,
                    read=f"{len(rows)} rows",
                    expected=f"at most {declared.most}, for which the paper has room",
                    mend="keep what matters most: from this row on none is printed",
                )
            )
        for column in (each for each in declared.columns if each.longest):
            for row in rows[: declared.most or None]:
                entry = row.entries[column.field]
                if entry.value and (taken := room_taken(entry.value)) > column.longest:
                    self._found.append(
                        rules.TEXT_TOO_LONG.at(
                            entry.place,
                            read=f"about {taken} characters",
                            expected=f"at most {column.longest}, for which the paper has room",
                            mend="say it shorter: the paper cuts it and shows that it did",
                        )
                    )


def _key(name: str, word: str) -> str:
    """What two names share; with a word, as references: `Priority 1` and `1` are the same."""
    return reference_key(name, word) if word else names.key(name)


def _named(known: Iterable[str | None], rule: Any, word: str = "") -> CellReader[str]:
    """Reads a name of another sheet, as that sheet writes it; with a word, a reference that it may stand before."""
    by_key: dict[str, str] = {}
    for name in known:
        if name:
            by_key.setdefault(_key(name, word), name)

    def read(cell: Cell, place: Place, found: Found) -> Entry[str]:
        typed = cells.line(cell, place, found)
        if typed.value is None:
            return typed
        held = by_key.get(_key(typed.value, word))
        return (
            Entry(held, place) if held else cells.not_among(typed.value, by_key.values(), rule, place, found)
        )

    return read
