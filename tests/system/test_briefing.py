"""The briefing for a verbal update: one page, whatever is typed, and what is left of it without its sheets."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

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
PACK = load_pack("briefing")
PAPER = "briefing.docx"
Rows = dict[str, list[dict[str, Any]]]

LEVELS = {
    "Complete and closed": ("#005EA5", "complete"),
    "On track for delivery": ("Green", "on track"),
    "At risk, with a plan": ("Amber", "off track, with plans to mitigate"),
    "Seriously off track": ("Red", "off track"),
    "Not started": ("#444444", "nothing has been done yet"),
}
UPDATES = ("Update 1 (June)", "Update 2 (September)", "Update 3 (December)", "Update 4 (March)")
REFERENCES = ("i", "ii", "iii", "iv", "v", "3a", "3b", "3c", "3.10", "4(a)", "4(b)", "Capital", "9", "10")
LONG = (
    "Bring the account to a positive balance before the end of the agreement, and keep it there in each year after, "
    "by working with every school, setting and partner of the local area in all that concerns inclusion. "
) * 3


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("briefing") / "briefing.xlsx"
    make_workbook(path, authority=None, year=None, example=True, pack=PACK.name)
    return path


def built(workbook: Path, out: Path, pack: str = PACK.name) -> Built:
    return build_workbook(workbook, BuildOptions(out, pack), waiting=lambda folder: None)


@pytest.fixture(scope="module")
def outputs(workbook: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(workbook, tmp_path_factory.mktemp("outputs")).folder


@pytest.fixture(scope="module")
def bare(example_workbooks: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The page of a workbook that has none of its sheets."""
    return built(example_workbooks["wiltshire-2024-08"], tmp_path_factory.mktemp("bare"))


def rows_of(name: str) -> Rows:
    return {sheet: [dict(row) for row in rows] for sheet, rows in example(name).items()}


def saved(folder: Path, rows: Rows) -> Path:
    path = folder / "return.xlsx"
    path.write_bytes(workbook_bytes(rows, PACK.sheets))
    return path


def fourteen() -> Rows:
    """A return of another council: 14 conditions of long wording, four updates, five levels of its own, and in every
    place of the page more than it has room for.
    """
    rows = rows_of("briefing")
    programme = {
        "Current update": UPDATES[3],
        "Authority": "Bournemouth, Christchurch and Poole",
        "Previous workbook": "",
    }
    for row in rows["Programme"]:
        row["Value"] = programme.get(str(row["Item"]), row["Value"])
    rows["Updates"] = [
        {"Update": label, "Data as at": date(2024, 4 + at, 28), "Submitted": date(2024, 5 + at, 20)}
        for at, label in enumerate(UPDATES)
    ]
    rows["Assurance levels"] = [
        {"Level": level, "Colour": colour, "Definition": told} for level, (colour, told) in LEVELS.items()
    ]
    levels = list(LEVELS)
    rows["Conditions"] = [
        {"Ref": ref, "Condition": LONG, **{each: levels[(at + k) % 5] for k, each in enumerate(UPDATES)}}
        for at, ref in enumerate(REFERENCES)
    ]
    rows["Progress"] = [{"Condition": ref, "Kind": "Text", "Content": "Work goes on."} for ref in REFERENCES]
    rows["Risks"], rows["Exhibits"] = [], []
    for metric in rows["Metrics"]:
        metric["Title"] = f"{metric['Title']} in every school, setting and service that the council knows of"
        metric.pop("Conditions", None)
    rows["Briefing"] = [
        {"Meeting": LONG, "Date": date(2025, 3, 1), "Speaker": LONG, "Minutes": 10, "About": LONG},
        {"Meeting": "Another", "Date": date(2025, 3, 2), "Speaker": "Another"},
    ]
    points = [LONG, "- one\n- two\n- three\n- four\n- five", LONG, LONG, LONG]
    rows["Briefing points"] = [{"Point": each} for each in points]
    rows["Briefing asks"] = [{"Ask": LONG}] * 4
    rows["Briefing sources"] = [{"Source": f"[{LONG.strip()}](https://www.example.gov.uk/send) and more"}] * 4
    return rows


