"""Templates are filled with what the context holds, shown right, and nothing is lost on the way."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from svreport.errors import TemplateFault
from svreport.word.fields import Later, Rich
from svreport.word.opening import read_word
from svreport.word.template import Template
from svreport.word.text import paragraph_text, plain_text, text_of
from tests.word.samples import Sample, W, blank, everything, full_template, properties, sample, table, words


def _filled(document: Document, folder: Path, context: Sample | None = None) -> bytes:
    path = folder / "template.docx"
    document.save(str(path))
    return Template.open(path).render(context or sample(1, (words("Progress."),)), properties())


def _of(*paragraphs: str) -> Document:
    document = blank()
    for text in paragraphs:
        document.add_paragraph(text)
    return document


def test_the_finished_document_is_as_its_golden_text_says(
    tmp_path: Path, golden: Callable[[str, str], None]
) -> None:
    template = Template.open(full_template(tmp_path / "full.docx"))
    assert template.faults(Sample) == []
    golden("full.txt", text_of(template.render(sample(2), properties())))


def test_the_finished_document_is_valid(
    tmp_path: Path, ooxml_faults: Callable[[Iterable[Path]], list[str]]
) -> None:
    template = Template.open(full_template(tmp_path / "full.docx"))
    made = tmp_path / "made.docx"
    made.write_bytes(template.render(sample(3), properties()))
    assert ooxml_faults([made]) == []


def test_a_field_that_no_tag_names_is_not_made(tmp_path: Path) -> None:
    made: list[str] = []

    def make() -> str:
        made.append("authority")
        return "Wiltshire"

    later: Any = Later(make)
    context = replace(sample(0, ()), authority=later)
    _filled(_of("{{ note }}"), tmp_path, context)
    assert made == []
    assert plain_text(_filled(_of("[{{ authority }}]"), tmp_path, context)) == ["[Wiltshire]"]


_LETTERS = st.characters(
    exclude_categories=["Cs"],
    exclude_characters=[*map(chr, range(9)), *map(chr, range(11, 32)), "\ufffe", "\uffff"],
)
_SIGNS = st.sampled_from(["\n", "\t", "&", "<", "{{ x }}", "{%", "{_{", "]]>", " ", "&amp;", "_x0041_"])
AS_WORD_HOLDS_IT = st.lists(_LETTERS | _SIGNS).map("".join)


@pytest.fixture(scope="module")
def text_template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    path = tmp_path_factory.mktemp("text") / "text.docx"
    document = _of("[{{ authority }}]", "{{p signed_off }}")
    document.sections[0].header.paragraphs[0].text = "({{ authority }})"
    document.save(str(path))
    return Template.open(path)


@given(text=AS_WORD_HOLDS_IT)
def test_every_character_of_text_arrives(text_template: Template, text: str) -> None:
    made = text_template.render(sample(0, (), authority=text), properties())
    assert plain_text(made)[0] == f"[{text}]"
    archive = read_word(made, "made")
    (header,) = (part for kind, part in archive.stories() if kind == "header")
    assert paragraph_text(archive.tree(header)[0]) == f"({text})"


@given(text=AS_WORD_HOLDS_IT.filter(str.strip))
def test_every_character_of_a_block_arrives(text_template: Template, text: str) -> None:
    context = Sample("", 0, "", Rich((words(text, bold=True),)), (), (), sample(0).level, sample(0).contact)
    assert plain_text(text_template.render(context, properties()))[1] == text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\x00b", "a\ufffdb"),
        ("a\x0bb", "a\nb"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\ud800", "\ufffd"),
        ("\uffff", "\ufffd"),
    ],
)
def test_what_xml_cannot_hold_is_shown_as_such(text_template: Template, typed: str, shown: str) -> None:
    assert plain_text(text_template.render(sample(0, (), authority=typed), properties()))[0] == f"[{shown}]"


def test_a_tag_split_over_runs_is_filled(tmp_path: Path) -> None:
    document = blank()
    paragraph = document.add_paragraph("For ")
    for piece, bold in (
        ("{", True),
        ("{ auth", False),
        ("ority", True),
        (" }", False),
        ("} and {{ count }", True),
    ):
        paragraph.add_run(piece).bold = bold
    paragraph.add_run("} more")
    assert plain_text(_filled(document, tmp_path)) == ["For Wiltshire and 1 more"]


def test_curly_quotes_and_hard_spaces_in_a_tag_are_read(tmp_path: Path) -> None:
    document = _of(
        "{{\u00a0“The ” ~ authority }}", "{% if authority == ‘Wiltshire’ %}yes{% else %}no{% endif %}"
    )
    assert plain_text(_filled(document, tmp_path)) == ["The Wiltshire", "yes"]


def test_blocks_take_the_look_of_the_tag(tmp_path: Path) -> None:
    document = blank()
    document.styles.add_style("Commentary", WD_STYLE_TYPE.PARAGRAPH)
    paragraph = document.add_paragraph(style="Commentary")
    paragraph.add_run("{{p signed_off }}").italic = True
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    told = text_of(_filled(document, tmp_path))
    assert "[Commentary, center] *S151 Officer, 4 December 2024*" in told


def test_what_tags_leave_empty_is_removed_but_for_the_last_paragraph_of_a_cell(tmp_path: Path) -> None:
    document = _of("before", "{{ note }}", "{%p for name in names %}", "{%p endfor %}", "after")
    table(document, ("Heading", "Other"), ("{{ note }}", "{{p signed_off }}"), widths=(60, 60))
    document.add_paragraph("")
    context = Sample("W", 1, "", Rich(()), (), (), sample(0).level, sample(0).contact)
    body = read_word(_filled(document, tmp_path, context), "made").body
    tags = [element.tag.rpartition("}")[2] for element in body]
    assert tags == ["p", "p", "tbl", "p", "sectPr"]  # the empty one at the end is the office's own
    assert [len(cell.findall("{*}p")) for cell in body.iter("{*}tc")] == [1, 1, 1, 1]


def test_a_table_whose_rows_are_all_gone_goes(tmp_path: Path) -> None:
    document = _of("before")
    made = table(
        document, ("{%tr for item in items %}", ""), ("{{ item.heading }}", ""), ("{%tr endfor %}", "")
    )
    row = made.rows[0]._tr
    row.remove(row.get_or_add_trPr())
    document.add_paragraph("after")
    data = _filled(document, tmp_path, sample(0))
    assert "table" not in text_of(data)
    assert plain_text(data) == ["before", "after"]


def test_every_cell_ends_with_a_paragraph_and_no_two_tables_touch(tmp_path: Path) -> None:
    blocks = tuple(block for block in everything() if type(block).__name__ == "Table")
    data = Template.open(full_template(tmp_path / "full.docx")).render(sample(2, blocks), properties())
    body = read_word(data, "made").body
    cells = list(body.iter("{*}tc"))
    assert len(cells) > 100
    assert {cell[-1].tag.rpartition("}")[2] for cell in cells} == {"p"}
    for each in body.iter("{*}tbl"):
        following = each.getnext()
        assert following is not None
        assert following.tag.endswith("}p")


def test_comments_and_tracked_changes_of_the_template_do_not_reach_the_document(tmp_path: Path) -> None:
    document = _of("For ")
    run = document.paragraphs[0].add_run("{{ authority }}")
    document.add_comment(run, text="Ask the team", author="An officer")
    for markup in (
        f'<w:ins {W} w:id="90" w:author="x"><w:r><w:t xml:space="preserve"> kept</w:t></w:r></w:ins>',
        f'<w:del {W} w:id="91" w:author="x"><w:r><w:delText>gone {{{{ nobody }}}}</w:delText></w:r></w:del>',
    ):
        document.paragraphs[0]._p.append(parse_xml(markup))
    data = _filled(document, tmp_path)
    assert plain_text(data) == ["For Wiltshire kept"]
    archive = read_word(data, "made")
    assert not [part for part in archive.parts if "comments" in part]
    assert b"comment" not in archive.parts[archive.main]
    assert b"author" not in archive.parts[archive.main]


def test_links_lead_where_it_is_safe_and_else_are_words(tmp_path: Path) -> None:
    from svreport.word.writing import safe_address

    assert safe_address("mailto:dcs@example.gov.uk") == "mailto:dcs@example.gov.uk"
    assert (
        safe_address("https://example.gov.uk/a b|c?q=ü#x y")
        == "https://example.gov.uk/a%20b%7Cc?q=%C3%BC#x%20y"
    )
    assert safe_address("https://example.gov.uk/100%") == "https://example.gov.uk/100%25"
    assert safe_address("https://bücher.example.org/") == "https://xn--bcher-kva.example.org/"
    for unsafe in (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "http://[::1",
        "mailto:nobody",
        "\\\\share",
    ):
        assert safe_address(unsafe) is None
    blocks = (words("words", link="javascript:alert(1)"), words("others", link="https://example.gov.uk"))
    document = _of("{%p for item in items %}", "{{p item.progress }}", "{%p endfor %}")
    told = text_of(_filled(document, tmp_path, sample(1, blocks)))
    assert "] words\n" in told
    assert "] [others](https://example.gov.uk)" in told
    assert "javascript" not in told


def test_a_link_beside_words_keeps_the_look_of_its_run(tmp_path: Path) -> None:
    document = blank()
    paragraph = document.add_paragraph("Mail ")
    paragraph.add_run("to {{r contact }}, please").bold = True
    told = text_of(_filled(document, tmp_path))
    assert "Mail **to **[**dcs@example.gov.uk**](mailto:dcs@example.gov.uk)**, please**" in told


def test_faults_are_all_told_before_anything_is_filled(tmp_path: Path) -> None:
    path = tmp_path / "risk-register.docx"
    _of("{{ autority }}", "{{ count", "{% for x in names %}").save(str(path))
    with pytest.raises(TemplateFault) as stopped:
        Template.open(path).render(sample(1), properties())
    lines = str(stopped.value).split("\n")
    assert len(lines) == 3
    assert all(line.startswith("risk-register.docx, body, paragraph ") for line in lines)


def test_what_only_shows_while_filling_is_told_with_its_words(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault) as stopped:
        _filled(_of("First", "The last one is {{ last.heading }}"), tmp_path)
    assert "template.docx could not be filled, at “The last one is {{ last.heading }}”" in str(stopped.value)


def test_templates_reach_fields_and_nothing_else(tmp_path: Path) -> None:
    from svreport.word.views import View, placed, view

    seen = view(sample(1))
    assert isinstance(seen, View)
    assert seen.authority == "Wiltshire"
    for name in ("__class_getitem__", "value", "items_", "__dataclass_fields__", "__slots__x"):
        with pytest.raises(AttributeError):
            getattr(seen, name)
    assert placed(seen.signed_off) == sample(1).signed_off
    with pytest.raises(AttributeError):
        _ = seen.signed_off.blocks  # type: ignore[attr-defined]
    with pytest.raises(TypeError, match="plain data"):
        view(open)


def test_a_template_is_filled_as_often_as_one_likes(tmp_path: Path) -> None:
    template = Template.open(full_template(tmp_path / "full.docx"))
    first = template.render(sample(2), properties())
    template.render(sample(1), properties())
    assert template.render(sample(2), properties()) == first
