"""Why something stopped, told in one sentence."""

import os
import sys
import traceback
from pathlib import Path

from svreport.errors import CannotGoOn

DETAILS = "SVREPORT_DEBUG"
_SHOWN = 120


def sentence(stop: Exception) -> str:
    """What an officer is told. A fault of svreport's own shows its traceback where the setting SVREPORT_DEBUG asks."""
    if isinstance(stop, CannotGoOn):
        return str(stop)
    if isinstance(stop, MemoryError):
        return "The workbook needs more memory than there is: see whether a sheet holds far more than a return would."
    if isinstance(stop, OSError) and stop.filename is not None and stop.strerror:
        named = str(stop.filename)
        return (
            f"{named if len(named) <= _SHOWN else f'{named[:_SHOWN]}…'} cannot be used ({stop.strerror}): "
            f"check the name and the folder, and that you may open it."
        )
    if os.environ.get(DETAILS, "0") not in {"", "0"}:
        traceback.print_exception(stop, file=sys.stderr)
    told = " ".join(f"{type(stop).__name__}: {stop}".split())[:200]
    return (
        f"svreport has a fault of its own ({told}). No file is half-written: each is as it was, or finished. "
        f"To report it, run the same command again with {DETAILS}=1 set, which shows the details."
    )


def not_built(workbook: Path, stop: Exception, called: str = "") -> str:
    """Why one workbook of several was not built; its name stands there once, as it is `called`."""
    told = sentence(stop)
    if told.startswith(str(workbook)) and called in ("", str(workbook)):
        return f"not built: {told}"
    return f"{called or workbook}: not built. {told}"
