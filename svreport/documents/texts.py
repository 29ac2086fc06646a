"""Every text of a return, read once into blocks."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from svreport.documents.paragraph_links import names_of_paragraphs, with_links
from svreport.model.entry import Entry
from svreport.model.facts import Facts
from svreport.model.finding import Finding, Place
from svreport.model.pack_sheets import ColumnType
from svreport.model.submission import BlockKind, Submission
from svreport.narrative.blocks import Block
from svreport.narrative.reading import read_text


class Texts(NamedTuple):
    """The blocks of each text under its cell, and what was found in them, in the order they were read."""

    by_place: Mapping[Place, tuple[Block, ...]]
    findings: tuple[Finding, ...]

    def of(self, entry: Entry[str]) -> tuple[Block, ...]:
        """The blocks of a cell's text; none for an empty one."""
        return self.by_place.get(entry.place, ())


def read_texts(submission: Submission, facts: Facts) -> Texts:
    """Reads the Markdown and the figures of every text that the documents print."""
    by_place: dict[Place, tuple[Block, ...]] = {}
    findings: list[Finding] = []
    for entry in text_entries(submission):
        read = read_text(entry, facts)
        by_place[entry.place] = read.blocks
        findings.extend(read.findings)
    known = names_of_paragraphs(submission)
    for entry in paper_entries(submission):
        by_place[entry.place], unknown = with_links(entry, by_place.get(entry.place, ()), known)
        findings.extend(unknown)
    return Texts(by_place, tuple(findings))


def text_entries(submission: Submission) -> Iterator[Entry[str]]:
    """Every cell that holds Markdown, in the order of the documents."""
    yield submission.programme.adviser_support
    for question in submission.questions:
        yield question.commentary
    for headline in submission.headlines:
        yield headline.text
    for block in submission.progress:
        if block.kind.value is not BlockKind.EXHIBIT:
            yield block.content
    for risk in submission.risks:
        yield risk.mitigation
        yield risk.progress
    yield from paper_entries(submission)


def paper_entries(submission: Submission) -> Iterator[Entry[str]]:
    """Every cell of packs' sheets that holds Markdown."""
    for sheet in submission.pack_sheets:
        written = [each.field for each in sheet.declared.columns if each.type is ColumnType.MARKDOWN]
        for row in sheet.rows:
            yield from (row.entries[field] for field in written)
