"""Figures that are worked out from two cells: gaps, changes, percentages of change, differences and shares."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from svreport.model.facts import quoted
from svreport.model.finding import Place
from svreport.model.period import Period
from svreport.review.numbers.subjects import Candidate, Measure, Subject

_CHANGE_IN = {Measure.PERCENT: Measure.POINTS}


def gaps(subject: Subject, periods: Iterable[Period]) -> Iterator[Candidate]:
    """Actual less forecast of each period, and the same in percent of the forecast."""
    actual, forecast = (subject.filled.get(name, {}) for name in ("actual", "forecast"))
    for period in periods:
        if period in actual and period in forecast:
            places = (subject.place("actual", period), subject.place("forecast", period))
            written = ("{{ gap(", quoted(subject.label), ", '", period, "') }}")
            value = actual[period] - forecast[period]
            yield Candidate(value, _CHANGE_IN.get(subject.measure, subject.measure), written, places)
            about = (subject.label, ", ", period, ": actual against forecast, in percent")
            yield from _percent(value, forecast[period], about, places)


def changes(subject: Subject, column: str, pairs: Iterable[tuple[Period, Period]]) -> Iterator[Candidate]:
    """Each pair's later value less its earlier one, and the same in percent of the earlier."""
    told = subject.filled.get(column, {})
    latest = max(told, default=None)
    for earlier, later in pairs:
        if earlier not in told or later not in told or earlier == later:
            continue
        value = told[later] - told[earlier]
        places = (subject.place(column, later), subject.place(column, earlier))
        about: tuple[object, ...] = (subject.label, f" ({column}), ", earlier, " to ", later, ": change")
        if column == "actual" and later == latest:
            written: tuple[object, ...] = ("{{ change(", quoted(subject.label), ", '", earlier, "') }}")
        else:
            written = about
        if value:
            yield Candidate(value, _CHANGE_IN.get(subject.measure, subject.measure), written, places)
            yield from _percent(value, told[earlier], (*about, " in percent"), places)


def differences(first: Subject, second: Subject, periods: Iterable[Period]) -> Iterator[Candidate]:
    """What separates two subjects of one kind at the same period, and in percent of either."""
    if first.measure is not second.measure or not first.names.core & second.names.core:
        return
    for column, period in _shared(first, second, periods):
        larger, smaller = sorted((first, second), key=lambda each: -each.filled[column][period])
        most, least = larger.filled[column][period], smaller.filled[column][period]
        places = (larger.place(column, period), smaller.place(column, period))
        about = (larger.label, " less ", smaller.label, ", ", period)
        if most != least:
            yield Candidate(most - least, _CHANGE_IN.get(first.measure, first.measure), about, places)
            yield from _percent(most - least, least, (*about, ", in percent of the second"), places)
            yield from _percent(most - least, most, (*about, ", in percent of the first"), places)


def shares(part: Subject, whole: Subject, periods: Iterable[Period]) -> Iterator[Candidate]:
    """The smaller of two subjects as a percentage of the larger, at each period."""
    if part.measure is not whole.measure or part.measure is Measure.PERCENT:
        return
    for column, period in _shared(part, whole, periods):
        one, other = part.filled[column][period], whole.filled[column][period]
        if 0 < one < other:
            places = (part.place(column, period), whole.place(column, period))
            about = (part.label, " as a share of ", whole.label, ", ", period)
            yield Candidate(one / other * 100, Measure.PERCENT, about, places)


def between_lone_cells(first: Subject, second: Subject) -> Iterator[Candidate]:
    """The difference of two lines of one name that hold one figure each (residuals at the ends of two plans)."""
    if first.names.ways != second.names.ways:
        return
    cells = [[*subject.all_direct()] for subject in (first, second)]
    if [len(each) for each in cells] != [1, 1]:
        return
    (column, one), (other_column, other) = cells[0][0], cells[1][0]
    if first.filled[column][one] < second.filled[other_column][other]:
        first, second, column, one, other_column, other = second, first, other_column, other, column, one
    value = first.filled[column][one] - second.filled[other_column][other]
    places = (first.place(column, one), second.place(other_column, other))
    about = (first.label, ", ", one, ", less ", second.label, ", ", other)
    if value:
        yield Candidate(value, first.measure, about, places)
        yield from _percent(value, second.filled[other_column][other], (*about, ", in percent"), places)


def between(first: Candidate, second: Candidate, *, changed: bool, shared: bool) -> Iterator[Candidate]:
    """What two figures of a sentence give together: their difference, in percent too, and the smaller's share."""
    if first.measure is not second.measure or first.value == second.value:
        return
    larger, smaller = (first, second) if first.value > second.value else (second, first)
    places = (*larger.places, *smaller.places)
    gap = larger.value - smaller.value
    about = (larger.figure, " less ", smaller.figure)
    if changed:
        yield Candidate(gap, _CHANGE_IN.get(first.measure, first.measure), about, places)
        yield from _percent(gap, smaller.value, (*about, ", in percent of the second"), places)
        yield from _percent(gap, larger.value, (*about, ", in percent of the first"), places)
    if shared and smaller.value > 0 and first.measure is not Measure.PERCENT:
        about = (smaller.figure, " as a share of ", larger.figure)
        yield Candidate(smaller.value / larger.value * 100, Measure.PERCENT, about, places)


def _shared(first: Subject, second: Subject, periods: Iterable[Period]) -> Iterator[tuple[str, Period]]:
    for column in first.filled:
        if column in second.filled:
            for period in periods:
                if period in first.filled[column] and period in second.filled[column]:
                    yield column, period


def _percent(
    value: Decimal, base: Decimal, about: tuple[object, ...], places: tuple[Place, ...]
) -> Iterator[Candidate]:
    if base and value:
        yield Candidate(value / abs(base) * 100, Measure.PERCENT, about, places)
