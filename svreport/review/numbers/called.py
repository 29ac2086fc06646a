"""The figures that words call for beyond the cells themselves, and the columns that words may mean."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from svreport.model.period import Period
from svreport.review.numbers import derived
from svreport.review.numbers.calendar import Calendar
from svreport.review.numbers.calls import Calls
from svreport.review.numbers.subjects import Candidate, Subject

MOST_COMPARED = 8


class Called:
    """Works out gaps, changes, differences and shares when words first call for them, and keeps them."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._worked_out: dict[tuple[object, ...], list[Candidate]] = {}
        self._by_pair: dict[tuple[int, str], list[Candidate]] = {}

    def figures(
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
            at = periods_of(subject, periods) or list(subject.usual)
            if calls.gap:
                found.extend(derived.gaps(subject, dict.fromkeys((*at, *subject.usual))))
            if calls.change:
                pairs = list(self._pairs(subject, periods))
                for column in columns_meant(subject, calls):
                    found.extend(derived.changes(subject, column, pairs))
        compared = subjects[:MOST_COMPARED]
        for first, second in combinations(compared, 2):
            at = periods_of(first, periods) or list(first.usual)
            if calls.compared:
                found.extend(derived.differences(first, second, at))
                found.extend(derived.between_lone_cells(first, second))
            if calls.share:
                found.extend(derived.shares(first, second, at))
                found.extend(derived.shares(second, first, at))
        return found

    def _pairs(self, subject: Subject, periods: tuple[Period, ...]) -> Iterator[tuple[Period, Period]]:
        """Two named periods; a named one and the latest; without any, the usual one and that before it."""
        named = periods_of(subject, periods)
        usual = list(subject.usual)
        for earlier, later in combinations(sorted({*named, *usual[:1]}), 2):
            if named:
                yield earlier, later
        if len(named) == 1 and named[0].next(-1) not in named:
            yield named[0].next(-1), named[0]
        if not named and not periods:
            for period in usual[:1]:
                yield period.next(-1), period
                before = self._calendar.previous_update
                if before and before.kind is period.kind:
                    yield before, period

    def all_changes(self, subject: Subject) -> list[Candidate]:
        """Every change between two periods of a subject: made when words first call for one, then kept."""
        found: list[Candidate] = []
        for column, told in subject.filled.items():
            key = (subject.key, column)
            if key not in self._by_pair:
                self._by_pair[key] = list(derived.changes(subject, column, combinations(sorted(told), 2)))
            found += self._by_pair[key]
        return found


def columns_meant(subject: Subject, calls: Calls, period: Period | None = None) -> Sequence[str]:
    """The columns that the words may mean: a forecast where they speak of one, or where there is no actual."""
    if calls.forecast:
        return ("forecast", "actual", "finance")
    has_actual = period in subject.filled.get("actual", {}) if period else bool(subject.filled.get("actual"))
    return ("actual", "finance") if has_actual else ("forecast", "finance")


def periods_of(subject: Subject, periods: Iterable[Period]) -> list[Period]:
    return list(dict.fromkeys(each for named in periods for each in subject.at(named)))
