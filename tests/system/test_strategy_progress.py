"""A strategy's progress as a report to cabinet: the worked example, its changes, and what is left without sheets."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from svreport.packs.loading import load_pack
from svreport.pipeline.building import Built, build_workbook
from svreport.pipeline.making import make_workbook
from svreport.pipeline.options import BuildOptions
from svreport.pipeline.packing import check_pack
from svreport.word.accessibility import faults
from svreport.word.text import text_of
from svreport.workbook.content import example
from svreport.workbook.writing import workbook_bytes
from tests.system.office import Office

CODE = re.compile(r"content code [0-9A-F]{4}-[0-9A-F]{4}")
PACK = load_pack("strategy-progress")
PAPER = "strategy-progress.docx"
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("strategy") / "strategy.xlsx"
    make_workbook(path, authority=None, year=None, example=True, pack=PACK.name)
    return path


def built(workbook: Path, out: Path, pack: str = PACK.name) -> Built:
    return build_workbook(workbook, BuildOptions(out, pack), waiting=lambda folder: None)


@pytest.fixture(scope="module")
def outputs(workbook: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(workbook, tmp_path_factory.mktemp("outputs")).folder


@pytest.fixture(scope="module")
def bare(example_workbooks: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The paper of a workbook that has none of its sheets."""
    return built(example_workbooks["wiltshire-2024-08"], tmp_path_factory.mktemp("bare"))


def changed(folder: Path, change: Callable[[Rows], None]) -> tuple[str, Built]:
    """What the paper says of the worked example after a change, and what was found."""
    told = {sheet: [dict(row) for row in rows] for sheet, rows in example("strategy-progress").items()}
    change(told)
    path = folder / "return.xlsx"
    path.write_bytes(workbook_bytes(told, PACK.sheets))
    made = built(path, folder / "out")
    return text_of((made.folder / PAPER).read_bytes()), made


def test_the_template_has_no_fault() -> None:
    assert check_pack(PACK.folder)[0] == []


def test_it_reads_as_its_golden_text(outputs: Path, golden: Callable[[str, str], None]) -> None:
    golden(
        "strategy-progress.txt", CODE.sub("content code 7F3A-19C2", text_of((outputs / PAPER).read_bytes()))
    )


def test_without_its_sheets_it_is_made_from_the_returns(
    bare: Built, golden: Callable[[str, str], None]
) -> None:
    told = text_of((bare.folder / PAPER).read_bytes())
    golden("strategy-progress-without-sheets.txt", CODE.sub("content code 7F3A-19C2", told))
    asked = [each.place.sheet for each in bare.examined.findings if each.code == "WBK-16"]
    assert asked == sorted(sheet.name for sheet in PACK.sheets)
    assert all(f"[WBK-16 {name}]" in told for name in asked)
    assert bare.examined.errors == 0


def test_word_and_excel_take_it(
    workbook: Path, outputs: Path, bare: Built, ooxml_faults: Callable[[Iterable[Path]], list[str]]
) -> None:
    files = [workbook, outputs / PAPER, bare.folder / PAPER, PACK.folder / PAPER]
    assert ooxml_faults(files) == []


def test_everybody_can_read_it(outputs: Path, bare: Built) -> None:
    assert faults((outputs / PAPER).read_bytes()) == []
    assert faults((bare.folder / PAPER).read_bytes()) == []


def test_it_has_its_pages(outputs: Path, soffice: Office, pdf_pages: Callable[[Path], list[str]]) -> None:
    pages = pdf_pages(soffice(outputs / PAPER))
    assert len(pages) in range(6, 9)
    assert "The priorities at a glance" in pages[0]
    assert "Proposals" in pages[0]
    assert "Purpose of report" in pages[1]
    numbers = re.findall(r"^ ?(\d+)\. +[A-Z]", "\n".join(pages[1:]), re.MULTILINE)
    assert numbers == [str(each) for each in range(1, len(numbers) + 1)]


def test_the_same_workbook_gives_the_same_bytes(workbook: Path, outputs: Path, tmp_path: Path) -> None:
    assert (built(workbook, tmp_path).folder / PAPER).read_bytes() == (outputs / PAPER).read_bytes()


def test_the_example_raises_no_query_of_its_own(workbook: Path, tmp_path: Path) -> None:
    found = built(workbook, tmp_path).examined.findings
    assert [each.code for each in found if each.place.sheet.startswith("Strategy ")] == []


def test_figures_of_a_metric_come_from_its_data(outputs: Path) -> None:
    told = text_of((outputs / PAPER).read_bytes())
    (plans,) = [line for line in told.splitlines() if "Education, health and care plans" in line]
    assert [
        part for part in ("5,728 in Apr 2024", "6,161 in Oct 2024", "5,669 (forecast)") if part not in plans
    ] == []
    assert "Rising since Jul 2024, for the worse" in plans
    assert "Off track" in plans


def test_a_reference_to_another_paragraph_prints_its_number(outputs: Path) -> None:
    told = text_of((outputs / PAPER).read_bytes())
    assert re.search(r"As \[paragraph \d+\]\(.*\) says, the growth in plans", told)


def test_a_section_without_rows_is_left_out(tmp_path: Path) -> None:
    def drop(rows: Rows) -> None:
        rows["Strategy paragraphs"] = [
            row
            for row in rows["Strategy paragraphs"]
            if row["Section"] not in ("Legal", "Workforce", "Financial")
        ]
        rows["Strategy priorities"][1]["What was done"] = "Three offers of early help began."

    told, _ = changed(tmp_path, drop)
    assert "Legal implications" not in told
    assert "Workforce implications" not in told
    assert "Procurement implications" in told
    assert "DfE pays £67m towards it" in told, "the money is told from Finance"


