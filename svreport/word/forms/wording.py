"""The form's own words, told apart from what a council wrote between them."""

import re
import tomllib
from functools import cache
from pathlib import Path

from svreport.model import names

_FILE = Path(__file__).with_suffix(".toml")
_LONGEST = 700


@cache
def _patterns(group: str) -> dict[str, re.Pattern[str]]:
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))[group]
    return {key: re.compile(pattern) for key, pattern in told.items()}


@cache
def _fixed() -> tuple[re.Pattern[str], ...]:
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))["fixed"]["words"]
    return tuple(re.compile(pattern) for pattern in told)


def which(group: str, text: str) -> str | None:
    """What a text of the form is among the group's entries (`columns`, `roles`, `questions` …), or None."""
    wanted = names.key(text[:_LONGEST])
    return next((key for key, pattern in _patterns(group).items() if pattern.match(wanted)), None)


def begins(group: str, entry: str, text: str) -> int:
    """How many characters of the text are the entry's words, 0 where it does not begin so."""
    lowered = text.replace("’", "'").casefold()
    found = _patterns(group)[entry].match(lowered) if len(lowered) == len(text) else None
    return found.end() if found else 0


def is_fixed(text: str) -> bool:
    """True for words that the form itself holds."""
    wanted = names.key(text[:_LONGEST])
    return any(pattern.match(wanted) for pattern in _fixed())
