"""The copy of a Word file that a PDF is made from: tagged as the file is, its words and their look untouched."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from svreport.errors import FormUnreadable
from svreport.word.printable import printable
from svreport.word.text import text_of
from tests.publish.word_files import saved

MARK = re.compile(r"\{picture of 155 × 53 mm: Draft\}")
STYLE = re.compile(r"\[(Figure text|Figure|Row Heading|Table Heading)\]")


def opened(data: bytes) -> Any:
    return Document(io.BytesIO(data))


def test_no_style_is_called_as_a_tag_of_pdf_is() -> None:
    document = Document()
    for name in ("Figure", "Note", "form", "Figures of ours"):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("a chart", style="Figure")
    copy = opened(printable(saved(document.save)))
    names = {style.name for style in copy.styles}
    assert {"Figure text", "Note text", "form text", "Figures of ours", "Caption", "Quote"} <= names
    assert copy.paragraphs[0].style.name == "Figure text"


def test_only_cells_of_heading_rows_are_headings() -> None:
    document = Document()
    document.styles.add_style("Table Heading", WD_STYLE_TYPE.PARAGRAPH).font.bold = True
    table = document.add_table(2, 2)
    for cell in (*table.rows[0].cells, table.rows[1].cells[0]):
        cell.paragraphs[0].style = "Table Heading"
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    (copy,) = opened(printable(saved(document.save))).tables
    styles = [[cell.paragraphs[0].style for cell in row.cells] for row in copy.rows]
    assert [[style.name for style in row] for row in styles] == [
        ["Table Heading", "Table Heading"],
        ["Row Heading", "Normal"],
    ]
    assert styles[1][0].font.bold, "it looks as it did"


def test_a_link_without_a_style_gets_one_without_a_look() -> None:
    document = Document()
    link = f'<w:hyperlink {nsdecls("w")} w:anchor="aims"><w:r><w:t>paragraph 3</w:t></w:r></w:hyperlink>'
    document.add_paragraph()._p.append(parse_xml(link))
    copy = opened(printable(saved(document.save)))
    (run,) = copy.element.body.iter(qn("w:r"))
    (style,) = [each for each in copy.styles if each.name == "Plain Link"]
    assert run.rPr.style == style.style_id
    assert style.element.rPr is None


def test_drafts_have_a_mark_that_is_described(example_outputs: Mapping[str, Path]) -> None:
    draft = (example_outputs["wiltshire-2024-12"] / "submission.docx").read_bytes()
    before, after = headers(draft), headers(printable(draft))
    assert len(after) == 3
    assert all("v:shape" in each and "svreportDraft" in each for each in before)
    for each in after:
        assert "v:shape" not in each
        assert each.count('descr="Draft"') == 1


def test_what_it_says_stays(
    example_outputs: Mapping[str, Path],
    tmp_path: Path,
    ooxml_faults: Callable[[Iterable[Path]], list[str]],
) -> None:
    copies = []
    for name, folder in example_outputs.items():
        for path in sorted(folder.glob("*.docx")):
            copies.append(tmp_path / f"{name}-{path.name}")
            copies[-1].write_bytes(printable(path.read_bytes()))
            assert STYLE.sub("", MARK.sub("", text_of(copies[-1].read_bytes()))) == STYLE.sub(
                "", text_of(path.read_bytes())
            )
    assert len(copies) == 10
    assert ooxml_faults(copies) == []


def test_what_is_no_word_file_is_refused() -> None:
    with pytest.raises(FormUnreadable):
        printable(b"PK\x03\x04cut")


def headers(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [
            package.read(name).decode()
            for name in package.namelist()
            if "header" in name and "_rels" not in name
        ]
