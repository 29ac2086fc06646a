"""How names are compared: whatever their case, spacing and kind of quotation mark; and the nearest right one."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

_QUOTES = str.maketrans({"‘": "'", "’": "'", "‛": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-"})

# Nobody mistypes a longer name; comparing texts of any length would take their product in time.
_LONGEST = 200
# Among more names than a person could look through, only so many of those that begin alike are compared.
_MANY = 200
_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=16_384)
def key(name: str) -> str:
    """The form in which two names are the same: compatibility forms folded, one space, plain quotes, lower case."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return _SPACES.sub(" ", folded.translate(_QUOTES)).strip()


def nearest(name: str, names: Iterable[str], *, most: int = 3, closeness: float = 0.6) -> list[str]:
    """Up to `most` of `names` that are like `name`, the nearest first; names that only differ in case come first."""
    import difflib  # when something is amiss

    if len(name) > _LONGEST:
        return []
    by_key: dict[str, str] = {}
    for each in names:
        if len(each) <= _LONGEST:
            by_key.setdefault(key(each), each)
    wanted = key(name)
    if len(by_key) > _MANY:
        alike = ((each, shown) for each, shown in by_key.items() if each[:2] == wanted[:2])
        by_key = {**dict(islice(alike, _MANY)), **({wanted: by_key[wanted]} if wanted in by_key else {})}
    close = difflib.get_close_matches(wanted, by_key, n=most, cutoff=closeness)
    if len(wanted) >= 3:
        close += [
            each for each in by_key if each not in close and (each.startswith(wanted) or wanted in each)
        ]
    return [by_key[each] for each in close[:most]]


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """A sentence such as `Did you mean Amber?`, or empty when nothing is near."""
    close = nearest(name, names)
    return f"Did you mean {' or '.join(close)}?" if close else ""


def listed(names: Iterable[str], joined_by: str = "or", most: int = 12) -> str:
    """`Blue, Green, Amber or Red`; a long list is cut, and says how many more there are."""
    all_names = list(names)
    shown = all_names[:most]
    if len(all_names) > most:
        return f"{', '.join(shown)} … and {len(all_names) - most} more"
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} {joined_by} {shown[-1]}"
