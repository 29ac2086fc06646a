"""Templates and contexts that the tests of this room fill: small, and with one of everything."""

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.shared import Mm
from docx.table import Table as WordTable
from docx.table import _Row

from svreport.model.level import standard_scale
from svreport.narrative.blocks import Block, Cell, List, ListItem, ListKind, Paragraph, Picture, Run, Table
from svreport.word.fields import Link, Rich, Shade, Stack, Step
from svreport.word.packaging import Properties

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LEVELS = {level.name: level for level in standard_scale().levels}


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the samples' table."""

    heading: str
    levels: Stack
    progress: Rich
    email: Link


@dataclass(frozen=True, slots=True)
class Sample:
    """The samples' context."""

    authority: str
    count: int
    note: str
    signed_off: Rich
    items: tuple[Item, ...]
    names: tuple[str, ...]
    level: Shade
    contact: Link
    last: Item | None = None


def words(text: str, *, bold: bool = False, italic: bool = False, link: str | None = None) -> Paragraph:
    return Paragraph((Run(text, bold=bold, italic=italic, link=link),))


def cells(*texts: str, numeric: bool = False) -> tuple[Cell, ...]:
    """A row whose cells after the first are numbers, where `numeric`."""
    return tuple(Cell((Run(text),), numeric and at > 0) for at, text in enumerate(texts))


def months(count: int) -> Table:
    """A table as exhibits give it, with this many periods across."""
    header = cells("EHCP numbers", *(f"Apr '{10 + at}" for at in range(count)), numeric=True)
    rows = (
        cells("Forecast", *(f"{5562 + at:,}" for at in range(count)), numeric=True),
        cells("Actual", *(f"{5728 + at:,}" for at in range(count)), numeric=True),
    )
    return Table(header, rows, row_headings=True)


def png(width: int, height: int) -> bytes:
    """A plain picture of this size in pixels."""
    rows = (b"\0" + bytes([18, 67, 109]) * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    told = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)


def picture(width: int = 1600, height: int = 600, alt_text: str = "Line chart of plans") -> Picture:
    return Picture(png(width, height), alt_text, width, height, "plans")


def numbered(*texts: str, kind: ListKind = ListKind.NUMBER, start: int = 1, closing: str = ".") -> List:
    return List(kind, tuple(ListItem((words(text),)) for text in texts), start, closing)


def everything() -> tuple[Block, ...]:
    """One of every block, in the ways that text can nest them."""
    nested = List(
        ListKind.BULLET,
        (
            ListItem((words("Small steps"), numbered("first", "second"), words("and on"))),
            ListItem((words("A table inside"), Table(cells("Year", "Places"), (cells("2024-25", "98"),)))),
        ),
    )
    return (
        Paragraph(
            (
                Run("Plans rose by "),
                Run("8%", bold=True),
                Run(" & costs <too>,\n"),
                Run("as planned", italic=True),
                Run("; see "),
                Run("the sufficiency strategy", link="https://example.gov.uk/a b?x=1&y=2|3"),
                Run(". "),
                Run("[TXT-02 Progress!C7]", mark=True),
            )
        ),
        nested,
        numbered("early help", "later help", kind=ListKind.LETTER, closing=")"),
        numbered("third", "fourth", kind=ListKind.ROMAN, closing="()", start=3),
        numbered("again from one", "two"),
        months(7),
        months(30),
        picture(),
        words("After the picture."),
        Table(cells("Domain", "Impact"), (cells("Early years", "Fewer requests reach the panel in spring"),)),
    )


def stack() -> Stack:
    return Stack(
        (
            Step("Update 1 (May)", LEVELS["Green"]),
            Step("Update 2 (August)", LEVELS["Amber"]),
            Step("Update 3 (November)", None, "[LVL-01 Conditions!E3]"),
            Step("Update 4 (March)", None),
        )
    )


def link(text: str = "dcs@example.gov.uk", target: str = "mailto:dcs@example.gov.uk") -> Link:
    return Link(text, target)


def sample(count: int = 2, blocks: tuple[Block, ...] | None = None, authority: str = "Wiltshire") -> Sample:
    progress = Rich(everything() if blocks is None else blocks)
    items = tuple(Item(f"Condition 3.{at}:", stack(), progress, link()) for at in range(1, count + 1))
    signed = Rich((words("S151 Officer, 4 December 2024"), words("DCS, 5 December 2024")))
    return Sample(authority, count, "", signed, items, ("one", "two"), Shade(LEVELS["Blue"]), link())


def properties(title: str = "Detailed update") -> Properties:
    import datetime

    return Properties(title, "Wiltshire", date=datetime.date(2024, 12, 11))


def blank() -> Document:
    """A document as an office would start it: A4 landscape, Arial 11."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    normal = document.styles["Normal"]
    normal.font.name = "Arial"
    normal.font.size = docx.shared.Pt(11)
    for style in document.styles:
        fonts = style.element.find(f".//{{{W[9:-1]}}}rFonts")
        if fonts is not None:
            for key in list(fonts.attrib):
                del fonts.attrib[key]
            fonts.set(f"{{{W[9:-1]}}}ascii", "Arial")
            fonts.set(f"{{{W[9:-1]}}}hAnsi", "Arial")
    return document


def table(document: Document, *rows: tuple[str, ...], widths: tuple[int, ...] = (60, 40, 145)) -> WordTable:
    """A table with these texts, its first row marked as its heading; widths are millimetres."""
    made: WordTable = document.add_table(0, len(rows[0]))
    made.style = "Table Grid"
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=False):
        column.width = Mm(width)
    for texts in rows:
        row: _Row = made.add_row()  # type: ignore[no-untyped-call]
        for cell, text, width in zip(row.cells, texts, widths, strict=False):
            cell.text, cell.width = text, Mm(width)
    made.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {W}/>"))
    return made


def full_template(path: Path, header: str = "SAFETY VALVE: {{ authority }}") -> Path:
    """A template with a tag of every kind, saved under the path."""
    document = blank()
    document.sections[0].header.paragraphs[0].text = header
    document.add_heading("Return of {{ authority }}", 1)
    document.add_paragraph("{%p for item in items %}")
    split = document.add_paragraph("Mail ")
    split.add_run("{{r item").bold = True
    split.add_run(".em")
    split.add_run("ail }} today")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{{ note }}")
    document.add_paragraph("{{p signed_off }}")
    document.add_heading("Conditions", 2)
    table(
        document,
        ("Agreement condition", "Assurance level", "Progress"),
        ("{%tr for item in items %}", "", ""),
        ("{{ loop.index }}. {{ item.heading }}", "{{p item.levels }}", "{{p item.progress }}"),
        ("{%tr endfor %}", "", ""),
    )
    document.add_heading("Key", 2)
    document.add_paragraph("{{p level }}")
    document.save(str(path))
    return path
