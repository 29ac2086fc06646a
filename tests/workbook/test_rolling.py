"""Rolling forward: which update comes next, what is emptied, what stays, and where last time's words are shown."""

import io
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from svreport.errors import CallFault
from svreport.model.finding import Place
from svreport.model.submission import BlockKind, Condition, Risk, Submission
from svreport.workbook.book import read_book
from svreport.workbook.content import example
from svreport.workbook.editing.workbook import WorkbookEditor
from svreport.workbook.opening import package_of
from svreport.workbook.reading import read_workbook
from svreport.workbook.rolling import Rolled, roll_forward
from svreport.workbook.writing import workbook_bytes

Rows = dict[str, list[dict[str, object]]]
Roll = Callable[..., tuple[Submission, Rolled, Submission]]


@pytest.fixture
def roll(tmp_path: Path) -> Roll:
    """`roll(data, label=None)`: the old return, what was done, and the new return."""

    def rolled(data: bytes, label: str | None = None) -> tuple[Submission, Rolled, Submission]:
        old, new = tmp_path / "old.xlsx", tmp_path / "new.xlsx"
        old.write_bytes(data)
        before = read_workbook(old).submission
        done = roll_forward(old, before, label)
        new.write_bytes(done.data)
        return before, done, read_workbook(new).submission

    return rolled


@pytest.fixture(scope="module")
def august() -> bytes:
    return workbook_bytes(example("wiltshire-2024-08"))


@pytest.fixture(scope="module")
def november() -> bytes:
    return workbook_bytes(example("wiltshire-2024-12"))


def test_august_rolls_forward_to_november(roll: Roll, august: bytes) -> None:
    before, done, after = roll(august)
    assert done.update == "Update 3 (November) of 2024-25"
    assert after.programme.current_update.value == "Update 3 (November)"
    assert str(after.programme.financial_year.value) == "2024-25"
    assert after.programme.previous_workbook.value == "old.xlsx"
    assert after.current == 2
    assert [update.data_as_at.value for update in after.updates[:2]] == [
        update.data_as_at.value for update in before.updates[:2]
    ]
    assert (after.updates[2].data_as_at.value, after.updates[2].submitted.value) == (None, None)
    assert [each.levels[:2] for each in after.conditions] == [each.levels[:2] for each in before.conditions]
    assert [each.levels[:2] for each in after.risks] == [each.levels[:2] for each in before.risks]
    _assert_ready_to_write(before, after, 2)


def test_the_last_update_rolls_forward_into_the_next_year(roll: Roll, november: bytes) -> None:
    before, done, after = roll(november)
    assert done.update == "Update 1 (May) of 2025-26"
    assert after.programme.current_update.value == "Update 1 (May)"
    assert str(after.programme.financial_year.value) == "2025-26"
    assert [update.label.value for update in after.updates] == [
        update.label.value for update in before.updates
    ]
    assert {update.data_as_at.value for update in after.updates} == {None}
    assert {update.submitted.value for update in after.updates} == {None}
    assert {level.value for each in _rated(after) for level in each.levels} == {None}
    assert done.emptied[6] == "36 levels"
    _assert_ready_to_write(before, after, 0)


def _assert_ready_to_write(before: Submission, after: Submission, at: int) -> None:
    """What is written anew each time is empty, what stays is equal, exhibits stand in their places."""
    assert {row.levels[at].value for row in _rated(after)} == {None}
    assert {(each.answer.value, each.commentary.value) for each in after.questions} == {(None, None)}
    assert {headline.text.value for headline in after.headlines} == {None}
    assert [headline.heading.value for headline in after.headlines] == ["Drivers", "Barriers", "Engagement"]
    assert {risk.progress.value for risk in after.risks} == {None}
    assert (after.programme.adviser_support.value, after.programme.dashboard.value) == (None, None)
    assert {(each.name.value, each.date.value, each.content_code.value) for each in after.approvals} == {
        (None, None, None)
    }
    assert [(each.ref.value, each.wording.value) for each in after.conditions] == [
        (each.ref.value, each.wording.value) for each in before.conditions
    ]
    assert [(each.ref, each.wording, each.mitigation) for each in after.risks] == [
        (each.ref, each.wording, each.mitigation) for each in before.risks
    ]
    for kept in ("contacts", "metrics", "observations", "finance", "exhibits", "scale"):
        assert getattr(after, kept) == getattr(before, kept)
    assert {each.content.value for each in after.progress if each.kind.value is BlockKind.TEXT} == {None}
    assert _shape(after) == _shape(before)


