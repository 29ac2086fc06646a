"""Forms that are damaged or made to harm: read, or refused in one sentence, and in no long time."""

import io
import random
import zipfile
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree

from svreport.documents.importing.rows import import_content
from svreport.errors import FormUnreadable
from svreport.word.forms.reading import read_form
from tests.word.forms_as_text import made

_PARTS = ("word/document.xml", "word/numbering.xml", "word/styles.xml", "word/_rels/document.xml.rels")
_VALUES = ("", "-1", "999999999999", "abc", "é", "1.5", "0")


def _damaged(data: bytes, chance: random.Random) -> bytes:
    """The file with elements of its parts taken out, doubled, renamed or moved, and attributes that mean nothing."""
    held, made_anew = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(made_anew, "w") as file:
        for name in held.namelist():
            part = held.read(name)
            if name in _PARTS:
                root = etree.fromstring(part)
                for _ in range(chance.randint(0, 12)):
                    _damage(root, chance)
                part = etree.tostring(root)
            file.writestr(name, part)
    return made_anew.getvalue()


def _damage(root: etree._Element, chance: random.Random) -> None:
    elements = [each for each in root.iter() if each.getparent() is not None]
    element, other = chance.choice(elements), chance.choice(elements)
    parent = element.getparent()
    assert parent is not None
    match chance.randint(0, 4):
        case 0:
            parent.remove(element)
        case 1:
            other.append(deepcopy(element))
        case 2 if element.attrib:
            element.set(chance.choice(list(element.attrib)), chance.choice(_VALUES))
        case 3:
            element.tag = other.tag
        case _:
            parent.insert(0, element)


@pytest.mark.parametrize("name", ["tracked", "controls", "columns", "published/return"])
def test_a_damaged_form_is_read_or_refused(name: str, tmp_path: Path) -> None:
    (path,) = made(name, tmp_path)
    whole = path.read_bytes()
    for seed in range(20):
        path.write_bytes(_damaged(whole, random.Random(seed)))  # noqa: S311 # nothing here is secret
        try:
            form = read_form([path])
        except FormUnreadable as refused:
            told = str(refused)
        else:
            told = f"{path} has {len(import_content(form, 'form').content)} sheets"
        assert told.startswith(str(path)), seed


@pytest.mark.parametrize(
    "words",
    [
        "Condition" + " " * 60_000 + "x",
        "a" * 200_000,
        "[" * 20_000,
        "*a" * 20_000,
        "{{" * 20_000,
        "Update 1 " * 9_000,
    ],
    ids=["a gap", "one word", "brackets", "stars", "braces", "labels"],
)
@pytest.mark.parametrize("cell", [0, 1, 2])
def test_no_words_take_long(words: str, cell: int, tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    table = document.add_table(2, 3)
    for place, text in zip(
        table.rows[0].cells, ("Agreement Condition", "Assurance Level", "Progress"), strict=True
    ):
        place.text = text
    for place, text in zip(
        table.rows[1].cells, ("Condition 1: Words.", "Update 1\nGreen", "Words."), strict=True
    ):
        place.text = text
    table.rows[1].cells[cell].add_paragraph(words)
    document.save(str(tmp_path / "form.docx"))
    imported = import_content(read_form([tmp_path / "form.docx"]), "form")
    assert all(
        len(str(value)) < 32_768
        for rows in imported.content.values()
        for row in rows
        for value in row.values()
    )
