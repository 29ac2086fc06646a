"""A condition or risk as forms write it: its reference, with or without its word, and its wording."""

import re

from svreport.model.references import headed

_REF = r"[\w][\w.()/-]{0,11}|\(\w{1,5}\)"
_MOST_WORDS, _LONGEST_NAME = 5, 48
_NUMBERED = re.compile(r"\(?\d[\w.()/-]*|\(?[a-z]\d[\w.]*|\(?[ivxl]{1,7}[a-z]?\)?|\(?[a-z]\)?", re.IGNORECASE)
_GAP, _HEAD = re.compile(r"\s{12,}"), 300  # nobody types so wide a gap, and patterns would be long at it
_YEAR = re.compile(r"\d{4}")


def split_reference(text: str, word: str) -> tuple[str, str]:
    """(`3.1`, the wording) of `Condition 3.1: …`, `3.1 …`, `(iv) …` or `Cost: …`; the reference is empty where there
    is none. `word` is `Condition` or `Risk`.
    """
    text = _GAP.sub(" ", text[:_HEAD]) + text[_HEAD:]
    for pattern in (
        rf"(?:agreement\s+|deal\s+|key\s+)?{word}\s*(?:no\.?\s*|number\s*)?[#:–-]?\s*({_REF})\s*[:–—-]+\s*(.*)",
        rf"(?:agreement\s+|deal\s+|key\s+)?{word}\s*(?:no\.?\s*|number\s*)?[#:–-]?\s*({_REF})[.)]?(?:\s+(.*)|$)",
        rf"({_REF})\s*[:–—)]+\s+(.*)",
        rf"({_REF})\.\s+(.*)",
        r"(\(?\d[\w.()/-]{0,8}|\([a-zA-Z]{1,5}\))\s+(.*)",
    ):
        found = re.fullmatch(pattern, text, re.IGNORECASE | re.DOTALL)
        ref = _bare(found[1]) if found else ""
        if found and ref and _NUMBERED.fullmatch(ref) and not _YEAR.match(ref):
            return ref, (found[2] or "").strip()
    return _named(text, word)


def only_reference(text: str, word: str) -> str:
    """The reference in a cell of its own, such as `3.1`, `Risk 2` or `Cost`."""
    ref, wording = split_reference(text.strip(), word)
    return ref if ref and not wording else text.strip().rstrip(":").strip()


def _bare(ref: str) -> str:
    ref = ref.rstrip(".:")
    return ref[:-1] if ref.endswith(")") and "(" not in ref else ref


def _named(text: str, word: str) -> tuple[str, str]:
    """A risk or condition called by a name, `Cost: …`; a sentence before a colon is no name."""
    name, colon, wording = text.partition(":")
    name = name.strip()
    if not colon or not name or "\n" in name or len(name) > _LONGEST_NAME or len(name.split()) > _MOST_WORDS:
        return "", text.strip()
    if re.search(r"[.;!?]\s", name) or headed(name, word) != name or not wording.strip():
        return "", text.strip()
    return name, wording.strip()
