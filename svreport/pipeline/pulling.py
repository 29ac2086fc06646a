"""Pull: reviewers' edits and comments out of the drafts that came back, into the workbook."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from svreport.documents.drafts.edits import StoryEdit, by_story, story_edits
from svreport.documents.drafts.merging import merged
from svreport.errors import CallFault, CannotGoOn
from svreport.model.names import listed
from svreport.packs.declared import WORD
from svreport.packs.loading import Pack
from svreport.pipeline.charting import outlines_for_pages, outlines_of_exhibits
from svreport.pipeline.examining import Examined, examine
from svreport.pipeline.filling import fill_return
from svreport.pipeline.finality import SNAPSHOTS
from svreport.pipeline.packs_of_drafts import packs_of_drafts
from svreport.pipeline.pulled_edits import PulledEdits, Taken
from svreport.pipeline.pulled_remarks import Remarks
from svreport.publish.bundle import note_pulled
from svreport.publish.manifest import read_manifest
from svreport.publish.new_file import write_new
from svreport.publish.replacing import replace_file, set_aside
from svreport.review.snapshot import ItemKind, from_json
from svreport.word.digest import content_digest
from svreport.word.drafts.comments import without_comments
from svreport.word.drafts.returned import Draft, draft_code
from svreport.workbook.comments import Remark
from svreport.workbook.pulling import Changes, Written, write_changes

_CODE = re.compile(r"\b([0-9A-F]{4}-[0-9A-F]{4})\b")


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
        self._folder = folder
        self._stories = by_story(examined.submission)
        self._remarks = Remarks(examined.submission, self._stories)

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
                self._remarks.tell_rest(draft, likest)
            for each in said:
                self._remarks.tell_comment(each, draft)
        taking = PulledEdits(self._examined, self._stories, self._remarks)
        changes = taking.changes(merged(edits))
        return changes, taking.taken, write_changes(self._examined.path, changes)

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
