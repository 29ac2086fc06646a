"""Which condition or risk of this return is which of the previous one, renumbered ones included."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from svreport.model import names
from svreport.model.references import reference_key
from svreport.model.submission import Condition, Risk

R = TypeVar("R", bound=Condition | Risk)


def pairs(now: Sequence[R], before: Sequence[R]) -> Iterator[tuple[R, R]]:
    """Each row with the row it was: by its words, which a renumbering leaves, and then by its reference."""
    left = list(before)
    unpaired: list[R] = []
    for row in now:
        same = next((each for each in left if _same_words(row, each)), None)
        if same is None:
            unpaired.append(row)
        else:
            left.remove(same)
            yield row, same
    for row in unpaired:
        same = next((each for each in left if _key(row) == _key(each)), None)
        if same is not None:
            left.remove(same)
            yield row, same


def vanished(now: Sequence[R], before: Sequence[R]) -> list[R]:
    """The rows of the previous return that this one does not have."""
    kept = [earlier for _, earlier in pairs(now, before)]
    return [row for row in before if row.ref.value and not any(row is each for each in kept)]


def _same_words(row: R, other: R) -> bool:
    words = row.wording.value
    return bool(words) and names.key(words or "") == names.key(other.wording.value or "")


def _key(row: R) -> str:
    return reference_key(row.ref.value or "", "Condition" if isinstance(row, Condition) else "Risk")
