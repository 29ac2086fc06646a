"""The Schools Forum's paper of the worked example, and what is left of it in a workbook without its sheets."""

import json
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm
from openpyxl import load_workbook

from svreport.packs.loading import load_pack
from svreport.pipeline.building import Built, build_workbook
from svreport.pipeline.folder import manifest_if_current
from svreport.pipeline.making import make_workbook
from svreport.pipeline.options import BuildOptions
from svreport.pipeline.packing import check_pack
from svreport.word.accessibility import faults
from svreport.word.text import text_of
from tests.system.office import Office

CODE = re.compile(r"content code [0-9A-F]{4}-[0-9A-F]{4}")
PACK = load_pack("schools-forum")
PAPER = "schools-forum.docx"


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("forum") / "forum.xlsx"
    make_workbook(path, authority=None, year=None, example=True, pack="schools-forum")
    return path


def built(workbook: Path, out: Path, pack: str = "schools-forum") -> Built:
    return build_workbook(workbook, BuildOptions(out, pack), waiting=lambda folder: None)


@pytest.fixture(scope="module")
def outputs(workbook: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(workbook, tmp_path_factory.mktemp("outputs")).folder


@pytest.fixture(scope="module")
def bare(example_workbooks: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The paper of a workbook that has none of its sheets."""
    return built(example_workbooks["wiltshire-2024-08"], tmp_path_factory.mktemp("bare"))


def test_the_template_has_no_fault() -> None:
    assert check_pack(PACK.folder)[0] == []


def test_it_reads_as_its_golden_text(outputs: Path, golden: Callable[[str, str], None]) -> None:
    golden("schools-forum.txt", CODE.sub("content code 7F3A-19C2", text_of((outputs / PAPER).read_bytes())))


def test_without_its_sheets_it_is_made_from_the_returns(
    bare: Built, golden: Callable[[str, str], None]
) -> None:
    told = text_of((bare.folder / PAPER).read_bytes())
    golden("schools-forum-without-sheets.txt", CODE.sub("content code 7F3A-19C2", told))
    asked = [each.place.sheet for each in bare.examined.findings if each.code == "WBK-16"]
    assert asked == sorted(sheet.name for sheet in PACK.sheets)
    assert all(f"[WBK-16 {name}]" in told or name == "Forum agreement" for name in asked)
    assert bare.examined.errors == 0


def test_word_and_excel_take_it(
    workbook: Path, outputs: Path, bare: Built, ooxml_faults: Callable[[Iterable[Path]], list[str]]
) -> None:
    files = [workbook, outputs / PAPER, bare.folder / PAPER, PACK.folder / PAPER]
    assert ooxml_faults(files) == []


def test_everybody_can_read_it(outputs: Path, bare: Built) -> None:
    assert faults((outputs / PAPER).read_bytes()) == []
    assert faults((bare.folder / PAPER).read_bytes()) == []


def test_it_is_a4_portrait_without_fields_but_page_numbers(outputs: Path) -> None:
    opened = Document(str(outputs / PAPER))
    (section,) = opened.sections
    assert (round(section.page_width or 0, -4), round(section.page_height or 0, -4)) == (
        round(Cm(21), -4),
        round(Cm(29.7), -4),
    )
    assert list(opened.element.body.iter(qn("w:instrText"), qn("w:fldSimple"))) == []


def test_it_has_its_pages(outputs: Path, soffice: Office, pdf_pages: Callable[[Path], list[str]]) -> None:
    pages = pdf_pages(soffice(outputs / PAPER))
    assert len(pages) in range(6, 9)
    appendix = next(number for number, page in enumerate(pages) if "Appendix 1: summary" in page)
    assert "Report authors" in "".join(pages[:appendix])
    assert "Unmitigated" in pages[appendix + 1]
    numbers = re.findall(r"^ ?(\d+)\. ", "\n".join(pages), re.MULTILINE)
    assert numbers == [str(each) for each in range(1, len(numbers) + 1)]


def test_references_follow_when_a_paragraph_is_inserted(
    workbook: Path, outputs: Path, tmp_path: Path
) -> None:
    assert "parts named in [paragraph 3](" in text_of((outputs / PAPER).read_bytes())
    opened = load_workbook(workbook)
    sheet = opened["Forum paragraphs"]
    sheet.insert_rows(4)
    for column, value in enumerate(("Background", None, "One more paragraph.\n\nAnd another."), 1):
        sheet.cell(4, column).value = value
    opened.save(tmp_path / "more.xlsx")

    told = text_of((built(tmp_path / "more.xlsx", tmp_path / "out").folder / PAPER).read_bytes())
    assert "parts named in [paragraph 5](" in told
    assert "As [paragraph 5](" in told


def test_a_reference_to_no_paragraph_is_told(workbook: Path, tmp_path: Path) -> None:
    opened = load_workbook(workbook)
    cell = opened["Forum paragraphs"]["C4"]
    cell.value = "See [paragraph #](#programe)."
    opened.save(tmp_path / "return.xlsx")
    found = built(tmp_path / "return.xlsx", tmp_path / "out").examined.findings
    assert [(each.code, str(each.place), each.mend) for each in found if each.code == "TXT-05"] == [
        ("TXT-05", "'Forum paragraphs'!C4", "Did you mean programme?")
    ]


def test_what_cannot_be_read_shows_its_mark(workbook: Path, tmp_path: Path) -> None:
    opened = load_workbook(workbook)
    opened["Forum priorities"]["B4"].value = "Mauve"
    opened["Forum agreement"]["B4"].value = "a lot"
    opened["Forum authors"]["C4"].value = "nobody"
    opened["Forum domains"]["B4"].value = None
    opened.save(tmp_path / "return.xlsx")
    made = built(tmp_path / "return.xlsx", tmp_path / "out")
    told = text_of((made.folder / PAPER).read_bytes())
    for mark in ("LVL-01 'Forum priorities'!B4", "NUM-01 'Forum agreement'!B4", "EML-01 'Forum authors'!C4"):
        assert f"[{mark}]" in told
    assert "[EMP-02 'Forum domains'!B4]" in told
    assert made.examined.errors == 3


def test_the_review_names_the_paper_that_it_is_of(outputs: Path) -> None:
    document = text_of((outputs / "schools-forum-review.docx").read_bytes())
    page = (outputs / "schools-forum-review.html").read_text(encoding="utf-8")
    assert "[Form Title] Update to the Schools Forum: review" in document
    assert "<title>Update to the Schools Forum: review before signing: " in page


def test_payments_above_the_deficit_leave_nothing_for_the_council(
    tmp_path: Path, example_workbooks: Mapping[str, Path]
) -> None:
    book = load_workbook(example_workbooks["wiltshire-2024-12"])
    for row in book["Finance"].iter_rows(min_row=4):
        if row[2].value == "Carried forward":
            row[8].value = -900
        if row[2].value == "LA contribution":
            for cell in row[3:9]:
                cell.value = 0
    book.save(tmp_path / "over.xlsx")
    folder = build_workbook(
        tmp_path / "over.xlsx", BuildOptions(tmp_path / "out", PACK.name), waiting=lambda folder: None
    ).folder
    told = text_of((folder / PAPER).read_bytes())
    assert (
        "DfE pays £67m towards it, which is £900,000 more than the deficit and leaves nothing for the council."
    ) in told


def test_the_review_covers_its_words(outputs: Path) -> None:
    review = json.loads((outputs / "schools-forum-review.json").read_text(encoding="utf-8"))
    numbers = [each for each in review["numbers"] if each["sheet"].startswith("Forum ")]
    assert ("£70.2m", "linked") in [(each["text"], each["status"]) for each in numbers]
    assert {each["status"] for each in numbers} >= {"linked", "unmatched", "reference"}


def test_packs_stand_side_by_side(workbook: Path, outputs: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    for pack in ("schools-forum", "safety-valve", "schools-forum"):
        built(workbook, folder, pack)
    made = folder / workbook.stem
    assert (made / PAPER).read_bytes() == (outputs / PAPER).read_bytes()
    assert {"submission.docx", "review.json", PAPER, "schools-forum-review.json"} <= {
        path.name for path in made.iterdir()
    }
    told = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
    codes = {name: state["content_code"] for name, state in told["packs"].items()}
    assert set(codes) == {"safety-valve", "schools-forum"}
    assert told["content_code"] == codes["safety-valve"] != codes["schools-forum"]


def test_what_is_up_to_date_is_told_for_each_pack(workbook: Path, tmp_path: Path) -> None:
    mine = shutil.copyfile(workbook, tmp_path / workbook.name)
    out = tmp_path / "out"
    both = BuildOptions(out, "all").load_packs()
    assert {"safety-valve", "schools-forum"} <= {pack.name for pack in both}
    built(mine, out)
    assert manifest_if_current(mine, out, [PACK]) is not None
    assert manifest_if_current(mine, out, both) is None
    for pack in both:
        built(mine, out, pack.name)
    assert manifest_if_current(mine, out, both) is not None

    make_workbook(tmp_path / "next.xlsx", authority="Kestrel", year="2026-27", example=False)
    (tmp_path / "next.xlsx").replace(mine)
    assert manifest_if_current(mine, out, [PACK]) is None
    built(mine, out)
    assert manifest_if_current(mine, out, [PACK]) is not None
    assert manifest_if_current(mine, out, both) is None, "the return is still that of the workbook before"


def test_the_returns_documents_do_not_notice(workbook: Path, tmp_path: Path) -> None:
    """The sheets of a paper are no part of the return: neither of its words nor of its findings."""
    with_sheets = built(workbook, tmp_path / "with", "safety-valve")
    other = tmp_path / "other"
    other.mkdir()
    shutil.copyfile(workbook, other / workbook.name)
    opened = load_workbook(other / workbook.name)
    for sheet in PACK.sheets:
        del opened[sheet.name]
    opened.save(other / workbook.name)
    without = built(other / workbook.name, tmp_path / "without", "safety-valve")
    assert with_sheets.code == without.code
    assert [str(each) for each in with_sheets.examined.findings] == [
        str(each) for each in without.examined.findings
    ]
