"""Writing a new workbook: a form that is clear to fill in, with what is known filled in."""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from svreport.errors import CallFault
from svreport.model import names
from svreport.model.finding import column_letters
from svreport.model.pack_sheets import DeclaredSheet
from svreport.workbook import layout, styles, validation
from svreport.workbook.arranging import Arranged, Arrangement, arrange
from svreport.workbook.content import Content
from svreport.workbook.layout import Column, Kind
from svreport.workbook.opening import MOST_CHARACTERS_IN_CELL
from svreport.workbook.pack_sheets import laid_out

_FIRST_ROW = layout.HEADING_ROW + 1
_A4 = 9
_TEXT_FORMAT, _DATE_FORMAT = "@", "d mmmm yyyy"
_NUMERIC = (Kind.NUMBER, Kind.TOLERANCE)
_ROW_HEIGHT, _LINE_HEIGHT, _HIGHEST_ROW = 18, 14.5, 409
_MOST_DECIMALS = 6
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def workbook_bytes(content: Content, packs: Iterable[DeclaredSheet] = ()) -> bytes:
    """A new workbook with these rows: the same bytes for the same content, whenever and wherever it is made.

    `packs` are the sheets that packs add; others that the layout does not know are added as they are. Raises CallFault
    for a text that no cell can hold.
    """
    arrangement = arrange(content, [laid_out(sheet) for sheet in packs])
    workbook = Workbook()
    for sheet in workbook.worksheets:
        workbook.remove(sheet)
    styles.add_styles(workbook)
    for arranged in arrangement.sheets:
        worksheet = workbook.create_sheet(arranged.sheet.name)
        _write_rows(worksheet, arranged)
        _validate(worksheet, arranged, arrangement)
        _lay_out(worksheet, arranged, arrangement)
    workbook.properties.title = _printable(arrangement.title)
    workbook.properties.language = "en-GB"
    workbook.properties.creator = "svreport"
    made = io.BytesIO()
    workbook.save(made)
    return _without_clock(made.getvalue())


def _write_rows(worksheet: Worksheet, arranged: Arranged) -> None:
    sheet = arranged.sheet
    _write(_cell(worksheet, 1, 1), sheet.name, styles.TITLE)
    _write(_cell(worksheet, 2, 1), sheet.guidance or None, styles.GUIDANCE)
    for number, column in enumerate(arranged.columns, 1):
        _write(_cell(worksheet, layout.HEADING_ROW, number), column.heading, styles.HEADING)
    last = _FIRST_ROW + len(arranged.rows) + sheet.spare_rows
    for row_number in range(_FIRST_ROW, last):
        at = row_number - _FIRST_ROW
        row = arranged.rows[at] if at < len(arranged.rows) else {}
        for number, column in enumerate(arranged.columns, 1):
            given = sheet.name == "Programme" and column.heading != "Value"
            cell = _cell(worksheet, row_number, number)
            cell.style = styles.GIVEN if given and column.heading == "Item" else styles.ENTRY
            if given and column.heading == "Guidance":
                cell.style = styles.NOTE
            _fill(cell, row.get(column.heading), column)
        worksheet.row_dimensions[row_number].height = _height(worksheet, row_number, arranged.columns)


