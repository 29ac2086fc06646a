"""Whether a return is final: what stands against it, and which approvals fell because of what change."""

from dataclasses import dataclass
from pathlib import Path

from svreport.documents.signing import Standing, is_code, standings
from svreport.pipeline.examining import Examined
from svreport.review.changes import Change, between
from svreport.review.snapshot import from_json, snapshot

SNAPSHOTS = "snapshots"


@dataclass(frozen=True, slots=True)
class Fallen:
    """An approval of other content than this, and what changed since; None where that content was not kept."""

    standing: Standing
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


def fallen(examined: Examined, finality: Finality, folder: Path) -> list[Fallen]:
    """The approvals that named other content, each with what changed since, where the folder keeps that content."""
    now = snapshot(examined.facts)
    found = []
    for standing in finality.approvals:
        if standing.given and not standing.stands:
            try:
                name = f"{standing.given}.json" if is_code(standing.given) else ""
                then = from_json((folder / SNAPSHOTS / name).read_bytes())
            except (OSError, ValueError):
                found.append(Fallen(standing, None))
            else:
                found.append(Fallen(standing, between(then, now)))
    return found
