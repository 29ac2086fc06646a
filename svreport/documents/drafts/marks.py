"""The marks by which a draft knows the cells of its texts again."""

from svreport.documents.text_cells import text_cells
from svreport.documents.texts import Texts
from svreport.model.entry import Entry
from svreport.model.submission import Submission
from svreport.word.fields import Rich


class DraftMarks:
    """The names of the marks, by the cell or by what a text is about."""

    def __init__(self, submission: Submission) -> None:
        cells = text_cells(submission)
        self._by_place = {each.entry.place: each.mark.name for each in cells}
        self._empty = {each.key: each.mark.name for each in cells if not each.entry.place.row}

    def of(self, entry: Entry[str]) -> str:
        return self._by_place.get(entry.place, "")

    def of_empty(self, key: str) -> tuple[tuple[str, int], ...]:
        """The mark of a story that has no cell yet."""
        return ((self._empty[key], 0),) if key in self._empty else ()

    def text(self, entry: Entry[str], texts: Texts) -> Rich:
        """A cell's text with its mark around it."""
        blocks = texts.of(entry)
        mark = self.of(entry)
        return Rich(blocks, marks=((mark, len(blocks)),) if mark else ())
