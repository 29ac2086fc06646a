"""A workbook as people leave one behind: with what openpyxl and LibreOffice write, and with what only Excel does."""

import io
import re
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image as Picture

from svreport.workbook.content import example
from svreport.workbook.writing import workbook_bytes

MACROS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 4
_ROOM = "http://schemas.microsoft.com/office/2017/10/relationships"
_GUID = "{6C2B7E1A-58F1-4B7A-9D1F-2A0F3C4D5E6F}"
_PERSON = "{0E1D2C3B-4A59-4687-8796-A5B4C3D2E1F0}"
_THREAD = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"


def uncalculated(name: str) -> bytes:
    """The worked example with formulas, comments, a picture, conditional formats, names, sheets and columns added."""
    workbook = load_workbook(io.BytesIO(workbook_bytes(example(name))))
    conditions, progress, data = workbook["Conditions"], workbook["Progress"], workbook["Metric data"]
    owner = conditions.max_column + 1
    conditions.cell(3, owner, "Owner")
    for row in range(4, 11):
        conditions.cell(row, owner, f"Owner of {conditions.cell(row, 1).value}")
    red = DifferentialStyle(fill=PatternFill("solid", end_color="FFC7CE"))
    marked = Rule(type="cellIs", operator="equal", formula=['"Red"'], dxf=red)
    conditions.conditional_formatting.add("C4:E40", marked)
    data["C4"] = "=Workings!B2*2"
    data["D4"] = "=ROUND(Workings!B3,0)"
    workings = workbook.create_sheet("Workings", 3)
    workings.append(["What", "Value"])
    for what, value in {
        "Half": 2864,
        "Plan": "=B2*2-166.4",
        "Sum": "=SUM(B2:B3)",
        "Level": "=Conditions!D4",
    }.items():
        workings.append([what, value])
    workings["D1"] = "Merged"
    workings.merge_cells("D1:E2")
    drawn = io.BytesIO()
    Picture.new("RGB", (40, 20), "#12436D").save(drawn, "PNG")
    workings.add_image(Image(io.BytesIO(drawn.getvalue())), "G3")
    progress["C4"].comment = Comment("Is this still so?", "Reviewer")
    conditions["D4"].comment = Comment("Agreed at board", "Reviewer")
    hidden = workbook.create_sheet("Lists")
    hidden["A1"] = "kept"
    hidden.sheet_state = "hidden"
    workbook.defined_names["Half"] = DefinedName("Half", attr_text="Workings!$B$2")
    made = io.BytesIO()
    workbook.save(made)
    return made.getvalue()


def with_what_excel_adds(data: bytes) -> bytes:
    """The workbook with macros, a threaded comment, newer validations and a chain of calculation."""
    parts = unpacked(data)
    sheets = sheet_parts(parts)
    conditions, workings = sheets["Conditions"], sheets["Workings"]
    parts["xl/vbaProject.bin"] = MACROS
    parts["xl/persons/person.xml"] = (
        f'<personList xmlns="{_THREAD}"><person displayName="Reviewer" id="{_PERSON}" userId="reviewer" '
        'providerId="None"/></personList>'
    ).encode()
    parts["xl/threadedComments/threadedComment1.xml"] = (
        f'<ThreadedComments xmlns="{_THREAD}"><threadedComment ref="D4" dT="2024-08-01T10:00:00.00" '
        f'personId="{_PERSON}" id="{_GUID}"><text>Agreed at board</text></threadedComment></ThreadedComments>'
    ).encode()
    comments = next(
        name for name in parts if re.search(r"comments\d*\.xml$", name) and b"Agreed" in parts[name]
    )
    parts[comments] = re.sub(
        rb"<author>[^<]*</author>", f"<author>tc={_GUID}</author>".encode(), parts[comments]
    )
    parts["xl/calcChain.xml"] = (
        b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="B3" i="4"/></calcChain>'
    )
    validation = (
        b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        b'<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        b'<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>Lists!$A$1:$A$3</xm:f></x14:formula1>'
        b"<xm:sqref>D4:E40</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    for part in (conditions, workings):
        without = re.sub(rb"<extLst>.*</extLst>", b"", parts[part])
        parts[part] = without.replace(b"</worksheet>", validation + b"</worksheet>")
    _relate(parts, conditions, f"{_ROOM}/threadedComment", "/xl/threadedComments/threadedComment1.xml")
    _relate(parts, "xl/workbook.xml", f"{_ROOM}/person", "/xl/persons/person.xml")
    _relate(
        parts,
        "xl/workbook.xml",
        "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
        "/xl/vbaProject.bin",
    )
    _relate(
        parts,
        "xl/workbook.xml",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain",
        "/xl/calcChain.xml",
    )
    types = parts["[Content_Types].xml"].decode()
    types = types.replace("spreadsheetml.sheet.main+xml", "__").replace(
        "application/vnd.openxmlformats-officedocument.__",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    added = (
        '<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        '<Override PartName="/xl/persons/person.xml" ContentType="application/vnd.ms-excel.person+xml"/>'
        '<Override PartName="/xl/threadedComments/threadedComment1.xml" '
        'ContentType="application/vnd.ms-excel.threadedcomments+xml"/>'
        '<Override PartName="/xl/calcChain.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/>'
    )
    parts["[Content_Types].xml"] = types.replace("</Types>", f"{added}</Types>").encode()
    return packed(parts)


def opened(path: Path | bytes, data_only: bool = False) -> Workbook:
    """The workbook as openpyxl reads it, which says aloud what it would drop if it saved it, or misses."""
    data = path if isinstance(path, bytes) else path.read_bytes()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Data Validation extension is not supported")
        warnings.filterwarnings("ignore", "Workbook contains no default style")
        return load_workbook(io.BytesIO(data), data_only=data_only)


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return made.getvalue()


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The part of each sheet by its name."""
    links = {
        _attribute(each, "Id"): _attribute(each, "Target")
        for each in re.findall(rb"<Relationship\b[^>]*>", parts["xl/_rels/workbook.xml.rels"])
    }
    sheets = re.findall(rb"<sheet\b[^>]*>", parts["xl/workbook.xml"])
    return {_attribute(sheet, "name"): _part(links[_attribute(sheet, "r:id")]) for sheet in sheets}


def _attribute(element: bytes, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"'.encode(), element)
    assert found is not None
    return found[1].decode()


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _relate(parts: dict[str, bytes], part: str, kind: str, target: str) -> None:
    path = Path(part)
    name = f"{path.parent.as_posix()}/_rels/{path.name}.rels"
    number = parts[name].count(b"<Relationship ") + 50
    added = f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/></Relationships>'.encode()
    parts[name] = parts[name].replace(b"</Relationships>", added)
