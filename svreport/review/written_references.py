"""Numbers that are no figures: dates, years, quarters, numbers of conditions and bands, ages, spans of time, codes."""

import re
from bisect import bisect_left
from typing import NamedTuple

from svreport.review.written_words import NUMBER_WORD, ONE, lowered, spelt


class ReferenceSpan(NamedTuple):
    """A stretch of text all of whose numbers are references."""

    start: int
    end: int


_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
)
_SHORT_MONTH = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
_DASH = r"\s?[-–‑/]\s?"
_YEAR = r"(?:19|20|21)\d\d"
_DAY = r"(?<![\w£.,])(?:[12]\d|3[01]|0?[1-9])"
_TH = r"(?:\s?(?:st|nd|rd|th))?"
# What is counted: before one of these a bare 2024 is a number of things.
_THINGS = (
    r"(?:\w+\s)?(?:ehcps?|ehcnas?|plans|requests|placements|places|pupils|children|young people|learners|assessments"
    r"|schools|cases|referrals|appeals|students|staff|families|people)\b"
)
_REF = rf"(?:\d{{1,3}}(?:\.\d{{1,2}})*[a-z]?|{NUMBER_WORD})(?![\w%£]|\.\d|,\d|\s?per\s?cent)"
# One or several behind a space or bracket; what joins them stands right behind the one before.
_REFS = rf"(?:(?:(?<=[\s(])|(?<![\s(])(?:,\s?(?:and\s|or\s)?|\s(?:and|or|to|&)\s|\s?[-–/&]\s?)){_REF})+"
_AGES = rf"(?:\d{{1,2}}|{NUMBER_WORD})"
_LENGTH = r"(?:year|month|week|day|hour|term|quarter|point|step|minute)"
_PLAN = r"(?:plan|agreement|programme|safety valve)"

# Words that name a thing by its number: always, and (in the second list) only where they are not part of a phrase
# such as `last year 5 schools`.
_NUMBERED = (
    r"conditions?|risks?|updates?|headlines?|questions?|sections?|paragraphs?|paras?\.?|append(?:ix|ices)|annex(?:es)?"
    r"|tables?|figures?|charts?|pages?|items?|phases?|stages?|steps?|bands?|tiers?|levels?|key\sstages?|priorit(?:y|ies)"
    r"|objectives?|workstreams?|strands?|parts?|versions?|recommendations?|options?|scenarios?|schedules?|clauses?"
    r"|articles?|chapters?|categor(?:y|ies)|grades?|regulations?|tranches?|rounds?|waves?|cohorts?|lots?|notes?"
)

