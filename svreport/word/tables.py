"""Tables: a marked heading row, columns as wide as what stands in them, and a second table where one is too wide."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from svreport.narrative.blocks import Cell, Run, Table
from svreport.word.bookmarks import bookmark
from svreport.word.marks import TABLE
from svreport.word.markup import Element, add, find, find_all, make, name, put, value
from svreport.word.paragraphs import add_runs, paragraph_of, properties_of
from svreport.word.styles import DATA_TABLE, TABLE_HEADING, TABLE_TEXT, Styles

if TYPE_CHECKING:
    from svreport.word.writing import Spot

_MARGIN = 85  # twips on the left and right of a cell: 1.5 mm
_BORDER = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "767676"}
_HEADING_FILL = "E6ECF2"
_WIDEST = 440  # a line's width, in twips for each point of its letters, beyond which it may as well wrap
_NARROW = "ijlftr.,:;!'’|()[] -/"
_WIDE = "mwMW%@—"
_PERIOD = 8  # characters of a heading that stays on one line: `Apr '24`, `2024-25`
_GAP = 120  # twips between a table and what stands under it


def table_elements(table: Table, spot: "Spot") -> list[Element]:
    """The table, gone on in a second and third one under its own heading column where it is too wide."""
    size = spot.styles.look(spot.style_for(TABLE_TEXT)).size
    least = [_least(column, size) for column in _columns(table)]
    elements: list[Element] = []
    for columns in _portions(table, least, spot.width):
        if elements:
            elements.append(_continued(table, spot))
        part = _only(table, columns)
        widths = _widths(part, [least[at] for at in columns], size, spot.width)
        elements.append(_table(part, widths, spot))
    return elements


def _columns(table: Table) -> list[tuple[Cell, ...]]:
    return list(zip(table.header, *table.rows, strict=True))


def _least(column: Sequence[Cell], size: float) -> float:
    """The width in which no word of the column is broken."""
    heading = _text(column[0])
    words = [word for cell in column for word in _text(cell).split()]
    if column[0].numeric and len(heading) <= _PERIOD:
        words.append(heading)
    return max((_width(word, size) for word in words), default=size) + 2 * _MARGIN


def _width(text: str, size: float) -> float:
    """About how wide a text is, in twips, in bold letters like Arial's of this many points."""
    ems = sum(
        0.31 if letter in _NARROW else 0.86 if letter in _WIDE else 0.72 if letter.isupper() else 0.58
        for letter in text
    )
    return ems * size * 20


def _text(cell: Cell) -> str:
    return "".join(run.text for run in cell.runs)


