"""The tables of months and the pictures of a form's progress, as metrics, figures and exhibits of a workbook."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from itertools import pairwise

from svreport.model import names
from svreport.model.period import Period, PeriodKind, read_period
from svreport.model.quantity import Unit, decimals_of
from svreport.narrative.blocks import Cell, Picture, Table, text_of_runs
from svreport.word.forms.file import Note

Row = dict[str, object]
_ROW = re.compile(
    r"(?:(?:sv|safety valve|plan|original|agreed|agreement)\s+)?(forecast|actual|target|plan)s?",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"([-−–]?)\s?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s?(%?)")
_NOTHING = frozenset({"", "-", "–", "—"})
_LONGEST_NAME, _MOST_DECIMALS = 40, 2


@dataclass(frozen=True, slots=True)
class _Months:
    """A table of one measure's months: figures by row (`actual`, `forecast`), each beside its month."""

    title: str
    unit: Unit
    periods: tuple[Period, ...]
    rows: dict[str, tuple[Decimal | None, ...]]
    labels: tuple[str, ...]


@dataclass(slots=True)
class ImportedExhibits:
    """Takes tables and pictures in their order; `pictures` are files to keep beside the workbook, by name."""

    stem: str
    notes: list[Note]
    metrics: list[Row] = field(default_factory=list)
    observations: list[Row] = field(default_factory=list)
    exhibits: list[Row] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    _placed: dict[str, str] = field(default_factory=dict)
    _placed_months: list[tuple[_Months, str]] = field(default_factory=list)

    def place(self, block: Picture | Table, ref: str, where: str) -> str | None:
        """The name of the exhibit that shows the block, None for a table that is one of words."""
        if isinstance(block, Picture):
            return self._picture(block, where)
        months = _months(block)
        return None if months is None else self._table(months, ref, where)

    def take_source(self, name: str, source: str) -> bool:
        """Gives an exhibit the source that stands under it; False where it has another one already."""
        row = next(each for each in self.exhibits if each["Exhibit"] == name)
        if row["Source"] not in (None, source) or "\n" in source or source != " ".join(source.split()):
            return False
        row["Source"] = source
        return True

    def _picture(self, picture: Picture, where: str) -> str:
        alike = sha256(picture.data + picture.alt_text.encode()).hexdigest()
        if alike in self._placed:
            return self._placed[alike]
        number = len(self.pictures) + 1
        file = next((name for name, data in self.pictures.items() if data == picture.data), None)
        file = file or f"{_safe(self.stem)}-picture-{number}.{picture.name}"
        self.pictures[file] = picture.data
        name = f"Picture {len(self._placed) + 1}"
        self._placed[alike] = name
        self.exhibits.append(
            {
                "Exhibit": name,
                "Kind": "Picture",
                "Series": file,
                "Alt text": picture.alt_text or None,
                "Source": None,
            }
        )
        if not picture.alt_text:
            why = f"the picture has no description: write what it shows in Alt text, on Exhibits at {name}"
            self.notes.append(Note("", "Detailed update", where, f"({file})", why))
        return name

    def _table(self, months: _Months, ref: str, where: str) -> str:
        for known, name in self._placed_months:
            if known == months:
                self._bears_on(name, ref)
                return name
        name = self._free_name(months.title)
        given = [text for text, row in zip(months.labels, months.rows, strict=True) if names.key(text) != row]
        for text in given:
            why = f"the row is kept as the metric's {_ROW_OF[_kind(text)]}, and is printed under that name"
            self.notes.append(Note("", "Detailed update", where, f"{months.title}: {text}", why))
        self._placed_months.append((months, name))
        self.metrics.append(
            {"Metric": name, "Title": months.title, "Unit": months.unit.value, "Conditions": ref}
        )
        self.observations += [
            {
                "Metric": name,
                "Period": str(period),
                "Actual": _at(months.rows.get("actual"), at),
                "Forecast": _at(months.rows.get("forecast"), at),
            }
            for at, period in enumerate(months.periods)
        ]
        first, last = str(months.periods[0]), str(months.periods[-1])
        series = "; ".join(f"{name} {row}" for row in months.rows)
        self.exhibits.append(
            {
                "Exhibit": name,
                "Kind": "Table",
                "Title": months.title,
                "Series": series,
                "From": first,
                "To": last,
                "Source": None,
            }
        )
        return name

    def _bears_on(self, name: str, ref: str) -> None:
        metric = next(each for each in self.metrics if each["Metric"] == name)
        refs = str(metric["Conditions"]).split(", ")
        metric["Conditions"] = ", ".join(refs if ref in refs else [*refs, ref])

    def _free_name(self, title: str) -> str:
        """A short name of its own from a title's first words: `EHCP numbers` of `EHCP numbers, April to October`."""
        bare = re.split(r"[,;:(/|]", title)[0].strip() or "Table"
        bare = " ".join(re.sub(r"[^\w\s&'’.-]", "", bare)[:_LONGEST_NAME].split()) or "Table"
        taken = {names.key(str(row["Exhibit"])) for row in self.exhibits}
        number, name = 1, bare
        while names.key(name) in taken:
            number += 1
            name = f"{bare} {number}"
        return name


