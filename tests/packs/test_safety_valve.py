"""The templates of the return: the form's own words in the form's order, and documents that everybody can read."""

import re
import zipfile
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm

from svreport.packs.declared import FilledDocument
from svreport.packs.loading import load_pack
from svreport.word import styles

PACK = load_pack("safety-valve")
TEMPLATES = [document.template for document in PACK.documents if isinstance(document, FilledDocument)]
WORDS = {
    part.splitlines()[0]: part.splitlines()[1:]
    for part in Path(__file__).with_name("form_words.txt").read_text(encoding="utf-8").strip().split("\n\n")
}
A4_LANDSCAPE = (Cm(29.7), Cm(21.0))

every_template = pytest.mark.parametrize("template", TEMPLATES, ids=[template.stem for template in TEMPLATES])


def lines(opened: Opened) -> list[str]:
    """The header's paragraphs and the body's, table cells included, in order."""
    paragraphs = [*opened.sections[0].header._element.iter(qn("w:p")), *opened.element.body.iter(qn("w:p"))]
    return ["".join(text.text or "" for text in paragraph.iter(qn("w:t"))) for paragraph in paragraphs]


@every_template
def test_the_forms_words_stand_in_the_forms_order(template: Path) -> None:
    rest = iter(lines(Document(str(template))))
    for expected in WORDS[template.stem]:
        assert expected in rest, f"{expected!r} is missing, or not where the form has it"


def test_no_word_of_the_form_stands_in_python() -> None:
    code = "\n".join(
        file.read_text(encoding="utf-8") for file in (Path(__file__).parents[2] / "svreport").rglob("*.py")
    )
    sentences = [words for part in WORDS.values() for words in part if len(words.split()) > 10]
    assert len(sentences) == 7
    assert [sentence for sentence in sentences if sentence.casefold() in code.casefold()] == []


@every_template
def test_the_page_is_the_forms(template: Path) -> None:
    (section,) = Document(str(template)).sections
    assert (round(section.page_width or 0, -4), round(section.page_height or 0, -4)) == tuple(
        round(each, -4) for each in A4_LANDSCAPE
    )
    assert re.findall(r"\b(?:PAGE|NUMPAGES)\b", section.footer._element.xml) == ["PAGE", "NUMPAGES"]
    header = [paragraph.text for paragraph in section.header.paragraphs]
    assert header == [WORDS[template.stem][0], "{{ authority }}, {{ update }}, {{ financial_year }}"]


@every_template
def test_everybody_can_read_it(template: Path) -> None:
    opened = Document(str(template))
    body = opened.element.body
    for table in opened.tables:
        first, *others = table._tbl.tr_lst
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(words_of(cell) for cell in first.tc_lst), "a heading cell is empty"
        assert table._tbl.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}") is not None
        rows_of_text = [row for row in others if "{{p" in words_of(row) and "row.level" not in row.xml]
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None for row in rows_of_text)
    assert list(body.iter(qn("w:vMerge"))) == []
    assert list(body.iter(qn("w:instrText"), qn("w:fldSimple"))) == []
    levels = [int(name[-1]) for name in style_names(opened) if name.startswith("Heading ")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(deeper - above <= 1 for above, deeper in pairwise(levels))
    empty = [each for each in body.iter(qn("w:p")) if not words_of(each)]
    assert {each.style for each in empty} <= {"TemplateTag"}, "an empty line, and not beside a tag's own row"
    assert opened.core_properties.language == "en-GB"
    assert opened.core_properties.title.startswith("Safety Valve programme ")


def words_of(element: BaseOxmlElement) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t"))).strip()


def style_names(opened: Opened) -> list[str]:
    names = {style.style_id: str(style.name) for style in opened.styles}
    found = (
        paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") for paragraph in opened.element.body.iter(qn("w:p"))
    )
    return [names[style.get(qn("w:val"))] for style in found if style is not None]


@every_template
def test_text_is_large_plain_and_english(template: Path) -> None:
    for part in parts(template, r"word/(styles|document|header\d|footer\d)\.xml"):
        assert all(int(size) >= 22 for size in re.findall(r'<w:sz w:val="(\d+)"', part))
        assert set(re.findall(r'w:ascii="([^"]+)"', part)) <= {"Arial"}
        assert set(re.findall(r'<w:lang w:val="([^"]+)"', part)) <= {"en-GB"}
    (defined,) = parts(template, r"word/styles\.xml")
    assert '<w:lang w:val="en-GB"' in defined
    assert 'w:ascii="Arial"' in defined


@every_template
def test_what_comes_from_the_workbook_finds_its_styles(template: Path) -> None:
    opened = Document(str(template))
    known = {str(style.name) for style in opened.styles}
    used: Iterable[tuple[str, ...]] = (
        styles.TEXT, styles.BULLETS, styles.NUMBERS, styles.DATA_TABLE, styles.TABLE_HEADING, styles.TABLE_TEXT,
        styles.FIGURE, styles.LEVEL_LABEL, styles.LEVEL, styles.LINK, styles.MARK,
    )  # fmt: skip
    assert {names[0] for names in used} <= known


@pytest.mark.parametrize("part", [r"word/styles\.xml", r"word/numbering\.xml", r"word/theme/theme1\.xml"])
def test_the_templates_look_alike(part: str) -> None:
    """The submission has the styles of its first part."""
    assert len({tuple(parts(template, part)) for template in TEMPLATES}) == 1


def parts(template: Path, pattern: str) -> list[str]:
    with zipfile.ZipFile(template) as package:
        return [package.read(name).decode() for name in package.namelist() if re.fullmatch(pattern, name)]


def test_the_templates_are_valid(ooxml_faults: Callable[[Iterable[Path]], list[str]]) -> None:
    assert ooxml_faults(TEMPLATES) == []
