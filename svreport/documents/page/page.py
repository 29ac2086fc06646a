"""The review's page: everything that its template places, and the finished page."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from markupsafe import Markup

from svreport.documents.page.blocks import MarkedNumber
from svreport.documents.page.context import FigureEntry, NumberEntry, ReviewPage
from svreport.documents.page.levels import level_styles
from svreport.documents.page.notes import Notes
from svreport.documents.page.pictures import Pictures, WrittenPage
from svreport.documents.page.policy import policy
from svreport.documents.page.sections import Sections
from svreport.documents.review_pack.numbers import about
from svreport.documents.review_pack.reviewed import Reviewed
from svreport.documents.submission import shown
from svreport.model.finding import Place
from svreport.narrative.page import fill_page, read_page
from svreport.review.numbers import NumberUse, Status

_TOLD = {
    Status.LINKED: "Linked: put in by the workbook",
    Status.MATCHED: "Matched: equals a figure of the workbook",
    Status.UNMATCHED: "Unmatched: equals no figure of the workbook",
    Status.REFERENCE: "Reference: a date, a year or a name, not a figure",
}


def review_html(reviewed: Reviewed, template: Path, title: str, language: str) -> WrittenPage:
    """The page, without its pictures so far. Raises TemplateFault where the template cannot be read or filled."""
    text = read_page(template)
    pictures = Pictures()
    page = review_page(reviewed, text, title, language, pictures)
    told = {field.name: getattr(page, field.name) for field in fields(ReviewPage)}
    return WrittenPage(fill_page(template.name, text, told), pictures)


def review_page(
    reviewed: Reviewed, template: str, title: str, language: str, pictures: Pictures
) -> ReviewPage:
    """What the template can place; `template` is its text, whose own styles and script alone may run."""
    submission, update = reviewed.submission, reviewed.update
    levels = level_styles(submission.scale)
    notes = Notes(reviewed)
    parts = Sections(reviewed, _marked(reviewed.numbers), notes, pictures).parts()
    counts = {status: sum(use.status is status for use in reviewed.numbers) for status in Status}
    return ReviewPage(
        title=title,
        language=language,
        authority=shown(submission.programme.authority),
        update=shown(update.label if update else submission.programme.current_update),
        financial_year=shown(submission.programme.financial_year),
        workbook=submission.workbook,
        content_code=reviewed.code,
        policy=policy(template, levels),
        level_styles=Markup(levels),  # noqa: S704 — class names of our own and colours that were read as such
        parts=parts,
        elsewhere=notes.rest(),
        numbers=tuple(_entries(reviewed)),
        figures=tuple(
            FigureEntry(
                f"{{{{ {each.written} }}}}",
                each.printed,
                each.about,
                ", ".join(map(str, dict.fromkeys(each.places))),
            )
            for each in reviewed.material.facts.everything()
        ),
        number_count=len(reviewed.numbers),
        errors=len(reviewed.errors),
        queries=len(reviewed.open_queries),
        answered=len(reviewed.answers.answered),
        linked=counts[Status.LINKED],
        matched=counts[Status.MATCHED],
        unmatched=counts[Status.UNMATCHED],
        references=counts[Status.REFERENCE],
    )


def _marked(numbers: tuple[NumberUse, ...]) -> Mapping[Place, list[MarkedNumber]]:
    by_place: dict[Place, list[MarkedNumber]] = {}
    for count, use in enumerate(numbers, 1):
        marked = MarkedNumber(
            f"number-{count}", f"at-{count}", use.status.value, use.passage, use.start, use.end
        )
        by_place.setdefault(use.place, []).append(marked)
    return by_place


def _entries(reviewed: Reviewed) -> list[NumberEntry]:
    subjects = {passage.place: about(passage) for passage in reviewed.material.passages}
    return [
        NumberEntry(
            f"number-{count}",
            f"at-{count}",
            use.text,
            use.status.value,
            _TOLD[use.status],
            str(use.place),
            subjects.get(use.place, ""),
            use.figure,
            use.source,
        )
        for count, use in enumerate(reviewed.numbers, 1)
    ]
