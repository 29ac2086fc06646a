"""What a paper on a strategy says of its priorities: ratings, targets, figures and trends that do not go together."""

from collections.abc import Iterator
from typing import NamedTuple

from svreport.model import formats, names
from svreport.model.entry import Entry
from svreport.model.finding import Finding, Rule, Severity
from svreport.model.level import NAMED_COLOURS, Level
from svreport.model.pack_sheets import ColumnType, PackSheet, Part, SheetRow
from svreport.model.quantity import decimals_of
from svreport.model.references import headed
from svreport.review.indicators import Indicator, Trend, data_trend, direction, indicators_of, parent_of
from svreport.review.material import Check, Material
from svreport.review.standing import is_off_target, is_on_target


class _Rated(NamedTuple):
    """A row that indicators belong to, with them; `about` is how a reader knows it (`Priority 2`)."""

    row: SheetRow
    about: str
    first: Entry[str]
    rating: Entry[Level] | None
    indicators: tuple[Indicator, ...]


def _rated_rows(material: Material) -> Iterator[_Rated]:
    """The rows with a rating that indicators belong to; none while a sheet is missing or a row's place unknown."""
    sheets = material.submission.pack_sheets
    for sheet in sheets:
        found = parent_of(sheet, sheets) if sheet.declared.is_of_indicators else None
        if found is None:
            continue
        parent, field = found
        if sheet.fault or parent.fault or any(row.entries[field].value is None for row in sheet.rows):
            continue
        told = list(indicators_of(sheet, material.facts))
        for row in parent.rows:
            yield _rated(parent, row, [each for each in told if _belongs(each.row, field, parent, row)])


def _rated(parent: PackSheet, row: SheetRow, indicators: list[Indicator]) -> _Rated:
    column = parent.declared.columns[0]
    level = next((each for each in parent.declared.columns if each.type is ColumnType.LEVEL), None)
    first: Entry[str] = row.entries[column.field]
    rating: Entry[Level] | None = row.entries[level.field] if level else None
    return _Rated(row, headed(first.value or "", column.heading), first, rating, tuple(indicators))


def _belongs(row: SheetRow, field: str, parent: PackSheet, to: SheetRow) -> bool:
    first = parent.declared.columns[0].field
    return names.key(row.entries[field].value or "") == names.key(to.entries[first].value or "")


def _indicators(material: Material) -> Iterator[Indicator]:
    for sheet in material.submission.pack_sheets:
        yield from indicators_of(sheet, material.facts)


RATED_TOO_WELL = Rule(
    "PAP-11",
    Severity.QUERY,
    "A row is rated on target, and most of its indicators are not",
    "A cabinet that reads Green above a table of missed targets asks which of the two to believe.",
    "Priority 2 is Green, and two of its three indicators have missed their target.",
)


def rated_too_well(material: Material) -> Iterator[Finding]:
    for each in _rated_rows(material):
        level = each.rating.value if each.rating else None
        against = [one for one in each.indicators if one.counts_against]
        told_for = sum(one.counts_for for one in each.indicators)
        if each.rating is None or level is None or not is_on_target(level) or len(against) <= told_for:
            continue
        yield RATED_TOO_WELL.at(
            each.rating.place,
            read=f"{each.about} rated {level}, with {names.listed([_told(one) for one in against], 'and')}",
            expected="a rating that the indicators bear out, or a word on why it is better than they are",
            mend="correct the rating, the targets or the figures, or answer this query",
            about=f"{each.about}: rated {level}",
        )


RATED_TOO_BADLY = Rule(
    "PAP-12",
    Severity.QUERY,
    "A row is rated off target, and all its indicators are on target",
    "Either the rating was not brought up to date, or the indicators do not measure what is going wrong.",
    "Priority 3 is Red, and both its indicators have met their target.",
)


def rated_too_badly(material: Material) -> Iterator[Finding]:
    for each in _rated_rows(material):
        level = each.rating.value if each.rating else None
        if each.rating is None or level is None or not each.indicators or not _is_off(level):
            continue
        if not all(one.counts_for for one in each.indicators):
            continue
        yield RATED_TOO_BADLY.at(
            each.rating.place,
            read=f"{each.about} rated {level}, with {names.listed([_told(one) for one in each.indicators], 'and')}",
            expected="a rating that the indicators bear out, or an indicator of what is off target",
            mend="correct the rating, add the indicator that shows it, or answer this query",
            about=f"{each.about}: rated {level}",
        )


def _is_off(level: Level) -> bool:
    return is_off_target(level) or level.colour == NAMED_COLOURS["Amber"]


NO_INDICATOR = Rule(
    "PAP-13",
    Severity.QUERY,
    "A row that is reported on has no indicator",
    "Without a figure, a rating is an opinion: the strategy is to be watched by measures for each of its priorities.",
    "Priority 4 has a rating and a text, and no row of Strategy indicators belongs to it.",
)


def no_indicator(material: Material) -> Iterator[Finding]:
    for each in _rated_rows(material):
        if each.first.value and not each.indicators:
            yield NO_INDICATOR.at(
                each.first.place,
                read=f"no indicator of {each.about}",
                expected="at least one indicator with a target",
                mend=f"add a row for {each.about} to the sheet of indicators",
                about=f"{each.about}: indicators",
            )


