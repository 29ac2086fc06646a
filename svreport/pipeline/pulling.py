"""Pull: reviewers' edits and comments out of the drafts that came back, into the workbook."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from svreport.documents.drafts.edits import Kept, StoryEdit, by_story, story_edits
from svreport.documents.drafts.merging import Merged, Wish, merged
from svreport.documents.plain_cells import (
    PlainCell,
    cell_in,
    level_cell,
    place_named_in,
    plain_cells,
)
from svreport.documents.text_cells import TextCell
from svreport.errors import CallFault, CannotGoOn
from svreport.model.finding import Place
from svreport.model.names import listed
from svreport.model.submission import Submission
from svreport.packs.declared import WORD
from svreport.packs.loading import Pack
from svreport.pipeline.charting import outlines_for_pages, outlines_of_exhibits
from svreport.pipeline.examining import Examined, examine
from svreport.pipeline.filling import fill_return
from svreport.pipeline.finality import SNAPSHOTS
from svreport.pipeline.packs_of_drafts import packs_of_drafts
from svreport.publish.bundle import note_pulled
from svreport.publish.manifest import read_manifest
from svreport.publish.new_file import write_new
from svreport.publish.replacing import replace_file, set_aside
from svreport.review.snapshot import ItemKind, from_json
from svreport.word.digest import content_digest
from svreport.word.drafts.comments import DraftComment, without_comments
from svreport.word.drafts.returned import Draft, draft_code
from svreport.workbook.comments import Remark
from svreport.workbook.pulling import Changes, RowEdits, Written, fits, formulas_at, write_changes

_CODE = re.compile(r"\b([0-9A-F]{4}-[0-9A-F]{4})\b")
_TOO_LONG = "it is longer than a cell can be: share it among several rows"
_FORMULA = "a formula fills the cell, and keeps it"
COMMENT, REPLY, CONFLICT, NOT_TAKEN, LEVEL, FIGURE = (
    "Comment",
    "Reply",
    "Conflict",
    "Not taken",
    "Level",
    "Figure",
)


@dataclass(frozen=True, slots=True)
class Taken:
    """One edit that went into the workbook: `kind` is `changed`, `added`, `deleted` or `moved`."""

    kind: str
    place: Place | None
    about: str
    before: str
    after: str
    draft: str


@dataclass(frozen=True, slots=True)
class PullOptions:
    """`out` is the folder of outputs; `to` names the file for the result, None for one beside the workbook.

    `pack` names a pack that the drafts were made with, where it is none of svreport's.
    """

    out: Path
    in_place: bool = False
    to: Path | None = None
    pack: str | None = None


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull did. `remarks` are all that reviewers said or that was not taken, `added` how many of them are new on
    the sheet of comments; `result` is the file with the workbook, `aside` where an earlier one of that name went.
    `absent` are the packs that drafts were made with and that were not found.
    """

    examined: Examined
    taken: tuple[Taken, ...]
    remarks: tuple[Remark, ...]
    added: int
    at_end: tuple[str, ...]
    unmarked: tuple[str, ...]
    result: Path
    aside: Path | None = None
    absent: tuple[str, ...] = ()


def pull_drafts(
    drafts: Sequence[Path], workbook: Path, options: PullOptions, *, waiting: Callable[[Path], None]
) -> Pulled:
    """Takes the edits and comments of drafts into the workbook, or into a copy of it beside.

    Raises FormUnreadable for a draft that is no Word document, CallFault for one that is no draft of svreport's or a
    result that exists, WorkbookUnreadable, and OutputInUse where the result cannot be written.
    """
    _refuse(drafts, workbook, options)
    data = {path: _bytes_of(path) for path in drafts}
    read = [Draft.of(data[path], str(path)) for path in drafts]
    for draft in read:
        draft.name = Path(draft.name).name
    folder = options.out / workbook.stem
    made_with = packs_of_drafts(drafts, folder, options.pack)
    examined = examine(workbook, made_with.sheets())
    pulling = _Pulling(examined, folder, made_with.packs)
    changes, taken, written = pulling.pull(read)
    result, aside = _write(workbook, written.data, options)
    unmarked = tuple(draft.name for draft in read if not draft.is_marked)
    if options.in_place:
        digests = [
            content_digest(each)
            for (path, each), draft in zip(data.items(), read, strict=True)
            if draft.is_marked or _holds_only_comments(path, each, folder)
        ]
        note_pulled(folder, digests, waiting=lambda: waiting(folder))
    moved = tuple(
        Taken(t.kind, t.place and written.place(t.place), t.about, t.before, t.after, t.draft) for t in taken
    )
    remarks = tuple(changes.remarks)
    return Pulled(
        examined, moved, remarks, written.remarks, written.at_end, unmarked, result, aside, made_with.absent
    )