def is_of_months(table: Table) -> bool:
    """Whether a table is placed as one measure's months, and not as words."""
    return _months(table) is not None


_ROW_OF = {"forecast": "forecast", "plan": "forecast", "target": "forecast", "actual": "actual"}


def _kind(label: str) -> str:
    found = _ROW.fullmatch(" ".join(label.split()))
    return found[1].casefold() if found else ""


def _months(table: Table) -> _Months | None:
    """The table as one measure's months, where it plainly is that: months in order across, figures in every cell, and
    rows that say which are actual and which forecast. Its figures must print again as they stand.
    """
    title, *heads = (_text(cell) for cell in table.header)
    periods = [read_period(head) for head in heads]
    held = [each for each in periods if each is not None and each.kind is PeriodKind.MONTH]
    if not title or not heads or not table.rows or len(held) < len(heads):
        return None
    steps = {later.first - earlier.first for earlier, later in pairwise(held)}
    labels = [_text(row[0]) for row in table.rows]
    kinds = [_ROW_OF.get(_kind(label), "") for label in labels]
    if len(steps) > 1 or (steps and min(steps) < 1) or not all(kinds) or len(set(kinds)) < len(kinds):
        return None
    figures = [[_figure(_text(cell)) for cell in row[1:]] for row in table.rows]
    told = [each for row in figures for each in row if each is not None]
    units = {unit for each in told for unit in each[2:]}
    wrong = any(each is None and _text(cell) not in _NOTHING for each, cell in _beside(figures, table.rows))
    if wrong or len(units) != 1 or any(all(row[at] is None for row in figures) for at in range(len(heads))):
        return None
    needed = max(decimals_of(each[0]) for each in told)
    if needed > _MOST_DECIMALS or any(each[1] != needed for each in told):
        return None
    rows = {
        kind: tuple(None if each is None else each[0] for each in row)
        for kind, row in zip(kinds, figures, strict=True)
    }
    return _Months(title, units.pop(), tuple(held), rows, tuple(labels))


_Figure = tuple[Decimal, int, Unit]


def _figure(text: str) -> _Figure | None:
    """(value, decimals as written, unit) of a figure."""
    found = _FIGURE.fullmatch(text)
    if not found:
        return None
    sign, whole, part, percent = found.groups()
    value = Decimal(whole.replace(",", "") + (part or ""))
    unit = Unit.PERCENT if percent else Unit.NUMBER
    return (-value if sign else value), len(part or "") - 1 if part else 0, unit


def _beside(
    figures: Sequence[Sequence[_Figure | None]], rows: Sequence[tuple[Cell, ...]]
) -> list[tuple[_Figure | None, Cell]]:
    return [
        pair for row, cells in zip(figures, rows, strict=True) for pair in zip(row, cells[1:], strict=True)
    ]


def _at(row: Sequence[Decimal | None] | None, at: int) -> Decimal | None:
    return None if row is None else row[at]


def _text(cell: Cell) -> str:
    return text_of_runs(cell.runs).strip()


def _safe(stem: str) -> str:
    """The workbook's name as a picture's can begin: without what separates series, or what no file system holds."""
    return " ".join(re.sub(r'[\x00-\x1f<>:"/\\|?*;]', "-", stem).split()).strip(" .") or "import"
