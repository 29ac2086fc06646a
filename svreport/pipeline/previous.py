"""The previous workbook of a return: read beside it, and no reason to stop where it cannot be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from svreport.documents.texts import read_texts
from svreport.errors import CannotGoOn
from svreport.model.facts import Facts
from svreport.model.finding import Place
from svreport.model.submission import Submission
from svreport.narrative.blocks import Block
from svreport.workbook.reading import read_workbook


@dataclass(frozen=True, slots=True)
class Previous:
    """The previous workbook's figures and texts; `facts` is None where none is named, or for the reason in `fault`."""

    facts: Facts | None = None
    texts: Mapping[Place, tuple[Block, ...]] = field(default_factory=dict)
    fault: str = ""


def read_previous(submission: Submission) -> Previous:
    """The workbook that the item `Previous workbook` names, looked for in the workbook's own folder."""
    name = submission.programme.previous_workbook.value
    if not name:
        return Previous()
    path = Path(submission.folder) / name
    try:
        there = path.resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        return Previous(fault=f"there is no file {name} beside {submission.workbook}")
    if not there.is_relative_to(Path(submission.folder).resolve()):
        return Previous(fault=f"{name} is a link that leads out of the folder of {submission.workbook}")
    if there == (Path(submission.folder) / submission.workbook).resolve():
        return Previous(fault=f"{name} is this workbook itself")
    try:
        read = read_workbook(path).submission
    except CannotGoOn as stop:
        return Previous(fault=str(stop).rstrip("."))
    facts = Facts(read)
    return Previous(facts, read_texts(read, facts).by_place)
