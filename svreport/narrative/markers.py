"""What stands at the start of a line and makes it an item of a list: bullets, numbers, letters and numerals."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from svreport.narrative.blocks import ListKind

_BLANK = " \t\u00a0\u2000-\u200a\u202f\u205f\u3000"
# The bullets that people type, and those that come with lists copied from Word (the last two are its symbol font's).
_BULLETS = "*•◦▪●○■‣⁃·\uf0b7\uf0a7-"
_LINE = re.compile(
    rf"([{_BLANK}]*)(?:([{_BULLETS}])(?:(?<=•)|(?=[{_BLANK}]))|(\()?([0-9]{{1,3}}|[A-Za-z]{{1,7}})([.)])(?=[{_BLANK}]))"
    rf"[{_BLANK}]*([^{_BLANK}].*)",
    re.DOTALL,
)
_RULE = re.compile(rf"[{_BLANK}*_{_BULLETS}]*")
_INDENT = re.compile(rf"[{_BLANK}]*")

_LARGEST_FIRST = 99
_LARGEST_NUMERAL = 50
_LINES_LOOKED_AHEAD = 40
_TAB = 4


class Marker(NamedTuple):
    """An item's marker: `indent` in columns, and each way in which its label can be meant, the likelier first.

    `i` can be a letter or a numeral until the items beside it tell.
    """

    indent: int
    readings: tuple[tuple[ListKind, int], ...]
    closing: str
    upper: bool
    words: str

    def follows(self, kind: ListKind, value: int) -> bool:
        return (kind, value) in self.readings


def read_marker(line: str) -> Marker | None:
    """The marker that a line begins with, or None; whether a letter is one, `begins` says."""
    found = _LINE.fullmatch(line)
    if found is None or _RULE.fullmatch(line):
        return None
    blanks, bullet, opening, label, closing, words = found.groups()
    if bullet:
        return Marker(columns(blanks), ((ListKind.BULLET, 1),), "", False, words.rstrip(" \t"))
    if opening and closing != ")":
        return None
    readings = _readings(label)
    if not readings:
        return None
    closing = "()" if opening else closing
    return Marker(columns(blanks), readings, closing, label.isupper(), words.rstrip(" \t"))


def begins(marker: Marker, lines: Sequence[str], at: int) -> tuple[ListKind, int] | None:
    """How a list that begins with the marker of line `at` counts, or None where the line only looks like an item.

    A year or sum before a full stop is no number of a list, and a letter before a full stop is one only where the
    next letter follows: `A. Smith` and `c. 500` are none.
    """
    followed = next((reading for reading in marker.readings if _goes_on(marker, reading, lines, at)), None)
    kind, value = followed or marker.readings[0]
    if kind is ListKind.NUMBER:
        return (kind, value) if value <= _LARGEST_FIRST else None
    if kind is ListKind.BULLET or marker.closing != "." or followed:
        return kind, value
    return None


def columns(blanks: str) -> int:
    """How far blanks indent, a tab to the next multiple of four."""
    width = 0
    for blank in blanks:
        width += _TAB - width % _TAB if blank == "\t" else 1
    return width


def indent_of(line: str) -> int:
    blanks = _INDENT.match(line)
    return columns(blanks[0]) if blanks else 0


def _readings(label: str) -> tuple[tuple[ListKind, int], ...]:
    if label.isdigit():
        return ((ListKind.NUMBER, int(label)),) if label == str(int(label)) else ()
    if not (label.islower() or label.isupper()):
        return ()
    value = _numeral(label.lower())
    numeral = ((ListKind.ROMAN, value),) if value else ()
    letter = ((ListKind.LETTER, ord(label.lower()) - ord("a") + 1),) if len(label) == 1 else ()
    return numeral + letter if label.lower() == "i" else letter + numeral


def _numeral(label: str) -> int:
    return _NUMERALS.get(label, 0)


def _written(value: int) -> str:
    told = ""
    for worth, sign in ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        times, value = divmod(value, worth)
        told += sign * times
    return told


_NUMERALS = {_written(value): value for value in range(1, _LARGEST_NUMERAL + 1)}


def _goes_on(marker: Marker, reading: tuple[ListKind, int], lines: Sequence[str], at: int) -> bool:
    """True where the next item beside this one bears the next letter or numeral."""
    kind, value = reading
    if kind in (ListKind.BULLET, ListKind.NUMBER):
        return False
    for line in lines[at + 1 : at + 1 + _LINES_LOOKED_AHEAD]:
        if not line.strip():
            continue
        if indent_of(line) >= marker.indent + 2:
            continue
        following = read_marker(line)
        if following is None:
            return False
        alike = (following.closing, following.upper) == (marker.closing, marker.upper)
        return alike and following.follows(kind, value + 1)
    return False
