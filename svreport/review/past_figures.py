"""Figures against the previous return: actuals, closed years and the agreement's own stay as they were reported."""

from collections.abc import Iterator
from decimal import Decimal

from svreport.model import formats, names
from svreport.model.finding import Finding, Rule, Severity
from svreport.model.period import Period
from svreport.model.quantity import Quantity, Unit, decimals_of
from svreport.model.submission import FinanceLine, Role, Submission
from svreport.review.history import comparable
from svreport.review.material import Check, Material
from svreport.review.plan import AGREEMENT, money

PAST_ACTUAL = Rule(
    "HIS-04",
    Severity.QUERY,
    "An actual differs from the last return",
    "An actual that was reported has been charted and quoted. If the data was corrected since, the return should say "
    "so.",
    "The last return had 5,861 EHCPs in July 2024; this one has 5,816.",
)


def past_actual(material: Material) -> Iterator[Finding]:
    previous = comparable(material)
    for key, series in material.facts.series.items():
        earlier = previous.series.get(key) if previous else None
        if (
            earlier is None
            or not series.metric.calculation.is_empty
            or not earlier.metric.calculation.is_empty
        ):
            continue
        changed = [
            (period, entry.value, past.value, entry.place)
            for period, past in earlier.actual.items()
            if (entry := series.actual.get(period)) is not None
            and entry.value is not None
            and past.value is not None
            if entry.value * series.unit.pounds != past.value * earlier.unit.pounds
        ]
        if changed:
            read = [f"{period} {_printed(series.unit, value)}" for period, value, _, _ in changed]
            expected = [f"{period} {_printed(earlier.unit, value)}" for period, _, value, _ in changed]
            yield PAST_ACTUAL.at(
                changed[0][3],
                read=f"{series.name}: {names.listed(read, 'and', 4)}",
                expected=f"{names.listed(expected, 'and', 4)}, as in the last return",
                mend="put the old figure back, or say in the return that the data was corrected",
                about=series.name,
            )


LOST_ACTUAL = Rule(
    "HIS-05",
    Severity.QUERY,
    "An actual of the last return is gone",
    "A chart that loses its early months hides where the line came from.",
    "The last return had actuals of EHCP from April 2024; this one begins in May.",
)


def lost_actual(material: Material) -> Iterator[Finding]:
    previous = comparable(material)
    for earlier in previous.series.values() if previous else ():
        series = material.facts.series.get(names.key(earlier.name))
        if not earlier.metric.calculation.is_empty or (series and not series.metric.calculation.is_empty):
            continue
        told = series.actual if series else {}
        lost = [
            str(period)
            for period, entry in earlier.actual.items()
            if entry.value is not None and period not in told
        ]
        if lost:
            place = (
                series.metric.name.place if series else material.submission.programme.previous_workbook.place
            )
            what = names.listed(lost, "and", 4) if series else "the whole metric"
            yield LOST_ACTUAL.at(
                place,
                read=f"{earlier.name}: no actual for {what}" if series else f"{earlier.name} is gone",
                expected="every actual that the last return had",
                mend="put the figures back on Metric data",
                about=earlier.name,
            )


CLOSED_YEAR = Rule(
    "HIS-06",
    Severity.QUERY,
    "A figure of a closed year, or of the agreement, differs from the last return",
    "The outturn of a year that was over at the last return, the agreement's own figures and its limits are settled. A "
    "changed one moves every later balance.",
    "2023-24 closed with £35,070k in the last return, and with £35,700k in this one.",
)


def closed_year(material: Material) -> Iterator[Finding]:
    previous = comparable(material)
    if previous is None:
        return
    then, now = previous.submission, material.submission
    units = then.programme.money_unit, now.programme.money_unit
    signs = (bool(then.programme.deficits_negative.value), bool(now.programme.deficits_negative.value))
    if units[0] is not units[1] or signs[0] != signs[1]:
        return
    past = {_line_key(line): line for line in then.finance}
    for line in now.finance:
        earlier = past.get(_line_key(line))
        changed = [
            (year, entry, before.value)
            for year, entry in line.years.items()
            if earlier is not None and _is_settled(line, year, then)
            if (before := earlier.years.get(year)) is not None and before.value is not None
            if entry.value is not None and entry.value != before.value
        ]
        if changed:
            read = [
                f"{year} {money(entry.value or Decimal(0), units[1], decimals_of(entry.value or Decimal(0)))}"
                for year, entry, _ in changed
            ]
            expected = [
                f"{year} {money(before, units[0], decimals_of(before))}" for year, _, before in changed
            ]
            what = f"{line.scenario.value}: {line.line.value}"
            yield CLOSED_YEAR.at(
                changed[0][1].place,
                read=f"{what}, {names.listed(read, 'and', 4)}",
                expected=f"{names.listed(expected, 'and', 4)}, as in the last return",
                mend="put the old figures back, or answer this query with the reason",
                about=what,
            )


def _is_settled(line: FinanceLine, year: Period, then: Submission) -> bool:
    current = then.programme.financial_year.value
    if line.role.value is Role.LIMIT or AGREEMENT.search(line.scenario.value or ""):
        return True
    return current is not None and year < current


def _line_key(line: FinanceLine) -> tuple[str, str]:
    return names.key(line.scenario.value or ""), names.key(line.line.value or "")


def _printed(unit: Unit, value: Decimal) -> str:
    return formats.quantity(Quantity(value, unit, decimals_of(value)))


CHECKS = (
    Check(PAST_ACTUAL, past_actual),
    Check(LOST_ACTUAL, lost_actual),
    Check(CLOSED_YEAR, closed_year),
)
