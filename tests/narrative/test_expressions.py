"""Figures in text: how they may be written, how they print, and how everything else is told."""

import subprocess
import sys

import pytest

from svreport.model.entry import Entry
from svreport.model.finding import Place
from svreport.model.quantity import Unit
from svreport.narrative.expressions import look_up
from svreport.narrative.filters import FilterUnfit
from svreport.narrative.reading import read_plain, read_text
from tests.model.returns import UNREAD, Series, facts_of
from tests.narrative.typed import outline

HERE = Place("Progress", 7, 3)

FACTS = facts_of(
    Series("EHCP", {"Jul 2024": (5861, 5632), "Oct 2024": (6161, 5669)}),
    Series("INMSS", {"Jul 2024": (5.86, 6.8), "Oct 2024": (5.62, 6.78)}, Unit.PERCENT),
    Series("Children's plans", {"Oct 2024": (1234.5,)}),
    Series("Unit cost", {"Jul 2024": (36787,), "Oct 2024": (36787.5,)}, Unit.POUNDS),
    Series("Spend", {"Jul 2024": (999.9, 1000), "Oct 2024": (-1500.25, 1000)}, Unit.THOUSANDS),
    Series('5" pipes', {"Oct 2024": (3,)}),
    Series("A\\B", {"Oct 2024": (4,)}),
    Series("Faulty", {"Oct 2024": (UNREAD,)}),
    finance={("Mitigated", "Cumulative deficit"): {"2024-25": 84512.345, "2028-29": -400}},
    conditions={"3.1": ("Green", "Amber"), "2": ("Red", UNREAD)},
    items={
        "Authority": "A*B_c|d",
        "Multi\nline": "one\ntwo",
        "Odd": "bell\x07",
        "Markdown": "- **x**\n\n{{ y }}",
    },
)

WRITTEN = {
    # a name in any quotes, whatever is in it
    "actual('EHCP')": "6,161",
    'actual("EHCP")': "6,161",
    "actual(‘EHCP’)": "6,161",
    "actual(“EHCP”)": "6,161",
    "actual(‘EHCP')": "6,161",
    "actual(„EHCP“)": "6,161",
    "  actual ( 'ehcp' )  ": "6,161",
    "actual('EHCP','Jul 2024')": "5,861",
    "actual('EHCP', 'Jul '24')": "5,861",
    "actual('EHCP', “Jul ’24”)": "5,861",
    "actual('Children's plans')": "1,234.5",
    'actual("Children\'s plans")': "1,234.5",
    'actual("Children’s plans")': "1,234.5",
    "actual(‘Children’s plans’)": "1,234.5",
    "actual(“Children’s plans”)": "1,234.5",
    r"actual('Children\'s plans')": "1,234.5",
    "actual('5\" pipes')": "3",
    'actual("5" pipes")': "3",
    r"actual('A\B')": "4",
    "actual('EHCP',\n  'Jul 2024',\n)": "5,861",
    "actual\u00a0('EHCP')": "6,161",
    # the functions
    "forecast('EHCP')": "5,669",
    "gap('EHCP')": "492",
    "gap('INMSS')": "−1.16%",
    "change('EHCP', 'Jul 2024')": "300",
    "finance('Mitigated', 'Cumulative deficit', '2024-25')": "£84.51m",
    "level('3.1')": "Amber",
    "level('3.1', 'Update 1 (May)')": "Green",
    "programme('Authority')": "A*B_c|d",
    # the filters
    "actual('EHCP') | nearest(100)": "6,200",
    "actual('EHCP')|nearest(50)": "6,150",
    "actual('EHCP') | nearest(0.1)": "6,161",
    "actual('INMSS') | nearest(1)": "6%",
    "actual('INMSS') | nearest(0.5)": "5.5%",
    "actual('INMSS') | nearest(0.25)": "5.50%",
    "actual('Unit cost')": "£36,787.50",
    "actual('Unit cost') | nearest(100)": "£36,800",
    "actual('Unit cost') | decimals(0)": "£36,788",
    "actual('Unit cost') | pounds('k', 1)": "£36.8k",
    "actual('Unit cost') | pounds('k')": "£37k",
    "actual('Unit cost') | pounds": "£36,788",
    "actual('Unit cost') | pounds('£', 2)": "£36,787.50",
    "actual('Unit cost') | pounds('m', 2)": "£0.04m",
    "actual('Spend')": "−£1.5m",
    "actual('Spend') | size": "£1.5m",
    "actual('Spend') | decimals(3)": "−£1.500m",
    "actual('Spend') | size | pounds('k', 2)": "£1,500.25k",
    "actual('Spend') | pounds('')": "−£1,500,250",
    "actual('Spend', 'Jul 2024')": "£999,900",
    "actual('Spend', 'Jul 2024') | nearest(1000)": "£1m",
    "finance('Mitigated', 'Cumulative deficit', '2024-25') | pounds('m', 1)": "£84.5m",
    "finance('Mitigated', 'Cumulative deficit', '2024-25') | pounds('£m', 1)": "£84.5m",
    "finance('Mitigated', 'Cumulative deficit', '2024-25') | decimals(1) | pounds('m')": "£84.5m",
    "finance('Mitigated', 'Cumulative deficit', '2024-25') | nearest(1_000_000)": "£85m",
    "finance('Mitigated', 'Cumulative deficit', '2028-29') | size": "£400,000",
    "gap('INMSS') | size": "1.16%",
    "gap('INMSS') | size | decimals(1)": "1.2%",
    "gap('EHCP') | nearest(100) | size()": "500",
    "change('INMSS', 'Jul 2024') | decimals(0)": "0%",
    "actual('EHCP') | decimals(2)": "6,161.00",
}


