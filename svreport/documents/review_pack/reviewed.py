"""What the review pack is made of: the return, what was found in it, what changed, and who has approved it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from svreport.documents.review_pack.levels import LevelMoved, levels_moved
from svreport.documents.signing import Standing, standings
from svreport.model.finding import Finding
from svreport.model.submission import Submission, Update
from svreport.narrative.blocks import Block
from svreport.review.answers import Answered, answered
from svreport.review.changes import Change, since_previous
from svreport.review.material import Material
from svreport.review.numbers import NumberUse, account

# What depends on neither the findings nor the code.
_LASTING = ("numbers", "changes", "levels")


@dataclass(frozen=True)
class Reviewed:
    """Everything that the three files of the review pack tell; what is costly is worked out once.

    `findings` are all of them, answered ones included, in the order of the sheets; `exhibits` holds each exhibit's
    blocks under its name's key; `code` is the content code.
    """

    material: Material
    findings: tuple[Finding, ...]
    exhibits: Mapping[str, tuple[Block, ...]]
    code: str

    def signed(self, code: str, findings: tuple[Finding, ...]) -> "Reviewed":
        """The same with what filling the documents told: their content code, and all findings.

        What takes long and was worked out already is not worked out again.
        """
        made = replace(self, code=code, findings=findings)
        made.__dict__.update({name: vars(self)[name] for name in _LASTING if name in vars(self)})
        return made

    @property
    def submission(self) -> Submission:
        return self.material.submission

    @property
    def update(self) -> Update | None:
        """The current update."""
        current = self.submission.current
        return self.submission.updates[current] if current is not None else None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What cannot be answered, only mended."""
        return tuple(finding for finding in self.findings if finding.is_error)

    @property
    def open_queries(self) -> tuple[Finding, ...]:
        """The queries that nobody has answered yet."""
        return tuple(finding for finding in self.answers.open if not finding.is_error)

    @cached_property
    def answers(self) -> Answered:
        return answered(self.findings, self.submission.answers)

    @cached_property
    def numbers(self) -> tuple[NumberUse, ...]:
        """The account of every number, in the order of the documents."""
        return account(self.material)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What differs from the previous workbook; nothing where there is none."""
        previous = self.material.previous
        return since_previous(self.material.facts, previous) if previous else ()

    @cached_property
    def levels(self) -> tuple[LevelMoved, ...]:
        """Every condition and risk with the movement of its level."""
        previous = self.material.previous
        return levels_moved(self.submission, previous.submission if previous else None)

    @property
    def approvals(self) -> tuple[Standing, ...]:
        return standings(self.submission, self.code)
