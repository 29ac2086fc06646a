"""Which metrics and finance lines a sentence speaks of."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from svreport.model import names

_WORD = re.compile(r"[A-Za-z][A-Za-z’']*|\d+")
_IN_YEAR = re.compile(r"\bin[- ]year\b", re.IGNORECASE)
_STOP = frozenset(
    "the of a an in at and or per with as for to by from since on under after before is are was were it its this that "
    "these those there all each who which will would be been has have had not but so than then their our".split()
)
# Words that many measures share: they help to tell two apart, but name nothing by themselves.
_GENERIC = frozenset(
    "number numbers total average mean rolling month monthly year yearly annual percent percentage share proportion "
    "rate running actual forecast figure figures position data net count end quarter".split()
)
_ENDINGS = ("ations", "ation", "ating", "ated", "ates", "ings", "ing", "ed", "es", "s", "e")


@dataclass(frozen=True, slots=True)
class Names:
    """How one subject can be called: sets of word stems, any of which names it when all its words are there.

    `all_words` holds the stems of every name it has; `hints` those that only suggest it.
    """

    ways: tuple[frozenset[str], ...]
    all_words: frozenset[str]
    hints: frozenset[str] = frozenset()

    @property
    def core(self) -> frozenset[str]:
        """The words of its first name that tell it from others."""
        return self.ways[0] if self.ways else frozenset()


def names_of(name: str, title: str = "", hints: Iterable[str] = ()) -> Names:
    """From a short name (`EHCP`), a title (`Education, health and care plans (EHCPs)`) and words that suggest it."""
    ways = [_core(name)]
    ways += [_core(inner) for inner in re.findall(r"\(([A-Z][A-Za-z]{2,})\)", title)]
    ways.append(_core(re.sub(r"\([^)]*\)", " ", title)))
    all_words = stems(name) | stems(title)
    return Names(tuple(way for way in dict.fromkeys(ways) if way), all_words, frozenset(map(_stem, hints)))


def _core(text: str) -> frozenset[str]:
    return frozenset(word for word in stems(text) if word not in _GENERIC_STEMS)


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The words of a text without their endings, numbers included, little words left out."""
    folded = names.key(_IN_YEAR.sub("inyear", text))
    words = (re.sub(r"['’]s?$", "", found[0]) for found in _WORD.finditer(folded))
    return frozenset(_stem(word) for word in words if word and word not in _STOP)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word.removesuffix(ending)
            return stem.removesuffix("at") if ending.startswith("at") and len(stem) > 5 else stem
    return word


_GENERIC_STEMS = frozenset(map(_stem, _GENERIC))


@dataclass(frozen=True, slots=True)
class Naming:
    """How a text names a subject: 2 by its name, or half of it and a hint, 1 by either; and with how many words."""

    strength: int
    words: int


class NameIndex:
    """Finds the subjects that a text names, in time that grows with the text and with what it names."""

    def __init__(self, subjects: Mapping[int, Names], sources: Iterable[str]) -> None:
        self._subjects = subjects
        self._by_word: dict[str, list[int]] = {}
        for key, each in subjects.items():
            for word in sorted(each.all_words | each.hints):
                self._by_word.setdefault(word, []).append(key)
        self._initials = _initials(sources)

    def named(self, text: str) -> dict[int, Naming]:
        """Each subject that the text names or hints at, by its key."""
        words = self._words(text)
        touched: dict[int, None] = {}
        for word in sorted(words):
            if word not in _GENERIC_STEMS:
                touched.update(dict.fromkeys(self._by_word.get(word, ())))
        found = {key: self._naming(self._subjects[key], words) for key in touched}
        return {key: naming for key, naming in found.items() if naming.strength}

    def _words(self, text: str) -> frozenset[str]:
        words = stems(text)
        spelled = [self._initials[word] for word in words if word in self._initials]
        return words.union(*spelled) if spelled else words

    def _naming(self, subject: Names, words: frozenset[str]) -> Naming:
        there = len(subject.all_words & words)
        for position, way in enumerate(subject.ways):
            common = len(way & words)
            # A long title need not be quoted whole.
            enough = len(way) if position < 1 or len(way) < 4 else (len(way) * 2 + 2) // 3
            if common >= enough:
                return Naming(2, there)
        partly = any(len(way & words) * 2 >= len(way) for way in subject.ways)
        return Naming(partly + bool(subject.hints & words), there)


def _initials(sources: Iterable[str]) -> dict[str, frozenset[str]]:
    """`hnb` for High Needs Block: the initials of three words or more in a row, with the stems they stand for."""
    found: dict[str, frozenset[str]] = {}
    for source in sources:
        words = [found[0] for found in _WORD.finditer(names.key(source))]
        for start in range(len(words)):
            for stop in range(start + 3, min(start + 6, len(words) + 1)):
                initials = "".join(word[0] for word in words[start:stop])
                found.setdefault(_stem(initials), frozenset(map(_stem, words[start:stop])))
    return found
