"""Putting rows into a sheet: what stands below moves down, and with it all that names its cells."""

import re
from collections.abc import Mapping

from svreport.errors import CallFault
from svreport.workbook import markup
from svreport.workbook.areas import LAST_ROW
from svreport.workbook.editing.moved_references import Move, NotMovable
from svreport.workbook.editing.parts import Parts
from svreport.workbook.editing.sheet import SheetXml
from svreport.workbook.markup import Element

# What hangs on a sheet and is known to move with it, or to have no place in it.
_MOVABLE = {
    "comments",
    "threadedComment",
    "vmlDrawing",
    "drawing",
    "table",
    "printerSettings",
    "hyperlink",
    "image",
}
_MOVABLE |= {"customProperty", "oleObject", "package", "ctrlProp"}
_FORMULAS = {"f", "formula", "formula1", "formula2", "calculatedColumnFormula", "totalsRowFormula"}


def move_rows(
    parts: Parts, where: Mapping[str, str], sheets: Mapping[str, SheetXml], workbook: Element, move: Move
) -> None:
    """Moves the rows of one of `sheets`, and every reference to them in the workbook; `where` names the sheets' parts.

    Raises CallFault where something names cells in a way that cannot be followed; what was moved until then is moved.
    """
    _refuse(parts, where[move.sheet], sheets[move.sheet], move)
    try:
        for name, sheet in sheets.items():
            if name == move.sheet or _names_it(sheet.root, move):
                sheet.unshare()
                _move_formulas(sheet.root, name, move)
                for link in sheet.root.iter("{*}hyperlink"):
                    if location := link.get("location"):
                        link.set("location", move.link(location))
                sheet.changed = sheet.calculated = True
        _move_names(workbook, move)
        _move_charts(parts, move)
    except NotMovable as fault:
        raise _cannot(move.sheet, f"the formula {fault} cannot be followed") from None
    _move_sheet(sheets[move.sheet], move)
    _move_hanging(parts, where[move.sheet], move)


def _refuse(parts: Parts, part: str, sheet: SheetXml, move: Move) -> None:
    strange = sorted({kind for kind, _ in parts.targets(part).values()} - _MOVABLE)
    if strange:
        raise _cannot(move.sheet, f"it holds a {strange[0]}, whose cells would be lost")
    if sheet.last_filled_row() + move.count > LAST_ROW:
        raise _cannot(move.sheet, "it has no rows left")
    caches = [part for part in parts.names() if re.search(r"pivotCacheDefinition\d*\.xml$", part)]
    for cache in caches:
        for source in parts.xml(cache).iter("{*}worksheetSource"):
            if source.get("sheet", "") == move.sheet:
                raise _cannot(move.sheet, "a pivot table takes its figures from there")


def _names_it(root: Element, move: Move) -> bool:
    """Whether anything in another sheet names the one whose rows move, or several sheets at once."""
    formulas = (each.text for each in root.iter() if markup.local(each) in _FORMULAS and each.text)
    if any(move.is_named_in(text) or ":" in text.partition("!")[0] for text in formulas):
        return True
    return any(move.is_named_in(link.get("location", "")) for link in root.iter("{*}hyperlink"))


def _move_formulas(root: Element, home: str, move: Move) -> None:
    for each in root.iter():
        if markup.local(each) in _FORMULAS and each.text:
            each.text = move.formula(each.text, home)


def _move_names(workbook: Element, move: Move) -> None:
    for each in workbook.iter("{*}definedName"):
        if each.text:
            each.text = move.formula(each.text, "")


def _move_charts(parts: Parts, move: Move) -> None:
    for part in parts.names():
        if re.search(r"/charts/chart[^/]*\.xml$", part, re.IGNORECASE):
            root = parts.xml(part)
            _move_formulas(root, "", move)
            parts.put(part, root)


def _move_sheet(sheet: SheetXml, move: Move) -> None:
    """The sheet's own rows and areas; what is frozen in sight stays where it is."""
    root = sheet.root
    for each in root.iter():
        kind = markup.local(each)
        for name in ("ref", "sqref", "r1", "r2"):
            if each.get(name):
                each.set(name, move.areas(each.get(name, "")))
        if kind == "sqref" and each.text:
            each.text = move.areas(each.text)
        if kind in ("selection", "cellWatch", "inputCells"):
            for name in ("activeCell", "r"):
                if each.get(name):
                    each.set(name, move.areas(each.get(name, "")))
    breaks = markup.child(root, "rowBreaks")
    for each in () if breaks is None else breaks:
        if each.get("id", "").isdecimal():
            # A page ends below the row that a break names.
            each.set("id", str(move.row(int(each.get("id", "0")) + 1) - 1))
    _move_anchors(root, move)
    sheet.shift_rows(move.at, move.count)


def _move_hanging(parts: Parts, part: str, move: Move) -> None:
    """Comments, pictures and tables of the sheet."""
    for kind in ("comments", "threadedComment", "table"):
        for target in parts.related(part, kind):
            root = parts.xml(target)
            for each in root.iter():
                if each.get("ref"):
                    each.set("ref", move.areas(each.get("ref", "")))
            parts.put(target, root)
    for target in parts.related(part, "drawing"):
        root = parts.xml(target)
        _move_anchors(root, move)
        parts.put(target, root)
    for target in parts.related(part, "vmlDrawing"):
        root = parts.xml(target)
        for each in root.iter():
            if markup.local(each) == "Row" and (each.text or "").strip().isdecimal():
                each.text = str(move.row(int(each.text or "0") + 1) - 1)
            elif markup.local(each) == "Anchor":
                each.text = _anchor(each.text or "", move)
        parts.put(target, root)


def _move_anchors(root: Element, move: Move) -> None:
    """Corners of pictures, charts and controls, which count rows from 0."""
    for each in root.iter():
        if markup.local(each) == "row" and not each.attrib and (each.text or "").strip().isdecimal():
            each.text = str(move.row(int(each.text or "0") + 1) - 1)


def _anchor(text: str, move: Move) -> str:
    """The corners of a comment's box: column, offset, row, offset, twice, rows from 0."""
    told = [each.strip() for each in text.split(",")]
    if len(told) != 8 or not all(each.lstrip("-").isdecimal() for each in told):
        return text
    for at in (2, 6):
        told[at] = str(move.row(int(told[at]) + 1) - 1)
    return ", ".join(told)


def _cannot(sheet: str, why: str) -> CallFault:
    return CallFault(
        f"No rows can be put into the sheet {sheet}: {why}. Insert them in Excel, and try again."
    )
