"""The first part of a form: who reports when, the contacts, the questions, and the key to the levels."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from svreport.model.level import LevelScale, scale, standard_scale
from svreport.narrative.blocks import Block, Paragraph, Run
from svreport.word.forms.blocks import blocks_of
from svreport.word.forms.file import FormFile, is_paragraph
from svreport.word.forms.grid import GridCell, Headings, Row, cell_text, headings_of, take_headings, under
from svreport.word.forms.levels import level_of_colour
from svreport.word.forms.people import approvals_of, people_of
from svreport.word.forms.rows import Blocks, Form, FormQuestion
from svreport.word.forms.wording import begins, is_fixed, which
from svreport.word.markup import Element

Teller = Callable[[str], Callable[[str, str], None]]
"""Gives, for a place of the form, what takes the words of something that could not be read there, and why."""

OVERVIEW = "Programme overview"
_LABELLED = ("authority", "submitted", "signed", "contacts")
_PROMPT_ENDS = re.compile(r"support would be beneficial\.?\s*")
_BOX_FIRST = re.compile(r"[☒☑✓✔]\s*(yes|no)\b", re.IGNORECASE)
_WORD_FIRST = re.compile(r"\b(yes|no)\s*[☒☑✓✔]", re.IGNORECASE)
_ANSWER = re.compile(r"\W*(yes|no|y|n)\b[\s.:;,–-]*(.*)", re.IGNORECASE | re.DOTALL)
_GLOSS = re.compile(r"\s*[-–—:;,(].*|", re.DOTALL)
_SHORTEST_LEVEL = 2
_BOX = re.compile(r"[☐☒☑✓✔]")


class Overview:
    """Reads the tables of the first part into a form."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._lines: list[str] = []

    def read(self, file: FormFile, rows: Sequence[Row], teller: Teller) -> None:
        """The table with the authority, the dates and the people, laid out across or down."""
        headings = headings_of(file, rows[0])
        if sum(headings.has(what) for what in _LABELLED) > 1:
            take_headings(file, rows[0], OVERVIEW)
            columns = {what: _reaching(headings, what) for what in _LABELLED if headings.has(what)}
            for row in rows[1:]:
                for cell in row:
                    what = next((each for each in _LABELLED if cell.column in columns.get(each, ())), "")
                    self._cell(file, what, cell, teller)
        else:
            for row in rows:
                what = ""
                for cell in row:
                    label = which("columns", cell_text(file, cell))
                    if label in _LABELLED and not what:
                        what = label
                        take_headings(file, [cell], OVERVIEW)
                    else:
                        self._cell(file, what or "contacts", cell, teller)

    def finish(self) -> None:
        """The contacts, once every cell that has some was read."""
        self._form.contacts += people_of(self._lines)

    def _cell(self, file: FormFile, what: str, cell: GridCell, teller: Teller) -> None:
        text = cell_text(file, cell)
        if not text or (cell.continues and not text):
            file.text(cell.elements)
        elif which("prompts", text) == "adviser" or (what != "contacts" and self._is_awaited(what)):
            self._form.adviser_support += without_prompt(
                file, cell.elements, teller("Specialist adviser support")
            )
        elif what == "contacts":
            self._lines.append(file.text(cell.elements))
        elif what == "authority" and not self._form.authority:
            self._form.authority = " ".join(file.text(cell.elements).split())
        elif what == "submitted" and not self._form.submitted:
            self._form.submitted = " ".join(file.text(cell.elements).split())
        elif what == "signed":
            self._signed(file, cell, teller("Signed off"))

    def _is_awaited(self, what: str) -> bool:
        """True where a cell stands behind the others of its column and can only be the answer about advisers."""
        held = {"authority": self._form.authority, "submitted": self._form.submitted}
        return not self._form.adviser_support and bool(held.get(what))

    def _signed(self, file: FormFile, cell: GridCell, tell: Callable[[str, str], None]) -> None:
        approvals, others = approvals_of([file.text(cell.elements)])
        known = {each.role for each in self._form.approvals}
        self._form.approvals += [each for each in approvals if each.role not in known]
        for line in others:
            tell(line, "it names no S151 Officer or DCS in words such as `DCS: Name, 11 December 2024`")


def _reaching(headings: Headings, what: str) -> list[int]:
    """The columns under a heading, and those behind it whose own heading is empty."""
    columns = list(headings.columns[what])
    last = max(columns)
    while headings.texts.get(last + 1) == "":
        last += 1
        columns.append(last)
    return columns


