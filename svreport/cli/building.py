"""The build verb: one workbook told in full, a folder in a line each."""

from pathlib import Path

import click

from svreport.cli import printing
from svreport.pipeline.building import Built, build_workbook

HAS_ERRORS = 1


def build(source: Path, out: Path, pack: str, *, force: bool) -> int:
    """Builds and tells; the exit code."""
    return _build_one(source, out, pack, force=force)


def _build_one(workbook: Path, out: Path, pack: str, *, force: bool) -> int:
    built = build_workbook(workbook, out, pack, force=force, waiting=lambda: _waiting(out / workbook.stem))
    for finding in built.examined.findings:
        if finding.is_error:
            click.echo(printing.finding_text(workbook, finding) + "\n")
    for line in printing.files_text(built.folder, built.outcomes):
        click.echo(line)
    click.echo(_summary(built))
    return HAS_ERRORS if built.examined.errors else 0


def _waiting(folder: Path) -> None:
    click.echo(f"Another build is writing {folder}: waiting for it to finish.", err=True)


def _summary(built: Built) -> str:
    errors, queries = built.examined.errors, built.examined.queries
    told = f"{built.examined.path}: {printing.summed(errors, queries)}"
    return f"{told} (svreport check {built.examined.path} tells them)" if errors or queries else told
