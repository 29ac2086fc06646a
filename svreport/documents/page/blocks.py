"""Blocks as HTML, with each number of the account marked where it stands; every word of the workbook is escaped."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from svreport.documents.page.pictures import Pictures
from svreport.narrative.blocks import Block, Cell, List, ListKind, Paragraph, Picture, Run, Table
from svreport.word.writing import safe_address

_CLOSINGS = {".": "", ")": "-bracket", "()": "-brackets"}


@dataclass(frozen=True, slots=True)
class MarkedNumber:
    """A number in a paragraph or table cell (`passage`, counted in reading order) of a text, from `start` to `end`."""

    id: str
    at: str
    status: str
    passage: int
    start: int
    end: int


class BlockWriter:
    """Writes the blocks of one text in order; paragraphs and cells are counted as the account counts them."""

    def __init__(self, numbers: Iterable[MarkedNumber], pictures: Pictures) -> None:
        self._numbers: dict[int, list[MarkedNumber]] = {}
        for number in numbers:
            self._numbers.setdefault(number.passage, []).append(number)
        self._pictures = pictures
        self._passage = 0

    def html(self, blocks: Iterable[Block]) -> Markup:
        return Markup(self._blocks(blocks))  # noqa: S704 — every word in it is escaped

    def _blocks(self, blocks: Iterable[Block]) -> str:
        return "\n".join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return f"<p>{self._runs(block.runs)}</p>"
            case List():
                return self._list(block)
            case Table():
                return self._table(block)
            case Picture():
                return self._pictures.html(block)

    def _list(self, block: List) -> str:
        items = "".join(f"<li>{self._blocks(item.blocks)}</li>" for item in block.items)
        if block.kind is ListKind.BULLET:
            return f"<ul>{items}</ul>"
        style = ("upper-" if block.upper else "") + block.kind.value + _CLOSINGS.get(block.closing, "")
        return f'<ol class="{style}" start="{block.start}">{items}</ol>'

    def _table(self, table: Table) -> str:
        head = self._row(table.header, "col", len(table.header))
        heads = 1 if table.row_headings else 0
        rows = "".join(self._row(row, "row", heads) for row in table.rows)
        return (
            '<div class="wide" role="group" aria-label="Table" tabindex="0"><table>'
            f"<thead>{head}</thead><tbody>{rows}</tbody></table></div>"
        )

    def _row(self, cells: Sequence[Cell], scope: str, heads: int) -> str:
        """A row whose first cells are headings of this scope, where they hold words."""
        made = ""
        for position, each in enumerate(cells):
            words = self._runs(each.runs)
            numeric = ' class="numeric"' if each.numeric else ""
            if position < heads and words.strip():
                made += f'<th scope="{scope}"{numeric}>{words}</th>'
            else:
                made += f"<td{numeric}>{words}</td>"
        return f"<tr>{made}</tr>"

    def _runs(self, runs: Sequence[Run]) -> str:
        """A paragraph's words; a number that lies over several runs is one mark."""
        numbers = self._numbers.get(self._passage, [])
        self._passage += 1
        made, waiting, held = "", list(numbers), ""
        for start, end, run in _pieces(runs, numbers):
            number = waiting[0] if waiting and waiting[0].start <= start < waiting[0].end else None
            if number is None:
                made += _styled(run, linked=True)
                continue
            held += _styled(run, linked=False)
            if end >= number.end:
                made += _marked(number, held)
                held = ""
                waiting.pop(0)
        return made + held


def _pieces(runs: Sequence[Run], numbers: Sequence[MarkedNumber]) -> Iterator[tuple[int, int, Run]]:
    """The runs cut where a number starts or ends, each with where it stands in the paragraph."""
    cuts = sorted({edge for number in numbers for edge in (number.start, number.end)})
    at = position = 0
    for run in runs:
        end = at + len(run.text)
        while cuts[position:] and cuts[position] <= at:
            position += 1
        start = at
        while position < len(cuts) and cuts[position] < end:
            yield start, cuts[position], _part(run, start - at, cuts[position] - at)
            start = cuts[position]
            position += 1
        if start < end:
            yield start, end, _part(run, start - at, end - at)
        at = end


def _part(run: Run, start: int, end: int) -> Run:
    return Run(run.text[start:end], run.bold, run.italic, run.link, run.figure, run.mark)


def _styled(run: Run, *, linked: bool) -> str:
    words = str(escape(run.text)).replace("\n", "<br>")
    if run.mark:
        return f'<strong class="fault">{words}</strong>'
    if run.bold:
        words = f"<strong>{words}</strong>"
    if run.italic:
        words = f"<em>{words}</em>"
    address = safe_address(run.link) if run.link and linked else None
    return f'<a href="{escape(address)}" rel="noreferrer">{words}</a>' if address else words


def _marked(number: MarkedNumber, words: str) -> str:
    return (
        f'<a class="number {escape(number.status)}" id="{escape(number.at)}" href="#{escape(number.id)}" '
        f'aria-describedby="{escape(number.id)}-told">{words}</a>'
    )
