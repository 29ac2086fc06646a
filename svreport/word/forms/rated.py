"""The conditions and risks of a form: rows with a wording, a stack of levels, mitigation and progress."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from svreport.model.level import LevelScale
from svreport.model.references import reference_key
from svreport.narrative.blocks import Block, List, ListKind, Paragraph, Run, text_of_runs
from svreport.word.forms.blocks import blocks_of
from svreport.word.forms.file import FormFile, Note
from svreport.word.forms.grid import (
    GridCell,
    Headings,
    Row,
    cell_text,
    headings_of,
    paragraphs_with_fill,
    take_headings,
    under,
)
from svreport.word.forms.levels import Rated, Token, label_keys, labels_in_order, ratings_of, same_label
from svreport.word.forms.references import only_reference, split_reference
from svreport.word.forms.rows import Blocks, FormRated
from svreport.word.markup import Element

PARTS = {"Condition": "Detailed update", "Risk": "Risk register"}
_ENDS = (".", "!", "?", ":", ";", "”", '"')


@dataclass(slots=True)
class Gathered:
    """One condition or risk while its rows are read: each row gives a portion of its mitigation and progress."""

    file: FormFile
    ref: str
    wording: str
    tokens: list[Token] = field(default_factory=list)
    mitigation: list[list[Element]] = field(default_factory=list)
    progress: list[list[Element]] = field(default_factory=list)
    rated: list[Rated] = field(default_factory=list)


class RatedRows:
    """Gathers the rows of one kind, `Condition` or `Risk`, from every table and file that holds some."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.rows: list[Gathered] = []
        self._explicit = False

    def read(self, file: FormFile, rows: Sequence[Row], headings: Headings) -> None:
        """Reads a table's rows under these headings; heading rows that are repeated among them are passed over."""
        self._explicit = any(self._reference(file, row, headings)[0] for row in rows)
        for row in rows:
            again = headings_of(file, row)
            if is_heading(again):
                headings = again
                take_headings(file, row, PARTS[self.word])
                continue
            if self._are_updates(file, row, headings, again):
                headings.updates = again.updates
                continue
            self._row(file, row, headings)

    def _are_updates(self, file: FormFile, row: Row, headings: Headings, again: Headings) -> bool:
        """True for a second heading row, with the updates under `Assurance Level`."""
        words = [cell for cell in row if cell_text(file, cell)]
        levels = headings.columns.get("level", [])
        found = len(again.updates) > 1 and all(
            cell.column in again.updates and cell.column in levels for cell in words
        )
        if found:
            take_headings(file, words, PARTS[self.word])
        return found

    def _reference(self, file: FormFile, row: Row, headings: Headings) -> tuple[str, str]:
        """(reference, wording) that a row begins with, either empty where it only goes on."""
        what = self.word.casefold()
        named = [cell for cell in under(row, headings.columns.get("reference", [])) if not cell.continues]
        told = [
            cell
            for cell in under(row, headings.columns.get(what, []))
            if not cell.continues and cell not in named
        ]
        ref_text = " ".join(filter(None, (cell_text(file, cell) for cell in named)))
        text = "\n".join(filter(None, (cell_text(file, cell) for cell in told)))
        if not ref_text:
            return split_reference(text, self.word)
        ref = only_reference(ref_text, self.word)
        own, wording = split_reference(text, self.word)
        same = own and reference_key(own, self.word) == reference_key(ref, self.word)
        return ref, wording if same else text

    def _row(self, file: FormFile, row: Row, headings: Headings) -> None:
        if len(row) == 1 and row[0].span > 1 and not self._reference(file, row, headings)[0]:
            file.put_down(row[0].elements, PARTS[self.word], "a line across the table")
            return
        ref, wording = self._reference(file, row, headings)
        last = self.rows[-1] if self.rows else None
        if last is not None and ref and self._is_same(last, file, ref):
            if wording and wording not in last.wording:
                last.wording = f"{last.wording} {wording}".strip()
        elif ref or (
            wording and not (self._explicit and last is not None and _goes_on(last.wording, wording))
        ):
            last = Gathered(file, ref, wording)
            self.rows.append(last)
        elif wording and last is not None:
            last.wording = f"{last.wording} {wording}".strip()
        if last is None or (last.file is not file and not ref):
            return
        for cell in under(
            row, [*headings.columns.get("reference", []), *headings.columns.get(self.word.casefold(), [])]
        ):
            if not cell.continues:
                file.text(cell.elements)
        self._take_levels(last, file, row, headings)
        for what, portions in (("mitigation", last.mitigation), ("progress", last.progress)):
            cells = [
                cell
                for cell in under(row, headings.columns.get(what, []))
                if not self._is_named(cell, headings)
            ]
            elements = [element for cell in cells for element in cell.elements]
            if elements:
                portions.append(elements)
        named = ref or last.ref
        for cell in row:
            place = f"{self.word} {named}, {headings.texts.get(cell.column) or 'another column'}"
            file.put_down(cell.elements, PARTS[self.word], place)

    def _is_same(self, last: Gathered, file: FormFile, ref: str) -> bool:
        return last.file is file and reference_key(last.ref, self.word) == reference_key(ref, self.word)

    def _is_named(self, cell: GridCell, headings: Headings) -> bool:
        """True for a cell that is read as the row's wording already, where columns are merged."""
        return any(cell.covers(column) for column in headings.columns.get(self.word.casefold(), []))

    @staticmethod
    def _take_levels(gathered: Gathered, file: FormFile, row: Row, headings: Headings) -> None:
        labelled = _labelled_columns(headings)
        for column, label in labelled.items():
            cells = [cell for cell in under(row, [column]) if cell.column == column]
            if cells and not cells[0].continues:
                gathered.tokens.append(Token(label, None))
                gathered.tokens += _tokens(file, cells, gathered.tokens)
        columns = [column for column in headings.columns.get("level", []) if column not in labelled]
        texts = [*headings.columns.get("progress", []), *headings.columns.get("mitigation", [])]
        cells = [cell for cell in under(row, columns) if not any(cell.covers(column) for column in texts)]
        gathered.tokens += _tokens(file, cells, gathered.tokens)


