"""Each fault of text with a case that fires it, and one just inside the line that does not."""

import re

import pytest

from svreport.model.entry import Entry
from svreport.model.finding import Place, Severity
from svreport.model.quantity import Unit
from svreport.narrative.reading import read_text
from svreport.narrative.rules import RULES
from tests.model.returns import Series, facts_of

FACTS = facts_of(
    Series("EHCP", {"Oct 2024": (6161, 5669)}), Series("Unit cost", {"Oct 2024": (36787,)}, Unit.POUNDS)
)

CASES = {
    "TXT-01": ("{{ actual('EHPC') }}", "{{ actual(' ehcp ') }}"),
    "TXT-02": ("{{ EHCP }}", "{ EHCP }"),
    "TXT-03": ("{{ actual('EHCP') | pounds }}", "{{ actual('Unit cost') | pounds }}"),
    "TXT-04": ("{{ actual('EHCP') }", "{ actual('EHCP') }}"),
    "TXT-05": ("[plan](file:///S:/plan.docx)", "[plan](https://example.gov.uk/plan.docx)"),
    "TXT-06": ("a bell\x07", "a tab\t and a soft hyphen\u00ad"),
}


def test_every_rule_has_its_cases_and_is_told_in_full() -> None:
    assert [rule.code for rule in RULES] == sorted(CASES)
    for rule in RULES:
        assert re.fullmatch(r"TXT-\d\d", rule.code)
        assert all((rule.title, rule.why, rule.example))
        assert not rule.title.endswith(".")


@pytest.mark.parametrize("code", CASES)
def test_a_rule_fires_on_its_fault_and_not_just_inside_the_line(code: str) -> None:
    (rule,) = (each for each in RULES if each.code == code)
    faulty, sound = CASES[code]
    (finding,) = read_text(Entry(faulty, Place("Risks", 4, 7)), FACTS).findings
    assert (finding.rule, str(finding.place)) == (rule, "Risks!G4")
    assert finding.is_error == (rule.severity is Severity.ERROR)
    assert all((finding.read, finding.expected, finding.mend))
    assert read_text(Entry(sound, Place("Risks", 4, 7)), FACTS).findings == ()
