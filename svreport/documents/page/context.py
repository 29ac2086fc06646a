"""Everything a page of the review can place: the names that follow `{{` in it."""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class LevelTag:
    """A level's word; `style` is the class that gives it its colour."""

    name: str
    style: str


@dataclass(frozen=True, slots=True)
class FindingNote:
    """A finding; `state` is `error`, `query` or `answered`, `mark` empty for an error."""

    id: str
    state: str
    code: str
    title: str
    place: str
    read: str
    expected: str
    mend: str
    mark: str
    answer: str
    answered_by: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a text, with the findings that are about it."""

    html: Markup
    findings: tuple[FindingNote, ...]


@dataclass(frozen=True, slots=True)
class TextPart:
    """One text of the documents; `label` is what it is for (`Mitigation`), empty where the heading says it."""

    id: str
    label: str
    place: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A condition, risk, question or heading with its texts; `said` is a question's answer or the like.

    `before` and `moved` tell the movement of the level since the previous update; they are empty where it is unknown.
    """

    id: str
    heading: str
    wording: str
    said: str
    level: LevelTag | None
    before: LevelTag | None
    moved: str
    findings: tuple[FindingNote, ...]
    texts: tuple[TextPart, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One of the documents."""

    id: str
    title: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class NumberEntry:
    """A number of the text: `at` is where it stands on the page, `told` its status in words."""

    id: str
    at: str
    text: str
    status: str
    told: str
    place: str
    about: str
    figure: str
    source: str


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """A figure that text can use: `written` between braces, its value and the cells it comes from."""

    written: str
    printed: str
    about: str
    cells: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One return as a page; `policy` and `level_styles` belong into the page's head as they are."""

    title: str
    language: str
    authority: str
    update: str
    financial_year: str
    workbook: str
    content_code: str
    policy: str
    level_styles: Markup
    parts: tuple[Part, ...]
    elsewhere: tuple[FindingNote, ...]
    numbers: tuple[NumberEntry, ...]
    figures: tuple[FigureEntry, ...]
    number_count: int
    errors: int
    queries: int
    answered: int
    linked: int
    matched: int
    unmatched: int
    references: int