def _goes_on(wording: str, more: str) -> bool:
    """True where a wording without a reference of its own is the rest of the one before."""
    return not wording.rstrip().endswith(_ENDS) and not more[:1].isupper()


def is_heading(headings: Headings) -> bool:
    """True for the heading row of a table of conditions or risks."""
    beside = any(headings.has(what) for what in ("level", "mitigation", "progress")) or bool(headings.updates)
    return beside and (headings.has("condition") or headings.has("risk"))


def _labelled_columns(headings: Headings) -> dict[int, str]:
    """The columns that hold one update's levels each, under its label: `Update 1 (May)`, or `Previous rating`."""
    levels = headings.columns.get("level", [])
    texts = {column: headings.texts[column] for column in levels}
    labelled = texts if len(set(texts.values())) > 1 else {}
    return dict(sorted({**labelled, **headings.updates}.items()))


def _tokens(file: FormFile, cells: Sequence[GridCell], before: Sequence[Token]) -> list[Token]:
    """The paragraphs of level cells; cells are numbered on from those of the rows before."""
    tokens: list[Token] = []
    base = max((token.cell for token in before), default=0)
    found = list(
        paragraphs_with_fill(file, [cell for cell in cells if not cell.continues or cell_text(file, cell)])
    )
    worded = {number for number, _, paragraph, _ in found if file.words(paragraph).text.strip()}
    for number, _, paragraph, fill in found:
        text = file.text([paragraph])
        if not text and number in worded and file.fill(paragraph) is None:
            continue
        own = file.fill(paragraph)
        tokens += [Token(line, own, base + number, fill) for line in text.split("\n")]
    return tokens


