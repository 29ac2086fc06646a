"""The dates of the updates, and the data that belongs to them."""

from collections.abc import Iterator
from datetime import date, timedelta

from svreport.model import formats, names
from svreport.model.entry import Entry
from svreport.model.finding import Finding, Rule, Severity
from svreport.model.period import Period, PeriodKind
from svreport.model.submission import Submission, Update
from svreport.review.material import Check, Material
from svreport.review.years import end_of, start_of

# The last update of a year counts to 31 March at the latest, the first may count from the March before.
_AROUND_THE_YEAR = timedelta(days=31)
_RECENT = 3

NO_ACTUAL = Rule(
    "COM-09",
    Severity.QUERY,
    "A metric has no actual for the update's data date",
    "The update tells the position at its data date. A metric whose actuals stop before it shows an old one.",
    "The data is as at 31 October 2024, and the actuals of EHCP end in September.",
)


def no_actual(material: Material) -> Iterator[Finding]:
    submission = material.submission
    as_at = data_date(submission)
    submitted = (
        submission.updates[submission.current].submitted.value if submission.current is not None else None
    )
    if as_at and submitted and submitted < as_at:
        return
    for series in material.facts.series.values():
        told = [period for period, entry in series.actual.items() if entry.value is not None]
        if as_at is None or not told or not series.metric.calculation.is_empty:
            continue
        wanted = _latest_complete(max(told).kind, as_at)
        behind = (wanted.first - max(told).first) // (max(told).next().first - max(told).first)
        if not 0 < behind <= _RECENT or not _is_regular(told) or wanted in series.actual:
            continue
        yield NO_ACTUAL.at(
            series.actual[max(told)].place,
            read=f"{series.name}: the last actual is of {max(told)}",
            expected=f"an actual for {wanted}, as the data is as at {formats.day(as_at)}",
            mend="add the actual on Metric data, or correct the data date on Updates",
            about=series.name,
        )


LATE_ACTUAL = Rule(
    "COM-10",
    Severity.QUERY,
    "An actual is of a period after the data date",
    "Figures count up to the data date. An actual from later is a forecast in the wrong column, or the date on "
    "Updates is "
    "that of an earlier update.",
    "The data is as at 31 October 2024, and EHCP has an actual for December 2024.",
)


def late_actual(material: Material) -> Iterator[Finding]:
    as_at = data_date(material.submission)
    for series in material.facts.series.values():
        if as_at is None or not series.metric.calculation.is_empty:
            continue
        late = [
            (period, entry)
            for period, entry in series.actual.items()
            if entry.value is not None and start_of(period) > as_at
        ]
        if late:
            periods = [str(period) for period, _ in late]
            yield LATE_ACTUAL.at(
                late[0][1].place,
                read=f"{series.name}: actuals for {names.listed(periods, 'and')}",
                expected=f"actuals up to {formats.day(as_at)}, the update's data date",
                mend="move the figures to the column Forecast, or correct the data date on Updates",
                about=series.name,
            )


SUBMITTED_EARLY = Rule(
    "COM-11",
    Severity.ERROR,
    "An update was submitted before its data date",
    "A return cannot hold figures of a day that had not come when it was sent.",
    "Data as at 31 October 2024, submitted 11 October 2024.",
)


def submitted_early(material: Material) -> Iterator[Finding]:
    for update in material.submission.updates:
        as_at, submitted = update.data_as_at.value, update.submitted.value
        if as_at and submitted and submitted < as_at:
            yield SUBMITTED_EARLY.at(
                update.submitted.place,
                read=formats.day(submitted),
                expected=f"a day after {formats.day(as_at)}, the update's data date",
                mend=f"correct {update.submitted.place.cell} or {update.data_as_at.place.cell}",
                about=str(update.label.value),
            )


OUT_OF_ORDER = Rule(
    "COM-12",
    Severity.QUERY,
    "The updates are not in the order of their dates",
    "The order of the rows is the order in which levels are stacked, and tells which update was before which.",
    "Update 2 has data as at 31 July 2024, and Update 3 below it as at 30 June 2024.",
)


