"""What a review looks at: this return, its texts, and the previous one."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from svreport.model.facts import Facts
from svreport.model.finding import Finding, Place, Rule
from svreport.model.submission import Submission
from svreport.narrative.blocks import Block

Blocks = Mapping[Place, tuple[Block, ...]]


@dataclass(frozen=True, slots=True)
class Material:
    """`texts` holds the blocks of each text under its cell, in the order of the documents.

    `previous` is None where no previous workbook is named, or where it could not be read (which is a finding of its
    own).
    """

    facts: Facts
    texts: Blocks
    previous: Facts | None = None
    previous_texts: Blocks = field(default_factory=dict)

    @property
    def submission(self) -> Submission:
        return self.facts.submission


@dataclass(frozen=True, slots=True)
class Check:
    """A rule with the generator of its findings, which looks only at values that were read."""

    rule: Rule
    find: Callable[[Material], Iterator[Finding]]
