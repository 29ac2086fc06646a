"""What a dashboard for a governance board can place: the names that follow `board.` in a template."""

from dataclasses import dataclass

from svreport.word.fields import Chart, Rich, Stack


@dataclass(frozen=True, slots=True)
class Tile:
    """One of the few things to see first; `style` is `bad`, `warn`, `good` or `plain`."""

    what: str
    told: str
    detail: str
    style: str


@dataclass(frozen=True, slots=True)
class LevelAt:
    """A level at one update: its word or mark, the same on its colour, and its cell; empty where none is given."""

    update: str
    level: str
    shaded: Stack
    place: str


@dataclass(frozen=True, slots=True)
class RatedLine:
    """A condition or risk with its level at each update; `id` is how filters and links name it on a page.

    `moved` tells in words how the level moved since `before`, the update it is compared with; `levels` is the stack
    of the year.
    """

    id: str
    heading: str
    wording: str
    level: str
    level_shaded: Stack
    moved: str
    at: tuple[LevelAt, ...]
    levels: Stack
    place: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One period of a measure: what is, what was forecast, and the difference in words; empty where there is none.

    `off` is true where the actual is on the wrong side of the forecast by more than the tolerance.
    """

    period: str
    actual: str
    forecast: str
    gap: str
    off: bool
    cells: str


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure of the sheet Metrics, with or without an actual yet.

    `conditions` lists the conditions it belongs to, `condition_ids` their ids with a space between; `standing` says in
    words how it stands to its forecast, and `style` is `bad`, `warn`, `good` or `plain`.
    """

    id: str
    name: str
    title: str
    unit: str
    conditions: str
    condition_ids: str
    period: str
    actual: str
    forecast: str
    gap: str
    better: str
    tolerance: str
    standing: str
    style: str
    chart: Chart
    rows: tuple[FigureRow, ...]
    source: str
    place: str


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A deficit limit and what is left under it: `basis` says whether payments are added back, `standing` how it is."""

    year: str
    limit: str
    basis: str
    tested: str
    headroom: str
    standing: str
    style: str
    before: str
    after: str
    cells: str


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year of the forecast beside the agreement, every deficit counted positive; differences are told in words.

    `cells` are those of the in-year figures and the payment, `cumulative_cells` those of the cumulative ones.
    """

    year: str
    in_year: str
    in_year_agreed: str
    in_year_difference: str
    payments: str
    cumulative: str
    cumulative_agreed: str
    cumulative_difference: str
    before_payments: str
    before_payments_agreed: str
    cells: str
    cumulative_cells: str


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """What the agreement wants by a year, and what the forecast says of it."""

    what: str
    wanted: str
    forecast: str
    standing: str
    style: str
    conditions: str
    condition_ids: str
    cells: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One of the form's Yes/No questions."""

    question: str
    answer: str
    style: str
    commentary: Rich
    place: str


@dataclass(frozen=True, slots=True)
class Board:
    """The return as a governance board looks at it; every line names the cells that it comes from.

    `updates` are the labels up to the current one, `forecast_scenario` and `agreed_scenario` what the plan and what
    was agreed are called on the sheet Finance, `basis` is the limit's.
    """

    tiles: tuple[Tile, ...]
    updates: tuple[str, ...]
    conditions: tuple[RatedLine, ...]
    risks: tuple[RatedLine, ...]
    measures: tuple[MeasureLine, ...]
    forecast_scenario: str
    agreed_scenario: str
    basis: str
    limits: tuple[LimitLine, ...]
    years: tuple[YearLine, ...]
    milestones: tuple[MilestoneLine, ...]
    answers: tuple[AnswerLine, ...]
