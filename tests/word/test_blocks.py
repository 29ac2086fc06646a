"""Blocks become real lists, tables and pictures of Word, laid out for the room they have."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svreport.model.level import Level, text_on
from svreport.narrative.blocks import Block, List, ListItem, ListKind, Paragraph, Run, Table
from svreport.word.fields import Shade, Stack, Step
from svreport.word.markup import find_all, name, value
from svreport.word.opening import read_word
from svreport.word.pictures import size
from svreport.word.template import Template
from svreport.word.text import text_of
from tests.word.samples import (
    Item,
    Sample,
    blank,
    cells,
    full_template,
    link,
    months,
    numbered,
    picture,
    properties,
    sample,
    table,
    words,
)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return Template.open(full_template(tmp_path_factory.mktemp("blocks") / "full.docx"))


def _lines(template: Template, *blocks: Block) -> list[str]:
    """The lines of the golden text from the cell of the progress on."""
    told = text_of(template.render(sample(1, blocks), properties())).split("\n")
    cells = [at for at, line in enumerate(told) if line == "    cell"]
    return [line.strip() for line in told[cells[-1] + 1 : told.index("[heading 2] Key")]]


def test_lists_count_as_they_are_written(full: Template) -> None:
    lines = _lines(
        full,
        numbered("one", "two"),
        numbered("again", "and"),
        numbered("ten", "eleven", start=10, closing=")"),
        numbered("c", "d", kind=ListKind.LETTER, start=3, closing=")"),
        numbered("four", "five", kind=ListKind.ROMAN, start=4, closing="()"),
        numbered("point", kind=ListKind.BULLET),
    )
    markers = [line.partition("] ")[2] for line in lines]
    assert markers == [
        "1. one", "2. two", "1. again", "2. and", "10) ten", "11) eleven", "c) c", "d) d", "(iv) four", "(v) five",
        "• point",
    ]  # fmt: skip


def test_lists_nest_with_paragraphs_and_tables_inside(full: Template) -> None:
    inner = List(
        ListKind.LETTER, (ListItem((words("deep"), Table(cells("a", "b"), (cells("c", "d"),)))),), 1, ")"
    )
    outer = List(
        ListKind.NUMBER, (ListItem((words("first"), inner, words("and on"))), ListItem((words("second"),)))
    )
    told = [line for line in _lines(full, outer) if not line.startswith("table")]
    assert told == [
        "[List Number] 1. first",
        "[List Number]   a) deep",
        "row 1 (heading), not broken over pages: [Body Text, kept with next] (on #E6ECF2) | **a** | **b**",
        "row 2: [Body Text] | c | d",
        "[Body Text] and on",
        "[List Number] 2. second",
    ]


@given(depth=st.integers(1, 14))
def test_lists_nest_deeper_than_word_counts(full: Template, depth: int) -> None:
    block = numbered("end")
    for _ in range(depth):
        block = List(ListKind.NUMBER, (ListItem((words("in"), block)),))
    assert sum("1. " in line for line in _lines(full, block)) == depth + 1


def test_definitions_of_lists_stand_before_their_counts(full: Template) -> None:
    blocks = (
        numbered("a"),
        numbered("b", kind=ListKind.ROMAN),
        numbered("c", kind=ListKind.BULLET),
        numbered("d"),
    )
    archive = read_word(full.render(sample(2, blocks), properties()), "made")
    part = archive.part_of("numbering")
    assert part is not None
    tags = [element.tag.rpartition("}")[2] for element in archive.tree(part)]
    assert tags == sorted(tags, key=["abstractNum", "num"].index)
    ids = [each.get(name("w:numId")) for each in find_all(archive.tree(part), "w:num")]
    assert len(ids) == len(set(ids))


def test_a_wide_table_of_periods_goes_on_under_its_heading_column(full: Template) -> None:
    lines = _lines(full, months(7), words("between"), months(30))
    headings = [line for line in lines if "(heading)" in line]
    assert len(headings) == 6
    assert all("**EHCP numbers**" in line for line in headings)
    periods = [line.count("**Apr '") for line in headings]
    assert periods[0] == 7
    assert sum(periods[1:]) == 30
    assert max(periods[1:]) - min(periods[1:]) <= 1
    assert lines.count("[Body Text, kept with next] EHCP numbers, continued") == 4


def test_a_table_of_words_stays_one_however_wide(full: Template) -> None:
    wide = Table(
        cells(*("Responsibility" for _ in range(14))), (cells(*("Commissioning" for _ in range(14))),)
    )
    assert sum(line.startswith("table") for line in _lines(full, wide)) == 1


def _column_widths(full: Template, block: Table) -> list[int]:
    body = read_word(full.render(sample(1, (block,)), properties()), "made").body
    nested = next(
        each for each in body.iter(name("w:tbl")) if next(each.iterancestors(name("w:tbl")), None) is not None
    )
    return [int(each.get(name("w:w"), "0")) for each in find_all(nested, "w:tblGrid/w:gridCol")]


def test_an_address_too_long_for_its_column_breaks_and_a_figure_beside_it_does_not(full: Template) -> None:
    address = "https://www.example.gov.uk/" + "a/long/address/" * 12
    plain = _column_widths(full, Table(cells("Where", "Cost"), (cells("Here", "£1,234.50"),)))
    beside = _column_widths(full, Table(cells("Where", "Cost"), (cells(address, "£1,234.50"),)))
    assert beside[1] >= 1000
    assert beside[0] > plain[0]
    both = _column_widths(full, Table(cells("Where", "There"), (cells(address, address),)))
    assert abs(both[0] - both[1]) <= 1


@settings(max_examples=25)
@given(
    rows=st.integers(1, 3).flatmap(
        lambda columns: st.lists(
            st.lists(st.text("abc ", max_size=60), min_size=columns, max_size=columns), min_size=1, max_size=4
        )
    )
)
def test_columns_fill_the_room_and_no_more(full: Template, rows: list[list[str]]) -> None:
    block = Table(cells(*rows[0]), tuple(cells(*row) for row in rows[1:]))
    widths = _column_widths(full, block)
    room = round(145 / 25.4 * 1440) - 2 * 108  # the cell less Word's own margins
    assert abs(sum(widths) - room) <= 2
    assert min(widths) > 0


def test_headings_are_marked_and_numbers_stand_on_the_right(full: Template) -> None:
    lines = _lines(full, months(2))
    assert lines[1] == (
        "row 1 (heading), not broken over pages: [Body Text, kept with next] (on #E6ECF2) "
        "[Body Text, kept with next, right] (on #E6ECF2) | **EHCP numbers** | **Apr '10** | **Apr '11**"
    )
    assert lines[2] == "row 2: [Body Text] [Body Text, right] | **Forecast** | 5,562 | 5,563"


@pytest.mark.parametrize(
    ("pixels", "room", "drawn"),
    [
        ((1600, 600), (8000, 9000), (8000, 3000)),  # a chart is as wide as its cell
        ((1600, 600), (14000, 9000), (14000, 5250)),
        ((1600, 600), (20000, 9000), (16000, 6000)),  # but not coarser than 144 pixels an inch
        ((100, 50), (8000, 9000), (1000, 500)),
        ((600, 3000), (8000, 9000), (1800, 9000)),  # nor higher than its page
        ((30000, 2), (8000, 9000), (8000, 1)),
    ],
)
def test_pictures_are_drawn_as_large_as_their_place_allows(
    pixels: tuple[int, int], room: tuple[int, int], drawn: tuple[int, int]
) -> None:
    assert size(picture(*pixels), *room) == drawn


def test_a_picture_is_kept_once_and_told_by_its_alt_text(full: Template) -> None:
    data = full.render(
        sample(3, (picture(alt_text='Plans & "places" <2024>'), picture(800, 300))), properties()
    )
    archive = read_word(data, "made")
    assert sum(part.startswith("word/media/") for part in archive.parts) == 2
    drawings = list(archive.body.iter(name("wp:docPr")))
    assert [each.get("id") for each in drawings] == ["1", "2", "3", "4", "5", "6"]
    assert drawings[0].get("descr") == 'Plans & "places" <2024>'
    assert 'Plans & "places" <2024>}' in text_of(data)


def test_a_stack_says_every_update_and_its_level_in_a_word(full: Template) -> None:
    told = text_of(full.render(sample(1), properties()))
    assert [line.strip() for line in told.split("\n") if "Update" in line or "on #" in line][:6] == [
        "[Body Text] Update 1 (May)",
        "[Body Text, on #00703C] Green{#FFFFFF}",
        "[Body Text] Update 2 (August)",
        "[Body Text, on #FFBF00] Amber{#000000}",
        "[Body Text] Update 3 (November)",
        "[Body Text] Update 4 (March)",
    ]
    assert "[Body Text] **[LVL-01 Conditions!E3]**{#000000 on yellow}" in told


@settings(max_examples=25)
@given(colour=st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}"))
def test_a_level_of_any_colour_can_be_read(full: Template, colour: str) -> None:
    level = Level("Level", colour, "", 0)
    item = Item("", Stack((Step("Now", level),)), sample(0).signed_off, link())
    context = Sample("W", 1, "", sample(0).signed_off, (item,), (), Shade(level), link())
    told = text_of(full.render(context, properties()))
    assert told.count(f"[Body Text, on {colour}] Level{{{text_on(colour)}}}") == 2


def test_styles_that_the_office_made_are_used_where_they_are(tmp_path: Path) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    document = blank()
    for style in ("Table Text", "Table Heading", "Level", "Level Label", "Figure"):
        document.styles.add_style(style, WD_STYLE_TYPE.PARAGRAPH)
    document.styles.add_style("Finding Mark", WD_STYLE_TYPE.CHARACTER)
    document.styles.add_style("Data Table", WD_STYLE_TYPE.TABLE)
    table(document, ("{{p level }}", "", ""))
    for tag in ("{%p for item in items %}", "{{ item.levels }}", "{{ item.progress }}", "{%p endfor %}"):
        document.add_paragraph(tag)
    document.save(str(tmp_path / "styled.docx"))
    template = Template.open(tmp_path / "styled.docx")
    told = text_of(template.render(sample(1, (months(1), picture())), properties()))
    for line in (
        "[Level Label] Update 1 (May)",
        "[Level, on #00703C] Green{#FFFFFF}",
        "[Level] [LVL-01 Conditions!E3]{Finding Mark}",
        "table (Data Table; columns of ",
        "[Table Heading, kept with next] (on #E6ECF2)",
        "[Table Text, right]",
        "[Figure] {picture of 234 × 88 mm",
    ):
        assert line in told, told


def test_a_template_without_any_of_the_styles_still_works(tmp_path: Path) -> None:
    document = blank()
    for style in list(document.styles):
        if style.name not in ("Normal", "Default Paragraph Font"):
            style.delete()
    document.add_paragraph("{{p signed_off }}")
    for tag in ("{%p for item in items %}", "{{ item.progress }}", "{%p endfor %}"):
        document.add_paragraph(tag)
    document.save(str(tmp_path / "bare.docx"))
    blocks = (numbered("one"), months(2), words("see", link="https://example.gov.uk"))
    data = Template.open(tmp_path / "bare.docx").render(sample(1, blocks), properties())
    told = text_of(data)
    assert "[Normal] 1. one" in told
    assert "table (no style; " in told
    borders = read_word(data, "made").body.find(f".//{name('w:tblBorders')}")
    assert borders is not None
    assert value(borders, "w:top") == "single"
    assert "[see](https://example.gov.uk)" in told


@pytest.mark.parametrize(
    ("kind", "upper", "marks"),
    [
        (ListKind.LETTER, True, ("A.", "B.")),
        (ListKind.LETTER, False, ("a.", "b.")),
        (ListKind.ROMAN, True, ("I.", "II.")),
    ],
)
def test_letters_stand_as_they_were_typed(
    full: Template, kind: ListKind, upper: bool, marks: tuple[str, str]
) -> None:
    items = tuple(ListItem((Paragraph((Run(words),)),)) for words in ("Aims of the plan", "Beginnings"))
    told = text_of(full.render(sample(1, (List(kind, items, upper=upper),)), properties()))
    lines = [line for line in told.splitlines() if "Aims of the plan" in line or "Beginnings" in line][:2]
    assert [mark in line for mark, line in zip(marks, lines, strict=True)] == [True, True]
