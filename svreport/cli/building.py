"""The build verb for one workbook, told in full."""

from pathlib import Path

import click

from svreport.cli import approvals, printing
from svreport.cli.building_line import called, where_told
from svreport.cli.pdfs import Folders, make_pdfs
from svreport.cli.progress import progress, waiting
from svreport.pipeline.ahead import draw_again
from svreport.pipeline.building import build_workbook
from svreport.pipeline.options import BuildOptions

HAS_ERRORS = 1


def build_one(workbook: Path, options: BuildOptions) -> int:
    """Builds one workbook with each of the packs, and tells its errors and each file; the exit code."""
    if len(options.load_packs()) > 1:
        draw_again()
    written = Folders()
    try:
        status = max(_build_pack(workbook, each, written) for each in options.of_each_pack())
    except Exception:
        if options.pdf:
            make_pdfs(written, in_full=True)
        raise
    return max(status, make_pdfs(written, in_full=True) if options.pdf else 0)


def _build_pack(workbook: Path, options: BuildOptions, written: Folders) -> int:
    with progress(f"Building {workbook}"):
        built = build_workbook(workbook, options, waiting=waiting)
    for finding in built.examined.findings:
        if finding.is_error:
            click.echo(printing.finding_text(workbook, finding) + "\n")
    if built.refused:
        click.echo(approvals.refusal_text(called(workbook, options), built.refused))
        return HAS_ERRORS
    written.add(built.folder, built.pack)
    for line in (*printing.files_text(built.folder, built.outcomes), *approvals.approvals_text(built)):
        click.echo(line)
    errors, queries = built.examined.errors, built.examined.queries
    told = f"{called(workbook, options)}: {printing.summed(errors, queries)}"
    click.echo(told + where_told(workbook, options, errors + queries))
    return HAS_ERRORS if errors else 0
