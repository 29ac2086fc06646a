"""Read a workbook, its texts and its exhibits, and collect what was found: what every other verb begins with."""

from dataclasses import dataclass
from pathlib import Path

from svreport.documents.texts import Texts, read_texts
from svreport.figures.exhibits import Exhibits, resolve
from svreport.model.facts import Facts
from svreport.model.finding import Finding, in_sheet_order
from svreport.model.submission import Submission
from svreport.workbook.reading import read_workbook


@dataclass(frozen=True, slots=True)
class Examined:
    """A workbook as it was understood; `findings` are in the order of its sheets."""

    path: Path
    submission: Submission
    facts: Facts
    texts: Texts
    exhibits: Exhibits
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        return sum(finding.is_error for finding in self.findings)

    @property
    def queries(self) -> int:
        return len(self.findings) - self.errors


def examine(path: Path) -> Examined:
    """Everything the workbook says and everything found in it; raises `WorkbookUnreadable` if it is none."""
    reading = read_workbook(path)
    facts = Facts(reading.submission)
    texts = read_texts(reading.submission, facts)
    exhibits = resolve(facts)
    findings = in_sheet_order(
        (*reading.findings, *texts.findings, *exhibits.findings), reading.submission.sheets
    )
    return Examined(path, reading.submission, facts, texts, exhibits, tuple(findings))
