"""The programs that check and fill templates, told apart: what they made is kept for as long as they stay the same."""

import sys
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from svreport import __version__

# What a filled document depends on besides its template and its values.
_ROOMS = ("documents", "figures", "model", "narrative", "packs", "pipeline", "word")
_PACKAGES = ("docx", "docxtpl", "jinja2", "lxml", "markupsafe")


@lru_cache
def made_by() -> str:
    """Stands for the programs that fill: their versions, and for each of their files its size and time."""
    package = Path(__file__).parent.parent
    files = sorted(each for room in _ROOMS for each in (package / room).rglob("*.py"))
    for name in _PACKAGES:
        spec = find_spec(name)
        if spec and spec.origin:
            files.append(Path(spec.origin))
    told = [f"{each} {(state := each.stat()).st_size} {state.st_mtime_ns}" for each in files]
    return "\n".join((__version__, sys.version, *told))
