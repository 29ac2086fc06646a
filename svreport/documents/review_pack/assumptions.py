"""What svreport took for granted where the workbook says nothing, and what it worked out by itself."""

from collections.abc import Iterator

from svreport.model import names
from svreport.model.submission import CalculationKind, Metric, Submission
from svreport.review.limits import limits
from svreport.review.material import Material
from svreport.review.plan import forecast_plan, signs_are_turned

_MOST_NAMED = 8


def assumptions(material: Material) -> tuple[str, ...]:
    """One sentence for each, for a person to read before signing."""
    submission = material.submission
    return (
        *_comparison(material),
        *(_money(submission) if submission.finance else ()),
        *_metrics(submission),
        *_exhibits(submission),
    )


def _comparison(material: Material) -> Iterator[str]:
    submission = material.submission
    if material.previous_fault:
        yield (
            f"The previous workbook could not be read: {material.previous_fault}. Levels are compared with the update "
            "before in this workbook, and no other change is told."
        )
    elif material.previous is None:
        yield (
            "No previous workbook is named. Levels are compared with the update before in this workbook, and no other "
            "change is told."
        )
    else:
        earlier = material.previous.submission
        label = earlier.updates[earlier.current].label.value if earlier.current is not None else None
        year = earlier.programme.financial_year.value
        told = ", ".join(str(each) for each in (label, year) if each)
        yield (
            f"Changes are told since {submission.programme.previous_workbook.value}{f' ({told})' if told else ''}, and "
            "levels are compared with its current ones."
        )


def _money(submission: Submission) -> Iterator[str]:
    programme = submission.programme
    if programme.money_in.is_empty:
        yield "Finance is taken to be in thousands of pounds (£000), because Money in is empty."
    if programme.deficits_negative.is_empty:
        yield "A deficit is taken to be shown as a positive figure, because Deficits shown as is empty."
    if signs_are_turned(submission):
        yield "Limits and milestones were not tested: the plan adds up only with deficits shown the other way."
    plan = forecast_plan(submission)
    if programme.forecast_scenario.is_empty and plan:
        yield (
            f"Limits, milestones and answers are tested on the scenario {plan.scenario}, the first with a Carried "
            "forward line, because Forecast scenario is empty."
        )
    if programme.limit_basis.is_empty and limits(submission):
        yield (
            "The deficit shown against the limit is the one after Safety Valve payments, because Deficit limit basis "
            "is empty."
        )
    if not programme.finance_complete.value:
        yield (
            "Expenditure less income is not tested against the in-year position, because Finance lines does not say "
            "that they are complete."
        )


def _metrics(submission: Submission) -> Iterator[str]:
    named = [metric for metric in submission.metrics if metric.name.value]
    tolerant = [metric for metric in named if metric.tolerance.is_empty and metric.better_when.value]
    if tolerant:
        yield f"An actual may be up to 5% on the wrong side of its forecast: {_listed(tolerant)} give no tolerance."
    undirected = [metric for metric in named if metric.better_when.is_empty]
    if undirected:
        yield (
            f"Nothing is said of whether higher or lower is better for {_listed(undirected)}, so that ratings are not "
            "compared with them."
        )
    for metric in named:
        calculation = metric.calculation.value
        if calculation is None:
            continue
        made = (
            f"{calculation.of} {calculation.kind.value} {calculation.whole}"
            if calculation.kind is CalculationKind.SHARE
            else f"{calculation.kind.value} {calculation.of}"
        )
        yield f"{metric.name.value} is calculated: {made}."


def _exhibits(submission: Submission) -> Iterator[str]:
    written = [
        each.name.value
        for each in submission.exhibits
        if each.name.value and each.alt_text.is_empty and each.kind.value and each.kind.value.is_chart
    ]
    if written:
        told = names.listed(written, "and", _MOST_NAMED)
        yield f"The alternative text of {told} is written from the data, because none is given."


def _listed(metrics: list[Metric]) -> str:
    return names.listed([str(metric.name.value) for metric in metrics], "and", _MOST_NAMED)
