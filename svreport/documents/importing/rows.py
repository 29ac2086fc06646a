"""A form that was read, laid out as the rows of a workbook that says the same words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from svreport.documents.importing.continued import joined
from svreport.documents.importing.exhibits import ImportedExhibits, is_of_months
from svreport.documents.importing.year import current_update, year_of
from svreport.model.level import NAMED_COLOURS
from svreport.model.period import Period
from svreport.narrative.blocks import Block, Paragraph, Picture, Table, text_of_runs
from svreport.narrative.typed import is_item_as_typed, typed
from svreport.word.forms.file import Note
from svreport.word.forms.rows import Blocks, Form, FormApproval
from svreport.workbook.cells import read_day
from svreport.workbook.content import Content, blank
from svreport.workbook.layout import SIGN_OFF_ROLES
from svreport.workbook.opening import MOST_CHARACTERS_IN_CELL

NOTES_SHEET = "Import notes"

Row = dict[str, object]
_LONGEST = MOST_CHARACTERS_IN_CELL - 1_000  # escapes make a text longer in its cell
_PRINTED = 160
_SOURCE = re.compile(r"Source: (\S.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Imported:
    """The workbook's rows, the pictures to keep beside it by file name, and what could not be read."""

    content: Content
    pictures: dict[str, bytes]
    notes: tuple[Note, ...]


def import_content(form: Form, stem: str) -> Imported:
    """The workbook for a form; `stem` is its name without the ending, which the names of its pictures begin with."""
    return _Importing(form, stem).imported()


