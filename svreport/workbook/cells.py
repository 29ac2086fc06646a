"""What a cell means, by its column's type: each reader gives an entry, and adds to the findings what is wrong."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from svreport.model import formats, names
from svreport.model.entry import Entry
from svreport.model.finding import Finding, Place, Rule
from svreport.model.level import Level, LevelScale, read_colour
from svreport.model.period import Period, read_financial_year, read_period
from svreport.workbook import rules
from svreport.workbook.book import Cell, CellKind

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Found = list[Finding]
CellReader = Callable[[Cell, Place, Found], Entry[T]]

_SHOWN = 60
_SHORT = 4
# Looking for the nearest name takes time: a workbook with more findings than this has another fault.
_MOST_SUGGESTED = 1_000
_UNUSABLE = {
    CellKind.ERROR: (rules.EXCEL_ERROR, "a value", "mend the formula, or type what it should give"),
    CellKind.UNCALCULATED: (
        rules.FORMULA_UNCALCULATED,
        "the value that the formula gives",
        "open the workbook in Excel and save it",
    ),
    CellKind.DAMAGED: (rules.CELL_UNUSABLE, "a value as Excel saves it", "type the cell's content again"),
    CellKind.TOO_LONG: (
        rules.CELL_UNUSABLE,
        "at most 32,767 characters, which is all that a cell of Excel holds",
        "shorten the text, or share it among several rows",
    ),
}
_LINE_BREAKS = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n"})
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")


def refused(found: Found, rule: Rule, place: Place, *, read: str, expected: str, mend: str) -> Entry[Any]:
    """Adds the finding, and gives the entry that says so."""
    found.append(rule.at(place, read=shortened(read), expected=expected, mend=mend))
    return Entry(None, place, rule.code)


def shortened(text: str) -> str:
    """What was read, short enough for a message and on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def unusable(cell: Cell, place: Place, found: Found) -> Entry[Any] | None:
    """The fault of a cell that no column can use: an error value, a formula without a value, a damaged one."""
    if cell.kind not in _UNUSABLE:
        return None
    rule, expected, mend = _UNUSABLE[cell.kind]
    return refused(found, rule, place, read=cell.text, expected=expected, mend=mend)


def printable(cell: Cell, place: Place, found: Found) -> str:
    """The cell's text, without characters that no document can hold."""
    text = cell.text.translate(_LINE_BREAKS)
    if stray := _UNPRINTABLE.findall(text):
        codes = list(dict.fromkeys(f"U+{ord(each):04X}" for each in stray))
        found.append(
            rules.CONTROL_CHARACTERS.at(
                place,
                read=names.listed(codes, "and"),
                expected="letters, digits, signs and line breaks",
                mend="type the text again where they stood; they are left out",
            )
        )
        text = _UNPRINTABLE.sub("", text)
    return text


def line(cell: Cell, place: Place, found: Found) -> Entry[str]:
    """A name or label: spaces of every kind, and line breaks, count as one space."""
    if fault := unusable(cell, place, found):
        return fault
    text = " ".join(printable(cell, place, found).split())
    return Entry(text or None, place)


def text(cell: Cell, place: Place, found: Found) -> Entry[str]:
    """Text as typed, without empty lines before it and blanks behind it."""
    if fault := unusable(cell, place, found):
        return fault
    typed = printable(cell, place, found).rstrip()
    typed = re.sub(r"\A(?:[^\S\n]*\n)+", "", typed)
    return Entry(typed or None, place)


def reference(cell: Cell, place: Place, found: Found) -> Entry[str]:
    """A reference as the agreement writes it; a number that Excel made of it is that text, a date is a fault."""
    if cell.kind is CellKind.DATE:
        day = cell.day
        typed = f"{day.day}/{day.month} or {day.day}-{day.month}" if day else "it"
        return refused(
            found,
            rules.REFERENCE_DATE,
            place,
            read=cell.text,
            expected="a reference such as 3.1, 3a, iv or Risk 2",
            mend=f"format the cell as Text, then type the reference again (perhaps {typed})",
        )
    return line(cell, place, found)


def references(cell: Cell, place: Place, found: Found) -> Entry[tuple[str, ...]]:
    """References with commas between them, each once."""
    read = reference(cell, place, found) if cell.kind is not CellKind.TEXT else text(cell, place, found)
    if read.value is None:
        return Entry(None, place, read.fault)
    parts = (" ".join(part.split()) for part in re.split(r"[,;\n]", read.value))
    return Entry(tuple(dict.fromkeys(part for part in parts if part)) or None, place)


