"""Forms that people made, each in its own way: all say the same, and what none can say is listed."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from svreport.narrative.blocks import Block, text_of
from svreport.word.forms.reading import read_form
from svreport.word.forms.rows import Form, FormRated
from tests.system.office import Office
from tests.word.forms_as_text import FORMS, made, written

NAMES = sorted(path.stem for path in FORMS.glob("*.form"))
EXPECTED: dict[str, Any] = tomllib.loads((FORMS / "expected.toml").read_text(encoding="utf-8"))
LEVELS = ("Blue", "Green", "Amber", "Red")


def _words(blocks: tuple[Block, ...]) -> str:
    words = " ".join(text_of((leaf,)) for block in blocks for leaf in _leaves(block)).split()
    return " ".join(word for word in words if word != "•")


def _leaves(block: Block) -> list[Block]:
    items = getattr(block, "items", None)
    return (
        [block]
        if items is None
        else [leaf for item in items for inner in item.blocks for leaf in _leaves(inner)]
    )


def _rated(row: FormRated) -> dict[str, Any]:
    told: dict[str, Any] = {"ref": row.ref, "wording": row.wording, "levels": dict(row.levels)}
    if row.mitigation:
        told["mitigation"] = _words(row.mitigation)
    return told | {"progress": _words(row.progress)}


def said(form: Form) -> dict[str, Any]:
    """What a form says, as plain values."""
    answers = {True: "Yes", False: "No", None: ""}
    return {
        "authority": form.authority,
        "submitted": form.submitted,
        "dashboard": form.dashboard,
        "adviser_support": _words(form.adviser_support),
        "updates": form.updates,
        "contacts": [[each.role, each.name, each.job_title, each.email] for each in form.contacts],
        "questions": [[q.ref, q.question, answers[q.answer], _words(q.commentary)] for q in form.questions],
        "headlines": [[heading, _words(blocks)] for heading, blocks in form.headlines],
        "conditions": [_rated(row) for row in form.conditions],
        "risks": [_rated(row) for row in form.risks],
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_form_says_the_same_however_it_was_made(name: str, tmp_path: Path) -> None:
    form = read_form(made(name, tmp_path))
    told = said(form)
    told["submitted"] = (
        "11 December 2024" if told["submitted"] in ("11th December 2024", "11/12/2024") else told["submitted"]
    )
    assert told == EXPECTED
    assert [level.name for level in form.scale.levels] == list(LEVELS)
    assert [level.definition.partition(" ")[0] for level in form.scale.levels] == ["Savings/cost"] * 4


@pytest.mark.parametrize("name", NAMES)
def test_only_what_a_form_cannot_tell_is_listed(name: str, tmp_path: Path) -> None:
    notes = read_form(made(name, tmp_path)).notes
    expected = written(name).notes
    assert [note.words for note in notes] == expected, notes


def test_a_form_that_libreoffice_made_of_a_web_page_says_the_same(soffice: Office) -> None:
    form = read_form([soffice(FORMS / "libreoffice.html", "docx:MS Word 2007 XML")])
    told = said(form)
    assert told.pop("submitted").replace(" ", "") == "11thDecember2024"
    assert told == {key: value for key, value in EXPECTED.items() if key != "submitted"}
    assert form.notes == []
