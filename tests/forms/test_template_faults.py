"""What `packs check` tells of a form: every tag that cannot be filled, wherever it stands, and what can be no form."""

from pathlib import Path

import pytest

from svreport.errors import TemplateFault
from svreport.pipeline.packing import check_pack
from svreport.workbook.forms.form import open_form
from tests.forms import template
from tests.forms.returns import faults, pack_folder, small_form, small_parts
from tests.workbook import raw

_OR = ", or a name such as authority."
_FIGURES = (
    "one of actual, forecast, gap, change, finance, level or programme, with names between quotation marks"
)
TOLD = {
    "{{ authoriti }}": "names authoriti, which is not there. Did you mean authority or authority_code?",
    "{{ conditions.lvl }}": "names conditions.lvl, which is not there. Did you mean conditions.level?",
    "{{ conditions }}": "names a list, conditions, without a field: there are conditions.ref, conditions.heading, "
    "conditions.wording, conditions.level and conditions.progress.",
    "{{ conditions['3.1'].levl }}": "names conditions.levl, which is not there. Did you mean conditions.level?",
    "{{ drivers['1'].text }}": "names one row of drivers, whose rows have no names: write drivers.text, which fills "
    "downwards.",
    "{{ actual(EHCP) }}": "cannot be read: it has to be names between quotation marks, and whole or decimal "
    f"numbers{_OR} Put names, periods and references between quotation marks, as in actual('EHCP', 'Jul 2024').",
    "{{ actal('EHCP') }}": "cannot be read: it has to be a function: actual, forecast, gap, change, finance, level or "
    f"programme{_OR} Did you mean actual?",
    "{{ actual('EHCP') | pund }}": "cannot be read: it has to be a filter: nearest, decimals, size, pounds, upper, "
    f"lower or number{_OR} Did you mean pounds?",
    "{{p drivers }}": "cannot be read: it has to be a name without a letter before it, which Word's templates "
    f"have{_OR} Write {{{{ drivers }}}}.",
    "{{ authority | pounds }}": "uses the filter pounds, which is for numbers, on words.",
    "{{ authority": "is not closed in its cell.",
    "authority }}": "is not opened in its cell.",
    "{%tr for row in conditions %}": "cannot stand in a form, whose rows do not move: a list such as "
    "{{ conditions.level }} fills the cells below its tag, one for each.",
    "{{ conditions.ref }} {{ risks.ref }}": "goes through conditions and risks at once: one cell can go through one "
    "list.",
    "{{ authority.__class__ }}": "",
    "{{ 9**9**9 }}": f"cannot be read: it has to be {_FIGURES}{_OR} Write one function with its names, like "
    "actual('EHCP', 'Jul 2024'), and filters behind it after |.",
}


@pytest.mark.parametrize("text", TOLD)
def test_a_tag_that_cannot_be_filled_is_told_at_its_cell(text: str, tmp_path: Path) -> None:
    (told,) = faults({"C7": text}, tmp_path)
    assert told.startswith("form.xlsx, Form!C7: ")
    assert told.endswith(TOLD[text])


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    told = faults({"A1": "{{ a }} and {{ b }}", "B2": "{{ c }}", "C3": "{{ authority }}"}, tmp_path)
    assert [each.partition(" names ")[0] for each in told] == [
        "form.xlsx, Form!A1: {{ a }}",
        "form.xlsx, Form!A1: {{ b }}",
        "form.xlsx, Form!B2: {{ c }}",
    ]


def test_a_tag_where_none_is_filled_is_told(tmp_path: Path) -> None:
    parts = {name: part for name, part in template.parts().items() if isinstance(part, str)}
    changes = {
        "xl/worksheets/sheet1.xml": [
            ("<f>IF(", '<f>"{{ authority }}"&amp;IF('),
            ("Quarterly return&amp;R", "{{ update }}&amp;R"),
        ],
        "xl/worksheets/sheet2.xml": [("Enter a number", "{{ update }}"), ("Lists!$B$1:$B$4", '"{{ a }}"')],
        "xl/comments1.xml": [("Count each", "{{ auth</t></r><r><t>ority }}")],
        "xl/workbook.xml": [('name="Lists"', 'name="{{ update }}"')],
        "docProps/core.xml": [("Quarterly return", "{{ authority }}")],
    }
    for name, replaced in changes.items():
        for old, new in replaced:
            assert old in parts[name]
            parts[name] = parts[name].replace(old, new, 1)
    folder = pack_folder(tmp_path, template.packed(parts))
    told, _ = check_pack(folder)
    places = [each.partition(" stands where no tag is filled")[0] for each in told]
    assert sorted(places) == sorted(
        f"quarterly-return.xlsx, {each}"
        for each in (
            "the formula of Cover!C13: {{ authority }}",
            "a header or footer on Cover: {{ update }}",
            "a data validation on Quarterly Return Template: {{ update }}",
            "a newer validation or format on Quarterly Return Template: {{ a }}",
            "a comment: {{ authority }}",
            "a sheet's name or a defined name: {{ update }}",
            "the file's properties: {{ authority }}",
        )
    )


