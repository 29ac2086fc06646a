"""The return's words in the order of the documents: each text with its subject, paragraph by paragraph."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from svreport.model.entry import Entry
from svreport.model.finding import Place
from svreport.model.pack_sheets import ColumnType
from svreport.model.references import headed, reference_key
from svreport.model.submission import (
    BlockKind,
    Condition,
    Question,
    Risk,
    Submission,
)
from svreport.narrative.blocks import Block
from svreport.review.sentences import Sentence, paragraphs, sentences_of

Blocks = Mapping[Place, tuple[Block, ...]]


class Document(StrEnum):
    """The part of the form that a text is printed in."""

    OVERVIEW = "programme overview"
    DETAILED = "detailed update"
    RISKS = "risk register"
    PAPER = "paper"


class Kind(StrEnum):
    """What a text is for."""

    ADVISER = "specialist adviser support"
    COMMENTARY = "commentary"
    HEADLINE = "headline"
    PROGRESS = "progress"
    MITIGATION = "mitigation"
    RISK_PROGRESS = "progress of the risk"
    PAPER = "text of a paper"


@dataclass(frozen=True)
class Passage:
    """One text of the return; `about` names what it is about (`Condition 3.1`), `ref` is its reference."""

    document: Document
    kind: Kind
    about: str
    place: Place
    blocks: tuple[Block, ...]
    subject: Condition | Risk | Question | None = field(default=None, compare=False)

    @cached_property
    def sentences(self) -> list[Sentence]:
        return [sentence for part in paragraphs(self.blocks) for sentence in sentences_of(part)]

    @cached_property
    def text(self) -> str:
        return "\n".join(sentence.text for sentence in self.sentences)


def passages_of(submission: Submission, texts: Blocks) -> Iterator[Passage]:
    """Every text that was read, in the order of the documents; one that is empty is left out."""
    for document, kind, about, entry, subject in _entries(submission):
        blocks = texts.get(entry.place, ())
        if blocks and not entry.fault:
            yield Passage(document, kind, about, entry.place, blocks, subject)


Told = tuple[Document, Kind, str, Entry[str], Condition | Risk | Question | None]


def _entries(submission: Submission) -> Iterator[Told]:
    yield (
        Document.OVERVIEW,
        Kind.ADVISER,
        Kind.ADVISER.capitalize(),
        submission.programme.adviser_support,
        None,
    )
    for question in submission.questions:
        about = f"Question {question.ref.value}"
        yield Document.OVERVIEW, Kind.COMMENTARY, about, question.commentary, question
    for headline in submission.headlines:
        yield Document.OVERVIEW, Kind.HEADLINE, str(headline.heading.value), headline.text, None
    progress = texts_of_progress(submission)
    for condition in submission.conditions:
        for entry in progress.get(reference_key(condition.ref.value or "", "Condition"), ()):
            yield Document.DETAILED, Kind.PROGRESS, named(condition), entry, condition
    for risk in submission.risks:
        yield Document.RISKS, Kind.MITIGATION, named(risk), risk.mitigation, risk
        yield Document.RISKS, Kind.RISK_PROGRESS, named(risk), risk.progress, risk
    for sheet in submission.pack_sheets:
        for row in sheet.rows:
            told = row.entries[sheet.declared.columns[0].field].value
            about = f"{sheet.declared.name}, {told}" if isinstance(told, str) else sheet.declared.name
            for column in sheet.declared.columns:
                if column.type is ColumnType.MARKDOWN:
                    yield Document.PAPER, Kind.PAPER, about, row.entries[column.field], None


def texts_of_progress(submission: Submission) -> dict[str, list[Entry[str]]]:
    """The texts of each condition's progress, in their order, under the key of its reference."""
    found: dict[str, list[Entry[str]]] = {}
    for block in submission.progress:
        if block.kind.value is BlockKind.TEXT and block.condition.value:
            found.setdefault(reference_key(block.condition.value, "Condition"), []).append(block.content)
    return found


def named(rated: Condition | Risk) -> str:
    """`Condition 3.1`, `Risk 2`, `Cost`."""
    return headed(rated.ref.value or "", "Condition" if isinstance(rated, Condition) else "Risk")
