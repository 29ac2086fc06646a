"""What `build --pdf` does once the Word files are written, and what it tells."""

from pathlib import Path

import click

from svreport.cli import printing
from svreport.cli.progress import progress, waiting
from svreport.pipeline.pdfs import Printed, print_folders
from svreport.publish.outcome import Deed

NOT_ALL_MADE = 2
_MADE = (Deed.WRITTEN, Deed.REPLACED)


class Folders(dict[Path, set[str]]):
    """The folders of outputs that are to have PDFs, each with the packs whose Word files those are of."""

    def add(self, folder: Path, pack: str) -> None:
        self.setdefault(folder, set()).add(pack)


def make_pdfs(folders: Folders, *, in_full: bool) -> int:
    """Makes the PDFs and tells them, each by name `in_full` or in a line for each folder; the exit code."""
    doing = "Making PDFs with LibreOffice"
    with progress(doing) as show:
        printed = print_folders(
            folders, waiting=waiting, doing=lambda done, of: show(f"{doing} ({done} of {of} done)")
        )
    for folder in printed.outcomes:
        for line in _in_full(folder, printed) if in_full else _in_short(folder, printed):
            click.echo(line)
    for stop in printed.stops:
        click.echo(f"svreport: {stop}", err=True)
    if printed.unusable:
        some = any(each.deed in _MADE for told in printed.outcomes.values() for each in told)
        which = "not all their PDFs" if some else "not their PDFs"
        click.echo(
            f"svreport: The Word documents are written, but {which}: {printed.unusable}, and build again.",
            err=True,
        )
    elif any(each.deed is Deed.NOT_MADE for told in printed.outcomes.values() for each in told):
        click.echo(
            "svreport: The Word documents are written, but not all their PDFs: build again, or open the Word file in "
            "LibreOffice to see what is wrong with it, or export it there.",
            err=True,
        )
    return 0 if printed.is_whole else NOT_ALL_MADE


def _in_full(folder: Path, printed: Printed) -> list[str]:
    lines = printing.files_text(folder, printed.outcomes[folder])
    return lines or ([] if printed.unusable else [f"as before in {folder}: the PDFs"])


def _in_short(folder: Path, printed: Printed) -> list[str]:
    told = printed.outcomes[folder]
    made = sum(each.deed in _MADE for each in told)
    lines = [f"{folder}: {printing.counted(made, 'PDF', 'PDFs')} written"] if made else []
    return lines + [
        f"    {printing.outcome_text(folder, each)}" for each in told if each.deed is not Deed.WRITTEN
    ]
