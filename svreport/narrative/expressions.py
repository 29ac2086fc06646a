"""The figures that text asks for with `{{ … }}`, found, looked up and kept apart from the words around them."""

import re
from typing import NamedTuple

from svreport.model.facts import Facts, Figure, NoFigure
from svreport.model.finding import Finding, Place, Rule, mark
from svreport.narrative import rules
from svreport.narrative.blocks import Run
from svreport.narrative.calls import FUNCTIONS, NotACall, parse
from svreport.narrative.characters import cleaned
from svreport.narrative.filters import FilterUnfit, filtered

# The longest call is a few names; a text with more than a thousand different ones was not written by a person.
_LONGEST = 500
_MOST = 1_000
_MOST_FINDINGS = 100
_READ = 80

_OPENING = re.compile(r"(\\?)(\{\{(?!\{)|\{%)")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")

# No document can hold these two characters, and text is cleaned of them before: they mark what stands for a figure.
BEGIN, END = "\ufffe", "\uffff"


class Placed(NamedTuple):
    """Text in which `BEGIN`, a number and `END` stand for the run of that number in `pieces`."""

    text: str
    pieces: tuple[Run, ...]
    findings: tuple[Finding, ...]


def place_figures(text: str, facts: Facts, place: Place) -> Placed:
    """Every `{{ … }}` of a cleaned text as a figure, or as the mark of the finding that says why it is none.

    `\\{{` stands for the braces themselves.
    """
    return _Placing(facts, place).all(text)


def look_up(source: str, facts: Facts) -> Figure:
    """The figure that an expression without its braces gives.

    Raises `NotACall`, `NoFigure` or `FilterUnfit`.
    """
    expression = parse(source)
    call = expression.call
    for argument in call.arguments:
        if argument is not None and not isinstance(argument, str):
            mend = f"put {argument} between quotation marks, as in {FUNCTIONS[call.name].example}"
            raise NotACall("names, references and periods between quotation marks", mend)
    figure: Figure = getattr(facts, call.name)(*call.arguments)
    return filtered(figure, expression.filters)


def figures_written(text: str) -> tuple[str, ...]:
    """Each `{{ … }}` and `{% … %}` of a cleaned text as it was typed, in order: one for every run of a figure or of
    the mark of its fault.
    """
    found: list[str] = []
    at = 0
    while opening := _OPENING.search(text, at):
        escaped, braces = opening.groups()
        at = opening.end()
        if not escaped:
            inside = _inside(text, at, "}}" if braces == "{{" else "%}")
            end = at if inside is None else at + len(inside) + 2
            found.append(text[opening.start() : end])
            at = end
    return tuple(found)


class _Placing:
    """One text's figures: each different expression is looked up once."""

    def __init__(self, facts: Facts, place: Place) -> None:
        self._facts = facts
        self._place = place
        self._known: dict[str, int] = {}
        self._pieces: list[Run] = []
        self._findings: dict[Finding, None] = {}

    def all(self, text: str) -> Placed:
        parts: list[str] = []
        at = 0
        while opening := _OPENING.search(text, at):
            parts.append(text[at : opening.start()])
            escaped, braces = opening.groups()
            at = opening.end()
            if escaped:
                parts.append(braces)
                continue
            source = _inside(text, at, "}}" if braces == "{{" else "%}")
            if source is None:
                parts.append(self._piece(self._unclosed(text, opening.start(2), braces)))
                continue
            at += len(source) + 2
            parts.append(self._statement(source) if braces == "{%" else self._expression(source))
        return Placed("".join((*parts, text[at:])), tuple(self._pieces), tuple(self._findings))

    def _expression(self, source: str) -> str:
        if source not in self._known:
            if len(self._known) >= _MOST:
                return self._piece(self._too_many())
            self._piece(self._run(source))
            self._known[source] = len(self._pieces) - 1
        return f"{BEGIN}{self._known[source]}{END}"

    def _piece(self, run: Run) -> str:
        self._pieces.append(run)
        return f"{BEGIN}{len(self._pieces) - 1}{END}"

    def _run(self, source: str) -> Run:
        typed = shortened(f"{{{{ {' '.join(source.split())} }}}}".replace("{{  }}", "{{ }}"))
        try:
            figure = look_up(source, self._facts)
        except NoFigure as missing:
            if missing.fault and missing.fault.fault:
                return Run(mark(missing.fault.fault, missing.fault.place), mark=True)
            read = typed if missing.read in typed else f"{typed}, {missing.read}"
            return self._fault(rules.NOT_IN_WORKBOOK, read, missing.expected, missing.mend)
        except NotACall as fault:
            return self._fault(rules.NO_FIGURE, typed, fault.expected, fault.mend)
        except FilterUnfit as fault:
            return self._fault(rules.FILTER_UNFIT, typed, fault.expected, fault.mend)
        return Run(cleaned(figure.printed)[0], figure=figure)

    def _statement(self, source: str) -> str:
        typed = shortened(f"{{%{source}%}}")
        expected = "figures between {{ and }} only; text is not a program"
        return self._piece(
            self._fault(rules.NO_FIGURE, typed, expected, "take it away, or write the words themselves")
        )

    def _unclosed(self, text: str, at: int, braces: str) -> Run:
        typed = shortened(text[at : at + _READ + 1].partition("\n")[0])
        closing = "}}" if braces == "{{" else "%}"
        mend = f"close it with {closing}" if braces == "{{" else "take it away"
        return self._fault(rules.NOT_CLOSED, typed, f"{closing} behind {braces}, in the same paragraph", mend)

    def _too_many(self) -> Run:
        expected = f"at most {_MOST:,} different figures in one text"
        return self._fault(
            rules.NO_FIGURE, f"more than {_MOST:,}", expected, "share the text out over several rows"
        )

    def _fault(self, rule: Rule, read: str, expected: str, mend: str) -> Run:
        if len(self._findings) < _MOST_FINDINGS:
            self._findings[rule.at(self._place, read=read, expected=expected, mend=mend)] = None
        return Run(mark(rule.code, self._place), mark=True)


def _inside(text: str, begin: int, closing: str) -> str | None:
    """What stands before the closing braces; None where they are missing before other braces or the paragraph's end."""
    end = text.find(closing, begin, begin + _LONGEST + len(closing))
    source = text[begin:end]
    if end < 0 or "{{" in source or _BLANK_LINE.search(source):
        return None
    return source


def shortened(typed: str) -> str:
    """As much of what was typed as a message can show."""
    return typed if len(typed) <= _READ else f"{typed[:_READ]}…"
