"""A draft that came back: what it now says of each cell, what else in it was changed, and its comments."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from svreport.narrative.blocks import Block, Picture
from svreport.word.archive import Archive
from svreport.word.drafts.comments import DraftComment, comments_in
from svreport.word.drafts.file import Container, DraftFile, Unit, flat, items_of
from svreport.word.drafts.naming import figures_in
from svreport.word.forms.blocks import blocks_of
from svreport.word.marks import CellMark, FigureMark, FixedMark, MarkKind, digest
from svreport.word.markup import Element, local, name
from svreport.word.opening import open_word, read_word

# Where placeholders of figures are taken from: no font or keyboard has letters there.
_PRIVATE = (range(0xF0000, 0xFFFFD), range(0x100000, 0x10FFFD))


_COUNTED = re.compile(r"[0-9]+")


@dataclass(eq=False, slots=True)
class Segment:
    """Paragraphs and tables that follow on one another and belong to one cell, or to none yet (`mark` is None)."""

    mark: CellMark | None
    units: list[Unit]

    @property
    def elements(self) -> list[Element]:
        return [unit.element for unit in self.units]

    @property
    def text(self) -> str:
        return "\n".join(unit.text for unit in self.units if unit.text)


@dataclass(frozen=True, slots=True)
class FixedEdit:
    """A paragraph of the form's own words, or with a plain cell in it, that reads otherwise; `words` are its own now,
    empty for one that is gone, and `before` those of the same paragraph as it would be built, where they are known.
    """

    words: str
    before: str


@dataclass(frozen=True, slots=True)
class LevelEdit:
    """A level that reads otherwise than when the draft was built."""

    mark: CellMark
    words: str


@dataclass(eq=False, slots=True)
class _Place:
    """One container with its segments; those without a mark at all are strays."""

    container: Container
    strays: list[Unit] = field(default_factory=list)
    keys: list[tuple[str, int]] = field(default_factory=list)


class Draft:
    """One Word file. `stories` holds, for the key of each text and each place where it is shown, its segments."""

    def __init__(self, archive: Archive, called: str) -> None:
        self.name = called
        self.file = DraftFile(archive, called)
        self.stories: dict[tuple[str, int], list[Segment]] = {}
        self.levels: list[LevelEdit] = []
        self._places: list[_Place] = []
        self._fixed: dict[str, str] = {}
        for container in self.file.containers:
            self._sort(container)
        self._placeholders: dict[str, str] = {}
        self._private = self._free_letters()

    @classmethod
    def open(cls, path: Path) -> "Draft":
        """Raises FormUnreadable, in one sentence, for what is no Word document."""
        return cls(open_word(path), path.name)

    @classmethod
    def of(cls, data: bytes, called: str) -> "Draft":
        return cls(read_word(data, called), called)

    @property
    def is_marked(self) -> bool:
        """False for a file without any mark of a draft."""
        return bool(self.file.names)

    @property
    def strays(self) -> list[str]:
        """The words of paragraphs that were put in where no cell's text stands."""
        return [unit.text for place in self._places for unit in place.strays if unit.text.strip()]

    def comments(self) -> list[DraftComment]:
        return comments_in(self.file)

    def asides(self, built: "Draft") -> list[str]:
        """The paragraphs of headers, footers and notes that a draft built now has not, whatever its pages count."""
        known = {_COUNTED.sub("", text) for text in built._beside_body()}
        return [text for text in self._beside_body() if _COUNTED.sub("", text) not in known]

    def _beside_body(self) -> list[str]:
        told: list[str] = []
        for kind, part in self.file.archive.stories():
            if kind != "document":
                texts = (
                    self.file.words(each, part).text for each in self.file.stories[part].iter(name("w:p"))
                )
                told += [
                    flat(text) for text in texts if text.strip() and not text.strip().startswith("DRAFT")
                ]
        return list(dict.fromkeys(told))

    def likeness(self, other: "Draft") -> int:
        """How many of its marks another draft has too."""
        return len(set(self.file.names.values()) & set(other.file.names.values()))

    def is_edited(self, segment: Segment) -> bool:
        return segment.mark is not None and not segment.mark.says(
            self.file.said(segment.mark, segment.elements)
        )

    def fixed_edits(self, built: "Draft | None") -> Iterator[FixedEdit]:
        """The paragraphs of no cell's text that read otherwise, or are gone, compared with a draft as built now."""
        known = {} if built is None else built._fixed
        for told, words in self._fixed.items():
            mark = FixedMark.read(told)
            if mark is not None and mark.said != digest(flat(words)):
                yield _edit(words, known.get(told, ""))
        for told, words in known.items():
            if told not in self._fixed and self._is_same_form(built):
                yield FixedEdit("", words)

    def _is_same_form(self, built: "Draft | None") -> bool:
        """True where most of the fixed words stand in both: else the workbook or template has changed since."""
        if built is None or not built._fixed:
            return False
        return len(self._fixed.keys() & built._fixed.keys()) * 2 > len(built._fixed)

    def adopt(self, built: "Draft") -> None:
        """Gives each text that has lost all its marks the paragraphs in its place, as a draft built now has it."""
        ours = [_signature(self.file, each.container) for each in self._places]
        theirs = [_signature(built.file, each.container) for each in built._places]
        pairs: dict[int, int] = {}
        if len(ours) == len(theirs):
            pairs = dict(zip(range(len(theirs)), range(len(ours)), strict=True))
        else:
            for tag, a, b, c, d in SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes():
                if tag in ("equal", "replace") and b - a == d - c:
                    pairs.update(zip(range(a, b), range(c, d), strict=True))
        for number, place in enumerate(built._places):
            lost = [key for key in dict.fromkeys(place.keys) if key not in self.stories]
            here = pairs.get(number)
            if len(lost) == 1 and here is not None and self._places[here].strays:
                self.stories[lost[0]] = [Segment(None, [unit]) for unit in self._places[here].strays]
                self._places[here].strays = []

    def pieces(self, segment: Segment, standing: Mapping[str, str]) -> list[tuple[Block, ...]]:
        """The segment's blocks one by one, item by item where a cell is one; a figure that stands is a single letter,
        for which `restored` puts in what it is written as. `standing` holds that under its bookmark's number.
        """
        self._hide(segment.elements, standing)
        read = blocks_of(self.file, segment.elements, lambda words, why: None)
        items = segment.mark is not None and segment.mark.kind is MarkKind.ITEM
        pieces = list(items_of(read)) if items else [(block,) for block in read]
        return [piece for piece in pieces if not all(isinstance(block, Picture) for block in piece)]

    def items(self, blocks: Sequence[Block]) -> list[tuple[Block, ...]]:
        """Blocks one by one, lists item by item."""
        return list(items_of(blocks))

    def restored(self, text: str) -> str:
        """The text with every figure's letter replaced by how the figure is written."""
        for letter, written in self._placeholders.items():
            text = text.replace(letter, written)
        return text

    def letter_for(self, written: str) -> str:
        """A letter that stands for a figure until it is restored; empty when there are none left."""
        letter = next(self._private, "")
        if letter:
            self._placeholders[letter] = written
        return letter

    def figures(self, segment: Segment) -> list[tuple[str, FigureMark, str]]:
        """The figures that a segment still holds: the bookmark's number, its mark and its words."""
        found = []
        for number, text in figures_in(self.file, segment.elements):
            mark = FigureMark.read(self.file.names[number])
            if mark is not None and digest(flat(text)) == mark.said:
                found.append((number, mark, flat(text)))
        return found

    def pictures(self, segment: Segment) -> int:
        read = blocks_of(self.file, segment.elements, lambda words, why: None)
        return sum(isinstance(each, Picture) for each in read)

    def _sort(self, container: Container) -> None:
        place = _Place(container)
        self._places.append(place)
        story: list[Segment] | None = None
        waiting: list[Unit] = []
        for unit in container.units:
            mark = None if unit is None or unit.owner is None else self.file.mark(unit.owner)
            if unit is None or isinstance(mark, FixedMark) or _is_level(mark):
                place.strays += waiting
                waiting, story = [], None
                if unit is not None:
                    self._take_fixed(unit, mark)
            elif isinstance(mark, CellMark):
                key = (mark.key, mark.copy)
                place.keys.append(key)
                story = self.stories.setdefault(key, [])
                story += [Segment(None, [each]) for each in waiting]
                waiting = []
                self._put(story, mark, unit)
            elif story is not None:
                self._add_new(story, unit)
            else:
                waiting.append(unit)
        place.strays += waiting

    def _take_fixed(self, unit: Unit, mark: CellMark | FixedMark | None) -> None:
        if isinstance(mark, FixedMark) and unit.owner is not None:
            before = self._fixed.get(unit.owner)
            self._fixed[unit.owner] = unit.text if before is None else f"{before}\n{unit.text}"
        elif isinstance(mark, CellMark) and not mark.says(self.file.said(mark, [unit.element])):
            self.levels.append(LevelEdit(mark, flat(unit.text)))

    def _put(self, story: list[Segment], mark: CellMark, unit: Unit) -> None:
        """Adds a unit to its cell's segment; what is new between two parts of a cell is the cell's."""
        at = next((n for n, each in enumerate(story) if each.mark == mark), None)
        if at is None:
            story.append(Segment(mark, [unit]))
            return
        between = story[at + 1 :]
        if all(each.mark is None for each in between):
            story[at].units += [each for segment in between for each in segment.units]
            del story[at + 1 :]
        story[at].units.append(unit)

    def _add_new(self, story: list[Segment], unit: Unit) -> None:
        """Adds a unit without a mark: to the cell before it where it goes on with that cell's list, else by itself."""
        last = story[-1] if story else None
        if last is not None and _goes_on(self.file, last, unit):
            last.units.append(unit)
        else:
            story.append(Segment(None, [unit]))

    def _hide(self, elements: Sequence[Element], standing: Mapping[str, str]) -> None:
        """Puts a letter in the place of each figure that stands."""
        inside: str | None = None
        first = False
        start, end = name("w:bookmarkStart"), name("w:bookmarkEnd")
        for element in elements:
            for each in element.iter(start, end, name("w:t"), name("w:p")):
                number = each.get(name("w:id"), "")
                if each.tag == name("w:p"):
                    self.file.forget(each)
                elif each.tag == start and number in standing:
                    inside, first = number, True
                elif each.tag == end and number == inside:
                    inside = None
                elif inside is not None and local(each) == "t":
                    letter = self.letter_for(standing[inside]) if first else ""
                    if first and not letter:
                        inside = None
                        continue
                    each.text, first = letter, False

    def _free_letters(self) -> Iterator[str]:
        held = {
            letter
            for each in self.file.body.iter(name("w:t"))
            for letter in each.text or ""
            if letter >= "\U000f0000"
        }
        for letters in _PRIVATE:
            for number in letters:
                if chr(number) not in held:
                    yield chr(number)