def series(cell: Cell, place: Place, found: Found) -> Entry[tuple[str, ...]]:
    """What an exhibit shows, with semicolons between."""
    read = text(cell, place, found)
    if read.value is None:
        return Entry(None, place, read.fault)
    parts = (" ".join(part.split()) for part in read.value.replace("\n", ";").split(";"))
    return Entry(tuple(part for part in parts if part) or None, place)


def choice(options: type[E] | Iterable[E], rule: Rule, hints: dict[str, str] | None = None) -> CellReader[E]:
    """Reads one of a closed list, whatever its case and spacing; `hints` are what people write instead."""
    by_key = {names.key(option.value): option for option in options}
    known = [option.value for option in by_key.values()]

    def read(cell: Cell, place: Place, found: Found) -> Entry[E]:
        typed = line(cell, place, found)
        if typed.value is None:
            return Entry(None, place, typed.fault)
        option = by_key.get(names.key(typed.value))
        if option is not None:
            return Entry(option, place)
        return not_among(typed.value, known, rule, place, found, hints)

    return read


def word(options: Iterable[str], rule: Rule) -> CellReader[str]:
    """Reads one of a closed list of words, as the list writes it."""
    by_key = {names.key(option): option for option in options}

    def read(cell: Cell, place: Place, found: Found) -> Entry[str]:
        typed = line(cell, place, found)
        if typed.value is None:
            return typed
        option = by_key.get(names.key(typed.value))
        return Entry(option, place) if option else not_among(typed.value, by_key.values(), rule, place, found)

    return read


def not_among(
    typed: str,
    known: Iterable[str],
    rule: Rule,
    place: Place,
    found: Found,
    hints: dict[str, str] | None = None,
) -> Entry[Any]:
    """The fault of a word that is none of the known ones, with the nearest that are."""
    known = list(dict.fromkeys(known))
    hint = (hints or {}).get(names.key(typed))
    near = f"Did you mean {hint}?" if hint else ""
    if not hint and len(found) < _MOST_SUGGESTED:
        near = names.did_you_mean(typed[:200], known) or _near_short(typed, known)
    mend = near or ("choose one of these" if known else "add it there, or correct the name")
    return refused(
        found, rule, place, read=typed, expected=names.listed(known) or "there is none yet", mend=mend
    )


def _near_short(typed: str, known: Iterable[str]) -> str:
    """References are so short that one character of two may be the slip: `3b` for `3a`."""
    close = names.nearest(typed, known, closeness=0.5) if len(typed) <= _SHORT else []
    return f"Did you mean {names.listed(close)}?" if close else ""


def level(scale: LevelScale) -> CellReader[Level]:
    """Reads an assurance level of the workbook's own scale."""

    def read(cell: Cell, place: Place, found: Found) -> Entry[Level]:
        typed = line(cell, place, found)
        if typed.value is None:
            return Entry(None, place, typed.fault)
        held = scale.read(typed.value)
        return Entry(held, place) if held else not_among(typed.value, scale.names, rules.LEVEL, place, found)

    return read


def yes_no(cell: Cell, place: Place, found: Found) -> Entry[bool]:
    """True for Yes, `y`, and a ticked box."""
    typed = line(cell, place, found)
    if typed.value is None:
        return Entry(None, place, typed.fault)
    bare = names.key(typed.value).rstrip(".")
    if bare in ("yes", "y", "true"):
        return Entry(True, place)
    if bare in ("no", "n", "false"):
        return Entry(False, place)
    mend = "choose Yes or No, and put the rest into the commentary"
    if bare.startswith(("yes", "no")) and len(bare) < 40:
        mend = f"if {'Yes' if bare.startswith('yes') else 'No'} is meant, {mend}"
    return refused(found, rules.ANSWER, place, read=typed.value, expected="Yes or No", mend=mend)


def email(cell: Cell, place: Place, found: Found) -> Entry[str]:
    """One address."""
    typed = line(cell, place, found)
    if typed.value is None:
        return typed
    address = re.sub(r"^mailto:\s*", "", typed.value, flags=re.IGNORECASE)
    if len(address) <= 254 and _ADDRESS.fullmatch(address):
        return Entry(address, place)
    inside = _ADDRESS.findall(address[:1000])
    mend = "correct the address"
    if len(inside) == 1:
        mend = f"type the address alone: {inside[0]}"
    elif inside:
        mend = "type one address; give another person a row of their own"
    return refused(
        found,
        rules.EMAIL,
        place,
        read=typed.value,
        expected="one address such as name@example.gov.uk",
        mend=mend,
    )


_ADDRESS = re.compile(
    r"[\w!#$%&'*+/=?^`{|}~-]{1,64}(?:\.[\w!#$%&'*+/=?^`{|}~-]{1,64}){0,9}"
    r"@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,9}[^\W\d_]{2,24}(?![\w@-])"
)


