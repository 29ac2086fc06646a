"""What a build of several workbooks tells of each."""

from pathlib import Path
from typing import NamedTuple

HAS_ERRORS = 1
CANNOT_RUN = 2


class Line(NamedTuple):
    """What is told of one workbook and pack, with its exit code; `wrote` is the folder and pack whose files stand."""

    text: str
    code: int
    wrote: tuple[Path, str] | None = None


Lines = list[Line]
"""What is told of a workbook, a line for each pack."""
