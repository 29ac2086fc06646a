"""The words that stand for a chart, written from its data."""

from decimal import Decimal

from svreport.figures.resolved import ResolvedExhibit, ResolvedSeries
from svreport.model import formats
from svreport.model.period import MONTHS, Period, PeriodKind
from svreport.model.quantity import Quantity

_FULL_MONTHS = "January February March April May June July August September October November December".split()
_TOLD_FULLY = 3
_MOST_TOLD = 8


def alt_text(exhibit: ResolvedExhibit) -> str:
    """What a person wrote; else kind, title, measure and span, how each series runs, and its gap to the forecast."""
    if exhibit.alt_text.strip():
        return exhibit.alt_text
    sentences = [f"{exhibit.kind.value}: {_ended(exhibit.title)}", *_measure(exhibit)]
    fully = len(exhibit.series) <= _TOLD_FULLY
    sentences += [_course(exhibit, series, fully) for series in exhibit.series[:_MOST_TOLD]]
    if len(exhibit.series) > _MOST_TOLD:
        sentences.append(f"There are {len(exhibit.series) - _MOST_TOLD} more series.")
    sentences += _gaps_to_forecast(exhibit)
    return " ".join(sentences)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _measure(exhibit: ResolvedExhibit) -> list[str]:
    if not exhibit.periods:
        return ["It has no figures."]
    groups = list(dict.fromkeys(series.source.group for series in exhibit.series))
    measures = " and ".join(groups) if len(groups) < 3 else f"{len(groups)} measures"
    first, last = exhibit.periods[0], exhibit.periods[-1]
    span = f"for {spoken(first)}" if first == last else f"from {spoken(first)} to {spoken(last)}"
    return [f"Shows {measures}, {span}."]


def _course(exhibit: ResolvedExhibit, series: ResolvedSeries, fully: bool) -> str:
    """From the first figure to the last, with the highest and the lowest, and how many are missing in between."""
    figures = series.figures
    (first, first_value), (last, last_value) = figures[0], figures[-1]
    if first == last:
        return f"{series.label}: {_told(series, first_value)} in {spoken(exhibit.periods[first])}, the only figure."
    values = [value for _, value in figures]
    if min(values) == max(values):
        text = f"{series.label}: {_told(series, first_value)} throughout, {_span(exhibit, first, last)}"
    else:
        text = (
            f"{series.label}: {_told(series, first_value)} in {spoken(exhibit.periods[first])}"
            f" to {_told(series, last_value)} in {spoken(exhibit.periods[last])}"
        )
        if fully:
            text += f"; {_extreme(exhibit, series, 'highest', max(values))}"
            text += f", {_extreme(exhibit, series, 'lowest', min(values))}"
    missing = last - first + 1 - len(figures)
    if missing:
        text += f"; {missing} {exhibit.periods[0].kind}{'s' if missing > 1 else ''} between without a figure"
    return f"{text}."


def _span(exhibit: ResolvedExhibit, first: int, last: int) -> str:
    return f"{spoken(exhibit.periods[first])} to {spoken(exhibit.periods[last])}"


def _extreme(exhibit: ResolvedExhibit, series: ResolvedSeries, word: str, value: Decimal) -> str:
    at = next(position for position, each in series.figures if each == value)
    return f"{word} {_told(series, value)} in {spoken(exhibit.periods[at])}"


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
    label = "the actual" if actual.label == "Actual" else actual.label
    if value == forecast:
        return f"In {when} {label} is as forecast."
    way = "above" if value > forecast else "below"
    return f"In {when} {label} is {_told(actual, abs(value - forecast))} {way} the forecast."


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
