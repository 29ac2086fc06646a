"""What a form's tag gives: looked up in the return, taken through its filters, as a typed value."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from svreport.documents.forms.checking import split_list
from svreport.documents.forms.context import FormContext, Row, row_key
from svreport.documents.forms.periods import dated, is_still_to_come
from svreport.model import names
from svreport.model.facts import Figure, NoFigure
from svreport.model.form import FormValue, Held
from svreport.model.quantity import Unit
from svreport.narrative.calls import Call, NotACall
from svreport.narrative.filters import FilterUnfit, filtered, number_of
from svreport.narrative.form_tags import WORD_FILTERS, FormTag, Named

_SHOWN = 80


class Marked(Exception):
    """What a tag names could not be read, and is told elsewhere; the text is its mark."""


class FormValues:
    """The values of one return's tags; `money` is the unit in which a form counts it."""

    def __init__(self, context: FormContext, money: Unit) -> None:
        self._context = context
        self._money = money
        self._keyed: dict[str, Mapping[str, list[Row]]] = {}

    def of(self, tag: FormTag, row: int) -> FormValue:
        """What a tag gives; `row` is which row of its list, where it goes through one.

        Raises `Marked`, `NoFigure`, `FilterUnfit`, or `NotACall`.
        """
        held, figure = self._held(tag.asks, row)
        if held.mark:
            raise Marked(held.printed)
        if held.quantity is not None:
            return self._number(figure or Figure("it", "", held.printed, (), held.quantity), tag.filters)
        if not held.printed:
            return FormValue("", "")
        if held.day is not None:
            if tag.filters:
                raise FilterUnfit("a date without a filter", f"take | {tag.filters[0].name} away")
            return FormValue(held.day, held.printed)
        value: str | Decimal = held.printed
        for each in tag.filters:
            value = _of_word(str(value), each)
        return FormValue(value, str(value))

    def _held(self, asks: Named | Call, row: int) -> tuple[Held, Figure | None]:
        if isinstance(asks, Call):
            return self._figure(asks)
        if asks.key is None and len(asks.head) == 1:
            return self._context.words[asks.head[0]], None
        name, field = split_list(asks, self._context.shapes)
        if asks.key is None:
            return self._context.rows(name)[row][field], None
        return self._in_row(name, asks.key, field), None

    def _in_row(self, name: str, key: str, field: str) -> Held:
        """The field of the one row that is called so."""
        keyed = self._context.shapes[name].key
        if name not in self._keyed:
            rows: dict[str, list[Row]] = {}
            for each in self._context.rows(name):
                rows.setdefault("" if each[keyed].mark else row_key(name, each[keyed].printed), []).append(
                    each
                )
            self._keyed[name] = rows
        found = self._keyed[name].get(row_key(name, key), [])
        if len(found) == 1:
            return found[0][field]
        if found:
            expected = f"one row of {name} that is called so; there are {len(found)}"
            raise NoFigure(key, expected, "give each a name of its own, or name another")
        marked = next((each[keyed] for each in self._keyed[name].get("", []) if each[keyed].mark), None)
        if marked is not None:
            return marked
        known = [each[keyed].printed for each in self._context.rows(name) if each[keyed].printed]
        expected = f"a row of {name}: {names.listed(known) or 'there is none yet'}"
        raise NoFigure(key, expected, names.did_you_mean(key, known) or "add it to the workbook")

    def _figure(self, call: Call) -> tuple[Held, Figure | None]:
        arguments = dated(call, self._context.facts.submission)
        for argument in arguments:
            if argument is not None and not isinstance(argument, str):
                raise NotACall(
                    "names, references and periods between quotation marks",
                    f"put {argument} between quotation marks",
                )
        try:
            figure: Figure = getattr(self._context.facts, call.name)(*arguments)
        except NoFigure as missing:
            if missing.fault is None and is_still_to_come(call.name, arguments, self._context.facts):
                return Held(""), None
            raise
        return Held(figure.printed, quantity=figure.quantity), figure

    def _number(self, figure: Figure, filters: Sequence[Call]) -> FormValue:
        of_words = next((each.name for each in filters if each.name in WORD_FILTERS), "")
        if of_words:
            raise FilterUnfit(f"a word before | {of_words}; this is a number", f"take | {of_words} away")
        percent = figure.quantity is not None and figure.quantity.unit is Unit.PERCENT
        number = number_of(figure, tuple(filters), self._money)
        return FormValue(number, filtered(figure, tuple(filters)).printed, percent)


def _of_word(text: str, call: Call) -> str | Decimal:
    if call.name == "upper":
        return text.upper()
    if call.name == "lower":
        return text.lower()
    if call.name == "number":
        plain = text.replace(",", "").strip()
        if re.fullmatch(r"-?\d{1,15}(\.\d{1,9})?", plain, re.ASCII):
            return Decimal(plain)
        raise FilterUnfit(f"digits before | number; this is {text[:_SHOWN]}", "take | number away")
    raise FilterUnfit(f"a number before | {call.name}; this is {text[:_SHOWN]}", f"take | {call.name} away")
