"""Changes: what differs from the previous workbook, or from an earlier draft of this one."""

from dataclasses import dataclass
from pathlib import Path

from svreport.documents.review_pack.changes_report import change_report
from svreport.errors import CallFault
from svreport.model.content_codes import read_code
from svreport.model.names import listed
from svreport.packs.declared import TITLE_FIELDS, titled
from svreport.packs.loading import load_pack, shipped_packs
from svreport.pipeline.charting import blocks_of_exhibits, charts_told
from svreport.pipeline.examining import Examined, examine
from svreport.pipeline.filling import fill_return
from svreport.pipeline.finality import SNAPSHOTS
from svreport.publish.new_file import refuse_existing, write_new
from svreport.review.changes import Change, between, since_previous
from svreport.review.snapshot import from_json, snapshot

_TITLE = "Changes: {{ authority }}, {{ update }}, {{ financial_year }}"


@dataclass(frozen=True, slots=True)
class Compared:
    """A return beside an earlier state of it; `since` names that state for a reader."""

    examined: Examined
    since: str
    changes: tuple[Change, ...]


def compare(workbook: Path, code: str | None, out: Path) -> Compared:
    """What differs from the draft with that content code, or without one from the previous workbook."""
    return _with_draft(workbook, code, out) if code else _with_previous(workbook)


def _with_previous(workbook: Path) -> Compared:
    """What differs from the previous workbook; raises `CallFault` where there is none to compare with."""
    examined = examine(workbook)
    previous = examined.material.previous
    if previous is None:
        why = examined.material.previous_fault or "the Programme item Previous workbook is empty"
        raise CallFault(
            f"{workbook} cannot be compared with a previous workbook: {why}. "
            f"--since CODE compares it with an earlier draft instead."
        )
    return Compared(examined, previous.submission.workbook, since_previous(examined.facts, previous))


def _with_draft(workbook: Path, code: str, out: Path) -> Compared:
    """What differs from the draft that had this content code; raises `CallFault` where it is not kept."""
    wanted = read_code(code)
    kept = out / workbook.stem / SNAPSHOTS
    known = {path.stem: path for path in sorted(kept.glob("*.json"))}
    try:
        then = from_json(known[wanted].read_bytes())
    except (KeyError, OSError, ValueError):
        told = (
            f"These are kept: {listed(known, 'and')}."
            if known
            else "None is kept there: build makes one each time."
        )
        raise CallFault(f"There is no draft with the code {wanted} under {kept}. {told}") from None
    examined = examine(workbook)
    return Compared(examined, f"the draft {wanted}", between(then, snapshot(examined.facts)))


def write_report(compared: Compared, pack_name: str, path: Path) -> None:
    """Writes the changes as a new Word file, from the pack's template or else from svreport's own."""
    from svreport.word.packaging import Properties
    from svreport.word.template import Template

    if path.suffix.lower() != ".docx":
        raise CallFault(
            f"{path} does not end in .docx: the report is a Word file, so give its name that ending."
        )
    refuse_existing(path)
    pack = load_pack(pack_name)
    template = pack.changes or next(each.changes for each in shipped_packs() if each.changes)
    examined = compared.examined
    filled = fill_return(examined, pack, blocks_of_exhibits(examined, charts_told(examined.exhibits)))
    report = change_report(
        filled.context,
        compared.changes,
        workbook=examined.path.name,
        compared_with=compared.since,
        code=filled.code,
    )
    title = titled(_TITLE, {name: str(getattr(report, name)) for name in TITLE_FIELDS})
    properties = Properties(title, report.authority, pack.language)
    write_new(path, Template.open(template).render(report, properties))