@pytest.mark.parametrize(("source", "printed"), WRITTEN.items(), ids=WRITTEN)
def test_a_figure_prints_as_it_is_asked_for(source: str, printed: str) -> None:
    narrative = read_text(Entry(f"Now {{{{{source}}}}}.", HERE), FACTS)
    assert narrative.findings == ()
    assert outline(narrative.blocks) == [f"Now |f:{printed}|."]
    figure = look_up(source, FACTS)
    assert figure.places
    assert look_up(figure.written, FACTS) == figure, "what it is written as gives it again"


def test_a_figure_keeps_its_expression_its_value_and_its_cells() -> None:
    figure = look_up("gap( “inmss” )|size|decimals(1)", FACTS)
    assert figure.written == "gap('INMSS') | size | decimals(1)"
    assert figure.quantity is not None
    assert (str(figure.quantity.amount), figure.quantity.unit) == ("1.16", Unit.PERCENT)
    series = FACTS.series["inmss"]
    assert figure.places == tuple(
        list(column.values())[-1].place for column in (series.actual, series.forecast)
    )
    rounded = look_up("actual('Spend') | nearest(1000)", FACTS)
    assert rounded.quantity is not None
    assert rounded.quantity.in_pounds == -1_500_000


REFUSED = {
    # a figure that the workbook does not hold
    "{{ actual('EHPC') }}": ("TXT-01", "a metric: EHCP, INMSS", "Did you mean EHCP"),
    "{{ actual('EHCP', 'Nov 2024') }}": (
        "TXT-01",
        "a period for which EHCP has an actual: Jul 2024 to Oct 2024",
        "",
    ),
    "{{ actual('EHCP', 'soon') }}": ("TXT-01", "a period such as Apr 2024", ""),
    "{{ actual('') }}": ("TXT-01", "a metric", ""),
    "{{ level('3.2') }}": ("TXT-01", "a condition or risk", "Did you mean 3.1"),
    "{{ finance('Mitigated', 'Deficit', '2024-25') }}": (
        "TXT-01",
        "a line of Mitigated",
        "Did you mean Cumulative deficit?",
    ),
    "{{ programme('Authorty') }}": ("TXT-01", "an item of Programme", "Did you mean Authority?"),
    # no call of the contract
    "{{ EHCP }}": ("TXT-02", "one of actual, forecast", "write actual('EHCP')"),
    "{{ actual }}": ("TXT-02", "one of actual", "actual('EHCP', 'Jul 2024')"),
    "{{ 'EHCP' }}": ("TXT-02", "one of actual", ""),
    "{{ 6161 }}": ("TXT-02", "one of actual", ""),
    "{{}}": ("TXT-02", "one of actual", ""),
    "{{ acual('EHCP') }}": ("TXT-02", "a function: actual", "Did you mean actual?"),
    "{{ lipsum(5) }}": ("TXT-02", "a function: actual", ""),
    "{{ range(10**9) }}": ("TXT-02", "a function", ""),
    "{{ actual('EHCP') | neerest(10) }}": ("TXT-02", "a filter: nearest", "Did you mean nearest?"),
    "{{ actual('EHCP') | upper }}": ("TXT-02", "a filter: nearest, decimals, size or pounds", ""),
    "{{ actual() }}": (
        "TXT-02",
        "actual with metric, or also period",
        "write it like actual('EHCP', 'Jul 2024')",
    ),
    "{{ change('EHCP') }}": ("TXT-02", "change with metric and since", "change('EHCP', 'Jul 2024')"),
    "{{ actual('EHCP', 'Jul 2024', 'more') }}": ("TXT-02", "actual with", ""),
    "{{ actual('EHCP', metric='EHCP') }}": ("TXT-02", "actual with", ""),
    "{{ actual(metric='EHCP', period='Jul 2024') }}": ("TXT-02", "actual with", ""),
    "{{ actual('EHCP') | decimals(n=1) }}": ("TXT-02", "decimals with n", ""),
    "{{ actual('EHCP', when='Jul 2024') }}": ("TXT-02", "actual with", ""),
    "{{ actual('EHCP') | size(1) }}": ("TXT-02", "size without anything in brackets", ""),
    "{{ actual('EHCP') | nearest }}": ("TXT-02", "nearest with n", "nearest(100)"),
    "{{ level(3.1) }}": ("TXT-02", "quotation marks", "put 3.1 between quotation marks"),
    "{{ actual(EHCP) }}": ("TXT-02", "names between quotation marks", "actual('EHCP', 'Jul 2024')"),
    "{{ finance('Mitigated', 'Cumulative deficit', 2024-25) }}": (
        "TXT-02",
        "names between quotation marks",
        "",
    ),
    "{{ actual('EHCP }}": ("TXT-02", "one of actual", ""),
    "{{ actual('EHCP' }}": ("TXT-02", "one of actual", ""),
    "{{ actual(true) }}": ("TXT-02", "names between quotation marks", ""),
    "{{ actual(none) }}": ("TXT-02", "names between quotation marks", ""),
    # nothing computes, nothing reaches Python's insides
    "{{ 9**729 }}": ("TXT-02", "one of actual", ""),
    "{{ 'a' * 999999999 }}": ("TXT-02", "one of actual", ""),
    "{{ actual('EHCP') + 1 }}": ("TXT-02", "one of actual", ""),
    "{{ actual('EHCP' ~ 'x') }}": ("TXT-01", "a metric", ""),
    "{{ actual(['EHCP'][0]) }}": ("TXT-02", "names between quotation marks", ""),
    "{{ actual(*['EHCP']) }}": ("TXT-02", "actual with", ""),
    "{{ actual(**{'metric': 'EHCP'}) }}": ("TXT-02", "actual with", ""),
    "{{ actual('EHCP').quantity }}": ("TXT-02", "one of actual", ""),
    "{{ actual('EHCP').__class__.__mro__ }}": ("TXT-02", "one of actual", ""),
    "{{ actual.__globals__ }}": ("TXT-02", "one of actual", ""),
    "{{ ''.__class__ }}": ("TXT-02", "one of actual", ""),
    "{{ self.__init__.__globals__ }}": ("TXT-02", "one of actual", ""),
    "{{ actual('EHCP') if true else level('3.1') }}": ("TXT-02", "one of actual", ""),
    "{{ (actual('EHCP'), actual('EHCP')) }}": ("TXT-02", "one of actual", ""),
    "{{ actual(actual('EHCP')) }}": ("TXT-02", "names between quotation marks", ""),
    "{{ actual('EHCP') is defined }}": ("TXT-02", "one of actual", ""),
    "{{ actual('EHCP'); import os }}": ("TXT-02", "one of actual", ""),
    "{{ __import__('os') }}": ("TXT-02", "a function", ""),
    "{% for x in y %}": ("TXT-02", "figures between {{ and }} only", ""),
    "{% include '/etc/passwd' %}": ("TXT-02", "figures between {{ and }} only", ""),
    "{%- raw -%}": ("TXT-02", "figures between {{ and }} only", ""),
    # a filter on what it does not fit, or with a value it does not take
    "{{ level('3.1') | nearest(1) }}": ("TXT-03", "a number before | nearest", "take | nearest away"),
    "{{ programme('Authority') | size }}": ("TXT-03", "a number before | size", ""),
    "{{ actual('EHCP') | pounds('m', 1) }}": ("TXT-03", "money before | pounds", "take | pounds away"),
    "{{ actual('INMSS') | pounds }}": ("TXT-03", "money before | pounds", ""),
    "{{ actual('Spend') | pounds('bn') }}": ("TXT-03", "'m' for millions", "pounds('m', 1)"),
    "{{ actual('Spend') | pounds(1) }}": ("TXT-03", "'m' for millions", ""),
    "{{ actual('Spend') | pounds('m', 7) }}": ("TXT-03", "from 0 to 6", ""),
    "{{ actual('EHCP') | decimals(7) }}": ("TXT-03", "from 0 to 6", ""),
    "{{ actual('EHCP') | decimals(1.5) }}": ("TXT-03", "from 0 to 6", ""),
    "{{ actual('EHCP') | decimals('1') }}": ("TXT-03", "from 0 to 6", ""),
    "{{ actual('EHCP') | decimals(1000000000) }}": ("TXT-03", "from 0 to 6", ""),
    "{{ actual('EHCP') | decimals(10**9) }}": ("TXT-02", "numbers", ""),
    "{{ actual('EHCP') | nearest(0) }}": ("TXT-03", "a number above 0", ""),
    "{{ actual('EHCP') | nearest(-10) }}": ("TXT-02", "numbers", ""),
    "{{ actual('EHCP') | nearest(1e300) }}": ("TXT-03", "a number above 0", ""),
    "{{ actual('EHCP') | nearest(1e999) }}": ("TXT-02", "numbers", ""),
    "{{ actual('EHCP') | nearest(0.0000001) }}": ("TXT-03", "a number above 0", ""),
    "{{ actual('EHCP') | nearest('100') }}": ("TXT-03", "a number above 0", ""),
}


