"""Whether a return is final: what stands against it, and which approvals fell because of what change."""

from dataclasses import dataclass
from pathlib import Path

from svreport.documents.signing import Standing, standings
from svreport.model.content_codes import is_code
from svreport.pipeline.examining import Examined
from svreport.publish.manifest import read_manifest
from svreport.review.changes import Change, between
from svreport.review.snapshot import from_json, snapshot

SNAPSHOTS = "snapshots"


@dataclass(frozen=True, slots=True)
class Fallen:
    """An approval of other content than this, and what changed since; None where that content was not kept."""

    standing: Standing
    code: str
    changes: tuple[Change, ...] | None


@dataclass(frozen=True, slots=True)
class Finality:
    """How the approvals stand, and every reason why the return is a draft; final when there is none."""

    approvals: tuple[Standing, ...]
    reasons: tuple[str, ...]

    @property
    def is_final(self) -> bool:
        return not self.reasons


def finality_of(examined: Examined, code: str) -> Finality:
    """What keeps a return with this content code from being final."""
    reasons = []
    if examined.errors:
        errors = "error" if examined.errors == 1 else "errors"
        reasons.append(f"the workbook has {examined.errors} {errors}: svreport check tells where")
    submission = examined.submission
    update = submission.updates[submission.current] if submission.current is not None else None
    if update is not None and update.submitted.value is None:
        reasons.append(f"the date of submission is missing at {update.submitted.place}")
    approvals = standings(submission, code)
    for each in approvals:
        if not each.stands:
            where = f" ({each.approval.content_code.place})" if each.approval else " (no row on Sign-off)"
            reasons.append(f"{each.told}{where}; the code of this content is {code}")
    return Finality(approvals, tuple(reasons))


def fallen(examined: Examined, finality: Finality, folder: Path, pack: str) -> list[Fallen]:
    """The approvals that named other content, each with what changed since, where the folder keeps that content.

    A code that the folder's last build gave to another pack is that pack's, and has not fallen.
    """
    now = snapshot(examined.facts)
    packs = read_manifest(folder).packs
    others = {state.content_code for name, state in packs.items() if name != pack}
    found = []
    for standing in finality.approvals:
        for code in () if standing.stands else standing.codes:
            if code in others:
                continue
            try:
                name = f"{code}.json" if is_code(code) else ""
                then = from_json((folder / SNAPSHOTS / name).read_bytes())
            except (OSError, ValueError):
                found.append(Fallen(standing, code, None))
            else:
                found.append(Fallen(standing, code, between(then, now)))
    return found
