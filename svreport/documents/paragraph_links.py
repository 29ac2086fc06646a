"""References from one text of a paper to another's paragraph: `[paragraph #](#areas)`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from svreport.model import names
from svreport.model.entry import Entry
from svreport.model.finding import Finding
from svreport.model.pack_sheets import ColumnType
from svreport.model.submission import Submission
from svreport.narrative.blocks import Block, List, ListItem, Paragraph, Run, Table
from svreport.narrative.rules import LINK_UNUSABLE

_SIGN = re.compile(r"\\?#")
# How Word writes a paragraph's number: `3`, `3.1`, `b`, `iv`; `?` for a paragraph without one.
_DIGITS = r"\d+(?:[.]\d+)*[a-z]?"
_NUMBER = rf"(?:{_DIGITS}|[a-z]{{1,5}}|\?)"
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\(#([^()\n]{1,80})\)")


def names_of_paragraphs(submission: Submission) -> dict[str, str]:
    """The names that rows of packs' sheets have, as they are written, under their keys."""
    told = (
        row.entries[column.field].value
        for sheet in submission.pack_sheets
        for column in sheet.declared.columns
        if column.type is ColumnType.NAME
        for row in sheet.rows
    )
    return {names.key(name): name for name in told if name}


def with_links(
    entry: Entry[str], blocks: tuple[Block, ...], known: Mapping[str, str]
) -> tuple[tuple[Block, ...], list[Finding]]:
    """The blocks with every reference to a named paragraph as a link; others stay as typed, and are told."""
    unknown: list[str] = []
    linked = tuple(_block(block, known, unknown) for block in blocks)
    return linked, [
        LINK_UNUSABLE.at(
            entry.place,
            read=f"#{name}",
            expected=f"the name of a paragraph: {names.listed(known.values()) or 'there is none yet'}",
            mend=names.did_you_mean(name, known.values()) or "give the paragraph that is meant this name",
        )
        for name in dict.fromkeys(unknown)
    ]


def kept_references(text: str, before: str) -> str:
    """The text out of a draft, with the references that `before` had written as such again.

    In a document they are plain words with a number (`paragraph 3`); one whose words were changed stays as it reads.
    """
    at = 0
    for found in _LINK.finditer(before):
        number = _DIGITS if found[1].strip() == "#" else _NUMBER
        parts = _SIGN.split(re.escape(found[1]), maxsplit=1)
        words = re.compile(rf"(?<!\w){number.join(parts)}(?!\w)")
        printed = words.search(text, at) if len(parts) > 1 else None
        if printed is not None:
            text = f"{text[: printed.start()]}{found[0]}{text[printed.end() :]}"
            at = printed.start() + len(found[0])
    return text


def _block(block: Block, known: Mapping[str, str], unknown: list[str]) -> Block:
    match block:
        case Paragraph():
            return Paragraph(_runs(block.runs, known, unknown))
        case List():
            items = (
                ListItem(tuple(_block(each, known, unknown) for each in item.blocks), item.mark)
                for item in block.items
            )
            return replace(block, items=tuple(items))
        case Table():
            header, *rows = (
                tuple(replace(cell, runs=_runs(cell.runs, known, unknown)) for cell in row)
                for row in (block.header, *block.rows)
            )
            return replace(block, header=header, rows=tuple(rows))
    return block


def _runs(runs: Iterable[Run], known: Mapping[str, str], unknown: list[str]) -> tuple[Run, ...]:
    return tuple(each for run in runs for each in _parted(run, known, unknown))


def _parted(run: Run, known: Mapping[str, str], unknown: list[str]) -> Iterator[Run]:
    if run.mark or run.figure or run.link:
        yield run
        return
    from svreport.word.fields import bookmark_of  # only papers have such references

    at = 0
    for found in _LINK.finditer(run.text):
        name = known.get(names.key(found[2]))
        if name is None:
            unknown.append(found[2])
            continue
        if found.start() > at:
            yield replace(run, text=run.text[at : found.start()])
        yield replace(run, text=found[1], link=f"#{bookmark_of(name)}")
        at = found.end()
    if at < len(run.text) or not run.text:
        yield replace(run, text=run.text[at:])
