"""Everything a template of the return can place: the names that follow `{{` in Word."""

from dataclasses import dataclass

from svreport.documents.board_context import Board
from svreport.word.fields import Chart, Link, Rich, Shade, Stack

NO_CHART = Chart()


@dataclass(frozen=True, slots=True)
class Person:
    """A contact; `described` is the name with the job title behind it."""

    role: str
    name: str
    job_title: str
    described: str
    email: Link


@dataclass(frozen=True, slots=True)
class Answered:
    """A Yes/No question with its answer and commentary."""

    ref: str
    question: str
    answer: str
    commentary: Rich


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """`heading` is `Condition 3.1:`, `level` the current level's word, `levels` the stack of the year."""

    ref: str
    heading: str
    wording: str
    level: str
    levels: Stack
    progress: Rich


@dataclass(frozen=True, slots=True)
class RiskRow:
    """`heading` is `Risk 2:`, `level` the current level's word, `levels` the stack of the year."""

    ref: str
    heading: str
    wording: str
    level: str
    levels: Stack
    mitigation: Rich
    progress: Rich


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One assurance level with its definition."""

    level: Shade
    name: str
    definition: str


@dataclass(frozen=True, slots=True)
class Return:
    """One return. Every template of a pack can use all of it, so that a pack may lay it out as it likes."""

    authority: str
    authority_code: str
    financial_year: str
    update: str
    data_as_at: str
    submitted: str
    signed_off: Rich
    adviser_support: Rich
    dashboard: str
    contacts: tuple[Person, ...]
    ceo: tuple[Person, ...]
    s151_officer: tuple[Person, ...]
    dcs: tuple[Person, ...]
    other_contacts: tuple[Person, ...]
    questions: tuple[Answered, ...]
    plan_questions: tuple[Answered, ...]
    capital_questions: tuple[Answered, ...]
    drivers: Rich
    barriers: Rich
    engagement: Rich
    conditions: tuple[ConditionRow, ...]
    risks: tuple[RiskRow, ...]
    key: tuple[KeyRow, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario of the plan; `table` holds its lines by year, in the unit of the sheet Finance."""

    name: str
    table: Rich


@dataclass(frozen=True, slots=True)
class AgreementMoney:
    """Who pays what by the year in which the agreement `ends`, as `£67m`; empty where Finance does not say.

    `deficit` is the cumulative deficit there before anybody's payments, `council_contribution` what it leaves to the
    council when DfE has paid all.
    """

    scenario: str = ""
    ends: str = ""
    deficit: str = ""
    dfe_contribution: str = ""
    council_contribution: str = ""
    first_payment: str = ""
    first_payment_year: str = ""


@dataclass(frozen=True, slots=True)
class FinanceSummary:
    """The plan from its first year to the agreement's last."""

    first_year: str = ""
    last_year: str = ""
    unit: str = ""
    scenarios: tuple[Scenario, ...] = ()
    agreement: AgreementMoney = AgreementMoney()
    chart: Chart = NO_CHART
    in_year_chart: Chart = NO_CHART


@dataclass(frozen=True, slots=True)
class MetricRow:
    """One measure at its latest actual; `gap` is actual less forecast, `gap_size` the same without its sign.

    `off_track` is true where the gap is on the wrong side by more than the metric's tolerance.
    """

    name: str
    title: str
    period: str
    latest: str
    forecast: str
    gap: str
    gap_size: str
    above: bool
    below: bool
    off_track: bool
    source: str
    chart: Chart = NO_CHART


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many conditions have a level now, and which."""

    name: str
    shaded: Stack
    count: int
    conditions: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper(Return):
    """A return with what papers tell of its plan, measures and levels; every template can use it too."""

    finance: FinanceSummary
    metrics: tuple[MetricRow, ...]
    levels: tuple[LevelCount, ...]
    board: Board