def colour(cell: Cell, place: Place, found: Found) -> Entry[str]:
    """`#RRGGBB`."""
    typed = line(cell, place, found)
    if typed.value is None:
        return typed
    value = read_colour(typed.value)
    if value:
        return Entry(value, place)
    known = ("Blue", "Green", "Amber", "Red")
    near = names.did_you_mean(typed.value[:200], known) or "choose one of these, or give a code"
    return refused(
        found,
        rules.COLOUR,
        place,
        read=typed.value,
        expected="Blue, Green, Amber, Red, or a code such as #1D70B8",
        mend=near,
    )


def day(cell: Cell, place: Place, found: Found) -> Entry[date]:
    """A date; one that was typed as text is read with the day first."""
    if fault := unusable(cell, place, found):
        return fault
    if cell.kind is CellKind.DATE and cell.day:
        return Entry(cell.day, place)
    typed = line(cell, place, found).value or ""
    expected = "a date such as 11 December 2024, or 11/12/2024 (day first)"
    value = read_day(typed) if cell.kind is CellKind.TEXT else None
    if value is None:
        mend = "type the date with its day, month and year"
        if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", typed):
            mend = "type the day first, then the month and the year; check that the month has such a day"
        elif cell.kind is CellKind.NUMBER:
            mend = "format the cell as Date, then type the date again"
        return refused(found, rules.DATE, place, read=typed or cell.text, expected=expected, mend=mend)
    found.append(
        rules.DATE_AS_TEXT.at(
            place,
            read=shortened(typed),
            expected=f"a date; it is read as {formats.day(value)}",
            mend="format the cell as Date, then type the date again",
        )
    )
    return Entry(value, place)


_WEEKDAYS = "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satu?r?|sun)(?:day)?"
_MONTH_NAMES = "january february march april may june july august september october november december".split()


def read_day(typed: str) -> date | None:
    """The date of `31/10/2024`, `31 October 2024`, `31st Oct '24`, `2024-10-31`, with or without a weekday."""
    wanted = re.sub(rf"^{_WEEKDAYS}\.?,? +", "", names.key(typed))
    found = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?[ -](?:of )?([a-z]{3,9})\.?,?[ -]'?(\d{4}|\d{2})", wanted)
    if found:
        month = next(
            (n for n, name in enumerate(_MONTH_NAMES, 1) if name.startswith(found[2]) or found[2] == "sept"),
            0,
        )
        return _date(found[3], 9 if found[2] == "sept" else month, found[1])
    if found := re.fullmatch(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})", wanted):
        return _date(found[4], int(found[3]), found[1])
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t]00:00:00)?", wanted):
        return _date(found[1], int(found[2]), found[3])
    return None


def _date(year: str, month: int, day_of_month: str) -> date | None:
    whole_year = int(year) + (2000 if len(year) == 2 else 0)
    try:
        return date(whole_year, month, int(day_of_month)) if 1900 <= whole_year <= 2200 else None
    except ValueError:
        return None


def period(cell: Cell, place: Place, found: Found) -> Entry[Period]:
    """A month, a quarter or a financial year; a date stands for its month."""
    return _period(
        cell,
        place,
        found,
        rules.PERIOD,
        read_period,
        "a period such as Apr 2024, Q2 2024-25, 2024-25 or 31/10/2024",
    )


def year(cell: Cell, place: Place, found: Found) -> Entry[Period]:
    """A financial year."""
    return _period(cell, place, found, rules.YEAR, read_financial_year, "a financial year such as 2024-25")


def _period(
    cell: Cell, place: Place, found: Found, rule: Rule, read: Callable[[str], Period | None], expected: str
) -> Entry[Period]:
    if fault := unusable(cell, place, found):
        return fault
    if cell.kind is CellKind.DATE and cell.day and rule is rules.PERIOD:
        return Entry(Period.of_date(cell.day), place)
    typed = line(cell, place, found).value or ""
    value = read(typed[:100]) if cell.kind is CellKind.TEXT else None
    if value is not None:
        return Entry(value, place)
    return refused(found, rule, place, read=typed, expected=expected, mend=_period_mend(typed, rule))


def _period_mend(typed: str, rule: Rule) -> str:
    if single := re.fullmatch(r"(?:FY ?)?((?:19|20|21)\d\d)(?: ?[-/–] ?\d{1,4})?", typed, re.IGNORECASE):
        start = int(single[1])
        likely = Period.financial_year(start)
        if "-" in typed or "/" in typed or "–" in typed:
            return f"the second year must follow the first: {likely}, perhaps"
        return f"type both years: {likely}, or {Period.financial_year(start - 1)}"
    if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", typed):
        return "type the day first, then the month and the year; check that there is such a day"
    return (
        "type both years"
        if rule is rules.YEAR
        else "type the month with its year, a quarter or a financial year"
    )