def _portions(table: Table, least: list[float], width: int) -> list[list[int]]:
    """Which columns stand in which table; only a table whose first column names its rows can go on in another."""
    every = list(range(len(least)))
    if not table.row_headings or sum(least) <= width or len(least) < 3:
        return [every]
    widest = max(least[1:])
    fitting = max(int((width - least[0]) // widest), 1)
    tables = -(-(len(least) - 1) // fitting)
    each, more = divmod(len(least) - 1, tables)
    portions, at = [], 1
    for number in range(tables):
        count = each + (number < more)
        portions.append([0, *range(at, at + count)])
        at += count
    return portions


def _only(table: Table, columns: list[int]) -> Table:
    rows = tuple(tuple(row[at] for at in columns) for row in table.rows)
    return Table(tuple(table.header[at] for at in columns), rows, table.row_headings)


def _continued(table: Table, spot: "Spot") -> Element:
    """The words between two tables that are one: Word would join tables with nothing between them."""
    paragraph = paragraph_of(spot, spot.text_style, keep_next=True, before=_GAP)
    title = _text(table.header[0]).strip()
    add_runs(paragraph, [Run(f"{title}, continued" if title else "Continued")], spot)
    return paragraph


def _widths(table: Table, least: list[float], size: float, width: int) -> list[int]:
    """Each column's width in twips, together the width of the place: as its lines are long, and never below its words
    where there is room for all of them; else the widest words are broken.
    """
    longest = (max(_longest_line(cell, size) for cell in column) for column in _columns(table))
    most = _WIDEST * size
    wanted = [max(low, min(each, most) + 2 * _MARGIN) for low, each in zip(least, longest, strict=True)]
    if sum(least) >= width:
        most_of_one = _cap(least, width)
        exact = [min(low, most_of_one) for low in least]
    elif sum(wanted) <= width:
        exact = [width * each / sum(wanted) for each in wanted]
    else:
        share = (width - sum(least)) / (sum(wanted) - sum(least))
        exact = [low + share * (each - low) for low, each in zip(least, wanted, strict=True)]
    rounded = [max(int(each), 1) for each in exact]
    rounded[-1] += max(width - sum(rounded), 0)
    return rounded


def _cap(least: Sequence[float], width: float) -> float:
    """The most that one column may have, so that the others have what they need."""
    left = width
    for number, low in enumerate(sorted(least)):
        share = left / (len(least) - number)
        if low > share:
            return share
        left -= low
    return width


def _longest_line(cell: Cell, size: float) -> float:
    return max(_width(line, size) for line in _text(cell).split("\n"))


def _table(table: Table, widths: list[int], spot: "Spot") -> Element:
    made = make("w:tbl")
    style = spot.styles.find(DATA_TABLE, "table")
    shaded = _add_properties(made, sum(widths), style, spot, row_headings=table.row_headings)
    grid = add(made, "w:tblGrid")
    for width in widths:
        add(grid, "w:gridCol", {"w:w": str(width)})
    _add_row(made, table.header, widths, spot, heading=True, fill=None if shaded else _HEADING_FILL)
    for row in table.rows:
        _add_row(made, row, widths, spot, row_heading=table.row_headings)
    bookmark([next(made.iter(name("w:p")))], TABLE)
    return made


def _add_properties(
    table: Element, width: int, style: str | None, spot: "Spot", *, row_headings: bool
) -> bool:
    """The table's properties; True where its style shades the heading row."""
    properties = add(table, "w:tblPr")
    if style is not None:
        add(properties, "w:tblStyle", {"w:val": style})
    add(properties, "w:tblW", {"w:w": str(width), "w:type": "dxa"})
    if spot.indent:
        add(properties, "w:tblInd", {"w:w": str(spot.indent), "w:type": "dxa"})
    if not _style_draws(spot.styles, style, "w:tblPr/w:tblBorders"):
        borders = add(properties, "w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            add(borders, f"w:{side}", _BORDER)
    add(properties, "w:tblLayout", {"w:type": "fixed"})
    margins = add(properties, "w:tblCellMar")
    for side in ("left", "right"):
        add(margins, f"w:{side}", {"w:w": str(_MARGIN), "w:type": "dxa"})
    first_column = "1" if row_headings else "0"
    bits = 0x0020 + 0x0400 + (0x0080 if row_headings else 0)
    add(
        properties,
        "w:tblLook",
        {
            "w:val": f"{bits:04X}",
            "w:firstRow": "1",
            "w:lastRow": "0",
            "w:firstColumn": first_column,
            "w:lastColumn": "0",
            "w:noHBand": "0",
            "w:noVBand": "1",
        },
    )
    return any(
        value(each, "w:tcPr/w:shd", "w:fill") not in (None, "auto")
        for chained in spot.styles.chain(style)
        for each in find_all(chained, "w:tblStylePr")
        if each.get(name("w:type")) == "firstRow"
    )


def _style_draws(styles: Styles, style: str | None, path: str) -> bool:
    return any(find(each, path) is not None for each in styles.chain(style))


def _add_row(
    table: Element,
    cells: Sequence[Cell],
    widths: list[int],
    spot: "Spot",
    *,
    heading: bool = False,
    row_heading: bool = False,
    fill: str | None = None,
) -> None:
    row = add(table, "w:tr")
    if heading:
        properties = add(row, "w:trPr")
        add(properties, "w:cantSplit")
        add(properties, "w:tblHeader")
    inside = spot.in_table()
    for at, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        names_row = row_heading and at == 0
        made = add(row, "w:tc")
        about = add(made, "w:tcPr")
        add(about, "w:tcW", {"w:w": str(width), "w:type": "dxa"})
        if fill is not None:
            add(about, "w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": fill})
        style = spot.style_for(TABLE_HEADING if heading and spot.styles.find(TABLE_HEADING) else TABLE_TEXT)
        paragraph = paragraph_of(inside, style, keep_next=heading)
        if cell.numeric:
            put(properties_of(paragraph), "w:jc", {"w:val": "right"})
        add_runs(paragraph, cell.runs, inside, bold=heading or names_row)
        made.append(paragraph)
