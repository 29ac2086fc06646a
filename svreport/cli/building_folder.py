"""The build verb for a folder: what is up to date is told before anything that takes long is loaded."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from svreport.cli.lines import CANNOT_RUN, HAS_ERRORS, Lines
from svreport.cli.progress import progress
from svreport.pipeline.folder import Clash, manifest_if_current, workbooks_in
from svreport.pipeline.options import BuildOptions


def build_folder(folder: Path, options: BuildOptions) -> int:
    """Builds the workbooks of a folder that are not up to date, and tells of each in a line; the exit code."""
    packs = options.load_packs()
    listing = workbooks_in(folder)
    for clash in listing.clashes:
        click.echo(_clash_text(clash))
    if not listing.workbooks:
        click.echo(f"{folder} holds no workbook (.xlsx or .xlsm): svreport new makes one.")
    current = {
        each: manifest_if_current(each, options.out, packs, pdf=options.pdf) for each in listing.workbooks
    }
    built = _built([each for each, manifest in current.items() if not manifest], options)
    status = 0
    written: list[tuple[Path, str]] = []
    for number, (workbook, manifest) in enumerate(current.items(), 1):
        if manifest:
            click.echo(f"{workbook}: up to date{_with_errors(manifest.errors)}")
            status = max(status, HAS_ERRORS if manifest.errors else 0)
            written += [(options.out / workbook.stem, each.name) for each in packs]
            continue
        with progress(f"Building {workbook} ({number} of {len(current)})"):
            lines = next(built)
        for line in lines:
            click.echo(line.text, err=line.code == CANNOT_RUN)
            status = max(status, line.code)
            written += [line.wrote] if line.wrote else []
    return max(status, _make_pdfs(written)) if options.pdf else status


def _make_pdfs(written: Sequence[tuple[Path, str]]) -> int:
    from svreport.cli.pdfs import Folders, make_pdfs

    folders = Folders()
    for folder, pack in written:
        folders.add(folder, pack)
    return make_pdfs(folders, in_full=False)


def _built(workbooks: Sequence[Path], options: BuildOptions) -> Iterator[Lines]:
    """What is told of each workbook, in their order, each as soon as it is asked for and built."""
    if len(workbooks) > 1:
        from svreport.cli.side_by_side import built_side_by_side

        yield from built_side_by_side(workbooks, options)
    elif workbooks:
        from svreport.cli.building_line import built_lines

        yield built_lines(workbooks[0], options)


def _with_errors(errors: int) -> str:
    if not errors:
        return ""
    from svreport.cli.printing import counted

    return f", with {counted(errors, 'error', 'errors')} in the workbook"


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
