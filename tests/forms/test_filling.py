"""What a tag in a cell becomes: numbers, dates and texts, in the units that officers expect."""

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from svreport.documents.forms.context import FormContext
from svreport.documents.forms.filling import fill_form
from svreport.errors import TemplateFault
from svreport.model.form import FormTerms
from svreport.model.quantity import Unit
from svreport.pipeline.examining import Examined
from svreport.workbook.book import read_book
from svreport.workbook.forms.form import open_form
from svreport.workbook.opening import package_of
from tests.forms.returns import content, declared, examined, small_parts, try_bytes, try_form
from tests.workbook import raw

ALONE: dict[str, Any] = {
    "{{ authority }}": "Wiltshire",
    "{{ authority_code }}": "865",
    "{{authority_code|number}}": 865,
    "{{ authority | upper }}": "WILTSHIRE",
    "{{ financial_year }}": "2026-27",
    "{{ submitted }}": datetime(2026, 10, 16),
    "{{ actual('EHCP') }}": 6161,
    "{{ actual(‘EHCP’, “Sep”) }}": 6161,
    "{{ actual('EHCP', 'this month') }}": 6161,
    "{{ actual('EHCP', 'Apr 2026') | nearest(100) }}": 6000,
    "{{ change('EHCP', 'apr') | size }}": 151,
    "{{ actual('Timeliness', 'Sep') }}": 5.62,
    "{{ actual('Timeliness', 'Sep') | decimals(1) }}": 5.6,
    "{{ actual('Placements', 'Sep') }}": 8_250_400,
    "{{ actual('Placements', 'Sep') | pounds('k') }}": 8250.4,
    "{{ actual('Placements', 'Sep') | pounds('k', 0) }}": 8250,
    "{{ actual('Placements', 'Sep') | pounds('m', 1) }}": 8.3,
    "{{ actual('Placements', 'Sep') | nearest(1000) }}": 8_250_000,
    "{{ finance('Mitigated', 'Cumulative deficit', 'this year') }}": 96_100_000,
    "{{ finance('Mitigated', 'In-year position', 'next year') | pounds('m') }}": -6.1,
    "{{ level('3.1') }}": "Green",
    "{{ level('1', 'Quarter 1 (June)') }}": "Green",
    "{{ level('1', 'Quarter 3 (December)') }}": None,  # still to come
    "{{ actual('EHCP', 'Oct') }}": None,
    "{{ actual('EHCP', 'Q3') }}": None,
    "{{ programme('Money in') }}": "£m",
    "{{ conditions['Condition 3.1'].wording }}": "Support early.",
    "{{ questions['in-year'].answer }}": "Yes",
    '{{ contacts["DCS"].email }}': "dcs@example.gov.uk",
    "{{ metrics['ehcp'].latest }}": 6161,
    "{{ metrics['Timeliness'].period }}": "Sep 2026",
    "{{ sheets.reform_measures['places in resourced provision'].this_quarter }}": 212,
    "{{ conditions['1'].progress }}": "The plan stands:\n• as it was agreed,\n• with two more steps.",
    "{{ dashboard }}": None,  # may be empty
    "  {{ authority }}  ": "Wiltshire",
    "{# a remark #}": None,
    "In {{ actual('EHCP') }} plans, {{ actual('Timeliness', 'Sep') }}": "In 6,161 plans, 5.62%",
    "{{ authority_code }} {{ authority }}": "865 Wiltshire",
    "{{ data_as_at }}: {{ finance('Mitigated', 'Cumulative deficit', '2026-27') }}": "30 September 2026: £96.1m",
}


def raw_part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return parts.read(name).decode()


def test_a_cell_becomes_what_its_tag_gives(september: Examined, tmp_path: Path) -> None:
    tried = try_form({f"A{n}": tag for n, tag in enumerate(ALONE, 1)}, september, tmp_path)
    assert {tag: tried.value(f"A{n}") for n, tag in enumerate(ALONE, 1)} == ALONE
    assert tried.findings == ()


