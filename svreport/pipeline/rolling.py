"""Roll forward: the next update's workbook, from the last one's."""

from dataclasses import dataclass
from pathlib import Path

from svreport.errors import CallFault
from svreport.pipeline.examining import Examined, examine
from svreport.publish.new_file import refuse_existing, write_new
from svreport.workbook.rolling import Rolled, roll_forward

ENDINGS = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class RolledForward:
    """What became of a workbook: `old` as it was read, with its findings, and what was done for the new one."""

    old: Examined
    rolled: Rolled
    beside: bool
    """Whether the new workbook lies in the old one's folder, where the comparison with last time looks for it."""


def roll_workbook(old: Path, new: Path, label: str | None) -> RolledForward:
    """Writes the workbook of the next update, or of the one that `label` names; the old file is not touched.

    Raises CallFault where the new file exists or its ending is another, or where it cannot be known which update is
    next; WorkbookUnreadable where the old one cannot be read.
    """
    ending = old.suffix.lower() if old.suffix.lower() in ENDINGS else ENDINGS[0]
    if new.suffix.lower() != ending:
        raise CallFault(
            f"{new} does not end in {ending}: Excel opens a copy of {old.name} only under that ending. "
            f"Call it {new.with_suffix(ending).name if new.name else ending}."
        )
    refuse_existing(new)
    examined = examine(old)
    rolled = roll_forward(old, examined.submission, label)
    write_new(new, rolled.data)
    return RolledForward(examined, rolled, old.resolve().parent == new.resolve().parent)
