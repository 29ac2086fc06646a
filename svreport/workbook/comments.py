"""The sheet `Comments`: what reviewers said in drafts, and words of theirs that the workbook could not take."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count

from svreport.model import names
from svreport.model.finding import Place
from svreport.workbook.book import MOST_CHARACTERS_IN_CELL, SheetCells
from svreport.workbook.editing.looks import Look
from svreport.workbook.editing.new_sheet import NewCell, NewSheet
from svreport.workbook.editing.workbook import WorkbookEditor
from svreport.workbook.escapes import escaped
from svreport.workbook.layout import HEADING_ROW

NAME = "Comments"
_GUIDANCE = (
    "What reviewers wrote in the drafts, taken by svreport pull. Nothing here gets into the documents: "
    "clear a row when it is dealt with."
)
_HEADINGS = ("Cell", "About", "Kind", "Author", "Date", "Words", "Comment", "Draft")
_WIDTHS = (18, 30, 14, 22, 20, 50, 70, 28)
_SEARCHED = 20


@dataclass(frozen=True, slots=True)
class Remark:
    """One row. `words` are those that it is about, `text` what was said of them; `place` is None for no cell."""

    place: Place | None
    about: str
    kind: str
    author: str
    date: str
    words: str
    text: str
    draft: str

    @property
    def told(self) -> tuple[str, ...]:
        """What makes it the same remark, whichever draft it came in and wherever its cell has moved."""
        return tuple(names.key(each) for each in (self.kind, self.author, self.date, self.words, self.text))


def add_remarks(editor: WorkbookEditor, remarks: Iterable[Remark]) -> int:
    """Adds the rows that the sheet does not hold yet, and the sheet where there is none; says how many were added."""
    cells = editor.cells()
    sheet = next((each for each in cells if _columns(each)), None)
    known = set() if sheet is None else _known(sheet)
    new: list[Remark] = []
    for remark in remarks:
        if remark.told not in known:
            known.add(remark.told)
            new.append(remark)
    rows = [row for remark in new for row in _rows(remark)]
    if rows and sheet is None:
        editor.add_sheet(_sheet(_free_name(editor.all_sheets), rows))
    elif sheet is not None:
        heading_row, columns = _columns(sheet) or (HEADING_ROW, {})
        for row in rows:
            values = {columns[name]: told for name, told in zip(_HEADINGS, row, strict=True) if told}
            editor.append_row(sheet.name, dict(values), after=heading_row)
    return len(new)


def _rows(remark: Remark) -> Iterable[tuple[str, ...]]:
    """The remark in a row, or in as many as its words need."""
    place = "" if remark.place is None else str(remark.place)
    parts = max(_parts(remark.words), _parts(remark.text), key=len)
    words, texts = _parts(remark.words), _parts(remark.text)
    for number in range(len(parts)):
        yield (
            place,
            remark.about,
            remark.kind,
            remark.author,
            remark.date,
            words[number] if number < len(words) else "",
            texts[number] if number < len(texts) else "",
            remark.draft,
        )


def _parts(text: str) -> list[str]:
    """The text in stretches that cells can hold."""
    step = MOST_CHARACTERS_IN_CELL
    while step > 1 and any(
        len(escaped(text[at : at + step])) > MOST_CHARACTERS_IN_CELL for at in range(0, len(text), step)
    ):
        step //= 2
    return [text[at : at + step] for at in range(0, len(text), step)] or [""]


def _sheet(name: str, rows: Sequence[tuple[str, ...]]) -> NewSheet:
    return NewSheet(
        name,
        _WIDTHS,
        [
            [NewCell(name, Look.TITLE)],
            [NewCell(_GUIDANCE, Look.GUIDANCE)],
            [NewCell(heading, Look.HEADING) for heading in _HEADINGS],
            *([NewCell(told, Look.PLAIN) for told in row] for row in rows),
        ],
        HEADING_ROW,
    )


def _columns(sheet: SheetCells) -> tuple[int, dict[str, int]] | None:
    """The heading row of a sheet that was made here, and its columns; None for a person's own of that name."""
    if not names.key(sheet.name).startswith(names.key(NAME)):
        return None
    for number in sorted(sheet.rows)[:_SEARCHED]:
        headings = {names.key(cell.text): column for column, cell in sheet.rows[number].items()}
        if all(names.key(each) in headings for each in _HEADINGS):
            return number, {each: headings[names.key(each)] for each in _HEADINGS}
    return None


def _known(sheet: SheetCells) -> set[tuple[str, ...]]:
    heading_row, columns = _columns(sheet) or (0, {})
    found = set()
    for number, row in sheet.rows.items():
        if number > heading_row:
            told = {name: row[column].text if column in row else "" for name, column in columns.items()}
            found.add(tuple(names.key(told[name]) for name in ("Kind", "Author", "Date", "Words", "Comment")))
    return found


def _free_name(sheets: Iterable[str]) -> str:
    taken = {names.key(each) for each in sheets}
    told = (NAME if number == 1 else f"{NAME} ({number})" for number in count(1))
    return next(name for name in told if names.key(name) not in taken)
