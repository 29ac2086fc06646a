"""Where a value stands in the workbook, and what was found there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Place(NamedTuple):
    """A cell of a sheet, or a whole row, column or sheet where `row` or `column` is 0; both count from 1."""

    sheet: str
    row: int = 0
    column: int = 0

    @property
    def cell(self) -> str:
        """`D7` for a cell, `7:7` for a row, `D:D` for a column, empty for a whole sheet."""
        letters = column_letters(self.column) if self.column else ""
        if self.row and letters:
            return f"{letters}{self.row}"
        if self.row:
            return f"{self.row}:{self.row}"
        return f"{letters}:{letters}" if letters else ""

    def __str__(self) -> str:
        """`Finance!F14`, with the sheet's name quoted as Excel writes it where it holds a space."""
        name = f"'{self.sheet}'" if re.search(r"[^A-Za-z0-9_]", self.sheet) else self.sheet
        return f"{name}!{self.cell}" if self.cell else self.sheet


def column_letters(column: int) -> str:
    """The letters of a column counted from 1: 1 is `A`, 27 is `AA`."""
    letters = ""
    while column:
        column, remainder = divmod(column - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters


class Severity(StrEnum):
    """An error cannot be true or cannot be used; a query may be right, and someone has to say so."""

    ERROR = "error"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of the catalogue: the fault's name, why it matters, and an example of it.

    Codes have a family and a number (`FIN-03`) and are never used again for another fault.
    """

    code: str
    severity: Severity
    title: str
    why: str
    example: str

    def at(
        self, place: Place, *, read: str, expected: str, mend: str, about: str = "", form: str = ""
    ) -> "Finding":
        """The finding that this rule makes at a place."""
        return Finding(self, place, read, expected, mend, about, form)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that fired at a place: what was read there, what was expected, and how to mend it.

    `about` is its subject (`Condition 3.1`), which stays when rows are inserted above; it is not printed. `form` is the
    file name of the Excel form whose cell the place is, empty for the workbook's own.
    """

    rule: Rule
    place: Place
    read: str
    expected: str
    mend: str
    about: str = ""
    form: str = ""

    @property
    def where(self) -> str:
        """The place, and of which form it is: `Cover!B13 of lsrp-return.xlsx`."""
        if self.form:
            return f"{self.place} of {self.form}" if self.place.sheet else self.form
        return str(self.place)

    @property
    def title(self) -> str:
        """The rule's title, and in which form: for papers that print the place in a narrow column."""
        return f"{self.rule.title} (in {self.form})" if self.form else self.rule.title

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def is_error(self) -> bool:
        return self.rule.severity is Severity.ERROR


def in_sheet_order(findings: Iterable[Finding], sheets: Iterable[str]) -> list[Finding]:
    """Findings without repetitions, in the order of `sheets`, then row, column and code; those of forms come last."""
    order = {name: position for position, name in enumerate(sheets)}

    def key(finding: Finding) -> tuple[str, int, str, int, int, str, str]:
        place = finding.place
        known = order.get(place.sheet, len(order))
        return (finding.form, known, place.sheet, place.row, place.column, finding.code, finding.read)

    return sorted(dict.fromkeys(findings), key=key)


def mark(code: str, place: Place) -> str:
    """The visible mark that a draft shows where something could not be read or found: `[LVL-01 Conditions!D7]`."""
    return f"[{code} {place}]"
