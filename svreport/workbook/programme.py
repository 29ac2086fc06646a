"""The facts about the return and the year's updates: the sheets `Programme` and `Updates`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from svreport.model import names
from svreport.model.entry import Entry
from svreport.model.finding import Place
from svreport.model.submission import LimitBasis, Programme, Update
from svreport.workbook import cells, layout, rules
from svreport.workbook.book import Cell
from svreport.workbook.cells import CellReader, Found
from svreport.workbook.headings import closest
from svreport.workbook.layout import Need
from svreport.workbook.rows import Row, Table

T = TypeVar("T")
_UNIT_HINTS = {"£": "£", "pounds": "£", "£k": "£000", "k": "£000", "£'000": "£000", "£000s": "£000"}
_UNIT_HINTS |= {"thousands": "£000", "m": "£m", "millions": "£m", "£ million": "£m", "£million": "£m"}


def read_programme(table: Table, found: Found) -> Programme:
    """The programme's items, wherever their rows stand."""
    rows = _Items(table, found)
    code = rows.read("Authority code", cells.reference)
    if code.value is not None and not re.fullmatch(r"\d{3}", code.value, re.ASCII):
        code = cells.refused(
            found,
            rules.AUTHORITY_CODE,
            code.place,
            read=code.value,
            expected="three digits such as 865",
            mend="correct the code, or leave it empty",
        )
    money = rows.read("Money in", cells.choice(layout.MONEY_UNITS, rules.UNIT, _UNIT_HINTS))
    signs = rows.read("Deficits shown as", cells.word(layout.DEFICIT_SIGNS, rules.CHOICE))
    basis = rows.read("Deficit limit basis", cells.choice(LimitBasis, rules.CHOICE))
    lines = rows.read("Finance lines", cells.word(layout.FINANCE_LINES, rules.CHOICE))
    typed: dict[str, Entry[str]] = {}
    programme = Programme(
        authority=rows.read("Authority", cells.line),
        authority_code=code,
        financial_year=rows.read("Financial year", cells.year),
        current_update=rows.read("Current update", cells.line),
        agreement_ends=rows.read("Agreement ends", cells.year),
        money_in=money,
        deficits_negative=Entry(
            None if signs.value is None else signs.value == "negative", signs.place, signs.fault
        ),
        limit_basis=basis,
        previous_workbook=_file_beside(rows.read("Previous workbook", cells.line), found),
        forecast_scenario=rows.read("Forecast scenario", cells.line),
        finance_complete=Entry(
            None if lines.value is None else lines.value == "complete", lines.place, lines.fault
        ),
        adviser_support=rows.read("Specialist adviser support", cells.text),
        dashboard=rows.read("Dashboard", cells.text),
        items=typed,
    )
    _tell_agreement_end(programme, found)
    return replace(programme, items={**_printed(programme, signs, lines), **rows.others()})


def _printed(programme: Programme, signs: Entry[str], lines: Entry[str]) -> dict[str, Entry[str]]:
    """Each item as text prints it, under the layout's name for it."""
    return {
        "Authority": programme.authority,
        "Authority code": programme.authority_code,
        "Financial year": _as_text(programme.financial_year),
        "Current update": programme.current_update,
        "Agreement ends": _as_text(programme.agreement_ends),
        "Money in": _as_text(programme.money_in),
        "Deficits shown as": signs,
        "Deficit limit basis": _as_text(programme.limit_basis),
        "Previous workbook": programme.previous_workbook,
        "Forecast scenario": programme.forecast_scenario,
        "Finance lines": lines,
        "Specialist adviser support": programme.adviser_support,
        "Dashboard": programme.dashboard,
    }


def _as_text(entry: Entry[T]) -> Entry[str]:
    return Entry(None if entry.value is None else str(entry.value), entry.place, entry.fault)


def _file_beside(entry: Entry[str], found: Found) -> Entry[str]:
    if entry.value is None or not (re.search(r'[/\\:*?"<>|]', entry.value) or entry.value.strip(". ") == ""):
        return entry
    return cells.refused(
        found,
        rules.FILE_NAME,
        entry.place,
        read=entry.value,
        expected="a file's name alone, such as council-2026-08.xlsx",
        mend="put the file into this workbook's folder and type its name without the folder",
    )


def _tell_agreement_end(programme: Programme, found: Found) -> None:
    if programme.agreement_ends.is_empty:
        found.append(
            rules.EMPTY_ASKED.at(
                programme.agreement_ends.place,
                read="Agreement ends is empty",
                expected="a financial year such as 2030-31",
                mend="fill in the agreement's last year: the plan's end is tested on it",
            )
        )


class _Value(NamedTuple):
    cell: Cell | None
    place: Place


