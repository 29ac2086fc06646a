"""Text cannot reach Python's insides, compute without bound, read a file or go to the network."""

import re
from collections.abc import Mapping

import pytest

from tests.documents.reading import paragraphs
from tests.hostile.attacks import Attack, Survived, assert_harmless
from tests.hostile.workbooks import MARKDOWN, WORKBOOK, save, texts, with_cells

EXPRESSIONS = {
    "a tower of powers": "{{ 9**9**9 }}",
    "a power": "{{ 9**729 }}",
    "a long text": "{{ 'a'*10**9 }}",
    "a long list": "{{ range(10**9) }}",
    "a list's sum": "{{ range(10**9)|sum }}",
    "a class": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "a function's globals": "{{ actual.__globals__ }}",
    "a function's code": "{{ actual.__code__.co_consts }}",
    "an attribute by filter": "{{ ''|attr('__class__') }}",
    "an attribute by index": "{{ ''['__class__'] }}",
    "a call of a result": "{{ actual('Plans')() }}",
    "a keyword": "{{ actual(metric='Plans') }}",
    "stars": "{{ actual(*['Plans']) }}",
    "a computed argument": "{{ actual('Pla' ~ 'ns') }}",
    "a sum": "{{ actual('Plans') + 1 }}",
    "a format": "{{ '%999999999d'|format(1) }}",
    "a file": "{{ open('../outside/secret.txt').read() }}",
    "a module": "{{ self._TemplateReference__context }}",
    "cycler": "{{ cycler.__init__.__globals__.os.popen('cat ../outside/secret.txt').read() }}",
    "lipsum": "{{ lipsum(n=1000000) }}",
    "joiner": "{{ joiner.__init__.__globals__ }}",
    "a debug tag": "{% debug %}",
    "a loop": "{% for i in range(10**9) %}x{% endfor %}",
    "a loop in a loop": "{% for i in [1]*9999 %}{% for j in [1]*9999 %}x{% endfor %}{% endfor %}",
    "a file included": "{% include '../outside/secret.txt' %}",
    "a file imported": "{% import '/etc/passwd' as x %}{{ x }}",
    "a name set": "{% set x = 9**99999 %}",
    "a macro": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "decimals without end": "{{ actual('Plans') | decimals(999999999) }}",
    "nearest nothing": "{{ actual('Plans') | nearest(0) }}",
    "nearest less than nothing": "{{ actual('Plans') | nearest(-1) }}",
    "pounds of no unit": "{{ actual('Plans') | pounds('zillions', 99999999) }}",
    "a huge argument": "{{ actual('Plans') | nearest(" + "9" * 5000 + ") }}",
    "a filter of itself, ten thousand times": "{{ actual('Plans')" + "|size" * 6000 + " }}",
    "brackets a thousand deep": "{{ " + "(" * 5000 + "actual('Plans')" + ")" * 5000 + " }}",
    "lists a thousand deep": "{{ " + "[" * 9000 + "]" * 9000 + " }}",
    "minus a thousand times": "{{ " + "-" * 20000 + "1 }}",
    "not a thousand times": "{{ " + "not " * 7000 + "1 }}",
    "an argument that never ends": "{{ actual('" + "a" * 30000,
    "a name of thirty thousand letters": "{{ actual('" + "a" * 30000 + "') }}",
    "a level of a secret": "{{ level('../outside/secret.txt') }}",
}  # fmt: skip
BRACES = {
    "opening": "{" * 32_000,
    "closing": "}" * 32_000,
    "in pairs": "{{}}" * 8_000,
    "nested": "{{" * 8_000 + "}}" * 8_000,
    "of tags": "{% %}" * 6_000,
    "of notes": "{# " * 10_000,
    "with a quotation mark": "{{'" * 10_000,
    "of right figures": "{{ actual('Plans') }}" * 1_500,
}
MARKUP = {
    "stars": "*" * 32_000,
    "bold without end": "**a" * 10_000,
    "brackets": "[" * 32_000,
    "links in links": "[a](" * 8_000,
    "an image of elsewhere": "![x](http://192.0.2.1/x.png)" * 500,
    "an image of the machine": "![x](file:///etc/passwd) ![x](../outside/secret.txt)",
    "links of scripts": "[x](javascript:alert(1)) [y](file:///etc/passwd) [z](data:text/html,x) [w](\\\\host\\share)",
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)><iframe src='file:///etc/passwd'>",
    "XML of Word": '</w:t></w:r><w:r><w:instrText>INCLUDETEXT "../outside/secret.txt"</w:instrText></w:r><w:t>',
    "entities": "&lol; &#0; &#xD800; &amp;amp; ]]> <!ENTITY x SYSTEM 'file:///etc/passwd'> &x;",
    "lists ten thousand deep": "".join("  " * n + "- a\n" for n in range(170)),
    "quotations": "> " * 16_000,
    "a table a thousand wide": "|".join("a" * 1000) + "\n" + "|".join(["-"] * 1000) + "\n",
    "rows of a table": "a|b\n-|-\n" + "c|d\n" * 1_000,
    "bullets": "- a\n" * 1_000,
    "line breaks": "\n" * 32_000,
    "numbered without end": "99999999999999999999. a\n" * 1_000,
    "controls": "".join(f"_x{n:04X}_" for n in range(32)) + "_xD800__xDFFF__xFFFE__xFFFF_",
    "lone halves of characters": "_xD83D_a_xDE00_b_xDE00__xD83D_",
    "right to left": "\u202e\u2066\u2067\u2068" * 1_000 + "a",
    "combining marks": "a" + "\u0301" * 30_000,
    "joined pictures": "👩‍👩‍👧‍👦" * 1_000,
    "a word of thirty thousand letters": "W" * 32_000,
    "digits": "9" * 32_000,
    "numbers": "1,234.5% " * 3_500,
    "dates": "31 December 2024, " * 1_700,
    "fields of Word": '=1+1 _x0015_ { INCLUDEPICTURE "http://192.0.2.1/x" } MERGEFIELD',
    "formulas": "=cmd|'/c calc'!A1 +1+1 @SUM(1) -2",
}


