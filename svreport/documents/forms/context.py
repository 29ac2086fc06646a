"""What the tags of an Excel form can name: words, dates and lists of the return and of the pack's own sheets, typed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from svreport.documents.forms.text import plain_text
from svreport.documents.measures import metric_rows
from svreport.documents.text_cells import progress_by_condition
from svreport.documents.texts import Texts
from svreport.model import formats, names
from svreport.model.entry import Entry
from svreport.model.facts import Facts, NoFigure
from svreport.model.finding import mark
from svreport.model.form import Held
from svreport.model.level import Level
from svreport.model.pack_sheets import ColumnType, DeclaredColumn, DeclaredSheet, PackSheet, SheetRow
from svreport.model.quantity import Quantity, Unit, decimals_of
from svreport.model.references import headed, reference_key
from svreport.model.submission import ProgressBlock

_MOST_DECIMALS = 2
Row = Mapping[str, Held]

WORDS = ("authority", "authority_code", "financial_year", "update", "data_as_at", "submitted", "adviser_support",
    "dashboard")  # fmt: skip
"""The names that stand for one word, text or date."""

SIGN_OFF = "approvals"


@dataclass(frozen=True, slots=True)
class Shape:
    """A list's fields, and the one by which a row of it is named; empty for a list whose rows have no name."""

    fields: tuple[str, ...]
    key: str = ""


LISTS: Mapping[str, Shape] = {
    "conditions": Shape(("ref", "heading", "wording", "level", "progress"), "ref"),
    "risks": Shape(("ref", "heading", "wording", "level", "mitigation", "progress"), "ref"),
    "questions": Shape(("ref", "question", "answer", "commentary"), "ref"),
    "contacts": Shape(("role", "name", "job_title", "email"), "role"),
    "approvals": Shape(("role", "name", "date"), "role"),
    "updates": Shape(("update", "data_as_at", "submitted"), "update"),
    "metrics": Shape(("name", "title", "period", "latest", "forecast", "gap", "source"), "name"),
    "drivers": Shape(("text",)),
    "barriers": Shape(("text",)),
    "engagement": Shape(("text",)),
}
"""The lists of every return; those of a pack's sheets are called `sheets.forum_priorities`."""


def shapes(declared: Iterable[DeclaredSheet]) -> dict[str, Shape]:
    """Every list that a pack with these sheets has."""
    return {**LISTS, **{f"sheets.{sheet.field}": _shape_of(sheet) for sheet in declared}}


def _shape_of(sheet: DeclaredSheet) -> Shape:
    fields: list[str] = []
    for column in sheet.columns:
        if column.type is ColumnType.METRIC:
            fields += [column.field, *(f"{column.field}.{each}" for each in LISTS["metrics"].fields)]
        elif column.type is not ColumnType.EXHIBIT:
            fields.append(column.field)
    named = [each for each in sheet.columns if each.type is ColumnType.NAME]
    keyed = named or [each for each in sheet.columns if each.required and each.type is not ColumnType.EXHIBIT]
    return Shape(tuple(fields), keyed[0].field if keyed else "")


def row_key(name: str, called: str) -> str:
    """What is the same however a row of a list is called: `Condition 3.1` is `3.1`."""
    word = {"conditions": "Condition", "risks": "Risk"}.get(name)
    return reference_key(called, word) if word else names.key(called)


