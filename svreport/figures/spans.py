"""Which periods an exhibit shows: those of its span, from the first to the last, at the step its figures keep."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from svreport.model.entry import Entry
from svreport.model.period import Period, PeriodKind
from svreport.model.submission import Exhibit

_STEPS_OF_MONTHS = (12, 6, 3)


def in_span(
    entries: Mapping[Period, Entry[Decimal]], first: Period | None, last: Period | None
) -> dict[Period, Entry[Decimal]]:
    """The entries that lie wholly between two periods, and are not empty; None is no bound."""
    return {
        period: entry
        for period, entry in entries.items()
        if not entry.is_empty
        and (first is None or period.first >= first.first)
        and (last is None or period.last <= last.last)
    }


def asked(exhibit: Exhibit) -> str:
    """The span that an exhibit asks for: `Apr 2024 to Oct 2024`, `from Apr 2024 on`, `any period`."""
    first, last = exhibit.first.value, exhibit.last.value
    if first and last:
        return f"{first} to {last}"
    if first or last:
        return f"from {first} on" if first else f"up to {last}"
    return "any period"


def step_of(periods: Sequence[Period]) -> int:
    """How many months, quarters or years lie between two figures; `periods` are of one kind and in order.

    Figures of each March, or of the last month of each quarter, are whole as they are. It takes three that keep the
    step to tell; otherwise each month between two figures is a gap.
    """
    if len(periods) < 3 or periods[0].kind is not PeriodKind.MONTH:
        return 1
    apart = [later.first - earlier.first for earlier, later in pairwise(periods)]
    return next((step for step in _STEPS_OF_MONTHS if all(each % step == 0 for each in apart)), 1)


def count_of(periods: Sequence[Period]) -> int:
    """How many periods there are from the first to the last, at their step."""
    first, last = periods[0], periods[-1]
    return (last.first - first.first) // (first.next(step_of(periods)).first - first.first) + 1


def run_of(periods: Sequence[Period]) -> tuple[Period, ...]:
    """Every period from the first to the last at their step, those without a figure included."""
    step = step_of(periods)
    return tuple(periods[0].next(step * position) for position in range(count_of(periods)))
