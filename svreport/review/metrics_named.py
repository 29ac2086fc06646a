"""Which metrics a sentence speaks of: those whose title's words it holds, spelled out or as acronyms."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from operator import itemgetter

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


class NamedMetrics:
    """The metrics of a return, found by the words of their titles and names."""

    def __init__(self, metrics: Iterable[MetricSeries]) -> None:
        self._metrics = list(metrics)
        names = [
            (title_words(re.sub(r"\([^)]*\)", " ", each.metric.title.value or "")), title_words(each.name))
            for each in self._metrics
        ]
        counts = Counter(word for each in names for wanted in each for word in wanted)
        # Each name under the word of it that the fewest names have: a text is compared with few of them.
        self._by_word: dict[str, list[tuple[int, int, frozenset[str]]]] = {}
        for order, each in enumerate(names):
            for way, wanted in enumerate(each):
                if wanted:
                    rarest = min(wanted, key=lambda word: (counts[word], word))
                    self._by_word.setdefault(rarest, []).append((order, way, wanted))

    def of(self, text: str) -> list[MetricSeries]:
        """The metrics whose title's or name's words all stand in a text; one that another found metric says more fully
        is left out.

        A single word (`EHCPs`) needs a word of counting beside it, since so much else is told of the same thing.
        """
        words = title_words(text)
        told: dict[int, list[tuple[int, frozenset[str]]]] = {}
        for word in words:
            for order, way, wanted in self._by_word.get(word, ()):
                if wanted <= words and (len(wanted) > 1 or _is_counted(word, text)):
                    told.setdefault(order, []).append((way, wanted))
        found = [
            (
                max((wanted for _, wanted in sorted(told[order], key=itemgetter(0))), key=len),
                self._metrics[order],
            )
            for order in sorted(told)
        ]
        fullest = {wanted for wanted, _ in found}
        return [series for wanted, series in found if not any(wanted < other for other in fullest)]


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
