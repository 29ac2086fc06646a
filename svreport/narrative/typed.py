"""Blocks as a person would type them: what `reading` reads back as the same words, lists and tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from svreport.narrative.addresses import link_target
from svreport.narrative.blocks import Block, List, ListKind, Paragraph, Picture, Run, Table, text_of_runs
from svreport.narrative.inline import Inline
from svreport.narrative.markers import read_marker
from svreport.narrative.tables import lines_of_table

_INDENT = "  "
_SPECIAL = re.compile(r"[*_\[\]]")
_BAR = re.compile(r"\|")
_BRACES = re.compile(r"\{\{(?!\{)|\{%")
_LETTERS, _LARGEST_FIRST = 26, 99
_ROMAN = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def typed(blocks: Sequence[Block]) -> str:
    """The text of a cell that gives these blocks. Emphasis that cannot be typed where it stands is left out, never
    words; pictures have no text.
    """
    return "\n".join(_lines(blocks))


def is_item_as_typed(block: Block) -> bool:
    """True for a paragraph that begins with a bullet or a number as people type them: with those beside it, a list."""
    return (
        isinstance(block, Paragraph) and read_marker(text_of_runs(block.runs).partition("\n")[0]) is not None
    )


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    before: Block | None = None
    for block in _apart(blocks):
        if isinstance(block, Picture):
            continue
        if before is not None and not _touches(before, block):
            yield ""
        before = block
        match block:
            case Paragraph():
                yield from _inline(block.runs).split("\n")
            case List():
                yield from _list(block)
            case Table():
                yield from _table(block)


def _touches(first: Block, second: Block) -> bool:
    """A list goes on in the next line, and so do typed items."""
    both_typed = is_item_as_typed(first) and is_item_as_typed(second)
    return both_typed or (isinstance(first, List) and isinstance(second, List))


def _apart(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; a list that would else go on counting from the one before has another mark behind its numbers."""
    apart = list(blocks)
    for at, (first, second) in enumerate(pairwise(blocks), 1):
        before = apart[at - 1]
        if isinstance(first, List) and isinstance(second, List) and isinstance(before, List):
            again = second.kind is ListKind.NUMBER and second.start == before.start == len(before.items) == 1
            if again and before.kind is ListKind.NUMBER and before.closing == second.closing:
                apart[at] = replace(second, closing=")" if second.closing == "." else ".")
    return apart


def _list(block: List) -> Iterator[str]:
    block = _typeable(block)
    for number, item in enumerate(block.items):
        label = "-" if block.kind is ListKind.BULLET else _label(block, block.start + number)
        first, *rest = item.blocks if item.blocks else (Paragraph(()),)
        if not isinstance(first, Paragraph) or not text_of_runs(first.runs).strip():
            yield from _lines(item.blocks)
            continue
        words = _inline(first.runs).split("\n")
        yield f"{label} {words[0]}"
        inside = _INDENT if block.kind is ListKind.BULLET else _INDENT + " "
        yield from (f"{inside}{line}" for line in words[1:])
        if rest:
            if not isinstance(rest[0], List):
                yield ""
            yield from (f"{inside}{line}" if line else "" for line in _lines(rest))


def _typeable(block: List) -> List:
    """The list with labels that are read as such: a single `a.` is none, nor is a letter beyond `z`."""
    last = block.start + len(block.items) - 1
    kind = block.kind
    if (kind is ListKind.LETTER and last > _LETTERS) or (
        kind is ListKind.ROMAN and last > _LARGEST_FIRST // 2
    ):
        kind = ListKind.NUMBER
    lettered = kind in (ListKind.LETTER, ListKind.ROMAN)
    closing = ")" if lettered and block.closing == "." and len(block.items) == 1 else block.closing
    return replace(block, kind=kind, closing=closing)


