from collections.abc import Callable

import pytest

from svreport.model.facts import Facts, Figure, NoFigure, quoted
from svreport.model.quantity import Unit
from svreport.model.submission import Calculation, CalculationKind
from tests.model.returns import UNREAD, Series, facts_of

EHCP = Series(
    "EHCP",
    {"Apr 2024": (5728, 5562), "Jul 2024": (5861, 5632), "Oct 2024": (6161, 5669), "Nov 2024": (None, 5690)},
)
RATE = Series("INMSS rate", {"Jul 2024": (5.86, 6.8), "Oct 2024": (5.62, None)}, Unit.PERCENT)
FINANCE: dict[tuple[str, str], dict[str, str | float | None]] = {
    ("Mitigated", "Cumulative deficit"): {"2024-25": 70000, "2028-29": 150_400.5, "2029-30": None},
    ("Agreement", "Cumulative deficit"): {"2024-25": UNREAD},
}


@pytest.fixture
def facts() -> Facts:
    return facts_of(
        EHCP,
        RATE,
        Series("Empty"),
        finance=FINANCE,
        conditions={"3.1": ("Green", "Amber"), "1": ("Red", "Red"), "2": (None, UNREAD)},
        risks={"1": ("Green", "Blue"), "Cost": ("Amber", "Amber")},
        items={"Authority": "Wiltshire", "Dashboard": None},
    )


ASKED: list[tuple[Callable[[Facts], Figure], str, str]] = [
    (lambda f: f.actual("ehcp"), "6,161", "actual('EHCP')"),
    (lambda f: f.actual("EHCP", "July 2024"), "5,861", "actual('EHCP', 'July 2024')"),
    (lambda f: f.forecast("EHCP"), "5,669", "forecast('EHCP')"),
    (lambda f: f.forecast("EHCP", "Nov 2024"), "5,690", "forecast('EHCP', 'Nov 2024')"),
    (lambda f: f.gap("EHCP"), "492", "gap('EHCP')"),
    (lambda f: f.gap("INMSS rate", "Jul '24"), "−0.94%", "gap('INMSS rate', 'Jul '24')"),
    (lambda f: f.change("EHCP", "Jul 2024"), "300", "change('EHCP', 'Jul 2024')"),
    (lambda f: f.change("INMSS rate", "Jul 2024"), "−0.24%", "change('INMSS rate', 'Jul 2024')"),
    (
        lambda f: f.finance("mitigated", "cumulative deficit", "2028/29"),
        "£150.4m",
        "finance('Mitigated', 'Cumulative deficit', '2028-29')",
    ),
    (lambda f: f.level("Condition 3.1"), "Amber", "level('Condition 3.1')"),
    (lambda f: f.level("3.1", "update 1 (may)"), "Green", "level('3.1', 'Update 1 (May)')"),
    (lambda f: f.level("1"), "Red", "level('1')"),
    (lambda f: f.level("Risk 1"), "Blue", "level('Risk 1')"),
    (lambda f: f.level("cost"), "Amber", "level('cost')"),
    (lambda f: f.programme("authority"), "Wiltshire", "programme('Authority')"),
]


@pytest.mark.parametrize(("ask", "printed", "written"), ASKED, ids=[written for _, _, written in ASKED])
def test_gives_each_figure_with_its_cells(
    facts: Facts, ask: Callable[[Facts], Figure], printed: str, written: str
) -> None:
    figure = ask(facts)
    assert figure.printed == printed
    assert figure.written == written.replace("'Jul '24'", '"Jul \'24"')
    assert figure.places
    assert all(place.cell for place in figure.places)


