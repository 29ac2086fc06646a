"""What reviewers said in drafts, and words of theirs that the workbook does not take: each beside its cell."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from svreport.documents.drafts.edits import Kept
from svreport.documents.drafts.merging import Wish
from svreport.documents.plain_cells import PlainCell, cell_in, level_cell, place_named_in, plain_cells
from svreport.documents.text_cells import TextCell
from svreport.model.finding import Place
from svreport.model.submission import Submission
from svreport.word.drafts.comments import DraftComment
from svreport.word.drafts.returned import Draft
from svreport.workbook.comments import Remark

COMMENT, REPLY, CONFLICT, NOT_TAKEN, LEVEL, FIGURE = (
    "Comment",
    "Reply",
    "Conflict",
    "Not taken",
    "Level",
    "Figure",
)


class Remarks:
    """Collects the remarks on one return: `told` holds them in the order in which they were found."""

    def __init__(self, submission: Submission, stories: Mapping[str, Sequence[TextCell]]) -> None:
        self.told: list[Remark] = []
        self._submission = submission
        self._stories = stories
        self._plain = plain_cells(submission)

    def tell_lost(self, cell: TextCell, wish: Wish) -> None:
        """Figures of a text that are plain text in the draft now."""
        for written in wish.words.lost if wish.words else ():
            text = (
                f"The figure {written} does not stand in the draft as it was printed: what is there is plain text now. "
                f"Put the figure back if the number should follow the workbook, or change the workbook's."
            )
            self.told.append(
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

    def tell_kept(self, kept: Kept) -> None:
        """Words that the workbook does not take, with the reason."""
        place = kept.cell.entry.place if kept.cell is not None and kept.cell.entry.place.row else None
        kind = CONFLICT if kept.is_conflict else NOT_TAKEN
        about = kept.cell.about if kept.cell is not None else kept.about
        why = f"{kept.why[0].upper()}{kept.why[1:]}."
        self.told.append(Remark(place, about, kind, "", "", kept.words, why, kept.draft))

    def tell_rest(self, draft: Draft, built: Draft | None) -> None:
        """Levels, fixed words and paragraphs elsewhere that were changed: told with their words, not taken."""
        for level in draft.levels:
            cell = level_cell(self._submission, level.mark.key, level.mark.order)
            now = f"; the workbook says {cell.words}" if cell and cell.words else ""
            said = level.words or "no level"
            text = f"The draft says {said} here{now}. Choose the level in the cell if that is agreed."
            self.told.append(self._plain_remark(LEVEL, cell, level.words, text, draft))
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
            self.told.append(self._plain_remark(NOT_TAKEN, cell, words, text, draft))
        for words in draft.asides(built) if built is not None else ():
            text = "It stands in a header, footer or note: change it in the template if that is agreed."
            self.told.append(Remark(None, "", NOT_TAKEN, "", "", words, text, draft.name))
        for words in draft.strays:
            text = "It was put in where no text of the workbook stands: put it where it belongs."
            self.told.append(Remark(None, "", NOT_TAKEN, "", "", words, text, draft.name))

    @staticmethod
    def _plain_remark(kind: str, cell: PlainCell | None, words: str, text: str, draft: Draft) -> Remark:
        place, about = (cell.place, cell.about) if cell else (None, "")
        return Remark(place, about, kind, "", "", words, text, draft.name)

    def tell_comment(self, comment: DraftComment, draft: Draft) -> None:
        """A reviewer's comment, or the reply to one."""
        place, about = self._cell_of(comment)
        kind = REPLY if comment.reply_to else COMMENT
        self.told.append(
            Remark(place, about, kind, comment.author, comment.date, comment.words, comment.text, draft.name)
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
