"""The return as its templates place it."""

from collections.abc import Iterable, Mapping
from typing import Any

from svreport.documents.absent import (
    absent_condition,
    absent_person,
    absent_question,
    absent_risk,
    absent_text,
)
from svreport.documents.context import (
    Answered,
    ConditionRow,
    KeyRow,
    MetricRow,
    Person,
    Return,
    RiskRow,
)
from svreport.documents.drafts.marks import DraftMarks
from svreport.documents.levels_now import count_at, levels_now
from svreport.documents.text_cells import level_mark, progress_by_condition
from svreport.documents.texts import Texts
from svreport.model import formats, names
from svreport.model.entry import Entry
from svreport.model.finding import mark
from svreport.model.level import Level
from svreport.model.references import headed, reference_key
from svreport.model.submission import (
    Approval,
    BlockKind,
    Condition,
    Contact,
    ProgressBlock,
    Question,
    Submission,
)
from svreport.narrative.blocks import Block, List, ListItem, ListKind, Paragraph, Run
from svreport.word.fields import SIGN_OFF, Link, Rich, Shade, Stack, Step

# The DfE form asks about the capital project in a table of its own.
_CAPITAL = "capital"


def return_context(
    submission: Submission,
    texts: Texts,
    exhibits: Mapping[str, tuple[Block, ...]],
    metrics: Mapping[str, MetricRow],
) -> Return:
    """Everything the templates place; `exhibits` and `metrics` hold each one under its name's key."""
    programme = submission.programme
    update = submission.updates[submission.current] if submission.current is not None else None
    people = tuple(_person(contact) for contact in submission.contacts)
    marks = DraftMarks(submission)
    rows = progress_by_condition(submission.progress)
    told = () if submission.progress else absent_text(submission, "Progress")
    no_progress = Rich(told) if told else None
    questions = tuple(_answered(question, texts, marks) for question in submission.questions)
    return Return(
        authority=shown(programme.authority),
        authority_code=shown(programme.authority_code),
        financial_year=shown(programme.financial_year),
        update=shown(update.label if update else programme.current_update),
        data_as_at=shown(update.data_as_at) if update else shown(programme.current_update),
        submitted=shown(update.submitted) if update else shown(programme.current_update),
        signed_off=Rich(
            tuple(_approval(approval) for approval in submission.approvals)
            or absent_text(submission, "Sign-off"),
            SIGN_OFF,
        ),
        adviser_support=marks.text(programme.adviser_support, texts),
        dashboard=shown(programme.dashboard),
        contacts=people,
        ceo=_in_role(people, "CEO") or absent_person(submission, "CEO"),
        s151_officer=_in_role(people, "S151 Officer") or absent_person(submission, "S151 Officer"),
        dcs=_in_role(people, "DCS") or absent_person(submission, "DCS"),
        other_contacts=_in_role(people, "Other"),
        questions=questions,
        plan_questions=tuple(each for each in questions if names.key(each.ref) != _CAPITAL)
        or absent_question(submission),
        capital_questions=tuple(each for each in questions if names.key(each.ref) == _CAPITAL)
        or (() if questions else absent_question(submission)),
        drivers=_headlines(submission, "Drivers", texts, marks),
        barriers=_headlines(submission, "Barriers", texts, marks),
        engagement=_headlines(submission, "Engagement", texts, marks),
        conditions=tuple(
            ConditionRow(
                ref=shown(condition.ref),
                heading=_heading(condition.ref, "Condition"),
                wording=shown(condition.wording),
                levels=stack_of(submission, condition.levels, "Condition", condition.ref),
                progress=no_progress
                or _progress(
                    reference_key(condition.ref.value or "", "Condition"), rows, texts, exhibits, marks
                ),
                metrics=_bearing_on(condition, submission, metrics),
                **levels_now(submission, condition, "Condition"),
            )
            for condition in submission.conditions
        )
        or absent_condition(submission),
        risks=tuple(
            RiskRow(
                ref=shown(risk.ref),
                heading=_heading(risk.ref, "Risk"),
                wording=shown(risk.wording),
                levels=stack_of(submission, risk.levels, "Risk", risk.ref),
                mitigation=marks.text(risk.mitigation, texts),
                progress=marks.text(risk.progress, texts),
                **levels_now(submission, risk, "Risk"),
            )
            for risk in submission.risks
        )
        or absent_risk(submission),
        key=tuple(
            KeyRow(
                Shade(level),
                level.name,
                level.definition,
                count_at(submission.conditions, level, submission.current),
                count_at(submission.risks, level, submission.current),
            )
            for level in submission.scale.levels
        ),
    )


