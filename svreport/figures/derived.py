"""Exhibits that need no row on the sheet Exhibits: the chart of a metric, or of series made from the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from svreport.figures.exhibits import MOST_PERIODS, ResolvedExhibit, resolve_one
from svreport.figures.sources import Source, series_key
from svreport.model.entry import Entry
from svreport.model.facts import Facts
from svreport.model.finding import Place
from svreport.model.period import Period
from svreport.model.submission import Exhibit, ExhibitKind


def chart_of(
    facts: Facts, name: str, title: str, sources: Sequence[Source], place: Place, kind: ExhibitKind
) -> ResolvedExhibit:
    """A chart of these series, resolved as one of the sheet would be; a series without figures is left out.

    Where figures stand for months and for years, those of the latest actual's kind are shown, and of a span that no
    chart can hold its last part.
    """
    filled = [each for each in sources if any(not entry.is_empty for entry in each.entries.values())]
    filled = filled or [each for each in sources if each.lost]
    wanted = _kind(filled)
    shown = [replace(each, entries=_kept(each.entries, wanted)) for each in filled]
    named = [each for each in shown if each.entries or each.lost]
    row = Exhibit(
        name=Entry(name, place),
        kind=Entry(kind, place),
        title=Entry(title, place),
        series=Entry(tuple(each.name for each in named), place),
        first=Entry(None, place),
        last=Entry(None, place),
        alt_text=Entry(None, place),
        source=Entry(None, place),
    )
    return resolve_one(row, facts.submission, {series_key(each.name): each for each in named})


def _kind(sources: Sequence[Source]) -> Period | None:
    """The last period with a figure, of an actual where there is one: its kind is what the chart shows."""
    for wanted in (False, True):
        told = [
            period
            for each in sources
            if each.is_forecast is wanted
            for period, entry in each.entries.items()
            if not entry.is_empty
        ]
        if told:
            return max(told)
    return None


def _kept(entries: Mapping[Period, Entry[Decimal]], like: Period | None) -> dict[Period, Entry[Decimal]]:
    """The entries of one kind of period that lie within what a chart can hold around the latest actual."""
    if like is None:
        return {}
    half = MOST_PERIODS // 2 - 1
    first, last = like.next(-half), like.next(half)
    return {
        period: entry
        for period, entry in entries.items()
        if period.kind is like.kind and first <= period <= last
    }
