"""Excel forms: what a tag in a cell gives, and what the finished file must satisfy."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from svreport.model.quantity import Quantity, Unit


class Held(NamedTuple):
    """What a name or figure stands for before its filters: `printed` is how documents show it.

    At most one of `day` and `quantity` is set; words have neither. `mark` is True where `printed` is the visible mark
    of something that could not be read.
    """

    printed: str
    day: date | None = None
    quantity: Quantity | None = None
    mark: bool = False


class FormValue(NamedTuple):
    """What is put into a cell: text, a number or a date, and how it prints among words.

    A percentage is 5.62 for 5.62%, with `percent` set: what the cell holds depends on its number format.
    """

    value: str | Decimal | date
    printed: str
    percent: bool = False


class Holds(StrEnum):
    """What the cells of a requirement must hold: something, a number, or a date."""

    ANYTHING = "anything"
    NUMBER = "number"
    DATE = "date"


class Requirement(NamedTuple):
    """One thing that the finished form must satisfy; one of the demands below `cells` is made, the others are empty.

    `cells` is `B13`, `C7:N12`, or `A:A` for a whole column. `begins_with` and `like` may hold fields as
    `{{ authority }}`; in `like`, `#` is a digit, `?` any one character and `*` any number of them. `rows` must stand in
    the column in this order.
    """

    sheet: str
    cells: str
    begins_with: str = ""
    like: str = ""
    empty: bool = False
    rows: tuple[str, ...] = ()
    holds: Holds | None = None

    def with_texts(self, begins_with: str, like: str) -> "Requirement":
        """The same with the fields of its texts filled in."""
        return self._replace(begins_with=begins_with, like=like)


class FormTerms(NamedTuple):
    """What a pack says of a form: the unit of money in its cells, and what its file name and cells must satisfy."""

    money: Unit = Unit.POUNDS
    file_name: str = ""
    requirements: tuple[Requirement, ...] = ()


def is_like(text: str, pattern: str) -> bool:
    """Whether a text matches a pattern of `#`, `?` and `*`, as in Excel's own Like; linear in the text."""
    first, *rest = pattern.split("*")
    if not rest:
        return len(text) == len(first) and _fits(text, first, 0)
    last = rest.pop()
    if len(text) < len(first) + len(last) or not _fits(text, first, 0):
        return False
    at, end = len(first), len(text) - len(last)
    if not _fits(text, last, end):
        return False
    for piece in rest:
        while at + len(piece) <= end and not _fits(text, piece, at):
            at += 1
        if at + len(piece) > end:
            return False
        at += len(piece)
    return True


def _fits(text: str, piece: str, at: int) -> bool:
    return all(
        wanted == "?" or (found.isascii() and found.isdigit() if wanted == "#" else wanted == found)
        for wanted, found in zip(piece, text[at : at + len(piece)], strict=True)
    )