@pytest.mark.parametrize(("typed", "told"), REFUSED.items(), ids=REFUSED)
def test_everything_else_is_an_error_at_the_cell(typed: str, told: tuple[str, str, str]) -> None:
    code, expected, mend = told
    narrative = read_text(Entry(f"Now {typed} then", HERE), FACTS)
    (finding,) = narrative.findings
    assert (finding.code, finding.place, finding.is_error) == (code, HERE, True)
    assert finding.read.startswith(typed[:2])
    assert expected in finding.expected
    assert mend in finding.mend
    assert finding.mend
    assert outline(narrative.blocks) == [f"Now |m:[{code} Progress!C7]| then"]


DEEP = [
    *("(" * 480, "[" * 480, "{" * 240, "-" * 480, "~" * 480, "'" * 480, "not " * 120, "a." * 240, "x|" * 240),
    *("9" * 480, "0x" + "f" * 470, "1 if " * 90, "actual(" * 60, "a" * 480, "\\" * 480, "e" + "\u0301" * 400),
    *("²" * 9, "\U0001d7d8", "\ud800"),
]


@pytest.mark.parametrize("inside", DEEP, ids=[ascii(each[:8]) for each in DEEP])
def test_deep_and_long_expressions_are_an_error_like_any_other(inside: str) -> None:
    narrative = read_text(Entry(f"{{{{ {inside} }}}}", HERE), FACTS)
    assert {finding.code for finding in narrative.findings} <= {"TXT-01", "TXT-02", "TXT-04", "TXT-06"}
    assert any(finding.is_error for finding in narrative.findings)


