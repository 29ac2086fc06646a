"""Figures in cells: numbers as Excel holds them, and numbers that were typed as text."""

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from svreport.model import formats, names
from svreport.model.entry import Entry
from svreport.model.finding import Place
from svreport.model.quantity import Quantity, Unit, decimals_of
from svreport.workbook import rules
from svreport.workbook.book import Cell, CellKind
from svreport.workbook.cells import CellReader, Found, line, refused, shortened, unusable

_LARGEST = Decimal(10) ** 15
_SCALES = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "mn": 1_000_000, "million": 1_000_000}
_SCALES |= {"bn": 1_000_000_000, "billion": 1_000_000_000}
_TYPED = re.compile(
    r"(?P<sign>[-+])? ?(?P<pound>£)? ?(?P<inner>[-+])?"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d{1,30})?(?P<part>\.\d{1,30})? ?"
    r"(?P<behind>%|per ?cent|k|thousand|mn?|million|bn|billion)?",
    re.ASCII,
)


class TypedFigure(NamedTuple):
    """A number as someone typed it: `£84.5m` is 84.5 with a scale of a million; `scale` is 0 where none is told."""

    amount: Decimal
    is_percent: bool = False
    is_pounds: bool = False
    scale: int = 0


def figure(unit: Unit | None, unit_fault: str | None = None) -> CellReader[Decimal]:
    """Reads a figure into its unit. Without a unit, because it could not be read (`unit_fault`), a figure whose
    meaning depends on it carries that fault and is not told again.
    """

    def read(cell: Cell, place: Place, found: Found) -> Entry[Decimal]:
        if fault := unusable(cell, place, found):
            return fault
        if cell.kind is CellKind.NUMBER:
            entry = _of_number(cell, unit, unit_fault, place, found)
        elif cell.kind is CellKind.TEXT:
            entry = _of_text(cell, unit, unit_fault, place, found)
        else:
            mend = "type the figure again"
            if cell.kind is CellKind.DATE:
                mend = "format the cell as Number, then type the figure again: Excel made a date of it"
            return refused(found, rules.NUMBER, place, read=cell.text, expected=_expected(unit), mend=mend)
        if entry.value is not None and abs(entry.value) >= _LARGEST:
            return refused(
                found,
                rules.TOO_LARGE,
                place,
                read=cell.text,
                expected="a figure below a thousand million million",
                mend="correct the figure",
            )
        return entry

    return read


def tolerance(cell: Cell, place: Place, found: Found) -> Entry[Decimal]:
    """A percentage from nought up."""
    entry = figure(Unit.PERCENT)(cell, place, found)
    if entry.value is not None and entry.value < 0:
        return refused(
            found,
            rules.NEGATIVE_TOLERANCE,
            place,
            read=cell.text,
            expected="nought or more, in percent of the forecast",
            mend=f"type {abs(entry.value):f}, or leave it empty for 5",
        )
    return entry


def _of_number(
    cell: Cell, unit: Unit | None, unit_fault: str | None, place: Place, found: Found
) -> Entry[Decimal]:
    if not cell.format.is_percent:
        return Entry(cell.number, place)
    if unit is None and unit_fault:
        return Entry(None, place, unit_fault)
    if unit in (Unit.PERCENT, None):
        return Entry(cell.number * 100, place)
    return refused(
        found,
        rules.UNIT_MISFIT,
        place,
        read=cell.text,
        expected=_expected(unit),
        mend=f"format the cell as Number and type the figure again, or correct the unit (it is {_named(unit)})",
    )


def _of_text(
    cell: Cell, unit: Unit | None, unit_fault: str | None, place: Place, found: Found
) -> Entry[Decimal]:
    typed = line(cell, place, found).value or ""
    read = read_typed(typed)
    if read is None:
        mend = "type a figure, or leave the cell empty if there is none; words belong in the column Note"
        if re.fullmatch(r"\d+,\d{1,2}", typed):
            mend = f"write the decimals behind a point: {typed.replace(',', '.')}"
        return refused(found, rules.NUMBER, place, read=typed, expected=_expected(unit), mend=mend)
    if unit is None and unit_fault and (read.is_percent or read.is_pounds or read.scale):
        return Entry(None, place, unit_fault)
    if unit is not None and not _fits(read, unit):
        mend = f"type the figure in {_named(unit)}, or correct the unit"
        return refused(found, rules.UNIT_MISFIT, place, read=typed, expected=_expected(unit), mend=mend)
    amount = read.amount * read.scale / (unit.pounds if unit else 1) if read.scale else read.amount
    plain = f"{amount:,f}"
    shown = plain if unit in (None, Unit.NUMBER) else f"{plain} in {_named(unit)}"
    if unit and unit.is_money and abs(amount) < _LARGEST:
        shown += f", which is {formats.quantity(Quantity(amount, unit, decimals_of(amount)))}"
    found.append(
        rules.NUMBER_AS_TEXT.at(
            place,
            read=shortened(typed),
            expected=f"a figure; it is read as {shown}",
            mend=f"format the cell as Number and type {amount:f}",
        )
    )
    return Entry(amount, place)


def read_typed(typed: str) -> TypedFigure | None:
    """The number of `5,562`, `£84.5m`, `7.9 %`, `(1,234)`, `−5`, `84.5 million`, or None."""
    text = unicodedata.normalize("NFKC", typed[:200]).replace("−", "-").replace("–", "-").strip().casefold()
    bracketed = text.startswith("(") and text.endswith(")")
    found = _TYPED.fullmatch(text[1:-1].strip() if bracketed else text)
    if not found or not (found["whole"] or found["part"]) or (found["sign"] and found["inner"]):
        return None
    sign = found["sign"] or found["inner"] or ""
    if bracketed and sign:
        return None
    whole = re.sub("[, ]", "", found["whole"] or "0")
    amount = Decimal(f"{whole}{found['part'] or ''}")
    behind = found["behind"] or ""
    return TypedFigure(
        -amount if bracketed or sign == "-" else amount,
        is_percent=behind == "%" or behind.startswith("per"),
        is_pounds=bool(found["pound"]),
        scale=_SCALES.get(behind, 0),
    )


def _fits(read: TypedFigure, unit: Unit) -> bool:
    if read.is_percent and read.is_pounds:
        return False
    if unit.is_money:
        return not read.is_percent
    return not read.is_pounds and not read.scale and (unit is Unit.PERCENT or not read.is_percent)


def _expected(unit: Unit | None) -> str:
    return {
        None: "a figure such as 5562",
        Unit.NUMBER: "a number such as 5562",
        Unit.PERCENT: "a percentage such as 5.62",
        Unit.POUNDS: "an amount in £, such as 36787",
        Unit.THOUSANDS: "an amount in £000, such as 84500",
        Unit.MILLIONS: "an amount in £m, such as 84.5",
    }[unit]


def _named(unit: Unit) -> str:
    return {Unit.NUMBER: "numbers", Unit.PERCENT: "percent"}.get(unit, unit.value)


def is_like_number(name: str) -> bool:
    """True for a heading that was meant as a year or figure: it holds a digit and no word of three letters."""
    return bool(re.search(r"\d", name)) and not re.search(r"[a-z]{3}", names.key(name))
