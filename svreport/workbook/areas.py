"""Areas of cells as a workbook's parts name them: `B7`, `A4:C2003`, several with spaces between."""

import re
from typing import NamedTuple

from svreport.model.finding import column_letters
from svreport.workbook.book import column_number

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


class Area(NamedTuple):
    """Rows and columns, both from 1, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    @property
    def is_one_cell(self) -> bool:
        return self.top == self.bottom and self.left == self.right

    def __str__(self) -> str:
        first = f"{column_letters(self.left)}{self.top}"
        return first if self.is_one_cell else f"{first}:{column_letters(self.right)}{self.bottom}"


def read_area(reference: str) -> Area | None:
    """The area that `B7` or `A4:C9` names; None for anything else."""
    found = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?", reference, re.ASCII)
    if not found:
        return None
    left, top = column_number(found[1]), int(found[2])
    right, bottom = (column_number(found[3]), int(found[4])) if found[3] else (left, top)
    within = 0 < left <= right and 0 < top <= bottom <= LAST_ROW
    return Area(top, left, bottom, right) if within else None


def with_column(references: str, like: int, added: int) -> str:
    """The areas, and beside each that takes in the column `like` the same rows of the column `added`."""
    written = references.split()
    for reference in references.split():
        area = read_area(reference)
        if area and area.left <= like <= area.right and not area.left <= added <= area.right:
            beside = str(Area(area.top, added, area.bottom, added))
            if beside not in written:
                written.append(beside)
    return " ".join(written)
