"""`roll-forward`: the next update's workbook, beside the last one's."""

from collections.abc import Callable
from pathlib import Path

from tests.pipeline.content import save, small_return


def test_roll_forward_makes_the_next_updates_workbook(desk: Path, console: Callable[..., None]) -> None:
    last = save(desk / "2026-05.xlsx", small_return()).read_bytes()
    (desk / "notes.xlsx").write_text("a person's file")
    console(
        "roll-forward",
        "roll-forward 2026-05.xlsx 2026-08.xlsx",
        "roll-forward 2026-05.xlsx notes.xlsx",
        "roll-forward missing.xlsx next.xlsx",
        "roll-forward 2026-05.xlsx next.xlsx --update 'Update 2 (Augst)'",
        "roll-forward 2026-05.xlsx nowhere/next.xlsx",
        "check 2026-08.xlsx",
    )
    assert (desk / "2026-05.xlsx").read_bytes() == last
    assert (desk / "notes.xlsx").read_text() == "a person's file"
    assert not (desk / "next.xlsx").exists()
