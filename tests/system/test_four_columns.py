"""The return laid out otherwise, by a pack that is made in Word alone: a summary first, the update in four columns."""

import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from svreport.cli import pulling as told
from svreport.pipeline import changing
from svreport.pipeline.building import Built, build_workbook
from svreport.pipeline.options import BuildOptions
from svreport.pipeline.packing import check_pack
from svreport.pipeline.pulling import PullOptions
from svreport.word.accessibility import faults
from svreport.word.text import text_of
from svreport.workbook.writing import workbook_bytes
from tests.pipeline.content import Rows, save, small_return
from tests.review.returns import content
from tests.system.office import Office
from tests.word.drafts_edited import EditedDraft

CODE = re.compile(r"content code [0-9A-F]{4}-[0-9A-F]{4}")
PACK = Path(__file__).parents[1] / "packs" / "four-columns"
DOCUMENTS = ("summary", "detailed-update", "risk-register", "answers-and-contacts", "submission")
UPDATES = ("Update 1 (May)", "Update 2 (August)", "Update 3 (November)", "Q4 – February & March")
LEVELS = ("Blue", "Green", "Amber", "Red")


def built(workbook: Path, out: Path, *, final: bool = False) -> Built:
    return build_workbook(workbook, BuildOptions(out, str(PACK), final=final), waiting=lambda folder: None)


def many_conditions() -> Rows:
    """Fourteen conditions at the third of four updates; one level cannot be read, and one is missing."""
    refs = [f"{number}{letter}" for number in range(1, 5) for letter in "abc"]
    rows = small_return("St. Helens & Knowsley", UPDATES, [*refs, "iv", "Places"], ["Risk 1", "Cost", "2b"])
    for sheet in ("Conditions", "Risks"):
        for number, row in enumerate(rows[sheet]):
            row |= {update: LEVELS[(number * 3 + at * at) % 4] for at, update in enumerate(UPDATES[:3])}
    for item in rows["Programme"]:
        if item["Item"] == "Current update":
            item["Value"] = UPDATES[2]
    rows["Conditions"][3][UPDATES[2]] = "Ambre"
    rows["Conditions"][5][UPDATES[1]] = None
    rows["Metrics"][0]["Conditions"] = "1a, 3c"
    return rows


def bare_return() -> Rows:
    rows = small_return()
    return rows | {sheet: [] for sheet in ("Risks", "Metrics", "Metric data", "Exhibits", "Headlines")}


@pytest.fixture(scope="module")
def returns(
    example_workbooks: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Built]:
    """The pack built from both worked examples and from returns of other shapes."""
    folder = tmp_path_factory.mktemp("four-columns")
    save(folder / "many.xlsx", many_conditions())
    save(folder / "bare.xlsx", bare_return())
    (folder / "thornmere.xlsx").write_bytes(workbook_bytes(content("thornmere-2025-03")))
    others = {name: folder / f"{name}.xlsx" for name in ("many", "bare", "thornmere")}
    return {name: built(path, folder / "out") for name, path in {**example_workbooks, **others}.items()}


def text(made: Built, document: str) -> str:
    return text_of((made.folder / f"{document}.docx").read_bytes())


def test_the_pack_has_no_fault() -> None:
    assert check_pack(PACK)[0] == []


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("wiltshire-2024-08", "summary"),
        ("wiltshire-2024-12", "summary"),
        ("wiltshire-2024-12", "detailed-update"),
        ("wiltshire-2024-12", "risk-register"),
        ("wiltshire-2024-12", "answers-and-contacts"),
        ("many", "summary"),
        ("bare", "submission"),
    ],
)
def test_it_reads_as_its_golden_text(
    name: str, document: str, returns: Mapping[str, Built], golden: Callable[[str, str], None]
) -> None:
    told = CODE.sub("content code 7F3A-19C2", text(returns[name], document))
    golden(f"four-columns/{name}-{document}.txt", told)


def test_word_takes_it(
    returns: Mapping[str, Built], ooxml_faults: Callable[[Iterable[Path]], list[str]]
) -> None:
    names = [name for name in returns if name != "wiltshire-2024-08"]
    whole = [returns[name].folder / "submission.docx" for name in names]
    assert ooxml_faults([*PACK.glob("*.docx"), *whole]) == []


def test_everybody_can_read_it(returns: Mapping[str, Built]) -> None:
    for made in returns.values():
        for document in DOCUMENTS:
            assert faults((made.folder / f"{document}.docx").read_bytes()) == [], (made.folder.name, document)


def test_the_summary_comes_first_and_a_new_part_on_a_new_page(
    returns: Mapping[str, Built], soffice: Office, pdf_pages: Callable[[Path], list[str]]
) -> None:
    pages = pdf_pages(soffice(returns["thornmere"].folder / "submission.docx"))
    first, *rest = pages
    for words in (
        "Summary: Thornmere, Update 4 (March), 2024-25",
        "28 February 2025",
        "How many stand where",
    ):
        assert words in first
    for heading in ("Detailed update: ", "Risk register: ", "Answers and contacts: "):
        assert any(heading in page for page in rest)
    assert all("Thornmere, Update 4 (March), 2024-25" in page for page in pages)