@dataclass(slots=True)
class _Importing:
    form: Form
    stem: str
    notes: list[Note] = field(init=False)
    exhibits: ImportedExhibits = field(init=False)

    def __post_init__(self) -> None:
        self.notes = list(self.form.notes)
        self.exhibits = ImportedExhibits(self.stem, self.notes)

    def imported(self) -> Imported:
        form = self.form
        labels = list(form.updates)
        submitted, data_as_at = (
            self._day(form.submitted, "Date Report Submitted"),
            self._day(form.data_as_at, "Data as at"),
        )
        current = current_update(form, labels)
        year = year_of(form, labels[current] if labels else "", submitted)
        if labels and year is None:
            self._tell(
                "Financial year", "", "nothing in the form says which year it is for: fill it in on Programme"
            )
        if not form.authority:
            self._tell("LA Name", "", "the council's name was not found: fill it in on Programme")
        content: dict[str, list[Row]] = {
            "Programme": self._programme(labels[current] if labels else None, year),
            "Updates": [{"Update": label} for label in labels],
            "Contacts": [
                {"Role": each.role, "Name": each.name, "Job title": each.job_title, "Email": each.email}
                for each in form.contacts
            ],
            "Questions": self._questions(),
            "Headlines": [
                {"Heading": heading, "Text": self._text(blocks, f"headlines, {heading}")}
                for heading, blocks in form.headlines
            ],
            "Conditions": [
                {"Ref": each.ref, "Condition": each.wording, **_levels(labels, each.levels)}
                for each in form.conditions
            ],
            "Progress": [row for each in form.conditions for row in self._progress(each.ref, each.progress)],
            "Risks": [
                {
                    "Ref": each.ref,
                    "Risk": each.wording,
                    **_levels(labels, each.levels),
                    "Mitigation": self._text(each.mitigation, f"Risk {each.ref}, mitigation"),
                    "Progress": self._text(each.progress, f"Risk {each.ref}, progress"),
                }
                for each in form.risks
            ],
            "Metrics": self.exhibits.metrics,
            "Metric data": self.exhibits.observations,
            "Exhibits": self.exhibits.exhibits,
            "Assurance levels": [
                {"Level": each.name, "Colour": _colour(each.colour), "Definition": each.definition}
                for each in form.scale.levels
            ],
            "Sign-off": [self._approval(each) for each in _with_all_roles(form.approvals)],
        }
        if labels:
            content["Updates"][current] |= {"Data as at": data_as_at, "Submitted": submitted}
        if not (form.authority or form.contacts or form.questions):
            empty = blank(form.authority, year)
            content |= {sheet: [dict(row) for row in empty[sheet]] for sheet in ("Contacts", "Questions")}
        self._check_heads(labels[current] if labels else "", year)
        for sheet, rows in content.items():
            for row in rows:
                row |= {
                    name: self._fitting(text, f"{sheet}, {name}")
                    for name, text in row.items()
                    if _is_long(text)
                }
        notes = tuple(dict.fromkeys(self.notes))
        if notes:
            content[NOTES_SHEET] = list(_note_rows(notes))
        return Imported(content, self.exhibits.pictures, notes)

    def _tell(self, where: str, words: str, why: str, part: str = "Programme overview") -> None:
        self.notes.append(Note("", part, where, words, why))

    def _day(self, text: str, where: str) -> date | None:
        bare = re.sub(r"(\d)\s?(st|nd|rd|th)\b", r"\1", " ".join(text.split()), flags=re.IGNORECASE)
        day = read_day(bare)
        if text and day is None:
            self._tell(where, text, "it is no date: fill it in on Updates")
        return day

    def _programme(self, current: str | None, year: Period | None) -> list[Row]:
        support = self._text(self.form.adviser_support, "Specialist adviser support")
        filled = {
            "Authority": self.form.authority,
            "Financial year": str(year) if year else None,
            "Current update": current,
            "Specialist adviser support": support,
            "Dashboard": self.form.dashboard or None,
        }
        return [{"Item": item, "Value": value} for item, value in filled.items()]

    def _questions(self) -> list[Row]:
        """Questions that ask in other words than the form's are the plan's two where there are just two of them."""
        asked = self.form.questions
        plan = [each for each in asked if each.ref != "capital"]
        by_order = (
            dict(zip(map(id, plan), ("in-year", "end-of-plan"), strict=False)) if len(plan) == 2 else {}
        )
        rows: list[Row] = []
        taken: set[str] = set()
        for number, each in enumerate(asked, 1):
            ref = each.ref or by_order.get(id(each), "")
            ref = ref if ref and ref not in taken else f"question-{number}"
            taken.add(ref)
            commentary = self._text(each.commentary, f"{each.question}, commentary")
            rows.append(
                {"Ref": ref, "Question": each.question, "Answer": each.answer, "Commentary": commentary}
            )
        return rows

    def _approval(self, each: FormApproval) -> Row:
        day = self._day(each.date, f"Signed off, {each.role}") if each.date else None
        name = each.name if day or not each.date else f"{each.name}, {each.date}"
        return {"Role": each.role, "Name": name or None, "Date": day}

    def _text(self, blocks: Blocks, where: str) -> str | None:
        """The blocks as the text of one cell, which holds no picture."""
        for block in blocks:
            if isinstance(block, Picture):
                self._tell(
                    where,
                    block.alt_text,
                    "it is a picture, and only the progress of a condition can hold one",
                    "",
                )
        return typed(blocks) or None

    def _fitting(self, value: object, where: str) -> str:
        """As much of a text as a cell of Excel holds, up to the end of a line; the rest is told."""
        text = str(value)
        cut = max(text.rfind("\n", 0, _LONGEST), text.rfind(" ", 0, _LONGEST), _LONGEST // 2)
        for at in range(cut, len(text), _LONGEST):
            self._tell(where, text[at : at + _LONGEST], "it is longer than a cell of Excel can be", "")
        return text[:cut]

    def _progress(self, ref: str, blocks: Blocks) -> Iterator[Row]:
        """A row for each block; what was typed as a list's items stands in one, and an exhibit takes its source."""
        where = f"Condition {ref}, progress"
        placed: Row | None = None
        for group in _groups(joined(blocks, is_of_months)):
            first = group[0]
            alone = text_of_runs(first.runs) if isinstance(first, Paragraph) and len(group) == 1 else ""
            source = _SOURCE.fullmatch(alone)
            if placed is not None and source and self.exhibits.take_source(str(placed["Content"]), source[1]):
                placed = None
                continue
            name = self.exhibits.place(first, ref, where) if isinstance(first, Picture | Table) else None
            if name is None:
                placed = None
                text = typed(group)
                if text:
                    yield {"Condition (or Ref)": ref, "Kind": "Text", "Content": text}
            else:
                placed = {"Condition (or Ref)": ref, "Kind": "Exhibit", "Content": name}
                yield placed

    def _check_heads(self, label: str, year: Period | None) -> None:
        """Headers and titles name the return; where one says something else than the workbook will, it is told."""
        expected = f"{self.form.authority}, {label}, {year}"
        for head in dict.fromkeys(self.form.heads):
            if head != expected:
                self._tell("a header or title", head, f"the documents will print {expected}", "")


def _is_long(value: object) -> bool:
    return isinstance(value, str) and len(value) > _LONGEST


def _groups(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    group: list[Block] = []
    for block in blocks:
        if group and not (is_item_as_typed(group[-1]) and is_item_as_typed(block)):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _levels(labels: Sequence[str], levels: object) -> Row:
    held = levels if isinstance(levels, dict) else {}
    return {label: held.get(label) for label in labels}


def _with_all_roles(approvals: Iterable[FormApproval]) -> list[FormApproval]:
    told = list(approvals)
    given = {each.role for each in told}
    return [*told, *(FormApproval(role, "", "") for role in SIGN_OFF_ROLES if role not in given)]


def _colour(colour: str) -> str:
    return next((name for name, value in NAMED_COLOURS.items() if value == colour.upper()), colour)


def _note_rows(notes: Iterable[Note]) -> Iterator[Row]:
    for note in notes:
        yield {
            "File": note.file,
            "Part": note.part,
            "Where": note.where,
            "Words": note.words[:_LONGEST],
            "Why": note.why,
        }


def told(note: Note) -> str:
    """A note as a line to be printed; the workbook's sheet holds all of its words."""
    place = " · ".join(filter(None, (note.file, note.part, note.where)))
    words = " ".join(note.words.split())
    words = words if len(words) <= _PRINTED else f"{words[:_PRINTED].rstrip()}…"
    return f"{place}: {f'“{words}”: ' if words else ''}{note.why}" if place else f"“{words}”: {note.why}"
