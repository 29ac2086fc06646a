"""Numbers and fractions in words: `twelve`, `twenty-five`, `two hundred`, `a quarter`, `two thirds`, `½`."""

import re
from decimal import Decimal
from functools import lru_cache

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {
    **{word: Decimal(value) for value, word in enumerate((*_ONES, *_TEENS), 1)},
    **{word: Decimal(value * 10) for value, word in enumerate(_TENS, 2)},
}
_PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
VULGAR = {
    sign: Decimal(top) / bottom
    for sign, top, bottom in (
        ("½", 1, 2),
        ("¼", 1, 4),
        ("¾", 3, 4),
        ("⅓", 1, 3),
        ("⅔", 2, 3),
        ("⅕", 1, 5),
        ("⅛", 1, 8),
    )
}

_UNDER_TEN = "|".join(_ONES)
# What `spelt` puts in place of a number word: a letter for its kind, then one for each further letter. They are letters
# to a pattern, and of a script that nobody types.
_KINDS = {"tens": "\ua000", "teens": "\ua001", "one": "\ua002", "ones": "\ua003"}
_FURTHER = "\ua004"
_SIGNS = {
    word: _KINDS[kind] + _FURTHER * (len(word) - 1)
    for kind, words in (("tens", _TENS), ("teens", _TEENS), ("one", _ONES[:1]), ("ones", _ONES[1:]))
    for word in words
}
_SPELT = re.compile("|".join(sorted(_SIGNS, key=len, reverse=True)))
# Letters that patterns take for an s or an i, whatever their case.
_LIKE_LETTERS = str.maketrans("ſıİ", "sii")
ONE = _KINDS["one"] + _FURTHER * 2
_ANY_ONES = f"[{_KINDS['one']}{_KINDS['ones']}]{_FURTHER}++"
_SMALL = f"(?:{_KINDS['tens']}{_FURTHER}++(?:[- ]{_ANY_ONES})?|[{''.join(_KINDS.values())}]{_FURTHER}++)"
# In a text as `spelt` gives it: a pattern with every number word in it takes long to make, and a dozen have it.
_HUNDREDS = r"\s(?:hundred|thousand)"
NUMBER_WORD = rf"(?:(?:a{_HUNDREDS}|{_SMALL}(?:{_HUNDREDS})?)(?:(?<=d)\sand\s{_SMALL})?)"
_DENOMINATORS = "|".join(part for part in _PARTS if part != "half")
_MEASURED = r"(?=\s(?:of|more|fewer|less|lower|higher|larger|smaller|were|are|have|had)\b)"
# A lone `a third` or `a quarter` is a fraction only beside words that measure; `half` likewise, and never a half term.
FRACTION_WORD = (
    rf"(?:(?<![\w-])(?P<fraction>(?:{_UNDER_TEN})[- ](?:(?:{_DENOMINATORS})s|halves)"
    rf"|one[- ](?:third|quarter|half)|a\s(?:{_DENOMINATORS}){_MEASURED}"
    rf"|(?<=by\s)a\s(?:third|quarter|half|fifth|tenth)"
    rf"|(?<!first\s)(?<!second\s)(?<!other\s)(?<!last\s)(?<!latter\s)half(?=\s(?:of|the|our|all|its|their|these|those|as)\b)"
    rf"|(?:(?<=by\s)|(?<=than\s)|(?<=almost\s)|(?<=nearly\s)|(?<=about\s)|(?<=around\s)|(?<=over\s))"
    rf"half(?!\s(?:term|day|year|way|an?\s)|[\w-]))(?![\w-]))"
)


def lowered(text: str) -> str:
    """The text in lower case, letter by letter, as patterns that look at no case read it."""
    return (text if text.isascii() else text.translate(_LIKE_LETTERS)).lower()


@lru_cache(maxsize=16)
def spelt(text: str) -> str:
    """The text as patterns with `NUMBER_WORD` read it: each number word in signs, every letter in its place."""
    return _SPELT.sub(_in_signs, lowered(text))


def _in_signs(found: re.Match[str]) -> str:
    return _SIGNS[found[0]]


def tells_fraction(text: str) -> bool:
    """Whether a text may hold a fraction in words: looking for all of them takes long."""
    plain = lowered(text)
    return any(part in plain for part in (*_PARTS, "halves"))


def word_value(text: str) -> Decimal | None:
    """What a number or fraction in words or numerals is worth, or None: `two thirds` is 2/3, `a hundred` 100."""
    words = re.split(r"[\s-]+", text.strip().casefold())
    if len(words) == 1 and words[0].isdigit():
        return Decimal(words[0])
    part = _PARTS.get(words[-1].removesuffix("s").replace("halve", "half"))
    if part is not None and (len(words) > 1 or words[-1] == "half"):
        top = word_value(" ".join(words[:-1])) if len(words) > 1 and words[0] != "a" else Decimal(1)
        return top / part if top is not None else None
    total, current = Decimal(0), Decimal(0)
    for word in words:
        if word == "a":
            current = Decimal(1)
        elif word == "hundred":
            current *= 100
        elif word == "thousand":
            total, current = current * 1000, Decimal(0)
        elif word in _VALUES:
            current += _VALUES[word]
        elif word != "and":
            return None
    return total + current
