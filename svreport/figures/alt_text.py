"""The words that stand for a chart, written from its data."""

from decimal import Decimal

from svreport.figures.resolved import ResolvedExhibit, ResolvedSeries
from svreport.model import formats
from svreport.model.period import MONTHS, Period, PeriodKind
from svreport.model.quantity import Quantity, Unit

_FULL_MONTHS = "January February March April May June July August September October November December".split()
_TOLD_FULLY = 3
_MOST_CHARACTERS = 700
_MOST_OF_TITLE = 600
_MOST_OF_NAME = 120


def alt_text(exhibit: ResolvedExhibit) -> str:
    """What a person wrote; else kind, title, measure and span, how each series runs, and its gap to the forecast.

    Of many series each is told shortly, and those beyond about 700 characters are counted.
    """
    if exhibit.alt_text.strip():
        return exhibit.alt_text
    text = f"{exhibit.kind.value}: {_ended(_short(exhibit.title, _MOST_OF_TITLE))} {_measure(exhibit)}"
    gaps = "".join(f" {gap}" for gap in _gaps_to_forecast(exhibit))
    fully = len(exhibit.series) <= _TOLD_FULLY
    for told, series in enumerate(exhibit.series):
        course = f" {_course(exhibit, series, fully)}"
        if told and len(text) + len(course) + len(gaps) > _MOST_CHARACTERS:
            left = len(exhibit.series) - told
            return f"{text} {left} more series {'is' if left == 1 else 'are'} not told here.{gaps}"
        text += course
    return text + gaps


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _name(series: ResolvedSeries) -> str:
    return _short(series.label, _MOST_OF_NAME)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."


def _measure(exhibit: ResolvedExhibit) -> str:
    """What is measured, where all series have it in common, and from when to when."""
    if not exhibit.periods:
        return "It has no figures."
    groups = list(dict.fromkeys(series.source.group for series in exhibit.series))
    measure = _short(groups[0], _MOST_OF_NAME) if len(groups) == 1 else f"{len(exhibit.series)} series"
    first, last = exhibit.periods[0], exhibit.periods[-1]
    span = f"for {spoken(first)}" if first == last else f"from {spoken(first)} to {spoken(last)}"
    return f"Shows {measure}, {span}."


def _course(exhibit: ResolvedExhibit, series: ResolvedSeries, fully: bool) -> str:
    """From the first figure to the last, with the highest and the lowest, and how many are missing in between."""
    figures = series.figures
    (first, first_value), (last, last_value) = figures[0], figures[-1]
    start, end = spoken(exhibit.periods[first]), spoken(exhibit.periods[last])
    if first == last:
        return f"{_name(series)} has one figure: {_told(series, first_value)} in {start}."
    values = [value for _, value in figures]
    high, low = max(values), min(values)
    if high == low:
        text = f"{_name(series)} is {_told(series, first_value)} throughout, from {start} to {end}"
    else:
        words = {high: ", the highest", low: ", the lowest"} if fully else {}
        begin = f"{_told(series, first_value)} in {start}{words.get(first_value, '')}"
        finish = f"{_told(series, last_value)} in {end}{words.get(last_value, '')}"
        comma = "," if first_value in words else ""
        text = f"{_name(series)} goes from {begin}{comma} to {finish}"
        for value, word in words.items():
            if value not in (first_value, last_value):
                at = next(position for position, each in figures if each == value)
                text += (
                    f";{word.removeprefix(', the')} {_told(series, value)} in {spoken(exhibit.periods[at])}"
                )
    missing = last - first + 1 - len(figures)
    if missing:
        text += f"; {missing} {exhibit.periods[0].kind}{'s' if missing > 1 else ''} between without a figure"
    return f"{text}."


def _gaps_to_forecast(exhibit: ResolvedExhibit) -> list[str]:
    """The last period for which a metric has both its actual and its forecast, for each metric that shows both."""
    told = []
    for actual in exhibit.series:
        for forecast in exhibit.series:
            is_pair = actual.source.is_metric and actual.source.group == forecast.source.group
            if not is_pair or actual.source.is_forecast or not forecast.source.is_forecast:
                continue
            if actual.name.rpartition(" ")[0] != forecast.name.rpartition(" ")[0]:
                continue
            both = [(n, a, f) for (n, a) in actual.figures for (m, f) in forecast.figures if n == m]
            if both:
                told.append(_gap(exhibit, actual, *both[-1]))
    return told


def _gap(exhibit: ResolvedExhibit, actual: ResolvedSeries, at: int, value: Decimal, forecast: Decimal) -> str:
    when = spoken(exhibit.periods[at])
    label = "the actual" if actual.label == "Actual" else _name(actual)
    if value == forecast:
        return f"In {when} {label} is as forecast."
    way = "above" if value > forecast else "below"
    return f"In {when} {label} is {_difference(actual, abs(value - forecast))} {way} the forecast."


def _difference(series: ResolvedSeries, size: Decimal) -> str:
    """Two percentages differ by percentage points."""
    if series.unit is not Unit.PERCENT:
        return _told(series, size)
    points = formats.number(size, series.decimals)
    return f"{points} percentage point{'' if formats.round_to(size, series.decimals) == 1 else 's'}"


def _told(series: ResolvedSeries, value: Decimal) -> str:
    """As text prints it, with the sign as a word: not every screen reader says it."""
    printed = formats.quantity(Quantity(value, series.unit, series.decimals))
    return printed.replace(formats.MINUS, "minus ")


def spoken(period: Period) -> str:
    """A period in full: `October 2024`, `Q2 2024-25`, `2024-25`."""
    if period.kind is not PeriodKind.MONTH:
        return str(period)
    written = str(period)
    return _FULL_MONTHS[MONTHS.index(written[:3])] + written[3:]
