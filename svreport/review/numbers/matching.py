"""Which figure of the workbook a number of the text is, where the words make that more than a coincidence."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from svreport.model import names
from svreport.model.facts import Facts
from svreport.model.period import Period
from svreport.review.numbers import derived
from svreport.review.numbers.calendar import Calendar
from svreport.review.numbers.calls import Calls, calls_of
from svreport.review.numbers.naming import NameIndex, stems
from svreport.review.numbers.subjects import Candidate, Measure, Subject, subjects_of
from svreport.review.written import WrittenNumber, WrittenUnit

# How large a part of all numbers of the same shape may be figures that are looked through before a hit among them
# says nothing: the fewer the words that speak for them, the smaller.
_NAMED, _HINTED, _LOOSE, _UNNAMED = (Decimal(limit) for limit in ("0.05", "0.03", "0.02", "0.01"))
# A figure that stands alone may match a number of few digits, if no more than one other was looked at before it.
_FEW = 2
_SMALL = 13
_MOST_COMPARED = 8

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
        self._facts = facts
        self._by_pair: dict[tuple[int, str], list[Candidate]] = {}
        self._namings: dict[str, dict[int, tuple[int, int]]] = {}
        self._spoken: dict[tuple[str, str, str], tuple[list[Subject], list[Subject]]] = {}
        self._worked_out: dict[tuple[object, ...], list[Candidate]] = {}

    @cached_property
    def subjects(self) -> list[Subject]:
        return subjects_of(self._facts, self.calendar)

    @cached_property
    def _index(self) -> NameIndex:
        submission = self._facts.submission
        sources = [each.label for each in self.subjects]
        sources += [metric.title.value for metric in submission.metrics if metric.title.value]
        return NameIndex({subject.key: subject.names for subject in self.subjects}, sources)

    @cached_property
    def _by_condition(self) -> dict[str, list[Subject]]:
        found: dict[str, list[Subject]] = {}
        for subject in self.subjects:
            for ref in sorted(subject.conditions):
                found.setdefault(ref, []).append(subject)
        return found

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
        shape = _Shape.of(number)
        measures = _MEASURES[number.unit]
        seen = Decimal(0)
        for pool in self._pools(number, reading, measures):
            fitting = [each for each in pool.candidates if each.measure in measures]
            cells = shape.cells(fitting)
            seen += cells
            hit = next((each for each in fitting if shape.holds(each.value)), None)
            if hit is not None:
                few = pool.lone and cells <= 1 and seen <= _FEW
                total = shape.written if pool.limit >= _HINTED else shape.total
                return hit if few or seen <= pool.limit * total else None
        return self._unnamed(number, shape, seen, reading)

    def match_between(
        self, number: WrittenNumber, sentence: str, known: Sequence[Candidate]
    ) -> Candidate | None:
        """What a number is of two others of its sentence: their difference, the percentage, the share."""
        calls = calls_of(sentence)
        shape = _Shape.of(number)
        measures = _MEASURES[number.unit]
        found = [
            each
            for first, second in combinations(dict.fromkeys(known[:_MOST_COMPARED]), 2)
            for each in derived.between(first, second, changed=calls.compared, shared=calls.share)
            if each.measure in measures
        ]
        hit = next((each for each in found if shape.holds(each.value)), None)
        cells = shape.cells(found)
        return hit if cells <= 1 or cells <= _NAMED * shape.written else None

    def _pools(
        self, number: WrittenNumber, reading: Reading, measures: tuple[Measure, ...]
    ) -> Iterator[_Pool]:
        calls = calls_of(reading.sentence)
        named, hinted = self._spoken_of(reading)
        is_small = measures == (Measure.COUNT,) and abs(number.amount) < _SMALL
        nearest, others = reading.nearest, reading.periods
        fit = [each for each in named if each.measure in measures]
        if is_small:
            is_change = _TOLD_AS_CHANGE.search(reading.before) or _MORE.match(reading.behind)
            counted = [each for each in fit if _is_counted(each, reading.behind)]
            if not is_change:
                yield _Pool(_direct(counted, nearest, calls), _NAMED, lone=True)
            spoken_of = [*named, *hinted] if is_change else named
            for each in spoken_of[:_MOST_COMPARED]:
                yield _Pool(self._called([each], calls, nearest, others), _NAMED, lone=True)
            return
        yield _Pool(_direct(fit, nearest, calls), _NAMED, lone=True)
        yield _Pool(_direct(fit, others, calls), _NAMED, lone=True)
        yield _Pool(_direct(fit, (), calls), _NAMED, lone=True)
        yield _Pool(self._called(named[:1], calls, nearest, others), _NAMED, lone=True)
        yield _Pool(self._called(named, calls, nearest, others), _NAMED, lone=True)
        hinted_fit = [each for each in hinted if each.measure in measures]
        yield _Pool(_direct(hinted_fit, nearest, calls), _HINTED, lone=True)
        yield _Pool(_direct(hinted_fit, others, calls), _HINTED)
        yield _Pool(_direct(hinted_fit, (), calls), _HINTED)
        yield _Pool(self._called(hinted[:1], calls, nearest, others), _HINTED, lone=True)
        yield _Pool(self._called(hinted, calls, nearest, others), _HINTED)
        yield _Pool([each.direct(*cell) for each in fit for cell in each.all_direct()], _LOOSE)
        yield _Pool([each.direct(*cell) for each in hinted_fit for cell in each.all_direct()], _LOOSE)
        if calls.change:
            yield _Pool(
                [each for subject in named for each in self._all_changes(subject)],
                _LOOSE,
            )

    def _spoken_of(self, reading: Reading) -> tuple[list[Subject], list[Subject]]:
        """The subjects that the sentence names, its condition's own first; and those it or its surroundings hint at."""
        asked = (reading.sentence, reading.whole, reading.condition)
        if asked not in self._spoken:
            self._spoken[asked] = self._find_spoken_of(reading)
        return self._spoken[asked]

    def _find_spoken_of(self, reading: Reading) -> tuple[list[Subject], list[Subject]]:
        in_sentence = self._naming(reading.sentence)
        around = self._naming(reading.whole)
        own = {subject.key for subject in self._by_condition.get(reading.condition, [])}
        scenario = self._scenario(reading.sentence)

        def order(key: int) -> tuple[bool, int, bool, int]:
            words = in_sentence.get(key, around.get(key, (0, 0)))[1]
            return (key not in own, -words, self.subjects[key].scenario != scenario, key)

        named = [key for key, (strength, _) in in_sentence.items() if strength == 2]
        hinted = {key for key in in_sentence if key not in named} | (own - set(named))
        hinted |= {key for key, (strength, _) in around.items() if strength == 2 and key not in named}
        return (
            [self.subjects[key] for key in sorted(named, key=order)],
            [self.subjects[key] for key in sorted(hinted, key=order)],
        )

    def _naming(self, text: str) -> dict[int, tuple[int, int]]:
        if text not in self._namings:
            found = self._index.named(text)
            self._namings[text] = {key: (naming.strength, naming.words) for key, naming in found.items()}
        return self._namings[text]

    @cached_property
    def _scenarios(self) -> dict[str, str]:
        """The scenarios of Finance under their keys, the longest first: `mitigated` is in `unmitigated` too."""
        found = {names.key(each.scenario): each.scenario for each in self.subjects if each.scenario}
        return dict(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])))

    def _scenario(self, sentence: str) -> str:
        """The scenario whose name the sentence holds, else the forecast one; the original plan is the agreement."""
        words = names.key(sentence)
        for key, scenario in self._scenarios.items():
            if key in words:
                return scenario
        if "original plan" in words or "agreed plan" in words:
            for key in ("agreement", "original plan", "agreed plan"):
                if key in self._scenarios:
                    return self._scenarios[key]
        chosen = self._facts.submission.programme.forecast_scenario.value
        return chosen or next((each.scenario for each in self.subjects if each.scenario), "")

    def _called(
        self, subjects: list[Subject], calls: Calls, nearest: tuple[Period, ...], others: tuple[Period, ...]
    ) -> list[Candidate]:
        """Gaps, changes, differences and shares that the words call for, at the periods they name; kept once made."""
        if not subjects:
            return []
        periods = tuple(dict.fromkeys((*nearest, *others)))
        asked = (calls, periods, *(subject.key for subject in subjects))
        if asked not in self._worked_out:
            self._worked_out[asked] = self._work_out(subjects, calls, periods)
        return self._worked_out[asked]

    def _work_out(
        self, subjects: list[Subject], calls: Calls, periods: tuple[Period, ...]
    ) -> list[Candidate]:
        found: list[Candidate] = []
        for subject in subjects:
            at = _periods_of(subject, periods) or list(subject.usual)
            if calls.gap:
                found.extend(derived.gaps(subject, dict.fromkeys((*at, *subject.usual))))
            if calls.change:
                pairs = list(self._pairs(subject, periods))
                for column in _columns(subject, calls):
                    found.extend(derived.changes(subject, column, pairs))
        compared = subjects[:_MOST_COMPARED]
        for first, second in combinations(compared, 2):
            at = _periods_of(first, periods) or list(first.usual)
            if calls.compared:
                found.extend(derived.differences(first, second, at))
                found.extend(derived.between_lone_cells(first, second))
            if calls.share:
                found.extend(derived.shares(first, second, at))
                found.extend(derived.shares(second, first, at))
        return found

    def _pairs(self, subject: Subject, periods: tuple[Period, ...]) -> Iterator[tuple[Period, Period]]:
        """Two named periods; a named one and the latest; without any, the usual one and that before it."""
        named = _periods_of(subject, periods)
        usual = list(subject.usual)
        for earlier, later in combinations(sorted({*named, *usual[:1]}), 2):
            if named:
                yield earlier, later
        if len(named) == 1 and named[0].next(-1) not in named:
            yield named[0].next(-1), named[0]
        if not named and not periods:
            for period in usual[:1]:
                yield period.next(-1), period
                before = self.calendar.previous_update
                if before and before.kind is period.kind:
                    yield before, period

    def _all_changes(self, subject: Subject) -> list[Candidate]:
        """Every change between two periods of a subject: made when words first call for one, then kept."""
        found: list[Candidate] = []
        for column, told in subject.filled.items():
            key = (subject.key, column)
            if key not in self._by_pair:
                self._by_pair[key] = list(derived.changes(subject, column, combinations(sorted(told), 2)))
            found += self._by_pair[key]
        return found

    def _unnamed(
        self, number: WrittenNumber, shape: "_Shape", seen: Decimal, reading: Reading
    ) -> Candidate | None:
        """A cell that nothing but its value speaks for: only where few numbers of the shape are cells at all."""
        measure = _MEASURES[number.unit][0]
        if measure not in self._by_value or (measure is Measure.COUNT and abs(number.amount) < _SMALL):
            return None
        values, cells = self._by_value[measure]
        for position in range(bisect_left(values, number.low), bisect_right(values, number.high)):
            subject, column, period = cells[position]
            foreign = subject.conditions and reading.condition not in subject.conditions
            if not foreign and shape.holds(subject.filled[column][period]):
                seen += shape.distinct(values)
                return subject.direct(column, period) if seen <= _UNNAMED * shape.total else None
        return None


