"""The pull verb: every edit that was taken, every one that was not, and the comments."""

from collections.abc import Iterator
from pathlib import Path

import click

from svreport.cli import approvals, printing
from svreport.pipeline.pulled_edits import Taken
from svreport.pipeline.pulled_remarks import COMMENT, CONFLICT, FIGURE, LEVEL, NOT_TAKEN, REPLY, kinds_of
from svreport.pipeline.pulling import Pulled, PullOptions, pull_drafts
from svreport.workbook.comments import Remark

HAS_ERRORS = 1
_LONGEST_WORDS = 90


def pull(drafts: tuple[Path, ...], workbook: Path, options: PullOptions) -> int:
    """Pulls, and tells; the exit code."""
    pulled = pull_drafts(drafts, workbook, options, waiting=_waiting)
    for line in _lines(pulled, workbook, in_place=options.in_place):
        click.echo(line)
    errors = pulled.examined.errors
    if errors:
        click.echo(f"{workbook}: {printing.summed(errors, pulled.examined.queries)}; see svreport check")
    return HAS_ERRORS if errors else 0


def _lines(pulled: Pulled, workbook: Path, *, in_place: bool) -> Iterator[str]:
    for name in pulled.unmarked:
        yield f"{name}: it has no marks of a draft, so only its comments were taken; other changes stay in the file"
    for name in pulled.absent:
        yield (
            f"{name}: the pack that a draft was made with is not here, so texts of its own sheets are told, not taken; "
            f"--pack FOLDER says where it is"
        )
    yield from (_taken(each) for each in pulled.taken)
    for sheet in pulled.at_end:
        yield f"{sheet}: rows could not come between the others, and stand at the end: move them where they belong"
    for kind, told in (
        (CONFLICT, "conflict"),
        (NOT_TAKEN, "not taken"),
        (LEVEL, "level offered"),
        (FIGURE, "query"),
    ):
        yield from (_remark(each, told) for each in kinds_of(pulled.remarks, kind))
    comments = [*kinds_of(pulled.remarks, COMMENT, REPLY)]
    yield from (_comment(each) for each in comments)
    conflicts = len([*kinds_of(pulled.remarks, CONFLICT)])
    if pulled.aside is not None:
        yield f"an earlier {pulled.result.name} is kept as {pulled.aside}"
    verb = "changed" if in_place else "wrote"
    unchanged = in_place and not pulled.taken and not pulled.added
    yield f"as it was {pulled.result}" if unchanged else f"{verb} {pulled.result}"
    yield (
        f"{workbook}: {printing.counted(len(pulled.taken), 'edit', 'edits')} taken, "
        f"{printing.counted(conflicts, 'conflict', 'conflicts')}, "
        f"{printing.counted(len(comments), 'comment', 'comments')}; "
        f"{printing.counted(pulled.added, 'new row', 'new rows')} on the sheet of comments"
    )


def _taken(taken: Taken) -> str:
    where = f"{taken.place}  " if taken.place is not None and taken.place.row else ""
    told = f"{where}{taken.kind}: {taken.about}"
    if taken.kind == "moved":
        return f"{told}, its paragraphs in another order"
    if taken.kind == "added" and taken.place is not None and taken.place.row and not taken.before:
        told = f"{told}, in a row below" if taken.draft and _is_row(taken) else told
    if taken.before and taken.after:
        before, after = approvals.differing(taken.before, taken.after)
        return f"{told}, from “{before}” to “{after}” ({taken.draft})"
    return f"{told}: “{printing.shortened(taken.after or taken.before, _LONGEST_WORDS)}” ({taken.draft})"


def _is_row(taken: Taken) -> bool:
    return taken.about.endswith(": progress") or taken.about.startswith("Headlines: ")


def _remark(remark: Remark, told: str) -> str:
    where = f"{remark.place}  " if remark.place is not None else ""
    about = f": {remark.about}" if remark.about else ""
    words = f" “{printing.shortened(remark.words, _LONGEST_WORDS)}”" if remark.words else ""
    lines = (" ".join(line.split()) for line in remark.text.splitlines())
    return "\n    ".join([f"{where}{told}{about}{words} ({remark.draft})", *filter(None, lines)])


def _comment(remark: Remark) -> str:
    where = f"{remark.place}  " if remark.place is not None else ""
    kind = remark.kind.lower()
    by = f" by {remark.author}" if remark.author else ""
    about = f" on “{printing.shortened(remark.words)}”" if remark.words else ""
    return f"{where}{kind}{by}{about}: “{printing.shortened(remark.text, _LONGEST_WORDS)}” ({remark.draft})"


def _waiting(folder: Path) -> None:
    click.echo(f"A build is writing {folder}: waiting for it to finish.", err=True)
