"""A Word form as councils send it to DfE, read into plain rows, whoever made it and however it is laid out."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from svreport.errors import FormUnreadable
from svreport.model.period import read_financial_year
from svreport.model.references import reference_key
from svreport.word.forms.file import FormFile, Note, is_paragraph, is_table
from svreport.word.forms.flow import elements_of
from svreport.word.forms.grid import Headings, Row, headings_of, rows_of, take_headings
from svreport.word.forms.guessing import guessed_key, guessed_questions, guessed_rated
from svreport.word.forms.overview import (
    OVERVIEW,
    Overview,
    are_questions,
    behind,
    is_key,
    is_overview,
    prompt_of,
    read_key,
    read_questions,
)
from svreport.word.forms.pictures import pictures_in
from svreport.word.forms.rated import PARTS, RatedRows, finished, is_heading, labels_of, made_up_labels
from svreport.word.forms.rows import Form
from svreport.word.forms.sections import Sections, is_headline_heading
from svreport.word.forms.wording import is_fixed, which
from svreport.word.markup import Element
from svreport.word.revisions import comments_of

_ROWS_BEFORE_HEADINGS = 3
_UNPLACED = "nothing in the form says which part of the return it is"


def read_form(paths: Sequence[Path]) -> Form:
    """The form that these files hold together, its parts in any order.

    Raises FormUnreadable for a file that is no Word document, for files none of which holds any part of the form, and
    for a part that two of them hold.
    """
    reader = _Reader()
    for path in paths:
        reader.read(FormFile(path))
    return reader.form(paths)


class _Reader:
    def __init__(self) -> None:
        self._form = Form()
        self._overview = Overview(self._form)
        self._rated = {word: RatedRows(word) for word in PARTS}
        self._files: list[FormFile] = []
        self._sections = Sections(self._form)
        self._part = ""
        self._titled = ""  # the part that a title names, until a table of it was read
        self._under = ""
        self._before: tuple[str, Headings] | None = None
        self._found = False

    def read(self, file: FormFile) -> None:
        self._files.append(file)
        self._part, self._titled, self._under, self._before = "", "", "", None
        self._margins(file)
        self._flow(file, elements_of(file.body))
        self._sections.end(file, self._teller(file))

    def form(self, paths: Sequence[Path]) -> Form:
        """Everything that was read, and a note of all that was not."""
        if not self._found:
            names = " and ".join(str(path) for path in paths)
            raise FormUnreadable(
                f"{names}: no part of the DfE form was found inside (its tables are known by headings such as "
                "Agreement Condition, Assurance Level, Mitigation and LA Name)."
            )
        form = self._form
        self._overview.finish()
        rows = [each for kind in self._rated.values() for each in kind.rows]
        form.updates = labels_of(rows, form.scale)
        if rows and not form.updates:
            form.updates = made_up_labels(rows)
            words = ", ".join(form.updates) or "no levels"
            why = "the levels have no updates' labels in the form: name them on Updates, Conditions and Risks"
            form.notes.append(Note(rows[0].file.name, PARTS["Condition"], "assurance levels", words, why))
        for word, held in (("Condition", form.conditions), ("Risk", form.risks)):
            self._tell_twice(word)
            held += finished(self._rated[word].rows, word, form.updates, form.notes)
        for file in self._files:
            self._tell_rest(file)
        return form

    def _teller(self, file: FormFile) -> Callable[[str], Callable[[str, str], None]]:
        def at(where: str) -> Callable[[str, str], None]:
            part = self._part or OVERVIEW
            return lambda words, why: self._form.notes.append(Note(file.name, part, where, words, why))

        return at

    def _margins(self, file: FormFile) -> None:
        """The headers say which part this is and whose return; what they say besides is told."""
        for kind, text in dict.fromkeys(file.margins()):
            part = which("parts", text)
            if part:
                self._part = self._titled = self._part or part
            elif _is_head(text):
                self._form.heads.append(text)
            elif not is_fixed(text):
                why = "it stands in the margin of the pages, which the documents fill in themselves"
                self._form.notes.append(Note(file.name, self._part, f"the {kind}", text, why))

    def _flow(self, file: FormFile, elements: Iterable[Element]) -> None:
        for element in elements:
            file.put_down([element], self._part, self._under)
            if is_paragraph(element):
                self._paragraph(file, element)
            elif is_table(element):
                self._table(file, element)

    def _paragraph(self, file: FormFile, paragraph: Element) -> None:
        text = file.shown(paragraph)
        if not text.strip():
            self._sections.take(paragraph)
            return
        part, prompt = which("parts", text), prompt_of(text)
        told = text.partition(":")[2].strip()
        headline = is_headline_heading(file, paragraph, text)
        if part and (not told or _is_head(told)):
            self._begin(file, paragraph, "")
            self._part = self._titled = part
            self._form.heads += [told] if told else []
        elif headline:
            self._begin(file, paragraph, headline)
            self._found = True
        elif prompt in ("dashboard", "key"):
            self._begin(file, paragraph, prompt)
        elif prompt == "data_as_at" and not self._form.data_as_at:
            file.take(paragraph)
            self._form.data_as_at = behind(prompt, text)
        elif prompt == "data_as_at" and behind(prompt, text) == self._form.data_as_at:
            file.take(paragraph)
        elif is_fixed(text):
            if file.is_heading(paragraph):
                self._begin(file, paragraph, "")
            file.take(paragraph)
        elif file.is_heading(paragraph) and self._sections.name:
            self._begin(file, paragraph, "", taken=False)
        else:
            self._sections.take(paragraph)

    def _begin(self, file: FormFile, paragraph: Element, section: str, *, taken: bool = True) -> None:
        self._sections.end(file, self._teller(file))
        self._sections.name = section
        self._under = " ".join(file.shown(paragraph).split())[:80]
        if taken:
            file.take(paragraph)

    def _table(self, file: FormFile, table: Element) -> None:
        rows = rows_of(table)
        if not rows or self._known(file, rows) or self._sections.take(table):
            return
        for row in rows:
            for cell in row:
                self._flow(file, cell.elements)

    def _known(self, file: FormFile, rows: Sequence[Row]) -> bool:
        """Reads a table of the form, if it is one."""
        for at, row in enumerate(rows[:_ROWS_BEFORE_HEADINGS]):
            headings = headings_of(file, row)
            kind = _kind(headings)
            if kind:
                self._flow(
                    file, [element for above in rows[:at] for cell in above for element in cell.elements]
                )
                self._read_table(file, kind, rows[at:], headings)
                return True
        rated = guessed_rated(file, rows, self._titled)
        if rated is not None:
            self._read_rated(file, *rated, rows)
        elif (key := guessed_key(file, rows)) is not None:
            self._form.scale = read_key(file, rows, key) or self._form.scale
        elif (asked := guessed_questions(file, rows)) is not None:
            self._sections.end(file, self._teller(file))
            self._questions(file, rows, asked)
        elif self._before is not None and _width(rows) == _width_of(self._before[1]):
            self._read_rated(file, *self._before, rows)
        else:
            return False
        return True

    def _read_table(self, file: FormFile, kind: str, rows: Sequence[Row], headings: Headings) -> None:
        self._sections.end(file, self._teller(file))
        self._sections.name = ""
        self._found = True
        if kind in PARTS:
            self._read_rated(file, kind, headings, rows)
            return
        self._before = None
        if kind == "overview":
            self._part = OVERVIEW
            self._overview.read(file, rows, self._teller(file))
        elif kind == "questions":
            self._part = OVERVIEW
            self._questions(file, rows, headings)
        else:
            take_headings(file, rows[0], self._part)
            self._form.scale = read_key(file, rows[1:], headings) or self._form.scale

    def _read_rated(self, file: FormFile, word: str, headings: Headings, rows: Sequence[Row]) -> None:
        self._found = True
        self._part, self._titled, self._before = PARTS[word], "", (word, headings)
        self._rated[word].read(file, rows, headings)

    def _questions(self, file: FormFile, rows: Sequence[Row], headings: Headings) -> None:
        self._found = True
        self._form.questions += read_questions(file, rows, headings, self._teller(file))

    def _tell_twice(self, word: str) -> None:
        held: dict[str, FormFile] = {}
        for row in self._rated[word].rows:
            first = held.setdefault(reference_key(row.ref, word), row.file) if row.ref else row.file
            if first is not row.file:
                raise FormUnreadable(
                    f"{first.name} and {row.file.name} both hold {word} {row.ref}: give each part of the form once."
                )

    def _tell_rest(self, file: FormFile) -> None:
        """Tells every paragraph that nobody read, and what stands beside words: comments, notes and hidden text."""
        notes = self._form.notes
        for paragraph in file.paragraphs():
            part, where = file.where(paragraph)
            words = file.words(paragraph)
            if words.hidden.strip():
                notes.append(Note(file.name, part, where, words.hidden.strip(), "it is hidden text"))
            for kind, number in words.notes:
                text = file.notes_text(kind.removesuffix("Reference") + "s", number)
                notes.append(
                    Note(file.name, part, where, text, "it is a note at the foot of the page or the end")
                )
        for paragraph in file.not_taken():
            part, where = file.where(paragraph)
            text = " ".join(file.shown(paragraph).split())
            if text and not is_fixed(text) and not which("parts", text):
                notes.append(Note(file.name, part, where, text, _UNPLACED))
            for drawing in file.words(paragraph).drawings:
                for found in pictures_in(file.archive, file.part, drawing):
                    words_of = getattr(found, "alt_text", "") or getattr(found, "words", "")
                    why = "it is a picture that stands where the workbook has no place for one"
                    notes.append(
                        Note(file.name, part, where, words_of or "(a picture without a description)", why)
                    )
        for comment in comments_of(file.archive):
            why = f"it is a comment in the margin{f', by {comment.author}' if comment.author else ''}"
            notes.append(Note(file.name, "", "comments", comment.text, why))
        for _ in file.strange():
            notes.append(
                Note(
                    file.name, "", "", "(another file inside this one)", "open it in Word, and save it again"
                )
            )


def _kind(headings: Headings) -> str:
    if is_heading(headings):
        return "Condition" if headings.has("condition") else "Risk"
    if is_overview(headings):
        return "overview"
    if are_questions(headings):
        return "questions"
    return "key" if is_key(headings) else ""


def _is_head(text: str) -> bool:
    """True for the line that names a return: `Wiltshire, Update 3 (November), 2024-25`."""
    return text.count(",") > 1 and read_financial_year(text.rpartition(",")[2].strip()) is not None


def _width(rows: Sequence[Row]) -> int:
    return max(cell.column + cell.span for row in rows for cell in row)


def _width_of(headings: Headings) -> int:
    return max(headings.texts, default=-1) + 1
