"""How metrics are calculated from others: the column `Calculation`, read and followed from metric to metric."""

import re

from svreport.model import names
from svreport.model.entry import Entry
from svreport.model.quantity import Unit
from svreport.model.submission import Calculation, CalculationKind, Metric
from svreport.workbook import cells, rules
from svreport.workbook.cells import Found

MOST_STEPS = 10
_FORMS = ("12-month average of …", "… as % of …", "change in …", "running total of …")
_AVERAGE = re.compile(r"12[ -]?months?(?: rolling)? average of (.+)", re.IGNORECASE)
_CHANGE = re.compile(r"change in (.+)", re.IGNORECASE)
_TOTAL = re.compile(r"running total of (.+)", re.IGNORECASE)
_SHARE = re.compile(r"(.+?) as (?:a )?(?:%|per ?cent|percentage) of (.+)", re.IGNORECASE)


def read_calculation(entry: Entry[str], found: Found) -> Entry[Calculation]:
    """What is typed, as a calculation; the metrics in it are not looked up yet."""
    if entry.value is None:
        return Entry(None, entry.place, entry.fault)
    typed = entry.value
    if match := _AVERAGE.fullmatch(typed):
        return Entry(Calculation(CalculationKind.AVERAGE, match[1]), entry.place)
    if match := _CHANGE.fullmatch(typed):
        return Entry(Calculation(CalculationKind.CHANGE, match[1]), entry.place)
    if match := _TOTAL.fullmatch(typed):
        return Entry(Calculation(CalculationKind.TOTAL, match[1]), entry.place)
    if match := _SHARE.fullmatch(typed):
        return Entry(Calculation(CalculationKind.SHARE, match[1], match[2]), entry.place)
    return cells.refused(
        found,
        rules.CALCULATION,
        entry.place,
        read=typed,
        expected=names.listed(_FORMS),
        mend=_likely_form(typed),
    )


def _likely_form(typed: str) -> str:
    wanted = names.key(typed)
    for words, form in (
        ("average mean rolling month", _FORMS[0]),
        ("% percent share proportion /", _FORMS[1]),
        ("change difference chg", _FORMS[2]),
        ("total cumulative sum", _FORMS[3]),
    ):
        if any(word in wanted for word in words.split()):
            return f"write it as {form}"
    return names.did_you_mean(typed[:200], _FORMS) or "write it in one of these forms, or leave it empty"


def resolve_calculations(metrics: list[Metric], found: Found) -> list[Metric]:
    """The metrics, their calculations naming others as `Metrics` writes them; those that lead nowhere, round in a
    circle or through more than `MOST_STEPS` metrics are told, and carry the fault.
    """
    return _Calculations(metrics, found).resolved()


class _Calculations:
    def __init__(self, metrics: list[Metric], found: Found) -> None:
        self._metrics = metrics
        self._found = found
        self._by_key: dict[str, Metric] = {}
        for metric in metrics:
            if metric.name.value:
                self._by_key.setdefault(names.key(metric.name.value), metric)
        self._steps: dict[str, int] = {}
        self._faults: dict[str, str] = {}

    def resolved(self) -> list[Metric]:
        named = [self._named(metric) for metric in self._metrics]
        self._by_key = {}
        for metric in named:
            if metric.name.value:
                self._by_key.setdefault(names.key(metric.name.value), metric)
        for key in self._by_key:
            self._follow(key)
        return [self._settled(metric) for metric in named]

    def _named(self, metric: Metric) -> Metric:
        entry = metric.calculation
        if entry.value is None:
            return metric
        told = [name for name in (entry.value.of, entry.value.whole) if name is not None]
        unknown = [name for name in told if names.key(name) not in self._by_key]
        if unknown:
            known = [str(each.name.value) for each in self._by_key.values() if each is not metric]
            typed = names.listed(unknown, "and")
            fault = cells.not_among(typed, known, rules.CALCULATION_METRIC, entry.place, self._found)
            return metric._replace(calculation=fault)
        held = [str(self._by_key[names.key(name)].name.value) for name in told]
        return metric._replace(calculation=Entry(Calculation(entry.value.kind, *held), entry.place))

    def _sources(self, key: str) -> list[str]:
        calculation = self._by_key[key].calculation.value
        if calculation is None:
            return []
        return [names.key(name) for name in (calculation.of, calculation.whole) if name]

    def _follow(self, start: str) -> None:
        """Counts the steps from a metric to figures, and tells a circle when it comes round to one."""
        path: list[str] = []
        waiting: list[tuple[str, bool]] = [(start, False)]
        while waiting:
            key, done = waiting.pop()
            if done:
                path.pop()
                self._steps[key] = 1 + max(
                    (self._steps.get(each, 0) for each in self._sources(key)), default=-1
                )
            elif key in path:
                self._tell_circle(path[path.index(key) :])
            elif key not in self._steps:
                path.append(key)
                waiting.append((key, True))
                waiting.extend((each, False) for each in self._sources(key) if each not in self._steps)

    def _settled(self, metric: Metric) -> Metric:
        calculation = metric.calculation
        key = names.key(metric.name.value or "")
        if calculation.value is None:
            return metric
        if key in self._faults:
            return metric._replace(calculation=Entry(None, calculation.place, self._faults[key]))
        if self._steps.get(key, 0) == MOST_STEPS + 1:
            fault = cells.refused(
                self._found,
                rules.CALCULATION_LONG,
                calculation.place,
                read=f"{metric.name.value}, made in {MOST_STEPS + 1} steps",
                expected=f"at most {MOST_STEPS} metrics between this one and figures that are typed",
                mend="calculate it from a metric with figures of its own",
            )
            return metric._replace(calculation=fault)
        self._tell_unit(metric, calculation.value)
        return metric

    def _tell_circle(self, keys: list[str]) -> None:
        circle = [self._by_key[key] for key in keys]
        if any(key in self._faults for key in keys):
            return
        self._faults |= dict.fromkeys(keys, rules.CALCULATION_CIRCLE.code)
        told = [str(metric.name.value) for metric in [*circle, circle[0]]]
        cells.refused(
            self._found,
            rules.CALCULATION_CIRCLE,
            min(metric.calculation.place for metric in circle),
            read=" ← ".join(told),
            expected="a calculation that ends at a metric with figures of its own",
            mend="correct one of these calculations",
        )

    def _tell_unit(self, metric: Metric, calculation: Calculation) -> None:
        unit = metric.unit.value
        source = self._by_key[names.key(calculation.of)].unit.value
        fitting = Unit.PERCENT if calculation.kind is CalculationKind.SHARE else source
        if unit is None or fitting is None or unit is fitting:
            return
        cells.refused(
            self._found,
            rules.CALCULATION_UNIT,
            metric.unit.place,
            read=unit.value,
            expected=fitting.value,
            mend=f"choose {fitting.value}, or correct the calculation in {metric.calculation.place.cell}",
        )
