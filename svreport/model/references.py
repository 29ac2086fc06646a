"""References as agreements write them: `3.1`, `3a`, `iv`, `Risk 2`, `Cost`."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Generic, Protocol, TypeVar

from svreport.model import names
from svreport.model.entry import Entry


class HasReference(Protocol):
    """A row with a reference of its own: a condition or a risk."""

    @property
    def ref(self) -> Entry[str]: ...


R = TypeVar("R", bound=HasReference)

_ROMAN = r"(?=[ivxl])(xl|l?x{0,3})(ix|iv|v?i{0,3})"
_NUMBERED = re.compile(rf"\(?(\d[\w./()-]*|{_ROMAN}[a-z]?|[a-z])\)?", re.IGNORECASE)


@lru_cache(maxsize=4096)
def reference_key(ref: str, word: str) -> str:
    """What two references of one kind share: `Condition 3.1`, `condition 3.1:` and `3.1` are the same."""
    bare = names.key(ref).rstrip(" .:")
    return names.key(_without(word, bare)) or bare


def find_reference(ref: str, rows: Iterable[R], word: str) -> R | None:
    """The row with that reference, with or without the word (`Condition`, `Risk`) before it."""
    wanted = reference_key(ref, word)
    bare = names.key(ref)
    for row in rows:
        if row.ref.value and (
            names.key(row.ref.value) == bare or reference_key(row.ref.value, word) == wanted
        ):
            return row
    return None


class References(Generic[R]):
    """The rows of a sheet, found by their references as `find_reference` does, without looking through them."""

    def __init__(self, rows: Sequence[R], word: str) -> None:
        self._rows = rows
        self._word = word
        self._by_name: dict[str, int] = {}
        self._by_reference: dict[str, int] = {}
        for order, row in enumerate(rows):
            if row.ref.value:
                self._by_name.setdefault(names.key(row.ref.value), order)
                self._by_reference.setdefault(reference_key(row.ref.value, word), order)

    def find(self, ref: str) -> R | None:
        """The first row with that reference, with or without the word before it."""
        found = (
            self._by_name.get(names.key(ref)),
            self._by_reference.get(reference_key(ref, self._word)),
        )
        first = min((order for order in found if order is not None), default=None)
        return None if first is None else self._rows[first]


def headed(ref: str, word: str) -> str:
    """How documents print a reference: `Condition 3.1`, `Risk 2`, the word once, and only before a number or
    numeral, or a letter that counts: a risk called `Cost` is `Cost`, and one called `R2` says what it is already.
    """
    bare = ref.strip().rstrip(":").strip()
    rest = _without(word, bare).rstrip(" .")
    return f"{word} {rest}" if _NUMBERED.fullmatch(rest) else bare


def _without(word: str, ref: str) -> str:
    """The reference without its word in front; a longer word that begins so (`Risky`) is none."""
    found = re.match(rf"{re.escape(word)}(?![^\W\d_])[\s.:]*", ref, re.IGNORECASE)
    return ref[found.end() :] if found else ref