def spread(texts: Mapping[str, str], number: int, around: str = "{}") -> dict[str, str]:
    """A text in every cell of Markdown; each round begins where the one before ended."""
    listed = list(texts.values())
    first = number * len(MARKDOWN)
    return {
        cell: around.replace("{}", listed[(first + at) % len(listed)]) for at, cell in enumerate(MARKDOWN)
    }


LONG = {f"braces, {name}": text for name, text in BRACES.items()} | {
    f"markup, {name}": text for name, text in MARKUP.items()
}
_ROUNDS = 5
_BUILD = (("check", WORKBOOK), ("build", WORKBOOK))

ATTACKS = {
    **{
        f"expressions, round {number}": Attack(
            save(with_cells(spread(EXPRESSIONS, number, "Here {} ends."))), _BUILD, (1,), "TXT-0"
        )
        for number in range(_ROUNDS)
    },
    "expressions where plain names stand": Attack(
        save(texts("Words.", f"Here {EXPRESSIONS['a power']} {EXPRESSIONS['a loop']} ends.")), _BUILD, (0, 1)
    ),
    **{
        name: Attack(
            save(with_cells({"Progress!C4": text, "Risks!G4": text[:900], "Programme!B4": text[:900]})),
            (("build", WORKBOOK),),
        )
        for name, text in LONG.items()
    },
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_it_is_refused_or_harmless(name: str, survived: Mapping[str, Survived]) -> None:
    assert_harmless(survived[name])
    assert len(survived[name].documents) >= 4


@pytest.mark.parametrize("number", range(_ROUNDS))
def test_each_cell_with_an_expression_is_an_error_and_shows_a_mark(
    number: int, survived: Mapping[str, Survived]
) -> None:
    """In five rounds every expression stands in several cells, and every cell holds several of them."""
    whole = survived[f"expressions, round {number}"]
    said = "\n".join(paragraphs(whole.desk / "outputs" / "return" / "submission.docx"))
    for cell in spread(EXPRESSIONS, number):
        assert f"{WORKBOOK}  {cell}  TXT-0" in whole.calls[0].out
        assert re.search(rf"\[TXT-0\d {cell}\]", said), cell


def test_every_expression_was_tried() -> None:
    tried = {text for number in range(_ROUNDS) for text in spread(EXPRESSIONS, number).values()}
    assert tried == set(EXPRESSIONS.values())


def test_names_print_their_braces_as_typed(survived: Mapping[str, Survived]) -> None:
    folder = survived["expressions where plain names stand"].desk / "outputs" / "return"
    found = paragraphs(folder / "submission.docx")
    assert any("{{ 9**729 }}" in each and "{% for i in range(10**9) %}" in each for each in found)
    assert str(9**729)[:20] not in "\n".join(found)