def labels_of(gathered: Sequence[Gathered], scale: LevelScale) -> list[str]:
    """The updates' labels of these rows in order, once each row's levels are told apart on this scale."""
    keys = label_keys([each.tokens for each in gathered], scale)
    for each in gathered:
        each.rated = ratings_of(each.tokens, scale, keys)
    return labels_in_order([[rated.label for rated in each.rated if rated.label] for each in gathered])


def made_up_labels(gathered: Sequence[Gathered]) -> list[str]:
    """`Update 1`, `Update 2` … by the number of levels, for a form that has no labels."""
    most = max((len(each.rated) for each in gathered), default=0)
    return [f"Update {number}" for number in range(1, most + 1)]


def finished(
    gathered: Sequence[Gathered], word: str, labels: Sequence[str], notes: list[Note]
) -> list[FormRated]:
    """The rows of one kind, each level under its update's label."""
    taken = {reference_key(each.ref, word) for each in gathered if each.ref}
    free = (str(number) for number in count(1) if str(number) not in taken)
    return [_finished(each, each.ref or next(free), word, labels, notes) for each in gathered]


def _finished(each: Gathered, ref: str, word: str, labels: Sequence[str], notes: list[Note]) -> FormRated:
    name = f"{word} {ref}"

    def teller(where: str) -> Callable[[str, str], None]:
        return lambda words, why: notes.append(
            Note(each.file.name, PARTS[word], f"{name}, {where}", words, why)
        )

    if not each.ref:
        teller("its reference")(each.wording[:80], f"no reference was found: it is called {ref}")
    levels = _levels(each.rated, labels, teller("assurance level"))
    mitigation = _joined([blocks_of(each.file, portion, teller("mitigation")) for portion in each.mitigation])
    progress = _joined([blocks_of(each.file, portion, teller("progress")) for portion in each.progress])
    return FormRated(ref, each.wording, levels, mitigation, progress)


def _levels(
    rated: Sequence[Rated], labels: Sequence[str], tell: Callable[[str, str], None]
) -> dict[str, str]:
    """Each update's level; levels without labels are those of the updates in order, a single one the last's."""
    levels: dict[str, str] = {}
    bare = [each for each in rated if not each.label and each.level]
    if bare and not any(each.label for each in rated) and labels:
        given = dict(zip(labels, bare, strict=False)) if len(bare) == len(labels) else {labels[-1]: bare[-1]}
        for label, each in given.items():
            each.label = label
    for each in rated:
        label = next((label for label in labels if each.label and same_label(label, each.label)), "")
        if each.gloss:
            tell(
                each.gloss,
                "the workbook holds the level's word alone" if each.level else "it is no assurance level",
            )
        if each.level and label:
            levels[label] = each.level
        elif each.level:
            tell(f"{each.label} {each.level}".strip(), "the form does not say which update's level it is")
    return levels


def _joined(portions: Sequence[Blocks]) -> Blocks:
    """The portions of a row that was split over pages as one; a sentence or list that was cut goes on."""
    blocks: list[Block] = []
    for portion in portions:
        rest = list(portion)
        if blocks and rest:
            whole = _whole(blocks[-1], rest[0])
            if whole is not None:
                blocks[-1] = whole
                rest = rest[1:]
        blocks += rest
    return tuple(blocks)


def _whole(first: Block, second: Block) -> Block | None:
    if isinstance(first, Paragraph) and isinstance(second, Paragraph):
        text, following = text_of_runs(first.runs), text_of_runs(second.runs)
        if text.rstrip().endswith(_ENDS) or not following[:1].islower():
            return None
        return Paragraph((*first.runs, Run(" "), *second.runs))
    if isinstance(first, List) and isinstance(second, List):
        follows = first.kind is ListKind.BULLET or second.start == first.start + len(first.items)
        alike = (first.kind, first.closing, first.upper) == (second.kind, second.closing, second.upper)
        return replace(first, items=(*first.items, *second.items)) if alike and follows else None
    return None
