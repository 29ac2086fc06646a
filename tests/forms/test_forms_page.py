"""docs/excel-forms.md names every tag, field, filter and line of pack.toml that there is, and no other."""

import re
import tomllib
from pathlib import Path

from svreport.documents.forms.checking import form_faults
from svreport.documents.forms.context import LISTS, WORDS
from svreport.model.form import FormTerms, Holds
from svreport.narrative.calls import FUNCTIONS
from svreport.narrative.form_tags import FORM_FILTERS
from svreport.packs.declaration import read_declaration
from svreport.workbook.forms.form import open_form
from svreport.workbook.forms.rules import RULES
from tests.forms.returns import declared, small_form

PAGE = (Path(__file__).parents[2] / "docs" / "excel-forms.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    return PAGE.partition(f"\n### {heading}\n")[2].partition("\n### ")[0].partition("\n## ")[0]


def test_every_word_is_described() -> None:
    assert tuple(re.findall(r"^\| `\{\{ (\w+) \}\}`", section("Words and dates"), re.MULTILINE)) == WORDS


def test_every_function_and_filter_is_described() -> None:
    told = re.findall(r"`\{\{ (\w+)\(", section("Figures"))
    assert set(told) == set(FUNCTIONS)
    assert all(re.search(rf"`(?:\| )?{name}\b|\\\| {name}\b", PAGE) for name in FORM_FILTERS)


def test_every_list_is_described() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (?:`(\w+)` )?\|$", section("Lists"), re.MULTILINE)
    told = {name: (tuple(re.findall(r"`(\w+)`", fields)), key) for name, fields, key in rows}
    assert told == {name: (shape.fields, shape.key) for name, shape in LISTS.items()}


def test_every_tag_of_the_page_can_be_filled(tmp_path: Path) -> None:
    tags = {tag.replace("\\|", "|") for tag in re.findall(r"\{\{ [^{}]+ \}\}", PAGE)}
    tags -= {"{{ month }}", "{{ year }}", "{{ sheets.reform_measures.measure.latest }}"}
    path = tmp_path / "form.xlsx"
    path.write_bytes(small_form({"Form": {f"A{n}": tag for n, tag in enumerate(sorted(tags), 1)}}))
    assert form_faults(path, open_form(path), declared(), FormTerms()) == []


def test_the_pack_toml_of_the_page_is_one(tmp_path: Path) -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "pack.toml").write_text(block, encoding="utf-8")
    (tmp_path / "quarterly-return.xlsx").write_bytes(b"")
    assert read_declaration(tmp_path)[1] == ()
    demands = {key for each in tomllib.loads(block)["documents"][0]["requirements"] for key in each}
    assert demands == {"sheet", "cell", "cells", "column", "begins_with", "like", "empty", "rows", "holds"}
    assert all(f"`{each}`" in PAGE for each in Holds)


def test_the_codes_of_the_page_are_those_of_the_rules() -> None:
    assert set(re.findall(r"FRM-\d\d", PAGE)) <= {rule.code for rule in RULES}
