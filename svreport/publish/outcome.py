"""What became of the files of a build."""

from dataclasses import dataclass
from enum import StrEnum


class Deed(StrEnum):
    """What became of a file."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    BESIDE_EDITED = "beside a person's edits"
    BESIDE_HELD = "beside a file that is open"
    REPLACED = "replaced, the person's kept"
    HELD = "left, because a program holds it"
    REMOVED = "removed"
    OUTDATED = "removed, because it was made from an earlier Word file"
    OUTDATED_HELD = "left although it was made from an earlier Word file, because a program holds it"
    NOT_MADE = "not made"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file; `other` is the draft beside it, where a person's file was kept, or why none is made."""

    path: str
    deed: Deed
    other: str = ""
