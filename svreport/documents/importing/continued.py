"""Tables that went on in a second and third one, because they were too wide, as the one that they are."""

from collections.abc import Callable, Iterator, Sequence

from svreport.narrative.blocks import Block, Cell, Paragraph, Table, text_of_runs


def joined(blocks: Sequence[Block], wanted: Callable[[Table], bool]) -> Iterator[Block]:
    """The blocks, where a table, `title, continued` and a table with the same title and rows are one table.

    They stay as they were where the one table is not `wanted`: it may be too wide to be printed.
    """
    at = 0
    while at < len(blocks):
        begun, at = at, at + 1
        whole = blocks[begun]
        while isinstance(whole, Table) and (further := _further(whole, blocks[at : at + 2])):
            whole = _beside(whole, further)
            at += 2
        if isinstance(whole, Table) and wanted(whole):
            yield whole
        else:
            yield from blocks[begun:at]


def _further(table: Table, following: Sequence[Block]) -> Table | None:
    """The table that goes on with this one, if the next two blocks are the words that say so and it."""
    match following:
        case [Paragraph(runs=runs), Table() as further]:
            title = _text(table.header[0])
            words = f"{title}, continued" if title else "Continued"
            is_same = text_of_runs(runs).strip() == words and _first_column(table) == _first_column(further)
            return further if is_same else None
    return None


def _beside(table: Table, further: Table) -> Table:
    rows = tuple((*row, *more[1:]) for row, more in zip(table.rows, further.rows, strict=True))
    return Table((*table.header, *further.header[1:]), rows, table.row_headings)


def _first_column(table: Table) -> list[str]:
    return [_text(row[0]) for row in (table.header, *table.rows)]


def _text(cell: Cell) -> str:
    return text_of_runs(cell.runs).strip()
