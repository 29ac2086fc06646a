"""Scenarios compared in a paper: savings that mix two bounds, and scenarios that are missing."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations
from typing import NamedTuple

from svreport.model import formats, names
from svreport.model.finding import Finding, Place, Rule, Severity
from svreport.model.pack_sheets import ColumnType
from svreport.model.period import Period
from svreport.model.quantity import Quantity, Unit, decimals_of
from svreport.model.scenarios import (
    Bound,
    Mitigation,
    PlanScenario,
    asks_for_scenarios,
    like_for_like,
    plan_scenarios,
)
from svreport.model.submission import Role, Submission
from svreport.narrative.blocks import Run
from svreport.review.material import Check, Material
from svreport.review.sentences import Sentence, excerpt, sentences_of, stands_for
from svreport.review.written import WrittenNumber, WrittenUnit

UNLIKE = Rule(
    "PAP-01",
    Severity.QUERY,
    "A saving compares an upper-bound with a lower-bound scenario",
    "Two scenarios of different bounds differ in more than mitigation: their difference is no saving. Only scenarios "
    "of one bound, with and without mitigation, show what the work saves.",
    "“The workstreams reduce the deficit by £115m”, which is £267m of the upper bound unmitigated less £152m of the "
    "lower bound target; like for like they save £50m or £39m.",
)

_UPPER, _LOWER = (
    re.compile(r"\bupper\b|\bUB\b", re.IGNORECASE),
    re.compile(r"\blower\b|\bLB\b", re.IGNORECASE),
)
_OTHER_SAVINGS = (Role.MITIGATION, Role.DFE_PAYMENT, Role.LA_CONTRIBUTION)
_MOST_TOLD = 6
_MOST_SCENARIOS = 24  # among more, nearly every amount is the difference of some two


class _Gap(NamedTuple):
    """How much lower `lower` is than `higher` at the end of a year, in pounds."""

    higher: PlanScenario
    lower: PlanScenario
    year: Period
    pounds: Decimal


def unlike(material: Material) -> Iterator[Finding]:
    submission = material.submission
    plans = [each for each in plan_scenarios(submission) if each.bound]
    if len({each.bound for each in plans}) < 2 or len(plans) > _MOST_SCENARIOS:
        return
    from svreport.review.savings_told import is_saving  # its patterns are for returns with scenarios

    for place, about, sentence in _sentences(material):
        for number in sentence.numbers:
            if is_saving(sentence, number):
                yield from _told(submission, plans, number, place, about, sentence)
    for place, about, number, shown in _typed(submission):
        yield from _told(submission, plans, number, place, about, Sentence(shown))


def _told(
    submission: Submission,
    plans: Sequence[PlanScenario],
    number: WrittenNumber,
    place: Place,
    about: str,
    sentence: Sentence,
) -> Iterator[Finding]:
    """The finding for an amount that is the difference of two bounds and of no two scenarios of one bound."""
    years = _years_meant(plans, f"{sentence.before} {sentence.text}")
    gaps = [gap for year in years for gap in _gaps(plans, year, submission.programme.money_unit)]
    if any(gap.higher.bound is gap.lower.bound and stands_for(number, gap.pounds) for gap in gaps):
        return
    if any(stands_for(number, value) for value in _other_savings(submission)):
        return
    mixed = [
        gap
        for gap in gaps
        if gap.higher.bound is not gap.lower.bound
        and stands_for(number, gap.pounds)
        and not _is_range(gap, sentence.text)
    ]
    if not mixed:
        return
    gap = min(mixed, key=lambda each: _least_like(each, years))
    start, end = (number.start, number.end) if number.end <= len(sentence.text) else (0, len(sentence.text))
    yield UNLIKE.at(
        place,
        read=f"{excerpt(sentence.text, start, end)}: {_side(gap.higher, gap.year, submission)} less "
        f"{_side(gap.lower, gap.year, submission)}",
        expected=f"what scenarios of one bound save: {_like_told(plans, submission)}",
        mend="write the saving of one bound, or say that two bounds are compared",
        about=f"{about}: {number.text}",
    )


def _sentences(material: Material) -> Iterator[tuple[Place, str, Sentence]]:
    """Every sentence of the texts, and of the short cells of packs' sheets."""
    for passage in material.passages:
        for sentence in passage.sentences:
            yield passage.place, passage.about, sentence
    for sheet in material.submission.pack_sheets:
        for column in (each for each in sheet.declared.columns if each.type is ColumnType.TEXT):
            for row in sheet.rows:
                entry = row.entries[column.field]
                for sentence in sentences_of((Run(entry.value),)) if entry.value else ():
                    about = f"{sheet.declared.name}, {column.heading}"
                    if not _tells_of_saving(column.heading):
                        yield entry.place, about, sentence
                    else:  # the heading says that it is a saving
                        yield entry.place, about, Sentence(f"{sentence.text} {column.heading}", before="")


def _tells_of_saving(heading: str) -> bool:
    from svreport.review.savings_told import tells_of_saving

    return tells_of_saving(heading)


def _typed(submission: Submission) -> Iterator[tuple[Place, str, WrittenNumber, str]]:
    """The amounts typed into columns of money whose heading tells of a saving."""
    unit = submission.programme.money_unit
    for sheet in submission.pack_sheets:
        for column in sheet.declared.columns:
            if column.type is not ColumnType.MONEY or not _tells_of_saving(column.heading):
                continue
            for row in sheet.rows:
                entry = row.entries[column.field]
                if entry.value:
                    amount = Quantity(entry.value, unit, decimals_of(entry.value))
                    shown = f"{column.heading}: {formats.quantity(amount)}"
                    number = _as_written(entry.value, unit, shown)
                    yield entry.place, f"{sheet.declared.name}, {column.heading}", number, shown


