"""The walks through docs/templates.md, done as the page says, and the templates saved by LibreOffice."""

import shutil
from collections.abc import Callable
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn

from svreport.documents.context import Answered, ConditionRow, KeyRow, Person, Return, RiskRow
from svreport.model.level import Level
from svreport.narrative.blocks import Cell, List, ListItem, ListKind, Paragraph, Run, Table
from svreport.packs.declared import TITLE_FIELDS, FilledDocument, titled
from svreport.packs.loading import Pack, copy_pack, load_pack
from svreport.word.fields import Link, Rich, Shade, Stack, Step
from svreport.word.packaging import Properties
from svreport.word.template import Template

AMBER = Level("Amber", "#FFBF00", "Off target, with plans to mitigate", 1)


def words(*paragraphs: str) -> Rich:
    return Rich(tuple(Paragraph((Run(each),)) for each in paragraphs))


def numbered(*items: str) -> Rich:
    return Rich((List(ListKind.NUMBER, tuple(ListItem((Paragraph((Run(each),)),)) for each in items)),))


def a_return() -> Return:
    """A small return with something in every field."""
    stack = Stack((Step("Update 1 (May)", AMBER), Step("Update 2 (August)", None)))
    table = Table((Cell((Run("EHCP numbers"),)),), ((Cell((Run("Actual"),)),),))
    people = tuple(
        Person(role, f"{role} name", "Title", f"{role} name – Title", Link(f"{role[0]}@example.gov.uk", ""))
        for role in ("CEO", "S151 Officer", "DCS", "Other")
    )
    plan = Answered("in-year", "On track this year?", "No", words("Demand & cost <rose>."))
    capital = Answered("capital", "Is the capital project on track?", "Yes", words("It is."))
    return Return(
        authority="Bath & North East Somerset",
        authority_code="800",
        financial_year="2024-25",
        update="Update 1 (May)",
        data_as_at="30 April 2024",
        submitted="17 May 2024",
        signed_off=words("S151 Officer: name, 16 May 2024"),
        adviser_support=words("None at present."),
        dashboard="The dashboard is attached.",
        contacts=people,
        ceo=people[:1],
        s151_officer=people[1:2],
        dcs=people[2:3],
        other_contacts=people[3:],
        questions=(plan, capital),
        plan_questions=(plan,),
        capital_questions=(capital,),
        drivers=numbered("One driver", "Another driver"),
        barriers=numbered("One barrier"),
        engagement=Rich(()),
        conditions=(
            ConditionRow("3a", "Condition 3a:", "Improve.", "Amber", stack, words("First.", "Second.")),
            ConditionRow("iv", "Condition iv:", "Balance.", "Amber", stack, Rich((table,))),
        ),
        risks=(RiskRow("Cost", "Cost:", "Prices rise.", "Amber", stack, words("Watch."), words("Watched.")),),
        key=(KeyRow(Shade(AMBER), "Amber", AMBER.definition),),
    )


def built(pack: Pack) -> dict[str, Opened]:
    """Each document of the pack that is made from a template."""
    made = {}
    for document in pack.documents:
        if isinstance(document, FilledDocument):
            template = Template.open(document.template)
            assert [str(fault) for fault in template.faults(Return)] == []
            properties = Properties(
                title=titled(document.title, {name: getattr(a_return(), name) for name in TITLE_FIELDS}),
                authority="Bath & North East Somerset",
            )
            made[document.output] = Document(BytesIO(template.render(a_return(), properties)))
    return made


def lines(opened: Opened) -> list[str]:
    texts = (
        "".join(each.text or "" for each in paragraph.iter(qn("w:t")))
        for paragraph in opened.element.body.iter(qn("w:p"))
    )
    return [text for text in texts if text]


def change(template: Path, what: Callable[[Any], None]) -> None:
    opened = Document(str(template))
    what(opened)
    opened.save(str(template))


def retype(opened: Any, old: str, new: str) -> None:
    """Types over the words of one paragraph, in the body or the header."""
    for root in (opened.element.body, opened.sections[0].header._element):
        for text in root.iter(qn("w:t")):
            if text.text == old:
                text.text = new
                return
    raise AssertionError(f"{old!r} is not in the template")


@pytest.fixture
def my_pack(tmp_path: Path) -> Path:
    return copy_pack("safety-valve", tmp_path / "my-pack").folder


RISK_REGISTER = [
    "Risk register: Bath & North East Somerset, Update 1 (May), 2024-25",
    *("Risk", "Assurance Level", "Mitigation", "Progress Update from this Quarter"),
    *("Cost: Prices rise.", "Update 1 (May)", "Amber", "Update 2 (August)", "Watch.", "Watched."),
    "Data as at 30 April 2024.",
]


