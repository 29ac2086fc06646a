"""Tables as people type them: cells between `|`, and a line of dashes under the heading row."""

import re
from collections.abc import Sequence

from svreport.narrative.blocks import Cell, Table, text_of_runs
from svreport.narrative.inline import Inline

_BAR = re.compile(r"(?<!\\)\|")
_DASHES = re.compile(r":?[-–—]+:?")
_NUMBER = re.compile(r"[(+\-−–]?\s*£?\s*[0-9][0-9,]*(\.[0-9]+)?\s*(%|m|k|bn)?\)?")

# The most columns that Word allows; a wider one stays text.
_MOST_COLUMNS = 63
# A few typed bars must not grow into a great many empty cells.
_MOST_PADDED, _MOST_WIDENED = 1_000, 16


def lines_of_table(lines: Sequence[str], at: int) -> int:
    """How many lines from `at` on are a table: its heading row, the dashes under it and its rows; 0 for none.

    It ends before a row that is too wide for Word, or that would make it mostly empty cells.
    """
    if "|" not in lines[at] or at + 1 >= len(lines) or not _is_dashes(lines[at + 1]):
        return 0
    width = typed = len(_cells(lines[at]))
    if width > _MOST_COLUMNS:
        return 0
    end = at + 2
    while end < len(lines) and "|" in lines[end]:
        cells = len(_cells(lines[end]))
        width, typed = max(width, cells), typed + cells
        if width > _MOST_COLUMNS or width * (end - at) > _MOST_PADDED + _MOST_WIDENED * typed:
            break
        end += 1
    return end - at


def table_of(lines: Sequence[str], inline: Inline) -> Table:
    """The table of these lines, every row as wide as the widest: a cell too many is kept, one too few is empty.

    A column is numeric where its dashes end in `:` on the right only, or where all that its cells hold are numbers.
    """
    header, *rows = _rows([lines[0], *lines[2:]])
    dashes = _cells(lines[1])
    width = max(len(header), *map(len, rows)) if rows else len(header)
    header_runs, *body = [
        [inline.runs(typed) for typed in row + [""] * (width - len(row))] for row in (header, *rows)
    ]
    numeric = []
    for column in range(width):
        told = dashes[column] if column < len(dashes) else ""
        texts = [text for row in body if (text := text_of_runs(row[column]).strip())]
        counted = bool(texts) and all(_NUMBER.fullmatch(text) for text in texts)
        numeric.append(told.endswith(":") and not told.startswith(":") if ":" in told else counted)
    made = [tuple(map(Cell, runs, numeric)) for runs in (header_runs, *body)]
    return Table(made[0], tuple(made[1:]))


def _is_dashes(line: str) -> bool:
    return "|" in line and all(_DASHES.fullmatch(cell) for cell in _cells(line))


def _rows(lines: Sequence[str]) -> list[list[str]]:
    return [_cells(line) for line in lines]


def _cells(line: str) -> list[str]:
    cells = [cell.strip(" \t") for cell in _BAR.split(line.strip(" \t"))]
    if len(cells) > 1 and not cells[0]:
        del cells[0]
    if len(cells) > 1 and not cells[-1]:
        del cells[-1]
    return cells