def _rated(submission: Submission) -> list[Condition | Risk]:
    return [*submission.conditions, *submission.risks]


def _shape(submission: Submission) -> list[tuple[str | None, str | None]]:
    """The progress as conditions with their exhibits, each run of texts as one."""
    shape: list[tuple[str | None, str | None]] = []
    for block in submission.progress:
        exhibit = block.content.value if block.kind.value is BlockKind.EXHIBIT else None
        if exhibit or (block.condition.value, None) != (shape[-1] if shape else None):
            shape.append((block.condition.value, exhibit))
    return shape


def test_the_sheet_last_update_holds_all_that_was_emptied(roll: Roll, november: bytes) -> None:
    before, done, _ = roll(november)
    rows = _last_update(done.data)
    shown = {(row[1], row[2]) for row in rows}
    texts = [(f"Condition {b.condition.value}: progress", b.content.value) for b in before.progress]
    texts = [each for each, b in zip(texts, before.progress, strict=True) if b.kind.value is BlockKind.TEXT]
    assert texts
    assert {(what, (text or "").rstrip("\n")) for what, text in texts} <= shown
    assert {(f"{risk.ref.value}: progress", risk.progress.value) for risk in before.risks} <= shown
    assert {(each.heading.value, each.text.value) for each in before.headlines} <= shown
    assert ("Condition 2: level at Update 3 (November)", "Red") in shown
    first = {what: where for _, what, _, where, _ in rows}
    assert first["Condition 2: level at Update 3 (November)"] == "Conditions!C5"
    assert rows[0][:4] == (
        "Programme",
        "Specialist adviser support",
        before.programme.adviser_support.value,
        "Programme!B15",
    )


def test_the_last_update_is_locked_links_to_the_cells_and_shows_what_is_there_now(
    roll: Roll, august: bytes
) -> None:
    _, done, _ = roll(august)
    sheet = load_workbook(io.BytesIO(done.data))["Last update"]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert sheet["A1"].value == "Last update"
    row = next(row for row in sheet.iter_rows(min_row=4) if row[3].value == "Progress!C4")
    assert row[3].hyperlink is not None
    assert row[3].hyperlink.location == "'Progress'!C4"
    assert row[4].value == """=IF('Progress'!C4="","to be written",'Progress'!C4)"""
    assert sheet.freeze_panes == "A4"


def test_rolled_forward_again_the_sheet_is_written_anew(roll: Roll, august: bytes) -> None:
    _, done, _ = roll(august)
    editor = WorkbookEditor(package_of("new.xlsx", done.data))
    editor.set_text(Place("Progress", 4, 3), "Words of November")
    editor.set_text(Place("Conditions", 4, 5), "Green")
    _, again, _ = roll(editor.save())
    rows = _last_update(again.data)
    assert load_workbook(io.BytesIO(again.data)).sheetnames.count("Last update") == 1
    assert ("Condition 1: progress", "Words of November") in {row[1:3] for row in rows}
    assert ("Condition 1: level at Update 3 (November)", "Green") in {row[1:3] for row in rows}
    assert not [row for row in rows if row[2].startswith("The forecast made at quarter 1")]
    assert again.notes[-1].startswith("the workbook calculates")


def test_a_persons_own_sheet_of_that_name_stays(roll: Roll, august: bytes) -> None:
    workbook = load_workbook(io.BytesIO(august))
    workbook.create_sheet("last update")["A1"] = "My notes"
    made = io.BytesIO()
    workbook.save(made)
    _, done, _ = roll(made.getvalue())
    after = load_workbook(io.BytesIO(done.data))
    assert after["last update"]["A1"].value == "My notes"
    assert after["Last update (2)"]["A1"].value == "Last update"
    assert any("Last update (2)" in note for note in done.notes)


@pytest.mark.parametrize(
    ("current", "label", "told"),
    [
        ("Update 1 (May)", None, "Update 2 (August) of 2024-25"),
        ("Update 1 (May)", "update 3  (november)", "Update 3 (November) of 2024-25"),
        ("Update 3 (November)", "Update 2 (August)", "Update 2 (August) of 2025-26"),
        ("Update 3 (November)", "Update 3 (November)", "Update 3 (November) of 2025-26"),
        ("nonsense", "Update 2 (August)", "Update 2 (August) of 2024-25"),
    ],
)
def test_the_next_update(roll: Roll, august: bytes, current: str, label: str | None, told: str) -> None:
    _, done, after = roll(_with(august, {("Programme", "B7"): current}), label)
    assert done.update == told
    assert f"{after.programme.current_update.value} of {after.programme.financial_year.value}" == told


