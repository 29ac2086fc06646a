"""Rows of indicators as papers print them."""

from collections.abc import Iterator
from decimal import Decimal

from svreport.documents.context_now import IndicatorRow
from svreport.model import formats
from svreport.model.facts import Facts
from svreport.model.finding import mark
from svreport.model.pack_sheets import PackSheet
from svreport.model.quantity import decimals_of
from svreport.review.indicators import Indicator, Reading, indicators_of


def indicator_rows(sheet: PackSheet, facts: Facts) -> Iterator[IndicatorRow]:
    """One for each row of a sheet of indicators, in order."""
    return (_row(each) for each in indicators_of(sheet, facts))


def _row(each: Indicator) -> IndicatorRow:
    def printed(amount: Decimal | None) -> str:
        return "" if amount is None else formats.quantity(each.quantity(amount))

    def read(reading: Reading) -> str:
        fault = reading.fault
        return mark(fault.fault or "", fault.place) if fault else printed(reading.value)

    standing = each.standing
    return IndicatorRow(
        baseline=read(each.baseline),
        baseline_period=str(each.baseline.period or ""),
        latest=read(each.latest),
        latest_period=str(each.latest.period or ""),
        target=_target(each),
        forecast=each.target_is_forecast,
        by=str(each.by or ""),
        trend=str(each.trend or ""),
        since=str(each.since or ""),
        better=each.is_better is True,
        worse=each.is_better is False,
        standing=str(standing or ""),
        source=(each.series.metric.source.value or "") if each.series else "",
    )


def _target(each: Indicator) -> str:
    """A target that was set, with the decimals that it was set with; a forecast with those of its data."""
    if each.target is None:
        return ""
    quantity = each.quantity(each.target)
    if not each.target_is_forecast:
        quantity = quantity._replace(decimals=min(quantity.decimals, decimals_of(each.target)))
    return formats.quantity(quantity)
