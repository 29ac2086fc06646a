"""What a form says, as plain rows: words, blocks and levels, before any of it is in a workbook."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from svreport.model.level import LevelScale, standard_scale
from svreport.narrative.blocks import Block
from svreport.word.forms.file import Note

Blocks = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class FormPerson:
    """A contact; `role` is one of the workbook's."""

    role: str
    name: str
    job_title: str
    email: str


@dataclass(frozen=True, slots=True)
class FormApproval:
    """Who signed off, as written: `date` is text."""

    role: str
    name: str
    date: str


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """`ref` is the workbook's for one of the form's own questions, else empty; `answer` is None where none is told."""

    ref: str
    question: str
    answer: bool | None
    commentary: Blocks


@dataclass(frozen=True, slots=True)
class FormRated:
    """A condition or risk: `levels` holds each update's level by the label that `Form.updates` has for it."""

    ref: str
    wording: str
    levels: Mapping[str, str]
    mitigation: Blocks
    progress: Blocks


@dataclass(slots=True)
class Form:
    """Everything that was read from the files of one form; `heads` are the lines that name the return in headers and
    titles (`Wiltshire, Update 3 (November), 2024-25`), `data_as_at` and `submitted` dates as they are written.
    """

    authority: str = ""
    submitted: str = ""
    data_as_at: str = ""
    heads: list[str] = field(default_factory=list)
    adviser_support: Blocks = ()
    dashboard: str = ""
    contacts: list[FormPerson] = field(default_factory=list)
    approvals: list[FormApproval] = field(default_factory=list)
    questions: list[FormQuestion] = field(default_factory=list)
    headlines: list[tuple[str, Blocks]] = field(default_factory=list)
    updates: list[str] = field(default_factory=list)
    conditions: list[FormRated] = field(default_factory=list)
    risks: list[FormRated] = field(default_factory=list)
    scale: LevelScale = field(default_factory=standard_scale)
    notes: list[Note] = field(default_factory=list)