LATEST_DIFFERS = Rule(
    "PAP-14",
    Severity.QUERY,
    "A typed figure is not the metric's latest",
    "The paper prints what the sheet Metric data says. A figure that was typed beside it and differs is out of date, "
    "or the data is.",
    "Latest is 5.86, and the latest actual of INMSS is 5.62.",
)


def latest_differs(material: Material) -> Iterator[Finding]:
    for each in _indicators(material):
        typed, latest = each.entry(Part.LATEST), each.latest
        if each.series is None or typed is None or typed.value is None or latest.value is None:
            continue
        decimals = decimals_of(typed.value)
        if formats.round_to(latest.value, decimals) == typed.value or latest.period is None:
            continue
        yield LATEST_DIFFERS.at(
            typed.place,
            read=formats.quantity(each.quantity(typed.value)),
            expected=f"{formats.quantity(each.quantity(latest.value))}, the actual of {each.series.name} in "
            f"{latest.period}",
            mend="leave the cell empty, so that the paper follows the data, or correct Metric data",
            about=f"{_name(each)}: latest",
        )


TREND_CONTRADICTED = Rule(
    "PAP-15",
    Severity.QUERY,
    "A typed trend contradicts the figures",
    "The trend is told from the last four actuals of the metric, or where there is none from the baseline and the "
    "latest figure; a movement of less than 1% is steady. The paper prints the data's where a metric has it.",
    "Trend is falling, and EHCP rose from 5,861 in Jul 2024 to 6,161 in Oct 2024.",
)


def trend_contradicted(material: Material) -> Iterator[Finding]:
    for each in _indicators(material):
        typed = each.entry(Part.TREND)
        if typed is None or not typed.value:
            continue
        told, since = _trend_of_data(each)
        if told is None or told == typed.value or (Trend.STEADY in (told, typed.value) and not since):
            continue
        yield TREND_CONTRADICTED.at(
            typed.place,
            read=str(typed.value),
            expected=f"{told}{f' since {since}' if since else ' since the baseline'}, as the figures are",
            mend="leave the cell empty, so that the paper works it out, or correct the figures",
            about=f"{_name(each)}: trend",
        )


def _trend_of_data(each: Indicator) -> tuple[Trend | None, str]:
    """The trend that figures show, and since when in words; empty where that is the baseline."""
    if each.series is not None:
        told, since = data_trend([one for one in each.series.actual.items() if not one[1].is_empty])
        if told is not None:
            return told, str(since)
    return direction(each.baseline.value, each.latest.value), ""


NOT_JUDGED = Rule(
    "PAP-16",
    Severity.QUERY,
    "Nobody can say whether an indicator is on target",
    "A figure needs a target, and a word on whether higher or lower is better: on the sheet Metrics for a metric, else "
    "in the row itself.",
    "An indicator has the target 60%, and Better when is empty.",
)


def not_judged(material: Material) -> Iterator[Finding]:
    for each in _indicators(material):
        target = each.entry(Part.TARGET)
        if target is None or target.fault or each.latest.value is None:
            continue
        lacking = [
            *(["a target"] if each.target is None else []),
            *(["whether higher or lower is better"] if each.better is None else []),
        ]
        if lacking:
            yield NOT_JUDGED.at(
                target.place,
                read=f"an indicator without {names.listed(lacking, 'and')}",
                expected="a target, and which way is better",
                mend=f"say {names.listed(lacking, 'and')}",
                about=f"{_name(each)}: target",
            )


NO_FIGURE = Rule(
    "PAP-17",
    Severity.QUERY,
    "An indicator has no figure",
    "The table shows a dash where the latest figure should be. What nothing is known of yet is better told in words.",
    "An indicator has a target, and neither a metric nor a latest figure.",
)


def no_figure(material: Material) -> Iterator[Finding]:
    for each in _indicators(material):
        typed = each.entry(Part.LATEST)
        metric = each.entry(Part.METRIC)
        if typed is None or each.latest.value is not None or each.latest.fault or (metric and metric.fault):
            continue
        told = f"no actual of {each.series.name}, and " if each.series else "no metric, and "
        yield NO_FIGURE.at(
            typed.place,
            read=f"{told}an empty cell",
            expected="a metric with an actual, or the latest figure",
            mend="name a metric, or type the latest figure",
            about=f"{_name(each)}: latest",
        )


def _name(each: Indicator) -> str:
    """How a reader knows an indicator: by its first words."""
    told = (
        each.row.entries[column.field].value
        for column in each.sheet.declared.columns
        if column.type is ColumnType.TEXT
    )
    row = next((each.row.entries[one.field].value for one in each.sheet.declared.columns
                if one.type is ColumnType.ROW), None)  # fmt: skip
    return ", ".join(str(part) for part in (row, next(told, None)) if part)


def _told(each: Indicator) -> str:
    """`Placements: 5.62% (missed)`."""
    standing = str(each.standing).lower() if each.standing else ""
    latest = formats.quantity(each.quantity(each.latest.value)) if each.latest.value is not None else "–"
    return f"{_name(each).rpartition(', ')[2]} {latest} ({standing})"


CHECKS = (
    Check(RATED_TOO_WELL, rated_too_well),
    Check(RATED_TOO_BADLY, rated_too_badly),
    Check(NO_INDICATOR, no_indicator),
    Check(LATEST_DIFFERS, latest_differs),
    Check(TREND_CONTRADICTED, trend_contradicted),
    Check(NOT_JUDGED, not_judged),
    Check(NO_FIGURE, no_figure),
)
