"""The whole form of the test pack: its name, its content, and that everything else in the file is as it was."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from svreport.pipeline.building import Built, build_workbook
from svreport.pipeline.options import BuildOptions
from tests.forms.conftest import NAME
from tests.forms.returns import content, opened, pack_folder, workbook
from tests.forms.template import template
from tests.system.office import Office

_CHANGED = {
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet2.xml",
}


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def test_the_form_is_called_as_its_receiver_wants_it(built_form: Built) -> None:
    assert NAME in {outcome.path for outcome in built_form.outcomes}
    assert built_form.examined.errors == 0


def told(data: bytes) -> str:
    """Every filled cell of every sheet, hidden ones too, with its kind, value and format."""
    lines = []
    for sheet in opened(data).worksheets:
        lines.append(f"{sheet.title} ({sheet.sheet_state})")
        for row in sheet.iter_rows():
            lines += [
                f"  {cell.coordinate} {cell.data_type} {cell.value!r} {cell.number_format}"
                for cell in row
                if cell.value is not None
            ]
    return "\n".join(lines) + "\n"


def test_the_form_holds_what_the_workbook_says(form_file: Path, golden: Callable[[str, str], None]) -> None:
    golden("quarterly-return.txt", told(form_file.read_bytes()))


def test_parts_where_nothing_was_filled_are_as_they_were(form_file: Path) -> None:
    before, after = unpacked(template()), unpacked(form_file.read_bytes())
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == _CHANGED
    assert not [name for name, part in after.items() if b"{{" in part]


def test_in_a_filled_sheet_only_tags_and_old_values_changed(form_file: Path) -> None:
    before, after = unpacked(template()), unpacked(form_file.read_bytes())
    for number, calculated in ((1, {"C13"}), (2, {"O9", "O11", "C13", "C14", "C24"})):
        name = f"xl/worksheets/sheet{number}.xml"
        old, new = etree.fromstring(before[name]), etree.fromstring(after[name])
        assert list(beside_cells(old)) == list(beside_cells(new))
        cells, then = cells_of(new), cells_of(old)
        assert list(cells) == list(then)
        tags = tags_of(before, old)
        differ = {at for at in cells if cells[at] != then[at]}
        assert (
            differ
            == tags
            | {f"{letter}{row}" for row in (19, 20) for letter in "BCDEF" if number == 2}
            - {
                "D20",
                "F20",
            }
            | calculated
        )


def beside_cells(sheet: etree._Element) -> Iterator[bytes]:
    """Everything of a sheet but its cells: protection, validations old and new, formats, panes, columns, footers."""
    for each in sheet:
        if etree.QName(each).localname != "sheetData":
            yield etree.tostring(each)


def cells_of(sheet: etree._Element) -> dict[str, bytes]:
    return {each.get("r", ""): etree.tostring(each) for each in sheet.iter("{*}c")}


def tags_of(parts: dict[str, bytes], sheet: etree._Element) -> set[str]:
    strings = ["".join(each.itertext()) for each in etree.fromstring(parts["xl/sharedStrings.xml"])]  # type: ignore[arg-type] # text alone
    return {
        cell.get("r", "")
        for cell in sheet.iter("{*}c")
        if cell.get("t") == "s" and "{{" in strings[int(cell.findtext("{*}v") or "")]
    }


def test_the_same_return_gives_the_same_bytes(form_file: Path, tmp_path: Path) -> None:
    options = BuildOptions(tmp_path / "outputs", str(pack_folder(tmp_path)))
    again = build_workbook(workbook(tmp_path / "2026-09.xlsx"), options, waiting=lambda _: None)
    assert (again.folder / NAME).read_bytes() == form_file.read_bytes()


def test_excel_can_open_it(form_file: Path, ooxml_faults: Callable[[list[Path]], list[str]]) -> None:
    assert ooxml_faults([form_file]) == []


_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"


def test_its_formulas_come_out_right(form_file: Path, soffice: Office) -> None:
    """LibreOffice, which leaves saved values as they are, works out those that were taken away."""
    (made,) = soffice.all([form_file], "xlsx:Calc MS Excel 2007 XML")
    import openpyxl

    sheet = openpyxl.load_workbook(made, data_only=True)["Quarterly Return Template"]
    assert [sheet[at].value for at in ("O9", "O11", "C13", "C24", "C15")] == [535, 47163, 535, 367, 4]
    assert abs(sheet["C14"].value - 535 / 6161) < 1e-9


def test_saving_it_in_another_program_changes_nothing_that_counts(form_file: Path, soffice: Office) -> None:
    from svreport.workbook.digest import content_digest

    (saved,) = soffice.all([form_file], "xlsx:Calc MS Excel 2007 XML")
    assert content_digest(saved.read_bytes()) == content_digest(form_file.read_bytes())
    assert saved.read_bytes() != form_file.read_bytes()


def test_the_content_code_stands_for_the_cells_and_not_for_the_sign_off(
    built_form: Built, tmp_path: Path
) -> None:
    options = BuildOptions(tmp_path / "outputs", str(pack_folder(tmp_path)))

    def code(change: Callable[[dict[str, list[dict[str, object]]]], None]) -> str:
        changed = content()
        change(changed)
        path = workbook(tmp_path / "2026-09.xlsx", changed)
        return build_workbook(path, options, waiting=lambda _: None).code

    def signed(changed: dict[str, list[dict[str, object]]]) -> None:
        changed["Sign-off"][0]["Name"] = "S151 Officer"

    def another_figure(changed: dict[str, list[dict[str, object]]]) -> None:
        changed["Metric data"][5]["Actual"] = 6162

    assert code(signed) == built_form.code
    assert "Signed off by S151 Officer" in told((tmp_path / "outputs" / "2026-09" / NAME).read_bytes())
    assert code(another_figure) != built_form.code


def test_faults_of_a_form_are_in_the_review_and_stop_a_final(tmp_path: Path) -> None:
    changed = content()
    del changed["Metric data"][5]
    changed["Programme"][1]["Value"] = None
    path = workbook(tmp_path / "2026-09.xlsx", changed)
    options = BuildOptions(tmp_path / "outputs", str(pack_folder(tmp_path)))
    built = build_workbook(path, options, waiting=lambda _: None)
    name = "lsrp-quarterly-return-September-2026-unknown-wiltshire.xlsx"
    assert (built.folder / name).is_file()
    review = json.loads((built.folder / "quarterly-return-review.json").read_bytes())
    found = [(each["code"], each.get("form", ""), each["sheet"], each["cell"]) for each in review["findings"]]
    assert ("FRM-01", name, "Quarterly Return Template", "H8") in found
    assert ("FRM-05", "", "Programme", "B5") in found
    assert ("FRM-06", name, "Cover", "B13") in found
    # The cell that shows a mark is told once, not also for holding no number.
    assert [each for each in found if each[0] == "FRM-09"] == []
    assert built.finality.reasons[0].startswith(f"the workbook has {built.examined.errors} errors")
    page = (built.folder / "quarterly-return-review.html").read_text(encoding="utf-8")
    assert f"A form asks for a figure that the workbook does not hold (in {name})" in page
