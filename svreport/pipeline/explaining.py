"""The catalogue of checks: every rule that can make a finding, whichever room it belongs to."""

from svreport.errors import CallFault
from svreport.model import names
from svreport.model.finding import Rule


def catalogue() -> list[Rule]:
    """Every rule, by code."""
    from svreport.figures.rules import RULES as OF_EXHIBITS
    from svreport.narrative.rules import RULES as OF_TEXT
    from svreport.review.catalogue import RULES as OF_THE_REVIEW
    from svreport.workbook.forms.rules import RULES as OF_FORMS
    from svreport.workbook.rules import RULES as OF_THE_WORKBOOK

    return sorted(
        (*OF_THE_WORKBOOK, *OF_TEXT, *OF_EXHIBITS, *OF_FORMS, *OF_THE_REVIEW), key=lambda rule: rule.code
    )


def explain(code: str) -> Rule:
    """The rule of a code, in any case; raises `CallFault` naming the nearest for one that is none."""
    rules = {names.key(rule.code): rule for rule in catalogue()}
    if names.key(code) not in rules:
        near = names.did_you_mean(code, [rule.code for rule in rules.values()])
        raise CallFault(f"There is no check {code}. {near or 'svreport explain lists them all.'}")
    return rules[names.key(code)]