class FormContext:
    """Everything that a form's tags can name, of one return."""

    def __init__(self, facts: Facts, texts: Texts, declared: Sequence[DeclaredSheet]) -> None:
        self.facts = facts
        self._texts = texts
        self._declared = {f"sheets.{sheet.field}": sheet for sheet in declared}
        self._rows: dict[str, list[Row]] = {}
        self.shapes = shapes(declared)

    @cached_property
    def words(self) -> Row:
        """Each of `WORDS`."""
        programme = self.facts.submission.programme
        update = self._update
        current = programme.current_update
        return {
            "authority": held(programme.authority),
            "authority_code": held(programme.authority_code),
            "financial_year": held(programme.financial_year),
            "update": held(update.label if update else current),
            "data_as_at": held(update.data_as_at if update else current),
            "submitted": held(update.submitted if update else current),
            "adviser_support": self._text(programme.adviser_support),
            "dashboard": held(programme.dashboard),
        }

    def rows(self, name: str) -> list[Row]:
        """The rows of one of `shapes`, in the workbook's order; each is told once."""
        if name not in self._rows:
            declared = self._declared.get(name)
            made = self._of_sheet(declared) if declared else _ROWS[name](self)
            self._rows[name] = list(made)
        return self._rows[name]

    @property
    def _update(self) -> Any:
        submission = self.facts.submission
        return submission.updates[submission.current] if submission.current is not None else None

    def _text(self, entry: Entry[str]) -> Held:
        told = held(entry)
        return told if told.mark else Held(plain_text(self._texts.of(entry)))

    def _level(self, levels: Sequence[Entry[Level]]) -> Held:
        current = self.facts.submission.current
        return held(levels[current]) if current is not None else self.words["update"]

    @cached_property
    def _progress_rows(self) -> Mapping[str, list[ProgressBlock]]:
        return progress_by_condition(self.facts.submission.progress)

    def conditions(self) -> Iterable[Row]:
        for each in self.facts.submission.conditions:
            yield {
                "ref": held(each.ref),
                "heading": _heading(each.ref, "Condition"),
                "wording": held(each.wording),
                "level": self._level(each.levels),
                "progress": self._progress(each.ref.value or ""),
            }

    def risks(self) -> Iterable[Row]:
        for each in self.facts.submission.risks:
            yield {
                "ref": held(each.ref),
                "heading": _heading(each.ref, "Risk"),
                "wording": held(each.wording),
                "level": self._level(each.levels),
                "mitigation": self._text(each.mitigation),
                "progress": self._text(each.progress),
            }

    def questions(self) -> Iterable[Row]:
        for each in self.facts.submission.questions:
            yield {
                "ref": held(each.ref),
                "question": held(each.question),
                "answer": held(each.answer),
                "commentary": self._text(each.commentary),
            }

    def contacts(self) -> Iterable[Row]:
        for each in self.facts.submission.contacts:
            yield {
                "role": held(each.role),
                "name": held(each.name),
                "job_title": held(each.job_title),
                "email": held(each.email),
            }

    def approvals(self) -> Iterable[Row]:
        for each in self.facts.submission.approvals:
            yield {"role": held(each.role), "name": held(each.name), "date": held(each.date)}

    def updates(self) -> Iterable[Row]:
        for each in self.facts.submission.updates:
            yield {
                "update": held(each.label),
                "data_as_at": held(each.data_as_at),
                "submitted": held(each.submitted),
            }

    def metrics(self) -> Iterable[Row]:
        for key in metric_rows(self.facts):
            yield self._metric(self.facts.series[key].name)

    def headlines(self, heading: str) -> Iterable[Row]:
        for each in self.facts.submission.headlines:
            if names.key(each.heading.value or "") == names.key(heading):
                told = self._text(each.text)
                if told.printed:
                    yield {"text": told}

    def _metric(self, name: str) -> Row:
        """A measure at its latest actual; a figure that is not there is empty."""
        series = self.facts.series.get(names.key(name))
        told = {field: Held("") for field in LISTS["metrics"].fields} | {"name": Held(name)}
        if series is None:
            return told
        figures: dict[str, Callable[..., Any]] = {
            "latest": self.facts.actual,
            "forecast": self.facts.forecast,
            "gap": self.facts.gap,
        }
        for field, ask in figures.items():
            try:
                figure = ask(series.name)
            except NoFigure as missing:
                fault = missing.fault
                told[field] = (
                    Held(mark(fault.fault, fault.place), mark=True) if fault and fault.fault else Held("")
                )
            else:
                told[field] = Held(figure.printed, quantity=figure.quantity)
        filled = [period for period, entry in series.actual.items() if entry.value is not None]
        told["title"] = Held(series.metric.title.value or series.name)
        told["period"] = Held(str(filled[-1]) if filled else "")
        told["source"] = held(series.metric.source)
        return told

    def _progress(self, ref: str) -> Held:
        """The texts of a condition's progress; charts and tables have no place in a cell."""
        told = []
        for row in self._progress_rows.get(reference_key(ref, "Condition"), ()):
            text = held(row.content)
            told.append(text if text.mark else Held(plain_text(self._texts.of(row.content))))
        printed = "\n".join(each.printed for each in told if each.printed)
        return Held(printed, mark=any(each.mark for each in told))

    def _of_sheet(self, declared: DeclaredSheet) -> Iterable[Row]:
        sheet = next(
            (each for each in self.facts.submission.pack_sheets if each.declared.name == declared.name), None
        )
        if sheet is None:
            return
        if sheet.fault:
            yield dict.fromkeys(_shape_of(declared).fields, _marked(sheet))
        for row in sheet.rows:
            yield self._sheet_row(row, declared)

    def _sheet_row(self, row: SheetRow, declared: DeclaredSheet) -> Row:
        told: dict[str, Held] = {}
        for column in declared.columns:
            entry = row.entries[column.field]
            told[column.field] = self._sheet_value(column, entry)
            if column.type is ColumnType.METRIC:
                metric = self._metric(entry.value or "")
                told |= {f"{column.field}.{field}": value for field, value in metric.items()}
        return told

    def _sheet_value(self, column: DeclaredColumn, entry: Entry[Any]) -> Held:
        if entry.value is None:
            return held(entry)
        if column.type is ColumnType.MARKDOWN:
            return self._text(entry)
        if column.type in (ColumnType.NUMBER, ColumnType.MONEY):
            money = self.facts.submission.programme.money_unit
            unit = money if column.type is ColumnType.MONEY else Unit.NUMBER
            quantity = Quantity(entry.value, unit, min(_MOST_DECIMALS, decimals_of(entry.value)))
            return Held(formats.quantity(quantity), quantity=quantity)
        return held(entry)


def held(entry: Entry[Any]) -> Held:
    """A cell's value with its type; the mark of its fault, or nothing for an empty one."""
    value = entry.value
    if value is None:
        return Held(mark(entry.fault, entry.place), mark=True) if entry.fault else Held("")
    if isinstance(value, bool):
        return Held("Yes" if value else "No")
    if hasattr(value, "isoformat"):
        return Held(formats.day(value), day=value)
    return Held(value.name if isinstance(value, Level) else str(value))


def _heading(ref: Entry[str], word: str) -> Held:
    return Held(f"{headed(ref.value, word)}:") if ref.value else held(ref)


def _marked(sheet: PackSheet) -> Held:
    return Held(mark(sheet.fault or "", sheet.place), mark=True)


_ROWS: Mapping[str, Callable[[FormContext], Iterable[Row]]] = {
    "conditions": FormContext.conditions,
    "risks": FormContext.risks,
    "questions": FormContext.questions,
    "contacts": FormContext.contacts,
    "approvals": FormContext.approvals,
    "updates": FormContext.updates,
    "metrics": FormContext.metrics,
    "drivers": lambda context: context.headlines("Drivers"),
    "barriers": lambda context: context.headlines("Barriers"),
    "engagement": lambda context: context.headlines("Engagement"),
}