def without_prompt(file: FormFile, elements: Sequence[Element], tell: Callable[[str, str], None]) -> Blocks:
    """What is answered to the question about advisers, without the question."""
    answer: list[Element] = []
    first: list[Block] = []
    for element in elements:
        text = file.peek([element]) if is_paragraph(element) else ""
        if text and (which("prompts", text) == "adviser" or is_fixed(text)):
            file.take(element)
            ended = _PROMPT_ENDS.search(text)
            if ended and text[ended.end() :].strip():
                first.append(Paragraph((Run(text[ended.end() :].strip()),)))
        else:
            answer.append(element)
    return (*first, *blocks_of(file, answer, tell))


def is_overview(headings: Headings) -> bool:
    return headings.has("authority") or headings.has("submitted")


def are_questions(headings: Headings) -> bool:
    return headings.has("answer") and (
        headings.has("commentary") or headings.has("progress") or len(headings.texts) == 3
    )


def read_questions(
    file: FormFile, rows: Sequence[Row], headings: Headings, teller: Teller
) -> list[FormQuestion]:
    """The questions of one table with their answers. Ones that ask in other words are the plan's two by their order."""
    questions: list[FormQuestion] = []
    for row in rows:
        again = headings_of(file, row)
        if are_questions(again):
            headings = again
            take_headings(file, row, OVERVIEW)
            continue
        answers = headings.columns.get("answer", [])
        comments = headings.columns.get("commentary") or headings.columns.get("progress", [])
        asked = [cell for cell in row if not any(cell.covers(column) for column in (*answers, *comments))]
        question = "\n".join(filter(None, (file.text(cell.elements) for cell in asked)))
        said = " ".join(filter(None, (file.text(cell.elements) for cell in under(row, answers))))
        elements = [element for cell in under(row, comments) for element in cell.elements]
        commentary = blocks_of(file, elements, teller(f"{question}, Commentary"))
        if not question and not said and questions:
            last = questions[-1]
            questions[-1] = replace(last, commentary=last.commentary + commentary)
        elif question or said or commentary:
            questions.append(_question(question, said, commentary, teller(f"{question}, Yes/No")))
    return questions


def _question(question: str, said: str, commentary: Blocks, tell: Callable[[str, str], None]) -> FormQuestion:
    answer, more = answer_of(said)
    if more:
        commentary = (Paragraph((Run(more),)), *commentary)
    if answer is None and said:
        tell(said, "it is neither Yes nor No")
    return FormQuestion(which("questions", question) or "", question, answer, commentary)


def answer_of(text: str) -> tuple[bool | None, str]:
    """(True for Yes, the words beside it) of an answer in words, a letter or a ticked box."""
    if _BOX.search(text):
        ticked = (_BOX_FIRST if _BOX.match(text.strip()) else _WORD_FIRST).search(text)
        return (None if ticked is None else ticked[1].casefold() == "yes"), ""
    found = _ANSWER.fullmatch(text)
    if not found:
        return None, ""
    return found[1].casefold() in ("yes", "y"), found[2].strip()


def is_key(headings: Headings) -> bool:
    return headings.has("level", "definition")


def read_key(file: FormFile, rows: Sequence[Row], headings: Headings) -> LevelScale | None:
    """The levels with their definitions, best first; a level that is shown by its colour or letter alone is one of
    the form's own four.
    """
    told: list[tuple[str, str, str]] = []
    for row in rows:
        names = under(row, headings.columns["level"])
        worded = [each for cell in names for each in cell.elements if file.peek([each])]
        text = " ".join(file.text(worded[:1]).split())
        others = [element for cell in row if cell not in names for element in cell.elements]
        fill = next(filter(None, (_fill(file, cell) for cell in names)), None)
        held = standard_scale().read(text)
        level = held.name if held and _GLOSS.fullmatch(text[len(held.name) :]) else text
        if len(text) < _SHORTEST_LEVEL:
            level = held.name if held else level_of_colour(fill, standard_scale()) or ""
        if level:
            gloss = (
                text[len(level) :].strip(" –—-:()") if text.casefold().startswith(level.casefold()) else ""
            )
            definition = " ".join([gloss, *file.text(others).split()]).strip()
            told.append((level, f"#{fill}" if fill else _colour_of(level), definition))
    return scale(told) if told else None


def _fill(file: FormFile, cell: GridCell) -> str | None:
    fills = (file.fill(each) for each in cell.elements if is_paragraph(each))
    return next(filter(None, fills), None) or file.cell_fill(cell.element)


def _colour_of(level: str) -> str:
    held = standard_scale().read(level)
    return held.colour if held else "#FFFFFF"


def prompt_of(text: str) -> str | None:
    """Which of the form's prompts a paragraph is or begins with: `adviser`, `dashboard`, `key`, `data_as_at`."""
    return which("prompts", text)


def behind(prompt: str, text: str) -> str:
    """The words behind a prompt: the date of `Data as at 31 October 2024.`"""
    return text[begins("prompts", prompt, text) :].strip(" .")
