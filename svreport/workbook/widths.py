"""The widths of a sheet's columns, which a file states for runs of columns alike."""

from svreport.workbook import markup
from svreport.workbook.areas import LAST_COLUMN
from svreport.workbook.markup import Element


def col_of(root: Element, column: int) -> Element | None:
    """What a sheet says of a column, with its neighbours that are alike; None if nothing."""
    cols = markup.child(root, "cols")
    for each in () if cols is None else cols:
        if _number(each, "min") <= column <= _number(each, "max"):
            return each
    return None


def copy_width(root: Element, number: int, like: int) -> None:
    """Gives a column the width and the style of another; its neighbours keep theirs."""
    model = col_of(root, like)
    if model is None or number > LAST_COLUMN:
        return
    kept = _attributes(model)
    cols = markup.child_in_order(root, "cols", markup.SHEET_ORDER)
    there = col_of(root, number)
    if there is not None:
        for low, high in ((_number(there, "min"), number - 1), (number + 1, _number(there, "max"))):
            if low <= high:
                part = markup.new(cols, "col", **_attributes(there))
                part.set("min", str(low))
                part.set("max", str(high))
                there.addprevious(part)
        cols.remove(there)
    made = markup.new(cols, "col", **kept)
    made.set("min", str(number))
    made.set("max", str(number))
    cols.insert(sum(1 for each in cols if _number(each, "min") < number), made)


def _attributes(element: Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.items()}


def _number(element: Element, name: str) -> int:
    told = element.get(name, "").strip()
    return int(told) if told.isdecimal() and len(told) < 8 else 0
