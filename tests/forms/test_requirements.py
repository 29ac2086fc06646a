"""What a form must satisfy, as its pack.toml says: told at its cell, and silent just inside the line."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from svreport.documents.forms.context import FormContext
from svreport.documents.forms.filling import fill_form
from svreport.documents.forms.naming import FormFields, name_findings, with_fields
from svreport.model.form import FormTerms, is_like
from svreport.packs.declaration import read_declaration
from svreport.packs.declared import FILE_FIELDS
from svreport.packs.requirements import read_terms
from svreport.packs.table import Table
from svreport.pipeline.examining import Examined
from svreport.workbook.forms.form import open_form
from svreport.workbook.forms.requirements import unmet
from svreport.workbook.forms.rules import RULES
from tests.forms.returns import content, declared, examined, pack_folder, small_form

HERE = Path(__file__).parent
CASES = tomllib.loads((HERE / "requirements.toml").read_text(encoding="utf-8"))["case"]
FAULTS = tomllib.loads((HERE / "faults.toml").read_text(encoding="utf-8"))["fault"]
OUTPUT = "lsrp-quarterly-return-{{ month }}-{{ year }}-{{ authority_code }}-{{ authority }}.xlsx"


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_a_requirement(case: dict[str, Any], september: Examined, tmp_path: Path) -> None:
    faults: list[str] = []
    table = Table({"requirements": [{"sheet": "form", **case["requirement"]}]}, "", faults)
    terms = read_terms(table, FILE_FIELDS)
    assert faults == []
    path = tmp_path / "form.xlsx"
    path.write_bytes(small_form({"Form": case["cells"]}))
    context = FormContext(september.facts, september.texts, declared())
    filled = fill_form("form.xlsx", open_form(path), context, terms)
    wanted = with_fields(terms.requirements, FormFields.of(september.submission))
    found = [*filled.findings, *unmet("form.xlsx", filled.data, wanted)]
    told = [each for each in found if each.place not in filled.marked or each in filled.findings]
    assert [[each.code, each.place.cell, each.read, each.expected] for each in told] == case["told"]
    assert all(each.form == "form.xlsx" and each.place.sheet == "Form" for each in told)


def test_each_demand_has_a_case_that_fires_and_one_that_stays_silent() -> None:
    for code in ("FRM-06", "FRM-07", "FRM-08", "FRM-09"):
        assert [case for case in CASES if any(told[0] == code for told in case["told"])]
    for demand in ("begins_with", "like", "empty", "rows", "holds"):
        assert {bool(case["told"]) for case in CASES if demand in case["requirement"]} == {True, False}


@pytest.mark.parametrize("fault", FAULTS, ids=[fault["what"] for fault in FAULTS])
def test_a_fault_of_the_declaration_is_told(fault: dict[str, Any], tmp_path: Path) -> None:
    folder = pack_folder(tmp_path, old=fault["old"].strip("\n"), new=fault["new"].strip("\n"))
    _, faults = read_declaration(folder)
    output = tomllib.loads((folder / "pack.toml").read_text(encoding="utf-8"))["documents"][0]["output"]
    assert [each.replace(f"({output})", "(O)") for each in faults] == fault["told"]


def test_what_is_for_forms_is_told_where_a_document_is_none(tmp_path: Path) -> None:
    folder = pack_folder(tmp_path)
    text = (folder / "pack.toml").read_text(encoding="utf-8")
    text = text.replace(OUTPUT, "return-{{ month }}.docx").replace(
        "quarterly-return.xlsx", "quarterly-return.docx"
    )
    (folder / "pack.toml").write_text(text, encoding="utf-8")
    (folder / "quarterly-return.docx").write_bytes(b"")
    place = "document 1 (return-{{ month }}.docx)"
    assert read_declaration(folder)[1] == (
        f"{place}: money is for an Excel form alone: take it away",
        f"{place}: file_name is for an Excel form alone: take it away",
        f"{place}: requirements is for an Excel form alone: take it away",
        f"{place}: the output 'return-{{{{ month }}}}.docx' cannot hold a field: only the name of an Excel form can",
    )


def named(found: Examined, file_name: str = "") -> tuple[str, list[tuple[str, str]]]:
    from svreport.packs.declared import file_name as named_with

    fields = FormFields.of(found.submission)
    name = named_with(OUTPUT, fields.in_names)
    terms = FormTerms(file_name=file_name)
    return name, [(each.code, each.where) for each in name_findings(name, OUTPUT, terms, fields)]


AUTHORITIES = {
    "Wiltshire": "wiltshire",
    "Bath & North East Somerset": "bath-and-north-east-somerset",
    "King's Lynn  and West Norfolk": "kings-lynn-and-west-norfolk",
    "Kingston upon Hull, City of": "kingston-upon-hull-city-of",
    "../../Etc": "etc",
    "Ynys Môn": "ynys-mon",
}


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_the_file_is_called_after_the_authority(authority: str, tmp_path: Path) -> None:
    told = content()
    told["Programme"][0]["Value"] = authority
    expected = f"lsrp-quarterly-return-September-2026-865-{AUTHORITIES[authority]}.xlsx"
    assert named(examined(tmp_path, told), "lsrp-*-####-###-*.xlsx") == (expected, [])


def test_a_name_that_is_not_as_it_must_be(september: Examined) -> None:
    name, told = named(september, "lsrp-*-####-####-*.xlsx")
    assert told == [("FRM-05", name)]


def test_a_field_of_the_name_that_is_empty_is_told_at_its_cell(tmp_path: Path) -> None:
    told = content()
    told["Programme"][1]["Value"] = None
    name, found = named(examined(tmp_path, told), "lsrp-*-####-###-*.xlsx")
    assert name == "lsrp-quarterly-return-September-2026-unknown-wiltshire.xlsx"
    assert found == [("FRM-05", "Programme!B5")]


LIKE = [
    ("2026-27 Quarterly Data", "####-## Quarterly Data", True),
    ("2026-2 Quarterly Data", "####-## Quarterly Data", False),
    ("٢٠٢٦-27", "####-##", False),
    ("", "", True),
    ("", "*", True),
    ("abc", "a?c", True),
    ("abc", "a?", False),
    ("aXbXc", "a*b*c", True),
    ("abab", "*ab", True),
    ("ab", "ab*ab", False),
    ("a.c", "a.c", True),
    ("abc", "a.c", False),
    ("a" * 32_000, "*a" * 100 + "b", False),
]


@pytest.mark.parametrize(("text", "pattern", "expected"), LIKE)
def test_patterns(text: str, pattern: str, expected: bool) -> None:
    assert is_like(text, pattern) is expected


def test_every_rule_tells_what_a_reader_needs() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.code.startswith("FRM-")
        assert rule.why.endswith(".")
        assert not rule.title.endswith(".")
        assert rule.example
