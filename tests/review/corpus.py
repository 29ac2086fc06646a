"""The corpus of planted faults and near misses: each a small change to a clean return, and what must be told of it."""

import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from svreport.model.finding import Finding, Place
from svreport.review.answers import mark_of
from svreport.review.catalogue import review
from svreport.review.material import Material
from tests.review.returns import Content, content, find, headings, material, place, previous_of

CASES = Path(__file__).parent / "cases"
CLEAN = "thornmere-2025-03"


@dataclass(frozen=True, eq=False)
class Case:
    """`code` is what a planted fault must be told as, or what a near miss is near; `at` names the cell of the finding.

    `set`, `add` and `drop` change the return; `say` adds a text to a condition's progress, `risk` puts one into a
    risk's; `before` changes the previous return, `fault` says why it could not be read; `also` are other faults that
    the same change rightly is.
    """

    code: str
    fires: bool
    name: str
    base: str = CLEAN
    set: list[list[Any]] = field(default_factory=list)
    add: list[list[Any]] = field(default_factory=list)
    drop: list[list[str]] = field(default_factory=list)
    say: list[str] = field(default_factory=list)
    risk: list[str] = field(default_factory=list)
    before: list[list[Any]] = field(default_factory=list)
    fault: str = ""
    at: list[str] = field(default_factory=list)
    expects: str = ""
    also: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.code}: {self.name}"


@cache
def cases() -> tuple[Case, ...]:
    """Every case, file by file."""
    return tuple(
        Case(**told)
        for file in sorted(CASES.glob("*.toml"))
        for told in tomllib.loads(file.read_text("utf-8"))["case"]
    )


def changed(case: Case) -> Content:
    """The content of the case's return."""
    told = content(case.base)
    for sheet, row in case.drop:
        del told[sheet][find(told, sheet, row)]
    for sheet, row in case.add:
        told.setdefault(sheet, []).append(row)
    for sheet, row, column, value in case.set:
        told[sheet][find(told, sheet, row)][column] = value
    if case.say:
        told["Progress"].append({"Condition": case.say[0], "Kind": "Text", "Content": case.say[1]})
    if case.risk:
        told["Risks"][find(told, "Risks", case.risk[0])]["Progress"] = case.risk[1]
    return told


def expected_place(case: Case) -> Place:
    """The cell at which a planted fault must be told; a case with a text of its own is told there."""
    told = changed(case)
    if case.say and not case.at:
        return place(told, "Progress", f"#{len(told['Progress'])}", "Content")
    if case.risk and not case.at:
        return place(told, "Risks", case.risk[0], "Progress")
    if len(case.at) == 1:
        return Place(case.at[0])
    sheet, row, column = case.at
    assert column in headings(told, sheet)
    return place(told, sheet, row, column)


def reviewed(case: Case, folder: Path, rows_above: int = 0) -> Material:
    earlier = previous_of(case.base)
    before = content(earlier) if earlier else None
    for sheet, row, column, value in case.before:
        assert before is not None
        before[sheet][find(before, sheet, row)][column] = value
    looked_at = material(changed(case), folder, None if case.fault else before, rows_above)
    return replace(looked_at, previous_fault=case.fault)


_CLEAN: dict[str, set[str]] = {}
_RAISED: dict[Case, list[Finding]] = {}


def raised(case: Case, folder: Path) -> list[Finding]:
    """What the case's change brings that the clean return does not have."""
    if case.base not in _CLEAN:
        clean = reviewed(Case("", False, "", case.base), folder)
        _CLEAN[case.base] = {mark_of(finding) for finding in review(clean)}
    if case not in _RAISED:
        found = review(reviewed(case, folder))
        _RAISED[case] = [finding for finding in found if mark_of(finding) not in _CLEAN[case.base]]
    return _RAISED[case]


def is_told(case: Case, found: list[Finding]) -> bool:
    """True where a planted fault was told once, at its cell, for what it is, and nothing else was that it is not."""
    told = [finding for finding in found if finding.code == case.code]
    others = sorted(finding.code for finding in found if finding.code != case.code)
    return (
        [finding.place for finding in told] == [expected_place(case)]
        and case.expects in told[0].expected
        and others == sorted(case.also)
    )
