"""What becomes of a workbook when a draft that a reviewer worked in is pulled."""

import difflib
import re
import shutil
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from svreport.cli import pulling as told
from svreport.errors import CallFault, FormUnreadable
from svreport.model.finding import Place
from svreport.pipeline.building import build_workbook
from svreport.pipeline.examining import examine
from svreport.pipeline.options import BuildOptions
from svreport.pipeline.pulling import Pulled, PullOptions, pull_drafts
from svreport.publish.bundle import edited_drafts
from svreport.publish.outcome import Deed
from svreport.word.bookmarks import drop_bookmarks
from svreport.word.markup import make
from svreport.word.opening import read_word
from svreport.word.text import plain_text
from svreport.workbook.book import read_book
from svreport.workbook.editing.workbook import WorkbookEditor
from svreport.workbook.opening import open_package
from tests.system.office import Office
from tests.word.drafts_edited import EditedDraft, run_of

CASES = tomllib.loads((Path(__file__).parent / "pulling_cases.toml").read_text("utf-8"))["case"]
EXAMPLE = "wiltshire-2024-12"


def nobody(folder: Path) -> None:
    raise AssertionError("nothing else writes here")


@pytest.fixture
def desk(example_workbooks: Mapping[str, Path], example_outputs: Mapping[str, Path], tmp_path: Path) -> Path:
    """A folder with a copy of the example's workbooks and outputs, to change."""
    for path in example_workbooks.values():
        shutil.copy(path, tmp_path / path.name)
    shutil.copytree(example_outputs[EXAMPLE], tmp_path / "outputs" / EXAMPLE)
    return tmp_path


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_edits_of_every_kind(
    case: Mapping[str, list[list[str]]],
    desk: Path,
    golden: Callable[[str, str], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    draft = desk / f"{case['draft']}.docx"
    built = (desk / "outputs" / EXAMPLE / draft.name).read_bytes()
    draft.write_bytes(EditedDraft(built).do(case["steps"]))
    golden(_file(case), _outcome(desk, [draft], capsys))


def test_edits_outlast_saving_in_libreoffice(
    desk: Path,
    example_outputs: Mapping[str, Path],
    soffice: Office,
    golden: Callable[[str, str], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Each edited draft, saved by another program, makes the same of the workbook."""
    edited = desk / "edited"
    for number, case in enumerate(CASES):
        built = (example_outputs[EXAMPLE] / f"{case['draft']}.docx").read_bytes()
        folder = edited / str(number)
        folder.mkdir(parents=True)
        (folder / f"{case['draft']}.docx").write_bytes(EditedDraft(built).do(case["steps"]))
    drafts = [next((edited / str(number)).iterdir()) for number in range(len(CASES))]
    for case, draft, saved in zip(CASES, drafts, soffice.all(drafts, "docx"), strict=True):
        draft.write_bytes(saved.read_bytes())
        outcome = _outcome(desk, [draft], capsys)
        golden(_file(case, saved=True), outcome)
        (desk / f"{EXAMPLE}.pulled.xlsx").unlink()


def _file(case: Mapping[str, object], *, saved: bool = False) -> str:
    """The golden file of a case; where LibreOffice itself loses something, that of what it saved."""
    told = (
        f"{case['name']} in LibreOffice" if saved and case.get("lost_in_libreoffice") else str(case["name"])
    )
    return f"pull-{re.sub(r'[^a-z]+', '-', told.casefold())}.txt"


def _outcome(desk: Path, drafts: list[Path], capsys: pytest.CaptureFixture[str]) -> str:
    """What pull says, and what differs in the workbook."""
    workbook = desk / f"{EXAMPLE}.xlsx"
    capsys.readouterr()
    assert told.pull(tuple(drafts), workbook, PullOptions(desk / "outputs")) == 0
    said = capsys.readouterr().out.replace(f"{desk}/", "")
    before, after = (list(_lines(path)) for path in (workbook, desk / f"{EXAMPLE}.pulled.xlsx"))
    differ = list(difflib.unified_diff(before, after, lineterm="", n=1))[2:]
    return "\n".join([*said.splitlines(), "", *differ]) + "\n"


def _lines(path: Path) -> Iterator[str]:
    """Every row of the workbook's sheets, the cells' line ends shown; blank rows are left out as the reader does."""
    for sheet in read_book(open_package(path)):
        for _, row in sorted(sheet.rows.items()):
            cells = [row[column].text for column in sorted(row)]
            yield f"{sheet.name} | " + " | ".join(cell.strip().replace("\n", "⏎") for cell in cells)


def _pull(desk: Path, *drafts: Path, in_place: bool = False) -> Pulled:
    return pull_drafts(
        drafts, desk / f"{EXAMPLE}.xlsx", PullOptions(desk / "outputs", in_place=in_place), waiting=nobody
    )


def _edited(desk: Path, document: str, *steps: list[str], name: str = "") -> Path:
    built = (desk / "outputs" / EXAMPLE / f"{document}.docx").read_bytes()
    draft = desk / f"{name or document}.docx"
    draft.write_bytes(EditedDraft(built).do(steps))
    return draft


def _texts(path: Path) -> list[str]:
    return [
        cell.text.strip()
        for sheet in read_book(open_package(path))
        for row in sheet.rows.values()
        for cell in row.values()
    ]


def _change(desk: Path, place: Place, text: str) -> None:
    workbook = desk / f"{EXAMPLE}.xlsx"
    editor = WorkbookEditor.open(workbook)
    editor.set_text(place, text)
    workbook.write_bytes(editor.save())


def test_without_an_edit_the_workbook_is_what_it_was(desk: Path, soffice: Office) -> None:
    drafts = sorted((desk / "outputs" / EXAMPLE).glob("*.docx"))
    workbook = (desk / f"{EXAMPLE}.xlsx").read_bytes()
    for opened in (drafts, soffice.all(drafts, "docx"), soffice.all(soffice.all(drafts, "docx"), "docx")):
        pulled = _pull(desk, *opened)
        assert (pulled.taken, pulled.remarks) == ((), ())
        assert pulled.result == desk / f"{EXAMPLE}.pulled.xlsx"
        assert pulled.result.read_bytes() == workbook


def test_what_changed_on_both_sides_is_a_conflict_and_both_are_kept(desk: Path) -> None:
    draft = _edited(desk, "detailed-update", ["replace", "It has yet to make", "So far it fails to make"])
    _change(desk, Place("Progress", 13, 3), "The workbook says something else now.")
    pulled = _pull(desk, draft)
    assert pulled.taken == ()
    (conflict,) = pulled.remarks
    assert (conflict.kind, str(conflict.place)) == ("Conflict", "Progress!C13")
    assert "So far it fails to make" in conflict.words
    told = _texts(pulled.result)
    assert "The workbook says something else now." in told
    assert conflict.words in told


def test_a_row_added_to_the_workbook_since_stays_and_the_draft_finds_its_own(desk: Path) -> None:
    draft = _edited(
        desk,
        "detailed-update",
        ["replace", "It has yet to make", "So far it fails to make"],
        ["delete", "The growth in INMSS placements calls for urgent"],
    )
    workbook = desk / f"{EXAMPLE}.xlsx"
    editor = WorkbookEditor.open(workbook)
    editor.insert_rows("Progress", 12, 1)
    for column, text in ((1, "3.1"), (2, "Text"), (3, "New at the top.")):
        editor.set_text(Place("Progress", 12, column), text)
    workbook.write_bytes(editor.save())
    pulled = _pull(desk, draft)
    assert [(each.kind, str(each.place)) for each in pulled.taken][:1] == [("changed", "Progress!C14")]
    told = _texts(pulled.result)
    assert "New at the top." in told
    assert any("So far it fails to make a difference to the total" in text for text in told)


def test_a_figure_that_moved_since_is_no_conflict(desk: Path) -> None:
    """The text of the cell is what it was: that its figure prints otherwise now is the workbook's matter."""
    draft = _edited(desk, "detailed-update", ["replace", "There were ", "Altogether there were "])
    workbook = desk / f"{EXAMPLE}.xlsx"
    rows = next(each for each in read_book(open_package(workbook)) if each.name == "Metric data").rows
    row = next(n for n, cells in rows.items() if 3 in cells and cells[3].text == "6,161")
    editor = WorkbookEditor.open(workbook)
    editor.set_number(Place("Metric data", row, 3), Decimal(6170))
    workbook.write_bytes(editor.save())
    pulled = _pull(desk, draft)
    (taken,) = pulled.taken
    assert taken.after.startswith("Altogether there were {{ actual('EHCP') }} EHCPs at the end of October")
    assert pulled.remarks == ()


def test_two_drafts_of_one_cell(desk: Path) -> None:
    step = ["replace", "It has yet to make", "So far it fails to make"]
    both = [_edited(desk, "detailed-update", step), _edited(desk, "submission", step)]
    pulled = _pull(desk, *both)
    assert [each.draft for each in pulled.taken] == ["detailed-update.docx, submission.docx"]
    other = _edited(desk, "submission", ["replace", "It has yet to make", "It may soon make"])
    pulled = _pull(desk, both[0], other)
    assert pulled.taken == ()
    assert [each.kind for each in pulled.remarks] == ["Conflict", "Conflict"]
    assert {each.draft for each in pulled.remarks} == {"detailed-update.docx", "submission.docx"}
    assert pulled.aside == desk / f"{EXAMPLE}.pulled.2.xlsx"


def test_what_is_written_into_empty_texts_comes_into_the_workbook(desk: Path) -> None:
    workbook = desk / f"{EXAMPLE}.xlsx"
    editor = WorkbookEditor.open(workbook)
    for row in (33, 34, 35, 36):
        for column in (1, 2, 3):
            editor.clear(Place("Progress", row, column))
    editor.clear(Place("Risks", 6, 7))
    workbook.write_bytes(editor.save())
    build_workbook(workbook, BuildOptions(desk / "outputs", "safety-valve"), waiting=nobody)
    drafts = [
        _edited(desk, "detailed-update", ["write_beside", "Change the culture", "First of all.\nThen this."]),
        _edited(desk, "risk-register", ["write_beside", "Partners may find it difficult", "Nothing new."]),
    ]
    pulled = _pull(desk, *drafts, in_place=True)
    assert [(each.kind, each.about, each.after) for each in pulled.taken] == [
        ("added", "Condition 3.5: progress", "First of all."),
        ("added", "Condition 3.5: progress", "Then this."),
        ("added", "Risk 3: progress", "Nothing new."),
    ]
    progress = [block for block in examine(workbook).submission.progress if block.condition.value == "3.5"]
    assert [block.content.value for block in progress] == ["First of all.", "Then this."]
    assert [block.content.place.row for block in progress] == [33, 34]


def test_build_pull_build_is_stable(desk: Path) -> None:
    """Pulled in place, a draft is replaced by what the build makes of its words, and holds the same words."""
    folder = desk / "outputs" / EXAMPLE
    workbook = desk / f"{EXAMPLE}.xlsx"
    options = BuildOptions(desk / "outputs", "safety-valve")
    draft = folder / "detailed-update.docx"
    steps = [
        ["replace", "It has yet to make a difference", "So far it makes no difference"],
        ["add", "All of the early, preventative support", "A new paragraph: 5 * 3, a_b, [x] and {{ y }}."],
        ["replace", "Strong partnership", "A strong partnership"],
    ]
    draft.write_bytes(EditedDraft(draft.read_bytes()).do(steps))
    edited = plain_text(draft.read_bytes())
    _pull(desk, draft, in_place=True)
    built = build_workbook(workbook, options, waiting=nobody)
    assert {each.path: each.deed for each in built.outcomes}["detailed-update.docx"] is Deed.WRITTEN
    assert plain_text(draft.read_bytes()) == edited
    again = _pull(desk, *sorted(folder.glob("*.docx")), in_place=True)
    assert (again.taken, again.remarks) == ((), ())
    assert {each.deed for each in build_workbook(workbook, options, waiting=nobody).outcomes} == {
        Deed.UNCHANGED
    }


def test_comments_pulled_twice_are_there_once_and_outlast_a_build(desk: Path) -> None:
    workbook = desk / f"{EXAMPLE}.xlsx"
    draft = _edited(desk, "detailed-update", ["comment", "preventative support", "A", "Why?", "B: Because."])
    assert _pull(desk, draft, in_place=True).added == 2
    held = workbook.read_bytes()
    assert _pull(desk, draft, in_place=True).added == 0
    assert workbook.read_bytes() == held
    findings = examine(workbook).findings
    assert [each for each in findings if each.place.sheet == "Comments"] == []
    build_workbook(workbook, BuildOptions(desk / "outputs", "safety-valve"), waiting=nobody)
    assert workbook.read_bytes() == held


def test_a_pulled_draft_keeps_no_final_back(desk: Path) -> None:
    folder = desk / "outputs" / EXAMPLE
    draft = folder / "risk-register.docx"
    draft.write_bytes(EditedDraft(draft.read_bytes()).do([["comment", "Mitigation", "A", "Well."]]))
    assert edited_drafts(folder) == ["risk-register.docx"]
    _pull(desk, draft)
    assert edited_drafts(folder) == ["risk-register.docx"], "the result may still be thrown away"
    _pull(desk, draft, in_place=True)
    assert edited_drafts(folder) == []


def test_a_text_that_begins_like_a_formula_is_text(
    desk: Path, ooxml_faults: Callable[[Iterable[Path]], list[str]]
) -> None:
    draft = _edited(
        desk,
        "risk-register",
        ["retype", "As much uncertainty as possible", "=cmd|' /C calc'!A0 {{ actual('EHCP') }} {% x %}"],
    )
    pulled = _pull(desk, draft)
    editor = WorkbookEditor.open(pulled.result)
    assert editor.formula(Place("Risks", 4, 6)) is None
    text = examine(pulled.result).submission.risks[0].mitigation.value or ""
    assert text.startswith("=cmd|' /C calc'!A0 \\{{ actual('EHCP') }} \\{% x %}\n")
    assert ooxml_faults([pulled.result]) == []


def test_what_is_no_draft_is_refused(desk: Path) -> None:
    other = desk / "other.docx"
    archive = read_word((desk / "outputs" / EXAMPLE / "risk-register.docx").read_bytes(), "x")
    drop_bookmarks(archive, "_svreport_")
    other.write_bytes(archive.to_bytes())
    with pytest.raises(CallFault, match="neither comments nor the marks"):
        _pull(desk, other)
    other.write_bytes(b"PK")
    with pytest.raises(FormUnreadable, match="other\\.docx is not a Word document"):
        _pull(desk, other)
    with pytest.raises(CallFault, match="exclude each other"):
        pull_drafts(
            [other],
            desk / f"{EXAMPLE}.xlsx",
            PullOptions(desk, in_place=True, to=desk / "x.xlsx"),
            waiting=nobody,
        )


def test_of_a_file_without_marks_the_comments_are_taken(desk: Path) -> None:
    draft = _edited(
        desk,
        "risk-register",
        ["comment", "Mitigation", "S151 Officer", "See Finance!F14."],
        ["comment", "Partners may find it difficult", "S151 Officer", "Who?"],
    )
    archive = read_word(draft.read_bytes(), "x")
    drop_bookmarks(archive, "_svreport_")
    draft.write_bytes(archive.to_bytes())
    pulled = _pull(desk, draft)
    assert pulled.unmarked == ("risk-register.docx",)
    assert [(str(each.place), each.text) for each in pulled.remarks] == [
        ("None", "See Finance!F14."),
        ("Risks!B6", "Who?"),
    ]


def test_a_commented_review_is_replaced_only_where_nothing_else_was_changed(desk: Path) -> None:
    folder = desk / "outputs" / EXAMPLE
    review = folder / "review.docx"
    built = review.read_bytes()
    review.write_bytes(EditedDraft(built).do([["comment", "Questions!D4", "S151 Officer", "Is this so?"]]))
    (comment,) = _pull(desk, review, in_place=True).remarks
    assert (str(comment.place), comment.text) == ("Questions!D4", "Is this so?")
    assert edited_drafts(folder) == []
    steps = [
        ["comment", "Questions!D4", "S151 Officer", "And this?"],
        ["replace", "Questions!D5", "Words of mine"],
    ]
    review.write_bytes(EditedDraft(built).do(steps))
    _pull(desk, review, in_place=True)
    assert edited_drafts(folder) == ["review.docx"]


def test_words_in_a_footer_are_told(desk: Path) -> None:
    draft = _edited(desk, "risk-register")
    archive = read_word(draft.read_bytes(), "x")
    part = next(part for kind, part in archive.stories() if kind == "footer")
    archive.tree(part).append(make("w:p", {}, run_of("Not for circulation.")))
    draft.write_bytes(archive.to_bytes())
    (told,) = _pull(desk, draft).remarks
    assert (told.kind, told.words) == ("Not taken", "Not for circulation.")