def test_a_percentage_is_a_fraction_where_the_cell_shows_one(september: Examined, tmp_path: Path) -> None:
    percent = '<c r="A1" s="2" t="s"><v>0</v></c>'
    count = '<c r="B1" s="2" t="s"><v>1</v></c>'
    tried = try_form(
        {"A1": {"raw": percent}, "B1": {"raw": count}},
        september,
        tmp_path,
        strings=(
            "<si><t>{{ actual('Timeliness', 'Sep') }}</t></si>",
            "<si><t>{{ actual('EHCP') }}</t></si>",
        ),
    )
    assert (tried.value("A1"), tried.value("B1")) == (0.0562, 6161)
    assert tried.book["Form"]["A1"].number_format == "0.00%"


@pytest.mark.parametrize(
    ("unit", "expected"), [(Unit.POUNDS, 96_100_000), (Unit.THOUSANDS, 96_100), (Unit.MILLIONS, 96.1)]
)
def test_the_form_counts_money_as_its_pack_says(
    unit: Unit, expected: float, september: Examined, tmp_path: Path
) -> None:
    cells = {
        "A1": "{{ finance('Mitigated', 'Cumulative deficit', '2026-27') }}",
        "A2": "{{ actual('EHCP') }}",
        "A3": "{{ finance('Mitigated', 'Cumulative deficit', '2026-27') | pounds('m') }}",
        "A4": "Deficit: {{ finance('Mitigated', 'Cumulative deficit', '2026-27') }}",
    }
    tried = try_form(cells, september, tmp_path, FormTerms(money=unit))
    assert [tried.value(f"A{n}") for n in range(1, 5)] == [expected, 6161, 96.1, "Deficit: £96.1m"]


def test_money_is_the_same_number_whatever_unit_the_workbook_is_in(tmp_path: Path) -> None:
    told = content()
    told["Programme"][5]["Value"] = "£000"
    for line in told["Finance"]:
        line |= {year: line[year] * 1000 for year in ("2026-27", "2027-28", "2028-29")}
    tried = try_form(
        {"A1": "{{ finance('Mitigated', 'Cumulative deficit', '2026-27') }}"},
        examined(tmp_path, told),
        tmp_path,
    )
    assert tried.value("A1") == 96_100_000


def test_dates_follow_the_workbooks_own_calendar(september: Examined, tmp_path: Path) -> None:
    for properties in ("", '<workbookPr date1904="1"/>'):
        tried = try_form({"A1": "{{ data_as_at }}"}, september, tmp_path, properties=properties)
        assert tried.value("A1") == datetime(2026, 9, 30)
        assert tried.book["Form"]["A1"].is_date


def test_a_tag_in_two_looks_is_one_and_words_keep_theirs(september: Examined, tmp_path: Path) -> None:
    bold = "<rPr><b/></rPr>"
    strings = (
        f"<si><r><t>{{{{ auth</t></r><r>{bold}<t>ority }}}}</t></r></si>",
        f'<si><r>{bold}<t xml:space="preserve">Code: </t></r><r><t>{{{{ authority_</t></r>'
        f"<r>{bold}<t>code }}}}!</t></r></si>",
    )
    shared = {f"A{n}": {"raw": f'<c r="A{n}" t="s"><v>{n - 1}</v></c>'} for n in (1, 2)}
    tried = try_form(shared, september, tmp_path, strings=strings)
    assert (tried.value("A1"), tried.value("A2")) == ("Wiltshire", "Code: 865!")
    sheet = raw_part(tried.data, "xl/worksheets/sheet1.xml")
    assert sheet.count("<b/>") == 2
    assert ">Code: <" in sheet
    assert ">865<" in sheet


def test_a_text_of_the_workbook_is_never_a_formula(september: Examined, tmp_path: Path) -> None:
    tried = try_form({"A1": "{{ sheets.reform_measures.measure }}"}, september, tmp_path)
    cell = tried.book["Form"]["A3"]
    assert cell.value == '=HYPERLINK("http://example.com","Click")'
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert "<f>" not in raw_part(tried.data, "xl/worksheets/sheet1.xml")


def test_a_list_fills_downwards_dressed_as_its_first_cell(september: Examined, tmp_path: Path) -> None:
    cells = {
        "A1": {
            "raw": '<c r="A1" s="5" t="inlineStr"><is><t>{{ sheets.reform_measures.this_quarter }}</t></is></c>'
        }
    }
    tried = try_form(cells, september, tmp_path)
    assert [tried.value(f"A{n}") for n in range(1, 5)] == [212, 148, 7, None]
    assert [tried.book["Form"][f"A{n}"].number_format for n in (1, 2, 3)] == ["#,##0"] * 3