def _height(worksheet: Worksheet, row: int, columns: Iterable[Column]) -> float:
    """About as high as its text is, in points: until someone types into it, a row keeps the height it was given."""
    lines = 1
    for number, column in enumerate(columns, 1):
        text = str(worksheet.cell(row, number).value or "")
        of_cell = sum(1 + len(line) // max(round(column.width * 1.1), 1) for line in text.split("\n"))
        lines = max(lines, of_cell)
    return min(_ROW_HEIGHT + (lines - 1) * _LINE_HEIGHT, _HIGHEST_ROW)


def _cell(worksheet: Worksheet, row: int, column: int) -> Cell:
    """A cell of a new sheet, which has no merged ones."""
    return cast(Cell, worksheet.cell(row, column))


def _fill(cell: Cell, value: object, column: Column) -> None:
    """Puts a value into a cell that has its style, with the number format that keeps what it is."""
    value = _plain(value, column)
    cell.number_format = _number_format(value, column)
    if cell.number_format == _DATE_FORMAT:
        cell.alignment = styles.LEFT
    if value is None:
        return
    if isinstance(value, str):
        cell.value = _escaped(value, cell)
        cell.data_type = "s"
    else:
        cell.value = value


def _plain(value: object, column: Column) -> str | date | Decimal | None:
    """The value as a cell holds it: text, a date or a number."""
    match value:
        case None | "":
            return None
        case bool():
            return "Yes" if value else "No"
        case Enum():
            return str(value.value)
        case int() | float() | Decimal():
            number = Decimal(str(value))
            return number if column.kind in _NUMERIC and number.is_finite() else str(value)
        case datetime():
            return value.date()
        case date():
            return value
        case list() | tuple():
            return ("; " if column.heading == "Series" else ", ").join(str(each) for each in value)
        case _:
            return str(value).strip("\n")


def _number_format(value: str | date | Decimal | None, column: Column) -> str:
    if isinstance(value, date) or column.kind is Kind.DATE:
        return _DATE_FORMAT
    if column.kind not in _NUMERIC:
        return _TEXT_FORMAT
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        decimals = min(max(-exponent, 0), _MOST_DECIMALS) if isinstance(exponent, int) else 0
        return f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    return "General"


def _write(cell: Cell, text: str | None, style: str) -> None:
    cell.style = style
    if text is not None:
        cell.value = _escaped(text, cell)
        cell.data_type = "s"


_UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def _escaped(text: str, cell: Cell) -> str:
    """Text as the file format holds it: characters that XML cannot hold by their number (`_x0001_`), and what only
    looks like such a number so that it stays what it is.
    """
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    escaped = _UNHELD.sub(lambda found: f"_x{ord(found[0]):04X}_", whole)
    escaped = escaped.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if len(escaped) > MOST_CHARACTERS_IN_CELL:
        raise CallFault(
            f"The text for {cell.parent.title}!{cell.coordinate} has {len(whole):,} characters, and a "
            "cell of Excel holds "
            f"{MOST_CHARACTERS_IN_CELL:,}: share it among several rows."
        )
    return escaped


def _validate(worksheet: Worksheet, arranged: Arranged, arrangement: Arrangement) -> None:
    for number, column in enumerate(arranged.columns, 1):
        if not (arranged.sheet.name == "Programme" and column.heading == "Value"):
            validation.validate_column(worksheet, column, number)
            continue
        items = {names.key(item.name): item for item in layout.ITEMS}
        for at, row in enumerate(arranged.rows):
            item = items.get(names.key(str(row.get("Item") or "")))
            if item:
                cell = f"{column_letters(number)}{_FIRST_ROW + at}"
                validation.validate_item(worksheet, item, cell, arrangement.year)


def _lay_out(worksheet: Worksheet, arranged: Arranged, arrangement: Arrangement) -> None:
    for number, column in enumerate(arranged.columns, 1):
        dimension = worksheet.column_dimensions[column_letters(number)]
        dimension.width = column.width
        dimension.number_format = _number_format(None, column)
    worksheet.row_dimensions[1].height = 26
    worksheet.row_dimensions[2].height = 22
    worksheet.row_dimensions[layout.HEADING_ROW].height = 34
    worksheet.freeze_panes = f"A{_FIRST_ROW}"
    first_entry = 2 if arranged.sheet.name == "Programme" else 1
    worksheet.sheet_view.selection[0].activeCell = f"{column_letters(first_entry)}{_FIRST_ROW}"
    worksheet.sheet_view.selection[0].sqref = f"{column_letters(first_entry)}{_FIRST_ROW}"
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    setup = worksheet.page_setup
    setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight = "landscape", _A4, 1, 0
    worksheet.print_title_rows = f"{layout.HEADING_ROW}:{layout.HEADING_ROW}"
    worksheet.page_margins.left = worksheet.page_margins.right = 0.4
    worksheet.page_margins.top = worksheet.page_margins.bottom = 0.75
    heading = _in_header(f"{arrangement.title} – {arranged.sheet.name}")
    worksheet.HeaderFooter.oddHeader = HeaderFooterItem(left=_HeaderFooterPart(text=heading))
    worksheet.HeaderFooter.oddFooter = HeaderFooterItem(right=_HeaderFooterPart(text="Page &P of &N"))


def _in_header(text: str) -> str:
    """Text of a page header, in which `&` begins a code; Excel holds 255 characters."""
    return _printable(text)[:200].replace("&", "&&")


def _printable(text: str) -> str:
    cleaned = _UNHELD.sub("", text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(cleaned.split())


def _without_clock(data: bytes) -> bytes:
    """The same file without the times at which it was made."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(packed, "w") as file:
        for name in _in_order(made.namelist()):
            part = made.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", b"", part)
            elif name == "xl/styles.xml":
                part = _fonts_in_order(part)
            elif name.startswith("xl/worksheets/"):
                part = _heights_adjustable(part)
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 0
            file.writestr(info, part)
    return packed.getvalue()


def _heights_adjustable(sheet: bytes) -> bytes:
    """A sheet whose rows below the headings grow with what is typed: openpyxl writes every given height as fixed."""
    return re.sub(
        rb'<row r="(\d+)"[^>]*>',
        lambda row: row[0].replace(b' customHeight="1"', b"") if int(row[1]) > layout.HEADING_ROW else row[0],
        sheet,
    )


_OF_FONT = (b"b", b"i", b"u", b"sz", b"color", b"name", b"family", b"scheme")


def _fonts_in_order(part: bytes) -> bytes:
    """The styles with each font's properties in the order that the file format asks for, which openpyxl does not."""

    def ordered(font: re.Match[bytes]) -> bytes:
        properties = re.findall(rb"<(\w+)[^<>]*/>", font[1])
        if len(properties) != font[1].count(b"<") or not set(properties) <= set(_OF_FONT):
            return font[0]
        written = re.findall(rb"<\w+[^<>]*/>", font[1])
        pairs = sorted(zip(properties, written, strict=True), key=lambda pair: _OF_FONT.index(pair[0]))
        return b"<font>" + b"".join(each for _, each in pairs) + b"</font>"

    return re.sub(rb"<font>(.*?)</font>", ordered, part, flags=re.DOTALL)


def _in_order(parts: Iterable[str]) -> list[str]:
    """The list of content types first, as Office writes it."""
    return sorted(
        parts, key=lambda name: (name != "[Content_Types].xml", not name.startswith("_rels/"), name)
    )
