"""What is rated and on which scale: the sheets `Assurance levels`, `Conditions` and `Risks`."""

from collections.abc import Sequence
from typing import TypeVar

from svreport.model import names
from svreport.model.entry import Entry
from svreport.model.finding import Place, Rule
from svreport.model.level import Level, LevelScale, scale, standard_scale
from svreport.model.references import reference_key
from svreport.model.submission import Condition, Risk, Update
from svreport.workbook import cells, rules
from svreport.workbook.cells import Found
from svreport.workbook.layout import Need
from svreport.workbook.rows import Row, Table

T = TypeVar("T")
_NO_COLOUR = "#FFFFFF"


def read_scale(table: Table, found: Found) -> LevelScale:
    """The workbook's levels, or those of the form where the sheet says none."""
    held: dict[str, Place] = {}
    told: list[tuple[str, str, str]] = []
    for row in table.rows:
        level = row.read("Level", cells.line)
        colour = row.read("Colour", cells.colour)
        definition = row.read("Definition", cells.line)
        if level.value is None:
            continue
        first = held.setdefault(names.key(level.value), level.place)
        if first is not level.place:
            cells.refused(
                found,
                rules.LEVEL_TWICE,
                level.place,
                read=f"{level.value}, as in {first.cell}",
                expected="each level once",
                mend="clear the row, or give the level another name",
            )
            continue
        told.append((level.value, colour.value or _NO_COLOUR, definition.value or ""))
    return scale(told) if told else standard_scale()


class Ratings:
    """Reads the levels of a sheet's rows, one for each update; `current` is None where it is not known which
    updates are past, and then no level is missed.
    """

    def __init__(
        self, table: Table, updates: Sequence[Update], current: int | None, levels: LevelScale, found: Found
    ) -> None:
        self._table = table
        self._updates = updates
        self._current = current
        self._level = cells.level(levels)
        self._found = found
        self._missing = self._tell_missing()

    def of(self, row: Row) -> tuple[Entry[Level], ...]:
        return tuple(self._entry(row, at, update) for at, update in enumerate(self._updates))

    def tell_late(self, rated: Sequence[tuple[Entry[Level], ...]]) -> None:
        """Asks once for each update still to come that has levels already."""
        for at, update in enumerate(self._updates):
            label = update.label.value
            if self._current is None or at <= self._current or label is None:
                continue
            given = sum(1 for levels in rated if levels[at].value is not None)
            if given:
                current = self._updates[self._current].label.value
                self._found.append(
                    rules.LATE_LEVEL.at(
                        self._table.place(self._table.heading_row, label),
                        read=f"{given} level{'s' if given > 1 else ''} under {label}",
                        expected=f"none after the current update, {current}",
                        mend="clear them, or correct Current update on Programme",
                    )
                )

    def _is_due(self, at: int) -> bool:
        return self._current is not None and at <= self._current

    def _tell_missing(self) -> set[str]:
        """The labels of past and current updates that have no column, each told once."""
        missing: set[str] = set()
        for at, update in enumerate(self._updates):
            label = update.label.value
            if label is None or self._table.has(label) or not self._is_due(at) or not self._table.heading_row:
                continue
            missing.add(label)
            near = names.did_you_mean(label, self._table.unread)
            self._found.append(
                rules.COLUMN_MISSING.at(
                    Place(self._table.name),
                    read=f"no column with the heading {label}",
                    expected=f"a column {label}, as on Updates",
                    mend=near
                    or f"type the heading {label} in row {self._table.heading_row} above its column",
                )
            )
        return missing

    def _entry(self, row: Row, at: int, update: Update) -> Entry[Level]:
        label = update.label.value
        if label is None:
            return Entry(None, row.place(""), update.label.fault)
        if label in self._missing:
            return Entry(None, row.place(label), rules.COLUMN_MISSING.code)
        entry = row.read(label, self._level, Need.FREE)
        if entry.is_empty and self._is_due(at) and self._table.has(label):
            return cells.refused(
                self._found,
                rules.LEVEL_EMPTY,
                entry.place,
                read="an empty cell",
                expected=f"the level at {label}",
                mend="choose a level" if at == self._current else "fill in the level that was reported then",
            )
        return entry


def read_conditions(table: Table, ratings: Ratings, found: Found) -> tuple[Condition, ...]:
    conditions = tuple(
        Condition(row.read("Ref", cells.reference), row.read("Condition", cells.text), ratings.of(row))
        for row in table.rows
    )
    ratings.tell_late([condition.levels for condition in conditions])
    tell_repeated([each.ref for each in conditions], "Condition", found)
    if not conditions and table.heading_row:
        _tell_none(rules.EMPTY, table, "condition", "the agreement's conditions, one in each row", found)
    return conditions


def read_risks(table: Table, ratings: Ratings, found: Found) -> tuple[Risk, ...]:
    risks = tuple(
        Risk(
            ref=row.read("Ref", cells.reference),
            wording=row.read("Risk", cells.text),
            levels=ratings.of(row),
            mitigation=row.read("Mitigation", cells.text),
            progress=row.read("Progress", cells.text),
        )
        for row in table.rows
    )
    ratings.tell_late([risk.levels for risk in risks])
    tell_repeated([each.ref for each in risks], "Risk", found)
    if not risks and table.heading_row:
        _tell_none(rules.EMPTY_ASKED, table, "risk", "the register's risks, one in each row", found)
    return risks


def tell_repeated(refs: Sequence[Entry[str]], word: str, found: Found) -> None:
    """Tells each reference that was there before, also when it is written differently (`Risk 2` and `2`)."""
    first: dict[str, Entry[str]] = {}
    for entry in refs:
        if entry.value is None:
            continue
        before = first.setdefault(reference_key(entry.value, word), entry)
        if before is not entry:
            cells.refused(
                found,
                rules.REFERENCE_TWICE,
                entry.place,
                read=f"{entry.value}, as in {before.place.cell}",
                expected="a reference of its own for each",
                mend="correct the reference, or clear the row",
            )


def _tell_none(rule: Rule, table: Table, what: str, expected: str, found: Found) -> None:
    found.append(
        rule.at(table.place(), read=f"no row with a {what}", expected=expected, mend="fill in the rows")
    )
