"""A sheet that is added to a person's workbook: its cells, how it looks and prints, and whether it is locked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from lxml import etree

from svreport.model.finding import Place, column_letters
from svreport.workbook import markup
from svreport.workbook.editing.looks import Look, Styles
from svreport.workbook.escapes import escaped
from svreport.workbook.markup import Element

_A4 = "9"
_LINE_HEIGHT, _ROW_HEIGHT, _HIGHEST_ROW = 14.5, 18.0, 409.0
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_REPLACED = (
    "sheetData",
    "hyperlinks",
    "mergeCells",
    "dataValidations",
    "conditionalFormatting",
    "autoFilter",
    "dimension",
)


@dataclass(frozen=True, slots=True)
class NewCell:
    """Text, or a formula (without its `=`) whose saved value the text is; `leads_to` makes it a link to a cell."""

    text: str = ""
    look: Look = Look.PLAIN
    formula: str = ""
    leads_to: Place | None = None


@dataclass(frozen=True, slots=True)
class NewSheet:
    """Rows of cells from A1 on; `heading_row` stays in sight and is printed on each page. A sheet that is `locked`
    can be read, copied from and its rows and columns resized, until its protection, without a password, is taken off.
    """

    name: str
    widths: Sequence[int]
    rows: Sequence[Sequence[NewCell]]
    heading_row: int = 3
    locked: bool = False


def sheet_root(like: Element, sheet: NewSheet, styles: Styles | None) -> Element:
    """The sheet's part, in the namespace of the element `like`."""
    namespace = etree.QName(like).namespace
    root = etree.Element(
        markup.space(like) + "worksheet", nsmap=cast(dict[str, str], {None: namespace}) if namespace else None
    )
    properties = _add(root, "sheetPr")
    _add(properties, "pageSetUpPr", fitToPage="1")
    last = max((len(row) for row in sheet.rows), default=1)
    _add(root, "dimension", ref=f"A1:{column_letters(max(last, 1))}{max(len(sheet.rows), 1)}")
    _add_view(root, sheet.heading_row)
    _add(root, "sheetFormatPr", defaultRowHeight="15")
    cols = _add(root, "cols")
    for number, width in enumerate(sheet.widths, 1):
        _add(cols, "col", min=str(number), max=str(number), width=str(width), customWidth="1")
    data = _add(root, "sheetData")
    for number, row in enumerate(sheet.rows, 1):
        _add_row(data, number, row, sheet, styles)
    if sheet.locked:
        _add(
            root, "sheetProtection", sheet="1", objects="1", scenarios="1", formatColumns="0", formatRows="0"
        )
    _add_links(root, sheet)
    _add(root, "pageMargins", left="0.4", right="0.4", top="0.75", bottom="0.75", header="0.5", footer="0.5")
    _add(root, "pageSetup", paperSize=_A4, orientation="landscape", fitToWidth="1", fitToHeight="0")
    footer = _add(root, "headerFooter")
    _add(footer, "oddFooter").text = "&RPage &P of &N"
    return root


def replace_cells(root: Element, made: Element) -> None:
    """Gives a sheet the cells, links and protection of another; what else hangs on it stays."""
    for name in (*_REPLACED, "sheetProtection", "cols"):
        for each in list(markup.children(root, name)):
            root.remove(each)
        for each in list(markup.children(made, name)):
            markup.place_in_order(root, each, markup.SHEET_ORDER)


def _add(parent: Element, name: str, /, **attributes: str) -> Element:
    made = markup.new(parent, name, **attributes)
    parent.append(made)
    return made


def _add_view(root: Element, heading_row: int) -> None:
    below = f"A{heading_row + 1}"
    view = _add(_add(root, "sheetViews"), "sheetView", workbookViewId="0", showGridLines="0")
    _add(view, "pane", ySplit=str(heading_row), topLeftCell=below, activePane="bottomLeft", state="frozen")
    _add(view, "selection", pane="bottomLeft", activeCell=below, sqref=below)


def _add_row(
    data: Element, number: int, cells: Sequence[NewCell], sheet: NewSheet, styles: Styles | None
) -> None:
    row = _add(data, "row", r=str(number), ht=f"{_height(number, cells, sheet):g}")
    if number <= sheet.heading_row:
        row.set("customHeight", "1")
    for column, cell in enumerate(cells, 1):
        made = _add(row, "c", r=f"{column_letters(column)}{number}")
        if styles:
            made.set("s", str(styles.look(cell.look)))
        if cell.formula:
            made.set("t", "str")
            _add(made, "f").text = escaped(cell.formula)
            _add(made, "v").text = escaped(cell.text)
        elif cell.text:
            made.set("t", "inlineStr")
            written = _add(_add(made, "is"), "t")
            written.text = escaped(cell.text)
            written.set(_XML_SPACE, "preserve")


def _height(number: int, cells: Sequence[NewCell], sheet: NewSheet) -> float:
    """About as high as its text is, in points."""
    if number < sheet.heading_row:
        return 26 if number == 1 else 22
    lines = 1
    for cell, width in zip(cells, sheet.widths, strict=False):
        lines = max(lines, sum(1 + len(line) // max(width - 1, 1) for line in cell.text.split("\n")))
    height = _ROW_HEIGHT + (lines - 1) * _LINE_HEIGHT
    return min(max(height, 24 if number == sheet.heading_row else 0), _HIGHEST_ROW)


def _add_links(root: Element, sheet: NewSheet) -> None:
    links = markup.new(root, "hyperlinks")
    for number, row in enumerate(sheet.rows, 1):
        for column, cell in enumerate(row, 1):
            if cell.leads_to:
                place = cell.leads_to
                where = f"{quoted(place.sheet)}!{place.cell}"
                _add(links, "hyperlink", ref=f"{column_letters(column)}{number}", location=escaped(where))
    if len(links):
        root.append(links)


def quoted(sheet: str) -> str:
    """A sheet's name as formulas write it."""
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"