def figures(rows: Rows) -> Rows:
    value = "**{{ actual('EHCP') }}** of all those plans that we know of today"
    return rows | {"Briefing figures": [{"Figure": LONG, "Value": value, "What it means": LONG}] * 4}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("full")
    return built(saved(folder, fourteen()), folder / "out")


@pytest.fixture(scope="module")
def fuller(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("fuller")
    return built(saved(folder, figures(fourteen())), folder / "out")


def said(made: Built) -> str:
    return text_of((made.folder / PAPER).read_bytes())


def test_the_template_has_no_fault() -> None:
    assert check_pack(PACK.folder)[0] == []


def test_it_reads_as_its_golden_text(outputs: Path, golden: Callable[[str, str], None]) -> None:
    golden("briefing.txt", CODE.sub("content code 7F3A-19C2", text_of((outputs / PAPER).read_bytes())))


def test_without_its_sheets_it_is_made_from_the_returns(
    bare: Built, golden: Callable[[str, str], None]
) -> None:
    told = said(bare)
    golden("briefing-without-sheets.txt", CODE.sub("content code 7F3A-19C2", told))
    asked = [each.place.sheet for each in bare.examined.findings if each.code == "WBK-16"]
    assert asked == ["Briefing", "Briefing asks", "Briefing points"]
    assert all(f"[WBK-16 {name}]" in told for name in asked)
    assert bare.examined.errors == 0


def test_what_does_not_fit_is_cut_in_sight_and_told(full: Built, golden: Callable[[str, str], None]) -> None:
    told = said(full)
    golden("briefing-of-fourteen.txt", CODE.sub("content code 7F3A-19C2", told))
    assert "and 2 more on the sheet Briefing points" in told
    assert "and 11 more: " in told
    found = [str(each.place) for each in full.examined.findings if each.code == "WBK-17"]
    assert found == ["Briefing!A5", "'Briefing points'!A7", "'Briefing asks'!A6", "'Briefing sources'!A7"]
    cut = [str(each.place) for each in full.examined.findings if each.code == "WBK-18"]
    assert cut[:3] == ["Briefing!A4", "Briefing!C4", "Briefing!E4"]
    assert "'Briefing points'!A5" in cut
    assert "'Briefing points'!A8" not in cut, "a row that is not printed need not be shorter"


def test_it_is_one_page(
    outputs: Path,
    bare: Built,
    full: Built,
    fuller: Built,
    soffice: Office,
    pdf_pages: Callable[[Path], list[str]],
    tmp_path: Path,
) -> None:
    for at, folder in enumerate((outputs, bare.folder, full.folder, fuller.folder)):
        paper = tmp_path / f"{at}.docx"
        paper.write_bytes((folder / PAPER).read_bytes())
        (page,) = pdf_pages(soffice(paper))
        assert "Where to find more" in page


def test_word_and_excel_take_it(
    workbook: Path,
    outputs: Path,
    bare: Built,
    full: Built,
    ooxml_faults: Callable[[Iterable[Path]], list[str]],
) -> None:
    made = [each / PAPER for each in (outputs, bare.folder, full.folder, PACK.folder)]
    assert ooxml_faults([workbook, *made]) == []


def test_everybody_can_read_it(outputs: Path, bare: Built, full: Built, fuller: Built) -> None:
    for folder in (outputs, bare.folder, full.folder, fuller.folder):
        assert faults((folder / PAPER).read_bytes()) == []


def test_the_same_workbook_gives_the_same_bytes(workbook: Path, outputs: Path, tmp_path: Path) -> None:
    assert (built(workbook, tmp_path).folder / PAPER).read_bytes() == (outputs / PAPER).read_bytes()


def test_the_first_update_of_a_year_is_compared_with_the_previous_workbook(tmp_path: Path) -> None:
    rows = rows_of("briefing")
    earlier = {row["Ref"]: row["Update 3 (November)"] for row in rows["Conditions"]}
    (tmp_path / "before.xlsx").write_bytes(workbook_bytes(rows))
    told = {
        "Current update": "Update 1 (May)",
        "Financial year": "2025-26",
        "Previous workbook": "before.xlsx",
    }
    for row in rows["Programme"]:
        row["Value"] = told.get(str(row["Item"]), row["Value"])
    for row in rows["Conditions"]:
        row |= {"Update 1 (May)": earlier[row["Ref"]], "Update 2 (August)": "", "Update 3 (November)": ""}
    rows["Conditions"][1]["Update 1 (May)"] = "Amber"
    rows["Conditions"].append({"Ref": "3.6", "Condition": "One more.", "Update 1 (May)": "Green"})
    words = said(built(saved(tmp_path, rows), tmp_path / "out"))
    assert "Levels now and at Update 3 (November), 2024-25" in words
    assert (
        "None of the 8 conditions moved for the worse, 1 for the better, and 6 stayed; 1 had no level before."
        in words
    )


def test_a_first_update_has_nothing_to_compare_with(tmp_path: Path) -> None:
    words = said(built(saved(tmp_path, rows_of("wiltshire-2024-06")), tmp_path / "out"))
    assert "There is no earlier update to compare them with." in words
    assert "Levels now\n" in words
    assert "No limit or agreed figure to compare it with." in words


def test_an_empty_return_says_what_it_lacks(tmp_path: Path) -> None:
    rows = rows_of("briefing")
    for sheet in (
        "Conditions",
        "Progress",
        "Metrics",
        "Metric data",
        "Finance",
        "Exhibits",
        "Briefing points",
    ):
        rows[sheet] = []
    words = said(built(saved(tmp_path, rows), tmp_path / "out"))
    assert "No condition has a level at this update." in words
    assert "The workbook has no figure to show yet." in words
    assert "[WBK-16 Briefing points]" in words


def test_a_level_that_cannot_be_read_shows_its_mark(tmp_path: Path) -> None:
    rows = rows_of("briefing")
    rows["Conditions"][3]["Update 3 (November)"] = "Mauve"
    words = said(built(saved(tmp_path, rows), tmp_path / "out"))
    assert "[LVL-01 Conditions!E7]" in words


@pytest.mark.parametrize(("sign", "unit"), [(-1, "£m"), (1, "£")])
def test_the_deficit_is_told_whatever_its_unit_and_sign(tmp_path: Path, sign: int, unit: str) -> None:
    rows = rows_of("briefing")
    signed = ("In-year position", "Brought forward", "Carried forward", "Limit", "Residual")
    for row in rows["Programme"]:
        told = {"Money in": unit, "Deficits shown as": "negative" if sign < 0 else "positive"}
        row["Value"] = told.get(str(row["Item"]), row["Value"])
    for line in rows["Finance"]:
        for heading, value in line.items():
            if re.match(r"\d{4}-\d{2}", heading) and value is not None:
                amount = value * (sign if line["Role"] in signed else 1)
                line[heading] = amount / 1000 if unit == "£m" else amount * 1000
    words = said(built(saved(tmp_path, rows), tmp_path / "out"))
    assert "£95.3m | £10.8m over the limit of £84.5m, before Safety Valve payments" in words.replace(
        "\t", " | "
    )


def test_the_review_covers_its_words(outputs: Path) -> None:
    review = json.loads((outputs / "briefing-review.json").read_text(encoding="utf-8"))
    numbers = [each for each in review["numbers"] if each["sheet"].startswith("Briefing")]
    assert ("6,161", "linked") in [(each["text"], each["status"]) for each in numbers]
