"""The tags in the cells of an Excel form: found in a cell's text, and taken apart without running anything."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from svreport.narrative.calls import FILTERS, Call, Form, NotACall, parse, parse_filters

# The filters of text, and three for words: a name in capitals, in small letters, or a word of digits as a number.
FORM_FILTERS: Mapping[str, Form] = {
    **FILTERS,
    "upper": Form((), 0, "upper"),
    "lower": Form((), 0, "lower"),
    "number": Form((), 0, "number"),
}
WORD_FILTERS = ("upper", "lower", "number")

_LONGEST = 500
_SIGNS = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_STEPS = r"[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*"
_KEY = r"\[\s*(['\"])(.*?)\2\s*\]"
_NAMED = re.compile(rf"\s*({_STEPS})\s*(?:{_KEY}\s*\.\s*({_STEPS})\s*)?")
# What Word's templates put before a name to say what it brings.
_WORDS_LETTERS = re.compile(r"(?:p|r|tr|tc)\s+([A-Za-z_].*)", re.DOTALL)
_QUOTES = str.maketrans({"‘": "'", "’": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "\xa0": " "})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a cell's text between braces, from `begin` to `end`; `inside` is what stands between them.

    `sign` is `{{`, `{%` or `{#`; or the brace that was not opened or closed, with nothing inside.
    """

    begin: int
    end: int
    sign: str
    inside: str = ""

    @property
    def is_loose(self) -> bool:
        return self.sign not in _CLOSING or self.end == self.begin + 2


@dataclass(frozen=True, slots=True)
class Named:
    """A name of the form's context: `authority`, `conditions.level`, `questions['in-year'].answer`.

    `key` names one row of the list `head`, None where there is none; `fields` then stand behind it.
    """

    head: tuple[str, ...]
    key: str | None = None
    fields: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        head = ".".join(self.head)
        return head if self.key is None else f"{head}['{self.key}'].{'.'.join(self.fields)}"


@dataclass(frozen=True, slots=True)
class FormTag:
    """What a tag asks for, and the filters behind it."""

    asks: Named | Call
    filters: tuple[Call, ...]


def holds_braces(text: str) -> bool:
    """Whether a text may hold a tag, or a part of one."""
    return "{{" in text or "{%" in text or "{#" in text or "}}" in text or "%}" in text


def pieces_of(text: str) -> Iterator[Piece]:
    """The tags of a text in order, up to the first brace that is not whole; linear in the text."""
    at = 0
    while sign := _SIGNS.search(text, at):
        begin, at = sign.span()
        closing = _CLOSING.get(sign[0])
        if closing is None:
            if sign[0] != "#}":
                yield Piece(begin, at, sign[0])
                return
            continue
        end = text.find(closing, at, at + _LONGEST + 2)
        opened = text.find("{{", at, end) if end >= 0 else -1
        if end < 0 or opened >= 0:
            if sign[0] != "{#":
                yield Piece(begin, at, sign[0])
                return
            continue
        yield Piece(begin, end + 2, sign[0], text[at:end])
        at = end + 2


@lru_cache(maxsize=20_000)
def read_tag(inside: str) -> FormTag:
    """What stands between `{{` and `}}`: a name or a figure's function, and filters. Raises `NotACall`."""
    plain = inside.translate(_QUOTES)
    if lettered := _WORDS_LETTERS.fullmatch(plain):
        raise NotACall(
            "a name without a letter before it, which Word's templates have",
            f"write {{{{ {lettered[1].strip()} }}}}",
        )
    named = _NAMED.match(plain)
    if named is None or plain[named.end() : named.end() + 1] not in ("", "|"):
        expression = parse(inside, FORM_FILTERS)
        return FormTag(expression.call, expression.filters)
    rest = plain[named.end() + 1 :]
    filters = parse_filters(rest, FORM_FILTERS) if plain[named.end() :].startswith("|") else ()
    head = _steps(named[1])
    if named[4] is None:
        return FormTag(Named(head), filters)
    return FormTag(Named(head, " ".join(named[3].split()), _steps(named[4])), filters)


def _steps(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split("."))


__all__ = ["FORM_FILTERS", "FormTag", "Named", "NotACall", "Piece", "holds_braces", "pieces_of", "read_tag"]