def test_the_templates_as_they_come() -> None:
    made = built(load_pack("safety-valve"))
    assert lines(made["risk-register.docx"]) == RISK_REGISTER
    assert lines(made["detailed-update.docx"])[5:] == [
        *("Condition 3a: Improve.", "Update 1 (May)", "Amber", "Update 2 (August)", "First.", "Second."),
        *("Condition iv: Balance.", "Update 1 (May)", "Amber", "Update 2 (August)", "EHCP numbers", "Actual"),
        *(
            "Key to assurance levels",
            "RAG",
            "Definition",
            "Amber",
            AMBER.definition,
            "Data as at 30 April 2024.",
        ),
    ]
    overview = lines(made["programme-overview.docx"])
    assert overview[5:19] == [
        *("Bath & North East Somerset", "17 May 2024", "S151 Officer: name, 16 May 2024"),
        *("CEO:", "CEO name – Title", "C@example.gov.uk"),
        *("S151 Officer:", "S151 Officer name – Title", "S@example.gov.uk"),
        *("DCS:", "DCS name – Title", "D@example.gov.uk"),
        overview[17],
        "None at present.",
    ]
    assert overview[17].startswith("Do you need additional support")
    assert overview[-1] == "The dashboard is attached."
    assert "Demand & cost <rose>." in overview


def test_rename_a_heading(my_pack: Path) -> None:
    def edit(opened: Any) -> None:
        retype(opened, "Mitigation", "What we are doing about it")
        retype(opened, "SAFETY VALVE PROGRAMME RISK REGISTER", "OUR RISKS")

    change(my_pack / "risk-register.docx", edit)
    made = built(load_pack(str(my_pack)))["risk-register.docx"]
    assert lines(made) == [
        "What we are doing about it" if each == "Mitigation" else each for each in RISK_REGISTER
    ]
    assert made.sections[0].header.paragraphs[0].text == "OUR RISKS"


@pytest.mark.parametrize("tag_rows", ["widened", "given a cell"])
def test_add_a_column(my_pack: Path, tag_rows: str) -> None:
    """Word widens a cell that spans the table; LibreOffice may put a cell beside it."""

    def edit(opened: Any) -> None:
        table = opened.tables[0]._tbl
        table.tblGrid.insert(1, deepcopy(table.tblGrid[0]))
        for row in table.tr_lst:
            span = row.tc_lst[0].grid_span
            if span == 1:
                cell = deepcopy(row.tc_lst[1])
                for text in cell.iter(qn("w:t")):
                    text.text = {"Assurance Level": "Now", "{{p risk.levels }}": "{{ risk.level }}"}[
                        text.text
                    ]
                row.insert(row.index(row.tc_lst[1]), cell)
            elif tag_rows == "widened":
                row.tc_lst[0].grid_span = span + 1
            else:
                empty = deepcopy(row.tc_lst[0])
                empty.grid_span = 1
                for text in empty.iter(qn("w:t")):
                    text.text = ""
                row.append(empty)

    change(my_pack / "risk-register.docx", edit)
    made = built(load_pack(str(my_pack)))["risk-register.docx"]
    heading, row = made.tables[0].rows
    assert [cell.text for cell in heading.cells][:3] == ["Risk", "Now", "Assurance Level"]
    assert [cell.text for cell in row.cells][:3] == [
        "Cost: Prices rise.",
        "Amber",
        "Update 1 (May)\nAmber\nUpdate 2 (August)",
    ]


def test_add_a_document(my_pack: Path) -> None:
    name = "conditions-at-a-glance"
    shutil.copyfile(my_pack / "risk-register.docx", my_pack / f"{name}.docx")

    def edit(opened: Any) -> None:
        retype(opened, "SAFETY VALVE PROGRAMME RISK REGISTER", "CONDITIONS AT A GLANCE")
        for row in opened.tables[0]._tbl.tr_lst:
            for cell in row.tc_lst[2:]:
                row.remove(cell)
        for old, new in {
            "Risk": "Condition",
            "Assurance Level": "Level",
            "{%tr for risk in risks %}": "{%tr for condition in conditions %}",
            "{{ risk.heading }} ": "{{ condition.heading }} ",
            "{{ risk.wording }}": "{{ condition.wording }}",
            "{{p risk.levels }}": "{{p condition.levels }}",
        }.items():
            retype(opened, old, new)

    change(my_pack / f"{name}.docx", edit)
    with (my_pack / "pack.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[[documents]]\noutput = "{name}.docx"\ntemplate = "{name}.docx"\n')
        file.write('title = "Conditions at a glance: {{ authority }}, {{ update }}, {{ financial_year }}"\n')
    made = built(load_pack(str(my_pack)))[f"{name}.docx"]
    assert lines(made)[1:7] == [
        "Condition",
        "Level",
        "Condition 3a: Improve.",
        "Update 1 (May)",
        "Amber",
        "Update 2 (August)",
    ]
    assert (
        made.core_properties.title
        == "Conditions at a glance: Bath & North East Somerset, Update 1 (May), 2024-25"
    )


def test_templates_that_libreoffice_saved_give_the_same_words(my_pack: Path, soffice: Any) -> None:
    templates = sorted(my_pack.glob("*.docx"))
    before = {name: lines(opened) for name, opened in built(load_pack(str(my_pack))).items()}
    for template, saved in zip(templates, soffice.all(templates, "docx"), strict=True):
        shutil.copyfile(saved, template)
    after = built(load_pack(str(my_pack)))
    assert {name: lines(opened) for name, opened in after.items()} == before
    for opened in after.values():
        for table in opened.tables:
            assert table._tbl.tr_lst[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
