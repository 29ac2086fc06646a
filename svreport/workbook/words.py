"""The words of the return: the sheets `Questions`, `Headlines` and `Progress`."""

from collections.abc import Sequence

from svreport.model import names
from svreport.model.entry import Entry
from svreport.model.references import reference_key
from svreport.model.submission import (
    BlockKind,
    Condition,
    Exhibit,
    Headline,
    ProgressBlock,
    Question,
)
from svreport.workbook import cells, layout, rules
from svreport.workbook.cells import Found
from svreport.workbook.ratings import tell_repeated
from svreport.workbook.rows import Row, Table


def read_questions(table: Table, found: Found) -> tuple[Question, ...]:
    questions = tuple(
        Question(
            ref=row.read("Ref", cells.reference),
            question=row.read("Question", cells.text),
            answer=row.read("Answer", cells.yes_no),
            commentary=row.read("Commentary", cells.text),
        )
        for row in table.rows
    )
    tell_repeated([question.ref for question in questions], "Question", found)
    if table.has("Ref") and not any(question.ref.fault for question in questions):
        _tell_missing_questions(table, questions, found)
    return questions


def _tell_missing_questions(table: Table, questions: Sequence[Question], found: Found) -> None:
    held = {names.key(question.ref.value or ""): question.ref for question in questions}
    others = [ref.value for ref in held.values() if ref.value]
    for ref in (*layout.PLAN_QUESTIONS, layout.CAPITAL_QUESTION):
        if ref in held:
            continue
        rule = rules.CAPITAL_MISSING if ref == layout.CAPITAL_QUESTION else rules.QUESTION_MISSING
        near = names.nearest(ref, others, most=1)
        mend = f"name the ref {near[0]} {ref}" if near else f"add the question with the ref {ref}"
        found.append(
            rule.at(
                table.place(), read=f"no row with the ref {ref}", expected=f"the question {ref}", mend=mend
            )
        )


def read_headlines(table: Table, found: Found) -> tuple[Headline, ...]:
    headlines = tuple(
        Headline(
            heading=row.read("Heading", cells.word(layout.HEADLINE_HEADINGS, rules.CHOICE)),
            text=row.read("Text", cells.text),
        )
        for row in table.rows
    )
    counts: dict[str, int] = {}
    for headline in headlines:
        heading = headline.heading.value
        if heading is None:
            continue
        counts[heading] = counts.get(heading, 0) + 1
        if counts[heading] > layout.MOST_HEADLINES:
            cells.refused(
                found,
                rules.TOO_MANY_HEADLINES,
                headline.heading.place,
                read=f"{heading}, number {counts[heading]}",
                expected=f"at most {layout.MOST_HEADLINES} under {heading}",
                mend="choose the three that matter most",
            )
    return headlines


class ProgressReader:
    """Reads the blocks of progress; `conditions` and `exhibits` are what they may name, and the faults are what a
    block carries where the sheet that would hold them is missing and told already.
    """

    def __init__(
        self,
        conditions: Sequence[Condition],
        condition_fault: str | None,
        exhibits: Sequence[Exhibit],
        exhibit_fault: str | None,
        found: Found,
    ) -> None:
        self._conditions = ConditionNames(conditions)
        self._condition_fault = condition_fault
        self._exhibits = {names.key(each.name.value): each.name.value for each in exhibits if each.name.value}
        self._exhibit_fault = exhibit_fault
        self._found = found

    def read(self, table: Table) -> tuple[ProgressBlock, ...]:
        return tuple(self._block(row) for row in table.rows)

    def _block(self, row: Row) -> ProgressBlock:
        condition = self._condition(row.read("Condition (or Ref)", cells.reference))
        kind = row.read("Kind", cells.choice(BlockKind, rules.KIND))
        content = row.read("Content", cells.line if kind.value is BlockKind.EXHIBIT else cells.text)
        if kind.value is BlockKind.EXHIBIT and content.value is not None:
            content = self._exhibit(content)
        return ProgressBlock(condition, kind, content)

    def _condition(self, entry: Entry[str]) -> Entry[str]:
        """The reference as `Conditions` writes it; the condition's words are understood too."""
        if entry.value is None:
            return entry
        if self._condition_fault:
            return Entry(None, entry.place, self._condition_fault)
        known = self._conditions.find(entry.value)
        if known is not None:
            return Entry(known, entry.place)
        return cells.not_among(entry.value, self._conditions.refs, rules.REFERENCE, entry.place, self._found)

    def _exhibit(self, entry: Entry[str]) -> Entry[str]:
        if self._exhibit_fault:
            return Entry(None, entry.place, self._exhibit_fault)
        known = self._exhibits.get(names.key(entry.value or ""))
        if known is not None:
            return Entry(known, entry.place)
        return cells.not_among(
            entry.value or "", self._exhibits.values(), rules.EXHIBIT, entry.place, self._found
        )


class ConditionNames:
    """Finds the condition that is meant: by its reference (`3.1`, `Condition 3.1`, `3.1: …`) or by its words."""

    def __init__(self, conditions: Sequence[Condition]) -> None:
        self.refs = [condition.ref.value for condition in conditions if condition.ref.value]
        self._by_name: dict[str, str] = {}
        self._by_words: dict[str, str] = {}
        for condition in conditions:
            if ref := condition.ref.value:
                self._by_words.setdefault(names.key(condition.wording.value or ref), ref)
        for name in (names.key, _bare):
            for ref in self.refs:
                self._by_name.setdefault(name(ref), ref)

    def find(self, typed: str) -> str | None:
        """The condition's reference as `Conditions` writes it."""
        for written in (typed, typed.partition(":")[0]):
            known = self._by_name.get(names.key(written)) or self._by_name.get(_bare(written))
            if known:
                return known
        return self._by_words.get(names.key(typed))


def _bare(ref: str) -> str:
    return reference_key(ref, "Condition")