_SKIPPED = re.compile(
    r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.-]+|\[[A-Z]{3}-\d\d [^\]]*\]|£['’,]?000s?\b",
    re.IGNORECASE,
)
# Of a text in lower case: a pattern that looks at no case takes twice as long, to make and to look.
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # dates and times
        rf"{_DAY}{_TH}\s(?:and|to|or|[-–])\s{_DAY}{_TH}\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR}\b)?",
        rf"{_DAY}{_TH}\s(?:of\s)?{_MONTH}(?:,?\s(?:{_YEAR}|['’‘]\d\d)\b)?",
        rf"\b{_MONTH}\s\d{{1,2}}(?:(?:st|nd|rd|th)\b(?:,?\s{_YEAR}\b)?|,\s{_YEAR}\b)",
        rf"\b{_MONTH}[\s-]?(?:{_YEAR}|['’‘]\d\d)\b",
        rf"\b{_SHORT_MONTH}[\s-]\d\d\b(?!\s?%|\s[a-z])",
        r"\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b",
        rf"\b{_YEAR}-\d\d-\d\d\b",
        r"\b\d{1,2}[:.]\d\d\s?(?:am|pm)\b|\b\d{1,2}\s?(?:am|pm)\b|\b\d{1,2}:\d\d?\b|\b24/7\b|\b1-2-1\b|\b1-to-1\b",
        # years, financial years and quarters
        rf"\b(?:fy\s?)?{_YEAR}{_DASH}(?:\d{{4}}|\d\d)\b(?!\s?%)",
        r"\bfy\s?\d\d(?:[-/]?\d\d)?\b|(?<![\w£.,/])\d\d/\d\d(?![\w/])",
        r"(?<!\w)['’‘]\d\d(?:/\d\d)?\b",
        rf"(?<![\w£.,])(?:1[89]|20|21)\d\ds?\b(?!\s?(?:%|per cent|million|m\b|k\b)|[.,]\d|\s{_THINGS})",
        rf"(?<=\bin\s){_YEAR}\b(?!,\d|\s?%)|(?<=\bsince\s){_YEAR}\b(?!,\d)|(?<=\bduring\s){_YEAR}\b(?!,\d)",
        # things named by their number
        r"\b(?:no\.|nos\.|v\.?|s\.|ss\.|para\.|p\.|pp\.)\s?\d+(?:\.\d+)*\b(?!\s?%)",
        rf"\bact\s{_YEAR}\b",
        r"\b0\d{3,4}[ -]?\d{3}[ -]?\d{3,4}\b|\+44[ \d]{8,}\d",
        # codes with letters in them
        r"(?<![\w£])(?!c\.?\d)[a-z]+[-–‑]?\d+(?:\.\d+)*[a-z]{0,2}(?![\w%]|,\d)",
        r"(?<![\w£.,])\d{1,3}(?:st|nd|rd|th)\b",
        r"(?<![\w£.,])(?:\d{1,3}[a-j]|\d{1,2}(?:\.\d{1,2})+[a-f])\b",
        # ages
        r"\b(?:under|over|post|pre)[-\s]\d{1,2}s\b|\b(?:post|pre)[-\s–]?\d{1,2}\b(?!\s?%|[,.]\d)",
        r"(?<![\w£.,])(?:0|16|18|19)\s?[-–]\s?(?:5|18|19|24|25)\b(?!\s?%|\s?m\b|\sweeks|\smonths|\splaces)|\b0\sto\s(?:5|25)\b",
        r"\b(?:before|after|beyond|turn(?:s|ed|ing)?|reach(?:es|ed|ing)?|until)\s(?:16|18|19|25)\b"
        rf"(?!\s?%|[.,]\d|\s(?:more|weeks|months|years|days|working)\b|\s{_THINGS})",
        # spans of time that name a kind of thing or a time, rather than count
        r"(?<![\w£.,-])(?:[2-9]|\d\d|two|three|four|five|six|seven|eight|nine|ten|twelve)\s"
        r"(?:year|month|week|day|hour|term)\b(?!['’])",
        r"(?<![\w£.,-])(?:12|twelve)\smonths\b",
        # markers of a list typed into the text
        r"(?<=\s)\(\d{1,2}\)(?=\s[a-z])",
    )
)
# Of a text whose number words are spelt in signs.
_SPELT_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # years, financial years and quarters
        rf"\bquarters?\s{_REFS}|\bq[1-4](?:\s?(?:and|to|[-–/&])\s?q?[1-4])?\b",
        # things named by their number
        rf"(?<!\bat\sthis\s)\b(?:{_NUMBERED})\s(?:no\.?\s|number\s)?\(?{_REFS}",
        rf"(?<!last\s)(?<!this\s)(?<!next\s)(?<!each\s)(?<!per\s)(?<!a\s)(?<!the\s)(?<!financial\s)(?<!academic\s)"
        rf"(?<!current\s)(?<!previous\s)(?<!past\s)(?<!every\s)(?<!{ONE}\s)(?<!in\s)\byears?\s{_REFS}",
        rf"\bin\syears?\s(?:\d|1\d|{NUMBER_WORD})\b(?!\s?%|[.,]\d)",
        # ages
        rf"\b(?:ages?|aged|age\sgroups?|age\sof|birth)\s(?:of\s|from\s|between\s|to\s)?{_AGES}"
        rf"(?:\s?(?:[-–]|to|and|or)\s?{_AGES})?\b(?!\s?%)",
        rf"\b{_AGES}(?:\s?(?:[-–]|to|and|or)\s?{_AGES})?[\s-]years?[\s-]olds?\b",
        rf"\b{_AGES}\sto\s{_AGES}\syears\sof\sage\b|\b{_AGES}\syears\sof\sage\b",
        # spans of time that name a kind of thing or a time, rather than count
        rf"\b(?:\d{{1,2}}|{NUMBER_WORD})-(?!quarters){_LENGTH}s?\b",
        rf"\b(?:next|last|past|first|previous|remaining|final|coming|preceding|following)\s(?:\d{{1,2}}|{NUMBER_WORD})"
        rf"\s(?:school\s|financial\s|academic\s|calendar\s|working\s)?{_LENGTH}s\b",
        rf"(?<![\w£.,-])(?:\d{{1,2}}|{NUMBER_WORD})\syears?\s(?:of|after|into|from|before|under)\s(?:[\w'’]+\s){{0,5}}?{_PLAN}\b",
    )
)
_MARKER = re.compile(r"^\s*\(?\d{1,2}[.)](?=\s)|^\s*\d{1,2}(?:\.\d{1,2})+\.?(?=\s(?-i:[A-Z]))", re.IGNORECASE)


_ANY_NUMBER = re.compile(rf"\d+|\b{NUMBER_WORD}\b")
_FARTHEST = 80


def _windows(signed: str) -> list[tuple[int, int]]:
    """The stretches around the numbers of a text as `spelt` gives it; patterns need not look at the rest."""
    windows: list[tuple[int, int]] = []
    for found in _ANY_NUMBER.finditer(signed):
        start, end = max(0, found.start() - _FARTHEST), min(len(signed), found.end() + _FARTHEST)
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return windows


def skipped_spans(text: str) -> list[tuple[int, int]]:
    """Addresses, marks of faults and the unit `£000`, whose digits are no numbers."""
    return [found.span() for found in _SKIPPED.finditer(text)]


def _touches(found: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    """Whether the match shares a letter with any of the spans, which come in order and apart."""
    before = bisect_left(spans, (found.end(), 0))
    return before > 0 and found.start() < spans[before - 1][1]


def reference_spans(text: str) -> list[ReferenceSpan]:
    """Where the text names a date, a period, a thing by its number, an age or a code, in order, merged."""
    skipped = skipped_spans(text)
    plain, signed = lowered(text), spelt(text)
    spans = sorted(
        found.span()
        for start, end in _windows(signed)
        for patterns, searched in ((_PATTERNS, plain), (_SPELT_PATTERNS, signed), ((_MARKER,), text))
        for pattern in patterns
        for found in pattern.finditer(searched, start, end)
        if not _touches(found, skipped)
    )
    merged: list[ReferenceSpan] = []
    for start, end in spans:
        if merged and start < merged[-1].end:
            merged[-1] = ReferenceSpan(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(ReferenceSpan(start, end))
    return merged
