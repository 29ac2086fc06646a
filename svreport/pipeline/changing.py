"""Changes: what differs from the previous workbook, or from an earlier draft of this one."""

from pathlib import Path

from svreport.documents.signing import read_code
from svreport.errors import CallFault
from svreport.model.names import listed
from svreport.pipeline.examining import examine
from svreport.pipeline.finality import SNAPSHOTS
from svreport.review.changes import Change, between, since_previous
from svreport.review.snapshot import from_json, snapshot


def since_previous_workbook(workbook: Path) -> tuple[Change, ...]:
    """What differs from the previous workbook; raises `CallFault` where there is none to compare with."""
    examined = examine(workbook)
    previous = examined.material.previous
    if previous is None:
        why = examined.material.previous_fault or "the Programme item Previous workbook is empty"
        raise CallFault(
            f"{workbook} cannot be compared with a previous workbook: {why}. "
            f"--since CODE compares it with an earlier draft instead."
        )
    return since_previous(examined.facts, previous)


def since_draft(workbook: Path, code: str, out: Path) -> tuple[Change, ...]:
    """What differs from the draft that had this content code; raises `CallFault` where it is not kept."""
    wanted = read_code(code)
    kept = out / workbook.stem / SNAPSHOTS
    try:
        then = from_json((kept / f"{wanted}.json").read_bytes())
    except (OSError, ValueError):
        known = sorted(path.stem for path in kept.glob("*.json"))
        told = (
            f"Kept are {listed(known, 'and')}." if known else "None is kept there: build makes one each time."
        )
        raise CallFault(f"There is no draft with the code {wanted} under {kept}. {told}") from None
    return between(then, snapshot(examine(workbook).facts))
