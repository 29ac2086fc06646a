"""What a return needs before it can be read: words for each rating, people, answers and approvals."""

from collections.abc import Iterator
from typing import Any

from svreport.model import names
from svreport.model.entry import Entry
from svreport.model.finding import Finding, Place, Rule, Severity
from svreport.model.references import reference_key
from svreport.review.material import Check, Material
from svreport.review.passages import named, texts_of_progress

_HEADINGS = ("Drivers", "Barriers", "Engagement")
_SIGNING_ROLES = ("S151 Officer", "DCS")

NO_PROGRESS = Rule(
    "COM-01",
    Severity.QUERY,
    "A condition has no progress update",
    "DfE reads the progress to see what the rating rests on. A condition without any words has an empty cell beside "
    "it.",
    "Condition 3.4 has a level for the November update, and no text on Progress.",
)


def no_progress(material: Material) -> Iterator[Finding]:
    submission = material.submission
    if any(block.condition.fault or block.kind.fault for block in submission.progress) or not _has(
        material, "Progress"
    ):
        return
    told = texts_of_progress(submission)
    for condition in submission.conditions:
        if condition.ref.value and reference_key(condition.ref.value, "Condition") not in told:
            yield NO_PROGRESS.at(
                condition.ref.place,
                read=f"no text for {named(condition)}",
                expected="at least one row of Progress with the kind Text",
                mend=f"add a row to Progress for {named(condition)}",
                about=named(condition),
            )


RISK_WITHOUT_WORDS = Rule(
    "COM-02",
    Severity.QUERY,
    "A risk has no mitigation or no progress",
    "The risk register has a cell for each: what is done about the risk, and how far it has come this quarter.",
    "Risk 3 has a mitigation, and its progress is empty.",
)


def risk_without_words(material: Material) -> Iterator[Finding]:
    for risk in material.submission.risks:
        for what, entry in (("mitigation", risk.mitigation), ("progress", risk.progress)):
            if entry.is_empty and risk.ref.value:
                yield RISK_WITHOUT_WORDS.at(
                    entry.place,
                    read=f"no {what} for {named(risk)}",
                    expected=f"what the register says of its {what}",
                    mend=f"write the {what} of {named(risk)}",
                    about=f"{named(risk)}: {what}",
                )


NO_COMMENTARY = Rule(
    "COM-03",
    Severity.QUERY,
    "An answer has no commentary",
    "The form gives each Yes or No a commentary; an answer alone leaves DfE to ask why.",
    "The question in-year is answered No, with nothing beside it.",
)


def no_commentary(material: Material) -> Iterator[Finding]:
    for question in material.submission.questions:
        if question.answer.value is not None and question.commentary.is_empty:
            answer = "Yes" if question.answer.value else "No"
            yield NO_COMMENTARY.at(
                question.commentary.place,
                read=f"{answer}, without commentary",
                expected="a sentence or two about the answer",
                mend="write the commentary",
                about=f"Question {question.ref.value}",
            )


NO_HEADLINE = Rule(
    "COM-04",
    Severity.QUERY,
    "A heading has no headline",
    "The form asks for the quarter's drivers, barriers and examples of engagement, up to three of each. None at all "
    "prints an empty heading.",
    "Headlines has rows for Drivers and Engagement, and none for Barriers.",
)


def no_headline(material: Material) -> Iterator[Finding]:
    headlines = material.submission.headlines
    if any(headline.heading.fault for headline in headlines) or not _has(material, "Headlines"):
        return
    told = {names.key(headline.heading.value or "") for headline in headlines}
    for heading in _HEADINGS:
        if names.key(heading) not in told:
            yield NO_HEADLINE.at(
                Place("Headlines"),
                read=f"no row for {heading}",
                expected=f"one to three headlines under {heading}",
                mend=f"add a row with the heading {heading}, or answer this query if there is nothing to tell",
                about=heading,
            )


