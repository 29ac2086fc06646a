"""Which figure of the workbook a number of the text is, where the words make that more than a coincidence."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from svreport.model.facts import Facts
from svreport.model.finding import Place
from svreport.model.period import Period
from svreport.review.numbers import derived
from svreport.review.numbers.calendar import Calendar
from svreport.review.numbers.called import MOST_COMPARED, Called, columns_meant, periods_of
from svreport.review.numbers.calls import Calls, calls_of
from svreport.review.numbers.naming import stems
from svreport.review.numbers.shape import Shape
from svreport.review.numbers.spoken import Spoken
from svreport.review.numbers.subjects import Candidate, Measure, Subject, subjects_of
from svreport.review.written import WrittenNumber, WrittenUnit

# How large a part of all numbers of the same shape may be figures that are looked through before a hit among them
# says nothing: the fewer the words that speak for them, the smaller.
_NAMED, _HINTED, _LOOSE, _UNNAMED = (Decimal(limit) for limit in ("0.05", "0.03", "0.02", "0.01"))
# A figure that stands alone may match a number of few digits, if no more than one other was looked at before it.
_FEW = 2
_SMALL = 13
_TELLING = 3

_TOLD_AS_CHANGE = re.compile(r"\b(?:by|another|further)\s(?:\w+\s)?$", re.IGNORECASE)
_MORE = re.compile(r"\s(?:more|fewer|less|extra|additional|higher|lower|up|down)\b", re.IGNORECASE)
_MEASURES = {
    WrittenUnit.COUNT: (Measure.COUNT,),
    WrittenUnit.MONEY: (Measure.MONEY,),
    WrittenUnit.PERCENT: (Measure.PERCENT, Measure.POINTS),
    WrittenUnit.POINTS: (Measure.POINTS,),
    WrittenUnit.FRACTION: (Measure.PERCENT,),
}


@dataclass(frozen=True)
class Reading:
    """What a number stands among: its sentence, the words of it before and behind, the whole text, its condition.

    `nearest` are the periods told for this very number, `periods` all those of its sentence.
    """

    sentence: str
    before: str
    behind: str
    whole: str
    condition: str
    nearest: tuple[Period, ...]
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class _Pool:
    """Figures looked through together; `limit` is for all looked through so far, `lone` lets a single one through."""

    candidates: Sequence[Candidate]
    limit: Decimal
    lone: bool = False


class Matcher:
    """The figures of one return, found by the words of a sentence and by value."""

    def __init__(self, facts: Facts) -> None:
        self.calendar = Calendar(facts)
        self.subjects = subjects_of(facts, self.calendar)
        self._spoken = Spoken(facts, self.subjects)
        self._called = Called(self.calendar)

    @cached_property
    def _by_value(self) -> dict[Measure, tuple[list[Decimal], list[tuple[Subject, str, Period]]]]:
        """Every cell's size with its subject, smallest first, for each measure."""
        cells: dict[Measure, list[tuple[Decimal, int, Subject, str, Period]]] = {}
        for subject in self.subjects:
            for order, (column, period) in enumerate(subject.all_direct()):
                value = abs(subject.filled[column][period])
                cells.setdefault(subject.measure, []).append((value, order, subject, column, period))
        found = {}
        for measure, rows in cells.items():
            rows.sort(key=lambda row: (row[0], row[2].key, row[1]))
            found[measure] = ([row[0] for row in rows], [(row[2], row[3], row[4]) for row in rows])
        return found

    def match(self, number: WrittenNumber, reading: Reading) -> Candidate | None:
        """The figure that a number is, or None; pools are looked through from the likeliest on."""
        search = _Search(number)
        for pool in self._pools(number, reading):
            if search.looks_through(pool):
                return search.found
        return self._unnamed(number, search, reading)

    def match_beside(
        self, number: WrittenNumber, reading: Reading, known: Sequence[Candidate]
    ) -> Candidate | None:
        """What a number is to the figures told in its sentence: what two give together, or a change of one."""
        if _is_small(number) and not _told_as_change(reading):
            return None
        calls = calls_of(reading.sentence)
        told = list(dict.fromkeys(known))[:MOST_COMPARED]
        together = [
            each
            for first, second in combinations(told, 2)
            for each in derived.between(first, second, changed=calls.compared, shared=calls.share)
        ]
        places = [place for each in told for place in each.places if place in self._at_place]
        subjects = [self.subjects[key] for key in dict.fromkeys(self._at_place[place] for place in places)]
        changes = (self._called.figures([each], calls, reading.nearest, reading.periods) for each in subjects)
        search = _Search(number)
        for candidates in (together, *changes):
            if search.looks_through(_Pool(candidates, _NAMED, lone=True)):
                return search.found
        return None

    @cached_property
    def _at_place(self) -> dict[Place, int]:
        """The subject that each cell belongs to; a calculated metric's figures all stand at one."""
        return {
            entry.place: subject.key
            for subject in self.subjects
            for column in subject.columns.values()
            for entry in column.values()
        }

    def _pools(self, number: WrittenNumber, reading: Reading) -> Iterator[_Pool]:
        """What a number may be, the likeliest first: cells before what is worked out, the period told before others,
        what the sentence names before what it hints at. A small whole number is looked for only where words say so.
        """
        measures = _MEASURES[number.unit]
        calls = calls_of(reading.sentence)
        named, hinted = self._spoken.of(reading.sentence, reading.whole, reading.condition)
        nearest, others = reading.nearest, reading.periods
        fit = [each for each in named if each.measure in measures]
        if _is_small(number):
            is_change = _told_as_change(reading)
            if not is_change:
                counted = [each for each in fit if _is_counted(each, reading.behind)]
                yield _Pool(_direct(counted, nearest, calls), _NAMED, lone=True)
            spoken_of = [*named, *hinted] if is_change else named
            for each in spoken_of[:MOST_COMPARED]:
                yield _Pool(self._called.figures([each], calls, nearest, others), _NAMED, lone=True)
            return
        yield _Pool(_direct(fit, nearest, calls), _NAMED, lone=True)
        yield _Pool(_direct(fit, others, calls), _NAMED, lone=True)
        yield _Pool(_direct(fit, (), calls), _NAMED, lone=True)
        yield _Pool(self._called.figures(named[:1], calls, nearest, others), _NAMED, lone=True)
        yield _Pool(self._called.figures(named, calls, nearest, others), _NAMED, lone=True)
        hinted_fit = [each for each in hinted if each.measure in measures]
        yield _Pool(_direct(hinted_fit, nearest, calls), _HINTED, lone=True)
        yield _Pool(_direct(hinted_fit, others, calls), _HINTED)
        yield _Pool(_direct(hinted_fit, (), calls), _HINTED)
        yield _Pool(self._called.figures(hinted[:1], calls, nearest, others), _HINTED, lone=True)
        yield _Pool(self._called.figures(hinted, calls, nearest, others), _HINTED)
        yield _Pool([figure for each in fit for figure in each.every], _LOOSE)
        yield _Pool([figure for each in hinted_fit for figure in each.every], _LOOSE)
        if calls.change:
            yield _Pool(
                [each for subject in named for each in self._called.all_changes(subject)],
                _LOOSE,
            )

    def _unnamed(self, number: WrittenNumber, search: "_Search", reading: Reading) -> Candidate | None:
        """A cell that nothing but its value speaks for: only where few numbers of the shape are cells at all, and not
        one of another condition's; text about none, such as a headline, may tell any condition's precisely.
        """
        measure = _MEASURES[number.unit][0]
        if measure not in self._by_value or _is_small(number):
            return None
        values, cells = self._by_value[measure]
        shape = search.shape
        for position in range(bisect_left(values, number.low), bisect_right(values, number.high)):
            subject, column, period = cells[position]
            foreign = subject.conditions and reading.condition not in subject.conditions
            if foreign and (reading.condition or not _is_precise(number)):
                continue
            if shape.holds(subject.filled[column][period]):
                seen = search.seen + shape.distinct(values)
                return subject.direct(column, period) if seen <= _UNNAMED * shape.total else None
        return None


