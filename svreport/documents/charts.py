"""The charts that templates place without a row on the sheet Exhibits: of each metric, and of the plan."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from svreport.documents.plan_series import balance_title, cumulative_series, in_year_series
from svreport.figures.alt_text import alt_text
from svreport.figures.coming import Coming
from svreport.figures.derived import chart_of
from svreport.figures.keys import chart_key
from svreport.figures.layout import exhibit_blocks
from svreport.figures.resolved import ResolvedExhibit
from svreport.figures.sources import Source, sources_of_metrics
from svreport.model.facts import Facts
from svreport.model.finding import Place
from svreport.model.submission import ExhibitKind
from svreport.narrative.blocks import Block
from svreport.word.fields import Chart

Draw = Callable[[ResolvedExhibit], Coming | None]
"""Gives the picture of a chart that has something to draw, None for another."""

_PLAN = "Finance: cumulative deficit"
_IN_YEAR = "Finance: in-year position"


class DerivedCharts:
    """Every such chart of one return; none is resolved or drawn before a template places it."""

    def __init__(self, facts: Facts, draw: Draw) -> None:
        self._facts = facts
        self._draw = draw
        self._resolved: dict[str, ResolvedExhibit] = {}
        self._ways: dict[str, Callable[[], ResolvedExhibit]] = {}

    def of_metric(self, key: str) -> Chart:
        """The actual and the forecast of the metric with this key, by name; an empty chart for one without either."""
        series = self._facts.series.get(key)
        if series is None or not (series.actual or series.forecast):
            return Chart()

        def resolved() -> ResolvedExhibit:
            title = series.metric.title.value or series.name
            place = series.metric.name.place
            return chart_of(self._facts, name, title, self._sources[key], place, ExhibitKind.LINE)

        name = f"Metric: {series.name}"
        return self._chart(name, resolved)

    def of_plan(self) -> Chart:
        """The cumulative deficit of the forecast and the agreement beside the limit, on the limit's basis."""
        return self._of_finance(
            _PLAN,
            balance_title(self._facts.submission),
            cumulative_series(self._facts.submission),
            ExhibitKind.LINE,
        )

    def of_in_year(self) -> Chart:
        """The in-year position of the forecast and the agreement."""
        title = "In-year deficit: the forecast and the agreement"
        return self._of_finance(_IN_YEAR, title, in_year_series(self._facts.submission), ExhibitKind.COLUMN)

    def exhibit(self, name: str) -> ResolvedExhibit:
        """The chart of that name, resolved once."""
        if name not in self._resolved:
            self._resolved[name] = self._ways[name]()
        return self._resolved[name]

    def every(self) -> list[ResolvedExhibit]:
        """Every chart that was asked for so far, drawn or not."""
        return [self.exhibit(name) for name in self._ways]

    def _of_finance(self, name: str, title: str, series: Sequence[Source], kind: ExhibitKind) -> Chart:
        if not any(each.entries for each in series):
            return Chart()
        place = Place("Finance")
        return self._chart(name, lambda: chart_of(self._facts, name, title, series, place, kind))

    def _chart(self, name: str, resolved: Callable[[], ResolvedExhibit]) -> Chart:
        self._ways[name] = resolved

        def draw() -> tuple[Block, ...]:
            exhibit = self.exhibit(name)
            return exhibit_blocks(exhibit, self._draw(exhibit) if exhibit.is_drawn else None)

        def identity() -> str:
            exhibit = self.exhibit(name)
            return "\n".join((chart_key(exhibit), alt_text(exhibit), exhibit.source, *exhibit.marks))

        return Chart(name, draw, identity)

    @cached_property
    def _sources(self) -> Mapping[str, tuple[Source, Source]]:
        return sources_of_metrics(self._facts)
