"""The Delivering Better Value paper: of the worked example, of other authorities, and without its sheets."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from svreport.packs.loading import load_pack
from svreport.pipeline.building import Built
from svreport.pipeline.examining import examine
from svreport.pipeline.pack_sheets import known_sheets
from svreport.pipeline.packing import check_pack
from svreport.word.accessibility import faults
from svreport.workbook.content import blank
from svreport.workbook.writing import workbook_bytes
from tests.system.office import Office
from tests.system.papers import built, example, told

PACK = load_pack("dbv-update")
PAPER = "dbv-update.docx"


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return example(tmp_path_factory.mktemp("dbv"), PACK.name)


@pytest.fixture(scope="module")
def outputs(workbook: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(workbook, tmp_path_factory.mktemp("outputs"), PACK.name).folder


@pytest.fixture(scope="module")
def bare(example_workbooks: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The paper of a Safety Valve council's workbook, which has none of its sheets."""
    return built(example_workbooks["wiltshire-2024-08"], tmp_path_factory.mktemp("bare"), PACK.name)


def test_the_template_has_no_fault() -> None:
    assert check_pack(PACK.folder)[0] == []


def test_the_example_is_clean(workbook: Path, tmp_path: Path) -> None:
    assert built(workbook, tmp_path, PACK.name).examined.findings == ()


def test_it_reads_as_its_golden_text(outputs: Path, golden: Callable[[str, str], None]) -> None:
    golden("dbv-update.txt", told(outputs / PAPER))


def test_without_its_sheets_it_is_made_from_finance(bare: Built, golden: Callable[[str, str], None]) -> None:
    text = told(bare.folder / PAPER)
    golden("dbv-update-without-sheets.txt", text)
    asked = [each.place.sheet for each in bare.examined.findings if each.code == "WBK-16"]
    assert asked == sorted(sheet.name for sheet in PACK.sheets)
    # Which scenario is which, their names tell.
    assert all(f"[WBK-16 {name}]" in text or name == "DBV scenarios" for name in asked)
    assert bare.examined.errors == 0


def test_word_and_excel_take_it(
    workbook: Path, outputs: Path, bare: Built, ooxml_faults: Callable[[Iterable[Path]], list[str]]
) -> None:
    assert ooxml_faults([workbook, outputs / PAPER, bare.folder / PAPER, PACK.folder / PAPER]) == []


def test_everybody_can_read_it(outputs: Path, bare: Built) -> None:
    assert faults((outputs / PAPER).read_bytes()) == []
    assert faults((bare.folder / PAPER).read_bytes()) == []


def test_it_has_its_pages(outputs: Path, soffice: Office, pdf_pages: Callable[[Path], list[str]]) -> None:
    pages = pdf_pages(soffice(outputs / PAPER))
    assert len(pages) in range(4, 6)
    numbers = re.findall(r"^ ?(\d+)\. ", "\n".join(pages), re.MULTILINE)
    assert numbers == [str(each) for each in range(1, len(numbers) + 1)]
    assert "Report authors" in pages[-1]


def test_the_same_bytes_twice(workbook: Path, outputs: Path, tmp_path: Path) -> None:
    again = built(workbook, tmp_path, PACK.name).folder
    for name in (PAPER, "dbv-update-review.docx", "dbv-update-review.html", "dbv-update-review.json"):
        assert (again / name).read_bytes() == (outputs / name).read_bytes()


def test_the_review_covers_its_words(outputs: Path) -> None:
    review = json.loads((outputs / "dbv-update-review.json").read_text(encoding="utf-8"))
    numbers = {
        (each["text"], each["status"]) for each in review["numbers"] if each["sheet"].startswith("DBV ")
    }
    assert {("£267m", "linked"), ("£191m", "linked"), ("2023", "reference")} <= numbers


def test_the_published_slips_are_told(workbook: Path, tmp_path: Path) -> None:
    opened = load_workbook(workbook)
    opened["DBV places"]["F4"].value = 251
    for row in opened["DBV paragraphs"].iter_rows(min_row=4):
        if row[0].value == "Savings":
            row[2].value = "The four workstreams are expected to reduce the deficit by £115m."
    opened["DBV workstreams"]["C4"].value = (
        "84 places were created, totalling 191 places.\n\n"
        "A further 68 places open in September 2024, increasing the total offer to 251 places."
    )
    opened.save(tmp_path / "return.xlsx")
    made = built(tmp_path / "return.xlsx", tmp_path / "out", PACK.name)
    found = {each.code: each for each in made.examined.findings}
    assert sorted(found) == ["PAP-01", "PAP-02", "PAP-03"]
    assert str(found["PAP-01"].place).startswith("'DBV paragraphs'!C")
    assert (
        "£267m of Upper bound unmitigated (Finance!J4) less £152m of Lower bound target (Finance!J8)"
        in found["PAP-01"].read
    )
    assert all(like in found["PAP-01"].expected for like in ("£50m", "£58m", "£39m", "£45m"))
    assert (str(found["PAP-02"].place), found["PAP-02"].read) == ("'DBV places'!F4", "Planned 251")
    assert found["PAP-03"].expected == "259 = 191 + 68"


