"""The names of the hidden bookmarks by which a draft's blocks are known again, and the digests in them.

Word allows a bookmark's name forty letters, digits and underscores; LibreOffice keeps them as they are. A name says
which cell a block comes from, what the cell held and what the draft said when it was built.
"""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256

from svreport.word.fields import OURS

_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_SHORT = 5
_MOST_COPIES = 9
_CELL = re.compile(
    rf"{OURS}([thxl])([a-z2-7]{{6}})([a-z2-7]{{2}})_([a-z2-7]{{5}})_([a-z2-7]{{4}})"
    r"(?:_([a-z2-7]{5})([a-z2-7]{2}))?(?:_([2-9]))?(?:[.][0-9]+)?"
)
_FIXED = re.compile(rf"{OURS}p([a-z2-7]{{3}})_([a-z2-7]{{6}})(?:_([2-9]))?")
_FIGURE = re.compile(rf"{OURS}f([a-z2-7]{{4}})_([a-z2-7]{{2}})_([a-z2-7]{{6}})(?:_([2-9]))?")

# What stands around figures and in tables until the file is finished, when each gets a name of its own.
FIGURE, TABLE = OURS + "f", OURS + "b"


class MarkKind(StrEnum):
    """What a bookmark is around: a cell's text, a cell that is one item of a list, an exhibit, a level."""

    TEXT = "t"
    ITEM = "h"
    EXHIBIT = "x"
    LEVEL = "l"


@dataclass(frozen=True, slots=True)
class CellMark:
    """One cell in a draft. `key` stands for what the text is about and `order` counts the cells of one key; `source`
    is the digest of what the cell held, `group` that of all cells of the key, `said` that of what the draft said.

    `part` counts the paragraphs and tables of the cell, each of which has a bookmark, and `copy` the places where a
    document shows the same cell, from 1.
    """

    kind: MarkKind
    key: str
    order: int
    source: str
    group: str
    said: str = ""
    part: int = 0
    copy: int = 1

    @classmethod
    def of(cls, kind: MarkKind, key: str, order: int, source: str, group: str) -> "CellMark":
        return cls(kind, digest(key), order, digest(source, _SHORT), digest(group, 4))

    @classmethod
    def read(cls, name: str) -> "CellMark | None":
        found = _CELL.fullmatch(name)
        if found is None:
            return None
        kind, key, order, source, group, said, part, copy = found.groups()
        return cls(
            MarkKind(kind),
            key,
            _number(order),
            source,
            group,
            said or "",
            _number(part or "a"),
            int(copy or 1),
        )

    @property
    def name(self) -> str:
        said = f"_{self.said}{letters(self.part, 2)}" if self.said else ""
        copy = f"_{self.copy}" if self.copy > 1 else ""
        return f"{OURS}{self.kind}{self.key}{letters(self.order, 2)}_{self.source}_{self.group}{said}{copy}"

    @property
    def whole(self) -> "CellMark":
        """The mark of the cell itself, whichever of its parts this one is in."""
        return replace(self, part=0)

    def saying(self, text: str) -> "CellMark":
        return replace(self, said=digest(text, _SHORT))

    def says(self, text: str) -> bool:
        """Whether the draft still says what it said when it was built."""
        return self.said == digest(text, _SHORT)


@dataclass(frozen=True, slots=True)
class FixedMark:
    """A paragraph that is no cell's text: the form's own words, or a plain cell among them."""

    number: int
    said: str
    copy: int = 1

    @classmethod
    def read(cls, name: str) -> "FixedMark | None":
        found = _FIXED.fullmatch(name)
        return None if found is None else cls(_number(found[1]), found[2], int(found[3] or 1))

    @property
    def name(self) -> str:
        return f"{OURS}p{letters(self.number, 3)}_{self.said}"


@dataclass(frozen=True, slots=True)
class FigureMark:
    """A figure in a text: the `order`-th of its cell, and the digest of how it printed."""

    serial: int
    order: int
    said: str

    @classmethod
    def read(cls, name: str) -> "FigureMark | None":
        found = _FIGURE.fullmatch(name)
        return None if found is None else cls(_number(found[1]), _number(found[2]), found[3])

    @property
    def name(self) -> str:
        return f"{OURS}f{letters(self.serial, 4)}_{letters(self.order, 2)}_{self.said}"


def digest(text: str, length: int = 6) -> str:
    """The first letters of a text's digest, in letters that a bookmark's name can hold."""
    return base64.b32encode(sha256(text.encode("utf-8", "surrogatepass")).digest()).decode().lower()[:length]


def unique(name: str, taken: Mapping[str, int]) -> str:
    """The name for one more bookmark where so many have it; empty where no more can be told apart."""
    count = taken.get(name, 0)
    if not count:
        return name
    return f"{name}_{count + 1}" if count < _MOST_COPIES else ""


def letters(number: int, length: int) -> str:
    """A number in letters; one too large for them is the largest."""
    told = ""
    number = min(number, len(_LETTERS) ** length - 1)
    for _ in range(length):
        number, rest = divmod(number, len(_LETTERS))
        told = _LETTERS[rest] + told
    return told


def _number(told: str) -> int:
    number = 0
    for letter in told:
        number = number * len(_LETTERS) + _LETTERS.index(letter)
    return number
