"""`figures`: how each figure is written, how it prints, and its cell."""

from collections.abc import Callable
from pathlib import Path

from tests.pipeline.content import save, small_return


def test_figures_lists_what_text_can_use(desk: Path, console: Callable[..., None]) -> None:
    rows = small_return()
    rows["Programme"][7]["Value"] = "Advisers met the council.\n\n- They came twice, and hope to come again."
    save(desk / "return.xlsx", rows)
    console("figures", "figures return.xlsx")


def test_figures_says_where_the_workbook_has_errors(desk: Path, console: Callable[..., None]) -> None:
    rows = small_return()
    rows["Finance"][0]["Role"] = "Carried"
    rows["Metric data"] = []
    save(desk / "return.xlsx", rows)
    console("figures-of-a-workbook-with-errors", "figures return.xlsx")
