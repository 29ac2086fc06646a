"""Everything a template of the review pack can place: the names that follow `{{` in Word."""

from dataclasses import dataclass

from svreport.word.fields import Rich, Shade


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A condition or risk; `moved` is `better`, `worse`, `same`, `new`, or empty where the level could not be read.

    `fault` is the code of the error where the level now could not be read, `[LVL-01]`, empty otherwise.
    """

    heading: str
    wording: str
    kind: str
    previous: Shade | None
    now: Shade | None
    moved: str
    fault: str
    place: str


@dataclass(frozen=True, slots=True)
class HeadlineRow:
    """A headline figure now, as planned, at the previous update, and how it changed; empty for what is not known."""

    what: str
    now: str
    planned: str
    before: str
    change: str
    place: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding; `mend` is a sentence, `mark` what a query is answered by, `answer` the answer, empty without one."""

    code: str
    severity: str
    title: str
    place: str
    read: str
    expected: str
    mend: str
    mark: str
    answer: str
    answered_by: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One difference from the previous workbook; `was` and `now` are words, `difference` is set between numbers."""

    what: str
    was: str
    now: str
    difference: str
    was_at: str
    place: str


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text that differs; what changed in it stands in bold on both sides."""

    what: str
    was: Rich
    now: Rich
    was_at: str
    place: str


@dataclass(frozen=True, slots=True)
class FinanceChanges:
    """The cells of one scenario that differ: lines down, years across, in each cell the figure before and now."""

    scenario: str
    table: Rich


@dataclass(frozen=True, slots=True)
class NumberRow:
    """The numbers of one sentence that have one status; they stand in bold in it.

    `figures` tells of each what it is and the cells it comes from; it is empty for unmatched ones.
    """

    numbers: str
    about: str
    sentence: Rich
    place: str
    figures: Rich


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """The dates, years and references of one text, joined by commas."""

    about: str
    place: str
    numbers: str


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """How one role's approval stands; `given` is the code it names, empty for none."""

    role: str
    name: str
    date: str
    given: str
    told: str
    stands: str


@dataclass(frozen=True, slots=True)
class ReviewPack:
    """One return or paper as its reviewer sees it. The counts are numbers, zero where there is nothing.

    `pack` is the title of the pack whose documents are reviewed.
    """

    pack: str

    authority: str
    authority_code: str
    financial_year: str
    update: str
    data_as_at: str
    submitted: str
    workbook: str
    previous_workbook: str
    previous_fault: str
    content_code: str
    levels: tuple[LevelRow, ...]
    headlines: tuple[HeadlineRow, ...]
    headlines_left_out: int
    errors: tuple[FindingRow, ...]
    error_count: int
    first_errors: tuple[FindingRow, ...]
    queries: tuple[FindingRow, ...]
    query_count: int
    first_queries: tuple[FindingRow, ...]
    answered: tuple[FindingRow, ...]
    answered_count: int
    change_count: int
    levels_moved: tuple[ChangeRow, ...]
    past_changed: tuple[ChangeRow, ...]
    forecasts_changed: tuple[ChangeRow, ...]
    finance_changed: tuple[FinanceChanges, ...]
    texts_changed: tuple[TextChange, ...]
    others_changed: tuple[TextChange, ...]
    added: tuple[TextChange, ...]
    gone: tuple[TextChange, ...]
    carried_over: tuple[ChangeRow, ...]
    number_count: int
    unmatched: tuple[NumberRow, ...]
    unmatched_count: int
    matched: tuple[NumberRow, ...]
    matched_count: int
    linked: tuple[NumberRow, ...]
    linked_count: int
    references: tuple[ReferenceRow, ...]
    reference_count: int
    assumptions: tuple[str, ...]
    approvals: tuple[ApprovalRow, ...]