@pytest.mark.parametrize(
    ("cells", "label", "told"),
    [
        (
            {},
            "Update 4",
            "There is no update called Update 4: there is Update 1 (May), Update 2 (August) and Update 3 (November).",
        ),
        (
            {},
            "Update 2 (August)",
            "Update 2 (August) is the workbook's own update, and the year is not over: name Update 3 (November), or "
            "leave --update out.",
        ),
        (
            {("Programme", "B7"): "Update 2 (August)"},
            "Update 1 (May)",
            "Update 1 (May) was before the workbook's own update, and the year is not over: name Update 3 (November), "
            "or leave --update out.",
        ),
        (
            {("Programme", "B7"): "Update 4"},
            None,
            "old.xlsx does not say which update it is for: choose one of Update 1 (May), Update 2 (August) or Update 3 "
            "(November) as Current update on its sheet Programme, or name the next one with --update.",
        ),
        (
            {("Updates", "A4"): None, ("Updates", "A5"): None, ("Updates", "A6"): None},
            None,
            "old.xlsx names no updates: list the year's updates on its sheet Updates first.",
        ),
    ],
)
def test_an_update_that_cannot_be_next_is_refused(
    roll: Roll, august: bytes, cells: dict[tuple[str, str], str | None], label: str | None, told: str
) -> None:
    with pytest.raises(CallFault) as refused:
        roll(_with(august, cells), label)
    assert str(refused.value).startswith(told)


def test_finance_gains_the_new_year_only_where_the_plan_does_not_hold_it(roll: Roll, november: bytes) -> None:
    _, done, after = roll(november)
    assert {str(year) for line in after.finance for year in line.years} == {
        f"20{at}-{at + 1}" for at in range(23, 31)
    }
    assert not [note for note in done.notes if "Finance" in note]
    before, done, after = roll(_with(november, {("Programme", "B6"): "2030/31"}))
    assert str(after.programme.financial_year.value) == "2031-32"
    assert [note for note in done.notes if "Finance" in note] == [
        "Finance has a new column, 2031-32, to fill in"
    ]
    sheet = load_workbook(io.BytesIO(done.data))["Finance"]
    column = next(cell for cell in sheet[3] if cell.value == "2031-32")
    like = next(cell for cell in sheet[3] if cell.value == "2030-31")
    assert column.style == like.style
    assert sheet.column_dimensions[column.column_letter].width == 14
    assert sheet.cell(4, column.column).style == sheet.cell(4, like.column).style
    assert any(f"{column.column_letter}4" in rule.sqref for rule in sheet.data_validations.dataValidation)
    assert {line.years[max(line.years)].value for line in after.finance} == {None}
    assert [list(line.years.values())[:-1] for line in after.finance] == [
        list(line.years.values()) for line in before.finance
    ]
    assert load_workbook(io.BytesIO(done.data))["Programme"]["B6"].value == "2031/32"


def test_within_a_year_finance_gains_none(roll: Roll, august: bytes) -> None:
    before, _, after = roll(_with(august, {("Programme", "B6"): "2031-32"}))
    assert after.finance == before.finance


def test_columns_of_levels_that_are_due_and_missing_are_added(roll: Roll, august: bytes) -> None:
    workbook = load_workbook(io.BytesIO(august))
    workbook["Conditions"].delete_cols(5)
    workbook["Updates"]["A7"] = "Update 4 (February)"
    workbook["Conditions"]["E3"], workbook["Conditions"]["E4"] = "Owner", "Head of Inclusion"
    made = io.BytesIO()
    workbook.save(made)
    _, done, after = roll(made.getvalue(), "Update 4 (February)")
    sheet = load_workbook(io.BytesIO(done.data))["Conditions"]
    assert [cell.value for cell in sheet[3]] == [
        "Ref",
        "Condition",
        "Update 1 (May)",
        "Update 2 (August)",
        "Owner",
        "Update 3 (November)",
        "Update 4 (February)",
    ]
    assert after.current == 3
    assert [level.place.cell for level in after.conditions[0].levels] == ["C4", "D4", "F4", "G4"]
    assert "Risks has a new column, Update 4 (February)" in done.notes


def test_items_that_have_no_row_are_added(roll: Roll, august: bytes) -> None:
    workbook = load_workbook(io.BytesIO(august))
    sheet = workbook["Programme"]
    row = next(row[0].row for row in sheet.iter_rows(min_row=4) if row[0].value == "Previous workbook")
    sheet.delete_rows(row)
    made = io.BytesIO()
    workbook.save(made)
    _, _, after = roll(made.getvalue())
    assert after.programme.previous_workbook.value == "old.xlsx"


