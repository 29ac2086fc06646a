"""The page of checks: every rule of the catalogue with its why and example, and how well the review's checks do."""

from pathlib import Path

from svreport.model.finding import Rule, Severity
from svreport.pipeline.explaining import catalogue
from svreport.review.catalogue import RULES
from tests.review.corpus import Case, cases, is_told, raised

_FAMILIES = {
    "COM": "Completeness, and the dates of the data",
    "FIN": "Finance",
    "ASR": "Assurance",
    "NAR": "Narrative",
    "HIS": "History",
    "PAP": "Papers",
}
_INTRODUCTION = """# The checks

<!-- Written by `make golden` from the catalogue and the corpus of cases: change those, not this page. -->

An **error** cannot be true or cannot be used, and `--final` is refused while there is one. A **query** may be right,
and somebody has to say so: correct the workbook, or answer the query on the sheet `Answers` with the mark that it
prints. `svreport explain FIN-03` shows one of these, `svreport explain` all of them.
"""
_MEASURED = """## How well the review does

A check that cries wolf is switched off by its reader, so both sides are measured. The corpus holds small changes to
clean returns: planted faults, each of which must be told once, at its cell and as what it is, and near misses, which
must bring no finding at all, of any kind.
"""


def page(folder: Path) -> str:
    """The whole page as Markdown."""
    told = [*cases()]
    parts = [_INTRODUCTION, _MEASURED, _rates(told, folder)]
    own = {rule.code for rule in RULES}
    for family, title in _FAMILIES.items():
        parts.append(f"## {title}\n")
        parts += [
            _rule(rule, told) for rule in catalogue() if rule.code in own and rule.code.startswith(family)
        ]
    parts.append("## What reading a workbook, its text and its exhibits can find\n")
    parts += [_rule(rule, []) for rule in catalogue() if rule.code not in own]
    return "\n".join(parts)


def _rates(told: list[Case], folder: Path) -> str:
    rows = ["| Family | Planted faults | Told | Near misses | Silent |", "|---|---|---|---|---|"]
    totals = [0, 0, 0, 0]
    for family, title in _FAMILIES.items():
        mine = [case for case in told if case.code.startswith(family)]
        planted, near = [case for case in mine if case.fires], [case for case in mine if not case.fires]
        counts = [
            len(planted),
            sum(is_told(case, raised(case, folder)) for case in planted),
            len(near),
            sum(not raised(case, folder) for case in near),
        ]
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        rows.append(_row(title, counts))
    return "\n".join([*rows, _row("**All**", totals), ""])


def _row(title: str, counts: list[int]) -> str:
    planted, told, near, silent = counts
    shares = _percent(told, planted), _percent(silent, near)
    return f"| {title} | {planted} | {told} ({shares[0]}) | {near} | {silent} ({shares[1]}) |"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%"


def _rule(rule: Rule, told: list[Case]) -> str:
    mine = [case for case in told if case.code == rule.code]
    severity = "error" if rule.severity is Severity.ERROR else "query"
    lines = [
        f"### {rule.code} · {rule.title}\n",
        f"*{severity.capitalize()}.* {rule.why}\n",
        f"Example: {rule.example}\n",
    ]
    if mine:
        fires = "; ".join(case.name for case in mine if case.fires)
        silent = "; ".join(case.name for case in mine if not case.fires)
        lines.append(f"Told: {fires}. Silent: {silent}.\n")
    return "\n".join(lines)
