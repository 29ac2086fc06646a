"""The build verb: one workbook told in full, a folder in a line each."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from svreport.cli import printing, stops
from svreport.pipeline.folder import Clash, manifest_if_current, workbooks_in
from svreport.pipeline.options import BuildOptions, quoted
from svreport.publish.bundle import Deed

HAS_ERRORS = 1
CANNOT_RUN = 2


def build(source: Path, options: BuildOptions) -> int:
    """Builds a workbook or a folder of them, and tells; the exit code."""
    return _build_folder(source, options) if source.is_dir() else build_one(source, options)


def build_one(workbook: Path, options: BuildOptions) -> int:
    """Builds one workbook with each of the packs, and tells its errors and each file; the exit code."""
    options.load_packs()
    return max(_build_pack(workbook, each) for each in options.of_each_pack())


def _build_pack(workbook: Path, options: BuildOptions) -> int:
    from svreport.cli import approvals
    from svreport.pipeline.building import build_workbook

    with _progress(f"Building {workbook}"):
        built = build_workbook(workbook, options, waiting=_waiting)
    for finding in built.examined.findings:
        if finding.is_error:
            click.echo(printing.finding_text(workbook, finding) + "\n")
    if built.refused:
        click.echo(approvals.refusal_text(workbook, built.refused))
        return HAS_ERRORS
    for line in (*printing.files_text(built.folder, built.outcomes), *approvals.approvals_text(built)):
        click.echo(line)
    errors, queries = built.examined.errors, built.examined.queries
    click.echo(
        f"{workbook}: {printing.summed(errors, queries)}{_where_told(workbook, options, errors + queries)}"
    )
    return HAS_ERRORS if errors else 0


def _build_folder(folder: Path, options: BuildOptions) -> int:
    packs = options.load_packs()
    listing = workbooks_in(folder)
    for clash in listing.clashes:
        click.echo(_clash_text(clash))
    if not listing.workbooks:
        click.echo(f"{folder} holds no workbook (.xlsx or .xlsm): svreport new makes one.")
    status = 0
    for number, workbook in enumerate(listing.workbooks, 1):
        manifest = manifest_if_current(workbook, options.out, packs)
        if manifest:
            click.echo(f"{workbook}: up to date{_with_errors(manifest.errors)}")
            status = max(status, HAS_ERRORS if manifest.errors else 0)
        else:
            with _progress(f"Building {workbook} ({number} of {len(listing.workbooks)})"):
                lines = [_built_line(workbook, each) for each in options.of_each_pack()]
            for told, code in lines:
                click.echo(told, err=code == CANNOT_RUN)
                status = max(status, code)
    return status


def _built_line(workbook: Path, options: BuildOptions) -> tuple[str, int]:
    """One workbook's summary line, and its exit code; a failure is its own and leaves the others to be built."""
    from svreport.cli import approvals
    from svreport.pipeline.building import build_workbook

    try:
        built = build_workbook(workbook, options, waiting=_waiting)
    except Exception as stop:
        return stops.not_built(workbook, stop), CANNOT_RUN
    if built.refused:
        return approvals.refusal_text(workbook, built.refused), HAS_ERRORS
    written = sum(each.deed in (Deed.WRITTEN, Deed.REPLACED) for each in built.outcomes)
    files = printing.counted(written, "file", "files")
    errors, queries = built.examined.errors, built.examined.queries
    line = f"{workbook}: {files} written to {built.folder}; {printing.summed(errors, queries)}"
    line += _where_told(workbook, options, errors + queries)
    aside = (Deed.BESIDE_EDITED, Deed.BESIDE_HELD, Deed.HELD, Deed.REPLACED)
    notes = [printing.outcome_text(built.folder, each) for each in built.outcomes if each.deed in aside]
    return "\n".join([line, *(f"    {note}" for note in notes)]), HAS_ERRORS if errors else 0


def _where_told(workbook: Path, options: BuildOptions, findings: int) -> str:
    pack = f" --pack {quoted(options.pack)}" if options.load_pack().sheets else ""
    return f" (all told by: svreport check {workbook}{pack})" if findings else ""


def _with_errors(errors: int) -> str:
    return f", with {printing.counted(errors, 'error', 'errors')} in the workbook" if errors else ""


def _clash_text(clash: Clash) -> str:
    if clash.same_name:
        return (
            f"{clash.copy}: not built, because its documents would go where those of {clash.original} go. "
            f"Give one of the two another name."
        )
    return (
        f"{clash.copy}: not built, because it looks like a conflict copy of {clash.original}: the same authority, year "
        f"and update are inside. Open both, bring what differs into {clash.original.name}, and move the copy away."
    )


def _waiting(folder: Path) -> None:
    click.echo(f"Another build is writing {folder}: waiting for it to finish.", err=True)


@contextmanager
def _progress(doing: str) -> Iterator[None]:
    """Shows on a terminal what is being done; stays quiet in a pipe."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(doing):
        yield