def test_merged_conditions_stay_readable(roll: Roll, august: bytes) -> None:
    workbook = load_workbook(io.BytesIO(august))
    progress = workbook["Progress"]
    progress.merge_cells("A6:A9")
    made = io.BytesIO()
    workbook.save(made)
    _, _, after = roll(made.getvalue())
    assert [block.condition.value for block in after.progress][:5] == ["1", "1", "2", "2", "2"]


def test_a_row_whose_kind_cannot_be_read_is_emptied_unless_it_names_an_exhibit(
    roll: Roll, august: bytes
) -> None:
    _, _, after = roll(_with(august, {("Progress", "B4"): "Txet", ("Progress", "B5"): "Exibit"}))
    assert after.progress[0].content.value is None
    assert after.progress[1].content.value == "High Needs Block forecast"


def test_formulas_in_emptied_cells_are_told(roll: Roll, august: bytes) -> None:
    _, done, after = roll(_with(august, {("Questions", "D4"): "=A1"}))
    assert after.questions[0].commentary.value is None
    assert done.notes[0] == "formulas were emptied with their cells: Questions!D4"


def test_labels_that_name_a_year_are_told_in_a_new_year(roll: Roll, november: bytes) -> None:
    cells = {
        ("Updates", "A6"): "November 2024",
        ("Programme", "B7"): "November 2024",
        ("Conditions", "E3"): "November 2024",
        ("Risks", "E3"): "November 2024",
    }
    _, done, after = roll(_with(november, cells))
    assert after.programme.current_update.value == "Update 1 (May)"
    assert done.notes[0].startswith(
        "labels of updates stay as they are, though they name a year: November 2024;"
    )


def test_a_made_workbook_names_the_new_year_over_its_pages(roll: Roll, november: bytes) -> None:
    _, done, _ = roll(november)
    after = load_workbook(io.BytesIO(done.data))
    for sheet in after:
        if sheet.title != "Last update":
            assert sheet.oddHeader is not None
            assert sheet.oddHeader.left.text == f"Safety Valve return: Wiltshire 2025-26 – {sheet.title}"
    assert after.properties.title == "Safety Valve return: Wiltshire 2025-26"


def test_the_same_workbook_gives_the_same_bytes(roll: Roll, november: bytes) -> None:
    assert roll(november)[1].data == roll(november)[1].data


def test_a_workbook_with_errors_rolls_forward_where_it_can(roll: Roll, august: bytes) -> None:
    workbook = load_workbook(io.BytesIO(august))
    del workbook["Risks"]
    del workbook["Sign-off"]
    workbook["Conditions"]["C4"] = "Grren"
    workbook["Metric data"]["C4"] = "a lot"
    made = io.BytesIO()
    workbook.save(made)
    _, done, after = roll(made.getvalue())
    assert done.update == "Update 3 (November) of 2024-25"
    assert after.conditions[0].levels[0].fault
    sheets = {sheet.name: sheet for sheet in read_book(package_of("new.xlsx", done.data))}
    assert sheets["Conditions"].rows[4][3].text == "Grren"


def test_a_blank_workbook_rolls_forward_with_nothing_to_empty(roll: Roll) -> None:
    rows: Rows = {"Updates": [{"Update": "One"}, {"Update": "Two"}]}
    rows["Programme"] = [
        {"Item": "Financial year", "Value": "2026-27"},
        {"Item": "Current update", "Value": "One"},
    ]
    rows["Metrics"] = [{"Metric": "A", "Title": "A", "Unit": "number", "Tolerance": Decimal(5)}]
    _, done, after = roll(workbook_bytes(rows))
    assert done.emptied == ()
    assert after.programme.current_update.value == "Two"
    assert _last_update(done.data) == []


def _with(data: bytes, cells: Mapping[tuple[str, str], str | None]) -> bytes:
    """The workbook with other values in some cells."""
    workbook = load_workbook(io.BytesIO(data))
    for (sheet, cell), value in cells.items():
        workbook[sheet][cell] = value
    made = io.BytesIO()
    workbook.save(made)
    return made.getvalue()


def _last_update(data: bytes) -> list[tuple[str, str, str, str, str]]:
    """The rows of the sheet, as the reader reads them."""
    sheet = next(each for each in read_book(package_of("new.xlsx", data)) if each.name == "Last update")
    return [
        (row[1].text, row[2].text, row[3].text, row[4].text, row[5].text)
        for number, row in sheet.rows.items()
        if number > 3
    ]