def test_the_heading_of_an_excel_table_is_told(tmp_path: Path) -> None:
    parts = small_parts({"Form": {"A1": "{{ authority }}", "A2": 1}})
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{links}/table" Target="../tables/table1.xml"/></Relationships>'
    )
    parts["xl/tables/table1.xml"] = (
        '<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" ref="A1:A2"/>'
    )
    told, _ = check_pack(pack_folder(tmp_path, raw.package(parts)))
    assert any(
        each.startswith("quarterly-return.xlsx, Form!A1: {{ authority }} names a table's column")
        for each in told
    )


def test_a_requirement_of_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    told, files = check_pack(pack_folder(tmp_path, old='sheet = "Cover"', new='sheet = "Covr"'))
    assert told == [
        "quarterly-return.xlsx: a requirement of pack.toml names the sheet 'Covr', which the form does not have. "
        "Did you mean Cover?"
    ]
    assert files == 2


def test_the_test_pack_has_no_fault(tmp_path: Path) -> None:
    assert check_pack(pack_folder(tmp_path)) == ([], 2)
    assert template.template() == template.template()


_MACROS = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    'PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
)
NO_FORMS = {
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is in Excel's old format (.xls)."),
    "a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "is password-protected:",
    ),
    "macros": (
        raw.package({**small_parts({"Form": {"A1": 1}}), "[Content_Types].xml": _MACROS}),
        "is an Excel template or holds macros: save it as a plain Excel workbook (.xlsx).",
    ),
    "text": (b"a,b,c\n", "is a text file (such as CSV)"),
    "nothing": (b"", "is empty:"),
    "half a file": (small_form({"Form": {"A1": 1}})[:500], "is cut short or damaged"),
}


@pytest.mark.parametrize("what", NO_FORMS)
def test_what_can_be_no_form_is_told_in_a_sentence(what: str, tmp_path: Path) -> None:
    data, told = NO_FORMS[what]
    path = tmp_path / "form.xlsx"
    path.write_bytes(data)
    with pytest.raises(TemplateFault) as refused:
        open_form(path)
    assert told in str(refused.value)
    faults_told, _ = check_pack(pack_folder(tmp_path, data))
    assert any(told in each for each in faults_told)


ATTACKS = {
    "an entity in a sheet": (
        "xl/worksheets/sheet1.xml",
        '<!DOCTYPE x [<!ENTITY a "{{ authority }}">]>',
        "is damaged",
    ),
    "an entity in the texts": (
        "xl/sharedStrings.xml",
        '<!DOCTYPE x [<!ENTITY a "{{ authority }}">]>',
        "is damaged",
    ),
    "a sheet beyond all bounds": ("xl/worksheets/sheet1.xml", " " * 51_000_000, "is too large to be changed"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_told_in_a_sentence(attack: str, tmp_path: Path) -> None:
    part, before, told = ATTACKS[attack]
    parts = small_parts({"Form": {"A1": {"shared": 0}}}, strings=("<si><t>{{ authority }}</t></si>",))
    whole = str(parts[part])
    parts[part] = before + whole if before.startswith("<") else whole + before
    (fault,) = [
        each
        for each in check_pack(pack_folder(tmp_path, raw.package(parts)))[0]
        if "form" in each or told in each
    ]
    assert told in fault


def test_tags_by_the_thousand_are_all_filled(tmp_path: Path) -> None:
    from svreport.documents.forms.context import FormContext
    from svreport.documents.forms.filling import fill_form
    from svreport.model.finding import column_letters
    from svreport.model.form import FormTerms
    from tests.forms.returns import declared, examined, opened

    cells: dict[str, object] = {f"{column_letters(n)}1": "{{ actual('EHCP') }}" for n in range(1, 16_385)}
    cells |= {f"A{n}": "{{ authority }}" for n in range(2, 2_002)}
    path = tmp_path / "form.xlsx"
    path.write_bytes(small_form({"Form": cells}))
    found = examined(tmp_path)
    filled = fill_form(
        "form.xlsx", open_form(path), FormContext(found.facts, found.texts, declared()), FormTerms()
    )
    sheet = opened(filled.data)["Form"]
    assert sheet.cell(1, 16_384).value == 6161
    assert sheet.cell(2_001, 1).value == "Wiltshire"
    assert filled.findings == ()
