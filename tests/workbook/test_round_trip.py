"""What is written is read again, value for value, and a made workbook is a good form."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.datavalidation import DataValidation

from svreport.errors import CallFault
from svreport.model.period import Period, read_period
from svreport.model.submission import Submission
from svreport.workbook import content, layout
from svreport.workbook.content import Content
from svreport.workbook.reading import Reading, read_workbook
from svreport.workbook.writing import workbook_bytes
from tests.workbook.clean import clean_content

_EXAMPLES = sorted(path.stem for path in content.EXAMPLES.glob("*.toml"))
_RETURNS = [name for name in _EXAMPLES if "Conditions" in content.example(name)]


def _read(data: bytes, folder: Path) -> Reading:
    path = folder / "return.xlsx"
    path.write_bytes(data)
    return read_workbook(path)


@pytest.mark.parametrize("name", _RETURNS)
def test_the_examples_raise_nothing(name: str, tmp_path: Path) -> None:
    reading = _read(workbook_bytes(content.example(name)), tmp_path)
    assert reading.findings == ()
    assert reading.submission.programme.authority.value == "Wiltshire"
    assert reading.submission.current is not None


def test_the_clean_return_comes_back_as_it_was(tmp_path: Path) -> None:
    reading = _read(workbook_bytes(clean_content()), tmp_path)
    assert reading.findings == ()
    said = reading.submission
    assert said.sheets == tuple(sheet.name for sheet in layout.SHEETS)
    assert said.programme.items["Authority"].value == "Kestrel & Vale"
    assert said.programme.deficits_negative.value is True
    assert said.updates[1].data_as_at.value == date(2025, 8, 31)
    assert said.current == 1
    assert [each.ref.value for each in said.conditions] == ["i", "ii", "3a", "3.10"]
    assert [level.value.name for level in said.conditions[3].levels if level.value] == ["Green", "Amber"]
    assert said.conditions[3].levels[2].is_empty
    assert [each.answer.value for each in said.questions] == [True, False, True]
    assert said.metrics[0].conditions.value == ("i", "3a")
    assert said.observations[2].actual.value == Decimal("5.62")
    assert said.observations[2].period.value == Period.quarter(2025, 1)
    assert said.finance[0].years[Period.financial_year(2024)].value == Decimal("-10.5")
    assert said.finance[3].years[Period.financial_year(2024)].is_empty
    assert said.exhibits[0].series.value == ("Plans actual", "Plans forecast")
    assert str(said.finance[0].years[Period.financial_year(2024)].place) == "Finance!D4"


def test_an_unknown_example_is_told_with_the_nearest() -> None:
    with pytest.raises(CallFault, match=r"Did you mean wiltshire-2024-12"):
        content.example("wiltshire-2024-11")


def test_a_blank_return_asks_for_what_it_needs_and_nothing_else(tmp_path: Path) -> None:
    year = read_period("2026-27")
    assert year is not None
    findings = _read(workbook_bytes(content.blank("Kestrel & Vale", year)), tmp_path).findings
    assert {each.code for each in findings} == {"EMP-01", "EMP-02", "DAT-03"}
    assert all(each.read.startswith(("an empty cell", "no row", "Agreement ends")) for each in findings)


# Everything that XML, and so a document, can hold; the characters that it cannot are told, and have their own tests.
_CHARACTERS = st.characters(
    codec="utf-8", exclude_characters="\x0b\x0c\u2028\u2029\ufffe\uffff\x85", exclude_categories=("Cs", "Cc")
)
_PIECES = st.one_of(
    _CHARACTERS, st.sampled_from(["\n", "- ", "=1", "_x000D_", "_x005F_", "&amp;", "{{", "<b>", "\n\n", " "])
)
_TEXT = (
    st.lists(_PIECES, min_size=1, max_size=40)
    .map("".join)
    .filter(lambda text: bool(text.strip().strip("\u200b\u2060\ufeff \u00a0")))
)
_LINE = _TEXT.map(lambda text: " ".join(text.split())).filter(bool)
_FIGURE = st.decimals(min_value=-(10**8), max_value=10**8, places=3, allow_nan=False, allow_infinity=False)


def _kept(text: str) -> str:
    """Text without the empty lines before it and the blanks behind it."""
    return re.sub(r"\A(?:[^\S\n]*\n)+", "", text.rstrip())


@settings(max_examples=40)
@given(data=st.data())
def test_every_text_and_figure_comes_back(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    texts = data.draw(st.lists(_TEXT, min_size=8, max_size=8))
    figures = data.draw(st.lists(_FIGURE, min_size=4, max_size=4))
    day = data.draw(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
    authority = data.draw(_LINE)
    drawn = {sheet: [dict(row) for row in rows] for sheet, rows in clean_content().items()}
    drawn["Programme"][0]["Value"] = authority
    drawn["Programme"][11]["Value"] = texts[0]
    drawn["Questions"][0]["Commentary"] = texts[1]
    drawn["Headlines"][0]["Text"] = texts[2]
    drawn["Conditions"][0]["Condition"] = texts[3]
    drawn["Progress"][0]["Content"] = texts[4]
    drawn["Risks"][0] |= {"Risk": texts[5], "Mitigation": texts[6], "Progress": texts[7]}
    drawn["Updates"][1]["Submitted"] = day
    drawn["Metric data"][0] |= {"Actual": figures[0], "Forecast": figures[1]}
    drawn["Finance"][0] |= {"2024-25": figures[2], "2025-26": figures[3]}
    reading = _read(workbook_bytes(drawn), tmp_path_factory.mktemp("made"))
    said = reading.submission
    assert reading.findings == ()
    assert said.programme.authority.value == authority
    assert _texts(said) == [_kept(text) for text in texts]
    assert said.updates[1].submitted.value == day
    assert (said.observations[0].actual.value, said.observations[0].forecast.value) == (
        figures[0],
        figures[1],
    )
    assert [entry.value for entry in said.finance[0].years.values()] == figures[2:]


def _texts(said: Submission) -> list[str | None]:
    risk = said.risks[0]
    return [
        said.programme.adviser_support.value,
        said.questions[0].commentary.value,
        said.headlines[0].text.value,
        said.conditions[0].wording.value,
        said.progress[0].content.value,
        risk.wording.value,
        risk.mitigation.value,
        risk.progress.value,
    ]


def test_control_characters_are_held_and_told(tmp_path: Path) -> None:
    drawn: dict[str, list[dict[str, object]]] = {
        sheet: [dict(row) for row in rows] for sheet, rows in clean_content().items()
    }
    drawn["Risks"][0]["Progress"] = "Signed\x01 and\x0bsealed\ud800."
    reading = _read(workbook_bytes(drawn), tmp_path)
    assert [each.code for each in reading.findings] == ["WBK-09"]
    assert reading.submission.risks[0].progress.value == "Signed and\nsealed\ufffd."


def test_a_text_that_no_cell_holds_is_refused() -> None:
    with pytest.raises(CallFault, match=r"Headlines!B4 has 40,000 characters"):
        workbook_bytes({"Headlines": [{"Heading": "Drivers", "Text": "a" * 40_000}]})


def test_sheets_and_columns_of_ones_own_are_written_too(tmp_path: Path) -> None:
    data = workbook_bytes(
        {**clean_content(), "Priorities": [{"Priority": "Early help", "RAG": "Green"}, {"Note": "=1+1"}]}
    )
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Priorities"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(3, 5, 1, 3)] == [
        ["Priority", "RAG", "Note"], ["Early help", "Green", None], [None, None, "=1+1"],
    ]  # fmt: skip
    assert _read(data, tmp_path).findings == ()


def test_the_same_content_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = workbook_bytes(clean_content())
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    assert workbook_bytes(clean_content()) == first
    with zipfile.ZipFile(io.BytesIO(first)) as file:
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = file.read("docProps/core.xml").decode()
    assert "created" not in core
    assert "modified" not in core
    assert ">en-GB</dc:language>" in core
    assert "Safety Valve return: Kestrel &amp; Vale 2025-26" in core


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(clean_content())))


def test_every_sheet_is_a_form(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == [sheet.name for sheet in layout.SHEETS]
    for sheet in layout.SHEETS:
        made = book[sheet.name]
        assert made["A1"].value == sheet.name
        assert made["A2"].value == sheet.guidance
        assert made.freeze_panes == "A4"
        assert not made.merged_cells.ranges
        assert (made.page_setup.orientation, made.page_setup.paperSize) == ("landscape", 9)
        assert made.print_title_rows == "$3:$3"
        headings = [cell.value for cell in made[3]]
        assert len(headings) == len(set(headings))
        assert {column.heading for column in sheet.columns} <= set(headings)


def test_references_and_text_are_formatted_as_text_and_dates_as_dates(book: openpyxl.Workbook) -> None:
    for sheet, cell in (
        ("Conditions", "A4"),
        ("Conditions", "A12"),
        ("Progress", "C20"),
        ("Metric data", "B30"),
    ):
        assert book[sheet][cell].number_format == "@"
    assert book["Conditions"]["A7"].value == "3.10"
    assert book["Updates"]["B4"].number_format == "d mmmm yyyy"
    assert book["Updates"]["B7"].number_format == "d mmmm yyyy"
    assert book["Finance"]["D4"].number_format == "#,##0.0"


def _rules(book: openpyxl.Workbook, sheet: str, cell: str) -> list[DataValidation]:
    return [rule for rule in book[sheet].data_validations.dataValidation if cell in rule.sqref]


@pytest.mark.parametrize(
    ("sheet", "cell", "holds"),
    [
        ("Questions", "C4", '"Yes,No"'),
        ("Contacts", "A9", "S151 Officer"),
        ("Conditions", "C4", "'Assurance levels'!$A$4"),
        ("Risks", "D30", "'Assurance levels'!$A$4"),
        ("Progress", "A4", "'Conditions'!$A$4"),
        ("Progress", "B4", '"Text,Exhibit"'),
        ("Metrics", "C4", "number,percent,£,£000,£m"),
        ("Metric data", "A60", "'Metrics'!$A$4"),
        ("Finance", "C4", "Carried forward"),
        ("Exhibits", "B4", "Column and line chart"),
        ("Assurance levels", "B4", "Blue,Green,Amber,Red"),
        ("Sign-off", "A4", "S151 Officer,DCS"),
        ("Programme", "B7", "'Updates'!$A$4"),
        ("Programme", "B9", "£,£000,£m"),
        ("Programme", "B6", "2025-26"),
    ],
)
def test_closed_choices_have_a_list(book: openpyxl.Workbook, sheet: str, cell: str, holds: str) -> None:
    (rule,) = _rules(book, sheet, cell)
    assert rule.type == "list"
    assert holds in str(rule.formula1)
    assert rule.error


@pytest.mark.parametrize(
    ("sheet", "cell", "kind"),
    [
        ("Updates", "B4", "date"),
        ("Sign-off", "C4", "date"),
        ("Metric data", "C4", "decimal"),
        ("Finance", "D4", "decimal"),
        ("Metrics", "E4", "decimal"),
        ("Contacts", "D4", "custom"),
        ("Programme", "B5", "textLength"),
    ],
)
def test_dates_and_figures_are_checked_when_typed(
    book: openpyxl.Workbook, sheet: str, cell: str, kind: str
) -> None:
    (rule,) = _rules(book, sheet, cell)
    assert rule.type == kind
    assert rule.error
    assert rule.showErrorMessage


def test_lists_and_messages_keep_to_what_excel_holds(book: openpyxl.Workbook) -> None:
    for sheet in book:
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.formula1 or "") <= 255
            assert len(rule.error or "") <= 225
            assert len(rule.prompt or "") <= 255
            assert len(rule.promptTitle or "") <= 32


def test_made_workbooks_are_valid(
    tmp_path: Path, ooxml_faults: Callable[[Iterable[Path]], list[str]]
) -> None:
    year = read_period("2026-27")
    assert year is not None
    made: list[tuple[str, Content]] = [("blank", content.blank("", year)), ("clean", clean_content())]
    for name, filled in made:
        (tmp_path / f"{name}.xlsx").write_bytes(workbook_bytes(filled))
    assert ooxml_faults(sorted(tmp_path.glob("*.xlsx"))) == []
