"""What a table without headings holds, told by what stands in its cells."""

import re
from collections import Counter
from collections.abc import Sequence

from svreport.model.level import standard_scale
from svreport.word.forms.file import FormFile
from svreport.word.forms.grid import GridCell, Headings, Row, cell_text
from svreport.word.forms.levels import Token, level_of_colour, ratings_of
from svreport.word.forms.overview import answer_of
from svreport.word.forms.references import split_reference

_CALLED = re.compile(r"(?:agreement )?(condition|risk)\s*\S", re.IGNORECASE)
_SHORT = 60
_MOST_LEVELS = 8


def guessed_rated(file: FormFile, rows: Sequence[Row], part: str) -> tuple[str, Headings] | None:
    """(`Condition` or `Risk`, the columns) of a table of conditions or risks; `part` is that which a title
    before it names, empty for none.
    """
    levels, refs, called = Counter[int](), Counter[int](), Counter[str]()
    columns: set[int] = set()
    for row in rows:
        for cell in row:
            text = cell_text(file, cell)
            columns.add(cell.column)
            word = _CALLED.match(text)
            if word:
                called[word[1].capitalize()] += 1
            if word or split_reference(text, "Condition")[0][:1].isdigit():
                refs[cell.column] += 1
            elif _is_level(file, cell, text):
                levels[cell.column] += 1
    of_part = {"Detailed update": "Condition", "Risk register": "Risk"}.get(part, "")
    if not refs or not levels or not 3 <= len(columns) <= 5:
        return None
    named = refs.most_common(1)[0][0]
    most = levels.most_common(1)[0][1]
    rated = [column for column, times in levels.items() if column != named and 2 * times >= most]
    others = sorted(columns - {named, *rated})
    by_width = "Risk" if len(others) > 1 else "Condition"  # a risk has its mitigation too
    word_told = called.most_common(1)[0][0] if called else of_part or by_width
    headings = Headings({word_told.casefold(): [named], "level": sorted(rated)})
    headings.texts = {named: word_told, **dict.fromkeys(rated, "Assurance Level")}
    if word_told == "Risk" and len(others) > 1:
        headings.columns["mitigation"] = [others.pop(0)]
        headings.texts[headings.columns["mitigation"][0]] = "Mitigation"
    headings.columns["progress"] = others
    headings.texts.update(dict.fromkeys(others, "Progress Update"))
    return word_told, headings


def _is_level(file: FormFile, cell: GridCell, text: str) -> bool:
    if not text:
        return level_of_colour(file.cell_fill(cell.element), standard_scale()) is not None
    lines = text.split("\n")
    if any(len(line) > _SHORT for line in lines):
        return False
    return any(each.level for each in ratings_of([Token(line, None) for line in lines], standard_scale()))


def guessed_questions(file: FormFile, rows: Sequence[Row]) -> Headings | None:
    """The columns of questions, where each row has one cell that says Yes or No."""
    answers = Counter[int]()
    for row in rows:
        for cell in row:
            text = cell_text(file, cell)
            if len(text) < _SHORT and answer_of(text)[0] is not None:
                answers[cell.column] += 1
    if not answers or answers.most_common(1)[0][1] < len(rows) or any(len(row) != 3 for row in rows):
        return None
    answer = answers.most_common(1)[0][0]
    others = [cell.column for cell in rows[0] if cell.column != answer]
    return Headings({"answer": [answer], "question": others[:1], "commentary": others[1:]})


def guessed_key(file: FormFile, rows: Sequence[Row]) -> Headings | None:
    """The columns of the key, where each row is a level and its definition."""
    if not 2 <= len(rows) <= _MOST_LEVELS or any(len(row) != 2 for row in rows):
        return None
    levels = [_level_alone(file, row[0]) for row in rows]
    told = [level for level in levels if level]
    if len(told) < len(rows) - 1 or len(set(told)) < len(told):
        return None
    return Headings({"level": [rows[0][0].column], "definition": [rows[0][1].column]})


def _level_alone(file: FormFile, cell: GridCell) -> str | None:
    text = cell_text(file, cell)
    if len(text) > _SHORT:
        return None
    held = standard_scale().read(text)
    return (
        held.name
        if held
        else level_of_colour(file.cell_fill(cell.element), standard_scale())
        if not text
        else None
    )
