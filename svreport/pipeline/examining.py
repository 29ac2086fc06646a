"""Read a workbook with its texts and exhibits, review it, and collect what was found: how every other verb begins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from svreport.documents.texts import Texts, read_texts
from svreport.figures.exhibits import Exhibits, resolve
from svreport.model.facts import Facts
from svreport.model.finding import Finding, in_sheet_order
from svreport.model.pack_sheets import SheetsOfPack
from svreport.model.submission import Submission
from svreport.pipeline.previous import read_previous
from svreport.review.answers import Answered, answered
from svreport.review.catalogue import review
from svreport.review.material import Material
from svreport.workbook.reading import read_workbook


@dataclass(frozen=True, slots=True)
class Examined:
    """A workbook as it was understood; `findings` are in the order of its sheets, answered ones among them."""

    path: Path
    submission: Submission
    facts: Facts
    texts: Texts
    exhibits: Exhibits
    material: Material
    findings: tuple[Finding, ...]
    answers: Answered

    @property
    def errors(self) -> int:
        return sum(finding.is_error for finding in self.findings)

    @property
    def queries(self) -> int:
        """How many queries nobody has answered yet."""
        return len(self.answers.open) - self.errors


def examine(
    path: Path, packs: Sequence[SheetsOfPack] = (), *, resolved: Callable[[Exhibits], None] | None = None
) -> Examined:
    """Everything the workbook says and everything found in it; raises `WorkbookUnreadable` if it is none.

    `packs` say which sheets are read besides those of the return. `resolved` is told the exhibits before the rest is
    reviewed, which takes a while.
    """
    reading = read_workbook(path, packs)
    facts = Facts(reading.submission)
    exhibits = resolve(facts)
    if resolved:
        resolved(exhibits)
    texts = read_texts(reading.submission, facts)
    previous = read_previous(reading.submission)
    material = Material(facts, texts.by_place, previous.facts, previous.texts, previous.fault)
    findings = in_sheet_order(
        (*reading.findings, *texts.findings, *exhibits.findings, *review(material)), reading.submission.sheets
    )
    answers = answered(findings, reading.submission.answers)
    return Examined(path, reading.submission, facts, texts, exhibits, material, tuple(findings), answers)
