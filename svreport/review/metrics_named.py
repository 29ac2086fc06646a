"""Which metrics a sentence speaks of: those whose title's words it holds, spelled out or as acronyms."""

import re
from collections.abc import Iterable
from functools import lru_cache

from svreport.model.series import MetricSeries

_SPELLED_OUT = (
    (r"education,? health and care needs assessments?|EHC needs assessments?", "EHCNA"),
    (r"education,? health and care plans?|EHC plans?", "EHCP"),
    (r"independent (and |or )?non-maintained special schools?", "INMSS"),
)
_EMPTY_WORDS = frozenset(
    "a an the of in on at to for by with as and or per each all our number total count net average mean rolling month "
    "monthly months year annual 12-month percentage rate".split()
)
_ENDINGS = ("ings", "ing", "ed", "es", "s", "e")
_SHORTEST_STEM = 4


def metrics_named(text: str, metrics: Iterable[MetricSeries]) -> list[MetricSeries]:
    """The metrics whose title's or name's words all stand in a text; one that another found metric says more fully is
    left out.

    A single word (`EHCPs`) needs a word of counting beside it, since so much else is told of the same thing.
    """
    words = title_words(text)
    found = []
    for series in metrics:
        title = re.sub(r"\([^)]*\)", " ", series.metric.title.value or "")
        told = [
            wanted
            for wanted in (title_words(title), title_words(series.name))
            if wanted and wanted <= words and (len(wanted) > 1 or _is_counted(next(iter(wanted)), text))
        ]
        if told:
            found.append((max(told, key=len), series))
    return [series for wanted, series in found if not any(wanted < other for other, _ in found)]


@lru_cache(maxsize=4096)
def title_words(text: str) -> frozenset[str]:
    """The words that tell one measure from another, without their endings."""
    words = re.findall(r"[a-z0-9][a-z0-9'’-]*", _with_acronyms(text).lower())
    return frozenset(_stem(word) for word in words if word not in _EMPTY_WORDS)


def _is_counted(stem: str, text: str) -> bool:
    """`number of EHCPs`, `EHCP numbers`, `6,161 EHCPs`, `EHCPs have risen`."""
    word = rf"{re.escape(stem)}\w*"
    verb = r"(?:have|has|are|were|rose|fell|grew|dropped|increased|decreased|declined|stood|reached|peaked|remain\w*)"
    counted = rf"\b(?:(?:number|total|count) of (?:\w+ )?|\d[\d,.]* (?:\w+ )?){word}"
    pattern = rf"{counted}|\b{word} (?:numbers?|totals?|{verb})\b"
    return re.search(pattern, _with_acronyms(text), re.IGNORECASE) is not None


def _with_acronyms(text: str) -> str:
    for spelled_out, acronym in _SPELLED_OUT:
        text = re.sub(spelled_out, acronym, text, flags=re.IGNORECASE)
    return text


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word
