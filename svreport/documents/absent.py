"""What a document shows where a sheet gave it nothing: the mark of the error that says why, never a blank."""

from svreport.documents.context import Answered, ConditionRow, Person, RiskRow
from svreport.model.finding import Place, mark
from svreport.model.submission import Submission
from svreport.narrative.blocks import Paragraph, Run
from svreport.word.fields import Link, Rich, Stack

_NOTHING = Rich(())


def absent_mark(submission: Submission, sheet: str) -> str:
    """The mark of the first error that was found of a sheet as a whole; empty where there is none."""
    codes = submission.absent.get(sheet, ())
    return mark(codes[0], Place(sheet)) if codes else ""


def absent_text(submission: Submission, sheet: str) -> tuple[Paragraph, ...]:
    told = absent_mark(submission, sheet)
    return (Paragraph((Run(told, mark=True),)),) if told else ()


def absent_condition(submission: Submission) -> tuple[ConditionRow, ...]:
    told = absent_mark(submission, "Conditions")
    row = ConditionRow(ref="", heading=told, wording="", level="", levels=Stack(()), progress=_NOTHING)
    return (row,) if told else ()


def absent_risk(submission: Submission) -> tuple[RiskRow, ...]:
    told = absent_mark(submission, "Risks")
    row = RiskRow(
        ref="", heading=told, wording="", level="", levels=Stack(()), mitigation=_NOTHING, progress=_NOTHING
    )
    return (row,) if told else ()


def absent_question(submission: Submission) -> tuple[Answered, ...]:
    told = absent_mark(submission, "Questions")
    return (Answered("", told, "", _NOTHING),) if told else ()


def absent_person(submission: Submission, role: str) -> tuple[Person, ...]:
    told = absent_mark(submission, "Contacts")
    return (Person(role, told, "", told, Link("", "")),) if told else ()
