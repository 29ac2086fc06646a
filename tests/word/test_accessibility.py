"""Each fault that keeps a person from reading a document is told, and a document without one passes."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor

from svreport.word.accessibility import faults
from svreport.word.opening import read_word
from svreport.word.packaging import Properties, finish
from svreport.word.template import Template
from tests.word.samples import W, blank, everything, months, png, properties, sample, table, words


def _start() -> Document:
    """A document without a fault."""
    document = blank()
    for style in ("Heading 1", "Heading 2"):
        document.styles[style].font.color.rgb = RGBColor(0, 0x3A, 0x70)
    document.add_heading("Return", 1)
    document.add_paragraph("Some words")
    return document


def _finished(document: Document, folder: Path, told: Properties | None = None) -> bytes:
    path = folder / "made.docx"
    document.save(str(path))
    return finish(read_word(path.read_bytes(), "made"), told or properties())


@dataclass(frozen=True)
class Case:
    """A change that makes a document hard to read, and the fault that is told of it."""

    change: Callable[[Document], object]
    told: str


def _shade(document: Document, fill: str, colour: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run("Amber").font.color.rgb = RGBColor.from_string(colour)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:shd {W} w:val="clear" w:color="auto" w:fill="{fill}"/>')
    )


def _picture(document: Document) -> None:
    import io

    document.add_picture(io.BytesIO(png(20, 20)))


def _merged(document: Document) -> None:
    made = table(document, ("a", "b"), ("c", "d"), ("e", "f"), widths=(50, 50))
    made.cell(1, 0).merge(made.cell(2, 0))


def _unmarked(document: Document) -> None:
    made = document.add_table(2, 2)
    made.cell(0, 0).text = "Heading"


def _field(document: Document, instruction: str) -> None:
    document.paragraphs[-1]._p.append(
        parse_xml(f'<w:fldSimple {W} w:instr="{instruction}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )


def _link(document: Document, text: str) -> None:
    paragraph = document.add_paragraph()
    number = document.part.relate_to("https://example.gov.uk", RELATIONSHIP_TYPE.HYPERLINK, True)
    space = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    paragraph._p.append(
        parse_xml(f'<w:hyperlink {W} {space} r:id="{number}"><w:r><w:t>{text}</w:t></w:r></w:hyperlink>')
    )


def _small(document: Document) -> None:
    document.add_paragraph().add_run("small print").font.size = Pt(9)


def _serif(document: Document) -> None:
    document.add_paragraph().add_run("old print").font.name = "Times New Roman"


def _typed(document: Document) -> None:
    for text in ("1. first", "2. second"):
        document.add_paragraph(text)


def _no_last_paragraph(document: Document) -> None:
    made = table(document, ("a", "b"), ("c", "d"), widths=(50, 50))
    cell = made.cell(1, 0)
    cell.add_table(1, 1)
    cell._tc.remove(cell._tc[-1])


CASES = {
    "a low contrast": Case(
        lambda d: _shade(d, "FFBF00", "FFFFFF"), "text in #FFFFFF on #FFBF00 has a contrast of 1.7"
    ),
    "grey text": Case(
        lambda d: setattr(d.add_paragraph().add_run("grey").font.color, "rgb", RGBColor(0x99, 0x99, 0x99)),
        "text in #999999 on #FFFFFF has a contrast of 2.8, below 4.5: “grey”",
    ),
    "a picture without words": Case(_picture, "picture 1 has no alt text"),
    "merged cells": Case(_merged, "a table has vertically merged cells"),
    "no heading row": Case(_unmarked, "a table's first row is not marked as its heading: “Heading”"),
    "a contents field": Case(lambda d: _field(d, "TOC \\o"), "a field asks to be updated: TOC"),
    "a heading left out": Case(
        lambda d: d.add_heading("Deep", 3), "a heading of level 3 follows one of level 1: “Deep”"
    ),
    "an empty line": Case(
        lambda d: d.add_paragraph(""), "an empty paragraph stands as spacing after “Some words”"
    ),
    "small text": Case(_small, "text of 9 pt, below 11 pt: “small print”"),
    "a serif": Case(_serif, "text in Times New Roman, which is not sans-serif: “old print”"),
    "a typed list": Case(_typed, "a list is typed instead of made with Word's lists: “2. second”"),
    "a link that says here": Case(
        lambda d: _link(d, "click here"), "a link does not say where it leads: “click here”"
    ),
    "a link that is an address": Case(
        lambda d: _link(d, "https://example.gov.uk"), "a link does not say where"
    ),
    "a cell that ends with a table": Case(_no_last_paragraph, "a table cell does not end with a paragraph"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_told(case: str, tmp_path: Path) -> None:
    document = _start()
    CASES[case].change(document)
    told = faults(_finished(document, tmp_path))
    assert any(fault.startswith(CASES[case].told) for fault in told), told


NEAR: dict[str, Callable[[Document], object]] = {
    "page numbers": lambda d: _field(d, "PAGE"),
    "amber with black": lambda d: _shade(d, "FFBF00", "000000"),
    "a link that says where": lambda d: _link(d, "the sufficiency strategy"),
    "one paragraph that begins with a number": lambda d: d.add_paragraph("4. February is the next meeting"),
    "a list": lambda d: [d.add_paragraph(text, style="List Number") for text in ("first", "second")],
    "a table": lambda d: table(d, ("a", "b"), ("c", ""), widths=(50, 50)),
    "a heading under its own": lambda d: d.add_heading("Next", 2),
}


@pytest.mark.parametrize("case", NEAR)
def test_what_is_well_is_not_told(case: str, tmp_path: Path) -> None:
    document = _start()
    NEAR[case](document)
    assert faults(_finished(document, tmp_path)) == []


def test_a_title_language_and_heading_are_asked_for(tmp_path: Path) -> None:
    document = blank()
    document.add_paragraph("Some words")
    path = tmp_path / "made.docx"
    document.save(str(path))
    archive = read_word(path.read_bytes(), "made")
    told = faults(archive.to_bytes())
    assert "the file has no title among its properties" in told
    assert "the file's properties do not say that it is in British English (en-GB)" in told
    assert "the styles do not say that the text is in British English (en-GB)" in told
    assert "the document has no heading" in told


def test_blocks_are_laid_out_without_a_fault(tmp_path: Path) -> None:
    document = _start()
    table(document, ("Condition", "Level", "Progress"), ("{%tr for item in items %}", "", ""),
        ("{{ item.heading }}", "{{ item.levels }}", "{{ item.progress }}"), ("{%tr endfor %}", "", ""))  # fmt: skip
    document.add_heading("Key", 2)
    document.add_paragraph("{{ level }}")
    document.save(str(tmp_path / "full.docx"))
    blocks = (*everything(), months(40), months(3), words("The end."))
    assert faults(Template.open(tmp_path / "full.docx").render(sample(3, blocks), properties())) == []
