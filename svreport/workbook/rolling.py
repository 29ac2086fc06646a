"""Making the next update's workbook out of the last: what is written anew each time is emptied, the rest stays."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from svreport.model import names
from svreport.model.entry import Entry
from svreport.model.finding import Place
from svreport.model.period import Period, read_financial_year
from svreport.model.references import headed
from svreport.model.submission import (
    BlockKind,
    Condition,
    ProgressBlock,
    Risk,
    Submission,
)
from svreport.workbook import last_update, rolling_told
from svreport.workbook.book import SheetCells
from svreport.workbook.editing.workbook import WorkbookEditor
from svreport.workbook.headings import Labels
from svreport.workbook.last_update import Carried
from svreport.workbook.next_update import Step, next_step
from svreport.workbook.rows import Table
from svreport.workbook.tables import Tables

_UNCALCULATED = "(a formula that was never calculated)"


@dataclass(frozen=True, slots=True)
class Rolled:
    """The next update's workbook; `emptied`, `stays` and `notes` are phrases for a person."""

    data: bytes
    update: str
    emptied: tuple[str, ...]
    stays: tuple[str, ...]
    notes: tuple[str, ...]


def roll_forward(path: Path, submission: Submission, label: str | None = None) -> Rolled:
    """The workbook at `path`, of which `submission` is the reading, made ready for its next update (or for the one
    that `label` names); the file is not touched.

    Raises CallFault where it cannot be known which update that is, WorkbookUnreadable as reading does.
    """
    step = next_step(submission, label)
    return _Rolling(WorkbookEditor.open(path), submission, step).rolled()