def _as_written(value: Decimal, unit: Unit, shown: str) -> WrittenNumber:
    """A cell's amount as a number in prose: its trailing zeros are rounding, up to a hundredth of it."""
    exponent = value.normalize().as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    pounds = abs(value) * unit.pounds
    step = min(step * unit.pounds, pounds / 50)
    return WrittenNumber(0, len(shown), shown, pounds, WrittenUnit.MONEY, step, step)


def _years_meant(plans: Sequence[PlanScenario], text: str) -> list[Period]:
    """The last year that scenarios of both bounds have, and those of theirs that the words name."""
    years = sorted({year for each in plans for year in each.before_payments})
    both = [
        year
        for year in years
        if {Bound.UPPER, Bound.LOWER} <= {each.bound for each in plans if year in each.before_payments}
    ]
    named = [
        year
        for year in both
        if re.search(rf"\b{year.start_year + 1}\b(?!\s?[-/–]\s?\d)", text)
        or str(year) in text
        or year.short in text
    ]
    return list(dict.fromkeys([*both[-1:], *named]))


def _gaps(plans: Sequence[PlanScenario], year: Period, unit: Unit) -> Iterator[_Gap]:
    for higher, lower in permutations(plans, 2):
        values = [
            each.before_payments[year].value for each in (higher, lower) if year in each.before_payments
        ]
        if len(values) == 2 and values[0] is not None and values[1] is not None and values[0] > values[1]:
            yield _Gap(higher, lower, year, (values[0] - values[1]) * unit.pounds)


def _other_savings(submission: Submission) -> Iterator[Decimal]:
    """What other lines of Finance save or pay in a year: an amount that is one of these may be meant as that."""
    scale = submission.programme.money_unit.pounds
    for line in submission.finance:
        if line.role.value in _OTHER_SAVINGS:
            yield from (cell.value * scale for cell in line.years.values() if cell.value)


def _is_range(gap: _Gap, text: str) -> bool:
    """True for words that tell how far apart the bounds are, without mitigation in between."""
    alike = gap.higher.mitigation is gap.lower.mitigation
    return alike and bool(_UPPER.search(text)) and bool(_LOWER.search(text))


def _least_like(gap: _Gap, years: Sequence[Period]) -> tuple[bool, bool, int]:
    """The pair that is likeliest meant: an unmitigated scenario less a mitigated one, at the last year."""
    mitigated = gap.lower.mitigation in (Mitigation.TARGET, Mitigation.STRETCH)
    return gap.higher.mitigation is not Mitigation.UNMITIGATED, not mitigated, years.index(gap.year)


def _side(plan: PlanScenario, year: Period, submission: Submission) -> str:
    entry = plan.before_payments[year]
    place = plan.carried[year].place
    return f"{_pounds(entry.value or Decimal(0), submission)} of {plan.name} ({place})"


def _like_told(plans: Sequence[PlanScenario], submission: Submission) -> str:
    told = [
        f"{_pounds(each.saved.value, submission)} ({each.mitigated.name}, {each.year})"
        for each in like_for_like(plans)
        if each.saved.value is not None
    ]
    return (
        names.listed(told, "and", _MOST_TOLD)
        or "no two scenarios of one bound are told apart by their mitigation"
    )


def _pounds(value: Decimal, submission: Submission) -> str:
    unit = submission.programme.money_unit
    return formats.quantity(Quantity(value, unit, decimals_of(value)))


NO_POSITIONS = Rule(
    "PAP-04",
    Severity.QUERY,
    "A paper has no scenario to show",
    "A paper of scenarios prints what each carries forward, and finds it in the lines of the role Carried forward.",
    "The pack dbv-update is built, and Finance has no line of the role Carried forward.",
)


def no_positions(material: Material) -> Iterator[Finding]:
    if asks_for_scenarios(material.submission) and not plan_scenarios(material.submission):
        yield NO_POSITIONS.at(
            Place("Finance"),
            read="no scenario with a figure in a line of the role Carried forward",
            expected="one such line for each scenario, with the cumulative deficit at each year's end",
            mend="add the lines to Finance, or give those that are there the role Carried forward",
            about="Finance: scenarios",
        )


NO_SAVINGS = Rule(
    "PAP-05",
    Severity.QUERY,
    "No two scenarios can be compared like for like",
    "What mitigation saves is the difference of two scenarios of one bound, one unmitigated and one mitigated.",
    "Finance has the scenarios Plan A and Plan B, and no sheet says which is which.",
)


def no_savings(material: Material) -> Iterator[Finding]:
    plans = plan_scenarios(material.submission) if asks_for_scenarios(material.submission) else ()
    if plans and not like_for_like(plans):
        told = names.listed((each.name for each in plans), "and", _MOST_TOLD)
        yield NO_SAVINGS.at(
            Place("Finance"),
            read=f"the scenario{'s' if len(plans) > 1 else ''} {told}",
            expected="of one bound an unmitigated and a mitigated one, with figures for the same year",
            mend="say on the paper's sheet of scenarios which bound and which mitigation each one is",
            about="Finance: like for like",
        )


CHECKS = (Check(UNLIKE, unlike), Check(NO_POSITIONS, no_positions), Check(NO_SAVINGS, no_savings))
