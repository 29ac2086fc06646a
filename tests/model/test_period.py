from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svreport.model.period import Period, PeriodKind, read_financial_year, read_period

YEARS = st.integers(1900, 2199)
PERIODS = st.one_of(
    st.builds(Period.month, YEARS, st.integers(1, 12)),
    st.builds(Period.quarter, YEARS, st.integers(1, 4)),
    st.builds(Period.financial_year, YEARS),
)

READ = {
    "Apr 2024": Period.month(2024, 4),
    "apr '24": Period.month(2024, 4),
    "Apr ’24": Period.month(2024, 4),
    "Apr-24": Period.month(2024, 4),
    "April 2024": Period.month(2024, 4),
    "Sept 2024": Period.month(2024, 9),
    "2024-04": Period.month(2024, 4),
    "04/2024": Period.month(2024, 4),
    "31/10/2024": Period.month(2024, 10),
    "05/04/2024": Period.month(2024, 4),
    "31.10.24": Period.month(2024, 10),
    "1st April 2024": Period.month(2024, 4),
    "2024-10-31": Period.month(2024, 10),
    "2024-10-31 00:00:00": Period.month(2024, 10),
    "Q2 2024-25": Period.quarter(2024, 2),
    "quarter 4 of 2024/25": Period.quarter(2024, 4),
    "2024-25": Period.financial_year(2024),
    "2024/25": Period.financial_year(2024),
    "2024–25": Period.financial_year(2024),
    "2024-2025": Period.financial_year(2024),
    "1999/00": Period.financial_year(1999),
    "2011-12": Period.financial_year(2011),
    "  Apr\u00a02024 ": Period.month(2024, 4),
}
UNREADABLE = [
    "",
    "Octobr 2024",
    "2024-26",
    "31/02/2024",
    "13/13/2024",
    "Q5 2024-25",
    "Apr",
    "2024",
    "Apr 0024",
]


@pytest.mark.parametrize(("text", "period"), READ.items(), ids=READ)
def test_reads_a_period_as_people_write_it(text: str, period: Period) -> None:
    assert read_period(text) == period


@pytest.mark.parametrize("text", UNREADABLE)
def test_reads_nothing_from_what_is_no_period(text: str) -> None:
    assert read_period(text) is None


@given(PERIODS)
def test_reads_what_it_writes(period: Period) -> None:
    assert read_period(str(period)) == period
    if period.kind is not PeriodKind.MONTH or 2000 <= period.first_month[0] <= 2099:
        assert read_period(period.short) == period


@given(st.text())
def test_any_text_is_a_period_or_none(text: str) -> None:
    period = read_period(text)
    assert period is None or read_period(str(period)) == period


@given(PERIODS, PERIODS, PERIODS)
def test_periods_have_one_order(first: Period, second: Period, third: Period) -> None:
    assert (first < second) + (second < first) + (first == second) == 1
    ordered = sorted((first, second, third))
    assert ordered == sorted((third, second, first))
    assert [each.last for each in ordered] == sorted(each.last for each in ordered)


@given(PERIODS, st.integers(-1000, 1000))
def test_steps_there_and_back(period: Period, steps: int) -> None:
    assert period.next(steps).next(-steps) == period
    assert period.next().first == period.last + 1


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_date_stands_for_its_month_and_lies_in_its_financial_year(day: date) -> None:
    month = Period.of_date(day)
    year = month.in_financial_year
    assert month.first_month == (day.year, day.month)
    assert year.first <= month.first <= year.last
    assert year.first_month == (year.start_year, 4)


def test_a_financial_year_is_no_month() -> None:
    assert read_financial_year("FY 2024/25") == Period.financial_year(2024)
    assert read_financial_year("Apr 2024") is None
