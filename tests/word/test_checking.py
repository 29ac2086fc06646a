"""Every fault of a template's tags is told at once, with its place and the nearest right name."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from svreport.word.checking import TagFault
from svreport.word.template import Template
from tests.word.samples import Sample, blank, full_template, table


def _faults(folder: Path, *paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> list[TagFault]:
    document = blank()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table(document, *rows)
    path = folder / "risk-register.docx"
    document.save(str(path))
    return Template.open(path).faults(Sample)


@dataclass(frozen=True)
class Case:
    """Paragraphs of a template, the tag that is at fault, what is told of it, and the nearest right name."""

    paragraphs: tuple[str, ...]
    tag: str
    told: str
    nearest: str = ""


CASES = [
    Case(("{{ autority }}",), "{{ autority }}", "names autority, a name that is not there", "authority"),
    Case(("{{ Authority }}",), "{{ Authority }}", "names Authority, a name that is not there", "authority"),
    Case(
        ("{{ item.heading }}",),
        "{{ item.heading }}",
        "stands outside of {% for item in items %}, which alone says what item is",
    ),
    Case(("{{ item.hedding }}",), "{{ item.hedding }}", "names item, a name that is not there", "items"),
    Case(
        ("By {authority}.",),
        "{authority}",
        "has one brace, and prints as it stands: write {{ authority }}",
    ),
    Case(
        ("{%p for item in items %}", "{ item.heading }", "{%p endfor %}"),
        "{ item.heading }",
        "has one brace, and prints as it stands: write {{ item.heading }}",
    ),
    Case(
        ("{{ p answer }}",),
        "{{ p answer }}",
        "has a space before its p: write {{p answer }}",
    ),
    Case(
        ("{% p for row in items %}", "{{ row.heading }}", "{%p endfor %}"),
        "{% p for row in items %}",
        "has a space before its p: write {%p for row in items %}",
    ),
    Case(
        ("{%p for row in items %}", "{{ row.heading }}", "{%p end for %}"),
        "{%p end for %}",
        "is no statement that a template can use, which are for, if, elif, else, set, endfor and endif",
        "endfor",
    ),
    Case(
        ("{%p for row in items %}", "{{ heading }}", "{%p endfor %}"),
        "{{ heading }}",
        "names heading, a name that is not there",
        "row.heading or last.heading",
    ),
    Case(
        ("{%p for row in items %}", "{{ row.heding }}", "{%p endfor %}"),
        "{{ row.heding }}",
        "names row.heding, a name that is not there",
        "row.heading",
    ),
    Case(
        ("{{ loop.index }}",), "{{ loop.index }}", "names loop, a name that is not there; there are authority"
    ),
    Case(
        ("{% for n in names %}{{ loop.indx }}{% endfor %}",),
        "{{ loop.indx }}",
        "names loop.indx, a name that is not there",
        "loop.index or loop.index0 or loop.revindex",
    ),
    Case(
        ("{{ authority|uper }}",), "{{ authority|uper }}", "names uper, a filter that is not there", "upper"
    ),
    Case(("{{ authority|length }}",), "{{ authority|length }}", "uses the filter length on what is no list"),
    Case(("{{ items|upper }}",), "{{ items|upper }}", "uses the filter upper on what is no text"),
    Case(
        ("{{ authority|trim('x') }}",),
        "{{ authority|trim('x') }}",
        "gives the filter trim something in brackets",
    ),
    Case(("{{ authority",), "{{", "is not closed in its paragraph"),
    Case(("authority }}",), "}}", "is not opened in its paragraph"),
    Case(("{% endif",), "{%", "is not closed in its paragraph"),
    Case(("{{ }}",), "{{ }}", "cannot be read: Expected an expression"),
    Case(("{{ authority count }}",), "{{ authority count }}", "cannot be read: expected token"),
    Case(("{% for in items %}{% endfor %}",), "{% for in items %}", "cannot be read"),
    Case(("{% fro n in names %}",), "{% fro n in names %}", "is no statement that a template can use", "for"),
    Case(
        ("{% include 'other.docx' %}",),
        "{% include 'other.docx' %}",
        "is no statement that a template can use",
    ),
    Case(("{% vm %}",), "{% vm %}", "is no statement that a template can use"),
    Case(
        ("{%p for n in names %}", "words"),
        "{%p for n in names %}",
        "is never closed: {% endfor %} is missing",
    ),
    Case(("{%p endfor %}",), "{%p endfor %}", "closes no {% for %}: there is none before it"),
    Case(("{% else %}",), "{% else %}", "stands in no {% if %} or {% for %}"),
    Case(("{% elif count %}",), "{% elif count %}", "stands in no {% if %}"),
    Case(
        ("{%p if authority %}", "words", "{% endif %}"),
        "{% endif %}",
        "closes {%p if authority %}: both must be written with the same letters behind {%",
    ),
    Case(
        ("{% if authority %}", "words", "{% endif %}"),
        "{% endif %}",
        "closes {% if authority %} of another paragraph",
    ),
    Case(
        ("{%p for n in names %} words", "{%p endfor %}"),
        "{%p for n in names %}",
        "stands in a paragraph with other words, which would be lost",
    ),
    Case(("{%tr for n in names %}", "{%tr endfor %}"), "{%tr for n in names %}", "stands in no table"),
    Case(("{{tr authority }}",), "{{tr authority }}", "is written for a row: write {{p authority }}"),
    Case(
        ("{{ signed_off }} and more",),
        "{{ signed_off }}",
        "brings paragraphs of its own, and the other words",
    ),
    Case(
        ("{{ level }} {{ authority }}",), "{{ level }}", "brings paragraphs of its own, and the other words"
    ),
    Case(
        ("{{r signed_off }}",), "{{r signed_off }}", "brings paragraphs of its own: write {{p signed_off }}"
    ),
    Case(("{{ items }}",), "{{ items }}", "is a list: go through it with {% for … in items %}"),
    Case(
        ("{% for row in items %}{{ row }}{% endfor %}",),
        "{{ row }}",
        "is not text by itself: write one of row.email, row.heading, row.levels or row.progress",
    ),
    Case(("{% for n in count %}{% endfor %}",), "{% for n in count %}", "goes through what is no list"),
    Case(("{% for a, b in items %}{% endfor %}",), "{% for a, b in items %}", "takes one name at a time"),
    Case(
        ("{% for n in names recursive %}{% endfor %}",),
        "{% for n in names recursive %}",
        "is recursive, which a template cannot use",
    ),
    Case(("{%- if count -%}x{% endif %}",), "{%- if count -%}", "is written with a hyphen inside its sign"),
    Case(("{{ 'yes' if count }}",), "{{ 'yes' if count }}", "says nothing for the other case"),
    Case(("{{ authority ~ items }}",), "{{ authority ~ items }}", "joins with ~ what is no text"),
    Case(
        ("{{ signed_off.blocks }}",), "{{ signed_off.blocks }}", "names signed_off.blocks, a name that is not"
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(case.paragraphs))
def test_a_fault_is_told_with_its_tag(case: Case, tmp_path: Path) -> None:
    faults = _faults(tmp_path, *case.paragraphs)
    told = [fault for fault in faults if fault.tag == case.tag and fault.wrong.startswith(case.told)]
    assert len(told) == 1, [str(fault) for fault in faults]
    assert told[0].nearest == case.nearest
    assert told[0].words == next(text for text in case.paragraphs if case.tag in text)


DANGEROUS = [
    "{{ 9**9**9 }}",
    "{{ 'x' * 999999999 }}",
    "{{ range(10) }}",
    "{{ authority.upper() }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ items[0].heading }}",
    "{{ cycler }}",
    "{{ authority.__class__ }}",
    "{{ [1, 2] }}",
    "{{" + "(" * 500 + "authority" + ")" * 500 + "}}",
]


@pytest.mark.parametrize("tag", DANGEROUS, ids=range(len(DANGEROUS)))
def test_a_tag_computes_nothing(tag: str, tmp_path: Path) -> None:
    assert len(_faults(tmp_path, tag)) == 1


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("{{ authority }} and {{ contact }}",),
        ("{{p authority }}, {{r contact }}",),
        ("{{ contact.text }} {{ contact.target }} {{ level.level.name }}",),
        ("{% if count > 1 and not note %}{{ authority|upper }}{% elif names %}a{% else %}b{% endif %}",),
        ("{% for n in names %}{{ n }}{% if not loop.last %}, {% endif %}{% endfor %}",),
        ("{% for n in names if n %}{{ loop.index }}{% else %}none{% endfor %}",),
        ("{{ authority if count else names|first }} of {{ names|length }}",),
        ("{% set name = authority ~ ' Council' %}{{ name }}",),
        ("{{ last.heading }}",),
        ("{%p if note %}", "{{p signed_off }}", "{%p else %}", "{{ level }}", "{%p endif %}"),
        ("{#p a remark, with {{ in it #}",),
        ("{% if signed_off %}{{ signed_off }}{% endif %}",),
        ("Say {something}, { it }, {authority.name} and {a, b}.",),
    ],
    ids=lambda paragraphs: paragraphs[0],
)
def test_what_a_template_can_say_is_no_fault(paragraphs: tuple[str, ...], tmp_path: Path) -> None:
    assert _faults(tmp_path, *paragraphs) == []


def test_all_faults_are_told_at_once_with_their_places(tmp_path: Path) -> None:
    document = blank()
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ zebra }}"
    section.footer.paragraphs[0].text = "{{ page"
    document.add_paragraph("Return of {{ autority }}, signed by {{ nobody }}")
    table(
        document, ("Risk", "Level", ""), ("{%tr for item in items %}", "", ""), ("{{ item.leves }}", "", "")
    )
    path = tmp_path / "risk-register.docx"
    document.save(str(path))
    told = [str(fault) for fault in Template.open(path).faults(Sample)]
    there = (
        "; there are authority, contact, count, items, last, level, names, note, signed_off, contact.target, "
        "contact.text, last.email, last.heading, last.levels, last.progress and level.level."
    )
    risk = "risk-register.docx"
    first = "paragraph 1 (“Return of {{ autority }}, signed by {{ nobody }}”)"
    assert told == [
        f"{risk}, header, paragraph 1 (“{{{{ zebra }}}}”): {{{{ zebra }}}} names zebra, a name that is not "
        f"there{there}",
        f"{risk}, body, {first}: {{{{ autority }}}} names autority, a name that is not there. Did you mean authority?",
        f"{risk}, body, {first}: {{{{ nobody }}}} names nobody, a name that is not there{there}",
        f"{risk}, body, table 1, row 2, paragraph 5 (“{{%tr for item in items %}}”): {{%tr for item in items %}} "
        "is never closed: {% endfor %} is missing.",
        f"{risk}, body, table 1, row 3, paragraph 8 (“{{{{ item.leves }}}}”): {{{{ item.leves }}}} names item.leves, "
        "a name that is not there. Did you mean item.levels?",
        f"{risk}, footer, paragraph 1 (“{{{{ page”): {{{{ is not closed in its paragraph.",
    ]


ROWS = {
    "two tags in a row": (
        (("a", "b", "c"), ("{%tr for item in items %}", "", "{%tr endfor %}")),
        "stands in a row with other words or tags, which would be lost",
    ),
    "words in its row": (
        (("a", "b", "c"), ("{%tr for item in items %}", "words", ""), ("{%tr endfor %}", "", "")),
        "stands in a row with other words or tags, which would be lost",
    ),
}


@pytest.mark.parametrize("case", ROWS)
def test_a_row_that_a_tag_takes_away_holds_nothing_else(case: str, tmp_path: Path) -> None:
    rows, told = ROWS[case]
    faults = _faults(tmp_path, rows=rows)
    assert any(fault.wrong.startswith(told) for fault in faults), faults


def test_a_row_closed_in_another_table_is_told(tmp_path: Path) -> None:
    document = blank()
    table(document, ("a", "b", "c"), ("{%tr for item in items %}", "", ""))
    document.add_paragraph("between")
    table(document, ("a", "b", "c"), ("{%tr endfor %}", "", ""))
    path = tmp_path / "risk-register.docx"
    document.save(str(path))
    (fault,) = Template.open(path).faults(Sample)
    assert fault.wrong == "closes {%tr for item in items %}, which stands in another table"
    assert (fault.table, fault.row) == (2, 2)


def test_a_template_without_faults_has_none(tmp_path: Path) -> None:
    assert Template.open(full_template(tmp_path / "full.docx")).faults(Sample) == []