def _holds_only_comments(path: Path, data: bytes, folder: Path) -> bool:
    """Whether a file of the outputs is what a build wrote but for its comments: then all that is in it was taken."""
    written = read_manifest(folder).ours(path.name)
    return content_digest(without_comments(data, str(path))) in written


def _refuse(drafts: Sequence[Path], workbook: Path, options: PullOptions) -> None:
    if options.in_place and options.to is not None:
        raise CallFault("--in-place and --to exclude each other: give one of them.")
    if options.to is not None and options.to.suffix.lower() != workbook.suffix.lower():
        raise CallFault(
            f"{options.to} does not end in {workbook.suffix}: Excel opens a copy of {workbook.name} only under that "
            f"ending. Call it {options.to.with_suffix(workbook.suffix).name}."
        )
    for path in drafts:
        if path.resolve() == workbook.resolve():
            raise CallFault(f"{path} is named as a draft and as the workbook: give the Word files first.")
        if path.suffix.lower() == ".xlsx":
            raise CallFault(
                f"{path} is an Excel form: pull takes edits out of Word files. Put what was typed there into "
                f"{workbook.name} yourself."
            )


def _bytes_of(path: Path) -> bytes:
    from svreport.word.opening import open_word

    open_word(path)
    return path.read_bytes()


def _write(workbook: Path, data: bytes, options: PullOptions) -> tuple[Path, Path | None]:
    """Where the result is, and where an earlier one went."""
    if options.in_place:
        if data != workbook.read_bytes():
            replace_file(workbook, data)
        return workbook, None
    if options.to is not None:
        write_new(options.to, data)
        return options.to, None
    result = workbook.with_name(f"{workbook.stem}.pulled{workbook.suffix}")
    aside = None
    if result.exists():
        if result.read_bytes() == data:
            return result, None
        aside = set_aside(result)
    write_new(result, data)
    return result, aside


