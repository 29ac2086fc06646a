"""Small submissions made by hand, for tests of exhibits."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import count

from svreport.figures.exhibits import Exhibits, ResolvedExhibit, resolve
from svreport.model import names
from svreport.model.entry import Entry
from svreport.model.facts import Facts
from svreport.model.finding import Place
from svreport.model.period import Period, read_period
from svreport.model.quantity import Unit
from svreport.model.submission import (
    Exhibit,
    ExhibitKind,
    FinanceLine,
    Metric,
    Observation,
    Programme,
    Role,
    Submission,
)

Number = str | int | float | None


def period(text: str) -> Period:
    found = read_period(text)
    assert found is not None, text
    return found


def months(first: str, number: int) -> list[str]:
    """The names of that many months, from one on."""
    return [str(period(first).next(step)) for step in range(number)]


def amount(value: Number) -> Decimal | None:
    return None if value is None else Decimal(str(value))


class Building:
    """A submission that grows: each method adds rows, each at a cell of its own."""

    def __init__(
        self, *, year: str | None = "2024-25", money_in: Unit = Unit.THOUSANDS, folder: str = ""
    ) -> None:
        self._rows = count(4)
        self.submission = Submission(
            workbook="return.xlsx",
            folder=folder,
            sheets=("Programme", "Metrics", "Metric data", "Finance", "Exhibits"),
            programme=_programme(year, money_in),
        )

    def metric(
        self,
        name: str,
        actual: Mapping[str, Number] | None = None,
        forecast: Mapping[str, Number] | None = None,
        *,
        unit: Unit = Unit.NUMBER,
        title: str | None = None,
    ) -> "Building":
        row = next(self._rows)
        metric = Metric(
            name=Entry(name, Place("Metrics", row, 1)),
            title=Entry(title, Place("Metrics", row, 2)),
            unit=Entry(unit, Place("Metrics", row, 3)),
            better_when=Entry(None, Place("Metrics", row, 4)),
            tolerance=Entry(None, Place("Metrics", row, 5)),
            conditions=Entry((), Place("Metrics", row, 6)),
            calculation=Entry(None, Place("Metrics", row, 7)),
            source=Entry(None, Place("Metrics", row, 8)),
        )
        observations = []
        for when in dict.fromkeys([*(actual or {}), *(forecast or {})]):
            at = next(self._rows)
            observations.append(
                Observation(
                    metric=Entry(name, Place("Metric data", at, 1)),
                    period=Entry(period(when), Place("Metric data", at, 2)),
                    actual=Entry(amount((actual or {}).get(when)), Place("Metric data", at, 3)),
                    forecast=Entry(amount((forecast or {}).get(when)), Place("Metric data", at, 4)),
                    note=Entry(None, Place("Metric data", at, 5)),
                )
            )
        self.submission = replace(
            self.submission,
            metrics=(*self.submission.metrics, metric),
            observations=(*self.submission.observations, *observations),
        )
        return self

    def finance(
        self, scenario: str, line: str, years: Mapping[str, Number], role: Role = Role.OTHER
    ) -> "Building":
        row = next(self._rows)
        cells = {
            period(year): Entry(amount(value), Place("Finance", row, column))
            for column, (year, value) in enumerate(years.items(), 4)
        }
        added = FinanceLine(
            scenario=Entry(scenario, Place("Finance", row, 1)),
            line=Entry(line, Place("Finance", row, 2)),
            role=Entry(role, Place("Finance", row, 3)),
            years=cells,
        )
        self.submission = replace(self.submission, finance=(*self.submission.finance, added))
        return self

    def exhibit(
        self,
        kind: ExhibitKind | None,
        series: str | None,
        *,
        name: str = "Shown",
        title: str | None = "Shown here",
        first: str | None = None,
        last: str | None = None,
        alt_text: str | None = None,
        source: str | None = None,
        faults: Mapping[str, str] | None = None,
    ) -> "Building":
        """`faults` gives a code for each field (`kind`, `series`, `first`, …) that could not be read."""
        row = next(self._rows)
        told = faults or {}

        def place(column: int) -> Place:
            return Place("Exhibits", row, column)

        added = Exhibit(
            name=Entry(name, place(1)),
            kind=Entry(kind, place(2), told.get("kind")),
            title=Entry(title, place(3), told.get("title")),
            series=Entry(_parts(series), place(4), told.get("series")),
            first=Entry(period(first) if first else None, place(5), told.get("first")),
            last=Entry(period(last) if last else None, place(6), told.get("last")),
            alt_text=Entry(alt_text, place(7), told.get("alt_text")),
            source=Entry(source, place(8), told.get("source")),
        )
        self.submission = replace(self.submission, exhibits=(*self.submission.exhibits, added))
        return self

    def resolved(self) -> Exhibits:
        return resolve(Facts(self.submission))

    def shown(self, name: str = "Shown") -> ResolvedExhibit:
        return self.resolved().by_name[names.key(name)]

    def told(self) -> list[tuple[str, str]]:
        """Code and cell of each finding."""
        return [(finding.code, str(finding.place)) for finding in self.resolved().findings]


def _parts(series: str | None) -> tuple[str, ...] | None:
    return tuple(part.strip() for part in series.split(";")) if series is not None else None


def _programme(year: str | None, money_in: Unit) -> Programme:
    def at(row: int) -> Place:
        return Place("Programme", row, 2)

    return Programme(
        authority=Entry("Anyshire", at(4)),
        authority_code=Entry(None, at(5)),
        financial_year=Entry(period(year) if year else None, at(6)),
        current_update=Entry(None, at(7)),
        agreement_ends=Entry(None, at(8)),
        money_in=Entry(money_in, at(9)),
        deficits_negative=Entry(None, at(10)),
        limit_basis=Entry(None, at(11)),
        previous_workbook=Entry(None, at(12)),
        forecast_scenario=Entry(None, at(13)),
        finance_complete=Entry(None, at(14)),
        adviser_support=Entry(None, at(15)),
        dashboard=Entry(None, at(16)),
        items={},
    )


def chart(
    kind: ExhibitKind = ExhibitKind.LINE,
    actual: Mapping[str, Number] | None = None,
    forecast: Mapping[str, Number] | None = None,
    *,
    unit: Unit = Unit.NUMBER,
    title: str = "Plans, April to October 2024",
) -> ResolvedExhibit:
    """One metric's actual, its forecast, or both."""
    building = Building().metric("Plans", actual, forecast, unit=unit)
    series = [f"Plans {each}" for each, given in (("actual", actual), ("forecast", forecast)) if given]
    return building.exhibit(kind, "; ".join(series), title=title).shown()


def by_month(first: str, values: Sequence[Number]) -> dict[str, Number]:
    return dict(zip(months(first, len(values)), values, strict=True))


def by_year(first: int, values: Sequence[Number]) -> dict[str, Number]:
    return {f"{first + n}-{(first + n + 1) % 100:02d}": value for n, value in enumerate(values)}