UNCLOSED = {
    "{{ actual('EHCP') and more": ["m:[TXT-04 Progress!C7]| actual('EHCP') and more"],
    "{{ one\n\n{{ actual('EHCP') }}": ["m:[TXT-04 Progress!C7]| one", "f:6,161"],
    "{{ one {{ actual('EHCP') }}": ["m:[TXT-04 Progress!C7]| one |f:6,161"],
    "a {{": ["a |m:[TXT-04 Progress!C7]"],
    "a {% b": ["a |m:[TXT-04 Progress!C7]| b"],
    "{{ " + "x" * 600 + " }}": ["m:[TXT-04 Progress!C7]| " + "x" * 600 + " }}"],
}


@pytest.mark.parametrize(("typed", "blocks"), UNCLOSED.items(), ids=[typed[:30] for typed in UNCLOSED])
def test_braces_that_are_not_closed_are_an_error_and_the_words_stay(typed: str, blocks: list[object]) -> None:
    narrative = read_text(Entry(typed, HERE), FACTS)
    assert [finding.code for finding in narrative.findings] == ["TXT-04"]
    assert outline(narrative.blocks) == blocks


AS_TYPED = {
    "}} %} #}": "}} %} #}",
    "{# not a comment #}": "{# not a comment #}",
    "{ actual('EHCP') }": "{ actual('EHCP') }",
    "{{{ actual('EHCP') }}}": "{|f:6,161|}",
    r"\{{ actual('EHCP') }} and \{% if %}": "{{ actual('EHCP') }} and {% if %}",
}


