"""The cells of a workbook, out of the XML of its parts, in one pass and with bounded memory.

What Excel shows is not all that matters here: a percentage is told by its number format, a formula that was never
calculated by its missing value. A library that reads every part takes several times as long as the rest of `check`.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple
from xml.parsers import expat

from svreport.errors import WorkbookUnreadable
from svreport.workbook.number_formats import BUILT_IN, GENERAL, NumberFormat, day_of
from svreport.workbook.opening import Package

MOST_CELLS = 1_000_000
MOST_CHARACTERS_IN_CELL = 32_767
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_SIGNIFICANT = 12
_EXACT_WHOLE = 10**15


class CellKind(IntEnum):
    TEXT = 1
    NUMBER = 2
    DATE = 3
    BOOLEAN = 4
    ERROR = 5
    UNCALCULATED = 6
    DAMAGED = 7
    TOO_LONG = 8


class Cell(NamedTuple):
    """One filled cell: `text` is what a person sees, or nearly; `number` what the sheet holds (0.0562 for 5.62%)."""

    kind: CellKind
    text: str
    number: Decimal = Decimal(0)
    day: date | None = None
    format: NumberFormat = GENERAL


@dataclass(slots=True)
class SheetCells:
    """A sheet's filled cells by row and column, both from 1; `merged` are (first row, first column, last row,
    last column).
    """

    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def read_book(package: Package) -> list[SheetCells]:
    """Every worksheet, in the order of its tabs.

    Raises WorkbookUnreadable where a part is missing, damaged or larger than any return can be.
    """
    workbook = _Workbook(package)
    reader = _SheetReader(package, _shared_strings(package, workbook.part_of("sharedStrings")), workbook)
    return [reader.read(name, part) for name, part in workbook.sheets]


Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


def _parse(
    package: Package, part: str, start: Start, end: End, text: Callable[[str], None] | None = None
) -> None:
    """Walks a part's XML; names come as `namespace local`. A document type, which no workbook has, is refused."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    if text:
        parser.CharacterDataHandler = text

    def refuse(*_: object) -> None:
        raise package.damaged(part)

    parser.StartDoctypeDeclHandler = refuse
    try:
        for chunk in package.chunks(part):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError):
        raise package.damaged(part) from None


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _attribute(attributes: dict[str, str], local: str) -> str | None:
    return next((value for name, value in attributes.items() if _local(name) == local), None)


def _whole(text: str | None, most: int) -> int | None:
    """A whole number from 0 to `most`, or None."""
    if text is None or not (text.isascii() and text.isdigit() and len(text) < 10):
        return None
    return int(text) if int(text) <= most else None


