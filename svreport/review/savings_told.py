"""An amount of money told as what is saved, by the words around it."""

import re

from svreport.review.sentences import Sentence
from svreport.review.written import WrittenNumber, WrittenUnit

_BOUND_WORDS = re.compile(r"\b(?:lower|upper)(?:[- ]bound)?\b|\b[LU]B\b", re.IGNORECASE)
_SAVING = re.compile(
    r"\b(?:reduc\w*|sav(?:e|es|ed|ing|ings)|cut(?:s|ting)?|avoid\w*|less|lower\w*|fall(?:s|ing)?|fell|drop\w*|improv\w*|"
    r"benefit\w*|better|smaller|decreas\w*|shrink\w*|mitigat(?:e|es|ing)|down|clos(?:e|es|ing)|narrow\w*|slow\w*)\b",
    re.IGNORECASE,
)
_SOFTENED = (
    r"(?:(?:an?|the|its|further|total|about|around|approximately|roughly|some|just|only|over|under|nearly|almost|up to|"
    r"as much as|more than)\s+)*"
)
_THINGS = (
    "savings?|reductions?|benefits?|impact|improvements?|mitigations?|avoidance|decrease|cuts?|fall|drop|difference|"
    "gains?"
)
# How an amount is told as what is saved, by the words right before it: `by`, a thing that is so large, or a verb.
_BY = re.compile(rf"\bby\s+{_SOFTENED}$", re.IGNORECASE)
_THING_BEFORE = re.compile(
    rf"\b(?:{_THINGS})\b[^.;,]{{0,60}}?"
    r"(?:\b(?:of|is|are|was|be|totals?|totalling|worth|reach\w*|amounts? to|comes? to)|:)\s+"
    rf"{_SOFTENED}$",
    re.IGNORECASE,
)
_VERB_BEFORE = re.compile(
    r"\b(?:sav(?:e|es|ed|ing)|avoid(?:s|ed|ing)?|reduc(?:e|es|ing)|cut(?:s|ting)?|mitigat(?:e|es|ing)|remov(?:e|es|ing)|"
    rf"shav(?:e|es|ing))\s+(?:(?:us|the council|the county|councils)\s+)?{_SOFTENED}$",
    re.IGNORECASE,
)
_WORTH = re.compile(rf"\bworth\s+{_SOFTENED}$", re.IGNORECASE)
_OF_THE_WORK = re.compile(
    r"\b(?:workstreams?|programme|DBV|Delivering Better Value|mitigat\w+|measures|work)\b", re.IGNORECASE
)
_SAVED_BEHIND = re.compile(
    rf"^\s*(?:(?:of|in|worth of)\s+)?(?:[\w-]+\s+){{0,2}}?(?:{_THINGS})\b"
    r"|^\s+(?:better|smaller|lower|less)\b(?=\s+(?:than|by|in|at|with|deficit)|\s*[.,;]|\s*$)"
    r"|^\s+(?:of\s+(?:the\s+)?(?:\w+\s+)?deficit\s+)?(?:is|are|was|will be|would be|can be|could be)\s+(?:\w+\s+)?"
    r"(?:saved|avoided|cut|taken off|mitigated|removed)\b"
    r"|^\s+off\b",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"like[- ]for[- ]like|(?:same|two|both|different|between the) bounds?\b|not (?:be )?compar|\brange\b",
    re.IGNORECASE,
)


def is_saving(sentence: Sentence, number: WrittenNumber) -> bool:
    """True for an amount that was typed and is told as saved, unless the sentence says how it was compared."""
    text = sentence.text
    if (
        number.unit is not WrittenUnit.MONEY
        or number.rate
        or sentence.link_at(number.start)
        or _OWNED.search(text)
    ):
        return False
    before, behind = text[: number.start], text[number.end :]
    if any(pattern.search(before) for pattern in (_THING_BEFORE, _VERB_BEFORE)) or _SAVED_BEHIND.search(
        behind
    ):
        return True
    if _WORTH.search(before):
        return _OF_THE_WORK.search(text) is not None
    return _BY.search(before) is not None and _SAVING.search(_BOUND_WORDS.sub(" ", text)) is not None


def tells_of_saving(heading: str) -> bool:
    """True for a column's heading such as `Expected saving`."""
    return _SAVING.search(heading) is not None
