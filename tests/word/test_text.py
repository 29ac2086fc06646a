"""What a Word file says, told as text."""

from pathlib import Path

import pytest
from docx.oxml import parse_xml

from svreport.word.markers import counted
from svreport.word.text import plain_text, text_of
from tests.word.samples import W, blank, table


@pytest.mark.parametrize(
    ("number", "kind", "shown"),
    [
        (1, "decimal", "1"),
        (4, "lowerRoman", "iv"),
        (1994, "upperRoman", "MCMXCIV"),
        (26, "lowerLetter", "z"),
        (28, "lowerLetter", "bb"),
        (2, "upperLetter", "B"),
        (7, "chicago", "7"),
    ],
)
def test_numbers_are_counted_as_word_counts(number: int, kind: str, shown: str) -> None:
    assert counted(number, kind) == shown


def _saved(folder: Path, *markup: str) -> bytes:
    document = blank()
    for each in markup:
        document.element.body.insert(-1, parse_xml(each))
    path = folder / "made.docx"
    document.save(str(path))
    return path.read_bytes()


def test_what_was_deleted_is_no_text_and_what_was_inserted_is(tmp_path: Path) -> None:
    data = _saved(
        tmp_path,
        f"<w:p {W}><w:r><w:t>kept </w:t></w:r>"
        '<w:del w:id="1" w:author="x"><w:r><w:delText>gone</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="x"><w:r><w:t>new</w:t><w:tab/><w:t>tab</w:t><w:br/></w:r></w:ins></w:p>',
        f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>in a control</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    )
    assert plain_text(data) == ["kept new\ttab\n", "in a control"]
    assert text_of(data).split("\n")[1:3] == ["[Normal] kept new⇥tab⏎", "[Normal] in a control"]


def test_a_tab_stop_is_no_tab(tmp_path: Path) -> None:
    stops = '<w:pPr><w:tabs><w:tab w:val="right" w:pos="9000"/></w:tabs></w:pPr>'
    assert plain_text(_saved(tmp_path, f"<w:p {W}>{stops}<w:r><w:t>words</w:t></w:r></w:p>")) == ["words"]


def test_cells_and_rows_are_told_with_what_marks_them(tmp_path: Path) -> None:
    document = blank()
    made = table(document, ("a", "b"), ("c", "d"), ("e", "f"), widths=(50, 60))
    made.cell(1, 0).merge(made.cell(2, 0))
    made.cell(1, 1)._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {W} w:val="clear" w:fill="FFBF00"/>'))
    path = tmp_path / "made.docx"
    document.save(str(path))
    assert text_of(path.read_bytes()).split("\n")[1:-2] == [
        "table (Table Grid; columns of 50, 60 mm)",
        "  row 1 (heading): [Normal] | a | b",
        "  row 2",
        "    cell (merged with another row)",
        "      [Normal] c",
        "      [Normal] e",
        "    cell (on #FFBF00)",
        "      [Normal] d",
        "  row 3: [Normal] (merged with another row) [Normal] |  | f",
    ]
