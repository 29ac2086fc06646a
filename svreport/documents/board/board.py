"""The return as a governance board's dashboard tells it."""

from collections.abc import Iterator, Sequence

from svreport.documents.board.finance import (
    balance_standing,
    headroom_told,
    limit_lines,
    limit_standing,
    milestone_lines,
    year_lines,
)
from svreport.documents.board.measures import measure_lines
from svreport.documents.board.words import deficit
from svreport.documents.board_context import AnswerLine, Board, LevelAt, MeasureLine, RatedLine, Tile
from svreport.documents.charts import DerivedCharts
from svreport.documents.review_pack.levels import LevelMoved, Movement, levels_moved
from svreport.documents.submission import shown, stack_of
from svreport.documents.texts import Texts
from svreport.model import names
from svreport.model.entry import Entry
from svreport.model.facts import Facts
from svreport.model.finding import mark
from svreport.model.level import Level
from svreport.model.submission import (
    Condition,
    LimitBasis,
    Risk,
    Submission,
)
from svreport.review.limits import LimitTest, limit_tests
from svreport.review.plan import agreed_plan, forecast_plan
from svreport.review.standing import current_level, is_off_target, is_on_target
from svreport.word.fields import Rich, Stack, Step

_MOVED = {Movement.BETTER: "Better", Movement.WORSE: "Worse", Movement.SAME: "No change", Movement.NEW: "New"}


def board_of(facts: Facts, texts: Texts, charts: DerivedCharts) -> Board:
    """Everything that a dashboard places besides what every paper can."""
    submission = facts.submission
    ids = {number: f"condition-{number + 1}" for number in range(len(submission.conditions))}
    moved = levels_moved(submission, None)
    count = len(submission.conditions)
    conditions = tuple(_rated(submission, submission.conditions, moved[:count], "condition"))
    measures = tuple(measure_lines(facts, charts, list(ids.values())))
    plan, agreed = forecast_plan(submission), agreed_plan(submission)
    basis = submission.programme.limit_basis
    return Board(
        tiles=tuple(_tiles(submission, moved[:count], measures)),
        updates=tuple(_labels(submission)),
        conditions=conditions,
        risks=tuple(_rated(submission, submission.risks, moved[count:], "risk")),
        measures=measures,
        forecast_scenario=plan.scenario if plan else "",
        agreed_scenario=agreed.scenario if agreed else "",
        basis=str(basis.value) if basis.value else shown(basis),
        limits=tuple(limit_lines(submission)),
        years=tuple(year_lines(submission)),
        milestones=tuple(milestone_lines(submission, ids)),
        answers=tuple(_answers(submission, texts)),
    )


def _labels(submission: Submission) -> list[str]:
    """The updates so far: those still to come have no level to show."""
    so_far = len(submission.updates) if submission.current is None else submission.current + 1
    return [shown(update.label) or str(update.label.place) for update in submission.updates[:so_far]]


def _rated(
    submission: Submission, rows: Sequence[Condition | Risk], moved: Sequence[LevelMoved], kind: str
) -> Iterator[RatedLine]:
    labels = _labels(submission)
    for number, (row, each) in enumerate(zip(rows, moved, strict=True), 1):
        at = tuple(_level_at(label, entry) for label, entry in zip(labels, row.levels, strict=False))
        now = (
            at[submission.current]
            if submission.current is not None and submission.current < len(at)
            else None
        )
        yield RatedLine(
            id=f"{kind}-{number}",
            heading=each.heading,
            wording=shown(row.wording),
            level=now.level if now else "",
            level_shaded=now.shaded if now else Stack(()),
            moved=_told(each, submission),
            at=at,
            levels=stack_of(submission, row.levels, kind.capitalize(), row.ref),
            place=str(each.place),
        )


def _level_at(label: str, entry: Entry[Level]) -> LevelAt:
    told = mark(entry.fault, entry.place) if entry.fault else ""
    steps = (Step("", entry.value, told),) if entry.value or told else ()
    return LevelAt(label, entry.value.name if entry.value else told, Stack(steps), str(entry.place))


def _told(moved: LevelMoved, submission: Submission) -> str:
    if moved.moved is None:
        return ""
    return "First rating" if moved.moved is Movement.NEW and not submission.current else _MOVED[moved.moved]


def _answers(submission: Submission, texts: Texts) -> Iterator[AnswerLine]:
    for question in submission.questions:
        told = {True: ("Yes", "good"), False: ("No", "bad"), None: (shown(question.answer), "plain")}
        answer, style = told[question.answer.value]
        commentary = Rich(texts.of(question.commentary))
        yield AnswerLine(
            shown(question.question), answer or "Not answered", style, commentary, str(question.answer.place)
        )


def _tiles(
    submission: Submission, moved: Sequence[LevelMoved], measures: Sequence[MeasureLine]
) -> Iterator[Tile]:
    yield from _conditions_tile(submission, moved)
    judged = [each for each in measures if each.style in ("bad", "warn", "good") and each.forecast]
    if judged:
        off = [each.title for each in judged if each.style == "bad"]
        told = f"{len(off)} of {len(judged)} off track" if off else f"None of {len(judged)} off track"
        yield Tile("Measures with a forecast", told, names.listed(off, "and", 3), "bad" if off else "good")
    for test in _limit_shown(submission):
        standing, style = limit_standing(test)
        known = style != "warn" or test.headroom < 0
        unit = test.plan.unit
        basis = f"{deficit(test.tested, unit)} {test.basis}" if test.basis else deficit(test.tested, unit)
        limit = f"limit {deficit(test.limit_amount, unit)}"
        if test.basis is LimitBasis.BEFORE:
            basis += f" ({deficit(test.after_payments, unit)} after them)"
        detail = f"{basis}; {limit}" if known else f"{limit}; {standing[0].lower()}{standing[1:]}"
        yield Tile(
            f"Deficit limit, {test.year}", headroom_told(test) if known else "Not known", detail, style
        )
    balance = balance_standing(submission)
    if balance is not None:
        first, wanted, standing, style = balance
        detail = f"{standing}: the agreement has {wanted}" if wanted else ""
        yield Tile("In-year balance", str(first) if first else "Not in the forecast", detail, style)


def _conditions_tile(submission: Submission, moved: Sequence[LevelMoved]) -> Iterator[Tile]:
    levels = [level for each in submission.conditions if (level := current_level(each, submission))]
    if not levels:
        return
    counts = [
        f"{levels.count(level)} {level.name}"
        for level in reversed(submission.scale.levels)
        if level in levels
    ]
    unknown = len(submission.conditions) - len(levels)
    counts += [f"{unknown} not known"] if unknown else []
    ways = [each.moved for each in moved]
    changes = [
        f"{ways.count(way)} {word}" for way, word in ((Movement.WORSE, "worse"), (Movement.BETTER, "better"))
        if way in ways
    ]  # fmt: skip
    since = ""
    if submission.current:
        label = shown(submission.updates[submission.current - 1].label)
        since = f"{names.listed(changes, 'and') or 'None moved'} since {label}"
    off = any(is_off_target(level) for level in levels)
    style = "bad" if off else "good" if all(is_on_target(level) for level in levels) else "warn"
    yield Tile("Conditions", ", ".join(counts), since, style)


def _limit_shown(submission: Submission) -> list[LimitTest]:
    """The limit of the year that the return is about, or the next one that has some, or the last."""
    tests = limit_tests(submission)
    year = submission.programme.financial_year.value
    ahead = [test for test in tests if year is None or test.year >= year]
    return [ahead[0]] if ahead else list(tests[-1:])
