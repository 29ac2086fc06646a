"""One sheet's XML, changed cell by cell: what is not named here stays as the person's program wrote it."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property

from svreport.model.finding import column_letters
from svreport.workbook import markup, widths
from svreport.workbook.areas import Area, read_area, with_column
from svreport.workbook.book import column_number
from svreport.workbook.escapes import escaped
from svreport.workbook.markup import Element

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class SheetXml:
    """A worksheet's part. Rows and columns count from 1; `changed` tells whether anything was, and `calculated`
    whether a formula went or moved, so that the order of calculation kept elsewhere no longer holds.
    """

    def __init__(self, root: Element) -> None:
        self.root = root
        self.changed = False
        self.calculated = False
        data = markup.child(root, "sheetData")
        self.data = markup.child_in_order(root, "sheetData", markup.SHEET_ORDER) if data is None else data
        self._tags = {name: markup.space(root) + name for name in ("row", "c", "f", "v", "is")}
        self.rows: dict[int, Element] = {}
        number = 0
        for row in markup.children(self.data, "row"):
            told = row.get("r", "").strip()
            number = int(told) if told.isdecimal() and len(told) < 8 and int(told) else number + 1
            row.set("r", str(number))
            self.rows.setdefault(number, row)

    def set_text(self, row: int, column: int, text: str) -> None:
        """Text within the cell, beside which the shared strings stay as they are."""
        cell = self._emptied(row, column)
        if text:
            cell.set("t", "inlineStr")
            inline = markup.new(cell, "is")
            written = markup.new(inline, "t", escaped(text))
            written.set(_XML_SPACE, "preserve")
            inline.append(written)
            cell.insert(0, inline)

    def set_number(self, row: int, column: int, number: Decimal) -> None:
        cell = self._emptied(row, column)
        cell.insert(0, markup.new(cell, "v", f"{number:f}"))

    def clear(self, row: int, column: int) -> bool:
        """Takes value and formula away and leaves the style; True where there was something."""
        cell = self._find(row, column)
        if cell is None or not any(each.tag in self._held for each in cell):
            return False
        self._emptied(row, column)
        return True

    def formula(self, row: int, column: int) -> str | None:
        """The cell's formula without its `=`, empty for one that another cell writes out; None if it has none."""
        cell = self._find(row, column)
        found = None if cell is None else cell.find(self._tags["f"])
        return None if found is None else found.text or ""

    def style(self, row: int, column: int) -> int:
        """The number of the cell's style, or of that which a cell there would take from its row or column."""
        cell = self._find(row, column)
        told = cell.get("s", "0") if cell is not None else self._style_of_new(row, column)
        return int(told) if told.isdecimal() else 0

    def set_style(self, row: int, column: int, style: int) -> None:
        self._make(row, column).set("s", str(style))
        self.changed = True

    def last_filled_row(self) -> int:
        return max((row for row, _, _ in self._filled()), default=0)

    def last_filled_column(self) -> int:
        return max((column for _, column, _ in self._filled()), default=0)

    def is_empty_row(self, number: int) -> bool:
        row = self.rows.get(number)
        return row is None or not any(each.tag in self._held for cell in row for each in cell)

    def is_empty_column(self, number: int) -> bool:
        return not any(column == number for _, column, _ in self._filled())

    def merged(self) -> list[Area]:
        held = markup.child(self.root, "mergeCells")
        areas = [] if held is None else [read_area(each.get("ref", "")) for each in held]
        return [area for area in areas if area]

    def shift_rows(self, at: int, count: int) -> None:
        """Gives the rows from `at` on numbers that are higher; what names their cells is moved by `moving_rows`."""
        for number, row in self.rows.items():
            cells = list(self._cells(row))
            if number >= at:
                row.set("r", str(number + count))
                for column, cell in cells:
                    cell.set("r", f"{column_letters(column)}{number + count}")
        self.rows = {number + count if number >= at else number: row for number, row in self.rows.items()}
        self.__dict__.pop("_area_formulas", None)

    def unshare(self) -> None:
        """Writes out every formula that cells share, each into its own cell."""
        for number, row in list(self.rows.items()):
            for column, cell in self._cells(row):
                formula = cell.find(self._tags["f"])
                if formula is not None and formula.get("t") == "shared" and formula.text:
                    self._share_out(formula, number, column)
                    for name in ("t", "ref", "si"):
                        formula.attrib.pop(name, "")

    def dress_row(self, number: int, like: int) -> None:
        """Gives the cells of a row that have no style of their own those of another row."""
        for column, cell in self._cells(self.rows[like]) if like in self.rows else ():
            if self._find(number, column) is None:
                self._make(number, column).set("s", cell.get("s", "0"))
        self.changed = True

    def dress_column(self, number: int, like: int) -> None:
        """Gives a column the width, the styles, the validations and the conditional formats of another."""
        widths.copy_width(self.root, number, like)
        for row in list(self.rows):
            model = self._find(row, like)
            if model is not None:
                self._make(row, number).set("s", model.get("s", "0"))
        for each in self.root.iter():
            if markup.local(each) in ("dataValidation", "conditionalFormatting"):
                if each.get("sqref"):
                    each.set("sqref", with_column(each.get("sqref", ""), like, number))
                for inside in each:
                    # The newer validations and formats name their cells in an element.
                    if markup.local(inside) == "sqref":
                        inside.text = with_column(inside.text or "", like, number)
        self.changed = True

    def rewrite_page_headers(self, pattern: re.Pattern[str], written: str) -> None:
        """Replaces what matches in the headers and footers that are printed on the sheet's pages."""
        held = markup.child(self.root, "headerFooter")
        for each in () if held is None else held:
            before = each.text or ""
            each.text = pattern.sub(written, before)
            self.changed = self.changed or each.text != before

    @property
    def _held(self) -> tuple[str, ...]:
        return self._tags["f"], self._tags["v"], self._tags["is"]

    def _filled(self) -> Iterator[tuple[int, int, Element]]:
        for number, row in self.rows.items():
            for column, cell in self._cells(row):
                if any(each.tag in self._held for each in cell):
                    yield number, column, cell

    def _cells(self, row: Element) -> Iterator[tuple[int, Element]]:
        before = 0
        for cell in row.iterchildren(self._tags["c"]):
            before = column_number(cell.get("r", "").rstrip("0123456789")) or before + 1
            yield before, cell

    def _find(self, row: int, column: int) -> Element | None:
        element = self.rows.get(row)
        if element is None:
            return None
        return next((cell for at, cell in self._cells(element) if at == column), None)

    def _make(self, row: int, column: int) -> Element:
        """The cell, made in its place with the style of its row or column where it is not there yet."""
        found = self._find(row, column)
        if found is not None:
            return found
        style = self._style_of_new(row, column)
        element = self._row(row)
        at = 0
        for position, (before, cell) in enumerate(list(self._cells(element)), 1):
            # Each cell tells its own place, so that one can come between two that did not.
            cell.set("r", f"{column_letters(before)}{row}")
            at = position if before < column else at
        made = markup.new(element, "c", r=f"{column_letters(column)}{row}")
        if style != "0":
            made.set("s", style)
        element.insert(at, made)
        element.attrib.pop("spans", "")
        self._widen(row, column)
        return made

    def _row(self, number: int) -> Element:
        if number in self.rows:
            return self.rows[number]
        made = markup.new(self.data, "row", r=str(number))
        after = next((self.rows[each] for each in sorted(self.rows) if each > number), None)
        if after is None:
            self.data.append(made)
        else:
            after.addprevious(made)
        self.rows[number] = made
        return made

    def _style_of_new(self, row: int, column: int) -> str:
        element = self.rows.get(row)
        if element is not None and element.get("s"):
            return element.get("s", "0")
        col = widths.col_of(self.root, column)
        return "0" if col is None else col.get("style", "0")

    def _emptied(self, row: int, column: int) -> Element:
        """The cell without value and formula, ready to hold another."""
        cell = self._make(row, column)
        self._free(cell, row, column)
        for each in list(cell):
            if each.tag in self._held:
                cell.remove(each)
        for name in ("t", "cm", "vm"):
            cell.attrib.pop(name, "")
        self.changed = True
        return cell

    def _free(self, cell: Element, row: int, column: int) -> None:
        """Takes a cell out of what it calculates with others: these keep their formulas, or, where one formula fills
        an area, their values.
        """
        formula = cell.find(self._tags["f"])
        if formula is not None:
            self.calculated = True
            if formula.get("t") == "shared" and formula.text:
                self._share_out(formula, row, column)
        for area, each in self._area_formulas:
            owner = each.getparent()
            if area.holds(row, column) and owner is not None:
                owner.remove(each)
                owner.attrib.pop("cm", "")
                self.calculated = True

    @cached_property
    def _area_formulas(self) -> list[tuple[Area, Element]]:
        """The formulas that fill more cells than their own."""
        found = []
        for each in self.data.iter(self._tags["f"]):
            area = read_area(each.get("ref", "")) if each.get("t") in ("array", "dataTable") else None
            if area and not area.is_one_cell:
                found.append((area, each))
        return found

    def _share_out(self, first: Element, row: int, column: int) -> None:
        """Writes the formula that the first of several cells holds for all into each of the others."""
        from openpyxl.formula.tokenizer import TokenizerError
        from openpyxl.formula.translate import Translator

        try:
            translator: Translator | None = Translator(
                f"={first.text}", origin=f"{column_letters(column)}{row}"
            )
        except TokenizerError:
            translator = None
        for number, element in self.rows.items():
            for at, cell in self._cells(element):
                formula = cell.find(self._tags["f"])
                if formula is None or formula is first or formula.get("si") != first.get("si"):
                    continue
                if formula.get("t") != "shared" or formula.text:
                    continue
                if translator is None:
                    # What Excel itself could not read stays as the value that it shows.
                    cell.remove(formula)
                    continue
                told = translator.translate_formula(f"{column_letters(at)}{number}")
                formula.attrib.clear()
                formula.text = told.removeprefix("=")

    def _widen(self, row: int, column: int) -> None:
        """Lets the sheet's stated extent take in a cell."""
        dimension = markup.child(self.root, "dimension")
        area = None if dimension is None else read_area(dimension.get("ref", ""))
        if dimension is not None and area:
            wider = Area(
                min(area.top, row), min(area.left, column), max(area.bottom, row), max(area.right, column)
            )
            dimension.set("ref", str(wider))
