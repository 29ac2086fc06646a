"""How much room a place in a document leaves, as its template is laid out."""

from dataclasses import dataclass

from svreport.word.markup import Element, ancestor, find, find_all, name, value
from svreport.word.writing import Writing

_A4_LANDSCAPE = (16838, 11906)
_USUAL_CELL_MARGIN = 108  # Word's own, in twips
_SHARE_OF_PAGE = (
    0.85  # of the page's height that a picture may take, so that its heading row and words fit too
)


@dataclass(frozen=True, slots=True)
class Room:
    """In twips."""

    width: int
    height: int


def room_at(writing: Writing, paragraph: Element) -> Room:
    """The room inside the cell that holds a paragraph, or between the page's margins."""
    page = _page(writing, paragraph)
    cell = ancestor(paragraph, "w:tc", "w:txbxContent")
    width = page.width
    if cell is not None:
        width = _cell_width(writing, cell, page.width) if cell.tag == name("w:tc") else page.width // 3
    width -= _twips(value(paragraph, "w:pPr/w:ind", "w:left")) + _twips(
        value(paragraph, "w:pPr/w:ind", "w:right")
    )
    return Room(max(width, 567), page.height)


def _page(writing: Writing, paragraph: Element) -> Room:
    section = _section(writing, paragraph)
    if section not in writing.pages:
        writing.pages[section] = _room_of(section)
    return Room(*writing.pages[section])


def _room_of(section: Element | None) -> tuple[int, int]:
    """The width and height between the margins of a section's pages."""
    wide = _twips(value(section, "w:pgSz", "w:w"), _A4_LANDSCAPE[0])
    high = _twips(value(section, "w:pgSz", "w:h"), _A4_LANDSCAPE[1])
    margins = {
        side: _twips(value(section, "w:pgMar", f"w:{side}"), 1134)
        for side in ("left", "right", "top", "bottom")
    }
    columns = max(_twips(value(section, "w:cols", "w:num"), 1), 1)
    gaps = (columns - 1) * _twips(value(section, "w:cols", "w:space"), 720)
    width = (wide - margins["left"] - margins["right"] - gaps) // columns
    height = int((high - margins["top"] - abs(margins["bottom"])) * _SHARE_OF_PAGE)
    return max(width, 567), max(height, 567)


def _section(writing: Writing, paragraph: Element) -> Element | None:
    """The section that a paragraph stands in; for one in a header, the last of the file."""
    body = writing.archive.body
    top = paragraph
    while (parent := top.getparent()) is not None and parent is not body:
        top = parent
    return writing.sections.get(top) if parent is body else find(body, "w:sectPr")


def _cell_width(writing: Writing, cell: Element, most: int) -> int:
    row, table = cell.getparent(), ancestor(cell, "w:tbl")
    if row is None or table is None:
        return most
    grid = [_twips(each.get(name("w:w"))) for each in find_all(table, "w:tblGrid/w:gridCol")]
    before = _twips(value(row, "w:trPr/w:gridBefore"))
    span = 1
    for each in find_all(row, "w:tc"):
        span = max(_twips(value(each, "w:tcPr/w:gridSpan"), 1), 1)
        if each is cell:
            break
        before += span
    width = sum(grid[before : before + span])
    if value(cell, "w:tcPr/w:tcW", "w:type") == "dxa":
        told = _twips(value(cell, "w:tcPr/w:tcW", "w:w")) or width
        width = min(width or told, told)  # Word goes by the one, LibreOffice by the other
    return (width or most) - _margins(writing, cell, table)


def _margins(writing: Writing, cell: Element, table: Element) -> int:
    """What the cell keeps free on its left and right: its own, else the table's, else its style's, else Word's."""
    own = find(cell, "w:tcPr/w:tcMar")
    if own is None and table in writing.margins:
        return writing.margins[table]
    layers = [own, find(table, "w:tblPr/w:tblCellMar")]
    style = value(table, "w:tblPr/w:tblStyle") or writing.styles.default("table")
    layers += [find(each, "w:tblPr/w:tblCellMar") for each in writing.styles.chain(style)]
    total = 0
    for side, other in (("w:left", "w:start"), ("w:right", "w:end")):
        told = (value(layer, side, "w:w") or value(layer, other, "w:w") for layer in layers)
        total += next((_twips(each) for each in told if each is not None), _USUAL_CELL_MARGIN)
    if own is None:
        writing.margins[table] = total
    return total


def _twips(told: str | None, otherwise: int = 0) -> int:
    """A measure that Word or LibreOffice wrote; some write decimals."""
    try:
        return int(float(told)) if told is not None else otherwise
    except ValueError:
        return otherwise
