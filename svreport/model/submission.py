"""One authority's return for one update, as read: plain values that know their cells.

Most are named tuples, which take a sixth as long to define as frozen dataclasses: a check defines a hundred.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from svreport.model.entry import Entry
from svreport.model.level import Level, LevelScale, standard_scale
from svreport.model.period import Period
from svreport.model.quantity import Unit

if TYPE_CHECKING:
    from svreport.model.pack_sheets import PackSheet


class BetterWhen(StrEnum):
    LOWER = "lower"
    HIGHER = "higher"


class LimitBasis(StrEnum):
    BEFORE = "before Safety Valve payments"
    AFTER = "after Safety Valve payments"


class Role(StrEnum):
    """What a line of `Finance` is in the arithmetic of the plan."""

    INCOME = "Income"
    TRANSFER = "Transfer"
    EXPENDITURE = "Expenditure"
    MITIGATION = "Mitigation"
    IN_YEAR = "In-year position"
    BROUGHT_FORWARD = "Brought forward"
    DFE_PAYMENT = "DfE payment"
    LA_CONTRIBUTION = "LA contribution"
    CARRIED_FORWARD = "Carried forward"
    LIMIT = "Limit"
    RESIDUAL = "Residual"
    OTHER = "Other"


# The roles whose sign `Deficits shown as: negative` turns; payments and contributions are positive either way.
SIGNED_ROLES = frozenset(
    {Role.IN_YEAR, Role.BROUGHT_FORWARD, Role.CARRIED_FORWARD, Role.LIMIT, Role.RESIDUAL}
)


class ExhibitKind(StrEnum):
    LINE = "Line chart"
    COLUMN = "Column chart"
    COLUMN_AND_LINE = "Column and line chart"
    TABLE = "Table"
    PICTURE = "Picture"

    @property
    def is_chart(self) -> bool:
        return self in (ExhibitKind.LINE, ExhibitKind.COLUMN, ExhibitKind.COLUMN_AND_LINE)


class BlockKind(StrEnum):
    TEXT = "Text"
    EXHIBIT = "Exhibit"


@dataclass(frozen=True, slots=True)
class Programme:
    """The facts about the return; `items` holds each as `{{ programme('…') }}` prints it, under the item's name."""

    authority: Entry[str]
    authority_code: Entry[str]
    financial_year: Entry[Period]
    current_update: Entry[str]
    agreement_ends: Entry[Period]
    money_in: Entry[Unit]
    deficits_negative: Entry[bool]
    limit_basis: Entry[LimitBasis]
    previous_workbook: Entry[str]
    forecast_scenario: Entry[str]
    finance_complete: Entry[bool]
    adviser_support: Entry[str]
    dashboard: Entry[str]
    items: Mapping[str, Entry[str]]

    @property
    def money_unit(self) -> Unit:
        """The unit of `Finance`: thousands of pounds where nothing is said."""
        return self.money_in.value or Unit.THOUSANDS


class Update(NamedTuple):
    """One reporting point of the year."""

    label: Entry[str]
    data_as_at: Entry[date]
    submitted: Entry[date]


class Contact(NamedTuple):
    role: Entry[str]
    name: Entry[str]
    job_title: Entry[str]
    email: Entry[str]


class Question(NamedTuple):
    """`answer` is True for Yes."""

    ref: Entry[str]
    question: Entry[str]
    answer: Entry[bool]
    commentary: Entry[str]


class Headline(NamedTuple):
    """`heading` is `Drivers`, `Barriers` or `Engagement`."""

    heading: Entry[str]
    text: Entry[str]


class Condition(NamedTuple):
    """`levels` stands beside the submission's `updates`, one for each."""

    ref: Entry[str]
    wording: Entry[str]
    levels: tuple[Entry[Level], ...]


class ProgressBlock(NamedTuple):
    """One block of a condition's progress; `content` is Markdown, or the name of an exhibit."""

    condition: Entry[str]
    kind: Entry[BlockKind]
    content: Entry[str]


class Risk(NamedTuple):
    """`levels` stands beside the submission's `updates`, one for each."""

    ref: Entry[str]
    wording: Entry[str]
    levels: tuple[Entry[Level], ...]
    mitigation: Entry[str]
    progress: Entry[str]


class CalculationKind(StrEnum):
    AVERAGE = "12-month average of"
    SHARE = "as % of"
    CHANGE = "change in"
    TOTAL = "running total of"


class Calculation(NamedTuple):
    """How a metric's data is made: `of` names the metric it is made from, `whole` the other one of a share."""

    kind: CalculationKind
    of: str
    whole: str | None = None


class Metric(NamedTuple):
    """`tolerance` is in percent of the forecast; `conditions` are the refs it bears on."""

    name: Entry[str]
    title: Entry[str]
    unit: Entry[Unit]
    better_when: Entry[BetterWhen]
    tolerance: Entry[Decimal]
    conditions: Entry[tuple[str, ...]]
    calculation: Entry[Calculation]
    source: Entry[str]


class Observation(NamedTuple):
    """One period's figures of a metric, in the metric's unit (5.62 is 5.62%)."""

    metric: Entry[str]
    period: Entry[Period]
    actual: Entry[Decimal]
    forecast: Entry[Decimal]
    note: Entry[str]


class FinanceLine(NamedTuple):
    """One line of the plan: the cells of `years` are in the programme's money unit and signed as the sheet is."""

    scenario: Entry[str]
    line: Entry[str]
    role: Entry[Role]
    years: Mapping[Period, Entry[Decimal]]


class Exhibit(NamedTuple):
    """`series` holds the names between the semicolons as typed; for a picture the one file's name."""

    name: Entry[str]
    kind: Entry[ExhibitKind]
    title: Entry[str]
    series: Entry[tuple[str, ...]]
    first: Entry[Period]
    last: Entry[Period]
    alt_text: Entry[str]
    source: Entry[str]


class Approval(NamedTuple):
    role: Entry[str]
    name: Entry[str]
    date: Entry[date]
    content_code: Entry[str]


class AnswerGiven(NamedTuple):
    """What a person said about a query: `mark` is the one that the finding prints."""

    mark: Entry[str]
    answer: Entry[str]
    who: Entry[str]
    date: Entry[date]


@dataclass(frozen=True, slots=True, eq=False)
class Submission:
    """Everything one workbook says, equal to itself alone. `current` is the place of the current update in `updates`,
    None if unknown.

    `sheets` are the workbook's own sheet names in their order, `folder` where files named beside it are looked for,
    `pack_sheets` those that packs add. `absent` holds the codes of the errors of a sheet as a whole, under its name.
    """

    workbook: str
    folder: str
    sheets: tuple[str, ...]
    programme: Programme
    updates: tuple[Update, ...] = ()
    current: int | None = None
    contacts: tuple[Contact, ...] = ()
    questions: tuple[Question, ...] = ()
    headlines: tuple[Headline, ...] = ()
    conditions: tuple[Condition, ...] = ()
    progress: tuple[ProgressBlock, ...] = ()
    risks: tuple[Risk, ...] = ()
    metrics: tuple[Metric, ...] = ()
    observations: tuple[Observation, ...] = ()
    finance: tuple[FinanceLine, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    scale: LevelScale = field(default_factory=standard_scale)
    approvals: tuple[Approval, ...] = ()
    answers: tuple[AnswerGiven, ...] = ()
    pack_sheets: "tuple[PackSheet, ...]" = ()
    absent: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
