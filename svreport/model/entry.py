"""What stands in one cell of a workbook, with the cell."""

from typing import Generic, NamedTuple, TypeVar

from svreport.model.finding import Place

T = TypeVar("T")


class Entry(NamedTuple, Generic[T]):
    """What a person entered in one cell.

    `value` is None where the cell is empty, and where it could not be read: then `fault` is the code of the error
    that says so at `place`, and documents print it as a visible mark.
    """

    value: T | None
    place: Place
    fault: str | None = None

    @property
    def is_empty(self) -> bool:
        """True for a cell that holds nothing; one that could not be read holds something."""
        return self.value is None and self.fault is None
