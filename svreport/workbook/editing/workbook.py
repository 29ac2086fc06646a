"""Changing a person's workbook: cells, rows, columns and sheets in the XML of its parts, the rest byte for byte.

A library that reads a workbook and saves it again drops what it does not know: saved values of formulas, newer
validations, threaded comments, pictures, macros.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from svreport.errors import CallFault
from svreport.model import names
from svreport.model.finding import Place
from svreport.workbook import markup
from svreport.workbook.areas import LAST_COLUMN, LAST_ROW
from svreport.workbook.book import MOST_CHARACTERS_IN_CELL, SheetCells, read_book, unescaped
from svreport.workbook.editing import new_sheet
from svreport.workbook.editing.looks import Styles
from svreport.workbook.editing.new_sheet import NewSheet
from svreport.workbook.editing.parts import Parts, link_attribute
from svreport.workbook.editing.sheet import SheetXml
from svreport.workbook.escapes import escaped
from svreport.workbook.number_formats import serial_of
from svreport.workbook.opening import Package, open_package

Value = str | Decimal | date | None
_WORKBOOK_ORDER = (
    "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences "
    "definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing "
    "fileRecoveryPr webPublishObjects extLst"
).split()
_LONGEST_SHEET_NAME = 31
_FORMULA = re.compile(rb"<(\w+:)?f[\s>/]")
_PAGE_HEADERS = re.compile(rb"<(\w+:)?headerFooter\b")


class WorkbookEditor:
    """An open workbook. Sheets are named as the workbook names them, as the places of a reading do; a place is one
    cell. Nothing is written but what `save` gives.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self._parts = Parts(package)
        self._workbook = self._parts.xml(self._parts.workbook)
        self._targets = self._parts.targets(self._parts.workbook)
        self._sheets: dict[str, SheetXml] = {}
        self._where: dict[str, str] = {}
        self._calculated = False
        for sheet in markup.child_in_order(self._workbook, "sheets", _WORKBOOK_ORDER):
            kind, part = self._targets.get(markup.attribute(sheet, "id"), ("", ""))
            if kind == "worksheet":
                self._where.setdefault(unescaped(sheet.get("name", "")), part)

    @classmethod
    def open(cls, path: Path) -> "WorkbookEditor":
        """Raises WorkbookUnreadable where the file is missing, no workbook, damaged, or larger than any can be."""
        return cls(open_package(path))

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the worksheets, in the order of their tabs."""
        return tuple(self._where)

    @property
    def all_sheets(self) -> tuple[str, ...]:
        """The names of all tabs, those without cells (charts, old dialogues) included."""
        listed = markup.child_in_order(self._workbook, "sheets", _WORKBOOK_ORDER)
        return tuple(unescaped(each.get("name", "")) for each in listed)

    def cells(self) -> list[SheetCells]:
        """The filled cells as they were when the workbook was opened."""
        return read_book(self._package)

    def set(self, place: Place, value: Value) -> None:
        """Puts text, a number or a date into a cell, which keeps its style; None and empty text clear it."""
        match value:
            case None | "":
                self.clear(place)
            case str():
                self.set_text(place, value)
            case Decimal():
                self.set_number(place, value)
            case date():
                self.set_date(place, value)

    def set_text(self, place: Place, text: str) -> None:
        """Raises CallFault for a text that is longer than a cell can be."""
        if len(escaped(text)) > MOST_CHARACTERS_IN_CELL:
            raise CallFault(
                f"The text for {place} has {len(text):,} characters, and a cell of Excel holds "
                f"{MOST_CHARACTERS_IN_CELL:,}: share it among several rows."
            )
        self._sheet(place.sheet).set_text(place.row, place.column, text)

    def set_number(self, place: Place, number: Decimal) -> None:
        """As the sheet holds it: 5.62% in a cell formatted as a percentage is 0.0562."""
        self._sheet(place.sheet).set_number(place.row, place.column, number)

    def set_date(self, place: Place, day: date) -> None:
        """A date, in a cell that shows it as one."""
        sheet = self._sheet(place.sheet)
        sheet.set_number(place.row, place.column, Decimal(serial_of(day, self._from_1904)))
        style = sheet.style(place.row, place.column)
        dated = self._styles.dated(style) if self._styles else style
        if dated != style:
            sheet.set_style(place.row, place.column, dated)

    def clear(self, place: Place) -> bool:
        """Takes value and formula away and leaves the style; True where there was something."""
        return self._sheet(place.sheet).clear(place.row, place.column)

    def formula(self, place: Place) -> str | None:
        """The cell's formula without its `=`, empty for one that another cell writes out; None if it has none."""
        return self._sheet(place.sheet).formula(place.row, place.column)

    def has_formulas(self) -> bool:
        return any(self._parts.finds(part, _FORMULA) for part in self._where.values())

    def merged(self, place: Place) -> bool:
        """True for the first cell of a merged area."""
        areas = self._sheet(place.sheet).merged()
        return any((area.top, area.left) == (place.row, place.column) for area in areas)

    def append_row(self, sheet: str, values: Mapping[int, Value], after: int = 0) -> int:
        """Writes values, by column, into the first row that is empty throughout below all filled ones (and below the
        row `after`), dressed like the row above where it has no styles of its own; gives the row's number.
        """
        xml = self._sheet(sheet)
        row = max(xml.last_filled_row(), after) + 1
        if row > LAST_ROW:
            raise CallFault(f"The sheet {sheet} has no row left.")
        if row not in xml.rows:
            xml.dress_row(row, row - 1)
        for column, value in values.items():
            self.set(Place(sheet, row, column), value)
        return row

    def add_column(self, sheet: str, heading_row: int, heading: str, like: int) -> int:
        """Heads an empty column, the one beside `like` or the first behind all filled ones, and dresses it as `like`
        is: width, styles, validations, conditional formats. No other column moves. Gives the column's number.
        """
        xml = self._sheet(sheet)
        column = like + 1 if xml.is_empty_column(like + 1) else xml.last_filled_column() + 1
        if column > LAST_COLUMN:
            raise CallFault(f"The sheet {sheet} has no column left for {heading}.")
        xml.dress_column(column, like)
        self.set_text(Place(sheet, heading_row, column), heading)
        return column

    def insert_rows(self, sheet: str, at: int, count: int = 1) -> None:
        """Puts empty rows before the row `at`, dressed like it; what stands below moves down, and with it
        all that names its cells: formulas of every sheet, names, validations, formats, comments, pictures, tables.

        Raises CallFault where something in the workbook names cells in a way that cannot be followed: the editor is of
        no further use then.
        """
        from svreport.workbook.editing.moved_references import Move
        from svreport.workbook.editing.moving_rows import move_rows

        sheets = {name: self._sheet(name) for name in self.sheets}
        move_rows(self._parts, self._where, sheets, self._workbook, Move(sheet, at, count))
        for row in range(at, at + count):
            sheets[sheet].dress_row(row, at + count)

    def add_sheet(self, sheet: NewSheet) -> None:
        """Adds a sheet behind the others; raises CallFault for a name that none can have, or one has already."""
        name = sheet.name
        if not 0 < len(name) <= _LONGEST_SHEET_NAME or re.search(r"[\[\]:*?/\\]|^'|'$", name):
            raise CallFault(
                f"No sheet can be called {name}: use up to 31 characters, without [ ] : * ? / or \\."
            )
        if names.key(name) in {names.key(each) for each in self.all_sheets}:
            raise CallFault(f"The workbook has a sheet called {name} already.")
        part = self._parts.add_sheet(new_sheet.sheet_root(self._workbook, sheet, self._styles))
        link = self._parts.relate(self._parts.workbook, "worksheet", part)
        listed = markup.child_in_order(self._workbook, "sheets", _WORKBOOK_ORDER)
        used = [int(each.get("sheetId", "0")) for each in listed if each.get("sheetId", "0").isdecimal()]
        made = markup.new(listed, "sheet", name=escaped(name), sheetId=str(max(used, default=0) + 1))
        made.set(link_attribute(self._workbook), link)
        listed.append(made)
        self._where[name] = part
        self._print_headings(sheet, len(listed) - 1)
        self._calculated = self._calculated or any(cell.formula for row in sheet.rows for cell in row)

    def _print_headings(self, sheet: NewSheet, at: int) -> None:
        """Prints the heading row of the tab `at`, counted from 0, on each of its pages."""
        named = markup.child_in_order(self._workbook, "definedNames", _WORKBOOK_ORDER)
        rows = f"{new_sheet.quoted(sheet.name)}!${sheet.heading_row}:${sheet.heading_row}"
        titles = {"name": "_xlnm.Print_Titles", "localSheetId": str(at)}
        named.append(markup.new(named, "definedName", escaped(rows), **titles))

    def replace_sheet(self, sheet: NewSheet) -> None:
        """Puts a sheet's cells in the place of those of the sheet that has its name, which keeps its tab."""
        xml = self._sheet(sheet.name)
        new_sheet.replace_cells(xml.root, new_sheet.sheet_root(self._workbook, sheet, self._styles))
        self._sheets[sheet.name] = replaced = SheetXml(xml.root)
        replaced.changed = replaced.calculated = True

    def rewrite_titles(self, pattern: re.Pattern[str], written: str) -> None:
        """Replaces what matches in the workbook's title and in what is printed over and under its pages."""
        for name, part in self._where.items():
            if self._parts.finds(part, _PAGE_HEADERS):
                self._sheet(name).rewrite_page_headers(pattern, written)
        for part in self._parts.related("", "core-properties"):
            properties = self._parts.xml(part)
            for each in properties:
                if markup.local(each) == "title" and pattern.search(each.text or ""):
                    each.text = pattern.sub(written, each.text or "")
                    self._parts.put(part, properties)

    def save(self) -> bytes:
        """The workbook's file: parts that were not changed hold the bytes they held."""
        changed = {self._where[name]: sheet for name, sheet in self._sheets.items() if sheet.changed}
        if changed or self._calculated or self._parts.changed:
            for part, sheet in changed.items():
                self._parts.put(part, sheet.root)
                self._calculated = self._calculated or sheet.calculated
            calculation = markup.child_in_order(self._workbook, "calcPr", _WORKBOOK_ORDER)
            calculation.set("fullCalcOnLoad", "1")
            self._parts.put(self._parts.workbook, self._workbook)
            if self._calculated:
                self._parts.drop(self._parts.workbook, "calcChain")
        return self._parts.packed()

    def _sheet(self, name: str) -> SheetXml:
        if name not in self._sheets:
            part = self._where[name]
            self._sheets[name] = SheetXml(self._parts.xml(part))
        return self._sheets[name]

    @cached_property
    def _styles(self) -> Styles | None:
        """The workbook's styles, None where it has none; what is added to them is written with the rest."""
        part = next(iter(self._parts.related(self._parts.workbook, "styles")), None)
        if part is None:
            return None
        styles = Styles(self._parts.xml(part))
        self._parts.put(part, styles.root)
        return styles

    @cached_property
    def _from_1904(self) -> bool:
        properties = markup.child(self._workbook, "workbookPr")
        told = "" if properties is None else properties.get("date1904", "")
        return told.casefold() in ("1", "true", "on")
