"""Numbers of paragraphs that others refer to, counted as Word counts them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn

from svreport.word.accessibility import faults
from svreport.word.fields import bookmark_of
from svreport.word.packaging import Properties
from svreport.word.template import Template
from svreport.word.text import text_of


@dataclass(frozen=True)
class Row:
    name: str
    words: str


@dataclass(frozen=True)
class Context:
    rows: tuple[Row, ...] = ()


def filled(opened: Opened, folder: Path, context: Context | None = None) -> list[str]:
    """The paragraphs of the filled document, the links in them as their words."""
    opened.save(str(folder / "template.docx"))
    template = Template.open(folder / "template.docx")
    made = template.render(context or Context(), Properties("A paper", "Council", "en-GB"))
    (folder / "made.docx").write_bytes(made)
    body = Document(str(folder / "made.docx")).element.body
    return ["".join(text.text or "" for text in each.iter(qn("w:t"))) for each in body.iter(qn("w:p"))]


def test_a_reference_gives_the_number_before_and_behind_it(tmp_path: Path) -> None:
    opened = Document()
    for words in ("See {{ 'money' | number_of }}.", "Another.", "{{ 'money' | named }}Money."):
        opened.add_paragraph(words, style="List Number")
    opened.add_paragraph("Paragraphs {{ 'money' | number_of }} and {{ “MONEY” | number_of }}")
    assert filled(opened, tmp_path) == ["See 3.", "Another.", "Money.", "Paragraphs 3 and 3"]
    assert "1. See [3](#" in text_of((tmp_path / "made.docx").read_bytes())


def test_a_row_of_data_is_named(tmp_path: Path) -> None:
    opened = Document()
    opened.add_paragraph("{%p for row in rows %}")
    opened.add_paragraph("{{ row.name | named }}{{ row.words }}", style="List Number")
    opened.add_paragraph("{%p endfor %}")
    opened.add_paragraph("See paragraph {{ 'b' | number_of }}.")
    context = Context((Row("a", "One."), Row("b", "Two.")))
    assert filled(opened, tmp_path, context)[-1] == "See paragraph 2."
    told = [fault for fault in faults((tmp_path / "made.docx").read_bytes()) if "field" in fault]
    assert told == []


def test_a_paragraph_that_is_not_there_or_has_no_number_is_seen(tmp_path: Path) -> None:
    opened = Document()
    opened.add_paragraph("{{ 'plain' | named }}Plain.")
    opened.add_paragraph("See {{ 'plain' | number_of }} and {{ 'none' | number_of }}.")
    assert filled(opened, tmp_path) == ["Plain.", "See ? and ?."]


LEVELS = {
    "letters under their paragraph": (("%1.", "decimal"), ("%2)", "lowerLetter"), "2b"),
    "romans in brackets": (("%1.", "decimal"), ("(%2)", "lowerRoman"), "2ii"),
    "all in one": (("%1.", "decimal"), ("%1.%2", "decimal"), "2.2"),
    "capitals": (("%1.", "upperLetter"), ("%2.", "upperRoman"), "BII"),
}


@pytest.mark.parametrize("case", LEVELS)
def test_a_number_says_all_its_levels(case: str, tmp_path: Path) -> None:
    first, second, expected = LEVELS[case]
    opened = Document()
    for level in (0, 0, 1, 1):
        paragraph = opened.add_paragraph("Words.")
        numbered(opened, paragraph._p, level, (first, second))
    paragraph.runs[0].text = "{{ 'here' | named }}Words."
    opened.add_paragraph("See {{ 'here' | number_of }}.")
    assert filled(opened, tmp_path)[-1] == f"See {expected}."


def numbered(opened: Opened, paragraph: Any, level: int, levels: tuple[tuple[str, str], ...]) -> None:
    """Puts a paragraph on a level of a list of its own kind, which the document gets once."""
    part = opened.part.numbering_part.element
    if not any(each.get(qn("w:numId")) == "77" for each in part.iter(qn("w:num"))):
        definition = part.makeelement(qn("w:abstractNum"), {qn("w:abstractNumId"): "77"})
        for number, (text, kind) in enumerate(levels):
            told = definition.makeelement(qn("w:lvl"), {qn("w:ilvl"): str(number)})
            for name, value in (("start", "1"), ("numFmt", kind), ("lvlText", text)):
                told.append(told.makeelement(qn(f"w:{name}"), {qn("w:val"): value}))
            definition.append(told)
        part.insert(0, definition)
        count = part.makeelement(qn("w:num"), {qn("w:numId"): "77"})
        count.append(count.makeelement(qn("w:abstractNumId"), {qn("w:val"): "77"}))
        part.append(count)
    properties = paragraph.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = 77


def test_names_make_bookmarks_that_word_takes() -> None:
    for name in ("money", "What schools will see on the ground, by domain", "Ä 1", "…"):
        assert len(bookmark_of(name)) <= 40
        assert bookmark_of(name).replace("_", "a").isalnum()
    assert bookmark_of("Money") == bookmark_of(" money ")
    assert len({bookmark_of(name) for name in ("a b", "a-b", "a_b")}) == 3
