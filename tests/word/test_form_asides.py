"""What stands beside a form's words: notes, charts, diagrams, pictures in other formats or cropped, linked files."""

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import docx
import pytest
from docx.shared import Mm
from PIL import Image

from svreport.narrative.blocks import Picture
from svreport.word.forms.reading import read_form
from svreport.word.forms.rows import Form
from tests.word.samples import png

_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPE = "application/vnd.openxmlformats-officedocument"


def _form(folder: Path, *, picture: bytes = b"") -> Path:
    """A small form; its progress cell ends with the picture, if there is one."""
    document = docx.Document()
    table = document.add_table(2, 3)
    for cell, text in zip(
        table.rows[0].cells, ("Agreement Condition", "Assurance Level", "Progress"), strict=True
    ):
        cell.text = text
    for cell, text in zip(
        table.rows[1].cells, ("Condition 1: Words.", "Update 1\nGreen", "PLACE"), strict=True
    ):
        cell.text = text
    if picture:
        run = table.rows[1].cells[2].add_paragraph().add_run()
        run.add_picture(io.BytesIO(picture), width=Mm(20))._inline.docPr.set("descr", "A described picture")
    path = folder / "form.docx"
    document.save(str(path))
    return path


def _edited(path: Path, edits: Mapping[str, tuple[str, str]], added: Mapping[str, str]) -> Path:
    """The file with a text of each part replaced (a pattern and what stands instead), and further parts."""
    held = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w") as file:
        for name in held.namelist():
            text = held.read(name)
            if name in edits:
                pattern, instead = edits[name]
                assert re.search(pattern, text.decode())
                text = re.sub(pattern, instead.replace("\\", "\\\\"), text.decode(), count=1).encode()
            file.writestr(name, text)
        for name, xml in added.items():
            file.writestr(name, xml)
    return path


def _with_part(folder: Path, kind: str, name: str, xml: str, place: str, content_type: str) -> Form:
    edits = {
        "word/document.xml": ("<w:t>PLACE</w:t>", f"<w:t>Before</w:t>{place}"),
        "word/_rels/document.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="rIdNew" Type="{_KIND}/{kind}" Target="{name}"/></Relationships>',
        ),
        "[Content_Types].xml": (
            "</Types>",
            f'<Override PartName="/word/{name}" ContentType="{content_type}"/></Types>',
        ),
    }
    return read_form([_edited(_form(folder), edits, {f"word/{name}": xml})])


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_at_the_foot_is_listed_with_its_words(kind: str, tmp_path: Path) -> None:
    note = f'<w:{kind} w:id="5"><w:p><w:r><w:t>As counted in January.</w:t></w:r></w:p></w:{kind}>'
    xml = f"<w:{kind}s {_W}>{note}</w:{kind}s>"
    part_type = f"{_TYPE}.wordprocessingml.{kind}s+xml"
    form = _with_part(tmp_path, f"{kind}s", f"{kind}s.xml", xml, f'<w:{kind}Reference w:id="5"/>', part_type)
    (note_told,) = form.notes
    assert (note_told.words, note_told.where) == ("As counted in January.", "Condition 1, Progress")


def test_a_chart_of_words_own_is_listed_with_its_title(tmp_path: Path) -> None:
    chart = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    title = "<c:title><a:t>Plans by month</a:t></c:title><c:v>7</c:v>"
    xml = f'<c:chartSpace xmlns:c="{chart}" xmlns:a="{drawing}">{title}</c:chartSpace>'
    place = f'<w:drawing><c:chart xmlns:c="{chart}" xmlns:r="{_KIND}" r:id="rIdNew"/></w:drawing>'
    form = _with_part(tmp_path, "chart", "chart1.xml", xml, place, f"{_TYPE}.drawingml.chart+xml")
    (note,) = form.notes
    assert (note.words, note.why) == ("Plans by month", "it is a chart of Word's own")


def _picture(form: Form) -> Picture:
    (picture,) = (block for block in form.conditions[0].progress if isinstance(block, Picture))
    return picture


def _saved(format_name: str) -> bytes:
    made = io.BytesIO()
    Image.open(io.BytesIO(png(40, 20))).convert("RGB").save(made, format_name)
    return made.getvalue()


@pytest.mark.parametrize(
    ("format_name", "ending"),
    [("PNG", "png"), ("JPEG", "jpg"), ("GIF", "png"), ("BMP", "png"), ("TIFF", "png")],
)
def test_a_picture_is_kept_as_png_or_jpeg(format_name: str, ending: str, tmp_path: Path) -> None:
    picture = _picture(read_form([_form(tmp_path, picture=_saved(format_name))]))
    assert (picture.name, picture.width, picture.height, picture.alt_text) == (
        ending,
        40,
        20,
        "A described picture",
    )
    with Image.open(io.BytesIO(picture.data)) as opened:
        assert (opened.format, opened.size) == ({"png": "PNG", "jpg": "JPEG"}[ending], (40, 20))


def test_what_was_cropped_away_is_not_kept(tmp_path: Path) -> None:
    path = _form(tmp_path, picture=png(40, 20))
    text = zipfile.ZipFile(io.BytesIO(path.read_bytes())).read("word/document.xml").decode()
    blip = re.search(r"<a:blip [^>]*/>", text)
    assert blip
    cut = {"word/document.xml": (re.escape(blip[0]), blip[0] + '<a:srcRect l="25000" r="25000"/>')}
    picture = _picture(read_form([_edited(path, cut, {})]))
    assert (picture.width, picture.height) == (20, 20)


def test_a_damaged_picture_is_listed(tmp_path: Path) -> None:
    path = _form(tmp_path, picture=png(40, 20))
    held = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w") as file:
        for name in held.namelist():
            file.writestr(name, b"not a picture" if "/media/" in name else held.read(name))
    form = read_form([path])
    assert [note.words for note in form.notes] == ["A described picture"]
    assert not any(isinstance(block, Picture) for block in form.conditions[0].progress)
