"""What becomes of the sheets of a pack when a paper that a reviewer worked in is pulled."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from svreport.cli import pulling as told
from svreport.documents.paragraph_links import kept_references
from svreport.model.entry import Entry
from svreport.packs.declared import FilledDocument
from svreport.packs.loading import load_pack
from svreport.pipeline.building import build_workbook
from svreport.pipeline.examining import Examined, examine
from svreport.pipeline.making import EXAMPLES_OF_PACKS, make_workbook
from svreport.pipeline.options import BuildOptions
from svreport.pipeline.pack_sheets import known_sheets
from svreport.pipeline.pulling import PullOptions, pull_drafts
from tests.system.office import Office
from tests.word.drafts_edited import EditedDraft

STEPS = (
    ("replace", "deals with the third", "is about the third"),
    ("replace", "The programme holds together", "It holds together"),
    ("replace", "the strategy that it replaces", "the old strategy that it replaces"),
    ("split", "The council believes"),
    ("replace", "so early in the programme they can still be met", "they can be met"),
    ("replace", "The delivery plans are still drafts.", "All are drafts."),
    ("replace", "DfE contribution", "What DfE pays"),
    ("replace", "71,900", "72,000"),
)


def nobody(folder: Path) -> None:
    raise AssertionError("nothing else writes here")


@pytest.fixture(scope="module", params=sorted(EXAMPLES_OF_PACKS))
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    """The worked example of a pack, and the papers that are built from it."""
    return _desk(tmp_path_factory.mktemp(request.param), request.param)


def _desk(folder: Path, pack: str) -> tuple[Path, list[Path]]:
    workbook = folder / "paper.xlsx"
    make_workbook(workbook, authority=None, year=None, example=True, pack=pack)
    built = build_workbook(workbook, BuildOptions(folder / "outputs", pack), waiting=nobody)
    documents = (each for each in load_pack(pack).documents if isinstance(each, FilledDocument))
    return workbook, [built.folder / each.output for each in documents if each.output.endswith(".docx")]


def test_a_paper_that_nobody_changed_changes_nothing(desk: tuple[Path, list[Path]], soffice: Office) -> None:
    workbook, papers = desk
    for paper in (*papers, *soffice.all(papers, "docx")):
        options = PullOptions(workbook.parent / "outputs", to=paper.with_name(f"{paper.stem}-result.xlsx"))
        pulled = pull_drafts([paper], workbook, options, waiting=nobody)
        assert (pulled.taken, pulled.remarks, pulled.unmarked) == ((), (), ())
        assert pulled.result.read_bytes() == workbook.read_bytes()


@pytest.mark.parametrize("saved", [False, True], ids=["as Word saves it", "as LibreOffice saves it"])
def test_edits_of_texts_go_into_their_cells(
    saved: bool,
    tmp_path: Path,
    soffice: Office,
    golden: Callable[[str, str], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    workbook, (paper,) = _desk(tmp_path, "schools-forum")
    draft = tmp_path / paper.name
    draft.write_bytes(EditedDraft(paper.read_bytes()).do(STEPS))
    if saved:
        draft.write_bytes(soffice(draft, "docx").read_bytes())
    before = examine(workbook, known_sheets(None))
    capsys.readouterr()
    assert told.pull((draft,), workbook, PullOptions(tmp_path / "outputs")) == 0
    said = capsys.readouterr().out.replace(f"{tmp_path}/", "")
    after = examine(tmp_path / "paper.pulled.xlsx", known_sheets(None))
    changed = [
        f"{now.place}\n{now.value}\n"
        for was, now in zip(_entries(before), _entries(after), strict=True)
        if was.value != now.value
    ]
    assert "[paragraph #](#programme)" in "".join(changed)
    golden("pull-paper.txt", "\n".join([said, *changed]))


UPDATE_STEPS = (
    ("replace", "More is spent from", "Too much is spent from"),
    ("replace", "Eight more open in September 2024.", "Eight more open in autumn 2024."),
    ("replace", "links schools locally", "brings schools together"),
    ("replace", "invited case studies", "asked for case studies"),
    ("replace", "191", "193"),
    ("replace", "+28", "+30"),
    ("replace", "£50m", "£55m"),
    ("replace", "Resourced provision places", "Places in resourced provision"),
)


@pytest.mark.parametrize("saved", [False, True], ids=["as Word saves it", "as LibreOffice saves it"])
def test_edits_of_an_update_go_into_their_cells(
    saved: bool,
    tmp_path: Path,
    soffice: Office,
    golden: Callable[[str, str], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Texts are taken; figures, which the sheets hold or the paper works out, are told."""
    workbook, (paper,) = _desk(tmp_path, "dbv-update")
    draft = tmp_path / paper.name
    draft.write_bytes(EditedDraft(paper.read_bytes()).do(UPDATE_STEPS))
    if saved:
        draft.write_bytes(soffice(draft, "docx").read_bytes())
    before = examine(workbook, known_sheets(None))
    capsys.readouterr()
    assert told.pull((draft,), workbook, PullOptions(tmp_path / "outputs")) == 0
    said = capsys.readouterr().out.replace(f"{tmp_path}/", "")
    after = examine(tmp_path / "paper.pulled.xlsx", known_sheets(None))
    changed = [
        f"{now.place}\n{now.value}\n"
        for was, now in zip(_entries(before), _entries(after), strict=True)
        if was.value != now.value
    ]
    golden("pull-dbv-update.txt", "\n".join([said, *changed]))


