"""What a draft that came back changes in a return: text by text, against what the workbook holds now."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from svreport.documents.drafts.figures_kept import Figures, kept_figures
from svreport.documents.paragraph_links import kept_references
from svreport.documents.text_cells import TextCell, source_of, text_cells
from svreport.documents.texts import Texts
from svreport.model.submission import Submission
from svreport.narrative.blocks import Block, Paragraph, text_of
from svreport.narrative.typed import typed
from svreport.word.drafts.returned import Draft, Segment
from svreport.word.marks import CellMark, MarkKind

_ALIKE = 0.6
_MOST_COMPARED = 3_000
_DASHES = re.compile(r"\|?(\s*:?-+:?\s*\|)+(\s*:?-+:?\s*)?")
_BULLET = re.compile(r"^[•*-]\s+")


@dataclass(frozen=True, slots=True)
class Words:
    """Text out of a draft for one cell; `lost` are figures of it that no longer stand, as they are written."""

    text: str
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """Words that did not go into the workbook: a conflict, or what a draft cannot change. `why` says which."""

    about: str
    cell: TextCell | None
    words: str
    why: str
    draft: str
    is_conflict: bool = False


@dataclass(slots=True)
class StoryEdit:
    """The edits of one story in one draft. Numbers are those of its cells now; `inserted` leads from a cell (-1 for
    before the first) to what comes behind it, and `order` is the cells' order where it is another.
    """

    cells: tuple[TextCell, ...]
    draft: str
    written: dict[int, Words] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    inserted: dict[int, list[Words]] = field(default_factory=dict)
    order: tuple[int, ...] | None = None
    kept: list[Kept] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.written or self.deleted or self.inserted or self.order)


@dataclass(slots=True)
class _Item:
    """What stands in one place of a draft's story: a cell of the workbook, with other words or its own, or new ones."""

    number: int | None
    words: Words | None = None
    piece: tuple[Block, ...] = ()


def by_story(submission: Submission) -> dict[str, tuple[TextCell, ...]]:
    """The cells of each story under the digest of its key, as drafts name it."""
    found: dict[str, list[TextCell]] = {}
    for cell in text_cells(submission):
        found.setdefault(cell.mark.key, []).append(cell)
    return {key: tuple(cells) for key, cells in found.items()}


def has_rows(cells: Sequence[TextCell]) -> bool:
    """True for a story of which each block is a row; another one is one cell."""
    return cells[0].key.startswith(("progress ", "headlines "))


def story_edits(
    draft: Draft,
    stories: Mapping[str, tuple[TextCell, ...]],
    texts: Texts,
    then: Mapping[str, Sequence[str]],
) -> list[StoryEdit]:
    """The edits of each story that the draft shows; `then` holds, for a story's key, the texts it had when the draft
    was built, where that is known.
    """
    found = []
    for (key, _), segments in draft.stories.items():
        cells = stories.get(key)
        if cells is None:
            edit = StoryEdit((), draft.name)
            for segment in segments:
                if segment.text.strip() and (segment.mark is None or draft.is_edited(segment)):
                    why = "what it is about is no longer in the workbook"
                    edit.kept.append(Kept("", None, segment.text, why, draft.name, is_conflict=True))
            found.append(edit)
            continue
        weighing = _Weighing(draft, cells, texts, then.get(cells[0].key, ()))
        found.append(weighing.rows(segments) if has_rows(cells) else weighing.one(segments))
    return found


