"""The findings on the page: each beside the text, or under the heading, that it is about, and none twice."""

import re
from collections.abc import Iterable, Sequence

from svreport.documents.page.context import FindingNote
from svreport.documents.review_pack.reviewed import Reviewed
from svreport.documents.wording import sentence
from svreport.model import formats
from svreport.model.finding import Finding, Place, mark
from svreport.review.answers import mark_of

_QUOTED = re.compile("[“\"‘'](.+?)[”\"’']", re.DOTALL)
_LEAST = 4  # characters of a quotation that tell one paragraph from another


class Notes:
    """Gives each finding out once: by its cell, by its row, and at last those that are about no text."""

    def __init__(self, reviewed: Reviewed) -> None:
        answers = {each.finding: each.given for each in reviewed.answers.answered}
        self._notes: dict[Finding, FindingNote] = {}
        self._by_cell: dict[Place, list[Finding]] = {}
        self._by_row: dict[tuple[str, int], list[Finding]] = {}
        self._given: set[Finding] = set()
        for number, finding in enumerate(reviewed.findings, 1):
            given = answers.get(finding)
            self._notes[finding] = FindingNote(
                f"finding-{number}",
                "error" if finding.is_error else "answered" if given else "query",
                finding.code,
                finding.title,
                str(finding.place) or finding.form,
                finding.read,
                finding.expected,
                sentence(finding.mend),
                "" if finding.is_error else mark_of(finding),
                (given.answer.value or "") if given else "",
                ", ".join(
                    filter(None, (given.who.value, formats.day(given.date.value) if given.date.value else ""))
                )
                if given
                else "",
            )
            if finding.form:
                continue  # a form's cell, though a sheet of the workbook may have the same name
            self._by_cell.setdefault(finding.place, []).append(finding)
            self._by_row.setdefault((finding.place.sheet, finding.place.row), []).append(finding)

    def at(self, place: Place, texts: Sequence[str]) -> tuple[tuple[FindingNote, ...], ...]:
        """The findings at a cell, for each of its paragraphs those that quote it; the others go with the first."""
        sorted_out: list[list[FindingNote]] = [[] for _ in texts]
        plain = [_plain(text) for text in texts]
        for finding in self._take(self._by_cell.get(place, ())):
            position = next((at for at, text in enumerate(plain) if _quotes(finding, text)), 0)
            sorted_out[position].append(self._notes[finding])
        return tuple(map(tuple, sorted_out))

    def in_row(self, place: Place) -> tuple[FindingNote, ...]:
        """The findings in the row of a cell that were not given out yet."""
        return tuple(self._notes[each] for each in self._take(self._by_row.get((place.sheet, place.row), ())))

    def rest(self) -> tuple[FindingNote, ...]:
        """The findings that are about no text of the page."""
        return tuple(self._notes[each] for each in self._take(self._notes))

    def _take(self, findings: Iterable[Finding]) -> list[Finding]:
        taken = [each for each in findings if each not in self._given]
        self._given.update(taken)
        return taken


def _quotes(finding: Finding, text: str) -> bool:
    """True where the finding's words, those it puts between quotation marks, or its mark stand in the text."""
    if mark(finding.code, finding.place) in text:
        return True
    whole = [piece for quoted in _QUOTED.findall(finding.read) for piece in re.split(r"\s*…\s*", quoted)]
    pieces = [_plain(each) for each in (*whole, finding.read)]
    return any(len(each) >= _LEAST and each in text for each in pieces)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