@pytest.mark.parametrize(
    ("pack", "cell", "steps"),
    [
        (
            "strategy-progress",
            "'Strategy priorities'!F4",
            (
                ("replace", "less like a decision handed down", "much better"),
                ("replace", "Not yet met", "Met"),
            ),
        ),
        (
            "briefing",
            "'Briefing points'!A6",
            (("replace", "Thank the schools", "Thank all schools"), ("replace", "10.7 under", "9 under")),
        ),
    ],
)
def test_edits_of_other_papers_go_into_their_cells(
    pack: str, cell: str, steps: tuple[tuple[str, ...], ...], tmp_path: Path
) -> None:
    workbook, (paper,) = _desk(tmp_path, pack)
    draft = tmp_path / paper.name
    draft.write_bytes(EditedDraft(paper.read_bytes()).do(steps))
    before = examine(workbook, known_sheets(None))
    pulled = pull_drafts([draft], workbook, PullOptions(tmp_path / "outputs"), waiting=nobody)
    after = examine(pulled.result, known_sheets(None))
    changed = [
        str(now.place)
        for was, now in zip(_entries(before), _entries(after), strict=True)
        if was.value != now.value
    ]
    assert changed == [cell], "what the paper works out is told, not taken"
    assert len(pulled.unmarked) + len(pulled.remarks) == 1


def test_a_text_that_was_cut_is_never_taken_back_shorter(tmp_path: Path) -> None:
    workbook, _ = _desk(tmp_path, "briefing")
    opened = load_workbook(workbook)
    long = "A thing to say that goes on and on, because the person who wrote it could not stop. " * 5
    opened["Briefing points"]["A4"].value = long
    opened.save(workbook)
    built = build_workbook(workbook, BuildOptions(tmp_path / "outputs", "briefing"), waiting=nobody)
    draft = tmp_path / "briefing.docx"
    paper = (built.folder / "briefing.docx").read_bytes()
    draft.write_bytes(EditedDraft(paper).do((("replace", "A thing to say", "Something to say"),)))
    pulled = pull_drafts([draft], workbook, PullOptions(tmp_path / "outputs"), waiting=nobody)
    assert pulled.taken == ()
    assert pulled.unmarked or pulled.remarks
    assert load_workbook(pulled.result)["Briefing points"]["A4"].value == long


def _entries(examined: Examined) -> list[Entry[Any]]:
    return [
        entry
        for sheet in examined.submission.pack_sheets
        for row in sheet.rows
        for entry in row.entries.values()
    ]


@pytest.mark.parametrize(
    ("text", "before", "kept"),
    [
        ("See paragraph 3.", "Look at [paragraph #](#aims).", "See [paragraph #](#aims)."),
        (
            "See paragraphs 3.1 and 4.",
            "[paragraphs #](#a) and [#](#b)",
            "See [paragraphs #](#a) and [#](#b).",
        ),
        ("See paragraph iv.", "[paragraph #](#a)", "See [paragraph #](#a)."),
        ("See item 3.", "[paragraph #](#a)", "See item 3."),
        ("Nothing is said.", "[paragraph #](#a)", "Nothing is said."),
        ("As the aims say.", "As [the aims](#a) say.", "As the aims say."),
        ("See paragraph 3.", "No reference.", "See paragraph 3."),
    ],
)
def test_a_reference_goes_on_following_its_paragraph(text: str, before: str, kept: str) -> None:
    assert kept_references(text, before) == kept
