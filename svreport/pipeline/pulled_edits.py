"""The edits of drafts as changes of the workbook: cells written, rows added, cleared and moved, each told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from svreport.documents.drafts.edits import Kept
from svreport.documents.drafts.merging import Merged, Wish
from svreport.documents.text_cells import TextCell
from svreport.model.finding import Place
from svreport.model.references import reference_key
from svreport.pipeline.examining import Examined
from svreport.pipeline.pulled_remarks import Remarks
from svreport.workbook.pulling import Changes, RowEdits, fits, formulas_at

_TOO_LONG = "it is longer than a cell can be: share it among several rows"
_FORMULA = "a formula fills the cell, and keeps it"


@dataclass(frozen=True, slots=True)
class Taken:
    """One edit that went into the workbook: `kind` is `changed`, `added`, `deleted` or `moved`."""

    kind: str
    place: Place | None
    about: str
    before: str
    after: str
    draft: str


class PulledEdits:
    """Makes the changes of one workbook; `taken` tells each of them, and the remarks what could not be."""

    def __init__(
        self, examined: Examined, stories: Mapping[str, Sequence[TextCell]], remarks: Remarks
    ) -> None:
        self.taken: list[Taken] = []
        self._path = examined.path
        self._submission = examined.submission
        self._stories = stories
        self._remarks = remarks

    def changes(self, results: Iterable[Merged]) -> Changes:
        """What the workbook is to take, with every remark that there is by then."""
        results = list(results)
        texts: dict[Place, str] = {}
        rows: list[RowEdits] = []
        wanted = [
            result.cells[n].entry.place for result in results for n in (*result.written, *result.deleted)
        ]
        formulas = formulas_at(self._path, wanted) if wanted else set()
        for result in results:
            for each in result.kept:
                self._remarks.tell_kept(each)
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
                self._remarks.tell_lost(cell, wish)
            edited = self._rows(result)
            if edited is not None:
                rows.append(edited)
        return Changes(texts, rows, self._remarks.told)

    def _hold_back(self, result: Merged, formulas: set[Place]) -> None:
        """Leaves out what a cell cannot take, with its words told."""
        for wishes in (result.written, result.deleted):
            for number, wish in list(wishes.items()):
                cell = result.cells[number]
                text = wish.words.text if wish.words else ""
                why = _FORMULA if cell.entry.place in formulas else "" if fits(text) else _TOO_LONG
                if why:
                    del wishes[number]
                    self._remarks.tell_kept(
                        Kept(cell.about, cell, text or "(the text was deleted)", why, wish.drafts)
                    )
        for behind, inserted in result.inserted.items():
            for wish in inserted:
                if wish.words and not fits(wish.words.text):
                    about = result.cells[0].about
                    self._remarks.tell_kept(Kept(about, None, wish.words.text, _TOO_LONG, wish.drafts))
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
            self.taken.append(Taken("moved", first.entry.place, about, "", "", ""))
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
        self.taken.append(Taken(kind, place, about, before, after, wish.drafts))
