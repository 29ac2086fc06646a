"""What a cell's number format says of its number: a percentage, a date, and how a person sees it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property

from svreport.model import formats
from svreport.model.period import MONTHS
from svreport.model.quantity import decimals_of

# The formats that Excel numbers without writing them out (ECMA-376, 18.8.30), those that matter here.
BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    49: "@",
    **dict.fromkeys((14, 15, 22, 30), "dd/mm/yyyy"),
    **dict.fromkeys((27, 28, 29, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58), "dd/mm/yyyy"),
    **dict.fromkeys((16,), "d-mmm"),
    **dict.fromkeys((17,), "mmm-yy"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47), "h:mm"),
}
_LAST_SERIAL = 2_958_465


@dataclass(frozen=True)
class NumberFormat:
    """A number format's code, such as `#,##0.00` or `d mmmm yyyy`."""

    code: str

    @cached_property
    def _bare(self) -> str:
        """The first section, without quoted words, escaped characters, colours and locales."""
        code = re.sub(r'"[^"]*"|\\.|_.|\*.', "", self.code[:400])
        return re.sub(r"\[(?!\$)[^\]]*\]|\[\$-[^\]]*\]", "", code).split(";")[0]

    @cached_property
    def is_percent(self) -> bool:
        return "%" in self._bare and not self.is_date

    @cached_property
    def is_date(self) -> bool:
        bare = re.sub(r"\[\$[^\]]*\]", "", self._bare)
        return bool(re.search(r"[dmyhs]", bare, re.IGNORECASE)) and not re.search(
            r"general|[#0?]", bare.replace(".0", ""), re.IGNORECASE
        )

    @cached_property
    def has_day(self) -> bool:
        """False for a date shown as `Apr-24`."""
        return "d" in self._bare.casefold()

    def shown(self, amount: Decimal) -> str:
        """A number much as Excel shows it, but never with fewer decimals than it has."""
        percent = self.is_percent
        amount = amount * 100 if percent else amount
        bare = self._bare
        found = re.search(r"([#0?,]*[#0?])(?:\.([0?#]+))?", bare)
        shape = found[1] if found else ""
        fixed = len(re.sub("#", "", found[2])) if found and found[2] else 0
        decimals = max(fixed, decimals_of(amount))
        text = f"{abs(amount):{',' if ',' in shape else ''}.{decimals}f}"
        pad = 0 if "," in shape or "." in bare else shape.count("0")
        text = text.zfill(pad) if decimals == 0 else text
        pound = "£" if "£" in self.code else ""
        return f"{'-' if amount < 0 else ''}{pound}{text}{'%' if percent else ''}"

    def shown_date(self, day: date) -> str:
        """`31 October 2024`, or `Oct 2024` where the format shows no day."""
        return formats.day(day) if self.has_day else f"{MONTHS[day.month - 1]} {day.year}"


GENERAL = NumberFormat("General")


def day_of(serial: Decimal, from_1904: bool) -> date | None:
    """The date that a serial number stands for (its time of day left out), or None if it stands for none.

    Excel counts 1 January 1900 as 1 and believes that 29 February 1900 was a day; a workbook from an old Macintosh
    counts 1 January 1904 as 0.
    """
    if not 0 <= serial <= _LAST_SERIAL:
        return None
    days = int(serial)
    if from_1904:
        start = datetime(1904, 1, 1)
    else:
        if days in (0, 60):
            return None
        start = datetime(1899, 12, 31 if days < 60 else 30)
    try:
        return (start + timedelta(days=days)).date()
    except OverflowError:
        return None


def serial_of(day: date, from_1904: bool) -> int:
    """The serial number that stands for a date, as `day_of` reads it; raises ValueError for a date before the first."""
    days = (day - (date(1904, 1, 1) if from_1904 else date(1899, 12, 30))).days
    if not from_1904 and days <= 60:
        days -= 1
    if days < (0 if from_1904 else 1):
        raise ValueError(f"{day} is before the first day that a workbook can hold")
    return days
