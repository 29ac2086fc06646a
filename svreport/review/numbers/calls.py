"""The words that call for a derived figure: a change, a gap to the forecast, a share, a count of rows."""

import re
from dataclasses import dataclass
from functools import lru_cache

_CHANGE = re.compile(
    r"\b(?:up|down|more|fewer|less|lower|higher|greater|smaller|larger|extra|additional|increas\w+|decreas\w+|ris(?:e|es|ing|en)"
    r"|rose|grow\w*|grew|f[ae]ll(?:s|en|ing)?|drop\w*|reduc\w+|declin\w+|chang\w+|since|compared|movement|moved|mov(?:es|ing)"
    r"|improv\w+|worsen\w+|sav(?:ing|ings|es|ed)|cut|eased|narrow\w+|widen\w+|differen(?:ce|t)|gain\w*|net|adverse\w*"
    r"|slipp\w+|shorter|longer|faster|slower|over and above|climb\w*|added)\b",
    re.IGNORECASE,
)
_GAP = re.compile(
    r"\b(?:ahead|above|below|behind|over|under|gap|short(?:fall)?|varian\w+|exceed\w*|differen\w+|more|fewer|less|higher|lower"
    r"|adverse|off|headroom|leaves)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:forecast\w*|plan(?:ned)?|target\w*|expect\w+|project\w+|predict\w+|trajectory|gap|shortfall|varian\w+|difference"
    r"|limit|cap|headroom)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\b(?:share|proportion|percentage|per ?cent|%|out of|of|mak(?:e|es|ing) up|made up|account(?:s|ed|ing)? for"
    r"|represent\w*)",
    re.IGNORECASE,
)
_FORECAST = re.compile(
    r"\b(?:forecast\w*|plan|planned|target\w*|expect\w+|project\w+|predict\w+|trajectory|will|would|should|due|intend\w*|aim\w*|hop(?:e|ed|ing)|budget\w*|modelled|mitigat\w+|assum\w+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Calls:
    """What the words of one sentence call for; `forecast` is True where they speak of what is planned.

    `compared` is True where they set one measure against another, too.
    """

    change: bool
    compared: bool
    gap: bool
    share: bool
    forecast: bool


@lru_cache(maxsize=256)
def calls_of(sentence: str) -> Calls:
    change, gap = bool(_CHANGE.search(sentence)), bool(_GAP.search(sentence))
    return Calls(
        change=change,
        compared=change or gap,
        gap=bool(gap and _AGAINST.search(sentence)),
        share=bool(_SHARE.search(sentence)),
        forecast=bool(_FORECAST.search(sentence)),
    )
