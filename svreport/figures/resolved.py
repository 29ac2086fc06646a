"""What an exhibit shows, once its names are looked up: periods, series of values, a picture; and its marks."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from svreport.figures.pictures import PictureFile
from svreport.figures.sources import Source
from svreport.model.finding import Finding, Place
from svreport.model.period import Period
from svreport.model.quantity import Unit
from svreport.model.submission import ExhibitKind


@dataclass(frozen=True, slots=True)
class ResolvedSeries:
    """One line, set of columns or row: `values` stand beside the exhibit's periods, in the series' own unit.

    `name` is as the workbook writes it (`EHCP actual`), `label` as a reader is told it. `forecast_from` is the
    position of the first period whose figure is a forecast, the number of periods where none is. `unread` holds the
    mark of each figure that could not be read, by position.
    """

    name: str
    label: str
    source: Source
    values: tuple[Decimal | None, ...]
    decimals: int
    forecast_from: int
    as_column: bool
    unread: Mapping[int, str]

    @property
    def unit(self) -> Unit:
        return self.source.unit

    @property
    def figures(self) -> list[tuple[int, Decimal]]:
        """The position and value of each figure there is."""
        return [(position, value) for position, value in enumerate(self.values) if value is not None]


@dataclass(frozen=True, slots=True)
class ResolvedExhibit:
    """An exhibit with all that it shows; `marks` stand in the documents for what it should show and cannot.

    `kind` is Table for an exhibit whose kind could not be read: it has no series then, only its marks. `title` is the
    name where none is given, but for a picture. `periods` is every period from the first to the last with a figure, at
    the regular step the figures have. `alt_text` is what a person wrote, empty if nothing.
    """

    name: str
    kind: ExhibitKind
    title: str
    place: Place
    periods: tuple[Period, ...] = ()
    series: tuple[ResolvedSeries, ...] = ()
    alt_text: str = ""
    source: str = ""
    picture: PictureFile | None = None
    marks: tuple[str, ...] = ()

    @property
    def is_drawn(self) -> bool:
        """True for a chart with at least one figure."""
        return self.kind.is_chart and bool(self.periods)


@dataclass(frozen=True, slots=True)
class Exhibits:
    """The exhibits under their names' keys, in the order of the sheet; the first of a repeated name counts."""

    by_name: Mapping[str, ResolvedExhibit]
    findings: tuple[Finding, ...]