def _edit(words: str, before: str) -> FixedEdit:
    """The edit of a paragraph or table, without the rows of a table that read as they did."""
    now, then = words.split("\n"), before.split("\n")
    if len(now) != len(then) or now == then:
        return FixedEdit(words, before)
    differ = [(a, b) for a, b in zip(now, then, strict=True) if flat(a) != flat(b)]
    return FixedEdit("\n".join(a for a, _ in differ), "\n".join(b for _, b in differ))


def _is_level(mark: CellMark | FixedMark | None) -> bool:
    return isinstance(mark, CellMark) and mark.kind is MarkKind.LEVEL


def _goes_on(file: DraftFile, segment: Segment, unit: Unit) -> bool:
    """True where a list item follows on a cell's last one: in its list, or, where a cell is one item, deeper in."""
    if segment.mark is None or not segment.units:
        return False
    before, here = (_listed(file, each.element) for each in (segment.units[-1], unit))
    if before is None or here is None:
        return False
    if segment.mark.kind is MarkKind.ITEM:
        first = _listed(file, segment.units[0].element)
        return first is not None and here[1] > first[1]
    return segment.mark.kind is MarkKind.TEXT and (here[0] == before[0] or here[1] > 0)


def _listed(file: DraftFile, element: Element) -> tuple[str, int] | None:
    marked = file.marked(element) if element.tag == name("w:p") else None
    return None if marked is None else (marked.number, marked.depth)


def _signature(file: DraftFile, container: Container) -> tuple[str, ...]:
    """What a container holds, in a form that two drafts share."""
    told: list[str] = []
    for unit in container.units:
        mark = None if unit is None or unit.owner is None else file.mark(unit.owner)
        if isinstance(mark, CellMark):
            told.append(f"{mark.kind}{mark.key}{mark.order if mark.kind is MarkKind.LEVEL else ''}")
        elif isinstance(mark, FixedMark):
            told.append(f"p{mark.number}")
    return tuple(dict.fromkeys(told))


def draft_code(draft: Draft) -> str:
    """The words of the footers, where the content code stands."""
    return "\n".join(text for kind, text in draft.file.margins() if kind == "footer")
