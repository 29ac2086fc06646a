"""The roll-forward verb: what was emptied, what stays, and what comes next."""

from pathlib import Path

import click

from svreport.cli import printing

HAS_ERRORS = 1
_WIDTH = len("emptied")


def roll(old: Path, new: Path, label: str | None) -> int:
    """Makes the next update's workbook and tells; the exit code."""
    from svreport.pipeline.rolling import roll_workbook

    done = roll_workbook(old, new, label)
    for finding in done.old.findings:
        if finding.is_error:
            click.echo(printing.finding_text(old, finding) + "\n")
    click.echo(f"wrote {new}: {done.rolled.update}, from {old}, which is as it was")
    _tell("emptied", [*done.rolled.emptied] or ["nothing: no cell held anything of last time"])
    _tell("stays", done.rolled.stays)
    notes = list(done.rolled.notes)
    if not done.beside:
        notes.append(
            f"{old.name} lies in another folder: put a copy of it beside {new.name}, where it is looked for to compare "
            "with last time"
        )
    _tell("note", notes)
    _tell("next", _steps(new))
    errors = done.old.errors
    if errors:
        click.echo(
            f"{old}: {printing.summed(errors, done.old.queries)}; what they are about went into {new} as it is, "
            f"unless it was emptied"
        )
    return HAS_ERRORS if errors else 0


def _steps(new: Path) -> list[str]:
    return [
        "write this time's texts, answers and levels: the sheet Last update shows each cell beside last time's words",
        "add the new figures to Metric data and Finance, and move From and To of the exhibits on",
        f"svreport check {new}",
    ]


def _tell(label: str, lines: list[str] | tuple[str, ...]) -> None:
    for number, line in enumerate(lines):
        click.echo(f"    {label if number == 0 else '':<{_WIDTH}}  {line}")
