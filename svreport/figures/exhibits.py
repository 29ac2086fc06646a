"""Exhibits resolved: the series it names become periods and values, or a mark for what is not there."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from svreport.figures import rules
from svreport.figures.pictures import PictureFault, PictureFile, read_picture
from svreport.figures.resolved import Exhibits, ResolvedExhibit, ResolvedSeries
from svreport.figures.scenarios import chart_of_scenarios
from svreport.figures.sources import Source, columns, labels, series_key, sources_of
from svreport.figures.spans import asked, count_of, in_span, run_of
from svreport.model import names
from svreport.model.entry import Entry
from svreport.model.facts import Facts
from svreport.model.finding import Finding, Place, Rule, mark
from svreport.model.period import Period
from svreport.model.quantity import decimals_of
from svreport.model.scenarios import CHART
from svreport.model.submission import Exhibit, ExhibitKind, Submission

__all__ = ["Exhibits", "ResolvedExhibit", "ResolvedSeries", "resolve"]

MOST_PERIODS = 240
MOST_SERIES = 24
_CLEAR_SERIES = 8
_MOST_DECIMALS = 2
# The code under which reading tells of a span whose ends are the wrong way round.
_FROM_AFTER_TO = "PER-03"


def resolve(facts: Facts) -> Exhibits:
    """Every exhibit of the submission, and what is wrong with them; what reading told already is not told again."""
    sources = sources_of(facts)
    by_name: dict[str, ResolvedExhibit] = {}
    findings: list[Finding] = []
    for exhibit in facts.submission.exhibits:
        name = exhibit.name.value
        if not name or names.key(name) in by_name:
            continue
        resolving = _Resolving(exhibit, facts.submission, sources)
        by_name[names.key(name)] = resolving.resolved()
        findings.extend(resolving.findings)
    if derived := chart_of_scenarios(facts.submission):
        exhibit, own = derived  # nobody described it, so there is nothing in its description to tell of
        by_name[names.key(CHART)] = _Resolving(exhibit, facts.submission, own).resolved()
    return Exhibits(by_name, tuple(findings))


def resolve_one(exhibit: Exhibit, submission: Submission, sources: Mapping[str, Source]) -> ResolvedExhibit:
    """One exhibit that may show these sources, each under its `series_key`; what is wrong stands in its marks."""
    return _Resolving(exhibit, submission, sources).resolved()


class _Resolving:
    """One exhibit on its way, with the findings and marks it gathers."""

    def __init__(self, exhibit: Exhibit, submission: Submission, sources: Mapping[str, Source]) -> None:
        self.exhibit = exhibit
        self.submission = submission
        self.sources = sources
        self.findings: list[Finding] = []
        self.marks: list[str] = []

    def resolved(self) -> ResolvedExhibit:
        kind = self.exhibit.kind.value
        self._mark_unread(self.exhibit.kind, self.exhibit.series, self.exhibit.first, self.exhibit.last)
        first, last = self.exhibit.first, self.exhibit.last
        if first.value and last.value and first.value.first > last.value.last:
            self.marks.append(mark(_FROM_AFTER_TO, first.place))
        picture: PictureFile | None = None
        periods: tuple[Period, ...] = ()
        series: tuple[ResolvedSeries, ...] = ()
        if kind is ExhibitKind.PICTURE:
            picture = self._picture()
        elif kind is not None and not self.marks:
            periods, series = self._figures(kind)
        title = self._text(self.exhibit.title)
        if not title.strip() and kind is not ExhibitKind.PICTURE:
            title = self._text(self.exhibit.name)
        return ResolvedExhibit(
            name=str(self.exhibit.name.value),
            kind=kind or ExhibitKind.TABLE,
            title=" ".join(title.split()),
            place=self.exhibit.name.place,
            periods=periods,
            series=series,
            alt_text=self._text(self.exhibit.alt_text),
            source=self._text(self.exhibit.source),
            picture=picture,
            marks=tuple(dict.fromkeys(self.marks)),
        )

    def _mark_unread(self, *entries: Entry[Any]) -> None:
        self.marks.extend(mark(entry.fault, entry.place) for entry in entries if entry.fault)

    def _text(self, entry: Entry[str]) -> str:
        return mark(entry.fault, entry.place) if entry.fault else entry.value or ""

    def _tell(self, rule: Rule, place: Place, *, read: str, expected: str, mend: str) -> None:
        self.findings.append(rule.at(place, read=read, expected=expected, mend=mend))
        if self.findings[-1].is_error:
            self.marks.append(mark(rule.code, place))

    def _picture(self) -> PictureFile | None:
        named = "; ".join(self.exhibit.series.value or ())
        alt_text = self.exhibit.alt_text
        if not alt_text.fault and not (alt_text.value or "").strip():
            self._tell(
                rules.PICTURE_WITHOUT_WORDS,
                alt_text.place,
                read="nothing",
                expected="words that say what the picture shows",
                mend="write in one or two sentences what someone who cannot see the picture has to know",
            )
        if not named:
            return None
        found = read_picture(self.submission.folder, named)
        if isinstance(found, PictureFault):
            self._tell(
                found.rule,
                self.exhibit.series.place,
                read=found.read,
                expected=found.expected,
                mend=found.mend,
            )
            return None
        return found

    def _figures(self, kind: ExhibitKind) -> tuple[tuple[Period, ...], tuple[ResolvedSeries, ...]]:
        chosen = self._sources()
        first, last = self.exhibit.first.value, self.exhibit.last.value
        told = [(source, in_span(source.entries, first, last)) for source in chosen]
        self._tell_of_empty(told)
        told = [
            (source, entries)
            for source, entries in told
            if any(e.value is not None for e in entries.values())
        ]
        if not told or not self._one_unit(kind, [source for source, _ in told]):
            return (), ()
        periods = self._periods(told)
        if not periods:
            return (), ()
        if kind.is_chart and not self._few_enough(len(told)):
            return (), ()
        as_columns = columns(kind, [source for source, _ in told])
        series = tuple(
            self._series(source, label, entries, periods, as_column)
            for (source, entries), label, as_column in zip(
                told, labels([s for s, _ in told]), as_columns, strict=True
            )
        )
        return periods, series

    def _few_enough(self, number: int) -> bool:
        if number > _CLEAR_SERIES:
            self._tell(
                rules.MANY_SERIES if number <= MOST_SERIES else rules.NO_ROOM,
                self.exhibit.series.place,
                read=f"{number} series",
                expected=f"at most {_CLEAR_SERIES}",
                mend="show them in two charts or in a table, or leave out those that say least",
            )
        return number <= MOST_SERIES

    def _sources(self) -> list[Source]:
        place = self.exhibit.series.place
        chosen: dict[str, Source] = {}
        for named in self.exhibit.series.value or ():
            source = self.sources.get(series_key(named))
            if source is None:
                self._tell_unknown(named)
            elif source.name in chosen:
                self._tell(
                    rules.SERIES_TWICE,
                    place,
                    read=f"{source.name}, twice",
                    expected="each series once",
                    mend="take it out, or name the series that was meant",
                )
            else:
                chosen[source.name] = source
        return list(chosen.values())

    def _tell_unknown(self, named: str) -> None:
        known = [source.name for source in self.sources.values()]
        forms = "`<metric> actual`, `<metric> forecast` or `<scenario> / <line>`"
        some = f": {names.listed(known, most=6)}" if known else ", and the workbook has none yet"
        self._tell(
            rules.UNKNOWN_SERIES,
            self.exhibit.series.place,
            read=named,
            expected=f"a series of the workbook, written {forms}{some}",
            mend=names.did_you_mean(named, known)
            or "correct the name, or add the metric to Metrics or the line to Finance",
        )

    def _tell_of_empty(self, told: list[tuple[Source, dict[Period, Entry[Decimal]]]]) -> None:
        """One finding for all series without a figure; where figures could not be read, reading told."""
        for source, entries in told:
            if all(entry.value is None for entry in entries.values()):
                self._mark_unread(*entries.values(), *source.lost)
        empty = [source for source, entries in told if not entries and not source.lost]
        if not empty:
            return
        has = []
        for source in empty:
            filled = [period for period, entry in source.entries.items() if not entry.is_empty]
            span = f"{min(filled)} to {max(filled)}" if filled else "none at all"
            has.append(f"{source.name} has figures for {span}" if filled else f"{source.name} has {span}")
        sheets = names.listed(dict.fromkeys(source.sheet for source in empty))
        narrowed = [each for each in (self.exhibit.first, self.exhibit.last) if each.value is not None]
        widen = f", or change {' and '.join(each.place.cell for each in narrowed)}" if narrowed else ""
        self._tell(
            rules.NO_FIGURES,
            self.exhibit.series.place,
            read=f"{names.listed((s.name for s in empty), 'and')}, {asked(self.exhibit)}",
            expected=f"at least one figure: {'; '.join(has)}",
            mend=f"fill in the figures on {sheets}{widen}, or take the series out",
        )

    def _one_unit(self, kind: ExhibitKind, sources: list[Source]) -> bool:
        """A table's rows may differ in unit, each says its own; a figure whose unit could not be read is not shown."""
        unread = [source.unit_entry for source in sources if source.unit_entry.fault]
        if unread:
            self._mark_unread(*unread)
            return False
        by_unit: dict[str, list[str]] = {}
        for source in sources:
            by_unit.setdefault("money" if source.unit.is_money else source.unit.value, []).append(source.name)
        if len(by_unit) < 2 or not kind.is_chart:
            return True
        self._tell(
            rules.MIXED_UNITS,
            self.exhibit.series.place,
            read="; ".join(f"{names.listed(of_unit, 'and')} in {unit}" for unit, of_unit in by_unit.items()),
            expected="series of one unit (£, £000 and £m are one: money)",
            mend="make one chart for each unit, or show them in a Table",
        )
        return False

    def _periods(self, told: list[tuple[Source, dict[Period, Entry[Decimal]]]]) -> tuple[Period, ...]:
        every = sorted({period for _, entries in told for period in entries})
        if len({period.kind for period in every}) > 1:
            self._tell_mixed(told)
            return ()
        count = count_of(every)
        if count > MOST_PERIODS:
            self._tell(
                rules.MANY_PERIODS,
                self.exhibit.series.place,
                read=f"{every[0]} to {every[-1]}: {count:,} {every[0].kind}s",
                expected=f"at most {MOST_PERIODS}",
                mend="correct the period that is far from the others, or set From and To",
            )
            return ()
        return run_of(every)

    def _tell_mixed(self, told: list[tuple[Source, dict[Period, Entry[Decimal]]]]) -> None:
        by_kind: dict[str, list[str]] = {}
        for source, entries in told:
            for kind in dict.fromkeys(period.kind for period in entries):
                by_kind.setdefault(f"{kind}s", []).append(source.name)
        self._tell(
            rules.MIXED_PERIODS,
            self.exhibit.series.place,
            read="; ".join(f"{names.listed(named, 'and')} by {kind}" for kind, named in by_kind.items()),
            expected="series by month, by quarter or by financial year, all alike",
            mend="make one exhibit for each, or set From and To so that only one kind is left",
        )

    def _series(
        self,
        source: Source,
        label: str,
        entries: Mapping[Period, Entry[Decimal]],
        periods: tuple[Period, ...],
        as_column: bool,
    ) -> ResolvedSeries:
        found = [entries.get(period) for period in periods]
        values = tuple(entry.value if entry else None for entry in found)
        decimals = source.decimals
        if decimals is None:
            decimals = min(
                _MOST_DECIMALS, max((decimals_of(each) for each in values if each is not None), default=0)
            )
        forecast_from = len(periods)
        if source.is_forecast:
            forecast_from = 0
        elif source.forecast_from is not None:
            known = [n for n, period in enumerate(periods) if period >= source.forecast_from]
            forecast_from = known[0] if known else len(periods)
        unread = {n: mark(entry.fault, entry.place) for n, entry in enumerate(found) if entry and entry.fault}
        self.marks.extend(unread.values() if self.exhibit.kind.value is not ExhibitKind.TABLE else ())
        return ResolvedSeries(source.name, label, source, values, decimals, forecast_from, as_column, unread)