class _Items:
    """The sheet's rows by item."""

    def __init__(self, table: Table, found: Found) -> None:
        self._table = table
        self._found = found
        self._values: dict[str, _Value] = {}
        self._others: dict[str, Entry[str]] = {}
        named = [(row, row.read("Item", cells.line)) for row in table.rows]
        known = {names.key(item.name): item.name for item in layout.ITEMS}
        unknown: list[tuple[Row, Entry[str]]] = []
        for row, item in named:
            name = known.get(names.key(item.value or "").rstrip(" :*"))
            if name:
                self._take(name, row, item)
            elif item.value:
                unknown.append((row, item))
        for row, item in unknown:
            self._take_nearly(row, item)

    def read(self, name: str, reader: CellReader[T]) -> Entry[T]:
        item = next(each for each in layout.ITEMS if each.name == name)
        held = self._values.get(name)
        if held is None:
            entry: Entry[T] = Entry(None, self._table.place(), self._fault_of_sheet(item.need))
        else:
            entry = reader(held.cell, held.place, self._found) if held.cell else Entry(None, held.place)
            if held.cell is None and not self._table.has("Value"):
                entry = Entry(None, held.place, self._fault_of_sheet(item.need))
        if item.need is not Need.CELL or not entry.is_empty:
            return entry
        read = "an empty cell" if held else f"no row for the item {name}"
        mend = "fill it in" if held else f"add a row with the item {name}, and fill it in"
        return cells.refused(
            self._found, rules.EMPTY, entry.place, read=read, expected=item.guidance, mend=mend
        )

    def others(self) -> Mapping[str, Entry[str]]:
        """The items that the layout does not know."""
        return self._others

    def _fault_of_sheet(self, need: Need) -> str | None:
        """The fault that says why no item can be read, where one does."""
        if need is Need.EXPECTED:
            return None
        if self._table.absent:
            return rules.SHEET_MISSING.code
        if not self._table.heading_row:
            return rules.HEADINGS_MISSING.code
        missing = not self._table.has("Item") or not self._table.has("Value")
        return rules.COLUMN_MISSING.code if missing else None

    def _take(self, name: str, row: Row, item: Entry[str]) -> None:
        if name not in self._values:
            self._values[name] = _Value(row.cell("Value"), row.place("Value"))
            return
        first = self._values[name].place
        cells.refused(
            self._found,
            rules.ITEM_TWICE,
            item.place,
            read=f"{item.value}, as in {first.cell}",
            expected="each item once",
            mend=f"clear this row; {first.cell} is read",
        )

    def _take_nearly(self, row: Row, item: Entry[str]) -> None:
        typed = item.value or ""
        near = closest(typed, (each.name for each in layout.ITEMS))
        if near is None:
            cell = row.cell("Value")
            place = row.place("Value")
            self._others.setdefault(
                typed, cells.text(cell, place, self._found) if cell else Entry(None, place)
            )
            return
        taken = near not in self._values
        outcome = "it is read as that" if taken else "the item of that name is read, and this one is not"
        self._found.append(
            rules.ITEM_NEARLY.at(
                item.place,
                read=typed,
                expected=f"{near}; {outcome}",
                mend=f"name it {near}"
                if taken
                else "give it a name that cannot be mistaken, or clear the row",
            )
        )
        if taken:
            self._take(near, row, item)


def read_updates(table: Table, found: Found) -> tuple[Update, ...]:
    """The year's updates, in order; a label that was there before carries its fault."""
    updates: list[Update] = []
    seen: dict[str, Place] = {}
    for row in table.rows:
        label = row.read("Update", cells.line)
        first = seen.setdefault(names.key(label.value), label.place) if label.value else label.place
        if first != label.place:
            label = cells.refused(
                found,
                rules.UPDATE_TWICE,
                label.place,
                read=f"{label.value}, as in {first.cell}",
                expected="a label of its own for each update",
                mend="correct the label, or clear the row",
            )
        updates.append(Update(label, row.read("Data as at", cells.day), row.read("Submitted", cells.day)))
    if not updates and table.heading_row:
        found.append(
            rules.EMPTY.at(
                table.place(),
                read="no row with an update",
                expected="the year's updates, one in each row",
                mend="fill in the rows",
            )
        )
    return tuple(updates)


def find_current(
    programme: Programme, updates: Sequence[Update], found: Found
) -> tuple[Programme, tuple[Update, ...], int | None]:
    """The current update's place, with its label written as on Updates and its submission date asked for."""
    entry = programme.current_update
    labels = [update.label.value for update in updates if update.label.value]
    if entry.value is None or not labels:
        return programme, tuple(updates), None
    position = next(
        (
            at
            for at, each in enumerate(updates)
            if names.key(each.label.value or "") == names.key(entry.value)
        ),
        None,
    )
    if position is None:
        begun = [label for label in labels if names.key(label).startswith(names.key(entry.value))]
        hints = {names.key(entry.value): begun[0]} if len(begun) == 1 else {}
        entry = cells.not_among(entry.value, labels, rules.CURRENT_UPDATE, entry.place, found, hints)
    else:
        entry = Entry(updates[position].label.value, entry.place)
    programme = replace(programme, current_update=entry, items={**programme.items, "Current update": entry})
    if position is None:
        return programme, tuple(updates), None
    current = updates[position]
    if current.submitted.is_empty:
        found.append(
            rules.NOT_SUBMITTED.at(
                current.submitted.place,
                read="an empty cell",
                expected=f"the day {current.label.value} goes to DfE",
                mend="fill it in before asking for approval",
            )
        )
        current = current._replace(submitted=Entry(None, current.submitted.place, rules.NOT_SUBMITTED.code))
    return programme, (*updates[:position], current, *updates[position + 1 :]), position
