"""The documents' text, part by part, as the page shows it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from svreport.documents.page.blocks import BlockWriter, MarkedNumber
from svreport.documents.page.context import FindingNote, LevelTag, Part, Stretch, TextPart, Topic
from svreport.documents.page.levels import level_class
from svreport.documents.page.notes import Notes
from svreport.documents.page.pictures import Pictures
from svreport.documents.review_pack.levels import LevelMoved
from svreport.documents.review_pack.reviewed import Reviewed
from svreport.documents.submission import shown
from svreport.model import names
from svreport.model.entry import Entry
from svreport.model.finding import Place
from svreport.model.level import Level
from svreport.model.references import reference_key
from svreport.model.submission import BlockKind
from svreport.narrative.blocks import Block, Paragraph, Run, text_of

_HEADINGS = {
    "Drivers": "Drivers of positive change",
    "Barriers": "Barriers",
    "Engagement": "Stakeholder engagement",
}


@dataclass(frozen=True, slots=True)
class _Told:
    """A text, or an exhibit among texts; with `whole_row` the findings of its row are about it."""

    entry: Entry[str]
    label: str = ""
    is_exhibit: bool = False
    whole_row: bool = False


class Sections:
    """Walks a return in the order of its documents, and numbers what it puts on the page."""

    def __init__(
        self,
        reviewed: Reviewed,
        numbers: Mapping[Place, Sequence[MarkedNumber]],
        notes: Notes,
        pictures: Pictures,
    ) -> None:
        self._reviewed = reviewed
        self._submission = reviewed.submission
        self._texts = reviewed.material.texts
        self._numbers = numbers
        self._notes = notes
        self._pictures = pictures
        self._count = 0
        self._moved = {each.place: each for each in reviewed.levels}

    def parts(self) -> tuple[Part, ...]:
        made = (
            Part("overview", "Programme overview", tuple(self._overview())),
            Part("conditions", "Detailed update", tuple(self._conditions())),
            Part("risks", "Risk register", tuple(self._risks())),
        )
        return tuple(part for part in made if part.topics)

    def _overview(self) -> Iterator[Topic]:
        programme = self._submission.programme
        if not programme.adviser_support.is_empty:
            adviser = programme.adviser_support
            yield self._topic("Specialist adviser support", adviser.place, [_Told(adviser)])
        for question in self._submission.questions:
            answer = {True: "Yes", False: "No", None: shown(question.answer)}[question.answer.value]
            yield self._topic(
                f"Question {shown(question.ref)}",
                question.ref.place,
                [_Told(question.commentary)],
                wording=shown(question.question),
                said=answer,
            )
        for key, heading in _HEADINGS.items():
            told = [
                each
                for each in self._submission.headlines
                if names.key(each.heading.value or "") == names.key(key)
            ]
            if told:
                yield self._topic(
                    heading, told[0].text.place, [_Told(each.text, whole_row=True) for each in told]
                )
        if not programme.dashboard.is_empty:
            yield self._topic("Dashboard", programme.dashboard.place, [], wording=shown(programme.dashboard))

    def _conditions(self) -> Iterator[Topic]:
        for level, condition in zip(self._reviewed.levels, self._submission.conditions, strict=False):
            key = reference_key(condition.ref.value or "", "Condition")
            yield self._rated(level, condition.ref.place, self._progress.get(key, ()))

    def _risks(self) -> Iterator[Topic]:
        levels = self._reviewed.levels[len(self._submission.conditions) :]
        for level, risk in zip(levels, self._submission.risks, strict=True):
            texts = [_Told(risk.mitigation, "Mitigation"), _Told(risk.progress, "Progress")]
            yield self._rated(level, risk.ref.place, texts)

    @cached_property
    def _progress(self) -> Mapping[str, list[_Told]]:
        """The blocks of each condition's progress under the condition's key, in their order, exhibits among them."""
        rows: dict[str, list[_Told]] = {}
        for row in self._submission.progress:
            told = _Told(row.content, is_exhibit=row.kind.value is BlockKind.EXHIBIT, whole_row=True)
            rows.setdefault(reference_key(row.condition.value or "", "Condition"), []).append(told)
        return rows

    def _rated(self, level: LevelMoved, place: Place, texts: Sequence[_Told]) -> Topic:
        return self._topic(level.heading, place, texts, wording=level.wording, level=level)

    def _topic(
        self,
        heading: str,
        place: Place,
        texts: Sequence[_Told],
        wording: str = "",
        said: str = "",
        level: LevelMoved | None = None,
    ) -> Topic:
        made = tuple(part for told in texts if (part := self._text(told)))
        self._count += 1
        return Topic(
            f"topic-{self._count}",
            heading,
            wording,
            said,
            self._tag(level.now) if level else None,
            self._tag(level.previous) if level else None,
            level.moved.value if level and level.moved else "",
            self._notes.in_row(place),
            made,
        )

    def _tag(self, level: Level | None) -> LevelTag | None:
        if level is None:
            return None
        return LevelTag(level.name, level_class(level, self._submission.scale))

    def _text(self, told: _Told) -> TextPart | None:
        """One text of the return, or an exhibit among them; None for one that is empty and has no finding."""
        entry = told.entry
        blocks = self._exhibit(entry) if told.is_exhibit else self._texts.get(entry.place, ())
        pieces = [(block,) for block in blocks]
        notes = self._notes.at(entry.place, [text_of(piece) for piece in pieces] or [""])
        if told.whole_row:
            notes = ((*notes[0], *self._notes.in_row(entry.place)), *notes[1:])
        if not blocks and not notes[0]:
            return None
        writer = BlockWriter(self._numbers.get(entry.place, ()), self._pictures)
        self._count += 1
        stretches = tuple(_stretches(writer, pieces, notes))
        return TextPart(f"text-{self._count}", told.label, str(entry.place), stretches)

    def _exhibit(self, entry: Entry[str]) -> tuple[Block, ...]:
        if entry.value is None:
            return (Paragraph((Run(shown(entry), mark=True),)),) if entry.fault else ()
        return self._reviewed.exhibits.get(names.key(entry.value), ())


def _stretches(
    writer: BlockWriter, pieces: Sequence[tuple[Block, ...]], notes: Sequence[tuple[FindingNote, ...]]
) -> Iterator[Stretch]:
    """The blocks, those that follow each other without a finding in one piece."""
    waiting: list[Block] = []
    for position, found in enumerate(notes):
        piece = pieces[position] if position < len(pieces) else ()
        if found:
            if waiting:
                yield Stretch(writer.html(waiting), ())
                waiting = []
            yield Stretch(writer.html(piece), found)
        else:
            waiting.extend(piece)
    if waiting:
        yield Stretch(writer.html(waiting), ())