def test_what_cannot_be_read_shows_its_mark(workbook: Path, tmp_path: Path) -> None:
    opened = load_workbook(workbook)
    opened["Finance"]["J8"].value = "much"
    opened["DBV paper"]["C4"].value = "Lower bound taget"
    opened["DBV scenarios"]["C6"].value = "Some"
    opened["DBV measures"]["A4"].value = "Inclusion frame"
    opened["DBV measures"]["E5"].value = "more"
    opened["DBV measures"]["C6"].value = None
    opened["DBV places"]["D4"].value = "a few"
    opened.save(tmp_path / "return.xlsx")
    text = told(built(tmp_path / "return.xlsx", tmp_path / "out", PACK.name).folder / PAPER)
    for mark in (
        "NUM-01 Finance!J8",
        "SCN-02 'DBV paper'!C4",
        "REF-05 'DBV measures'!A4",
        "NUM-01 'DBV measures'!E5",
        "EMP-02 'DBV measures'!C6",
        "NUM-01 'DBV places'!D4",
    ):
        assert f"[{mark}]" in text, mark
    assert "Upper bound stretch | Upper bound unmitigated" not in text


YEARS = [f"{start}-{(start + 1) % 100:02d}" for start in range(2020, 2034)]


def other(scenarios: Mapping[str, Mapping[str, object]], **items: str) -> bytes:
    """A workbook of another authority with no sheet of the paper: what each scenario carries forward."""
    content: dict[str, Any] = {sheet: list(rows) for sheet, rows in blank("Kestrel", None).items()}
    content["Programme"] = [
        {**row, "Value": items.get(str(row["Item"]), row["Value"])} for row in content["Programme"]
    ]
    content["Finance"] = [
        {"Scenario": name, "Line": "Balance", "Role": "Carried forward", **years}
        for name, years in scenarios.items()
    ]
    return workbook_bytes(content)


@pytest.mark.parametrize(("unit", "scale"), [("£", 1_000_000), ("£000", 1_000), ("£m", 1)])
@pytest.mark.parametrize("shown", ["positive", "negative"])
@pytest.mark.parametrize("years", [3, 12])
def test_another_authority(unit: str, scale: int, shown: str, years: int, tmp_path: Path) -> None:
    sign = 1 if shown == "positive" else -1

    def line(first: str, step: str) -> dict[str, object]:
        values = (Decimal(first) + Decimal(step) * at for at in range(years))
        return {year: sign * scale * value for year, value in zip(YEARS, values, strict=False)}

    data = other(
        {"Worst case, do nothing": line("4.2", "3.1"), "Worst case mitigated": line("4.2", "1.5")},
        **{"Money in": unit, "Deficits shown as": shown},
    )
    (tmp_path / "kestrel.xlsx").write_bytes(data)
    made = built(tmp_path / "kestrel.xlsx", tmp_path / "out", PACK.name)
    text = told(made.folder / PAPER)
    last = 2020 + years
    without, mitigated = (Decimal("4.2") + step * (years - 1) for step in (Decimal("3.1"), Decimal("1.5")))
    saved = without - mitigated
    assert (
        f"| Worst case mitigated | Worst case, do nothing | {last} | £{without}m | £{mitigated}m | £{saved}m"
        in text
    )
    assert f"Worst case mitigated | 4.2 | 5.7 | {Decimal('4.2') + 3:.1f}" in re.sub(r"\*", "", text)
    assert (made.folder / "charts" / "Cumulative deficit by scenario.png").exists()
    assert faults((made.folder / PAPER).read_bytes()) == []


def test_missing_years_and_surpluses(tmp_path: Path) -> None:
    data = other(
        {
            "LB unmitigated": {"2024-25": 5000, "2025-26": 9000, "2026-27": 14000},
            "LB target": {"2024-25": 5000, "2025-26": -1250},
            "Agreed plan": {"2026-27": 100},
        }
    )
    (tmp_path / "kestrel.xlsx").write_bytes(data)
    text = told(built(tmp_path / "kestrel.xlsx", tmp_path / "out", PACK.name).folder / PAPER).replace("*", "")
    assert "LB target | 5.0 | −1.3 | –" in text
    assert "A minus sign marks a surplus." in text
    assert "| LB target | LB unmitigated | 2026 | £9m | −£1.3m | £10.3m" in text
    assert "Agreed plan | LB" not in text


