"""The programs that documents are looked at with see what they should: each finds a fault that was planted."""

from collections.abc import Callable, Iterable
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement

from tests.system.chromium import Chromium
from tests.system.office import Office

PAGE = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>A page</title></head>
<body><main><h1>Return</h1>{}</main></body></html>"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A Word document of two pages, in a folder whose name has spaces."""
    path = tmp_path / "a folder" / "a return.docx"
    path.parent.mkdir()
    made = docx.Document()
    made.add_paragraph("Programme overview – £84.5m")
    made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    made.add_paragraph("Risk register")
    made.save(str(path))
    return path


def test_libreoffice_and_poppler_show_each_page(
    document: Path,
    soffice: Office,
    pdf_pages: Callable[[Path], list[str]],
    pdf_pictures: Callable[[Path, Path], list[Path]],
    tmp_path: Path,
) -> None:
    pdf = soffice(document)
    first, second = pdf_pages(pdf)
    assert "Programme overview – £84.5m" in first
    assert "Risk register" in second
    pictures = pdf_pictures(pdf, tmp_path / "pictures")
    assert [picture.read_bytes()[:4] for picture in pictures] == [b"\x89PNG"] * 2


def test_libreoffice_converts_several_files_of_one_name_and_keeps_what_it_made(
    document: Path, soffice: Office, tmp_path: Path
) -> None:
    other = tmp_path / document.name
    changed = docx.Document()
    changed.add_paragraph("Detailed update")
    changed.save(str(other))
    both = soffice.all([document, other], "docx")
    texts = [docx.Document(str(path)).paragraphs[0].text for path in both]
    assert texts == ["Programme overview – £84.5m", "Detailed update"]
    assert soffice(other, "docx") == both[1]


def test_the_validator_names_file_place_and_fault(
    document: Path, ooxml_faults: Callable[[Iterable[Path]], list[str]], tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.docx"
    made = docx.Document(str(document))
    made.paragraphs[0]._p.append(OxmlElement("w:tbl"))
    made.save(str(wrong))
    (fault,) = ooxml_faults([document, wrong])
    assert fault.startswith("wrong.docx /word/document.xml /w:document[1]/w:body[1]/w:p[1]: ")
    assert "invalid child element" in fault


def test_chromium_tells_what_a_page_does_wrong(chromium: Chromium, tmp_path: Path) -> None:
    page = tmp_path / "wrong page.html"
    page.write_text(
        PAGE.format('<img src="https://example.gov.uk/chart.png"><script>undefined_function()</script>'),
        encoding="utf-8",
    )
    visit = chromium(page)
    assert [violation.partition(":")[0] for violation in visit.violations] == ["image-alt"]
    assert visit.requests == ["https://example.gov.uk/chart.png"]
    assert "ReferenceError: undefined_function is not defined" in visit.errors


def test_chromium_is_silent_about_a_good_page_and_returns_the_scripts_value(
    chromium: Chromium, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE.format("<p>£84.5m</p>"), encoding="utf-8")
    dark = (
        "return [document.querySelector('p').textContent, matchMedia('(prefers-color-scheme: dark)').matches]"
    )
    visit = chromium(page, dark, dark=True)
    assert (visit.violations, visit.errors, visit.requests) == ([], [], [])
    assert visit.value == ["£84.5m", True]


def test_a_missing_program_is_told_or_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from tests.system import tools

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(tools, "_ELSEWHERE", {})
    monkeypatch.setenv("SVREPORT_TEST_EVERYTHING", "")
    with pytest.raises(pytest.skip.Exception, match="soffice is missing: `apt install libreoffice-writer"):
        tools.program("soffice")
    monkeypatch.setenv("SVREPORT_TEST_EVERYTHING", "1")
    with pytest.raises(pytest.fail.Exception, match="soffice is missing"):
        tools.program("soffice")
