"""Which update of which financial year a form is for, as far as it says."""

import re
from collections.abc import Sequence
from datetime import date

from svreport.model import names
from svreport.model.period import MONTHS, Period, read_financial_year
from svreport.word.forms.rows import Form

# A return that goes in from April to June may be the last of the year before or the first of the new one.
_UNTELLABLE = (4, 5, 6)


def current_update(form: Form, labels: Sequence[str]) -> int:
    """The place of the update that the form is for: the one its headers name, else the last one that has levels."""
    for head in form.heads:
        named = [at for at, label in enumerate(labels) if f", {names.key(label)}, " in f"{names.key(head)}, "]
        if named:
            return max(named, key=lambda at: len(labels[at]))
    rated = [
        at
        for at, label in enumerate(labels)
        if any(each.levels.get(label) for each in (*form.conditions, *form.risks))
    ]
    return max(rated, default=max(len(labels) - 1, 0))


def year_of(form: Form, label: str, submitted: date | None) -> Period | None:
    """The financial year: as headers say it, else the one in which the current update's month came last before the
    day it was submitted.
    """
    for head in form.heads:
        told = read_financial_year(head.rpartition(",")[2].strip())
        if told is not None:
            return told
    if submitted is None:
        return None
    month = _month_in(label)
    if month is not None:
        year = submitted.year if month <= submitted.month else submitted.year - 1
        return Period.month(year, month).in_financial_year
    return None if submitted.month in _UNTELLABLE else Period.of_date(submitted).in_financial_year


def _month_in(label: str) -> int | None:
    found = [at for at, name in enumerate(MONTHS, 1) if re.search(rf"\b{name}[a-z]*\b", label, re.IGNORECASE)]
    return found[-1] if len(found) == 1 else None
