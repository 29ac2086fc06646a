"""Workbooks made cell by cell in their XML, as no office program would always write them."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from svreport.workbook.arranging import arrange
from svreport.workbook.content import Content

Grid = dict[str, dict[str, object]]
"""The cells of each sheet by their address. A value is text, a number, a date, True or False, or what the table of
`cell_xml` says."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
# The number formats that cells name by their place: General, a date, a percentage, a month, two decimals, thousands.
FORMATS = ("General", "d mmmm yyyy", "0.00%", "mmm-yy", "0.00", "#,##0", "d-mmm")
GENERAL, DATE, PERCENT, MONTH, TWO_DECIMALS, THOUSANDS, DAY_MONTH = range(len(FORMATS))


def grid_of(content: Content) -> Grid:
    """The content laid out as a made workbook lays it out, its headings in row 3."""
    grid: Grid = {}
    for arranged in arrange(content).sheets:
        cells: dict[str, object] = {"A1": arranged.sheet.name, "A2": "Guidance."}
        for number, column in enumerate(arranged.columns):
            letter = chr(ord("A") + number)
            cells[f"{letter}3"] = column.heading
            for at, row in enumerate(arranged.rows):
                value = row.get(column.heading)
                if value is not None:
                    cells[f"{letter}{4 + at}"] = value
        grid[arranged.sheet.name] = cells
    return grid


def serial(day: date) -> int:
    return (day - date(1899, 12, 30)).days


def cell_xml(address: str, value: object) -> str:
    """One cell. A mapping says what a TOML file cannot: `percent`, `month`, `day`, `shown` (two decimals), `thousands`,
    `error`, `formula` (with its saved `value`, if any), `raw` (the XML itself), `shared` (the number of a text).
    """
    match value:
        case bool():
            return f'<c r="{address}" t="b"><v>{int(value)}</v></c>'
        case date():
            return f'<c r="{address}" s="{DATE}"><v>{serial(value)}</v></c>'
        case {"percent": number}:
            return f'<c r="{address}" s="{PERCENT}"><v>{number}</v></c>'
        case {"month": date() as day}:
            return f'<c r="{address}" s="{MONTH}"><v>{serial(day)}</v></c>'
        case {"day": date() as day}:
            return f'<c r="{address}" s="{DAY_MONTH}"><v>{serial(day)}</v></c>'
        case {"dated": number}:
            return f'<c r="{address}" s="{DATE}"><v>{number}</v></c>'
        case {"shown": number}:
            return f'<c r="{address}" s="{TWO_DECIMALS}"><v>{number}</v></c>'
        case {"thousands": number}:
            return f'<c r="{address}" s="{THOUSANDS}"><v>{number}</v></c>'
        case {"error": name}:
            return f'<c r="{address}" t="e"><v>{name}</v></c>'
        case {"formula": formula, "value": str() as saved}:
            return f'<c r="{address}" t="str"><f>{escape(formula)}</f><v>{escape(saved)}</v></c>'
        case {"formula": formula, "value": saved}:
            return f'<c r="{address}"><f>{escape(formula)}</f><v>{saved}</v></c>'
        case {"formula": formula}:
            return f'<c r="{address}"><f>{escape(formula)}</f><v></v></c>'
        case {"shared": number}:
            return f'<c r="{address}" t="s"><v>{number}</v></c>'
        case {"raw": xml}:
            return str(xml)
        case int() | float():
            return f'<c r="{address}"><v>{value!r}</v></c>'
        case _:
            text = escape(str(value))
            return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def sheet_xml(cells: Mapping[str, object], merged: tuple[str, ...] = (), hidden: tuple[int, ...] = ()) -> str:
    rows: dict[int, list[tuple[str, object]]] = {}
    for address, value in cells.items():
        letters = address.rstrip("0123456789")
        rows.setdefault(int(address[len(letters) :]), []).append((letters, value))
    written = "".join(
        f'<row r="{number}"{" hidden=" + quoteattr("1") if number in hidden else ""}>'
        + "".join(
            cell_xml(f"{letters}{number}", value)
            for letters, value in sorted(row, key=lambda each: (len(each[0]), each[0]))
        )
        + "</row>"
        for number, row in sorted(rows.items())
    )
    merges = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetData>{written}</sheetData>'
        f"{f'<mergeCells>{merges}</mergeCells>' if merged else ''}</worksheet>"
    )


def package(parts: Mapping[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return packed.getvalue()


def parts_of(
    grid: Grid,
    *,
    merged: Mapping[str, tuple[str, ...]] | None = None,
    hidden: Mapping[str, tuple[int, ...]] | None = None,
    strings: tuple[str, ...] = (),
    properties: str = "",
) -> dict[str, str | bytes]:
    """The parts of a workbook: `strings` are the XML of its shared texts, `properties` that of `workbookPr`."""
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(grid, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(grid) + 1)
    )
    links += f'<Relationship Id="rIdStyles" Type="{_LINKS}/styles" Target="styles.xml"/>'
    links += f'<Relationship Id="rIdStrings" Type="{_LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
    numbered = "".join(
        f'<numFmt numFmtId="{164 + n}" formatCode={quoteattr(code)}/>' for n, code in enumerate(FORMATS)
    )
    used = "".join(f'<xf numFmtId="{164 + n}"/>' for n in range(len(FORMATS)))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PARTS}"><Relationship Id="rId1" '
        f'Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}">'
        f"{properties}<sheets>{sheets}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PARTS}">{links}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">'
        f"<numFmts>{numbered}</numFmts><cellXfs>{used}</cellXfs></styleSheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{"".join(strings)}</sst>',
    }
    for number, (name, cells) in enumerate(grid.items(), 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet_xml(
            cells, (merged or {}).get(name, ()), (hidden or {}).get(name, ())
        )
    return parts
