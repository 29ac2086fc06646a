"""Editing a workbook in its XML: cells hold what was written, and all else is as it was."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svreport.errors import CallFault, WorkbookUnreadable
from svreport.model.finding import Place, column_letters
from svreport.workbook.book import Cell, CellKind, SheetCells, read_book
from svreport.workbook.content import example
from svreport.workbook.editing.looks import Look
from svreport.workbook.editing.new_sheet import NewCell, NewSheet
from svreport.workbook.editing.workbook import Value, WorkbookEditor
from svreport.workbook.opening import package_of
from svreport.workbook.writing import workbook_bytes
from tests.system.office import Office
from tests.workbook import lived_in
from tests.workbook.clean import clean_grid
from tests.workbook.raw import Grid, package, parts_of

# A form feed and the like cannot be typed into Excel, but can be pasted.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=60)


def editor_of(data: bytes) -> WorkbookEditor:
    return WorkbookEditor(package_of("return.xlsx", data))


def typed(parts: dict[str, str | bytes]) -> bytes:
    """The parts with the list of their types, without which openpyxl and Excel read nothing."""
    kinds = {"workbook": "sheet.main", "sharedStrings": "sharedStrings", "styles": "styles"}
    listed = "".join(
        f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
        f'{kinds.get(Path(name).stem, "worksheet")}+xml"/>'
        for name in parts
        if name.endswith(".xml") and name.startswith("xl/")
    )
    types = str(parts["[Content_Types].xml"]).replace(
        "/>",
        '><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{listed}</Types>",
    )
    return package({**parts, "[Content_Types].xml": types})


def made(grid: Grid, properties: str = "") -> bytes:
    return typed(parts_of(grid, properties=properties))


def book(data: bytes) -> dict[str, SheetCells]:
    return {sheet.name: sheet for sheet in read_book(package_of("return.xlsx", data))}


def cell_text(data: bytes, sheet: str, row: int, column: int) -> str | None:
    cell = book(data)[sheet].rows.get(row, {}).get(column)
    return None if cell is None else cell.text


@given(TEXTS)
def test_every_text_is_read_as_it_was_written(text: str) -> None:
    editor = editor_of(made({"Progress": {"A1": "one", "C1": "three"}}))
    editor.set_text(Place("Progress", 1, 2), text)
    data = editor.save()
    cell = book(data)["Progress"].rows[1].get(2)
    # The reader holds a cell of blanks alone for empty.
    assert (cell.text if cell else "") == text or not text.strip(" \t\n\xa0\u200b\u2060\ufeff\u3000").strip()
    assert (cell_text(data, "Progress", 1, 1), cell_text(data, "Progress", 1, 3)) == ("one", "three")


PLACES = st.tuples(st.sampled_from(sorted(clean_grid())), st.integers(1, 40), st.integers(1, 12))
VALUES: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    st.text("abc £&<_x0041_", min_size=1, max_size=12).filter(str.strip),
    st.decimals(-(10**9), 10**9, places=2),
    st.dates(date(1990, 1, 1), date(2150, 12, 31)),
)


@given(st.dictionaries(PLACES, VALUES, max_size=25))
def test_edits_change_their_cells_and_nothing_else(edits: Mapping[tuple[str, int, int], Value]) -> None:
    before = made(clean_grid())
    editor = editor_of(before)
    for (sheet, row, column), value in edits.items():
        editor.set(Place(sheet, row, column), value)
    after = editor.save()
    held, holds = book(before), book(after)
    assert list(held) == list(holds)
    for name in held:
        cells = {
            (row, column): cell for row, each in held[name].rows.items() for column, cell in each.items()
        }
        for (sheet, row, column), value in edits.items():
            if sheet == name and value is None:
                cells.pop((row, column), None)
        now = {(row, column): cell for row, each in holds[name].rows.items() for column, cell in each.items()}
        assert set(now) == set(cells) | {
            (row, column)
            for (sheet, row, column), value in edits.items()
            if sheet == name and value is not None
        }
        for at, cell in now.items():
            value = edits.get((name, *at))
            if value is None:
                assert cell == cells[at]
            else:
                assert _value(cell) == value
    changed = {sheet for sheet, _, _ in edits}
    was, is_now = lived_in.unpacked(before), lived_in.unpacked(after)
    for name, part in lived_in.sheet_parts(was).items():
        if name not in changed:
            assert is_now[part] == was[part]
    assert is_now["xl/sharedStrings.xml"] == was["xl/sharedStrings.xml"]


def _value(cell: Cell) -> Value:
    if cell.kind is CellKind.DATE:
        return cell.day
    return cell.number if cell.kind is CellKind.NUMBER else cell.text


def test_nothing_edited_keeps_every_part() -> None:
    before = made(clean_grid())
    assert lived_in.unpacked(editor_of(before).save()) == lived_in.unpacked(before)


def test_the_same_edits_give_the_same_bytes() -> None:
    def edited() -> bytes:
        editor = editor_of(made(clean_grid()))
        editor.set_text(Place("Progress", 4, 3), "New words")
        editor.add_sheet(NewSheet("Comments", [20], [[NewCell("Comments", Look.TITLE)]]))
        return editor.save()

    assert edited() == edited()


def test_times_of_parts_that_stay_stay() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, part in parts_of(clean_grid()).items():
            file.writestr(zipfile.ZipInfo(name, (2024, 8, 30, 12, 0, 0)), part)
    editor = editor_of(packed.getvalue())
    editor.set_text(Place("Updates", 4, 1), "First")
    with zipfile.ZipFile(io.BytesIO(editor.save())) as file:
        years = {entry.filename: entry.date_time[0] for entry in file.infolist()}
    assert years["xl/styles.xml"] == 2024
    assert {name for name, year in years.items() if year == 1980} == {
        "xl/workbook.xml",
        "xl/worksheets/sheet2.xml",
    }


@pytest.mark.parametrize(("properties", "serial"), [("", 45567), ('<workbookPr date1904="1"/>', 44105)])
def test_dates_are_written_as_the_workbook_counts_them(properties: str, serial: int) -> None:
    editor = editor_of(made({"Updates": {"A1": "x"}}, properties=properties))
    editor.set_date(Place("Updates", 1, 2), date(2024, 10, 2))
    data = editor.save()
    assert book(data)["Updates"].rows[1][2].day == date(2024, 10, 2)
    assert f"<v>{serial}</v>".encode() in lived_in.unpacked(data)["xl/worksheets/sheet1.xml"]


def test_a_cell_that_shows_dates_keeps_its_style_and_another_gets_one() -> None:
    grid: Grid = {"Updates": {"A1": date(2024, 1, 1), "B1": {"shown": 5}}}
    editor = editor_of(made(grid))
    editor.set_date(Place("Updates", 1, 1), date(2024, 10, 2))
    editor.set_date(Place("Updates", 1, 2), date(2024, 10, 2))
    part = lived_in.unpacked(editor.save())["xl/worksheets/sheet1.xml"].decode()
    assert 'r="A1" s="1"' in part
    assert re.search(r'r="B1" s="7"', part)


def test_a_text_longer_than_a_cell_is_refused() -> None:
    editor = editor_of(made({"Progress": {"A1": "x"}}))
    editor.set_text(Place("Progress", 1, 1), "x" * 32_767)
    with pytest.raises(
        CallFault, match=r"^The text for Progress!A1 has 32,768 characters, and a cell of Excel holds"
    ):
        editor.set_text(Place("Progress", 1, 1), "x" * 32_768)


SHARED = (
    '<c r="B1"><f t="shared" ref="B1:B3" si="0">A1*2</f><v>2</v></c>',
    '<c r="B2"><f t="shared" si="0"/><v>4</v></c>',
    '<c r="B3"><f t="shared" si="0"/><v>6</v></c>',
)


def _formulas(raw: tuple[str, ...]) -> bytes:
    cells: dict[str, object] = {f"A{at}": at for at in range(1, len(raw) + 1)}
    cells |= {f"B{at}": {"raw": xml} for at, xml in enumerate(raw, 1)}
    return made({"Metric data": cells})


def test_the_first_of_shared_formulas_leaves_the_others_theirs() -> None:
    editor = editor_of(_formulas(SHARED))
    assert editor.formula(Place("Metric data", 2, 2)) == ""
    assert editor.clear(Place("Metric data", 1, 2))
    after = lived_in.opened(editor.save())["Metric data"]
    assert [after[f"B{at}"].value for at in (1, 2, 3)] == [None, "=A2*2", "=A3*2"]


def test_another_of_shared_formulas_leaves_the_first_its_own() -> None:
    editor = editor_of(_formulas(SHARED))
    editor.set_number(Place("Metric data", 2, 2), Decimal("4.5"))
    after = lived_in.opened(editor.save())["Metric data"]
    assert [after[f"B{at}"].value for at in (1, 2, 3)] == ["=A1*2", 4.5, "=A3*2"]


def test_a_formula_over_an_area_leaves_its_values() -> None:
    raw = ('<c r="B1" cm="1"><f t="array" ref="B1:B2">A1:A2*2</f><v>2</v></c>', '<c r="B2"><v>4</v></c>')
    editor = editor_of(_formulas(raw))
    editor.clear(Place("Metric data", 2, 2))
    data = editor.save()
    assert cell_text(data, "Metric data", 1, 2) == "2"
    assert b"<f" not in lived_in.unpacked(data)["xl/worksheets/sheet1.xml"]


def test_a_formula_that_cannot_be_read_leaves_its_values() -> None:
    raw = (SHARED[0].replace("A1*2", "A1*&quot;"), *SHARED[1:])
    editor = editor_of(_formulas(raw))
    editor.clear(Place("Metric data", 1, 2))
    data = editor.save()
    assert [cell_text(data, "Metric data", at, 2) for at in (1, 2, 3)] == [None, "4", "6"]


def test_clearing_says_whether_there_was_something() -> None:
    editor = editor_of(made({"Progress": {"A1": "x", "B1": {"raw": '<c r="B1" s="1"/>'}}}))
    assert editor.clear(Place("Progress", 1, 1))
    assert not editor.clear(Place("Progress", 1, 1))
    assert not editor.clear(Place("Progress", 1, 2))
    assert not editor.clear(Place("Progress", 9, 9))


ODD = {
    "cells that tell no place": (
        "<worksheet xmlns='{}'><sheetData><row><c t='n'><v>1</v></c><c><v>2</v></c></row>"
        "<row><c><v>3</v></c></row></sheetData></worksheet>"
    ),
    "names with a prefix": (
        "<x:worksheet xmlns:x='{}'><x:sheetData><x:row r='1'><x:c r='A1'><x:v>1</x:v></x:c>"
        "<x:c r='B1'><x:v>2</x:v></x:c></x:row><x:row r='2'><x:c r='A2'><x:v>3</x:v></x:c></x:row></x:sheetData>"
        "</x:worksheet>"
    ),
    "rows out of order, with remarks": (
        "<worksheet xmlns='{}'><!-- one --><sheetData><row r='2'><c r='A2'><v>3</v></c></row><row r='1'>"
        "<c r='A1'><v><![CDATA[1]]></v></c><c r='B1'><v>2</v></c></row></sheetData></worksheet>"
    ),
}


@pytest.mark.parametrize("xml", ODD.values(), ids=ODD.keys())
@pytest.mark.parametrize(
    "namespace",
    [
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    ],
)
def test_workbooks_that_are_written_otherwise(xml: str, namespace: str) -> None:
    parts = parts_of({"Progress": {"A1": "x"}})
    parts["xl/worksheets/sheet1.xml"] = xml.format(namespace)
    editor = editor_of(package(parts))
    editor.set_text(Place("Progress", 1, 3), "three")
    editor.set_number(Place("Progress", 2, 2), Decimal(4))
    editor.set_text(Place("Progress", 5, 1), "below")
    editor.set_text(Place("Progress", 3, 1), "between")
    data = editor.save()
    rows = {
        number: {at: cell.text for at, cell in row.items()}
        for number, row in book(data)["Progress"].rows.items()
    }
    assert rows == {1: {1: "1", 2: "2", 3: "three"}, 2: {1: "3", 2: "4"}, 3: {1: "between"}, 5: {1: "below"}}


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet><sheetData/></worksheet>',
        '<!DOCTYPE worksheet [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData/></worksheet>',
        "<worksheet><sheetData>",
        "",
    ],
)
def test_a_damaged_or_hostile_sheet_is_refused(xml: str) -> None:
    parts = parts_of({"Progress": {"A1": "x"}})
    parts["xl/worksheets/sheet1.xml"] = xml
    editor = editor_of(package(parts))
    with pytest.raises(
        WorkbookUnreadable, match=r"^return.xlsx is damaged: its part xl/worksheets/sheet1.xml"
    ):
        editor.set_text(Place("Progress", 1, 1), "y")


def test_a_row_is_added_below_all_that_is_filled_and_dressed_alike() -> None:
    grid: Grid = {"Risks": {"A1": "Ref", "A2": {"shown": 1}, "B2": {"percent": 0.5}, "D4": "a remark"}}
    editor = editor_of(made(grid))
    assert editor.append_row("Risks", {1: "2", 2: Decimal("0.25")}) == 5
    assert editor.append_row("Risks", {1: "3", 2: None}, after=9) == 10
    rows = book(editor.save())["Risks"].rows
    assert {number: [cell.text for cell in row.values()] for number, row in rows.items() if number > 4} == {
        5: ["2", "0.25"],
        10: ["3"],
    }


def test_a_column_is_added_beside_its_like_or_behind_all() -> None:
    parts = parts_of({"Finance": {"A1": "Line", "B1": "2024-25", "A2": "Income", "B2": {"thousands": 5}}})
    sheet = str(parts["xl/worksheets/sheet1.xml"])
    sheet = sheet.replace(
        "<sheetData>", '<cols><col min="2" max="9" width="14" customWidth="1"/></cols><sheetData>'
    )
    validations = (
        '<dataValidations count="1"><dataValidation type="decimal" sqref="B2:B40"><formula1>0</formula1>'
        "</dataValidation></dataValidations></worksheet>"
    )
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("</worksheet>", validations)
    editor = editor_of(typed(parts))
    assert editor.add_column("Finance", 1, "2025-26", like=2) == 3
    assert editor.add_column("Finance", 1, "2026-27", like=2) == 4
    after = lived_in.opened(editor.save())["Finance"]
    assert [cell.value for cell in after[1]] == ["Line", "2024-25", "2025-26", "2026-27"]
    assert after["D2"].number_format == after["B2"].number_format == "#,##0"
    (rule,) = after.data_validations.dataValidation
    assert str(rule.sqref) == "B2:B40 C2:C40 D2:D40"
    assert {after.column_dimensions[letter].width for letter in "BCDE"} <= {14, 13}


def test_a_sheet_is_added_behind_the_others() -> None:
    editor = editor_of(made(clean_grid()))
    rows = [
        [NewCell("Comments", Look.TITLE)],
        [],
        [NewCell("Comment", Look.HEADING)],
        [
            NewCell("=not a formula & <so on>"),
            NewCell("5", formula="2+3"),
            NewCell("", leads_to=Place("It's", 1, 1)),
        ],
    ]
    editor.add_sheet(NewSheet("Comments", [30, 20], rows))
    data = editor.save()
    after = lived_in.opened(data)
    assert after.sheetnames == [*clean_grid(), "Comments"]
    assert after["Comments"]["A4"].value == "=not a formula & <so on>"
    assert after["Comments"]["A4"].data_type == "s"
    assert after["Comments"]["B4"].value == "=2+3"
    link = after["Comments"]["C4"].hyperlink
    assert link is not None
    assert link.location == "'It''s'!A1"
    assert after["Comments"].column_dimensions["A"].width == 30
    assert not after["Comments"].protection.sheet
    assert after["Comments"].print_title_rows == "$3:$3"
    assert after["Risks"].print_title_rows is None


@pytest.mark.parametrize("name", ["", "x" * 32, "a/b", "a:b", "[a]", "'a", "risks", "Risks"])
def test_a_sheet_that_cannot_be_called_so_is_refused(name: str) -> None:
    with pytest.raises(CallFault):
        editor_of(made(clean_grid())).add_sheet(NewSheet(name, [], []))


def test_a_workbook_without_styles_gains_a_sheet_without_them() -> None:
    parts = parts_of({"Risks": {"A1": "x"}})
    del parts["xl/styles.xml"]
    editor = editor_of(package(parts))
    editor.add_sheet(NewSheet("Comments", [30], [[NewCell("Comments", Look.TITLE)]]))
    editor.set_date(Place("Risks", 1, 1), date(2024, 10, 2))
    assert cell_text(editor.save(), "Comments", 1, 1) == "Comments"


def test_rows_come_between_and_all_that_names_cells_follows(soffice: Office, tmp_path: Path) -> None:
    source = tmp_path / "source.xlsx"
    source.write_bytes(lived_in.uncalculated("wiltshire-2024-08"))
    before = lived_in.with_what_excel_adds(soffice(source, "xlsx").read_bytes())
    editor = editor_of(before)
    editor.insert_rows("Workings", 3, 2)
    editor.insert_rows("Conditions", 4)
    editor.insert_rows("Progress", 5)
    editor.set_text(Place("Progress", 5, 3), "Between")
    after = tmp_path / "after.xlsm"
    # Without the saved values, LibreOffice calculates every formula from where its cells are now.
    parts = lived_in.unpacked(editor.save())
    for part in lived_in.sheet_parts(parts).values():
        parts[part] = re.sub(rb"(<f[^>]*>[^<]*</f>)<v>[^<]*</v>", rb"\1", parts[part])
    after.write_bytes(lived_in.packed(parts))
    calculated = lived_in.opened(soffice(after, "xlsx"), data_only=True)
    workings = calculated["Workings"]
    assert [workings[f"B{at}"].value for at in (2, 5, 6, 7)] == [2864, 5561.6, 8425.6, "Amber"]
    assert [calculated["Metric data"][at].value for at in ("C4", "D4")] == [5728, 5562]
    now = lived_in.opened(after)
    assert now["Progress"]["C5"].value == "Between"
    assert now["Progress"]["C4"].comment is not None
    assert now["Conditions"]["D4"].comment is None
    assert now["Conditions"]["D5"].comment is not None
    assert now["Conditions"]["C5"].value == "Green"
    assert now["Workings"]["B6"].value == "=SUM(B2:B5)"
    assert now["Workings"]["B7"].value == "=Conditions!D5"
    assert [str(area) for area in now["Workings"].merged_cells.ranges] == ["D1:E2"]
    assert b'ref="D5"' in parts["xl/threadedComments/threadedComment1.xml"]
    assert b"<xm:sqref>D5:E41</xm:sqref>" in parts[lived_in.sheet_parts(parts)["Conditions"]]
    assert b"$A$5" in parts[lived_in.sheet_parts(parts)["Progress"]]
    drawing = next(part for name, part in parts.items() if name.startswith("xl/drawings/drawing"))
    assert b"<xdr:row>4</xdr:row>" in drawing
    untouched = lived_in.sheet_parts(parts)["Contacts"]
    assert parts[untouched] == lived_in.unpacked(before)[untouched]


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("SUM(A1:A9)+A3", "SUM(A1:A11)+A5"),
        ("$A$3&Other!A3", "$A$5&Other!A3"),
        ("Rows!A3+'Rows'!$B$2:$C$4", "Rows!A5+'Rows'!$B$2:$C$6"),
        ("SUM(3:4)+SUM(B:B)", "SUM(5:6)+SUM(B:B)"),
        ('LOG10(A4)&"A4"', 'LOG10(A6)&"A4"'),
        ("Table1[A4]+[1]Rows!A4", "Table1[A4]+[1]Rows!A4"),
    ],
)
def test_formulas_follow_their_cells(formula: str, moved: str) -> None:
    grid: Grid = {"Rows": {"F1": {"formula": formula, "value": 1}, "A9": 1}, "Other": {"A3": 1}}
    editor = editor_of(made(grid))
    editor.insert_rows("Rows", 3, 2)
    assert editor.formula(Place("Rows", 1, 6)) == moved


@pytest.mark.parametrize("formula", ["SUM(Rows:Other!A3)", "'Rows:Other'!A3", 'A3&"'])
def test_formulas_that_cannot_be_followed_refuse_the_rows(formula: str) -> None:
    editor = editor_of(made({"Rows": {"F1": {"formula": formula, "value": 1}}, "Other": {"A3": 1}}))
    with pytest.raises(CallFault, match=r"^No rows can be put into the sheet Rows: the formula "):
        editor.insert_rows("Rows", 3)


@given(st.integers(1, 12), st.integers(1, 5))
def test_rows_come_between_wherever(at: int, count: int) -> None:
    grid: Grid = {"Rows": {f"{column_letters(1 + n % 3)}{n}": f"row {n}" for n in range(1, 12)}}
    editor = editor_of(made(grid))
    editor.insert_rows("Rows", at, count)
    rows = book(editor.save())["Rows"].rows
    assert {number: next(iter(row.values())).text for number, row in rows.items()} == {
        n + (count if n >= at else 0): f"row {n}" for n in range(1, 12)
    }


def test_a_sheet_that_is_too_large_to_be_taken_apart_is_refused() -> None:
    parts = parts_of({"Progress": {"A1": "x"}})
    sheet = str(parts["xl/worksheets/sheet1.xml"])
    styled = '<row r="2">' + '<c r="A2" s="1"/>' * 3_200_000 + "</row></sheetData>"
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("</sheetData>", styled)
    editor = editor_of(package(parts))
    with pytest.raises(
        WorkbookUnreadable, match=r"^return.xlsx is too large to be changed: .* delete the rows below"
    ):
        editor.set_text(Place("Progress", 1, 1), "y")


def test_excels_schemas_hold_for_what_was_added(
    tmp_path: Path, ooxml_faults: Callable[[Iterable[Path]], list[str]]
) -> None:
    editor = editor_of(workbook_bytes(example("wiltshire-2024-12")))
    editor.insert_rows("Progress", 6, 2)
    editor.append_row("Risks", {1: "6", 2: "A new risk"})
    editor.add_column("Finance", 3, "2031-32", like=11)
    editor.set_date(Place("Updates", 6, 3), date(2024, 12, 11))
    editor.set_date(Place("Contacts", 6, 9), date(2024, 12, 11))
    link = NewCell("here", Look.LINK, leads_to=Place("Progress", 6, 3))
    looks = [[NewCell(look.name, look) for look in Look], [NewCell("5", formula="2+3"), link]]
    editor.add_sheet(NewSheet("Comments", [30] * 6, looks, heading_row=1, locked=True))
    path = tmp_path / "edited.xlsx"
    path.write_bytes(editor.save())
    assert ooxml_faults([path]) == []
