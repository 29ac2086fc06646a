"""Drafts as they are read again: their marks, what they say, and what finals keep of it."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svreport.documents.drafts.figures_kept import Figures, kept_figures
from svreport.word.archive import Archive
from svreport.word.drafts.file import DraftFile
from svreport.word.drafts.naming import drop_marks
from svreport.word.drafts.returned import Draft
from svreport.word.marks import CellMark, FigureMark, FixedMark, MarkKind, digest, unique
from svreport.word.markup import name
from svreport.word.opening import read_word
from svreport.word.text import text_of
from tests.word.drafts_edited import EditedDraft

EXAMPLE = "wiltshire-2024-12"
DOCUMENTS = ("programme-overview", "detailed-update", "risk-register", "submission")


@given(
    st.sampled_from(MarkKind),
    st.text(),
    st.integers(0, 1023),
    st.text(),
    st.text(),
    st.text(),
    st.integers(2, 9),
)
def test_a_cell_s_mark_is_read_as_it_was_named(
    kind: MarkKind, key: str, order: int, source: str, group: str, said: str, copy: int
) -> None:
    mark = CellMark.of(kind, key, order, source, group).saying(said)
    assert CellMark.read(mark.name) == mark
    assert mark.says(said)
    again = unique(mark.name, {mark.name: copy - 1})
    assert len(again) <= 40, "Word allows no longer name"
    read = CellMark.read(again)
    assert read is not None
    assert (read.copy, read.key, read.order) == (copy, digest(key), order)


@given(st.integers(0, 32**3 - 1), st.integers(0, 1023), st.text())
def test_fixed_words_and_figures_are_read_as_they_were_named(number: int, order: int, said: str) -> None:
    fixed, figure = FixedMark(number, digest(said)), FigureMark(number, order, digest(said))
    assert FixedMark.read(fixed.name) == fixed
    assert FigureMark.read(figure.name) == figure
    assert [CellMark.read(fixed.name), CellMark.read(figure.name), FixedMark.read(figure.name)] == [None] * 3


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_mark_of_a_draft_is_hidden_unique_and_short_enough(
    document: str, example_outputs: Mapping[str, Path]
) -> None:
    archive = read_word((example_outputs[EXAMPLE] / f"{document}.docx").read_bytes(), document)
    marks = _names(archive)
    assert len(marks) > 40
    assert len({each.casefold() for each in marks}) == len(marks)
    assert [each for each in marks if len(each) > 40 or not each.startswith("_")] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_paragraph_with_words_is_known(document: str, example_outputs: Mapping[str, Path]) -> None:
    draft = Draft.open(example_outputs[EXAMPLE] / f"{document}.docx")
    assert draft.strays == []
    assert draft.levels == []
    assert [*draft.fixed_edits(None)] == []
    segments = [segment for story in draft.stories.values() for segment in story]
    assert len(segments) > 5
    assert [each for each in segments if each.mark is None or draft.is_edited(each)] == []


def test_a_final_document_has_no_marks_and_the_same_words(example_outputs: Mapping[str, Path]) -> None:
    data = (example_outputs[EXAMPLE] / "detailed-update.docx").read_bytes()
    archive = read_word(data, "the draft")
    drop_marks(archive)
    assert _names(archive) == []
    assert text_of(archive.to_bytes()) == text_of(data)


def test_a_bookmark_without_an_end_holds_its_paragraph_alone(example_outputs: Mapping[str, Path]) -> None:
    archive = read_word((example_outputs[EXAMPLE] / "risk-register.docx").read_bytes(), "the draft")
    for end in list(archive.body.iter(name("w:bookmarkEnd"))):
        parent = end.getparent()
        assert parent is not None
        parent.remove(end)
    draft = Draft.of(archive.to_bytes(), "the draft")
    assert [each for story in draft.stories.values() for each in story if draft.is_edited(each)] == []


def test_a_comment_tells_its_words_author_and_cell(example_outputs: Mapping[str, Path]) -> None:
    data = (example_outputs[EXAMPLE] / "risk-register.docx").read_bytes()
    steps = [["comment", "as possible", "Head of Inclusion", "How much?", "Finance Lead: All of it."]]
    comment, reply = Draft.of(EditedDraft(data).do(steps), "the draft").comments()
    assert (comment.author, comment.date, comment.text, comment.words) == (
        "Head of Inclusion",
        "2024-11-20 09:15",
        "How much?",
        "as possible",
    )
    assert comment.mark is not None
    assert comment.mark.key == digest("mitigation 1")
    assert (reply.author, reply.reply_to, reply.mark) == (
        "Finance Lead",
        "Head of Inclusion: How much?",
        comment.mark,
    )


@pytest.mark.parametrize(
    ("now", "kept", "lost"),
    [
        ("There were 6,161 plans, 5.6% more.", "There were {{ a }} plans, {{ b }} more.", []),
        (
            "Now there were 6,161 plans at last, 5.6% more.",
            "Now there were {{ a }} plans at last, {{ b }} more.",
            [],
        ),
        ("There were 6,162 plans, 5.6% more.", "There were 6,162 plans, {{ b }} more.", ["{{ a }}"]),
        ("Nobody counted them.", "Nobody counted them.", ["{{ a }}", "{{ b }}"]),
        ("16,161 plans, and 5.6% more.", "16,161 plans, and {{ b }} more.", ["{{ a }}"]),
    ],
)
def test_figures_are_known_by_the_words_about_them(
    now: str, kept: str, lost: list[str], example_outputs: Mapping[str, Path]
) -> None:
    draft = Draft.open(example_outputs[EXAMPLE] / "risk-register.docx")
    before = "There were 6,161 plans, 5.6% more."
    figures = Figures(("{{ a }}", "{{ b }}"), ("6,161", "5.6%"), before, ((11, 16), (24, 28)))
    assert kept_figures(draft, now, set(), figures) == (kept, lost)


def test_a_letter_of_the_draft_s_own_is_no_figure(example_outputs: Mapping[str, Path]) -> None:
    data = (example_outputs[EXAMPLE] / "risk-register.docx").read_bytes()
    held = "\U000f0000"
    draft = Draft.of(
        EditedDraft(data).do([["retype", "As much uncertainty", f"Private {held} letters."]]), "x"
    )
    letter = draft.letter_for("{{ level('1') }}")
    assert letter != held
    assert draft.restored(f"{held}{letter}") == held + "{{ level('1') }}"


def test_a_draft_is_read_the_same_however_often(example_outputs: Mapping[str, Path]) -> None:
    path = example_outputs[EXAMPLE] / "programme-overview.docx"
    first, second = (DraftFile(read_word(path.read_bytes(), "x"), "x") for _ in range(2))
    assert first.names == second.names
    assert [len(each.units) for each in first.containers] == [len(each.units) for each in second.containers]


def _names(archive: Archive) -> list[str]:
    told = [each.get(name("w:name"), "") for each in archive.body.iter(name("w:bookmarkStart"))]
    return [each for each in told if each.startswith("_svreport_")]
