"""Returns to review, as content that a case can change: written as a plain workbook and read like any other."""

import io
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from svreport.documents.texts import read_texts
from svreport.model.facts import Facts
from svreport.model.finding import Place
from svreport.pipeline.pack_sheets import known_sheets
from svreport.review.material import Material
from svreport.workbook.content import example
from svreport.workbook.layout import SHEETS
from svreport.workbook.reading import read_workbook

Row = dict[str, Any]
Content = dict[str, list[Row]]

HERE = Path(__file__).parent
_TITLE_ROWS = 2
# What tells one row of a sheet from another; rows of the other sheets are told by their place: `#2`.
_KEYS = {
    "Programme": ("Item",),
    "Updates": ("Update",),
    "Contacts": ("Role",),
    "Questions": ("Ref",),
    "Headlines": ("Heading",),
    "Conditions": ("Ref",),
    "Progress": ("Condition",),
    "Risks": ("Ref",),
    "Metrics": ("Metric",),
    "Metric data": ("Metric", "Period"),
    "Finance": ("Scenario", "Line"),
    "Exhibits": ("Exhibit",),
    "Assurance levels": ("Level",),
    "Sign-off": ("Role",),
}


def content(name: str) -> Content:
    """A fresh copy of a worked example's content, or of an authority's of the tests."""
    own = HERE / "authorities" / f"{name}.toml"
    told: Mapping[str, Any] = tomllib.loads(own.read_text("utf-8")) if own.exists() else example(name)
    return {sheet: [dict(row) for row in rows] for sheet, rows in told.items()}


def find(told: Content, sheet: str, row: str) -> int:
    """The index of a row: `Mitigated / Cumulative deficit`, `3.1 #2` for the second of a key's rows, or `#2`."""
    key, _, number = row.partition("#")
    wanted = key.strip()
    matching = [
        index
        for index, each in enumerate(told[sheet])
        if not wanted or " / ".join(str(each.get(column, "")) for column in _KEYS[sheet]) == wanted
    ]
    assert matching, f"{sheet} has no row {row}"
    return matching[int(number or 1) - 1]


def headings(told: Content, sheet: str) -> list[str]:
    """The columns that the rows use, and behind them those that every made workbook has."""
    fixed = [column.heading for each in SHEETS if each.name == sheet for column in each.columns]
    used = dict.fromkeys(heading for row in told[sheet] for heading in row)
    alike = {"Condition (or Ref)"} if "Condition" in used else set()
    return [*used, *(heading for heading in fixed if heading not in used and heading not in alike)]


def place(told: Content, sheet: str, row: str, column: str) -> Place:
    """Where the workbook has a cell."""
    return Place(sheet, find(told, sheet, row) + _TITLE_ROWS + 2, headings(told, sheet).index(column) + 1)


def workbook(told: Content, rows_above: int = 0) -> bytes:
    """A workbook with headings and rows, and nothing that a person would not type."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in told.items():
        sheet = book.create_sheet(name)
        for _ in range(_TITLE_ROWS + rows_above):
            sheet.append([name])
        columns = headings(told, name)
        sheet.append(columns)
        for row in rows:
            sheet.append([_cell(row.get(column)) for column in columns])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _cell(value: Any) -> Any:
    assert value is None or isinstance(value, str | int | float | Decimal | date)
    return value.strip() or None if isinstance(value, str) else value


def material(told: Content, folder: Path, before: Content | None = None, rows_above: int = 0) -> Material:
    """What a review of the content looks at; `before` is the previous return's content."""
    facts, texts = _read(told, folder / "return.xlsx", rows_above)
    if before is None:
        return Material(facts, texts)
    key = repr(before)
    if key not in _EARLIER:
        _EARLIER[key] = _read(before, folder / "before.xlsx", 0)
    earlier, earlier_texts = _EARLIER[key]
    return Material(facts, texts, earlier, earlier_texts)


_EARLIER: dict[str, tuple[Facts, Any]] = {}


def _read(told: Content, path: Path, rows_above: int) -> tuple[Facts, Any]:
    path.write_bytes(workbook(told, rows_above))
    reading = read_workbook(path, known_sheets(None))
    facts = Facts(reading.submission)
    return facts, read_texts(reading.submission, facts).by_place


@cache
def previous_of(name: str) -> str | None:
    """The content of the return before a worked example's, where there is one."""
    return {"wiltshire-2024-12": "wiltshire-2024-08"}.get(name)
