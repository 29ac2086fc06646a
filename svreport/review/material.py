"""What a review looks at: this return, its texts, and the previous one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from svreport.model.facts import Facts
from svreport.model.finding import Finding, Rule
from svreport.model.submission import Submission
from svreport.review.metrics_named import NamedMetrics
from svreport.review.passages import Blocks, Passage, passages_of


@dataclass(frozen=True)
class Material:
    """`texts` holds the blocks of each text under its cell, in the order of the documents.

    `previous` is None where no previous workbook is named, or where it could not be read: `previous_fault` then says
    why, in a clause without a full stop.
    """

    facts: Facts
    texts: Blocks
    previous: Facts | None = None
    previous_texts: Blocks = field(default_factory=dict)
    previous_fault: str = ""

    @property
    def submission(self) -> Submission:
        return self.facts.submission

    @cached_property
    def named_metrics(self) -> NamedMetrics:
        """This return's metrics, to be found by the words of a text."""
        return NamedMetrics(self.facts.series.values())

    @cached_property
    def passages(self) -> list[Passage]:
        """Every text of this return, in the order of the documents."""
        return list(passages_of(self.submission, self.texts))

    @cached_property
    def previous_passages(self) -> list[Passage]:
        """Every text of the previous return."""
        return list(passages_of(self.previous.submission, self.previous_texts)) if self.previous else []


class Check(NamedTuple):
    """A rule with the generator of its findings, which looks only at values that were read."""

    rule: Rule
    find: Callable[[Material], Iterator[Finding]]
