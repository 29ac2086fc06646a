"""The account of every number in the narrative: what it is, and where it comes from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from svreport.model.facts import Figure
from svreport.model.finding import Place
from svreport.model.period import Period
from svreport.model.references import reference_key
from svreport.narrative.blocks import Block, Run
from svreport.review.material import Material
from svreport.review.numbers.calendar import NamedPeriod, nearest
from svreport.review.numbers.matching import Matcher, Reading
from svreport.review.numbers.passages import Passage, passages_of
from svreport.review.numbers.rows import row_counts
from svreport.review.numbers.subjects import Candidate, Measure, measure_of
from svreport.review.written import WrittenNumber, WrittenUnit, written_numbers

_NEAR = 80


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
    accountant = _Accountant(material)
    return tuple(use for place, blocks in material.texts.items() for use in accountant.of_text(place, blocks))


@dataclass(slots=True)
class _Entry:
    """One number of a passage while its account is made."""

    number: WrittenNumber
    status: Status
    found: Candidate | None = None


class _Accountant:
    """Makes the account of one return, a text at a time."""

    def __init__(self, material: Material) -> None:
        self._submission = material.submission
        self._matcher = Matcher(material.facts)
        self._refs = {
            reference_key(condition.ref.value, "Condition"): condition.ref.value
            for condition in reversed(self._submission.conditions)
            if condition.ref.value
        }
        self._conditions = {
            block.content.place: self._refs.get(reference_key(block.condition.value or "", "Condition"), "")
            for block in self._submission.progress
        }

    def of_text(self, place: Place, blocks: tuple[Block, ...]) -> Iterator[NumberUse]:
        condition = self._conditions.get(place, "")
        passages = passages_of(blocks)
        whole = " ".join(passage.text for passage in passages)
        for passage in passages:
            for entry in self._of_passage(passage, whole, condition):
                number, found = entry.number, entry.found
                yield NumberUse(
                    number.text,
                    place,
                    condition,
                    entry.status,
                    found.figure if found else "",
                    found.source if found else "",
                    passage.index,
                    number.start,
                    number.end,
                    number,
                )

    def _of_passage(self, passage: Passage, whole: str, condition: str) -> list[_Entry]:
        """Every number of a passage; those that no figure explains are tried once more beside the others."""
        entries: list[_Entry] = []
        numbers = written_numbers(passage.text)
        by_sentence: dict[tuple[int, int], list[WrittenNumber]] = {}
        for number in numbers:
            by_sentence.setdefault(passage.sentence(number.start), []).append(number)
        for number in numbers:
            run = _run_at(passage, number)
            if run is not None and run.mark:
                continue
            if run is not None and run.figure:
                entries.append(_Entry(number, Status.LINKED, _linked(run.figure)))
            elif number.is_reference or self._names_a_row(number):
                entries.append(_Entry(number, Status.REFERENCE))
            else:
                found = self._match(
                    number, by_sentence[passage.sentence(number.start)], passage, whole, condition
                )
                entries.append(_Entry(number, Status.MATCHED if found else Status.UNMATCHED, found))
        known: dict[tuple[int, int], list[Candidate]] = {}
        for entry in entries:
            if entry.found:
                known.setdefault(passage.sentence(entry.number.start), []).append(entry.found)
        for entry in entries:
            span = passage.sentence(entry.number.start)
            if entry.status is Status.UNMATCHED and span in known:
                reading = self._reading(entry.number, by_sentence[span], passage, whole, condition)
                entry.found = self._matcher.match_beside(entry.number, reading, known[span])
                entry.status = Status.MATCHED if entry.found else Status.UNMATCHED
        return entries

    def _names_a_row(self, number: WrittenNumber) -> bool:
        """True for a bare `3.1` where a condition is called so."""
        bare = number.unit is WrittenUnit.COUNT and not number.in_words and "." in number.text
        return bare and reference_key(number.text, "Condition") in self._refs

    def _match(
        self,
        number: WrittenNumber,
        numbers: list[WrittenNumber],
        passage: Passage,
        whole: str,
        condition: str,
    ) -> Candidate | None:
        """The figure that a number is; `numbers` are those of its sentence."""
        if number.unit is WrittenUnit.COUNT:
            first, last = passage.sentence(number.start)
            sentence = passage.text[first:last]
            counted = row_counts(self._submission, sentence, number.start - first, number.end - first)
            if counted:
                return next((each for each in counted if each.value == number.amount), None)
        return self._matcher.match(number, self._reading(number, numbers, passage, whole, condition))

    def _reading(
        self,
        number: WrittenNumber,
        numbers: list[WrittenNumber],
        passage: Passage,
        whole: str,
        condition: str,
    ) -> Reading:
        first, last = passage.sentence(number.start)
        sentence = passage.text[first:last]
        start, end = number.start - first, number.end - first
        calendar = self._matcher.calendar
        named = calendar.named(sentence)
        others = [each.start - first for each in numbers if not each.is_reference and each is not number]
        beside, column = _periods(calendar.named(passage.beside)), _periods(calendar.named(passage.column))
        return Reading(
            sentence=f"{passage.beside} {sentence}".strip(),
            before=sentence[max(0, start - _NEAR) : start],
            behind=sentence[end : end + _NEAR],
            whole=whole,
            condition=reference_key(condition, "Condition") if condition else "",
            nearest=nearest(named, start, end, sentence, others) or column or beside,
            periods=tuple(dict.fromkeys((*_periods(named), *beside))),
        )


def _periods(named: Iterable[NamedPeriod]) -> tuple[Period, ...]:
    return tuple(period for each in named for period in each.periods)


def _linked(figure: Figure) -> Candidate:
    quantity = figure.quantity
    value = quantity.in_pounds if quantity else Decimal(0)
    measure = measure_of(quantity.unit) if quantity else Measure.COUNT
    return Candidate(value, measure, (f"{{{{ {figure.written} }}}}",), figure.places)


def _run_at(passage: Passage, number: WrittenNumber) -> Run | None:
    """The run put in by `{{ }}` that a number touches, however much of it was typed beside; or a mark."""
    for start, end, run in passage.spans():
        if (run.figure or run.mark) and start < number.end and number.start < end:
            return run
    return None
