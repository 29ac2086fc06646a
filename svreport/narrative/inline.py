"""Words within one paragraph or table cell: bold, italic, links and figures; all else as typed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from svreport.narrative.addresses import link_target
from svreport.narrative.blocks import Run
from svreport.narrative.expressions import BEGIN, END

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_MARKUP = re.compile(r"[*_\\]|\]\(")
_ESCAPED = frozenset("*_[]|")
_FIGURE = re.compile(f"{BEGIN}([0-9]+){END}")
_BRACKETS = re.compile(r"\\[*_\[\]|]|\[|\]")
# Brackets in an address come in pairs; a longer one Word does not open.
_IN_BRACKETS = r"\(((?:[^\s()<>\ufffe]|\([^\s()<>\ufffe]*\))+)\)"
_ADDRESS = re.compile(_IN_BRACKETS)
_LONGEST_ADDRESS = 2_083
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# Bold and links as nearly everybody types them. The asterisks can do nothing but open or close: they stand against a
# letter, a digit or a figure (a mark may end the words before a space), with a space, a line's end or a mark on their
# other side.
_USUAL = re.compile(
    rf"(?<![^ \n])\*\*([A-Za-z0-9{BEGIN}](?:[^*]*[A-Za-z0-9{END}])?(?=\*\*(?:[ \n.,:;!?)]|\Z))"
    rf"|[A-Za-z0-9{BEGIN}][^*]*[.,:;!?)](?=\*\*(?:[ \n]|\Z)))\*\*"
    rf"|(?<!!)\[(?!\s*\])([^\[\]*_\\]+)\]{_IN_BRACKETS}"
)


class Inline:
    """Turns typed words into runs; `refused` gathers the addresses that no document may link to."""

    def __init__(self, pieces: Sequence[Run]) -> None:
        self._pieces = pieces
        self.refused: list[str] = []

    def runs(self, typed: str) -> tuple[Run, ...]:
        """The runs of a paragraph's or cell's words, those of one style joined."""
        styled: Iterable[Run] | None = _usual(typed)
        if styled is None:
            styled = self._styled(typed)
        return _joined(run for each in styled for run in self._with_figures(each))

    def _styled(self, typed: str) -> Iterator[Run]:
        parser = _parser()
        bold = italic = 0
        link: str | None = None
        env = {"closing": _closing_brackets(typed), "refused": self.refused}
        for token in parser.inline.parse(typed, parser, env, []):
            if token.type == "text":
                yield Run(token.content, bold > 0, italic > 0, link)
            elif token.tag == "strong":
                bold += token.nesting
            elif token.tag == "em":
                italic += token.nesting
            else:
                link = str(token.attrs["href"]) if token.nesting > 0 else None

    def _with_figures(self, run: Run) -> Iterator[Run]:
        parts = _FIGURE.split(run.text)
        for position, part in enumerate(parts):
            if position % 2:
                piece = self._pieces[int(part)]
                yield replace(run, text=piece.text, figure=piece.figure, mark=piece.mark)
            else:
                yield replace(run, text=part)


def _usual(typed: str) -> list[Run] | None:
    """The runs of words without markup but usual bold and links; None for those that take a parser, which takes long
    to load.
    """
    runs: list[Run] = []
    plain: list[str] = []
    at = 0
    for found in _USUAL.finditer(typed):
        bold, words, address = found.groups()
        plain += [typed[at : found.start()], bold or ""]
        target = _target(address) if address else None
        if address and target is None:
            return None
        runs += [Run(plain[-2]), Run(words, link=target) if address else Run(bold, bold=True)]
        at = found.end()
    plain.append(typed[at:])
    return None if any(_MARKUP.search(each) for each in plain) else [*runs, Run(plain[-1])]


def _target(address: str) -> str | None:
    """Where a link leads that documents may carry."""
    target = link_target(address) if _SCHEME.match(address) else None
    return None if target is None or len(target) > _LONGEST_ADDRESS else target


def _joined(runs: Iterator[Run]) -> tuple[Run, ...]:
    joined: list[Run] = []
    waiting: list[Run] = []
    for run in (each for each in runs if each.text):
        if waiting and not _alike(waiting[0], run):
            joined.append(replace(waiting[0], text="".join(each.text for each in waiting)))
            waiting = []
        waiting.append(run)
    if waiting:
        joined.append(replace(waiting[0], text="".join(each.text for each in waiting)))
    return tuple(joined)


def _alike(first: Run, second: Run) -> bool:
    """Runs of words in one style; a figure or mark stays a run of its own."""
    plain = not (first.figure or second.figure or first.mark or second.mark)
    return plain and (first.bold, first.italic, first.link) == (second.bold, second.italic, second.link)


@cache
def _parser() -> "MarkdownIt":
    """CommonMark's emphasis, and rules of ours for what people type otherwise; its other markup is left as typed."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("zero").enable("emphasis")
    parser.inline.ruler.before("emphasis", "escaped", _escaped)
    parser.inline.ruler.before("emphasis", "times", _times)
    parser.inline.ruler.after("emphasis", "linked", _linked)
    return parser


def _escaped(state: "StateInline", silent: bool) -> bool:
    """A backslash hides the meaning of `*`, `_`, `[`, `]` and `|`; before anything else it is a backslash."""
    following = state.src[state.pos + 1 : state.pos + 2]
    if state.src[state.pos] != "\\" or following not in _ESCAPED:
        return False
    return _as_typed(state, following, 2)


def _times(state: "StateInline", silent: bool) -> bool:
    """A single `*` between two digits multiplies (`5*3*2`)."""
    before, here, after = state.src[max(0, state.pos - 1) : state.pos], state.src[state.pos], state.pos + 1
    if here != "*" or not before.isdigit() or not state.src[after : after + 1].isdigit():
        return False
    return _as_typed(state, "*", 1)


def _as_typed(state: "StateInline", text: str, length: int) -> bool:
    state.push("text", "", 0).content = text
    state.pos += length
    return True


def _linked(state: "StateInline", silent: bool) -> bool:
    """`[words](address)` with an address that documents may carry; an image (`![`) is none."""
    start = state.pos
    end = state.env["closing"].get(start) if state.src[start] == "[" and not state.linkLevel else None
    if end is None or state.src[max(0, start - 1) : start] == "!" or not state.src[start + 1 : end].strip():
        return False
    address = _ADDRESS.match(state.src, end + 1)
    if address is None or not _SCHEME.match(address[1]):
        return False
    target = _target(address[1])
    if target is None:
        state.env["refused"].append(address[1])
        return False
    limit = state.posMax
    state.push("link_open", "a", 1).attrs = {"href": target}
    state.pos, state.posMax = start + 1, end
    state.linkLevel += 1
    state.md.inline.tokenize(state)
    state.linkLevel -= 1
    state.push("link_close", "a", -1)
    state.pos, state.posMax = address.end(), limit
    return True


def _closing_brackets(typed: str) -> dict[int, int]:
    """Where each `[` is closed, found in one pass so that a text of brackets takes no longer than its length."""
    opened: list[int] = []
    closing: dict[int, int] = {}
    for bracket in _BRACKETS.finditer(typed):
        if bracket[0] == "[":
            opened.append(bracket.start())
        elif bracket[0] == "]" and opened:
            closing[opened.pop()] = bracket.start()
    return closing
