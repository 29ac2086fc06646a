"""One workbook of several, built and told in a line."""

from pathlib import Path

import click

from svreport.cli import approvals, printing, stops
from svreport.pipeline.building import build_workbook
from svreport.pipeline.options import BuildOptions
from svreport.publish.bundle import Deed

HAS_ERRORS = 1
CANNOT_RUN = 2


def built_line(workbook: Path, options: BuildOptions) -> tuple[str, int]:
    """One workbook's summary line, and its exit code; a failure is its own and leaves the others to be built."""
    try:
        built = build_workbook(workbook, options, waiting=tell_of_waiting)
    except Exception as stop:
        return stops.not_built(workbook, stop), CANNOT_RUN
    if built.refused:
        return approvals.refusal_text(workbook, built.refused), HAS_ERRORS
    written = sum(each.deed in (Deed.WRITTEN, Deed.REPLACED) for each in built.outcomes)
    files = printing.counted(written, "file", "files")
    errors, queries = built.examined.errors, built.examined.queries
    line = f"{workbook}: {files} written to {built.folder}; {printing.summed(errors, queries)}"
    line += where_told(workbook, options, errors + queries)
    aside = (Deed.BESIDE_EDITED, Deed.BESIDE_HELD, Deed.HELD, Deed.REPLACED)
    notes = [printing.outcome_text(built.folder, each) for each in built.outcomes if each.deed in aside]
    return "\n".join([line, *(f"    {note}" for note in notes)]), HAS_ERRORS if errors else 0


def where_told(workbook: Path, options: BuildOptions, findings: int) -> str:
    """What is put behind a number of findings; nothing where there are none."""
    pack = f" --pack {options.pack}" if options.load_pack().sheets else ""
    return f" (all told by: svreport check {workbook}{pack})" if findings else ""


def tell_of_waiting(folder: Path) -> None:
    """Says why nothing happens for a while."""
    click.echo(f"Another build is writing {folder}: waiting for it to finish.", err=True)
