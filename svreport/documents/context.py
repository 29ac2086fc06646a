"""Everything a template of the return can place: the names that follow `{{` in Word."""

from dataclasses import dataclass

from svreport.documents.board_context import Board
from svreport.documents.context_now import FirstHeadline, KeyFigure, Movement
from svreport.word.fields import Chart, Link, Rich, Shade, Stack

NO_BLOCKS = Rich(())
_NO_LEVEL = Stack(())
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
class MetricRow:
    """One measure at its latest actual; `gap` is actual less forecast, `gap_size` how far, in points for percent.

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
class ConditionRow:
    """`heading` is `Condition 3.1:`, `level` the current level's word, `levels` the stack of the year.

    `level_before` is the word at the update before, of the same year; `moved` is `better`, `worse` or `same`, empty
    where one of the two is not known. `metrics` are the measures that bear on the condition, those with an actual.
    """

    ref: str
    heading: str
    wording: str
    level: str
    levels: Stack
    progress: Rich
    level_shaded: Stack = _NO_LEVEL
    level_before: str = ""
    level_before_shaded: Stack = _NO_LEVEL
    moved: str = ""
    metrics: tuple[MetricRow, ...] = ()


@dataclass(frozen=True, slots=True)
class RiskRow:
    """`heading` is `Risk 2:`; the levels are told as those of a condition."""

    ref: str
    heading: str
    wording: str
    level: str
    levels: Stack
    mitigation: Rich
    progress: Rich
    level_shaded: Stack = _NO_LEVEL
    level_before: str = ""
    level_before_shaded: Stack = _NO_LEVEL
    moved: str = ""


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One assurance level with its definition, and how many conditions and risks have it now."""

    level: Shade
    name: str
    definition: str
    condition_count: int = 0
    risk_count: int = 0


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
    """One scenario of the plan; `table` holds its lines by year, in the unit of the sheet Finance.

    `bound` is `Upper bound` or `Lower bound`, `level` `unmitigated`, `target` or `stretch`, both empty where nobody
    says. `deficit` is what it carries forward at `year_end`, the last with a figure. `saved` is how much lower that is
    than in the scenario `compared_with`, which differs in mitigation alone: `unmitigated` less `mitigated`, both before
    anybody's payments, at `compared_at`, which is in `compared_year`; all empty where there is none.
    """

    name: str = ""
    table: Rich = NO_BLOCKS
    bound: str = ""
    level: str = ""
    year_end: str = ""
    deficit: str = ""
    compared_with: str = ""
    compared_at: str = ""
    compared_year: str = ""
    unmitigated: str = ""
    mitigated: str = ""
    saved: str = ""


@dataclass(frozen=True, slots=True)
class AgreementMoney:
    """Who pays what by the year in which the agreement `ends`, as `£67m`; empty where Finance does not say.

    `deficit` is the cumulative deficit there before anybody's payments, `council_contribution` what it leaves to the
    council when DfE has paid all: nothing where that is more than the deficit, and `left_over` is by how much.
    `surplus` is set where there is no deficit, without its sign.
    """

    scenario: str = ""
    ends: str = ""
    deficit: str = ""
    dfe_contribution: str = ""
    council_contribution: str = ""
    left_over: str = ""
    surplus: str = ""
    first_payment: str = ""
    first_payment_year: str = ""


@dataclass(frozen=True, slots=True)
class FinanceSummary:
    """The plan from its first year to the agreement's last.

    `positions` is the table of what every scenario carries forward, by year end, and `chart` the chart of it; `savings`
    are the scenarios that can be compared like for like. `with_surplus` is true where a position is a surplus,
    `with_payments` where savings are worked out before payments, `rounded` where a saving does not look like the
    difference of its two printed figures. `no_positions` and `no_savings` are the marks of what is missing.
    """

    first_year: str = ""
    last_year: str = ""
    unit: str = ""
    scenarios: tuple[Scenario, ...] = ()
    agreement: AgreementMoney = AgreementMoney()
    positions: Rich = NO_BLOCKS
    chart: Rich = NO_BLOCKS
    savings: tuple[Scenario, ...] = ()
    with_surplus: bool = False
    with_payments: bool = False
    rounded: bool = False
    no_positions: str = ""
    no_savings: str = ""
    plan_chart: Chart = NO_CHART
    in_year_chart: Chart = NO_CHART


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
    movement: Movement
    key_figures: tuple[KeyFigure, ...]
    first_headlines: tuple[FirstHeadline, ...]
    board: Board