def test_a_list_stops_before_what_the_form_holds(september: Examined, tmp_path: Path) -> None:
    cells = {
        "A1": "{{ conditions.ref }}: {{ conditions.level }}",
        "B1": "{{ sheets.reform_measures.measure }}",
        "C1": "{{ sheets.reform_measures.this_quarter }}",
        "B3": "Total",
        "C3": {"formula": "SUM(C1:C2)", "value": 0},
    }
    tried = try_form(cells, september, tmp_path)
    assert [tried.value(f"A{n}") for n in (1, 2)] == ["1: Amber", "3.1: Green"]
    assert tried.value("B3") == "Total"
    assert tried.value("C3") == "=SUM(C1:C2)"
    (finding,) = tried.findings
    assert f"{finding.code} {finding.place}" == "FRM-04 Form!B1"
    assert finding.read == "3 rows of sheets.reform_measures, and room for 2: B3 is not free"


def test_a_list_does_not_run_into_merged_cells(september: Examined, tmp_path: Path) -> None:
    tried = try_form({"A1": "{{ conditions.ref }}"}, september, tmp_path, merged={"Form": ("A2:B3",)})
    assert tried.told == ["FRM-04 Form!A1"]


def test_an_empty_list_leaves_an_empty_cell(september: Examined, tmp_path: Path) -> None:
    tried = try_form({"A1": "{{ risks.ref }}", "A2": "Total"}, september, tmp_path)
    assert (tried.value("A1"), tried.value("A2")) == (None, "Total")
    assert tried.findings == ()


MISSING = {
    "{{ actual('EHPC') }}": ("FRM-01", "{{ actual('EHPC') }}", "Did you mean EHCP?"),
    "{{ actual('EHCP', 'Mar 2026') }}": (
        "FRM-01",
        "{{ actual('EHCP', 'Mar 2026') }}",
        "name a period that has one, or add it to Metric data",
    ),
    "{{ forecast('EHCP') }}": (
        "FRM-01",
        "{{ forecast('EHCP') }}, Sep 2026",
        "name a period that has one, or add it to Metric data",
    ),
    "{{ finance('Mitigated', 'Deficit', 'this year') }}": (
        "FRM-01",
        "{{ finance('Mitigated', 'Deficit', 'this year') }}",
        "Did you mean Cumulative deficit?",
    ),
    "{{ conditions['3.7'].level }}": ("FRM-01", "{{ conditions['3.7'].level }}", "Did you mean 3.1?"),
    "{{ actual('EHCP') | pounds('k') }}": (
        "FRM-02",
        "{{ actual('EHCP') | pounds('k') }}",
        "take | pounds away",
    ),
    "{{ actual('EHCP') | upper }}": ("FRM-02", "{{ actual('EHCP') | upper }}", "take | upper away"),
    "{{ data_as_at | upper }}": ("FRM-02", "{{ data_as_at | upper }}", "take | upper away"),
    "{{ authority | number }}": ("FRM-02", "{{ authority | number }}", "take | number away"),
}


def test_what_is_missing_shows_a_mark_and_is_told_at_the_forms_cell(
    september: Examined, tmp_path: Path
) -> None:
    tried = try_form({f"B{n}": tag for n, tag in enumerate(MISSING, 1)}, september, tmp_path)
    told = {}
    for number, (tag, finding) in enumerate(zip(MISSING, tried.findings, strict=True), 1):
        assert finding.where == f"Form!B{number} of form.xlsx"
        assert tried.value(f"B{number}") == f"[{finding.code} Form!B{number}]"
        assert finding.is_error
        told[tag] = (finding.code, finding.read, finding.mend)
    assert told == MISSING


def test_what_could_not_be_read_shows_the_mark_of_its_own_finding(tmp_path: Path) -> None:
    told = content()
    told["Metric data"][5]["Actual"] = "many"
    told["Updates"][1]["Data as at"] = "soon"
    cells = {
        "A1": "{{ actual('EHCP', 'Sep 2026') }}",
        "A2": "{{ data_as_at }}",
        "A3": "As at {{ data_as_at }}.",
    }
    tried = try_form(cells, examined(tmp_path, told), tmp_path)
    assert tried.findings == ()
    assert str(tried.value("A1")).startswith("[NUM-01 'Metric data'!")
    assert str(tried.value("A2")).startswith("[DAT-")
    assert tried.value("A3") == f"As at {tried.value('A2')}."


