"""A workbook that LibreOffice calculated and saved, with what only Excel adds, rolled forward: all of it survives."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from svreport.workbook.reading import Reading, read_workbook
from svreport.workbook.rolling import Rolled, roll_forward
from tests.system.office import Office
from tests.workbook import lived_in
from tests.workbook.lived_in import opened

# What a reading may say of the new workbook that it did not say of the old one: that something is to be written.
TO_WRITE = {"EMP-01", "LVL-02", "DAT-03"}
CHANGED_ALWAYS = {
    "[Content_Types].xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
}


@pytest.fixture(scope="module")
def old(soffice: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lived in")
    source = folder / "source.xlsx"
    source.write_bytes(lived_in.uncalculated("wiltshire-2024-08"))
    path = folder / "wiltshire-2024-08.xlsm"
    path.write_bytes(lived_in.with_what_excel_adds(soffice(source, "xlsx").read_bytes()))
    return path


@pytest.fixture(scope="module")
def before(old: Path) -> Reading:
    return read_workbook(old)


@pytest.fixture(scope="module")
def rolled(old: Path, before: Reading) -> Rolled:
    kept = old.read_bytes()
    done = roll_forward(old, before.submission)
    assert old.read_bytes() == kept
    return done


@pytest.fixture(scope="module")
def new(old: Path, rolled: Rolled) -> Path:
    path = old.with_name("wiltshire-2024-12.xlsm")
    path.write_bytes(rolled.data)
    return path


def test_the_old_workbook_reads_as_the_example_does(before: Reading) -> None:
    observation = before.submission.observations[0]
    assert (observation.actual.value, observation.forecast.value) == (Decimal(5728), Decimal(5562))
    assert not [finding for finding in before.findings if finding.is_error]


def test_reading_the_new_one_finds_only_what_is_to_be_written(new: Path, before: Reading) -> None:
    reading = read_workbook(new)
    told = {(finding.code, finding.place, finding.read) for finding in before.findings}
    added = [
        each for each in reading.findings if (each.code, each.place, each.read) not in told and each.is_error
    ]
    assert added
    assert {each.code for each in added} <= TO_WRITE
    assert reading.submission.programme.current_update.value == "Update 3 (November)"
    assert reading.submission.programme.previous_workbook.value == "wiltshire-2024-08.xlsm"
    assert reading.submission.observations == before.submission.observations
    assert reading.submission.metrics == before.submission.metrics
    assert reading.submission.finance == before.submission.finance
    assert reading.submission.exhibits == before.submission.exhibits


def test_parts_that_hold_nothing_of_the_update_keep_their_bytes(old: Path, rolled: Rolled) -> None:
    was, now = lived_in.unpacked(old.read_bytes()), lived_in.unpacked(rolled.data)
    sheets = lived_in.sheet_parts(was)
    edited = ("Programme", "Updates", "Questions", "Headlines", "Progress", "Risks")
    may_change = CHANGED_ALWAYS | {sheets[name] for name in edited}
    assert {name for name in was if name in now and now[name] != was[name]} <= may_change
    assert set(was) - set(now) == {"xl/calcChain.xml"}
    (added,) = set(now) - set(was)
    assert added.startswith("xl/worksheets/sheet")
    assert list(now)[: len(was) - 1] == [name for name in was if name in now]


def test_in_sheets_that_change_only_cells_that_are_emptied_or_filled_do(old: Path, rolled: Rolled) -> None:
    was, now = lived_in.unpacked(old.read_bytes()), lived_in.unpacked(rolled.data)
    for name, part in lived_in.sheet_parts(was).items():
        cells, cells_now = _cells(was[part]), _cells(now[part])
        changed = {at for at, cell in cells.items() if cells_now[at] != cell}
        assert set(cells_now) == set(cells)
        assert changed == set(_CHANGED.get(name, ())), name
        assert _around(was[part]) == _around(now[part])
        assert [_style(cells_now[at]) for at in sorted(changed)] == [
            _style(cells[at]) for at in sorted(changed)
        ]


_CHANGED = {
    "Programme": ["B7", "B14", "B15", "B16"],
    "Updates": ["B6"],
    "Questions": ["C4", "C5", "C6", "D4", "D5", "D6"],
    "Headlines": ["B4", "A5", "B5", "B6", "A7", "B7", "B8", "A9", "B9"],
    "Progress": ["C4", "C6", "C7", "C9", "C11", "C13", "C14", "C16"],
    "Risks": ["G4", "G5", "G6", "G7", "G8"],
}


def test_formulas_keep_their_saved_values(new: Path) -> None:
    values, formulas = opened(new, data_only=True), opened(new)
    assert [formulas["Metric data"][at].value for at in ("C4", "D4")] == [
        "=Workings!B2*2",
        "=ROUND(Workings!B3,0)",
    ]
    assert [values["Metric data"][at].value for at in ("C4", "D4")] == [5728, 5562]
    assert [row[1].value for row in values["Workings"]["A1:B5"]][1:] == [2864, 5561.6, 8425.6, "Amber"]
    assert values["Conditions"]["F3"].value == "Owner"
    assert values["Progress"]["C4"].comment is not None
    assert values["Lists"].sheet_state == "hidden"


def test_the_new_workbook_is_calculated_when_it_is_opened(rolled: Rolled) -> None:
    parts = lived_in.unpacked(rolled.data)
    assert b'fullCalcOnLoad="1"' in parts["xl/workbook.xml"]
    assert b"calcChain" not in parts["xl/_rels/workbook.xml.rels"] + parts["[Content_Types].xml"]


def test_macros_stay_macros(rolled: Rolled) -> None:
    parts = lived_in.unpacked(rolled.data)
    assert parts["xl/vbaProject.bin"] == lived_in.MACROS
    assert b"macroEnabled.main+xml" in parts["[Content_Types].xml"]


def test_excels_schemas_hold_as_far_as_they_did(
    old: Path, new: Path, ooxml_faults: Callable[[Iterable[Path]], list[str]]
) -> None:
    def faults(path: Path) -> set[str]:
        return {re.sub(r"\[\d+\]", "", fault).removeprefix(path.name) for fault in ooxml_faults([path])}

    assert faults(new) - faults(old) == set()


def test_libreoffice_opens_it_and_shows_the_last_update(
    new: Path, soffice: Office, pdf_pages: Callable[[Path], list[str]]
) -> None:
    again = opened(soffice(new, "xlsx"), data_only=True)
    sheet = again["Last update"]
    assert [cell.value for cell in sheet[3]] == ["Sheet", "What", "Last time", "Write it in", "This time"]
    shown = {row[3]: row for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert shown["Conditions!E4"][1:3] == ("Condition 1: level at Update 2 (August)", "Amber")
    assert str(shown["Progress!C4"][2]).startswith("The forecast made at quarter 1 still shows a surplus")
    assert {row[4] for row in shown.values()} == {"to be written"}
    assert sheet.protection.sheet
    assert again["Metric data"]["C4"].value == 5728
    page = next(page for page in pdf_pages(soffice(new)) if page.lstrip().startswith("Last update"))
    assert "What was written for Update 2 (August) of 2024-25" in page


def test_what_is_written_shows_beside_last_time(new: Path, soffice: Office, tmp_path: Path) -> None:
    from svreport.model.finding import Place
    from svreport.workbook.editing.workbook import WorkbookEditor

    editor = WorkbookEditor.open(new)
    editor.set_text(Place("Progress", 4, 3), "Now & then: <better>")
    parts = lived_in.unpacked(editor.save())
    part = lived_in.sheet_parts(parts)["Last update"]
    # LibreOffice calculates what has no saved value; Excel calculates all of it on opening.
    parts[part] = parts[part].replace(b"<v>to be written</v>", b"")
    written = tmp_path / "written.xlsm"
    written.write_bytes(lived_in.packed(parts))
    sheet = opened(soffice(written, "xlsx"), data_only=True)["Last update"]
    shown = {row[3]: row for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert shown["Progress!C4"][4] == "Now & then: <better>"
    assert shown["Progress!C6"][4] == "to be written"


def _cells(part: bytes) -> dict[str, bytes]:
    root = etree.fromstring(part)
    return {each.get("r", ""): etree.tostring(each, method="c14n2") for each in root.iter("{*}c")}


def _around(part: bytes) -> bytes:
    """The sheet without its cells."""
    root = etree.fromstring(part)
    for row in root.iter("{*}row"):
        for cell in list(row):
            row.remove(cell)
    return etree.tostring(root, method="c14n2")


def _style(cell: bytes) -> str | None:
    return etree.fromstring(cell).get("s")