class _Workbook:
    """Names, parts and formats: what the workbook's own part, its relationships and its styles say."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.part = self._main_part()
        self.from_1904 = False
        self._targets = self._relationships(self.part)
        listed: list[tuple[str, str]] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            local = _local(name)
            if local == "workbookPr":
                self.from_1904 = attributes.get("date1904", "").casefold() in ("1", "true", "on")
            elif local == "sheet":
                link = next(
                    (value for key, value in attributes.items() if " " in key and _local(key) == "id"), ""
                )
                listed.append((attributes.get("name", ""), link))

        if not package.holds(self.part):
            raise package.damaged(self.part)
        _parse(package, self.part, start, _nothing)
        self.sheets: list[tuple[str, str]] = []
        for name, link in listed:
            kind, target = self._targets.get(link, ("", ""))
            if kind == "worksheet":
                self.sheets.append((name, target))
        if not self.sheets:
            raise package.damaged(self.part)
        self.formats = self._formats(self.part_of("styles"))

    def part_of(self, kind: str) -> str:
        """The part that the workbook names for that purpose, or an empty name."""
        return next((target for held, target in self._targets.values() if held == kind), "")

    def _main_part(self) -> str:
        for kind, target in self._relationships("").values():
            if kind == "officeDocument" and self._package.holds(target):
                return target
        return "xl/workbook.xml"

    def _relationships(self, part: str) -> dict[str, tuple[str, str]]:
        """Kind and part of each relationship, under its id; those that lead outside the file are left out."""
        folder, _, name = part.rpartition("/")
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if _local(tag) == "Relationship" and attributes.get("TargetMode", "").casefold() != "external":
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = (kind, _resolved(folder, attributes.get("Target", "")))

        links = f"{folder}/_rels/{name}.rels".lstrip("/")
        if self._package.holds(links):
            _parse(self._package, links, start, _nothing)
        return found

    def _formats(self, part: str) -> list[NumberFormat]:
        """The number format of each cell style, by its place among them."""
        codes: dict[int, str] = dict(BUILT_IN)
        used: list[int] = []
        inside: list[str] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            local = _local(name)
            number = _whole(attributes.get("numFmtId"), 10**9)
            if local in ("numFmts", "cellXfs"):
                inside.append(local)
            elif local == "numFmt" and inside[-1:] == ["numFmts"] and number is not None:
                codes[number] = attributes.get("formatCode", "General")
            elif local == "xf" and inside[-1:] == ["cellXfs"]:
                used.append(number or 0)

        def end(name: str) -> None:
            if inside and _local(name) == inside[-1]:
                inside.pop()

        if self._package.holds(part):
            _parse(self._package, part, start, end)
        known = {number: NumberFormat(code) for number, code in codes.items()}
        return [known.get(number, GENERAL) for number in used]


def _nothing(*_: object) -> None:
    return None


def _resolved(folder: str, target: str) -> str:
    """A relationship's target as the name of a part."""
    if target.startswith("/"):
        return target[1:]
    steps = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def _shared_strings(package: Package, part: str) -> list[str]:
    strings: list[str] = []
    pieces: list[str] = []
    state = {"in text": False, "phonetic": False}

    def start(name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "si":
            pieces.clear()
        elif local == "rPh":
            state["phonetic"] = True
        elif local == "t":
            state["in text"] = not state["phonetic"]

    def end(name: str) -> None:
        local = _local(name)
        if local == "si":
            strings.append("".join(pieces))
        elif local == "rPh":
            state["phonetic"] = False
        elif local == "t":
            state["in text"] = False

    def text(data: str) -> None:
        if state["in text"]:
            pieces.append(data)

    if part and package.holds(part):
        _parse(package, part, start, end, text)
    return strings


class _SheetReader:
    """Reads one sheet's part after another; counts cells over all of them."""

    def __init__(self, package: Package, strings: list[str], workbook: _Workbook) -> None:
        self._package = package
        self._strings = strings
        self._formats = workbook.formats
        self._from_1904 = workbook.from_1904
        self._cells = 0
        self._columns: dict[str, int] = {}

    def read(self, name: str, part: str) -> SheetCells:
        if not self._package.holds(part):
            raise self._package.damaged(part)
        sheet = SheetCells(unescaped(name))
        row = column = 0
        kind = style = ""
        pieces: list[str] = []
        collecting = formula = filled = phonetic = False

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal row, column, kind, style, collecting, formula, filled, phonetic
            local = tag.rpartition(" ")[2]
            if local == "c":
                column = self._column(attributes.get("r", ""), column)
                kind, style = attributes.get("t", "n"), attributes.get("s", "0")
                formula = filled = False
                pieces.clear()
            elif local == "v" or local == "t":
                collecting = not phonetic
                filled = True
            elif local == "f":
                formula = True
            elif local == "row":
                row = _whole(attributes.get("r"), _MOST_ROWS) or row + 1
                column = 0
                if attributes.get("hidden") in ("1", "true"):
                    sheet.hidden.append(row)
            elif local == "rPh":
                phonetic = True
            elif local == "mergeCell" and (area := _area(attributes.get("ref", ""))):
                sheet.merged.append(area)

        def end(tag: str) -> None:
            nonlocal collecting, phonetic
            local = tag.rpartition(" ")[2]
            if local == "v" or local == "t":
                collecting = False
            elif local == "rPh":
                phonetic = False
            elif local == "c" and (filled or formula):
                cell = self._cell(kind, style, "".join(pieces), filled, formula)
                if cell is not None and row <= _MOST_ROWS:
                    self._cells += 1
                    if self._cells > MOST_CELLS:
                        raise self._too_many()
                    sheet.rows.setdefault(row, {}).setdefault(column, cell)

        def text(data: str) -> None:
            if collecting:
                pieces.append(data)

        _parse(self._package, part, start, end, text)
        sheet.hidden = [each for each in sheet.hidden if each in sheet.rows]
        sheet.rows = dict(sorted(sheet.rows.items()))
        return sheet

    def _column(self, reference: str, before: int) -> int:
        letters = reference.rstrip("0123456789")
        if letters not in self._columns:
            self._columns[letters] = column_number(letters)
        return self._columns[letters] or before + 1

    def _cell(self, kind: str, style: str, raw: str, filled: bool, formula: bool) -> Cell | None:
        if formula and (not filled or (raw == "" and kind != "str")):
            return Cell(CellKind.UNCALCULATED, "a formula")
        if kind in ("s", "str", "inlineStr"):
            return self._text(kind, raw)
        if raw.strip() == "":
            return None
        if kind == "b":
            return Cell(CellKind.BOOLEAN, "TRUE" if raw.strip() in ("1", "true") else "FALSE")
        if kind == "e":
            return Cell(CellKind.ERROR, raw[:40])
        number_format = self._format(style)
        if kind == "d":
            return _iso_date(raw, number_format)
        return self._number(raw, number_format)

    def _text(self, kind: str, raw: str) -> Cell | None:
        if kind == "s":
            position = _whole(raw.strip(), len(self._strings) - 1)
            if position is None:
                return Cell(CellKind.DAMAGED, raw[:40])
            raw = self._strings[position]
        if len(raw) > MOST_CHARACTERS_IN_CELL:
            raw = unescaped(raw)
            if len(raw) > MOST_CHARACTERS_IN_CELL:
                return Cell(CellKind.TOO_LONG, f"{len(raw):,} characters")
        else:
            raw = unescaped(raw)
        return Cell(CellKind.TEXT, raw) if not is_blank(raw) else None

    def _format(self, style: str) -> NumberFormat:
        position = _whole(style, len(self._formats) - 1)
        return self._formats[position] if position is not None else GENERAL

    def _number(self, raw: str, number_format: NumberFormat) -> Cell:
        amount = _decimal(raw)
        if amount is None:
            return Cell(CellKind.DAMAGED, raw[:40])
        if number_format.is_date:
            day = day_of(amount, self._from_1904)
            shown = number_format.shown_date(day) if day else number_format.shown(amount)
            return Cell(CellKind.DATE, shown, amount, day, number_format)
        return Cell(CellKind.NUMBER, number_format.shown(amount), amount, None, number_format)

    def _too_many(self) -> WorkbookUnreadable:
        return WorkbookUnreadable(
            f"{self._package.name} holds more than {MOST_CELLS:,} filled cells, more than any return has: it may be "
            "damaged. Take the last good copy."
        )


def _decimal(raw: str) -> Decimal | None:
    """The number without the noise of binary fractions: 12 significant digits, whole numbers exactly."""
    if (
        not re.fullmatch(r"\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,4})?\s*", raw[:400], re.ASCII)
        or len(raw) > 400
    ):
        return None
    value = float(raw)
    if value in (float("inf"), float("-inf")):
        return None
    if value.is_integer() and abs(value) < _EXACT_WHOLE:
        return Decimal(int(value))
    return Decimal(f"{value:.{_SIGNIFICANT}g}")


def _iso_date(raw: str, number_format: NumberFormat) -> Cell:
    try:
        day = date.fromisoformat(raw.strip()[:10])
    except ValueError:
        return Cell(CellKind.DAMAGED, raw[:40])
    return Cell(CellKind.DATE, NumberFormat("d mmmm yyyy").shown_date(day), Decimal(0), day, number_format)


def column_number(letters: str) -> int:
    """The column that letters name, from 1; 0 if they name none."""
    if not re.fullmatch("[A-Z]{1,3}", letters):
        return 0
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number if number <= _MOST_COLUMNS else 0


def _area(reference: str) -> tuple[int, int, int, int] | None:
    found = re.fullmatch(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})", reference, re.ASCII)
    if not found:
        return None
    return int(found[2]), column_number(found[1]), int(found[4]), column_number(found[3])


def is_blank(text: str) -> bool:
    """True for text of spaces of any kind alone."""
    return not text.strip().strip("\u200b\u2060\ufeff \u00a0\n")


def unescaped(text: str) -> str:
    """Text with the escapes of the file format undone (`_x000D_`), line ends as one character, and the halves of a
    character put together.
    """
    if "_x" in text:
        text = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def filled_columns(rows: Iterable[dict[int, Cell]]) -> set[int]:
    """The columns that hold anything in those rows."""
    return {column for row in rows for column in row}