def out_of_order(material: Material) -> Iterator[Finding]:
    updates = material.submission.updates
    yield from _backwards("data date", [(update, update.data_as_at) for update in updates])
    yield from _backwards("submission", [(update, update.submitted) for update in updates])


def _backwards(what: str, days: list[tuple[Update, Entry[date]]]) -> Iterator[Finding]:
    before: tuple[Update, date] | None = None
    for update, entry in days:
        if entry.value is None:
            continue
        if before is not None and entry.value <= before[1]:
            yield OUT_OF_ORDER.at(
                entry.place,
                read=f"{update.label.value}: {formats.day(entry.value)}",
                expected=f"a {what} after {formats.day(before[1])}, that of {before[0].label.value}",
                mend="correct the date, or put the rows in order",
                about=f"{update.label.value}: {what}",
            )
        before = (update, entry.value)


OUTSIDE_YEAR = Rule(
    "COM-13",
    Severity.QUERY,
    "An update's data date lies outside the financial year",
    "The updates of a return are those of its financial year; a date of another year is usually last year's row kept.",
    "The financial year is 2025-26, and Update 1 has data as at 30 April 2024.",
)


def outside_year(material: Material) -> Iterator[Finding]:
    year = material.submission.programme.financial_year.value
    for update in material.submission.updates:
        as_at = update.data_as_at.value
        if year is None or as_at is None:
            continue
        first, last = start_of(year) - _AROUND_THE_YEAR, end_of(year) + _AROUND_THE_YEAR
        if not first <= as_at <= last:
            yield OUTSIDE_YEAR.at(
                update.data_as_at.place,
                read=f"{update.label.value}: {formats.day(as_at)}",
                expected=f"a day of {year}",
                mend="correct the date, or the financial year on Programme",
                about=str(update.label.value),
            )


NO_FIGURES = Rule(
    "COM-14",
    Severity.QUERY,
    "A metric has no figures",
    "A metric without figures cannot support a rating, and nothing can be charted or linked from it.",
    "Metrics has NEET for condition 3.4, and Metric data has no row for it.",
)


def no_figures(material: Material) -> Iterator[Finding]:
    for series in material.facts.series.values():
        faulty = any(entry.fault for entry in (*series.actual.values(), *series.forecast.values()))
        if series.actual or series.forecast or faulty or not series.metric.calculation.is_empty:
            continue
        if any(row.metric.fault or row.period.fault for row in material.submission.observations):
            continue
        yield NO_FIGURES.at(
            series.metric.name.place,
            read=f"{series.name}: no row on Metric data",
            expected="actuals or forecasts",
            mend="add its figures on Metric data, or take the metric away",
            about=series.name,
        )


def data_date(submission: Submission) -> date | None:
    """The day up to which the current update's figures count."""
    if submission.current is None:
        return None
    return submission.updates[submission.current].data_as_at.value


def _latest_complete(kind: PeriodKind, as_at: date) -> Period:
    """The last period of a kind that was over by a day."""
    if kind is PeriodKind.MONTH:
        period = Period.of_date(as_at)
    elif kind is PeriodKind.QUARTER:
        start = Period.of_date(as_at).start_year
        period = next(
            quarter for number in (1, 2, 3, 4) if end_of(quarter := Period.quarter(start, number)) >= as_at
        )
    else:
        period = Period.of_date(as_at).in_financial_year
    return period if end_of(period) == as_at else period.next(-1)


def _is_regular(told: list[Period]) -> bool:
    """True where the last two actuals are of neighbouring periods: the metric is told every time."""
    latest = sorted(told)[-2:]
    return len(latest) == 2 and latest[0].next() == latest[1]


CHECKS = (
    Check(NO_ACTUAL, no_actual),
    Check(LATE_ACTUAL, late_actual),
    Check(SUBMITTED_EARLY, submitted_early),
    Check(OUT_OF_ORDER, out_of_order),
    Check(OUTSIDE_YEAR, outside_year),
    Check(NO_FIGURES, no_figures),
)
