"""What a person is told of a workbook that was rolled forward."""

from collections.abc import Iterator

from svreport.model import names
from svreport.model.period import Period
from svreport.model.submission import BlockKind, Submission
from svreport.workbook.next_update import Step


def what_stays(submission: Submission, step: Step) -> Iterator[str]:
    """What the new workbook holds as the old one did, each as a phrase."""
    past = [update.label.value for update in submission.updates[: step.at] if update.label.value]
    if past and not step.new_year:
        yield f"the levels of {names.listed(past, 'and')}"
    placed = sum(block.kind.value is BlockKind.EXHIBIT for block in submission.progress)
    counts = (
        (len(submission.conditions), "condition|conditions"),
        (len(submission.risks), "risk with its mitigation|risks with their mitigations"),
        (len(submission.metrics), "metric|metrics"),
        (len(submission.observations), "row of Metric data|rows of Metric data"),
        (len(submission.finance), "line of Finance|lines of Finance"),
        (len(submission.exhibits), "exhibit|exhibits"),
        (placed, "place of an exhibit in the text|places of exhibits in the text"),
    )
    yield from (counted(count, words) for count, words in counts if count)


def counted(count: int, words: str) -> str:
    """`1 level`, `7 levels`, of `level|levels`."""
    one, _, many = words.partition("|")
    return f"{count} {one if count == 1 else many}"


def update_of(label: str, year: Period | None) -> str:
    """`Update 3 (November) of 2024-25`."""
    return f"{label} of {year}" if year else label