MISSING: list[tuple[Callable[[Facts], Figure], str, str, str]] = [
    (lambda f: f.actual("EHPC"), "EHPC", "a metric: EHCP, INMSS rate or Empty", "Did you mean EHCP?"),
    (
        lambda f: f.actual("Empty"),
        "Empty",
        "a metric with at least one actual",
        "fill in its actuals on Metric data",
    ),
    (
        lambda f: f.actual("EHCP", "Nov 2024"),
        "Nov 2024",
        "a period for which EHCP has an actual: Apr 2024 to Oct 2024",
        "name a period that has one, or add it to Metric data",
    ),
    (
        lambda f: f.forecast("INMSS rate"),
        "Oct 2024",
        "a period for which INMSS rate has a forecast: Jul 2024",
        "name a period that has one, or add it to Metric data",
    ),
    (
        lambda f: f.change("EHCP", "Jly 2024"),
        "Jly 2024",
        "a period such as Apr 2024, Q2 2024-25 or 2024-25",
        "Did you mean Jul 2024",
    ),
    (
        lambda f: f.finance("Mitigatd", "x", "2024-25"),
        "Mitigatd",
        "a scenario of Finance: Mitigated or Agreement",
        "Did you mean Mitigated?",
    ),
    (
        lambda f: f.finance("Mitigated", "Deficit", "2024-25"),
        "Deficit",
        "a line of Mitigated: Cumulative deficit",
        "Did you mean Cumulative deficit?",
    ),
    (
        lambda f: f.finance("Mitigated", "Cumulative deficit", "2031-32"),
        "2031-32",
        "one of the years 2024-25, 2028-29 or 2029-30",
        "",
    ),
    (
        lambda f: f.finance("Mitigated", "Cumulative deficit", "2029-30"),
        "2029-30",
        "a year with a figure: 2024-25 or 2028-29",
        "fill in Finance!B",
    ),
    (lambda f: f.level("3.2"), "3.2", "a condition or risk: 3.1, 1, 2, 1 or Cost", "Did you mean 3.1"),
    (
        lambda f: f.level("3.1", "Update 9"),
        "Update 9",
        "an update: Update 1 (May) or Update 2 (August)",
        "Did you mean",
    ),
    (
        lambda f: f.level("2", "Update 1 (May)"),
        "2, Update 1 (May)",
        "an update with a level",
        "fill in Conditions!B",
    ),
    (
        lambda f: f.programme("Authorty"),
        "Authorty",
        "an item of Programme: Authority or Dashboard",
        "Did you mean Authority?",
    ),
    (lambda f: f.programme("Dashboard"), "Dashboard", "an item that is filled in", "fill in Programme!B"),
]


@pytest.mark.parametrize(
    ("ask", "read", "expected", "mend"), MISSING, ids=[read for _, read, _, _ in MISSING]
)
def test_says_what_is_missing_and_the_nearest_name(
    facts: Facts, ask: Callable[[Facts], Figure], read: str, expected: str, mend: str
) -> None:
    with pytest.raises(NoFigure) as missing:
        ask(facts)
    assert missing.value.read == read
    assert missing.value.expected == expected
    assert mend in missing.value.mend
    assert missing.value.fault is None


def fault_of(ask: Callable[[], Figure]) -> str | None:
    with pytest.raises(NoFigure) as missing:
        ask()
    return missing.value.fault.fault if missing.value.fault else None


def test_a_cell_that_could_not_be_read_is_told_by_its_own_fault(facts: Facts) -> None:
    assert fault_of(lambda: facts.level("2")) == "LVL-01"
    assert fault_of(lambda: facts.finance("Agreement", "Cumulative deficit", "2024-25")) == "NUM-01"


def test_an_unreadable_latest_actual_is_not_guessed_from_the_one_before() -> None:
    facts = facts_of(Series("EHCP", {"Sep 2024": (6051, 5649), "Oct 2024": (UNREAD, 5669)}))
    assert fault_of(lambda: facts.actual("EHCP")) == "NUM-01"
    assert fault_of(lambda: facts.gap("EHCP")) == "NUM-01"
    assert facts.forecast("EHCP").printed == "5,669"
    assert facts.actual("EHCP", "Sep 2024").printed == "6,051"


def test_an_observation_of_an_unreadable_period_may_be_the_latest() -> None:
    average = Series("Change", calculation=Calculation(CalculationKind.CHANGE, "EHCP"))
    facts = facts_of(
        Series("EHCP", {"Aug 2024": (1,), "Sep 2024": (6051,), "Octobr 2024": (6161,)}), average, RATE
    )
    assert fault_of(lambda: facts.actual("EHCP")) == "PER-01"
    assert fault_of(lambda: facts.actual("Change")) == "PER-01"
    assert facts.actual("EHCP", "Sep 2024").printed == "6,051"
    assert facts.actual("INMSS rate").printed == "5.62%"


def test_the_current_level_needs_a_current_update() -> None:
    facts = facts_of(conditions={"1": ("Red", "Red")}, current=None)
    with pytest.raises(NoFigure) as missing:
        facts.level("1")
    assert missing.value.read == "the current update"
    assert facts.level("1", "Update 2 (August)").printed == "Red"


def test_everything_is_told_once_and_under_the_name_that_gives_it(facts: Facts) -> None:
    told = list(facts.everything())
    assert len({figure.written for figure in told}) == len(told)
    written = {figure.written: figure.printed for figure in told}
    assert written["level('1')"] == "Red"
    assert written["level('Risk 1')"] == "Blue"
    assert written["actual('EHCP')"] == written["actual('EHCP', 'Oct 2024')"] == "6,161"
    assert written["change('EHCP', 'Apr 2024')"] == "433"
    assert "level('2')" not in written


def test_a_name_is_quoted_with_the_quotes_it_does_not_hold() -> None:
    assert quoted("EHCP") == "'EHCP'"
    assert quoted("Children's plans") == '"Children\'s plans"'
