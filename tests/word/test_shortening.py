"""Looks that are put aside while a template's tags are filled come back as they were."""

import io
from pathlib import Path

import pytest
from docxtpl import DocxTemplate

from svreport.packs.loading import shipped_packs
from svreport.word.shortening import Shortened
from svreport.word.template import Template
from tests.word.samples import full_template

LOOK = '<w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr>'
SHIPPED = sorted({each for pack in shipped_packs() for each in pack.folder.glob("*.docx")})


def test_each_look_comes_back_wherever_its_mark_stands() -> None:
    shortened = Shortened(f"<w:r>{LOOK}<w:t>one</w:t></w:r><w:r><w:rPr><w:i/></w:rPr></w:r>")
    assert "<w:color" not in shortened.xml
    assert "<w:t>one</w:t>" in shortened.xml
    assert shortened.whole(shortened.xml * 2) == (
        f"<w:r>{LOOK}<w:t>one</w:t></w:r><w:r><w:rPr><w:i/></w:rPr></w:r>" * 2
    )


@pytest.mark.parametrize(
    "tag", ["{% colspan 2 %}", "{% cellbg colour %}", "{% vm %}", "{% hm %}", "{%- if x %}", "{% endif -%}"]
)
def test_where_docxtpl_asks_for_looks_they_stay(tag: str) -> None:
    xml = f"<w:r>{LOOK}<w:t>{tag}</w:t></w:r>"
    assert Shortened(xml).xml == xml


def test_a_look_with_a_tag_in_it_stays() -> None:
    xml = '<w:rPr><w:color w:val="{{ colour }}"/></w:rPr>'
    assert Shortened(xml).xml == xml


@pytest.mark.parametrize(
    "path", [*SHIPPED, None], ids=lambda path: path.parent.name + path.name if path else "full"
)
def test_docxtpl_does_the_same_to_both(path: Path | None, tmp_path: Path) -> None:
    template = Template.open(path or full_template(tmp_path / "full.docx"))
    frame = DocxTemplate(io.BytesIO(template._archive.to_bytes()))
    frame.init_docx()
    xml = frame.get_xml()
    shortened = Shortened(xml)
    assert len(shortened.xml) < len(xml)
    assert shortened.whole(frame.patch_xml(shortened.xml)) == frame.patch_xml(xml)
