"""Blocks as HTML, with each number of the account marked where it stands; every word of the workbook is escaped."""

import base64
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from markupsafe import Markup, escape

from svreport.narrative.blocks import Block, Cell, List, ListKind, Paragraph, Picture, Run, Table
from svreport.word.writing import safe_address

_BREAK = Markup("<br>")
_CLOSINGS = {".": "", ")": "-bracket", "()": "-brackets"}
_KINDS = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class MarkedNumber:
    """A number in a paragraph or table cell (`passage`, counted in reading order) of a text, from `start` to `end`."""

    id: str
    at: str
    status: str
    passage: int
    start: int
    end: int


@dataclass(slots=True)
class Pictures:
    """The pictures that a page holds already: one that is placed again is led back to, not stored again."""

    placed: dict[str, str] = field(default_factory=dict)

    def html(self, picture: Picture) -> Markup:
        digest = sha256(picture.data).hexdigest()
        known = self.placed.get(digest)
        if known:
            return Markup('<p>The picture <a href="#{}">{}</a> stands here again.</p>').format(
                known, picture.name
            )
        self.placed[digest] = number = f"picture-{len(self.placed) + 1}"
        kind = next((kind for start, kind in _KINDS.items() if picture.data.startswith(start)), "")
        source = f"data:{kind};base64,{base64.b64encode(picture.data).decode()}"
        return Markup('<figure id="{}"><img src="{}" alt="{}" width="{}" height="{}"></figure>').format(
            number, source, picture.alt_text, picture.width, picture.height
        )


class BlockWriter:
    """Writes the blocks of one text in order; paragraphs and cells are counted as the account counts them."""

    def __init__(self, numbers: Iterable[MarkedNumber], pictures: Pictures) -> None:
        self._numbers: dict[int, list[MarkedNumber]] = {}
        for number in numbers:
            self._numbers.setdefault(number.passage, []).append(number)
        self._pictures = pictures
        self._passage = 0

    def html(self, blocks: Iterable[Block]) -> Markup:
        return Markup("\n").join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> Markup:
        match block:
            case Paragraph():
                return Markup("<p>{}</p>").format(self._runs(block.runs))
            case List():
                return self._list(block)
            case Table():
                return self._table(block)
            case Picture():
                return self._pictures.html(block)

    def _list(self, block: List) -> Markup:
        items = Markup("").join(Markup("<li>{}</li>").format(self.html(item.blocks)) for item in block.items)
        if block.kind is ListKind.BULLET:
            return Markup("<ul>{}</ul>").format(items)
        style = ("upper-" if block.upper else "") + block.kind.value + _CLOSINGS.get(block.closing, "")
        return Markup('<ol class="{}" start="{}">{}</ol>').format(style, block.start, items)

    def _table(self, table: Table) -> Markup:
        head = self._row(table.header, Markup('<th scope="col"{}>{}</th>'), 0)
        heads = 1 if table.row_headings else 0
        rows = Markup("").join(self._row(row, Markup("<td{}>{}</td>"), heads) for row in table.rows)
        return Markup(
            '<div class="wide" role="group" aria-label="Table" tabindex="0"><table><thead>{}</thead>'
            "<tbody>{}</tbody></table></div>"
        ).format(head, rows)

    def _row(self, cells: Sequence[Cell], cell: Markup, heads: int) -> Markup:
        made = Markup("")
        for position, each in enumerate(cells):
            words = self._runs(each.runs)
            shape = Markup('<th scope="row"{}>{}</th>') if position < heads else cell
            if not words.strip():
                shape = Markup("<td{}>{}</td>")
            made += shape.format(Markup(' class="numeric"') if each.numeric else "", words)
        return Markup("<tr>{}</tr>").format(made)

    def _runs(self, runs: Sequence[Run]) -> Markup:
        """A paragraph's words; a number that lies over several runs is one mark."""
        numbers = self._numbers.get(self._passage, [])
        self._passage += 1
        made, waiting, held = Markup(""), list(numbers), Markup("")
        for start, end, run in _pieces(runs, numbers):
            number = waiting[0] if waiting and waiting[0].start <= start < waiting[0].end else None
            if number is None:
                made += _styled(run, linked=True)
                continue
            held += _styled(run, linked=False)
            if end >= number.end:
                made += _marked(number, held)
                held = Markup("")
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


def _styled(run: Run, *, linked: bool) -> Markup:
    words = _BREAK.join(escape(line) for line in run.text.split("\n"))
    if run.mark:
        return Markup('<strong class="fault">{}</strong>').format(words)
    if run.bold:
        words = Markup("<strong>{}</strong>").format(words)
    if run.italic:
        words = Markup("<em>{}</em>").format(words)
    address = safe_address(run.link) if run.link and linked else None
    return Markup('<a href="{}" rel="noreferrer">{}</a>').format(address, words) if address else words


def _marked(number: MarkedNumber, words: Markup) -> Markup:
    return Markup('<a class="number {}" id="{}" href="#{}" aria-describedby="{}-told">{}</a>').format(
        number.status, number.at, number.id, number.id, words
    )