class _Weighing:
    """One story of one draft, weighed against its cells now."""

    def __init__(self, draft: Draft, cells: tuple[TextCell, ...], texts: Texts, then: Sequence[str]) -> None:
        self._draft = draft
        self._cells = cells
        self._texts = texts
        self._then = then
        self._edit = StoryEdit(cells, draft.name)
        self._figures = [Figures.of(cell.entry, texts.of(cell.entry)) for cell in cells]

    def one(self, segments: list[Segment]) -> StoryEdit:
        """A text that is one cell."""
        cell = self._cells[0]
        marks = [segment.mark for segment in segments if segment.mark is not None]
        edited = any(segment.mark is None or self._draft.is_edited(segment) for segment in segments)
        if edited:
            whole = Segment(marks[0] if marks else None, [unit for each in segments for unit in each.units])
            self._tell_pictures(whole, cell)
            words = self._words(*self._read(whole, 0), 0)
            same = not marks or marks[0].source == cell.mark.source
            self._write(0, words, changed=not same)
        return self._edit

    def rows(self, segments: list[Segment]) -> StoryEdit:
        """A text whose blocks are rows."""
        marks = [segment.mark for segment in segments if segment.mark is not None]
        same = all(mark.group == self._cells[0].mark.group for mark in marks)
        numbers = self._numbers(marks, same=same)
        items: list[_Item] = []
        for segment in segments:
            items += self._items(segment, numbers)
        if not self._cells[0].entry.place.row:
            self._insert_all(items)
            return self._edit
        self._match_lost(items, numbers, same=same)
        self._take(items, same=same)
        return self._edit

    def _numbers(self, marks: list[CellMark], *, same: bool) -> dict[CellMark, tuple[int, bool]]:
        """For each cell of the draft its number now, and whether the workbook holds other words there since."""
        if same:
            return {mark: (mark.order, False) for mark in marks if mark.order < len(self._cells)}
        now = [cell.mark.source for cell in self._cells]
        found: dict[CellMark, tuple[int, bool]] = {}
        taken: set[int] = set()
        for mark in marks:
            alike = [n for n, source in enumerate(now) if source == mark.source and n not in taken]
            if alike:
                nearest = min(alike, key=lambda n: abs(n - mark.order))
                found[mark] = (nearest, False)
                taken.add(nearest)
        for mark in marks:
            if mark not in found and mark.order < len(now) and mark.order not in taken:
                found[mark] = (mark.order, True)
                taken.add(mark.order)
        return found

    def _items(self, segment: Segment, numbers: Mapping[CellMark, tuple[int, bool]]) -> list[_Item]:
        mark = segment.mark
        if mark is None:
            self._tell_pictures(segment, None)
            pieces, _ = self._read(segment, None)
            if self._cells[0].key.startswith("headlines "):
                pieces = [item for piece in pieces for item in self._draft.items(piece)]
            return [_Item(None, self._words([piece], set(), None), piece) for piece in pieces]
        number, changed = numbers.get(mark, (None, True))
        if mark.kind is MarkKind.EXHIBIT:
            return self._exhibit(segment, number)
        if not self._draft.is_edited(segment):
            return [] if number is None else [_Item(number)]
        if number is None:
            self._conflict(None, self._words(self._draft.pieces(segment, {}), set(), None).text)
            return []
        self._tell_pictures(segment, self._cells[number])
        if changed:
            self._conflict(number, self._words(self._draft.pieces(segment, {}), set(), None).text)
            return [_Item(number)]
        return self._split(*self._read(segment, number), number)

    def _exhibit(self, segment: Segment, number: int | None) -> list[_Item]:
        if self._draft.is_edited(segment) and segment.text.strip():
            cell = None if number is None else self._cells[number]
            why = "an exhibit is made from the workbook's data and cannot be changed in a draft"
            self._keep(cell, segment.text, why)
        return [] if number is None else [_Item(number)]

    def _split(self, pieces: list[tuple[Block, ...]], standing: set[int], number: int) -> list[_Item]:
        """An edited cell; where it was one block and is several now, the one most like it is still the cell."""
        if not pieces:
            return []
        blocks = self._texts.of(self._cells[number].entry)
        if len(blocks) > 1 or len(pieces) == 1:
            return [_Item(number, self._words(pieces, standing, number))]
        before = text_of(blocks)
        likest = max(
            range(len(pieces)), key=lambda n: (_likeness(before, _plain(self._draft, pieces[n])), -n)
        )
        return [
            _Item(number, self._words([piece], standing, number))
            if n == likest
            else _Item(None, self._words([piece], set(), None), piece)
            for n, piece in enumerate(pieces)
        ]

    def _match_lost(
        self, items: list[_Item], numbers: Mapping[CellMark, tuple[int, bool]], *, same: bool
    ) -> None:
        """Cells whose marks went with their paragraphs, found again by their words, or by what stands about them."""
        here = {item.number for item in items}
        lost = [
            n
            for n, cell in enumerate(self._cells)
            if n not in here and cell.kind is not MarkKind.EXHIBIT and self._was_there(n, same=same)
        ]
        for number in lost:
            before = text_of(self._texts.of(self._cells[number].entry))
            new = [each for each in items if each.number is None and each.words is not None]
            scored = [
                (_likeness(before, _plain(self._draft, each.piece)), -n, each) for n, each in enumerate(new)
            ]
            best = max(scored, key=lambda told: told[:2], default=None)
            if best is not None and best[0] >= _ALIKE:
                self._give(best[2], number)
                continue
            for at, item in enumerate(items):
                ahead = items[at - 1].number if at else -1
                behind = items[at + 1].number if at + 1 < len(items) else len(self._cells)
                if item.number is None and ahead == number - 1 and behind == number + 1:
                    self._give(item, number)
                    break

    def _was_there(self, number: int, *, same: bool) -> bool:
        return same or source_of(self._cells[number].entry) in self._then

    def _give(self, item: _Item, number: int) -> None:
        item.number = number
        if item.words is not None:
            text, lost = kept_figures(self._draft, item.words.text, set(), self._figures[number])
            item.words = Words(text, tuple(lost))

    def _take(self, items: list[_Item], *, same: bool) -> None:
        here = [item.number for item in items if item.number is not None]
        for number, cell in enumerate(self._cells):
            if number in here:
                continue
            if cell.kind is MarkKind.EXHIBIT:
                if self._was_there(number, same=same):
                    why = "it is not in the draft; clear its row if it is to go"
                    self._keep(cell, f"the exhibit {cell.entry.value}", why)
            elif self._was_there(number, same=same) and not cell.entry.fault:
                self._edit.deleted.add(number)
        behind = -1
        for item in items:
            if item.number is None:
                if item.words is not None and item.words.text:
                    self._edit.inserted.setdefault(behind, []).append(item.words)
            else:
                behind = item.number
                if item.words is not None:
                    self._write(item.number, item.words, changed=False)
        if same and here != sorted(here):
            order = list(here)
            for number in range(len(self._cells)):
                if number not in here and number not in self._edit.deleted:
                    order.insert(order.index(number - 1) + 1 if number - 1 in order else 0, number)
            self._edit.order = tuple(order)

    def _insert_all(self, items: list[_Item]) -> None:
        """What was written into a text that had no cell yet; one that got words meanwhile keeps them."""
        words = [item.words for item in items if item.words is not None and item.words.text]
        if words:
            self._edit.inserted[-1] = words

    def _write(self, number: int, words: Words, *, changed: bool) -> None:
        cell = self._cells[number]
        if words.text == (cell.entry.value or ""):
            return
        if changed:
            self._conflict(number, words.text)
        elif cell.entry.fault:
            self._keep(cell, words.text, "what the cell holds could not be read: mend it first")
        elif not cell.entry.place.row:
            self._keep(cell, words.text, "the workbook has no row for it")
        elif not words.text and has_rows(self._cells):
            self._edit.deleted.add(number)
        else:
            self._edit.written[number] = words

    def _words(self, pieces: Iterable[tuple[Block, ...]], standing: set[int], number: int | None) -> Words:
        """The pieces as one text of a cell, that of `number` if it is known, with the figures that stand."""
        blocks = [block for piece in pieces for block in piece]
        text = typed([each for each in blocks if not (isinstance(each, Paragraph) and not each.runs)])
        if number is None:
            return Words(self._draft.restored(text))
        kept, lost = kept_figures(self._draft, text, standing, self._figures[number])
        before = self._cells[number].entry.value or ""
        return Words(_as_typed(kept_references(kept, before), before), tuple(lost))

    def _read(self, segment: Segment, number: int | None) -> tuple[list[tuple[Block, ...]], set[int]]:
        """The segment's blocks, and which figures of the cell stand in it still; of any cell of the story, where the
        segment is none's.
        """
        written: dict[str, str] = {}
        standing: set[int] = set()
        nearby = range(len(self._cells)) if number is None else [number]
        for bookmark, mark, said in self._draft.figures(segment):
            told = (self._figures[n].written_at(mark.order, said if number is None else None) for n in nearby)
            written[bookmark] = next((each for each in told if each), "")
            if number is not None and written[bookmark]:
                standing.add(mark.order)
        return self._draft.pieces(segment, {key: each for key, each in written.items() if each}), standing

    def _tell_pictures(self, segment: Segment, cell: TextCell | None) -> None:
        if self._draft.pictures(segment):
            why = "it cannot be taken from a draft: keep its file beside the workbook and place it as an exhibit"
            self._keep(cell, "a picture that was put in", why)

    def _conflict(self, number: int | None, words: str) -> None:
        cell = None if number is None else self._cells[number]
        why = "the workbook was changed there too since this draft was built; it keeps its own words"
        self._edit.kept.append(
            Kept(self._cells[0].about, cell, words, why, self._draft.name, is_conflict=True)
        )

    def _keep(self, cell: TextCell | None, words: str, why: str) -> None:
        self._edit.kept.append(Kept(self._cells[0].about, cell, words, why, self._draft.name))


def _as_typed(text: str, before: str) -> str:
    """The text with the lines that say what they said typed as they were typed: with the same bullets and dashes."""
    new, old = text.split("\n"), before.split("\n")
    matcher = SequenceMatcher(
        None, [_norm(each) for each in old], [_norm(each) for each in new], autojunk=False
    )
    for match in matcher.get_matching_blocks():
        new[match.b : match.b + match.size] = old[match.a : match.a + match.size]
    return "\n".join(new)


def _norm(line: str) -> str:
    """A line as it is read, with its indent; a line of dashes under a table's heading however long they are."""
    indent = line[: len(line) - len(line.lstrip())]
    if _DASHES.fullmatch(line.strip()):
        line = re.sub(r"-+", "-", line.replace(" ", ""))
    return indent + " ".join(_BULLET.sub("- ", line.strip(), count=1).split())


def _plain(draft: Draft, piece: tuple[Block, ...]) -> str:
    return draft.restored(text_of(piece))


def _likeness(before: str, after: str) -> float:
    """How alike two texts are, from 0 to 1, word by word."""
    return SequenceMatcher(
        None, before[:_MOST_COMPARED].split(), after[:_MOST_COMPARED].split(), autojunk=False
    ).ratio()
