"""Nothing of a form is lost: every sentence, wherever a person put it, is in the rows or on the list of what is not."""

from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement

from svreport.documents.importing.rows import import_content
from svreport.word.forms.reading import read_form
from tests.word.forms_as_text import FORMS, made

NAMES = [*sorted(path.stem for path in FORMS.glob("*.form")), "published/return"]


def _with_strangers(path: Path) -> list[str]:
    """Puts a sentence of its own at the end of every cell and behind everything in the body, the header and footer."""
    document = docx.Document(str(path))
    body = document.element.body
    strangers: list[str] = []

    def stranger() -> object:
        strangers.append(f"Stranger{len(strangers)}x of {path.stem}")
        paragraph, run, text = (OxmlElement(f"w:{tag}") for tag in ("p", "r", "t"))
        text.text = f"{strangers[-1]}."
        run.append(text)
        paragraph.append(run)
        return paragraph

    for cell in list(body.iter("{*}tc")):
        if not cell.xpath("ancestor::w:tr/w:trPr/w:del"):
            cell.append(stranger())
    for element in [each for each in body if not each.tag.endswith("sectPr")]:
        element.addnext(stranger())
    for margin in (document.sections[0].header, document.sections[0].footer):
        margin._element.append(stranger())
    document.save(str(path))
    return strangers


def _squeezed(text: object) -> str:
    return "".join(str(text).split())


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_is_in_a_row_or_on_the_list(name: str, tmp_path: Path) -> None:
    paths = made(name, tmp_path)
    strangers = [each for path in paths for each in _with_strangers(path)]
    imported = import_content(read_form(paths), "form")
    held = [_squeezed(value) for rows in imported.content.values() for row in rows for value in row.values()]
    told = [_squeezed(note.words) for note in imported.notes]
    lost = [each for each in strangers if not any(_squeezed(each) in text for text in (*held, *told))]
    assert lost == []
    assert len(strangers) > 30