@pytest.mark.parametrize(("typed", "block"), AS_TYPED.items(), ids=AS_TYPED)
def test_other_braces_print_as_typed(typed: str, block: str) -> None:
    narrative = read_text(Entry(typed, HERE), FACTS)
    assert (narrative.findings, outline(narrative.blocks)) == ((), [block])


def test_what_a_figure_prints_is_never_markup() -> None:
    text = "**{{ programme('Authority') }}** *{{ programme('Markdown') }}*\n\n{{ programme('Markdown') }}"
    narrative = read_text(Entry(text, HERE), FACTS)
    assert narrative.findings == ()
    assert outline(narrative.blocks) == ["bf:A*B_c|d| |if:- **x**\n\n{{ y }}", "f:- **x**\n\n{{ y }}"]


def test_a_figure_stands_in_a_table_a_list_and_a_link() -> None:
    text = (
        "| a | {{ programme('Authority') }} |\n|---|---|\n| {{ gap('EHCP') | size }} | x |\n\n"
        "- {{ actual('EHCP') }}\n\n[{{ actual('EHCP') }} plans](https://example.gov.uk)"
    )
    narrative = read_text(Entry(text, HERE), FACTS)
    assert narrative.findings == ()
    assert outline(narrative.blocks) == [
        [["a#", "f:A*B_c|d"], ["f:492#", "x"]],
        {"-": [["f:6,161"]]},
        "f:<https://example.gov.uk>6,161|<https://example.gov.uk> plans",
    ]


