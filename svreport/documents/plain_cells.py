"""The cells that documents print as they are, without Markdown: found by the words of a paragraph that shows them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from svreport.documents.submission import shown
from svreport.documents.text_cells import level_key
from svreport.model.entry import Entry
from svreport.model.finding import Place, column_letters
from svreport.model.level import Level
from svreport.model.pack_sheets import ColumnType, PackSheet
from svreport.model.references import headed
from svreport.model.submission import Submission
from svreport.word.marks import digest

_SHORTEST = 4
# The columns of packs' sheets whose cells documents print as they are.
_AS_TYPED = (
    ColumnType.TEXT,
    ColumnType.CHOICE,
    ColumnType.DATE,
    ColumnType.EMAIL,
    ColumnType.REFERENCE,
)
_CELL = re.compile(r"(?:'((?:[^']|'')+)'|([A-Za-z0-9_-]+))!([A-Z]{1,3})([0-9]{1,7})\b")


@dataclass(frozen=True, slots=True)
class PlainCell:
    """A cell and what it is about; `words` is what documents print of it."""

    place: Place
    about: str
    words: str


def plain_cells(submission: Submission) -> list[PlainCell]:
    return [each for each in _cells(submission) if len(each.words) >= _SHORTEST]


def cell_in(words: Sequence[str], cells: Sequence[PlainCell], now: str | None = None) -> PlainCell | None:
    """The cell with the longest words among those that the first of these paragraphs shows that shows any.

    With `now`, only one whose words are not in that any more; or else one whose words ended the paragraph, and do not
    end that.
    """
    after = None if now is None else _flat(now)
    for text in words:
        told = _flat(text)
        held = [cell for cell in cells if _flat(cell.words) in told]
        if after is not None:
            gone = [cell for cell in held if _flat(cell.words) not in after]
            held = gone or [
                cell
                for cell in held
                if told.endswith(_flat(cell.words)) and not after.endswith(_flat(cell.words))
            ]
        if held:
            return max(held, key=lambda cell: len(cell.words))
    return None


def _flat(text: str) -> str:
    return " ".join(text.split())


def place_named_in(words: Sequence[str], sheets: Sequence[str]) -> Place | None:
    """The first cell that paragraphs name, such as `Finance!F14`, on a sheet that there is."""
    for text in words:
        for found in _CELL.finditer(text):
            sheet = (found[1] or found[2]).replace("''", "'")
            if sheet in sheets:
                column = next((n for n in range(1, 16_385) if column_letters(n) == found[3]), 0)
                return Place(sheet, int(found[4]), column)
    return None


def level_cell(submission: Submission, key: str, order: int) -> PlainCell | None:
    """The level that a draft's mark stands for."""
    for word, rows in (("Condition", submission.conditions), ("Risk", submission.risks)):
        for row in rows:
            if digest(level_key(word, row.ref)) == key and order < len(row.levels):
                update = submission.updates[order].label.value or ""
                about = f"{headed(row.ref.value or '', word)}, {update}"
                return PlainCell(row.levels[order].place, about, shown_level(row.levels[order]))
    return None


def shown_level(entry: Entry[Level]) -> str:
    return entry.value.name if entry.value is not None else ""


def _cells(submission: Submission) -> Iterator[PlainCell]:
    for word, rows in (("Condition", submission.conditions), ("Risk", submission.risks)):
        for row in rows:
            yield PlainCell(row.wording.place, headed(row.ref.value or "", word), shown(row.wording))
    for question in submission.questions:
        about = f"Question {shown(question.ref)}"
        yield PlainCell(question.question.place, about, shown(question.question))
    for contact in submission.contacts:
        for entry in (contact.name, contact.job_title, contact.email):
            yield PlainCell(entry.place, f"Contact, {shown(contact.role)}", shown(entry))
    for name, item in submission.programme.items.items():
        yield PlainCell(item.place, name, shown(item))
    for update in submission.updates:
        for what, day in (("data as at", update.data_as_at), ("submitted", update.submitted)):
            yield PlainCell(day.place, f"{shown(update.label)}: {what}", shown(day))
    for sheet in submission.pack_sheets:
        yield from _of_paper(sheet)


def _of_paper(sheet: PackSheet) -> Iterator[PlainCell]:
    for row in sheet.rows:
        for column in sheet.declared.columns:
            entry = row.entries[column.field]
            if column.type in _AS_TYPED:
                about = f"{sheet.declared.name}, row {entry.place.row}: {column.heading}"
                yield PlainCell(entry.place, about, shown(entry))