def _direct(subjects: Iterable[Subject], periods: tuple[Period, ...], calls: Calls) -> list[Candidate]:
    """The subjects' own figures at those periods, or at the usual ones if none is given."""
    found: list[Candidate] = []
    for subject in subjects:
        at = _periods_of(subject, periods) if periods else list(subject.usual)
        for period in at:
            found += [
                subject.direct(name, period)
                for name in _columns(subject, calls, period)
                if period in subject.filled.get(name, {})
            ]
    return found


def _columns(subject: Subject, calls: Calls, period: Period | None = None) -> Sequence[str]:
    """The columns that the words may mean: a forecast where they speak of one, or where there is no actual."""
    if calls.forecast:
        return ("forecast", "actual", "finance")
    has_actual = period in subject.filled.get("actual", {}) if period else bool(subject.filled.get("actual"))
    return ("actual", "finance") if has_actual else ("forecast", "finance")


def _is_counted(subject: Subject, behind: str) -> bool:
    """True where the few words behind a number are the subject's name: `9 tribunal appeals`, not `4 EHCP projects`."""
    near = re.split(r"[,;:.()]", behind)[0].split()
    following = stems(" ".join(near[:4]))
    return any(way <= following for way in subject.names.ways)


def _periods_of(subject: Subject, periods: Iterable[Period]) -> list[Period]:
    return list(dict.fromkeys(each for named in periods for each in subject.at(named)))