def test_an_address_cannot_hold_a_figure() -> None:
    narrative = read_text(Entry("[a](https://x.gov.uk/{{ actual('EHCP') }})", HERE), FACTS)
    assert outline(narrative.blocks) == ["[a](https://x.gov.uk/|f:6,161|)"]


def test_a_cell_that_could_not_be_read_is_told_once_and_marked_where_it_is_asked_for() -> None:
    narrative = read_text(Entry("{{ actual('Faulty') }} and {{ level('2') }}", HERE), FACTS)
    assert narrative.findings == ()
    numbers, levels = FACTS.series["faulty"].actual, FACTS.submission.conditions[1].levels
    (number,) = (entry.place for entry in numbers.values())
    assert outline(narrative.blocks) == [f"m:[NUM-01 {number}]| and |m:[LVL-01 {levels[1].place}]"]


def test_a_fault_is_told_once_in_a_cell_however_often_it_stands_there() -> None:
    narrative = read_text(Entry("{{ EHCP }} {{  EHCP }} {{ INMSS }}", HERE), FACTS)
    assert [finding.read for finding in narrative.findings] == ["{{ EHCP }}", "{{ INMSS }}"]


def test_a_text_of_faults_is_told_a_hundred_times_at_most() -> None:
    text = " ".join(f"{{{{ x{number} }}}}" for number in range(5_000))
    narrative = read_text(Entry(text, HERE), FACTS)
    assert len(narrative.findings) == 100
    (block,) = outline(narrative.blocks)
    assert str(block).count("[TXT-02 Progress!C7]") == 5_000


def test_characters_that_no_document_holds_are_shown_and_queried() -> None:
    narrative = read_text(Entry("a\x00b\ufffe0\uffffc\ud800d\x07e", HERE), FACTS)
    assert outline(narrative.blocks) == ["a�b�0�c�d�e"]
    (finding,) = narrative.findings
    assert (finding.code, finding.is_error) == ("TXT-06", False)
    assert finding.read == "U+0000, U+FFFE, U+FFFF, U+D800, U+0007"
    printed = outline(read_text(Entry("{{ programme('Odd') }}", HERE), FACTS).blocks)
    assert printed == ["f:bell�"]


def test_a_link_that_documents_cannot_carry_is_a_query() -> None:
    narrative = read_text(Entry("[a](javascript:x) [b](javascript:x)", HERE), FACTS)
    (finding,) = narrative.findings
    assert (finding.code, finding.is_error, finding.read) == ("TXT-05", False, "javascript:x")


ENTRIES: list[tuple[Entry[str], str, list[object]]] = [
    (Entry(None, HERE), "", []),
    (Entry(None, HERE, "TXT-99"), "[TXT-99 Progress!C7]", ["m:[TXT-99 Progress!C7]"]),
    (Entry("  ", HERE), "", []),
    (Entry(" a\r\nb\x07 *c* ", HERE), "a\nb� *c*", ["a\nb� |i:c"]),
]


@pytest.mark.parametrize(("entry", "plain", "blocks"), ENTRIES)
def test_a_cell_has_its_words_or_its_mark_or_nothing(
    entry: Entry[str], plain: str, blocks: list[object]
) -> None:
    assert read_plain(entry) == plain
    assert outline(read_text(entry, FACTS).blocks) == blocks


def test_filters_are_kept_from_words() -> None:
    with pytest.raises(FilterUnfit):
        look_up("level('3.1') | decimals(1)", FACTS)


def test_text_without_braces_or_markup_loads_neither_jinja_nor_markdown_it() -> None:
    script = (
        "import sys\n"
        "from svreport.model.finding import Place\n"
        "from svreport.model.submission import Entry\n"
        "from svreport.narrative.reading import read_text\n"
        "read_text(Entry('- plain\\n\\n1. words', Place('A', 1, 1)), None)\n"
        "assert not {'jinja2', 'markdown_it'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_all_figures_of_a_return_can_be_written_into_text() -> None:
    for figure in FACTS.everything():
        assert look_up(figure.written, FACTS) == figure
