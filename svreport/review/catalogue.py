"""The catalogue of what is checked before signing: every check, and the findings of them all."""

from svreport.model.finding import Finding, Rule, in_sheet_order
from svreport.review import (
    acronyms,
    agreement_kept,
    answers_told,
    assurance,
    carried_over,
    column_sums,
    completeness,
    data_dates,
    directions,
    figures_told,
    finance,
    history,
    limits,
    list_counts,
    milestones,
    more_or_fewer,
    past_figures,
    ratings_told,
    same_facts,
    scenarios,
    sheet_figures,
    sheet_ratings,
    small_numbers,
    strategy,
    superlatives,
    tenses,
    told_sums,
)
from svreport.review.material import Check, Material

CHECKS: tuple[Check, ...] = (
    *completeness.CHECKS,
    *data_dates.CHECKS,
    *finance.CHECKS,
    *limits.CHECKS,
    *milestones.CHECKS,
    *figures_told.CHECKS,
    *assurance.CHECKS,
    *ratings_told.CHECKS,
    *answers_told.CHECKS,
    *directions.CHECKS,
    *more_or_fewer.CHECKS,
    *superlatives.CHECKS,
    *list_counts.CHECKS,
    *same_facts.CHECKS,
    *sheet_figures.CHECKS,
    *tenses.CHECKS,
    *acronyms.CHECKS,
    *small_numbers.CHECKS,
    *history.CHECKS,
    *past_figures.CHECKS,
    *agreement_kept.CHECKS,
    *carried_over.CHECKS,
    *scenarios.CHECKS,
    *column_sums.CHECKS,
    *told_sums.CHECKS,
    *strategy.CHECKS,
    *sheet_ratings.CHECKS,
)
RULES: tuple[Rule, ...] = tuple(check.rule for check in CHECKS)


def review(material: Material) -> tuple[Finding, ...]:
    """What the checks find, without repetitions, in the order of the workbook's sheets."""
    found = (finding for check in CHECKS for finding in check.find(material))
    return tuple(in_sheet_order(found, material.submission.sheets))