@dataclass(frozen=True)
class _Shape:
    """All numbers that are written as one is: as many digits, the same unit; `width` is what one of them covers."""

    low: Decimal
    high: Decimal
    start: Decimal
    stop: Decimal
    step: Decimal
    negative: bool | None

    @classmethod
    def of(cls, number: WrittenNumber) -> "_Shape":
        low, high = number.low, number.high
        if number.unit is WrittenUnit.FRACTION:
            start, stop = Decimal(0), Decimal(100)
        else:
            digits = len(str(int(abs(number.amount) / number.step)))
            start = number.step.scaleb(digits - 1) if digits > 1 else number.step
            stop = number.step.scaleb(digits)
        return cls(low, high, start, stop, number.step, number.amount < 0 if number.signed else None)

    @property
    def width(self) -> Decimal:
        return self.high - self.low

    @property
    def total(self) -> Decimal:
        return max(Decimal(1), (self.stop - self.start) / self.width)

    @property
    def written(self) -> Decimal:
        """How many numbers of as many digits can be written, round or not; a hedge says less about the others."""
        return max(Decimal(1), (self.stop - self.start) / min(self.width, self.step))

    def holds(self, value: Decimal) -> bool:
        right_sign = self.negative is None or (value < 0) == self.negative
        return right_sign and self.low <= abs(value) <= self.high and value != 0

    def cells(self, candidates: Iterable[Candidate]) -> Decimal:
        """How many numbers of the shape the candidates would match."""
        half = self.width / 2
        hit = {
            int(abs(each.value) / self.width + Decimal("0.5"))
            for each in candidates
            if self.start - half <= abs(each.value) < self.stop
        }
        return Decimal(len(hit))

    def distinct(self, values: list[Decimal]) -> Decimal:
        """The same for sorted sizes, as an upper bound."""
        half = self.width / 2
        return Decimal(bisect_left(values, self.stop) - bisect_left(values, self.start - half))