def test_a_text_too_long_for_a_cell_is_told_and_not_cut(tmp_path: Path) -> None:
    told = content()
    told["Progress"] = [{"Condition": "1", "Kind": "Text", "Content": "x" * 20_000}] * 2
    cells = {"A1": "{{ conditions['1'].progress }}", "A2": "So: {{ conditions['1'].progress }}"}
    tried = try_form(cells, examined(tmp_path, told), tmp_path)
    assert tried.told == ["FRM-03 Form!A1", "FRM-03 Form!A2"]
    assert tried.value("A1") == "[FRM-03 Form!A1]"


def test_old_values_go_where_formulas_depend_on_what_was_filled(september: Examined, tmp_path: Path) -> None:
    cells = {
        "A1": "{{ actual('EHCP') }}",
        "A2": 5,
        "B1": {"formula": "A1*2", "value": 0},
        "B2": {"formula": "SUM($A$1:$A$9)", "value": 5},
        "B3": {"formula": "B2+1", "value": 6},
        "B4": {"formula": "A2*2", "value": 10},
        "B5": {"formula": "SUM(A2:A9)", "value": 5},
        "B6": {"formula": "OFFSET(A2,0,0)", "value": 5},
        "B7": {"formula": "COUNTA(A:A)", "value": 2},
        "B8": {"formula": "SUM(20:20)", "value": 2},
        "B9": {"formula": 'IF(TRUE,"A1","")', "value": "A1"},
        "B10": {"formula": "Other!A1", "value": 3},
        "B11": {"raw": '<c r="B11"><f t="shared" ref="B11:B12" si="0">A1</f><v>1</v></c>'},
        "B12": {"raw": '<c r="B12"><f t="shared" si="0"/><v>5</v></c>'},
        "B13": {"formula": "Sum_of_all", "value": 5},
        "B14": {"formula": "TODAY()", "value": 46000},
    }
    parts = small_parts({"Form": cells, "Other": {"A1": 3, "B1": {"formula": "A1", "value": 3}}})
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace(
        "</sheets>",
        '</sheets><definedNames><definedName name="Sum_of_all">Form!$A$1:$A$2</definedName></definedNames>',
    )
    tried = try_bytes(raw.package(parts), september, tmp_path)
    sheet = raw_part(tried.data, "xl/worksheets/sheet1.xml")
    kept = [
        at
        for at in (f"B{n}" for n in range(1, 15))
        if "<v>" in sheet.partition(f'r="{at}"')[2].partition("</c>")[0]
    ]
    assert kept == ["B4", "B5", "B8", "B9", "B10", "B12", "B14"]
    assert raw_part(tried.data, "xl/worksheets/sheet2.xml") == str(parts["xl/worksheets/sheet2.xml"])
    assert 'fullCalcOnLoad="1"' in raw_part(tried.data, "xl/workbook.xml")


def test_what_several_cells_lack_is_told_at_the_first(september: Examined, tmp_path: Path) -> None:
    cells = {
        "A1": "{{ actual('EHPC', 'Apr') }}",
        "B1": "{{ actual('EHPC', 'May') }}",
        "C1": "{{ actual('EHPC') }} plans",
        "D1": "{{ actual('EHCP', 'Mar 2025') }}",
    }
    tried = try_form(cells, september, tmp_path)
    assert tried.told == ["FRM-01 Form!A1", "FRM-01 Form!D1"]
    assert (
        tried.findings[0].read == "{{ actual('EHPC', 'Apr') }} (and 2 more cells ask for what is not there)"
    )
    assert [tried.value(f"{letter}1") for letter in "ABCD"] == [
        "[FRM-01 Form!A1]",
        "[FRM-01 Form!A1]",
        "[FRM-01 Form!A1] plans",
        "[FRM-01 Form!D1]",
    ]