class _Pulling:
    def __init__(self, examined: Examined, folder: Path, packs: Sequence[Pack]) -> None:
        self._examined = examined
        self._packs = packs
        self._submission: Submission = examined.submission
        self._folder = folder
        self._stories = by_story(self._submission)
        self._plain = plain_cells(self._submission)
        self._taken: list[Taken] = []
        self._remarks: list[Remark] = []

    def pull(self, drafts: Sequence[Draft]) -> tuple[Changes, list[Taken], Written]:
        comments = [draft.comments() for draft in drafts]
        if not any(comments) and not any(draft.is_marked for draft in drafts):
            raise CallFault(
                f"{listed((draft.name for draft in drafts), 'and')}: neither comments nor the marks by which a draft's "
                f"texts are known are inside. Pull takes drafts that svreport build wrote, edited in Word or "
                f"LibreOffice and saved as .docx."
            )
        built = self._built() if any(draft.is_marked for draft in drafts) else []
        edits: list[StoryEdit] = []
        for draft, said in zip(drafts, comments, strict=True):
            likest = max(built, key=draft.likeness, default=None)
            if likest is not None and draft.is_marked and draft.likeness(likest):
                draft.adopt(likest)
            else:
                likest = None
            if draft.is_marked:
                edits += story_edits(draft, self._stories, self._examined.texts, self._then(draft))
                self._tell_rest(draft, likest)
            self._remarks += [self._comment(each, draft) for each in said]
        results = merged(edits)
        changes = self._changes(results)
        return changes, self._taken, write_changes(self._examined.path, changes)

    def _built(self) -> list[Draft]:
        """The drafts as they would be built now, with a point for every chart, to know the places of texts by."""
        made: list[Draft] = []
        for pack in self._packs:
            try:
                outlines = outlines_of_exhibits(self._examined)
                parts = outlines_for_pages(self._examined)
                files = fill_return(self._examined, pack, outlines, parts).finished(draft=True)
                made += [Draft.of(data, output) for output, data in files.items() if output.endswith(WORD)]
            except CannotGoOn:
                continue  # its templates are being changed
        return made

    def _then(self, draft: Draft) -> Mapping[str, list[str]]:
        """The texts of each story when the draft was built, where the outputs keep what was said then."""
        found = _CODE.search(draft_code(draft))
        try:
            kept = from_json((self._folder / SNAPSHOTS / f"{found[1] if found else ''}.json").read_bytes())
        except (OSError, ValueError):
            return {}
        texts: dict[str, list[str]] = {}
        for item in kept:
            if item.kind is ItemKind.TEXT:
                texts.setdefault(item.key, []).append(item.value)
        return texts

    def _changes(self, results: Iterable[Merged]) -> Changes:
        results = list(results)
        texts: dict[Place, str] = {}
        rows: list[RowEdits] = []
        wanted = [
            result.cells[n].entry.place for result in results for n in (*result.written, *result.deleted)
        ]
        formulas = formulas_at(self._examined.path, wanted) if wanted else set()
        for result in results:
            self._remarks += [self._kept(each) for each in result.kept]
            self._hold_back(result, formulas)
            for number, wish in sorted(result.written.items()):
                cell = result.cells[number]
                text = wish.words.text if wish.words else ""
                texts[cell.entry.place] = text
                self._tell(
                    "changed" if text and cell.entry.value else "added" if text else "deleted",
                    cell.entry.place,
                    cell.about,
                    cell.entry.value or "",
                    text,
                    wish,
                )
                self._tell_lost(cell, wish)
            edited = self._rows(result)
            if edited is not None:
                rows.append(edited)
        return Changes(texts, rows, self._remarks)

    def _hold_back(self, result: Merged, formulas: set[Place]) -> None:
        """Leaves out what a cell cannot take, with its words told."""
        for wishes in (result.written, result.deleted):
            for number, wish in list(wishes.items()):
                cell = result.cells[number]
                text = wish.words.text if wish.words else ""
                why = _FORMULA if cell.entry.place in formulas else "" if fits(text) else _TOO_LONG
                if why:
                    del wishes[number]
                    self._remarks.append(
                        self._kept(Kept(cell.about, cell, text or "(the text was deleted)", why, wish.drafts))
                    )
        for behind, inserted in result.inserted.items():
            for wish in inserted:
                if wish.words and not fits(wish.words.text):
                    about = result.cells[0].about
                    self._remarks.append(
                        self._kept(Kept(about, None, wish.words.text, _TOO_LONG, wish.drafts))
                    )
            result.inserted[behind] = [each for each in inserted if each.words and fits(each.words.text)]

    def _rows(self, result: Merged) -> RowEdits | None:
        inserted = {behind: wishes for behind, wishes in result.inserted.items() if wishes}
        if not (result.deleted or inserted or result.order):
            return None
        first = result.cells[0]
        about = first.about
        for number, wish in sorted(result.deleted.items()):
            cell = result.cells[number]
            self._tell("deleted", cell.entry.place, about, cell.entry.value or "", "", wish)
        for behind, wishes in sorted(inserted.items()):
            ahead = result.cells[behind].entry.place if behind >= 0 else None
            for wish in wishes:
                self._tell("added", ahead, about, "", wish.words.text if wish.words else "", wish)
        if result.order:
            self._taken.append(Taken("moved", first.entry.place, about, "", "", ""))
        kind, _, key = first.key.partition(" ")
        is_empty = not first.entry.place.row
        return RowEdits(
            sheet="Progress" if kind == "progress" else "Headlines",
            belongs=self._belongs(kind, key),
            places=() if is_empty else tuple(cell.entry.place for cell in result.cells),
            deleted=frozenset(result.deleted),
            inserted={
                behind: [wish.words.text for wish in wishes if wish.words]
                for behind, wishes in inserted.items()
            },
            order=result.order,
            near=self._near(result.cells) if is_empty else None,
        )

    def _belongs(self, kind: str, key: str) -> str:
        """What the row's first cell holds: the condition's reference, or the heading."""
        from svreport.model.references import reference_key

        if kind == "headlines":
            return key.capitalize()
        refs = (each.ref.value or "" for each in self._submission.conditions)
        return next((ref for ref in refs if reference_key(ref, "Condition") == key), key)

    def _near(self, cells: Sequence[TextCell]) -> Place | None:
        """The last row of the stories before one that has no row yet, on its own sheet."""
        kind = cells[0].key.partition(" ")[0]
        before: Place | None = None
        for story in self._stories.values():
            if story[0].key == cells[0].key:
                return before
            if story[0].key.startswith(f"{kind} ") and story[-1].entry.place.row:
                before = max((cell.entry.place for cell in story), key=lambda place: place.row)
        return before

    def _tell(self, kind: str, place: Place | None, about: str, before: str, after: str, wish: Wish) -> None:
        self._taken.append(Taken(kind, place, about, before, after, wish.drafts))

    def _tell_lost(self, cell: TextCell, wish: Wish) -> None:
        for written in wish.words.lost if wish.words else ():
            text = (
                f"The figure {written} does not stand in the draft as it was printed: what is there is plain text now. "
                f"Put the figure back if the number should follow the workbook, or change the workbook's."
            )
            self._remarks.append(
                Remark(
                    cell.entry.place,
                    cell.about,
                    FIGURE,
                    "",
                    "",
                    wish.words.text if wish.words else "",
                    text,
                    wish.drafts,
                )
            )

    def _kept(self, kept: Kept) -> Remark:
        place = kept.cell.entry.place if kept.cell is not None and kept.cell.entry.place.row else None
        kind = CONFLICT if kept.is_conflict else NOT_TAKEN
        about = kept.cell.about if kept.cell is not None else kept.about
        return Remark(
            place, about, kind, "", "", kept.words, f"{kept.why[0].upper()}{kept.why[1:]}.", kept.draft
        )

    def _tell_rest(self, draft: Draft, built: Draft | None) -> None:
        """Levels, fixed words and paragraphs elsewhere that were changed: told with their words, not taken."""
        for level in draft.levels:
            cell = level_cell(self._submission, level.mark.key, level.mark.order)
            now = f"; the workbook says {cell.words}" if cell and cell.words else ""
            said = level.words or "no level"
            text = f"The draft says {said} here{now}. Choose the level in the cell if that is agreed."
            self._remarks.append(self._plain_remark(LEVEL, cell, level.words, text, draft))
        for edit in draft.fixed_edits(built):
            cell = cell_in([edit.before], self._plain, edit.words) if edit.before else None
            words = edit.words or edit.before
            if not edit.words:
                text = "This paragraph is not in the draft; it comes from a cell of the workbook or from the template."
            elif cell is not None:
                text = f"Was: {edit.before}\nChange it in the cell if that is agreed."
            else:
                before = f"Was: {edit.before}\n" if edit.before else ""
                text = (
                    f"{before}It comes from the template or from a cell: change it there if that is agreed."
                )
            self._remarks.append(self._plain_remark(NOT_TAKEN, cell, words, text, draft))
        for words in draft.asides(built) if built is not None else ():
            text = "It stands in a header, footer or note: change it in the template if that is agreed."
            self._remarks.append(Remark(None, "", NOT_TAKEN, "", "", words, text, draft.name))
        for words in draft.strays:
            text = "It was put in where no text of the workbook stands: put it where it belongs."
            self._remarks.append(Remark(None, "", NOT_TAKEN, "", "", words, text, draft.name))

    @staticmethod
    def _plain_remark(kind: str, cell: PlainCell | None, words: str, text: str, draft: Draft) -> Remark:
        place, about = (cell.place, cell.about) if cell else (None, "")
        return Remark(place, about, kind, "", "", words, text, draft.name)

    def _comment(self, comment: DraftComment, draft: Draft) -> Remark:
        place, about = self._cell_of(comment)
        kind = REPLY if comment.reply_to else COMMENT
        return Remark(
            place, about, kind, comment.author, comment.date, comment.words, comment.text, draft.name
        )

    def _cell_of(self, comment: DraftComment) -> tuple[Place | None, str]:
        """The cell that a comment is about: that of its text, or the one that its paragraph names or shows."""
        mark = comment.mark
        if mark is not None:
            cells = self._stories.get(mark.key, ())
            by_source = [cell for cell in cells if cell.mark.source == mark.source]
            exact = [cell for cell in by_source if cell.order == mark.order]
            cell = next(
                iter((*exact, *by_source, *(each for each in cells if each.order == mark.order))), None
            )
            if cell is not None:
                return (cell.entry.place if cell.entry.place.row else None), cell.about
            level = level_cell(self._submission, mark.key, mark.order)
            if level is not None:
                return level.place, level.about
        named = place_named_in(comment.around, self._submission.sheets)
        if named is not None:
            return named, ""
        plain = cell_in(comment.around, self._plain)
        return (plain.place, plain.about) if plain is not None else (None, "")


def kinds_of(remarks: Iterable[Remark], *kinds: str) -> Iterator[Remark]:
    """The remarks of these kinds."""
    return (remark for remark in remarks if remark.kind in kinds)
