"""What the command line prints: findings, figures and what became of files, as text or JSON."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from svreport.model import formats
from svreport.model.facts import Figure
from svreport.model.finding import Finding, Rule
from svreport.model.names import listed
from svreport.model.submission import AnswerGiven
from svreport.pipeline.examining import Examined
from svreport.publish.outcome import Deed, Outcome
from svreport.review.answers import mark_of

if TYPE_CHECKING:
    from svreport.pipeline.importing import ImportedForm

_LONGEST_WORDS = 32
_WIDTH = len("expected")


def finding_text(workbook: Path, finding: Finding, answer: AnswerGiven | None = None) -> str:
    """One finding: where and what, then what was read, what was expected, how to mend it; for a query its mark.

    The mark is what a row of the sheet Answers names; `answer` is the one that was given.
    """
    severity = finding.rule.severity.value
    if not os.environ.get("NO_COLOR"):
        colour = "red" if finding.is_error else "yellow"
        severity = click.style(severity, fg=colour, bold=finding.is_error)
    head = f"{workbook}  {finding.where}  {finding.code} {severity}: {_one_line(finding.rule.title)}"
    told = {"read": finding.read, "expected": finding.expected, "mend": finding.mend}
    if not finding.is_error:
        told["mark"] = mark_of(finding)
    if answer:
        told["answered"] = _answer_text(answer)
    return "\n".join([head, *(f"    {label:<{_WIDTH}}  {_one_line(text)}" for label, text in told.items())])


def _answer_text(answer: AnswerGiven) -> str:
    """`The plan was agreed later (Head of finance, 11 December 2024)`."""
    who = [answer.who.value, formats.day(answer.date.value) if answer.date.value else None]
    signed = ", ".join(filter(None, who))
    return f"{answer.answer.value} ({signed})" if signed else str(answer.answer.value)


def _one_line(text: str) -> str:
    """Without line ends, and without characters that would steer a terminal."""
    return "".join(
        each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in " ".join(text.split())
    )


def counted(number: int, one: str, many: str) -> str:
    """`1 error`, `2 errors`, `no errors`."""
    return f"{number or 'no'} {one if number == 1 else many}"


def summed(errors: int, queries: int) -> str:
    return f"{counted(errors, 'error', 'errors')}, {counted(queries, 'query', 'queries')}"


def findings_json(workbook: Path, examined: Examined) -> str:
    """The contract's JSON of a check; characters beyond ASCII are escaped, so that any console can carry it."""
    answers = examined.answers.by_finding
    return json.dumps(
        {
            "workbook": str(workbook),
            "findings": [finding_data(finding, answers.get(finding)) for finding in examined.findings],
            "errors": examined.errors,
            "queries": examined.queries,
        },
        indent=2,
    )


def finding_data(finding: Finding, answer: AnswerGiven | None = None) -> dict[str, str]:
    """A finding as the contract's JSON holds it, with its mark; an answered query with its answer too."""
    told = {
        "code": finding.code,
        "severity": finding.rule.severity.value,
        "title": finding.rule.title,
        "sheet": finding.place.sheet,
        "cell": finding.place.cell,
        "read": finding.read,
        "expected": finding.expected,
        "mend": finding.mend,
        "mark": mark_of(finding),
    }
    if finding.form:
        told["form"] = finding.form
    if answer:
        told["answer"] = _answer_text(answer)
    return told


def figures_text(figures: Iterable[Figure]) -> str:
    """A line for each figure: how to write it, how it prints, the cell it comes from; words are shortened."""
    rows = [
        (f"{{{{ {each.written} }}}}", shortened(each.printed), ", ".join(map(str, each.places)))
        for each in figures
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    return "\n".join(f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]}" for row in rows)


def shortened(text: str, longest: int = _LONGEST_WORDS) -> str:
    """The text on one line, cut where it is longer."""
    line = _one_line(text)
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def rule_text(rule: Rule) -> str:
    """A rule as `explain` tells it."""
    return f"{rule.code} {rule.severity.value}: {rule.title}\n    why      {rule.why}\n    example  {rule.example}"


def outcome_text(folder: Path, outcome: Outcome) -> str:
    """What became of one file, and what to do where it is not the one that a reader will open."""
    path = folder / outcome.path
    if outcome.deed is Deed.BESIDE_EDITED and outcome.path.endswith(".xlsx"):
        return (
            f"kept    {path}: somebody changed it after it was built. This build is in {folder / outcome.other}: "
            f"copy over what was typed, or build with --force to replace it."
        )
    if outcome.deed is Deed.BESIDE_EDITED:
        return (
            f"kept    {path}: somebody changed it after it was built. This build is in {folder / outcome.other}: "
            f"take the changes back with svreport pull, or build with --force to replace it."
        )
    if outcome.deed is Deed.BESIDE_HELD:
        return (
            f"kept    {path}: it is open in another program. This build is in {folder / outcome.other}: "
            f"close it and build again."
        )
    if outcome.deed is Deed.REPLACED:
        return f"wrote   {path}; the file that was there is kept as {folder / outcome.other}"
    if outcome.deed is Deed.HELD:
        return f"left    {path}: another program holds it. Close it and build again."
    if outcome.deed is Deed.OUTDATED:
        kept = f"; somebody changed it, and it is kept as {folder / outcome.other}" if outcome.other else ""
        return f"removed {path}: it was made from an earlier Word file (--pdf makes it anew){kept}"
    if outcome.deed is Deed.OUTDATED_HELD:
        return (
            f"left    {path}: it was made from an EARLIER Word file, and another program holds it. "
            f"Close it and build again."
        )
    if outcome.deed is Deed.NOT_MADE:
        return f"missing {path}: {outcome.other}."
    verbs = {Deed.WRITTEN: "wrote  ", Deed.UNCHANGED: "as it was", Deed.REMOVED: "removed"}
    return f"{verbs[outcome.deed]} {path}"


def files_text(folder: Path, outcomes: Iterable[Outcome]) -> list[str]:
    """A line for each file that was written or needs a word, and one for all that stand as they were."""
    told = list(outcomes)
    same = [each.path for each in told if each.deed is Deed.UNCHANGED]
    lines = [outcome_text(folder, each) for each in told if each.deed is not Deed.UNCHANGED]
    if same:
        lines.append(f"as before in {folder}: {listed(same, 'and', most=6)}")
    return lines


def import_text(imported: "ImportedForm") -> list[str]:
    """What an import wrote, what of the form it did not take over, and what to do next."""
    lines = [f"wrote {picture}" for picture in imported.pictures]
    rows = imported.rows
    read = [
        counted(rows["Conditions"], "condition", "conditions"),
        counted(rows["Risks"], "risk", "risks"),
        counted(rows["Updates"], "update", "updates"),
        counted(rows["Contacts"], "contact", "contacts"),
    ]
    lines.append(f"wrote {imported.workbook}: {listed(read, 'and')}")
    if imported.notes:
        things = counted(len(imported.notes), "thing", "things")
        lines.append(f"{things} to look at, which the sheet Import notes lists too:")
        lines += [f"  - {note}" for note in imported.notes]
    lines.append(f"Next: svreport check {imported.workbook}")
    return lines
