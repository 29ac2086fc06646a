"""What a return says, item by item, small enough to keep: for telling later what changed since."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from svreport.model import formats, names
from svreport.model.entry import Entry
from svreport.model.facts import Facts
from svreport.model.finding import Place
from svreport.model.quantity import Quantity, decimals_of
from svreport.model.references import headed, reference_key
from svreport.model.submission import (
    BlockKind,
    Condition,
    Risk,
    Submission,
)


class ItemKind(StrEnum):
    """What an item is; the words are those of the review's data."""

    PROGRAMME = "programme"
    DATE = "date"
    CONTACT = "contact"
    ANSWER = "answer"
    WORDING = "wording"
    LEVEL = "level"
    ACTUAL = "actual"
    FORECAST = "forecast"
    FINANCE = "finance"
    EXHIBIT = "exhibit"
    METRIC = "metric"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing said: `key` is what it is about in a form that two workbooks share, `what` the same for a reader.

    `order` counts the items of one key, such as the blocks of a condition's progress.
    """

    kind: ItemKind
    key: str
    what: str
    value: str
    place: Place
    order: int = 0


Snapshot = tuple[Item, ...]

# The one is a text, the other says where to look for what changed.
_TOLD_OTHERWISE = ("specialist adviser support", "previous workbook")


def snapshot(facts: Facts) -> Snapshot:
    """Everything a return says that a reader of its documents can see, in the order of the documents.

    The sign-off is left out: giving an approval changes nothing that was approved.
    """
    submission = facts.submission
    return (
        *_programme(submission),
        *_contacts(submission),
        *_questions(submission),
        *_rated(submission, submission.conditions, "Condition"),
        *_progress(submission),
        *_rated(submission, submission.risks, "Risk"),
        *_risk_texts(submission),
        *_observations(facts),
        *_finance(submission),
        *_exhibits(submission),
    )


def to_json(items: Snapshot) -> bytes:
    """The snapshot as a file; the same bytes for the same items."""
    rows = [
        [
            each.kind,
            each.key,
            each.what,
            each.value,
            each.place.sheet,
            each.place.row,
            each.place.column,
            each.order,
        ]
        for each in items
    ]
    return (json.dumps(rows, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def from_json(data: bytes) -> Snapshot:
    """The snapshot in a file that `to_json` wrote; raises ValueError for anything else."""
    try:
        return tuple(
            Item(
                ItemKind(row[0]),
                str(row[1]),
                str(row[2]),
                str(row[3]),
                Place(str(row[4]), row[5], row[6]),
                row[7],
            )
            for row in json.loads(data)
        )
    except (KeyError, IndexError, TypeError, UnicodeDecodeError) as error:
        raise ValueError("not a snapshot") from error


def _programme(submission: Submission) -> Iterator[Item]:
    for name, entry in submission.programme.items.items():
        if entry.value is not None and names.key(name) not in _TOLD_OTHERWISE:
            yield Item(ItemKind.PROGRAMME, names.key(name), name, entry.value, entry.place)
    adviser = submission.programme.adviser_support
    yield from _texts("adviser support", "Specialist adviser support", [adviser])
    for update in submission.updates:
        label = update.label.value or ""
        for what, day in (("data as at", update.data_as_at), ("submitted", update.submitted)):
            if day.value is not None:
                key = f"{names.key(label)}|{what}"
                yield Item(ItemKind.DATE, key, f"{label}: {what}", formats.day(day.value), day.place)


def _contacts(submission: Submission) -> Iterator[Item]:
    counted: dict[str, int] = {}
    for contact in submission.contacts:
        told = [entry.value for entry in (contact.name, contact.job_title, contact.email) if entry.value]
        role = contact.role.value or ""
        if told:
            order = counted[role] = counted.get(role, -1) + 1
            yield Item(ItemKind.CONTACT, names.key(role), role, ", ".join(told), contact.name.place, order)


def _questions(submission: Submission) -> Iterator[Item]:
    for question in submission.questions:
        ref = question.ref.value or ""
        if question.answer.value is not None:
            answer = "Yes" if question.answer.value else "No"
            yield Item(ItemKind.ANSWER, names.key(ref), f"Question {ref}", answer, question.answer.place)
        yield from _texts(f"question {names.key(ref)}", f"Question {ref}: commentary", [question.commentary])
    for heading in dict.fromkeys(each.heading.value for each in submission.headlines if each.heading.value):
        told = [each.text for each in submission.headlines if each.heading.value == heading]
        yield from _texts(f"headlines {names.key(heading)}", f"Headlines: {heading}", told)


def _rated(submission: Submission, rows: Iterable[Condition | Risk], word: str) -> Iterator[Item]:
    for row in rows:
        ref = row.ref.value or ""
        key, what = f"{word.casefold()} {reference_key(ref, word)}", headed(ref, word)
        if row.wording.value:
            yield Item(ItemKind.WORDING, key, what, row.wording.value, row.wording.place)
        year = submission.programme.financial_year.value
        for update, entry in zip(submission.updates, row.levels, strict=True):
            label = update.label.value or ""
            if entry.value is not None:
                level_key = f"{key}|{year}|{names.key(label)}"
                yield Item(ItemKind.LEVEL, level_key, f"{what}, {label}", entry.value.name, entry.place)


def _progress(submission: Submission) -> Iterator[Item]:
    by_condition: dict[str, list[Entry[str]]] = {}
    refs: dict[str, str] = {}
    for block in submission.progress:
        key = reference_key(block.condition.value or "", "Condition")
        refs.setdefault(key, block.condition.value or "")
        if block.kind.value is not BlockKind.EXHIBIT:
            by_condition.setdefault(key, []).append(block.content)
    for key, entries in by_condition.items():
        yield from _texts(f"progress {key}", f"{headed(refs[key], 'Condition')}: progress", entries)


def _risk_texts(submission: Submission) -> Iterator[Item]:
    for risk in submission.risks:
        ref = risk.ref.value or ""
        key, what = reference_key(ref, "Risk"), headed(ref, "Risk")
        yield from _texts(f"mitigation {key}", f"{what}: mitigation", [risk.mitigation])
        yield from _texts(f"risk progress {key}", f"{what}: progress", [risk.progress])


def _observations(facts: Facts) -> Iterator[Item]:
    for key, series in facts.series.items():
        for kind, values in ((ItemKind.ACTUAL, series.actual), (ItemKind.FORECAST, series.forecast)):
            for period, entry in values.items():
                if entry.value is not None:
                    printed = formats.quantity(Quantity(entry.value, series.unit, series.decimals))
                    what = f"{series.name}, {kind}, {period}"
                    yield Item(kind, f"{key}|{period}", what, printed, entry.place)


def _finance(submission: Submission) -> Iterator[Item]:
    unit = submission.programme.money_unit
    for line in submission.finance:
        for year, entry in line.years.items():
            if entry.value is not None:
                quantity = Quantity(entry.value, unit, decimals_of(entry.value))
                key = "|".join(
                    (names.key(line.scenario.value or ""), names.key(line.line.value or ""), str(year))
                )
                what = f"{line.scenario.value}: {line.line.value}, {year}"
                printed = formats.whole_pounds(quantity.in_pounds, decimals_of(quantity.in_pounds))
                yield Item(ItemKind.FINANCE, key, what, printed, entry.place)


def _exhibits(submission: Submission) -> Iterator[Item]:
    for metric in submission.metrics:
        if metric.name.value and metric.title.value:
            key, what = names.key(metric.name.value), f"Metric {metric.name.value}"
            yield Item(ItemKind.METRIC, key, what, metric.title.value, metric.title.place)
    for exhibit in submission.exhibits:
        told: list[Any] = [exhibit.kind.value, exhibit.title.value, *(exhibit.series.value or ())]
        told += [exhibit.first.value, exhibit.last.value, exhibit.alt_text.value, exhibit.source.value]
        if exhibit.name.value:
            value = "; ".join(str(each) for each in told if each is not None)
            key, what = names.key(exhibit.name.value), f"Exhibit {exhibit.name.value}"
            yield Item(ItemKind.EXHIBIT, key, what, value, exhibit.name.place)


def _texts(key: str, what: str, entries: Iterable[Entry[str]]) -> Iterator[Item]:
    told = [entry for entry in entries if entry.value]
    for order, entry in enumerate(told):
        yield Item(ItemKind.TEXT, key, what, entry.value or "", entry.place, order)
