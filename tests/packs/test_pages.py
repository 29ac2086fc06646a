"""A page of a pack of one's own: its faults are told, and what is right is filled in."""

from pathlib import Path

import pytest

from svreport.errors import TemplateFault
from svreport.narrative.page import fill_page
from svreport.pipeline.building import build_workbook
from svreport.pipeline.options import BuildOptions
from svreport.pipeline.packing import check_pack
from tests.documents.reviews import saved

DECLARED = """
title = "Ours"
language = "en-GB"
[[documents]]
output = "ours.html"
template = "ours.html"
title = "Ours: {{ authority }}"
"""


def pack(folder: Path, page: str) -> Path:
    made = folder / "ours"
    made.mkdir()
    (made / "pack.toml").write_text(DECLARED, encoding="utf-8")
    (made / "ours.html").write_text(page, encoding="utf-8")
    return made


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    page = "{{ authrity }}\n{% for each in metrics %}{{ each.chrt }}{% endfor %}\n{{ metrics }}\n{{ board.tiles }}\n"
    faults, looked_at = check_pack(pack(tmp_path, page))
    assert looked_at == 2
    assert [fault.partition(": ")[0] for fault in faults] == [
        f"ours.html, line {line}" for line in (1, 2, 3, 4)
    ]
    assert "Did you mean authority" in faults[0]
    assert "Did you mean each.chart" in faults[1]


@pytest.mark.parametrize(
    "page", ["{{ authority | trim }}", "{% for each in metrics %}", "{{ authority | named }}"]
)
def test_what_cannot_be_filled_is_told(page: str, tmp_path: Path) -> None:
    (fault,) = check_pack(pack(tmp_path, page))[0]
    assert fault.startswith("ours.html, line 1: ")


def test_a_page_holds_texts_levels_links_and_charts(tmp_path: Path) -> None:
    page = (
        "<style>{{ level_styles }}</style>{{ authority }}{% for each in conditions %}<section>{{ each.levels }}"
        "{{ each.progress }}</section>{% endfor %}{% for person in ceo %}{{ person.email }}{% endfor %}"
        "{{ finance.plan_chart }}{% for each in key %}{{ each.level }}{% endfor %}"
    )
    options = BuildOptions(tmp_path / "out", str(pack(tmp_path, page)))
    workbook = saved(tmp_path, "wiltshire-2024-12")
    made = build_workbook(workbook, options, waiting=lambda folder: None)
    html = (made.folder / "ours.html").read_text(encoding="utf-8")
    assert html.count("<section>") == 7
    assert '<span class="update">Update 3 (November)</span> <span class="level level-3">Red</span>' in html
    assert '<a href="mailto:chief.executive@example.gov.uk">' in html
    assert html.count('<script type="application/json"') == 1
    assert "vegaEmbed" not in html
    assert "<table>" in html


def test_a_tag_without_words_stops_the_build(tmp_path: Path) -> None:
    options = BuildOptions(tmp_path / "out", str(pack(tmp_path, "{{ metrics }}")))
    with pytest.raises(TemplateFault, match="prints what is no text"):
        build_workbook(saved(tmp_path, "wiltshire-2024-12"), options, waiting=lambda folder: None)


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("x\n{% include '/etc/passwd' %}", r"line 2: {% include %} cannot stand here"),
        ("{% import 'a' as b %}", r"line 1: {% import %} cannot stand here"),
        ("{% from 'a' import b %}", r"line 1: {% from %} cannot stand here"),
        ("{% extends 'a' %}", r"line 1: {% extends %} cannot stand here"),
        ("{{ 'a' * 999999999 }}", r"line 1: a tag holds more than a template can use"),
        ("{{ 9 ** 9 ** 9 }}", r"line 1: a tag holds more than a template can use"),
    ],
)
def test_an_attack_stops_before_it_is_filled(page: str, told: str) -> None:
    with pytest.raises(TemplateFault, match=told):
        fill_page("page.html", page, {})
