"""Read a workbook with its texts and exhibits, review it, and collect what was found: how every other verb begins."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
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

    def with_findings(self, found: Sequence[Finding]) -> "Examined":
        """The same with what was found in the forms that are filled from it."""
        if not found:
            return self
        findings = in_sheet_order((*self.findings, *found), self.submission.sheets)
        return replace(self, findings=tuple(findings), answers=answered(findings, self.submission.answers))

    @property
    def errors(self) -> int:
        return sum(finding.is_error for finding in self.findings)

    @property
    def queries(self) -> int:
        """How many queries nobody has answered yet."""
        return len(self.answers.open) - self.errors


def _asked(
    findings: Iterable[Finding], submission: Submission, packs: Sequence[SheetsOfPack]
) -> Iterator[Finding]:
    """The findings without those that ask for what nothing prints: rows and cells of sheets that every pack does
    without, and the end of an agreement where that has no conditions. What such a sheet does hold is read as ever.
    """
    without = _without(submission, packs)
    ends = submission.programme.agreement_ends.place if "Conditions" in without else None
    for each in findings:
        empty = each.code.startswith("EMP-")
        left_out = each.place.sheet in without and (empty or not each.place.row)
        if not left_out and not (empty and each.place == ends):
            yield each


def _without(submission: Submission, packs: Sequence[SheetsOfPack]) -> set[str]:
    """The return's sheets that the packs all do without: those that are wanted, or where no pack was named those with
    a sheet in the workbook, if nobody has begun a return in it.
    """
    wanted = [set(each.without) for each in packs if each.wanted]
    answers = (entry for each in submission.questions for entry in (each.answer, each.commentary))
    if not wanted and not submission.conditions and all(entry.is_empty for entry in answers):
        there = {sheet.declared for sheet in submission.pack_sheets}
        wanted = [set(each.without) for each in packs if there.intersection(each.sheets)]
    return set.intersection(*wanted) if wanted else set()


def examine(
    path: Path,
    packs: Sequence[SheetsOfPack] = (),
    *,
    others: Callable[[], Sequence[SheetsOfPack]] | None = None,
    resolved: Callable[[Exhibits], None] | None = None,
) -> Examined:
    """Everything the workbook says and everything found in it; raises `WorkbookUnreadable` if it is none.

    `packs` say which sheets are read besides those of the return, and `others` tells more of them where the workbook
    has a sheet of another name. `resolved` is told the exhibits before the rest is reviewed, which takes a while.
    """
    reading = read_workbook(path, packs, others)
    facts = Facts(reading.submission)
    exhibits = resolve(facts)
    if resolved:
        resolved(exhibits)
    texts = read_texts(reading.submission, facts)
    previous = read_previous(reading.submission)
    material = Material(facts, texts.by_place, previous.facts, previous.texts, previous.fault)
    every = (*reading.findings, *texts.findings, *exhibits.findings, *review(material))
    findings = in_sheet_order(_asked(every, reading.submission, reading.packs), reading.submission.sheets)
    answers = answered(findings, reading.submission.answers)
    return Examined(path, reading.submission, facts, texts, exhibits, material, tuple(findings), answers)