def shown(entry: Entry[Any]) -> str:
    """What a document prints of a cell: its value, the mark of its fault, or nothing for an empty one."""
    if entry.value is None:
        return mark(entry.fault, entry.place) if entry.fault else ""
    return formats.day(entry.value) if hasattr(entry.value, "isoformat") else str(entry.value)


def _heading(ref: Entry[str], word: str) -> str:
    return f"{headed(ref.value, word)}:" if ref.value else shown(ref)


def _person(contact: Contact) -> Person:
    name, job_title, email = shown(contact.name), shown(contact.job_title), shown(contact.email)
    described = (
        name if names.key(job_title) == names.key(name) else " – ".join(filter(None, (name, job_title)))
    )
    target = f"mailto:{email}" if contact.email.value else ""
    return Person(shown(contact.role), name, job_title, described, Link(email, target))


def _in_role(people: Iterable[Person], role: str) -> tuple[Person, ...]:
    return tuple(person for person in people if names.key(person.role) == names.key(role))


def _answered(question: Question, texts: Texts, marks: DraftMarks) -> Answered:
    told = {True: "Yes", False: "No", None: shown(question.answer)}
    answer = told[question.answer.value]
    return Answered(
        shown(question.ref), shown(question.question), answer, marks.text(question.commentary, texts)
    )


def _approval(approval: Approval) -> Paragraph:
    """`S151 Officer: Name, 11 December 2024`, or the role alone while nobody has signed."""
    signed = ", ".join(filter(None, (shown(approval.name), shown(approval.date))))
    role = Run(f"{shown(approval.role)}:", bold=True)
    return Paragraph((role, Run(f" {signed}")) if signed else (role,))


def _headlines(submission: Submission, heading: str, texts: Texts, marks: DraftMarks) -> Rich:
    """The headlines under one heading as a numbered list, each point known by its own mark."""
    items = tuple(
        ListItem(texts.of(headline.text), marks.of(headline.text))
        for headline in submission.headlines
        if names.key(headline.heading.value or "") == names.key(heading) and texts.of(headline.text)
    )
    if items:
        return Rich((List(ListKind.NUMBER, items),))
    if not submission.headlines and (told := absent_text(submission, "Headlines")):
        return Rich(told)
    return Rich((), marks=marks.of_empty(f"headlines {names.key(heading)}"))


def _bearing_on(
    condition: Condition, submission: Submission, metrics: Mapping[str, MetricRow]
) -> tuple[MetricRow, ...]:
    """The measures of a condition that have an actual, in the order of the sheet `Metrics`."""
    wanted = reference_key(condition.ref.value or "", "Condition")
    keys = (
        names.key(each.name.value or "")
        for each in submission.metrics
        if any(reference_key(ref, "Condition") == wanted for ref in each.conditions.value or ())
    )
    return tuple(metrics[key] for key in keys if key in metrics)


def stack_of(submission: Submission, levels: tuple[Entry[Level], ...], word: str, ref: Entry[str]) -> Stack:
    """Every update of the year with its level; those still to come are listed with none."""
    return Stack(
        tuple(
            Step(
                shown(update.label),
                entry.value,
                mark(entry.fault, entry.place) if entry.fault else "",
                level_mark(word, ref, order, entry.value.name) if entry.value and ref.value else "",
            )
            for order, (update, entry) in enumerate(zip(submission.updates, levels, strict=True))
        )
    )


def _progress(
    key: str,
    rows: Mapping[str, list[ProgressBlock]],
    texts: Texts,
    exhibits: Mapping[str, tuple[Block, ...]],
    marks: DraftMarks,
) -> Rich:
    blocks: list[Block] = []
    marked: list[tuple[str, int]] = []
    for row in rows.get(key, ()):
        before = len(blocks)
        if row.kind.value is BlockKind.EXHIBIT and row.content.value:
            blocks.extend(exhibits.get(names.key(row.content.value), ()))
        elif row.content.fault:
            blocks.append(Paragraph((Run(mark(row.content.fault, row.content.place), mark=True),)))
        else:
            blocks.extend(texts.of(row.content))
        marked.append((marks.of(row.content), len(blocks) - before))
    return Rich(tuple(blocks), marks=tuple(marked) or marks.of_empty(f"progress {key}"))