def test_payments_are_no_savings(bare: Built) -> None:
    """What Wiltshire's plan saves is the sum of its mitigations, whatever DfE and the council pay."""
    text = told(bare.folder / PAPER)
    assert "both before payments by the Department for Education and the council" in text
    assert re.search(r"\| Mitigated \| Unmitigated \| \d{4} \| £[\d.]+m \| £[\d.]+m \| £[\d.]+m", text)


def test_nothing_at_all(tmp_path: Path) -> None:
    """A new workbook without a figure makes a paper of marks, each told by a query."""
    (tmp_path / "new.xlsx").write_bytes(workbook_bytes(blank("Kestrel", None), PACK.sheets))
    made = built(tmp_path / "new.xlsx", tmp_path / "out", PACK.name)
    text = told(made.folder / PAPER)
    codes = {each.code for each in made.examined.findings}
    assert {"WBK-16", "PAP-04"} <= codes
    assert "The scenarios: [PAP-04 Finance]" in text
    assert "What is saved: [PAP-04 Finance]" in text
    assert not {"QUE-01", "QUE-02", "COM-04"} & codes
    assert "[heading 1] Kestrel: Delivering Better Value update" in text


def test_scenarios_that_nobody_tells_apart(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(other({"Plan A": {"2024-25": 5000}, "Plan B": {"2024-25": 4000}}))
    made = built(tmp_path / "a.xlsx", tmp_path / "out", PACK.name)
    text = told(made.folder / PAPER)
    assert "What is saved: [PAP-05 Finance]" in text
    assert "Plan B | 4" in text.replace("*", "")
    assert "PAP-05" in {each.code for each in made.examined.findings}


def test_a_chart_of_ones_own_stands_in_its_place(workbook: Path, tmp_path: Path) -> None:
    opened = load_workbook(workbook)
    row = (
        "Cumulative deficit by scenario",
        "Column chart",
        "Two bounds",
        "Upper bound target / Cumulative deficit; Lower bound target / Cumulative deficit",
    )
    for column, value in enumerate(row, 1):
        opened["Exhibits"].cell(4, column).value = value
    opened.save(tmp_path / "return.xlsx")
    text = told(built(tmp_path / "return.xlsx", tmp_path / "out", PACK.name).folder / PAPER)
    assert "Column chart: Two bounds." in text
    assert "Line chart" not in text


def test_lists_lead_to_the_rows_and_scenarios(workbook: Path) -> None:
    opened = load_workbook(workbook)
    formulas = {
        (sheet, str(rule.sqref).partition(":")[0]): rule.formula1
        for sheet in ("DBV measures", "DBV places", "DBV scenarios", "DBV paper")
        for rule in opened[sheet].data_validations.dataValidation
        if rule.type == "list"
    }
    assert "'DBV workstreams'!$A$4" in formulas["DBV measures", "A4"]
    assert "'DBV workstreams'!$A$4" in formulas["DBV places", "A4"]
    assert "'Finance'!$A$4" in formulas["DBV scenarios", "A4"]
    assert "'Finance'!$A$4" in formulas["DBV paper", "C4"]


def test_nobody_asks_for_a_return_that_is_not_made(workbook: Path, tmp_path: Path) -> None:
    """Once a return is begun, or its pack is named, all of it is asked for."""
    assert examine(workbook, known_sheets(None)).findings == ()
    asked = {"QUE-01", "EMP-01", "COM-04", "ROL-03"}
    assert asked <= {each.code for each in examine(workbook, known_sheets("safety-valve")).findings}
    assert asked <= {each.code for each in examine(workbook, known_sheets("all")).findings}
    opened = load_workbook(workbook)
    for column, value in enumerate(("1", "Balance the account.", "Purple"), 1):
        opened["Conditions"].cell(4, column).value = value
    opened.save(tmp_path / "begun.xlsx")
    assert {"QUE-01", "LVL-01"} <= {
        each.code for each in examine(tmp_path / "begun.xlsx", known_sheets(None)).findings
    }
    named = examine(tmp_path / "begun.xlsx", known_sheets(PACK.name)).findings
    assert [(each.code, str(each.place)) for each in named if each.is_error] == [("LVL-01", "Conditions!C4")]


def test_the_return_has_no_chart_of_it(workbook: Path, tmp_path: Path) -> None:
    made = built(workbook, tmp_path, "safety-valve")
    assert not (made.folder / "charts").exists()


def test_many_scenarios_are_a_table_alone(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(
        other({f"Plan {at}": {"2024-25": at, "2025-26": at} for at in range(1, 12)})
    )
    made = built(tmp_path / "a.xlsx", tmp_path / "out", PACK.name)
    text = told(made.folder / PAPER).replace("*", "")
    assert "Plan 11 | 11 | 11" in text
    assert "The chart below" not in text
    assert not (made.folder / "charts").exists()