def test_a_form_in_the_strict_dialect_is_filled_too(september: Examined, tmp_path: Path) -> None:
    parts = {
        name: strict(str(part))
        for name, part in small_parts({"Form": {"A1": "{{ actual('EHCP') }}"}}).items()
    }
    path = tmp_path / "strict.xlsx"
    path.write_bytes(raw.package(parts))
    context = FormContext(september.facts, september.texts, declared())
    filled = fill_form("strict.xlsx", open_form(path), context, FormTerms())
    (sheet,) = read_book(package_of("strict.xlsx", filled.data))
    assert sheet.rows[1][1].number == 6161
    assert "schemas.openxmlformats.org/spreadsheetml" not in raw_part(filled.data, "xl/worksheets/sheet1.xml")


def test_a_form_without_styles_shows_dates_as_dates(september: Examined, tmp_path: Path) -> None:
    parts = small_parts({"Form": {"A1": "{{ data_as_at }}", "B1": "{{ authority }}"}})
    del parts["xl/styles.xml"]
    links = str(parts["xl/_rels/workbook.xml.rels"])
    parts["xl/_rels/workbook.xml.rels"] = re.sub(r'<Relationship Id="rIdStyles"[^>]*/>', "", links)
    tried = try_bytes(raw.package(parts), september, tmp_path)
    assert tried.value("A1") == datetime(2026, 9, 30)
    assert tried.value("B1") == "Wiltshire"


def test_a_text_written_as_a_formulas_result_is_filled(september: Examined, tmp_path: Path) -> None:
    cell = '<c r="A1" t="str"><v>In {{ authority }}</v></c>'
    tried = try_form({"A1": {"raw": cell}}, september, tmp_path)
    assert tried.value("A1") == "In Wiltshire"


@pytest.mark.parametrize("between", ["", '</row><row r="1">'])
def test_a_form_that_names_a_cell_twice_is_refused(between: str, tmp_path: Path) -> None:
    parts = small_parts({"Form": {"A1": "words"}})
    second = '<c r="A1" t="inlineStr"><is><t>{{ authority }}</t></is></c></row>'
    sheet = str(parts["xl/worksheets/sheet1.xml"]).replace("</row>", between + second)
    path = tmp_path / "form.xlsx"
    path.write_bytes(raw.package({**parts, "xl/worksheets/sheet1.xml": sheet}))
    with pytest.raises(TemplateFault, match="damaged"):
        open_form(path)


def strict(part: str) -> str:
    part = part.replace(
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    return part.replace(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )


LISTS = (
    '<dataValidations count="3"><dataValidation type="list" sqref="A1:A2"><formula1>"On track, Amber"</formula1>'
    '</dataValidation><dataValidation type="list" sqref="B1 B9"><formula1>Words</formula1></dataValidation>'
    '<dataValidation type="list" sqref="C1"><formula1>INDIRECT("x")</formula1></dataValidation></dataValidations>'
)
NEWER = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations '
    'count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list">'
    "<x14:formula1><xm:f>Lists!$A$1:$A$2</xm:f></x14:formula1><xm:sqref>D1:D3</xm:sqref></x14:dataValidation>"
    "</x14:dataValidations></ext></extLst>"
)


def test_a_word_that_a_list_does_not_offer_is_a_query(september: Examined, tmp_path: Path) -> None:
    cells: dict[str, object] = {
        "A1": "{{ conditions.level }}",
        "B1": "{{ questions['in-year'].answer }}",
        "B9": "{{ questions['capital'].answer }}",
        "C1": "{{ authority }}",
        "D1": "{{ sheets.reform_measures.level }}",
        "E1": "{{ authority }}",
    }
    parts = small_parts({"Form": cells, "Lists": {"A1": "green", "A2": "Amber", "B1": "Yes"}})
    name = "xl/worksheets/sheet1.xml"
    parts[name] = str(parts[name]).replace("</sheetData>", f"</sheetData>{LISTS}{NEWER}")
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace(
        "</sheets>",
        '</sheets><definedNames><definedName name="Words">Lists!$B$1:$B$3</definedName></definedNames>',
    )
    tried = try_bytes(raw.package(parts), september, tmp_path)
    told = sorted((each.code, each.place.cell, each.read, each.expected) for each in tried.findings)
    assert told == [
        ("FRM-11", "A2", "Green", "On track or Amber"),
        ("FRM-11", "B9", "No", "Yes"),
        ("FRM-11", "D3", "Red", "green or Amber"),
    ]
    assert not any(each.is_error for each in tried.findings)