def test_indicators_know_their_priority_by_any_way_to_write_it(tmp_path: Path) -> None:
    def rename(rows: Rows) -> None:
        for before, now in {"1": "3a", "2": "iv", "3": "Voice"}.items():
            for sheet in ("Strategy priorities", "Strategy indicators"):
                for row in rows[sheet]:
                    if row["Priority"] == before:
                        row["Priority"] = now
        rows["Strategy indicators"][0]["Priority"] = "priority 3A"

    told, made = changed(tmp_path, rename)
    assert "Priority 3a: Children" in told
    assert "Priority iv: The right" in told
    assert "Voice: Timely planning" in told
    assert "Priority Voice" not in told
    assert [each for each in made.examined.findings if each.code == "REF-05"] == []


def test_rows_that_belong_nowhere_show_their_mark(tmp_path: Path) -> None:
    def misplace(rows: Rows) -> None:
        rows["Strategy indicators"][0]["Priority"] = "9"
        rows["Strategy paragraphs"][4]["Section"] = "Bakground"

    told, made = changed(tmp_path, misplace)
    assert "[REF-05 'Strategy indicators'!A4]" in told
    assert "[CHO-01 'Strategy paragraphs'!A8]" in told
    assert made.examined.errors == 2


def test_an_indicator_of_an_unknown_metric_is_marked_where_its_figure_would_stand(tmp_path: Path) -> None:
    def renamed(rows: Rows) -> None:
        next(row for row in rows["Strategy indicators"] if row.get("Metric") == "EHCP")["Metric"] = (
            "Unheard of"
        )

    told, _ = changed(tmp_path, renamed)
    line = next(each for each in told.splitlines() if "| Education, health and care plans |" in each)
    assert "[MET-01 'Strategy indicators'!C" in line


def test_without_priorities_the_indicators_are_still_told(tmp_path: Path) -> None:
    def drop(rows: Rows) -> None:
        del rows["Strategy priorities"]

    told, made = changed(tmp_path, drop)
    assert "[WBK-16 Strategy priorities]" in told
    assert "Plans issued within 20 weeks" in told
    assert [each.place.sheet for each in made.examined.findings if each.code == "REF-05"] == []


def test_a_priority_without_indicators_says_so(tmp_path: Path) -> None:
    def drop(rows: Rows) -> None:
        rows["Strategy indicators"] = [row for row in rows["Strategy indicators"] if row["Priority"] != "4"]
        rows["Strategy priorities"][3]["What difference has this made?"] = ""

    told, made = changed(tmp_path, drop)
    assert "No indicator is reported for this priority." in told
    assert "[EMP-02 'Strategy priorities'!F7]" in told
    assert {each.code for each in made.examined.findings} >= {"PAP-13", "EMP-02"}


def test_units_and_levels_are_the_workbooks_own(tmp_path: Path) -> None:
    def own(rows: Rows) -> None:
        rows["Strategy indicators"][4] |= {"Unit": "£000", "Baseline": 900, "Latest": 1450, "Target": 2100}
        rows["Strategy indicators"][5] |= {
            "Unit": "£m",
            "Baseline": -1,
            "Latest": Decimal("-2.5"),
            "Target": 0,
        }
        for sheet in ("Assurance levels", "Strategy priorities", "Conditions", "Risks"):
            for row in rows[sheet]:
                for heading, value in row.items():
                    if value == "Amber":
                        row[heading] = "Needs attention"

    def colours(rows: Rows) -> None:
        own(rows)
        for row in rows["Assurance levels"]:
            row["Colour"] = {"Needs attention": "Amber"}.get(str(row["Level"]), str(row["Level"]))
        for each in ("Strategy paragraphs", "Progress", "Questions", "Headlines"):
            for row in rows[each]:
                for heading in ("Text", "Content", "Commentary"):
                    if heading in row:
                        row[heading] = str(row[heading]).replace("Amber", "Needs attention")

    told, made = changed(tmp_path, colours)
    assert all(part in told for part in ("£1.45m", "£2.1m by Mar 2025", "−£2.5m", "Needs attention"))
    assert made.examined.errors == 0


def test_a_number_that_is_an_excel_percentage_is_read(workbook: Path, tmp_path: Path) -> None:
    opened = load_workbook(workbook)
    cell = opened["Strategy indicators"]["G4"]
    cell.value, cell.number_format = 0.64, "0%"
    opened.save(tmp_path / "return.xlsx")
    made = built(tmp_path / "return.xlsx", tmp_path / "out")
    assert "64% in Oct 2024" in text_of((made.folder / PAPER).read_bytes())


def test_the_review_covers_its_words(outputs: Path) -> None:
    review = json.loads((outputs / "strategy-progress-review.json").read_text(encoding="utf-8"))
    numbers = [each for each in review["numbers"] if each["sheet"].startswith("Strategy ")]
    assert ("5.62%", "linked") in [(each["text"], each["status"]) for each in numbers]
    assert {each["status"] for each in numbers} >= {"linked", "unmatched", "reference"}


def test_a_made_workbook_offers_the_priorities_as_a_list(workbook: Path) -> None:
    sheet = load_workbook(workbook)["Strategy indicators"]
    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation if "A4" in str(rule.sqref)]
    assert lists
    assert all("'Strategy priorities'!$A$4" in str(each) for each in lists)