class _Search:
    """Looks for a number in one pool after another; the more was looked through, the less a hit says."""

    def __init__(self, number: WrittenNumber) -> None:
        self.shape = Shape.of(number)
        self.seen = Decimal(0)
        self.found: Candidate | None = None
        self._measures = _MEASURES[number.unit]

    def looks_through(self, pool: "_Pool") -> bool:
        """True when there is a hit, which ends the search; `found` stays None if it may be a coincidence."""
        shape = self.shape
        fitting = [each for each in pool.candidates if each.measure in self._measures]
        cells = shape.cells(fitting)
        self.seen += cells
        hit = next((each for each in fitting if shape.holds(each.value)), None)
        if hit is None:
            return False
        few = pool.lone and cells <= 1 and self.seen <= _FEW
        total = shape.written if pool.limit >= _HINTED else shape.total
        if few or self.seen <= pool.limit * total:
            self.found = hit
        return True


def _is_small(number: WrittenNumber) -> bool:
    return number.unit is WrittenUnit.COUNT and abs(number.amount) < _SMALL


def _is_precise(number: WrittenNumber) -> bool:
    """True from three digits on that say something: `6,161` and `5.62%`, not `a hundred`."""
    return len(number.amount.normalize().as_tuple().digits) >= _TELLING


def _told_as_change(reading: Reading) -> bool:
    """True for `by three`, `three more`."""
    return bool(_TOLD_AS_CHANGE.search(reading.before) or _MORE.match(reading.behind))


def _direct(subjects: Iterable[Subject], periods: tuple[Period, ...], calls: Calls) -> list[Candidate]:
    """The subjects' own figures at those periods, or at the usual ones if none is given."""
    found: list[Candidate] = []
    for subject in subjects:
        at = periods_of(subject, periods) if periods else list(subject.usual)
        for period in at:
            found += [
                subject.direct(name, period)
                for name in columns_meant(subject, calls, period)
                if period in subject.filled.get(name, {})
            ]
    return found


def _is_counted(subject: Subject, behind: str) -> bool:
    """True where the few words behind a number are the subject's name: `9 tribunal appeals`, not `4 EHCP projects`."""
    near = re.split(r"[,;:.()]", behind)[0].split()
    following = stems(" ".join(near[:4]))
    return any(way <= following for way in subject.names.ways)
