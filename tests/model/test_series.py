from decimal import Decimal

import pytest

from svreport.model.facts import Facts
from svreport.model.submission import Calculation, CalculationKind
from tests.model.returns import UNREAD, Series, facts_of, period

MONTHS = [f"{month} 2024" for month in "Apr May Jun Jul Aug Sep Oct Nov Dec".split()]


def actuals(facts: Facts, name: str) -> dict[str, Decimal | str | None]:
    """Each actual by period: its value, or the fault it stands for."""
    return {str(when): entry.fault or entry.value for when, entry in facts.series[name].actual.items()}


def test_figures_stand_in_the_order_of_their_periods() -> None:
    facts = facts_of(Series("EHCP", {"Oct 2024": (6161,), "Apr 2024": (5728,), "Q1 2024-25": (5867,)}))
    assert list(actuals(facts, "ehcp")) == ["Apr 2024", "Q1 2024-25", "Oct 2024"]


def test_the_first_of_a_repeated_metric_or_observation_counts() -> None:
    facts = facts_of(
        Series("EHCP", {"Apr 2024": (1,), "April 2024": (2,)}), Series("ehcp ", {"Apr 2024": (3,)})
    )
    assert actuals(facts, "ehcp") == {"Apr 2024": Decimal(1)}
    assert len(facts.series) == 1


@pytest.mark.parametrize(
    ("figures", "decimals"),
    [((5, 7), 0), ((5.5, 7), 1), ((5, 5.62), 2), ((5.123, None), 2), (("97.00", None), 0)],
)
def test_a_metric_prints_with_the_decimals_of_its_data(figures: tuple[float, float], decimals: int) -> None:
    assert facts_of(Series("EHCP", {"Apr 2024": figures})).series["ehcp"].decimals == decimals


def test_a_calculated_metric_has_at_most_one_decimal_and_stands_at_its_calculation() -> None:
    share = Calculation(CalculationKind.SHARE, "inmss", "EHCP")
    change = Calculation(CalculationKind.CHANGE, "Rate")
    facts = facts_of(
        Series("Share", calculation=share),
        Series("INMSS", {"Apr 2024": (343, 300)}),
        Series("EHCP", {"Apr 2024": (6161, 6000)}),
        Series("Rate", {"Apr 2024": (5.62,), "May 2024": (5.86,)}),
        Series("Moved", calculation=change),
    )
    series = facts.series["share"]
    (entry,) = series.actual.values()
    assert series.decimals == 1
    assert entry.place == series.metric.calculation.place
    assert facts.forecast("Share").printed == "5.0"
    assert facts.series["moved"].decimals == 1
    assert facts.actual("Moved").printed == "0.2"


def test_a_metric_calculated_in_a_circle_or_from_nothing_has_no_figures() -> None:
    facts = facts_of(
        Series("A", calculation=Calculation(CalculationKind.CHANGE, "B")),
        Series("B", calculation=Calculation(CalculationKind.TOTAL, "A")),
        Series("C", calculation=Calculation(CalculationKind.TOTAL, "C")),
        Series("D", calculation=Calculation(CalculationKind.TOTAL, "gone")),
        Series("E", calculation=Calculation(CalculationKind.SHARE, "D", "A")),
    )
    assert [series.actual for series in facts.series.values()] == [{}] * 5


def test_a_chain_of_calculations_may_be_of_any_length() -> None:
    links = [
        Series(f"M{step}", calculation=Calculation(CalculationKind.TOTAL, f"M{step + 1}"))
        for step in range(300)
    ]
    for order in (links, links[::-1]):
        facts = facts_of(*order, Series("M300", {"Apr 2024": (7,)}))
        assert actuals(facts, "m0") == {"Apr 2024": Decimal(7)}


def test_a_long_circle_of_calculations_ends() -> None:
    links = [
        Series(f"M{step}", calculation=Calculation(CalculationKind.TOTAL, f"M{(step + 1) % 2_000}"))
        for step in range(2_000)
    ]
    assert all(series.actual == {} for series in facts_of(*links).series.values())


SPOILT = [
    (
        CalculationKind.TOTAL,
        {"Apr 2024": 1, "May 2024": "NUM-01", "Jun 2024": "NUM-01", "Jul 2024": "NUM-01"},
    ),
    (CalculationKind.CHANGE, {"May 2024": "NUM-01", "Jun 2024": "NUM-01", "Jul 2024": 1}),
    (CalculationKind.SHARE, {"Apr 2024": 100, "May 2024": "NUM-01", "Jun 2024": 100, "Jul 2024": 100}),
]


@pytest.mark.parametrize(("kind", "expected"), SPOILT)
def test_what_needs_an_unreadable_cell_has_its_fault(
    kind: CalculationKind, expected: dict[str, int | str]
) -> None:
    data: dict[str, tuple[str | float | None]] = {
        "Apr 2024": (1,),
        "May 2024": (UNREAD,),
        "Jun 2024": (3,),
        "Jul 2024": (4,),
    }
    made = Series(
        "Made", calculation=Calculation(kind, "Told", "Told" if kind is CalculationKind.SHARE else None)
    )
    facts = facts_of(Series("Told", data), made)
    assert actuals(facts, "made") == expected
    fault = facts.series["told"].actual[period("May 2024")]
    assert {entry.place for entry in facts.series["made"].actual.values() if entry.fault} == {fault.place}


def test_an_average_has_the_fault_for_twelve_months() -> None:
    start = period("Apr 2022")
    data: dict[str, tuple[str | float | None]] = {str(start.next(step)): (step,) for step in range(30)}
    data["Oct 2022"] = (UNREAD,)
    facts = facts_of(
        Series("Told", data), Series("Made", calculation=Calculation(CalculationKind.AVERAGE, "Told"))
    )
    made = actuals(facts, "made")
    assert [when for when, value in made.items() if value == "NUM-01"] == [
        str(period("Oct 2022").next(step)) for step in range(12)
    ]
    assert made["Oct 2023"] == Decimal("12.5")
