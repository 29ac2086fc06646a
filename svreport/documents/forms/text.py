"""A text's blocks as the plain text of a form's cell: a line for each paragraph, list item and row of a table."""

from collections.abc import Iterator

from svreport.narrative.blocks import Block, List, ListKind, Paragraph, Table, text_of_runs

_ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()
_INDENT = "  "


def plain_text(blocks: tuple[Block, ...]) -> str:
    """Without pictures, which a cell cannot hold."""
    return "\n".join(_lines(blocks, ""))


def _lines(blocks: tuple[Block, ...], indent: str) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from (f"{indent}{line}" for line in text_of_runs(block.runs).split("\n"))
        elif isinstance(block, List):
            yield from _items(block, indent)
        elif isinstance(block, Table):
            for row in (block.header, *block.rows):
                yield indent + " | ".join(text_of_runs(cell.runs) for cell in row)


def _items(block: List, indent: str) -> Iterator[str]:
    for number, item in enumerate(block.items, block.start):
        first, *rest = list(_lines(item.blocks, "")) or [""]
        yield f"{indent}{_sign(block, number)} {first}"
        yield from (f"{indent}{_INDENT}{line}" for line in rest)


def _sign(block: List, number: int) -> str:
    if block.kind is ListKind.BULLET:
        return "•"
    told = str(number)
    if block.kind is ListKind.LETTER:
        told = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif block.kind is ListKind.ROMAN and number <= len(_ROMAN):
        told = _ROMAN[number - 1]
    told = told.upper() if block.upper else told
    return f"({told})" if block.closing == "()" else f"{told}{block.closing}"