def _label(block: List, value: int) -> str:
    if block.kind is ListKind.LETTER:
        label = chr(ord("a") + value - 1)
    elif block.kind is ListKind.ROMAN:
        label = _roman(value)
    else:
        label = str(value)
    label = label.upper() if block.upper else label
    return f"({label})" if block.closing == "()" else f"{label}{block.closing}"


def _roman(value: int) -> str:
    told = ""
    for worth, sign in _ROMAN:
        times, value = divmod(value, worth)
        told += sign * times
    return told


def _table(table: Table) -> Iterator[str]:
    yield _row([_cell(cell.runs) for cell in table.header])
    numeric = [
        bool(table.rows) and all(row[at].numeric for row in table.rows) for at in range(len(table.header))
    ]
    yield _row(["---:" if right else "---" for right in numeric])
    for row in table.rows:
        yield _row([_cell(cell.runs) for cell in row])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(runs: Sequence[Run]) -> str:
    flat = [replace(run, text=" ".join(run.text.split("\n")).replace("\t", " ")) for run in runs]
    return (
        _BAR.sub(r"\\|", _inline(flat, bars=True)) if any("|" in run.text for run in flat) else _inline(flat)
    )


def _inline(runs: Sequence[Run], *, bars: bool = False) -> str:
    """The words of a paragraph with as few signs as give them back."""
    wanted = [replace(run, link=link_target(run.link) if run.link else None) for run in runs]
    plain = [Run(text_of_runs(runs))]
    text = plain[0].text
    looks = _looks(wanted)
    chosen = next((each for each in _ways(wanted) if _looks(_read(each)) == looks), None)
    if chosen is None:
        chosen = next((each for each in _ways(plain) if text_of_runs(_read(each)) == text), _escaped(text))
    lines = chosen.split("\n")
    if not bars and any(lines_of_table(lines, at) for at in range(len(lines))):
        chosen = _BAR.sub(r"\\|", chosen)
    return _BRACES.sub(lambda braces: "\\" + braces[0], chosen)


_PLAIN_LOOK = (False, False, None)


def _ways(runs: Sequence[Run]) -> Iterator[str]:
    yield _marked_up(runs, escaped=False)
    yield _marked_up(runs, escaped=True)
    yield _marked_up([replace(run, italic=False) for run in runs], escaped=True)


def _read(text: str) -> tuple[Run, ...]:
    return Inline(()).runs(text)


def _looks(runs: Sequence[Run]) -> tuple[str, Sequence[tuple[bool, bool, str | None]]]:
    """The letters, and the look of each; blanks look like nothing, and where all letters do so none is told."""
    text = text_of_runs(runs)
    if not any(run.bold or run.italic or run.link is not None for run in runs):
        return text, ()
    looks = [
        _PLAIN_LOOK if letter.isspace() else (run.bold, run.italic, run.link)
        for run in runs
        for letter in run.text
    ]
    return text, looks if any(look != _PLAIN_LOOK for look in looks) else ()


def _marked_up(runs: Sequence[Run], *, escaped: bool) -> str:
    """The words between the signs of their look, which stand close to them: blanks stay outside."""
    parts: list[str] = []
    blanks = ""
    bold = italic = False
    for run in runs:
        words = run.text.strip()
        if not words:
            blanks += run.text
            continue
        at = run.text.index(words)
        before, behind = run.text[:at], run.text[at + len(words) :]
        ends_italic = italic and (not run.italic or bold != run.bold)
        parts.append(("*" if ends_italic else "") + ("**" if bold and not run.bold else ""))
        parts.append(blanks + before)
        parts.append("**" if run.bold and not bold else "")
        parts.append("*" if run.italic and (ends_italic or not italic) else "")
        bold, italic = run.bold, run.italic
        words = _escaped(words) if escaped else words
        parts.append(f"[{words}]({run.link})" if run.link else words)
        blanks = behind
    return "".join((*parts, "*" if italic else "", "**" if bold else "", blanks))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda sign: "\\" + sign[0], text)