def test_a_level_that_cannot_be_read_shows_its_mark_and_no_movement(returns: Mapping[str, Built]) -> None:
    opened = Document(str(returns["many"].folder / "summary.docx"))
    glance = next(each for each in opened.tables if each.rows[0].cells[0].text == "Condition")
    rows = {row.cells[0].text.partition(":")[0]: [cell.text for cell in row.cells[1:]] for row in glance.rows}
    assert rows["Condition 2a"] == ["[LVL-01 Conditions!E7]", "Amber", ""]
    assert rows["Condition 2c"] == ["Red", "[LVL-02 Conditions!D9]", ""]
    assert rows["Condition 1b"] == ["Red", "Blue", "Worse"]
    counts = next(each for each in opened.tables if each.rows[0].cells[0].text == "Level")
    assert sum(int(row.cells[1].text) for row in counts.rows[1:]) == 13, "one level of fourteen is not known"


def test_measures_stand_beside_the_conditions_that_they_bear_on(returns: Mapping[str, Built]) -> None:
    table = Document(str(returns["many"].folder / "detailed-update.docx")).tables[0]
    data = {row.cells[0].text.partition(":")[0]: row.cells[3].text for row in table.rows[1:]}
    with_measure = {name for name, told in data.items() if told.startswith("Plans\n1,234 (Apr 2026)")}
    assert with_measure == {"Condition 1a", "Condition 3c"}


def test_drafts_are_marked_and_a_final_is_not(tmp_path: Path) -> None:
    rows = small_return()
    workbook = save(tmp_path / "return.xlsx", rows)
    draft = built(workbook, tmp_path / "out")
    assert f"DRAFT, content code {draft.code}" in text(draft, "submission")
    assert built(workbook, tmp_path / "out", final=True).refused != ()
    rows["Sign-off"] = [
        {**row, "Name": f"The {row['Role']}", "Date": date(2026, 5, 14), "Content code": draft.code}
        for row in rows["Sign-off"]
    ]
    made = built(save(workbook, rows), tmp_path / "out", final=True)
    assert made.refused == ()
    assert "DRAFT" not in text(made, "submission")
    assert "S151 Officer: The S151 Officer, 14 May 2026" in text(made, "summary").replace("*", "")


def test_changes_are_told_as_of_every_return(tmp_path: Path) -> None:
    rows = small_return()
    workbook = save(tmp_path / "return.xlsx", rows)
    code = built(workbook, tmp_path / "out").code
    rows["Conditions"][0]["Update 1 (May)"] = "Amber"
    compared = changing.compare(save(workbook, rows), code, tmp_path / "out")
    (change,) = compared.changes
    assert (change.place and change.place.sheet, change.before, change.after) == (
        "Conditions",
        "Green",
        "Amber",
    )
    changing.write_report(compared, str(PACK), tmp_path / "changes.docx")
    assert "Amber" in text_of((tmp_path / "changes.docx").read_bytes())


@pytest.mark.parametrize("saved", [False, True], ids=["as Word saves it", "as LibreOffice saves it"])
def test_edits_come_back_into_the_same_cells(
    saved: bool,
    tmp_path: Path,
    soffice: Office,
    golden: Callable[[str, str], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = small_return(updates=UPDATES)
    for row in (*rows["Conditions"], *rows["Risks"]):
        row |= {UPDATES[0]: "Green", UPDATES[1]: "Amber"}
    next(each for each in rows["Programme"] if each["Item"] == "Current update")["Value"] = UPDATES[1]
    workbook = save(tmp_path / "return.xlsx", rows)
    made = built(workbook, tmp_path / "outputs").folder
    edits = {
        "summary.docx": [("replace", "What drivers there were.", "What drives us.")],
        "detailed-update.docx": [("replace", "Work on 3a is on target.", "Work on 3a is done.")],
        "risk-register.docx": [("replace", "How Cost is kept small.", "How Cost is watched.")],
        "answers-and-contacts.docx": [("replace", "The answer to capital is yes.", "It is.")],
    }
    drafts = []
    for name, steps in edits.items():
        draft = tmp_path / name
        draft.write_bytes(EditedDraft((made / name).read_bytes()).do(steps))
        if name == "summary.docx":
            glance = Document(str(draft))
            glance.tables[2].rows[1].cells[1].paragraphs[0].runs[0].text = "Green"
            glance.save(str(draft))
        drafts.append(draft)
    if saved:
        for draft, again in zip(drafts, soffice.all(drafts, "docx"), strict=True):
            shutil.copyfile(again, draft)
    capsys.readouterr()
    told.pull(tuple(drafts), workbook, PullOptions(tmp_path / "outputs", pack=str(PACK)))
    golden("four-columns/pull.txt", capsys.readouterr().out.replace(f"{tmp_path}/", ""))
    capsys.readouterr()
    told.pull(
        tuple(made / name for name in edits), workbook, PullOptions(tmp_path / "outputs", pack=str(PACK))
    )
    assert ": no edits taken, no conflicts, no comments; no new rows" in capsys.readouterr().out
