"""Boards of workbooks made for a test."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from svreport.documents.board.board import board_of
from svreport.documents.board_context import Board
from svreport.documents.charts import DerivedCharts
from svreport.pipeline.examining import examine
from tests.documents.reviews import Rows, saved

EXAMPLE = "wiltshire-2024-12"


def board(folder: Path, change: Callable[[Rows], object] = lambda rows: None) -> Board:
    """The board of the worked example, changed; its charts draw nothing."""
    examined = examine(saved(folder, EXAMPLE, change))
    return board_of(examined.facts, examined.texts, DerivedCharts(examined.facts, lambda exhibit: None))


def measure(rows: Rows, name: str, **changed: Any) -> None:
    """Changes cells of one metric's row; `better` and `unit` stand for their headings."""
    headings = {
        "better": "Better when",
        "unit": "Unit",
        "tolerance": "Tolerance",
        "title": "Title",
        "conditions": "Conditions",
    }
    for row in rows["Metrics"]:
        if row["Metric"] == name:
            row.update({headings[key]: value for key, value in changed.items()})


def observe(rows: Rows, name: str, period: str, **changed: Any) -> None:
    """Changes the `actual` or `forecast` of one period, or adds the row."""
    new = {key.capitalize(): value for key, value in changed.items()}
    for row in rows["Metric data"]:
        if row["Metric"] == name and row["Period"] == period:
            row.update(new)
            return
    rows["Metric data"].append({"Metric": name, "Period": period, **new})