class _Rolling:
    def __init__(self, editor: WorkbookEditor, submission: Submission, step: Step) -> None:
        self._editor = editor
        self._submission = submission
        self._step = step
        self._book = {sheet.name: sheet for sheet in reversed(editor.cells())}
        self._tables = Tables(list(self._book.values())[::-1], [])
        self._carried: list[Carried] = []
        self._emptied: Counter[str] = Counter()
        self._formulas: list[str] = []
        self._notes: list[str] = []

    def rolled(self) -> Rolled:
        had_formulas = self._editor.has_formulas()
        self._roll_programme()
        self._roll_updates()
        self._roll_questions()
        self._roll_headlines()
        self._roll_levels("Condition", self._submission.conditions)
        self._roll_progress()
        self._roll_levels("Risk", self._submission.risks)
        for risk in self._submission.risks:
            what = f"{_named(risk.ref, 'Risk')}: progress"
            self._empty(risk.progress.place, what, "text of progress on a risk|texts of progress on risks")
        self._roll_finance()
        self._roll_sign_off()
        self._add_last_update()
        if self._formulas:
            self._notes.append(
                f"formulas were emptied with their cells: {names.listed(self._formulas, 'and')}"
            )
        if had_formulas:
            self._notes.append(
                "the workbook calculates: open it in Excel and save it once before building from it"
            )
        return Rolled(
            self._editor.save(),
            rolling_told.update_of(self._step.label, self._step.year),
            tuple(rolling_told.counted(count, words) for words, count in self._emptied.items()),
            tuple(rolling_told.what_stays(self._submission, self._step)),
            tuple(self._notes),
        )

    def _roll_programme(self) -> None:
        programme = self._submission.programme
        self._set_item("Current update", programme.current_update, self._step.label)
        self._set_item("Previous workbook", programme.previous_workbook, self._previous())
        if self._step.new_year:
            self._move_year(programme.financial_year)
        for name in ("Specialist adviser support", "Dashboard"):
            entry = programme.items.get(name)
            if entry is not None:
                self._empty(entry.place, name, f"text of Programme ({name})|texts of Programme")

    def _previous(self) -> str:
        name = self._submission.workbook
        if not re.search(r'[/\\:*?"<>|\x00-\x1f]', name):
            return name
        self._notes.append(
            f"Previous workbook is left empty, because no other computer could have a file called {name}"
        )
        return ""

    def _move_year(self, entry: Entry[Period]) -> None:
        year = self._step.year
        if year is None:
            self._notes.append("Financial year could not be read: choose the new one on Programme")
            return
        typed = self._shown(entry.place)
        start, end = year.start_year, year.start_year + 1
        moved = re.sub(
            r"\d{4}(\s*[-/–]\s*)(\d{4}|\d{2})",
            lambda found: f"{start}{found[1]}{end if len(found[2]) == 4 else f'{end % 100:02d}'}",
            typed,
        )
        self._set_item("Financial year", entry, moved if read_financial_year(moved) == year else str(year))
        # A made workbook names its year in its title and over its pages.
        title = re.compile(rf"(Safety Valve return: [^\n]{{0,200}}?)\b{re.escape(str(entry.value))}\b")
        self._editor.rewrite_titles(title, rf"\g<1>{year}")

    def _set_item(self, name: str, entry: Entry[str] | Entry[Period], value: str) -> None:
        """Writes a programme item, in a new row where it has none."""
        place = entry.place
        if place.row and place.column:
            self._editor.set(place, value)
            return
        columns = self._tables.table("Programme").columns
        if place.sheet in self._editor.sheets and {"Item", "Value"} <= columns.keys() and value:
            self._editor.append_row(place.sheet, {columns["Item"]: name, columns["Value"]: value})
        elif value:
            self._notes.append(f"{name} could not be written: Programme has no place for it")

    def _roll_updates(self) -> None:
        for at, update in enumerate(self._submission.updates):
            if self._step.new_year or at == self._step.at:
                for heading, entry in (("Data as at", update.data_as_at), ("Submitted", update.submitted)):
                    what = f"{update.label.value or 'An update'}: {heading}"
                    self._empty(entry.place, what, "date of Updates|dates of Updates", is_text=False)
        labels = [update.label.value or "" for update in self._submission.updates]
        years = [label for label in labels if re.search(r"\b20\d\d\b", label)]
        if self._step.new_year and years:
            self._notes.append(
                f"labels of updates stay as they are, though they name a year: {names.listed(years, 'and')}; type the "
                "new ones on Updates, over the columns of Conditions and Risks, and as Current update"
            )

    def _roll_questions(self) -> None:
        for question in self._submission.questions:
            asked = question.ref.value or "a question"
            self._empty(question.answer.place, f"{asked}: answer", "answer of Questions|answers of Questions")
            self._empty(
                question.commentary.place,
                f"{asked}: commentary",
                "commentary of Questions|commentaries of Questions",
            )

    def _roll_headlines(self) -> None:
        """Empties the points; of each heading the first row keeps it, as in a new workbook."""
        first: dict[str, Place] = {}
        for headline in self._submission.headlines:
            heading = headline.heading.value
            place = first.setdefault(heading, headline.text.place) if heading else headline.text.place
            self._empty(headline.text.place, heading or "Headline", "headline|headlines", place)
            if place != headline.text.place and not self._editor.merged(headline.heading.place):
                self._clear(headline.heading.place)

    def _roll_levels(self, word: str, rows: Sequence[Condition] | Sequence[Risk]) -> None:
        """Empties the levels of the new update, into a new year those of all; a column that is due and missing is
        added.
        """
        updates, current = self._submission.updates, self._submission.current
        labels = [update.label.value or "" for update in updates]
        table = self._tables.table(f"{word}s", Labels(tuple(each for each in labels if each), True))
        columns = self._level_columns(table, labels)
        last = None if current is None else labels[current]
        for row in rows:
            what = f"{_named(row.ref, word)}: level"
            for at, entry in enumerate(row.levels):
                shown = self._shown(entry.place)
                if at == current and shown and labels[self._step.at] in columns:
                    place = Place(table.name, row.ref.place.row, columns[labels[self._step.at]])
                    self._carried.append(Carried(f"{what} at {last}" if last else what, shown, place))
                if (self._step.new_year or at == self._step.at) and self._clear(entry.place):
                    self._emptied["level|levels"] += 1

    def _level_columns(self, table: Table, labels: Sequence[str]) -> dict[str, int]:
        columns = dict(table.columns)
        if table.absent or not table.heading_row:
            return columns
        for label in labels[: self._step.at + 1]:
            held = [columns[each] for each in labels if each in columns]
            if label and label not in columns:
                like = held[-1] if held else max(columns.values())
                columns[label] = self._editor.add_column(table.name, table.heading_row, label, like)
                self._notes.append(f"{table.name} has a new column, {label}")
        return columns

    def _roll_progress(self) -> None:
        """Empties the texts; of those of one condition that follow each other the first row stays, so that each
        exhibit keeps its place among them.
        """
        exhibits = {names.key(each.name.value) for each in self._submission.exhibits if each.name.value}
        before: tuple[str, Place] | None = None
        for block in self._submission.progress:
            if not self._is_text(block, exhibits):
                before = None
                continue
            condition = block.condition.value
            place = before[1] if before and before[0] == condition else block.content.place
            before = (condition, place) if condition else None
            what = f"{_named(block.condition, 'Condition')}: progress"
            self._empty(
                block.content.place,
                what,
                "text of progress on a condition|texts of progress on conditions",
                place,
            )
            if place != block.content.place and not self._editor.merged(block.condition.place):
                self._clear(block.condition.place)
                self._clear(block.kind.place)

    def _is_text(self, block: ProgressBlock, exhibits: set[str]) -> bool:
        """Whether a row holds words: one whose kind cannot be read does, unless it names an exhibit."""
        if block.kind.value is None:
            return names.key(self._shown(block.content.place)) not in exhibits
        return block.kind.value is BlockKind.TEXT

    def _roll_finance(self) -> None:
        """Gives the plan a column for the new financial year where it has none: the years before it have ended."""
        table = self._tables.table("Finance")
        years = {
            year: column for name, column in table.columns.items() if (year := read_financial_year(name))
        }
        year = self._step.year
        if not self._step.new_year or year is None or not years or year in years:
            return
        like = years[max(years)]
        typed = self._shown(Place(table.name, table.heading_row, like))
        heading = str(year).replace("-", "/") if "/" in typed else str(year)
        self._editor.add_column(table.name, table.heading_row, heading, like)
        self._notes.append(f"{table.name} has a new column, {heading}, to fill in")

    def _roll_sign_off(self) -> None:
        for approval in self._submission.approvals:
            role = approval.role.value or "Sign-off"
            filled = [
                self._shown(each.place) for each in (approval.name, approval.date, approval.content_code)
            ]
            self._empty(approval.name.place, f"{role}: name", "")
            self._empty(approval.date.place, f"{role}: date", "", is_text=False)
            self._empty(approval.content_code.place, f"{role}: content code", "")
            if any(filled):
                self._emptied["approval of Sign-off|approvals of Sign-off"] += 1

    def _empty(
        self,
        at: Place,
        what: str,
        counted: str,
        place: Place | None = None,
        *,
        is_text: bool = True,
    ) -> None:
        """Empties a cell, and notes what it held beside `place`, where this time's goes (the same cell if None)."""
        shown = self._shown(at)
        if not self._clear(at) or not shown:
            return
        self._carried.append(Carried(what, shown, place or at, is_text))
        if counted:
            self._emptied[counted] += 1

    def _clear(self, place: Place) -> bool:
        """True where there was something to clear."""
        if not place.row or not place.column or place.sheet not in self._editor.sheets:
            return False
        if self._editor.formula(place) is not None:
            self._formulas.append(str(place))
        return self._editor.clear(place)

    def _shown(self, place: Place) -> str:
        """What a cell of the old workbook shows."""
        sheet: SheetCells | None = self._book.get(place.sheet)
        cell = sheet.rows.get(place.row, {}).get(place.column) if sheet else None
        if cell is None:
            return ""
        return _UNCALCULATED if cell.kind.name == "UNCALCULATED" else cell.text

    def _add_last_update(self) -> None:
        current = self._submission.current
        label = None if current is None else self._submission.updates[current].label.value
        update = rolling_told.update_of(
            label or "the last update", self._submission.programme.financial_year.value
        )
        made = next((name for name, sheet in self._book.items() if last_update.is_made(sheet)), None)
        name = made or last_update.free_name(self._editor.all_sheets)
        sheet = last_update.last_update_sheet(name, update, self._carried)
        if made:
            self._editor.replace_sheet(sheet)
        else:
            self._editor.add_sheet(sheet)
        if name != last_update.NAME:
            self._notes.append(
                f"what was written last time is on the sheet {name}: one called {last_update.NAME} was there"
            )


def _named(ref: Entry[str], word: str) -> str:
    return headed(ref.value, word) if ref.value else word
