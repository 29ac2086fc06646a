"""The sandbox: a template's code is made once for the same text and settings, and for no other."""

import tracemalloc
from collections.abc import Iterator

import pytest
from jinja2 import TemplateSyntaxError
from jinja2.filters import FILTERS

from svreport.errors import TemplateFault
from svreport.narrative import sandbox
from svreport.narrative.page import fill_page, parse_page
from svreport.narrative.sandbox import Sandbox


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    sandbox._kept.clear()
    yield
    sandbox._kept.clear()


def made(kind: str = "word", *filters: str, **settings: object) -> Sandbox:
    return Sandbox(kind, {each: FILTERS[each] for each in filters}, **settings)


def test_the_same_text_is_compiled_once() -> None:
    first, again = made().from_string("{{ a }}"), made().from_string("{{ a }}")
    assert first.root_render_func.__code__ is again.root_render_func.__code__
    assert [first.render({"a": "<"}), again.render({"a": 2})] == ["&lt;", "2"]


def test_another_text_or_kind_has_code_of_its_own() -> None:
    assert made().from_string("{{ a }}!").render({"a": 1}) == "1!"
    assert made("word").from_string("{% if a %}\nyes{% endif %}").render({"a": 1}) == "\nyes"
    assert made("page", trim_blocks=True).from_string("{% if a %}\nyes{% endif %}").render({"a": 1}) == "yes"


def test_what_is_printed_is_asked_each_time() -> None:
    rendered = []
    for told in ("one", "two"):
        each = made()
        each.finalize = lambda value, told=told: f"{told} {value}"
        rendered.append(each.from_string("{{ a }}").render({"a": "way"}))
    assert rendered == ["one way", "two way"]


def test_code_made_without_it_is_no_code_for_it() -> None:
    assert made().from_string("{{ a }}").render({"a": 1}) == "1"
    asked = made()
    asked.finalize = lambda value: f"<{value}>"
    assert asked.from_string("{{ a }}").render({"a": 1}) == "&lt;1&gt;"


def test_a_fault_is_told_each_time() -> None:
    for _ in range(2):
        with pytest.raises(TemplateSyntaxError):
            made().from_string("{{ a")


def test_no_more_than_a_number_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_MOST_KEPT", 3)
    for number in range(10):
        assert made().from_string(f"{number} {{{{ a }}}}").render({"a": "x"}) == f"{number} x"
        assert len(sandbox._kept) <= 3


def test_there_is_nothing_to_reach_out_with() -> None:
    each = made("word", "upper")
    assert (dict(each.globals), dict(each.tests), list(each.filters)) == ({}, {}, ["upper"])


def test_what_would_fill_the_memory_is_refused_before_it_is_worked_out() -> None:
    page = "{{ 'a' * 50000000 }}"
    tracemalloc.start()
    try:
        with pytest.raises(TemplateFault, match="a tag holds more than a template can use"):
            fill_page("page.html", page, {})
        parse_page("page.html", page)
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_loops_within_loops_end(monkeypatch: pytest.MonkeyPatch) -> None:
    nested = "{% for a in few %}" * 9 + "{{ a }}" + "{% endfor %}" * 9
    few = made().from_string("{% for a in few %}{{ loop.index }} of {{ loop.length }}, {% endfor %}")
    assert few.render({"few": (7, 8)}) == "1 of 2, 2 of 2, "
    monkeypatch.setattr(sandbox, "_MOST_ROUNDS", 5_000)
    with pytest.raises(TemplateFault, match="loops go round too often"):
        made().from_string(nested).render({"few": range(5)})
    with pytest.raises(TemplateFault, match="loops go round too often"):
        fill_page("page.html", nested, {"few": range(5)})
    empty = "{% for a in few %}" * 15 + "{% endfor %}" * 15
    with pytest.raises(TemplateFault, match="loops go round too often"):
        made().from_string(empty).render({"few": range(5)})


def test_one_template_prints_no_more_than_a_document_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_MOST_CHARACTERS", 10_000)
    page = "{% for a in few %}" + "x" * 100 + "{% endfor %}"
    assert made().from_string(page).render({"few": range(100)}) == "x" * 10_000
    with pytest.raises(TemplateFault, match="more than any document holds"):
        made().from_string(page).render({"few": range(101)})


def test_empty_parts_end_nothing() -> None:
    page = "{% for a in few %}{% if a == 4999 %}end{% endif %}{{ '' }}{% endfor %}"
    assert made().from_string(page).render({"few": range(5000)}) == "end"
