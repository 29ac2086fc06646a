"""The account of every number in the narrative: what it is, and where it comes from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from svreport.model.finding import Place
from svreport.model.references import find_reference, reference_key
from svreport.model.submission import Submission
from svreport.narrative.blocks import Block, Run
from svreport.review.material import Material
from svreport.review.numbers.calendar import nearest
from svreport.review.numbers.matching import Matcher, Reading
from svreport.review.numbers.passages import Passage, passages_of
from svreport.review.numbers.rows import row_counts
from svreport.review.numbers.subjects import Candidate
from svreport.review.written import WrittenNumber, WrittenUnit, written_numbers


class Status(StrEnum):
    """`linked` came from `{{ }}`, `matched` equals a figure as precisely as it is written, `reference` is no figure."""

    LINKED = "linked"
    MATCHED = "matched"
    UNMATCHED = "unmatched"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class NumberUse:
    """One number of the narrative.

    `text` is the number with its sign, £, % and m alone; it stands in passage `passage` of the text at `place`
    (counted as `passages_of` counts them) from `start` to `end`. `condition` is the ref of the condition it is told
    under, empty elsewhere; `figure` its `{{ }}` form, or a description of what text cannot write; `source` the cells
    it comes from, joined by commas. The last two are empty where it is not linked or matched.
    """

    text: str
    place: Place
    condition: str
    status: Status
    figure: str
    source: str
    passage: int
    start: int
    end: int
    number: WrittenNumber


def account(material: Material) -> tuple[NumberUse, ...]:
    """Every number of every text, in the order of the documents."""
    matcher = Matcher(material.facts)
    conditions = _conditions(material.submission)
    return tuple(
        use
        for place, blocks in material.texts.items()
        for use in _of_text(material.submission, matcher, place, blocks, conditions.get(place, ""))
    )


def _conditions(submission: Submission) -> Mapping[Place, str]:
    """The ref of the condition that each cell of progress is about, as `Conditions` writes it."""
    found: dict[Place, str] = {}
    for block in submission.progress:
        condition = find_reference(block.condition.value or "", submission.conditions, "Condition")
        if condition is not None:
            found[block.content.place] = condition.ref.value or ""
    return found


def _of_text(
    submission: Submission, matcher: Matcher, place: Place, blocks: tuple[Block, ...], condition: str
) -> Iterator[NumberUse]:
    passages = passages_of(blocks)
    whole = " ".join(passage.text for passage in passages)
    for passage in passages:
        numbers = written_numbers(passage.text)
        for number in numbers:
            run = _run_at(passage, number)
            if run is not None and run.mark:
                continue
            status, figure, source = Status.UNMATCHED, "", ""
            if run is not None and run.figure:
                status, figure = Status.LINKED, f"{{{{ {run.figure.written} }}}}"
                source = ", ".join(str(each) for each in run.figure.places)
            elif number.is_reference or _names_a_row(submission, number):
                status = Status.REFERENCE
            else:
                found = _match(submission, matcher, number, numbers, passage, whole, condition)
                if found is not None:
                    status, figure, source = Status.MATCHED, found.figure, found.source
            yield NumberUse(
                number.text,
                place,
                condition,
                status,
                figure,
                source,
                passage.index,
                number.start,
                number.end,
                number,
            )


def _run_at(passage: Passage, number: WrittenNumber) -> Run | None:
    """The run put in by `{{ }}` that a number touches, however much of it was typed beside; or a mark."""
    for start, end, run in passage.spans():
        if (run.figure or run.mark) and start < number.end and number.start < end:
            return run
    return None


def _names_a_row(submission: Submission, number: WrittenNumber) -> bool:
    """True for a bare `3.1` where a condition is called so."""
    bare = number.unit is WrittenUnit.COUNT and not number.in_words and "." in number.text
    return bare and find_reference(number.text, submission.conditions, "Condition") is not None


def _match(
    submission: Submission,
    matcher: Matcher,
    number: WrittenNumber,
    numbers: list[WrittenNumber],
    passage: Passage,
    whole: str,
    condition: str,
) -> Candidate | None:
    if number.unit is WrittenUnit.COUNT:
        counted = row_counts(submission, passage.text, number.start, number.end)
        if counted:
            return next((each for each in counted if each.value == number.amount), None)
    first, last = passage.sentence(number.start)
    sentence = passage.text[first:last]
    named = matcher.calendar.named(sentence)
    others = [each.start - first for each in numbers if not each.is_reference and each is not number]
    near = nearest(named, number.start - first, number.end - first, sentence, others)
    beside = tuple(period for each in matcher.calendar.named(passage.beside) for period in each.periods)
    column = tuple(period for each in matcher.calendar.named(passage.column) for period in each.periods)
    periods = tuple(dict.fromkeys((*(period for each in named for period in each.periods), *beside)))
    reading = Reading(
        sentence=f"{passage.beside} {sentence}".strip(),
        behind=sentence[number.end - first :],
        whole=whole,
        condition=reference_key(condition, "Condition") if condition else "",
        nearest=near or column or beside,
        periods=periods,
    )
    return matcher.match(number, reading)