NO_EMAIL = Rule(
    "COM-05",
    Severity.QUERY,
    "A contact has no email address",
    "The form asks for the name and the email address of each person.",
    "The DCS is named, and the cell under Email is empty.",
)


def no_email(material: Material) -> Iterator[Finding]:
    for contact in material.submission.contacts:
        if contact.name.value and contact.email.is_empty:
            yield NO_EMAIL.at(
                contact.email.place,
                read="empty",
                expected=f"the address of {contact.name.value}",
                mend="fill in the address",
                about=f"{contact.role.value}: {contact.name.value}",
            )


SHARED_EMAIL = Rule(
    "COM-06",
    Severity.QUERY,
    "Two people have the same email address",
    "An address copied down a column sends DfE's letter to the wrong person.",
    "The CEO and the DCS both have the address dcs@example.gov.uk.",
)


def shared_email(material: Material) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for contact in material.submission.contacts:
        if not contact.email.value or not contact.name.value:
            continue
        owner = first.setdefault(contact.email.value.casefold(), contact.name.value)
        if names.key(owner) != names.key(contact.name.value):
            yield SHARED_EMAIL.at(
                contact.email.place,
                read=contact.email.value,
                expected=f"an address of {contact.name.value}'s own: this one is {owner}'s too",
                mend="correct the address, or answer this query if it is a shared one",
                about=f"{contact.role.value}: {contact.name.value}",
            )


NO_APPROVAL_ROW = Rule(
    "COM-07",
    Severity.QUERY,
    "An officer who signs has no row on Sign-off",
    "The return is signed by the S151 officer and by the director of children's services. Without a row there is no "
    "place "
    "for the approval.",
    "Sign-off has a row for the DCS only.",
)


def no_approval_row(material: Material) -> Iterator[Finding]:
    approvals = material.submission.approvals
    if any(approval.role.fault for approval in approvals) or not _has(material, "Sign-off"):
        return
    told = {names.key(approval.role.value or "") for approval in approvals}
    for role in _SIGNING_ROLES:
        if names.key(role) not in told:
            yield NO_APPROVAL_ROW.at(
                Place("Sign-off"),
                read=f"no row for {role}",
                expected=f"a row with the role {role}, to be filled in when the draft is approved",
                mend="add the row",
                about=role,
            )


APPROVAL_INCOMPLETE = Rule(
    "COM-08",
    Severity.QUERY,
    "An approval lacks its name, date or code",
    "An approval says who read which draft, and when: the name, the date and the draft's content code belong together.",
    "The S151 officer's row has a content code, and no date.",
)


def approval_incomplete(material: Material) -> Iterator[Finding]:
    for approval in material.submission.approvals:
        cells: dict[str, Entry[Any]] = {
            "name": approval.name,
            "date": approval.date,
            "content code": approval.content_code,
        }
        empty = [what for what, entry in cells.items() if entry.is_empty]
        begun = not approval.content_code.is_empty or not approval.date.is_empty
        if begun and empty:
            yield APPROVAL_INCOMPLETE.at(
                cells[empty[0]].place,
                read=f"an approval of the {approval.role.value} without {names.listed(empty, 'and')}",
                expected="the name, the date and the content code of the draft that was read",
                mend="fill in what is missing, or clear the row until the draft is approved",
                about=str(approval.role.value),
            )


def _has(material: Material, sheet: str) -> bool:
    """False for a sheet that is missing, which reading says."""
    return names.key(sheet) in map(names.key, material.submission.sheets)


CHECKS = (
    Check(NO_PROGRESS, no_progress),
    Check(RISK_WITHOUT_WORDS, risk_without_words),
    Check(NO_COMMENTARY, no_commentary),
    Check(NO_HEADLINE, no_headline),
    Check(NO_EMAIL, no_email),
    Check(SHARED_EMAIL, shared_email),
    Check(NO_APPROVAL_ROW, no_approval_row),
    Check(APPROVAL_INCOMPLETE, approval_incomplete),
)
