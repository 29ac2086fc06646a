"""An Excel form filled with a return: each tag worked out, its typed value put into the cell, what is missing told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from svreport.documents.forms.checking import list_of
from svreport.documents.forms.context import SIGN_OFF, FormContext
from svreport.documents.forms.values import FormValues, Marked
from svreport.errors import CallFault
from svreport.model import names
from svreport.model.facts import NoFigure
from svreport.model.finding import Finding, Place, Rule, mark
from svreport.model.form import FormTerms, FormValue
from svreport.narrative.calls import NotACall
from svreport.narrative.filters import FilterUnfit
from svreport.narrative.form_tags import FormTag, Named, Piece, pieces_of, read_tag
from svreport.workbook.forms import rules
from svreport.workbook.forms.editing import FormEditor
from svreport.workbook.forms.sheet import TaggedCell

_SHOWN = 80
# A form that lacks more than this lacks a whole sheet; each of its cells shows its mark all the same.
_MOST_FINDINGS = 1_000


@dataclass(frozen=True, slots=True)
class FilledCells:
    """A filled form: its bytes, what was found while it was filled, the cells that show a mark, and those that hold the
    sign-off.
    """

    data: bytes
    findings: tuple[Finding, ...]
    marked: frozenset[Place]
    signed: frozenset[Place]


def fill_form(name: str, form: FormEditor, context: FormContext, terms: FormTerms) -> FilledCells:
    """Fills a form whose tags have no faults; `name` is the file that it becomes."""
    filling = _Filling(name, form, context, terms)
    for cell in form.tagged:
        filling.fill(cell)
    filling.look_at_lists()
    return FilledCells(
        form.save(),
        filling.told(),
        frozenset(filling.marked),
        frozenset(filling.signed),
    )


class _Missing(Exception):
    """A tag that gives nothing: what its cell shows, and the finding that tells it, unless it is told elsewhere."""

    def __init__(self, shown: str, finding: Finding | None) -> None:
        super().__init__(shown)
        self.shown = shown
        self.finding = finding


class _Filling:
    """One form on its way."""

    def __init__(self, name: str, form: FormEditor, context: FormContext, terms: FormTerms) -> None:
        self.findings: list[Finding] = []
        self.marked: set[Place] = set()
        self.signed: set[Place] = set()
        self._name = name
        self._form = form
        self._context = context
        self._values = FormValues(context, terms.money)
        self._lacking: dict[tuple[str, str], Place] = {}
        self._cells_without: dict[Place, int] = {}
        self._without_room: set[tuple[str, int, str]] = set()
        self._texts: dict[str, tuple[Piece, ...]] = {}
        self._read: dict[str, FormTag] = {}

    def fill(self, cell: TaggedCell) -> None:
        pieces = self._pieces(cell.text)
        tags = [self._tag(piece.inside) for piece in pieces if piece.sign == "{{"]
        through = next((name for tag in tags if (name := list_of(tag, self._context.shapes))), "")
        signs = any(isinstance(tag.asks, Named) and tag.asks.head[0] == SIGN_OFF for tag in tags)
        count = len(self._context.rows(through)) if through else 1
        place = cell.place
        if count > 1:
            room = 1 + self._form.room(place, count - 1)
            if room < count:
                self._tell_no_room(place, through, count, room)
                count = room
        for row in range(max(count, 1)):
            at = place._replace(row=place.row + row)
            if row:
                self._form.dress(at, place)
            if signs:
                self.signed.add(at)
            self._put(cell, pieces, at, row, empty=count == 0)

    def _put(self, cell: TaggedCell, pieces: Sequence[Piece], at: Place, row: int, *, empty: bool) -> None:
        alone = len(pieces) == 1 and not (cell.text[: pieces[0].begin] + cell.text[pieces[0].end :]).strip()
        printed: list[tuple[int, int, str]] = []
        values: list[FormValue] = []
        for piece in pieces:
            value = FormValue("", "") if empty or piece.sign != "{{" else self._value(piece.inside, at, row)
            values.append(value)
            printed.append((piece.begin, piece.end, value.printed))
        try:
            if empty:
                self._form.put(at, FormValue("", ""))
            elif alone:
                self._form.put(at, values[0])
            else:
                self._form.put_among_words(cell, printed, at)
        except CallFault as fault:
            expected = "at most 32,767 characters, which is all that a cell of Excel holds"
            mend = "shorten the text in the workbook, or let the form's cell ask for a part of it"
            finding = self._found(rules.TEXT_TOO_LONG, at, str(fault).partition(", and")[0], expected, mend)
            self._mark(at, mark(finding.code, at))

    def _value(self, inside: str, at: Place, row: int) -> FormValue:
        try:
            return self._worked_out(self._tag(inside), at, row, inside)
        except _Missing as missing:
            self.marked.add(at)
            if missing.finding and len(self.findings) < _MOST_FINDINGS:
                self.findings.append(missing.finding)
            return FormValue(missing.shown, missing.shown)

    def _worked_out(self, tag: FormTag, at: Place, row: int, inside: str) -> FormValue:
        typed = f"{{{{ {' '.join(inside.split())} }}}}"[:_SHOWN]
        try:
            return self._values.of(tag, row)
        except Marked as marked:
            raise _Missing(str(marked), None) from None
        except NoFigure as missing:
            fault = missing.fault
            if fault and fault.fault:
                raise _Missing(mark(fault.fault, fault.place), None) from None
            read = typed if missing.read in typed else f"{typed}, {missing.read}"
            raise self._not_there(missing, at, read) from None
        except FilterUnfit as unfit:
            raise self._missing(rules.FILTER_UNFIT, at, typed, unfit.expected, unfit.mend) from None
        except NotACall as fault:
            raise self._missing(rules.NOT_IN_WORKBOOK, at, typed, fault.expected, fault.mend) from None

    def _not_there(self, missing: NoFigure, at: Place, read: str) -> _Missing:
        """What the workbook lacks is told at the first cell that asks for it; the others show that cell's mark."""
        lacks = (missing.read, missing.expected)
        first = self._lacking.setdefault(lacks, at)
        self._cells_without[first] = self._cells_without.get(first, 0) + (first != at)
        finding = None
        if first == at:
            finding = self._finding(rules.NOT_IN_WORKBOOK, at, read, missing.expected, missing.mend)
        return _Missing(mark(rules.NOT_IN_WORKBOOK.code, first), finding)

    def look_at_lists(self) -> None:
        """Tells the texts that the lists of their cells do not offer; a mark is told already."""
        for place, text, offered in self._form.not_offered():
            if place not in self.marked and len(self.findings) < _MOST_FINDINGS:
                mend = "write the list's word in the workbook, or let the form's tag give it"
                self._found(rules.NOT_OFFERED, place, text[:_SHOWN], names.listed(offered), mend)

    def told(self) -> tuple[Finding, ...]:
        """Every finding once, those of several cells with their number."""
        return tuple(dict.fromkeys(map(self._counted, self.findings)))

    def _counted(self, finding: Finding) -> Finding:
        more = self._cells_without.get(finding.place, 0)
        if finding.rule is not rules.NOT_IN_WORKBOOK or not more:
            return finding
        cells = "cell asks" if more == 1 else "cells ask"
        return replace(finding, read=f"{finding.read} (and {more} more {cells} for what is not there)")

    def _missing(self, rule: Rule, at: Place, read: str, expected: str, mend: str) -> _Missing:
        return _Missing(mark(rule.code, at), self._finding(rule, at, read, expected, mend))

    def _found(self, rule: Rule, at: Place, read: str, expected: str, mend: str) -> Finding:
        finding = self._finding(rule, at, read, expected, mend)
        self.findings.append(finding)
        return finding

    def _finding(self, rule: Rule, at: Place, read: str, expected: str, mend: str) -> Finding:
        about = f"{self._name} {at}"
        return rule.at(at, read=read, expected=expected, mend=mend, about=about, form=self._name)

    def _mark(self, at: Place, shown: str) -> None:
        self.marked.add(at)
        self._form.put(at, FormValue(shown, shown))

    def _tell_no_room(self, place: Place, through: str, count: int, room: int) -> None:
        """Tells a list that does not fit, once for all the cells of a row that go through it."""
        told = (place.sheet, place.row, through)
        if told in self._without_room:
            return
        self._without_room.add(told)
        blocked = place._replace(row=place.row + room)
        self._found(
            rules.NO_ROOM,
            place,
            f"{count} rows of {through}, and room for {room}: {blocked.cell} is not free",
            f"room for all of them below {place.cell}",
            f"put rows into the template above {blocked.cell}, or ask for single rows by their names",
        )

    def _pieces(self, text: str) -> tuple[Piece, ...]:
        if text not in self._texts:
            self._texts[text] = tuple(pieces_of(text))
        return self._texts[text]

    def _tag(self, inside: str) -> FormTag:
        if inside not in self._read:
            self._read[inside] = read_tag(inside)
        return self._read[inside]
