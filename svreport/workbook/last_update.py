"""The sheet that shows what was written last time beside the cells for this time's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from svreport.model import names
from svreport.model.finding import Place
from svreport.workbook.book import SheetCells
from svreport.workbook.editing.looks import Look
from svreport.workbook.editing.new_sheet import NewCell, NewSheet, quoted
from svreport.workbook.layout import HEADING_ROW

NAME = "Last update"
_HEADINGS = ("Sheet", "What", "Last time", "Write it in", "This time")
_WIDTHS = (14, 26, 78, 18, 60)
_TO_WRITE = "to be written"


@dataclass(frozen=True, slots=True)
class Carried:
    """Something written last time: what it was about, how it read, and the cell where this time's goes; `is_text` is
    False for what a formula could not show as it reads, such as a date.
    """

    what: str
    last: str
    place: Place
    is_text: bool = True


def last_update_sheet(name: str, update: str, carried: Sequence[Carried]) -> NewSheet:
    """The sheet, locked without a password; `update` names last time's, as `Update 2 (August) of 2024-25`."""
    guidance = f"What was written for {update}, to read while writing. Nothing here gets into the documents."
    rows = [
        [NewCell(NAME, Look.TITLE)],
        [NewCell(guidance, Look.GUIDANCE)],
        [NewCell(heading, Look.HEADING) for heading in _HEADINGS],
        *(_row(each) for each in carried),
    ]
    return NewSheet(name, _WIDTHS, rows, HEADING_ROW, locked=True)


def _row(carried: Carried) -> list[NewCell]:
    place = carried.place
    cell = f"{quoted(place.sheet)}!{place.cell}"
    written = cell if carried.is_text else '"written"'
    return [
        NewCell(place.sheet, Look.QUIET),
        NewCell(carried.what, Look.QUIET),
        NewCell(carried.last, Look.QUIET),
        NewCell(str(place), Look.LINK, leads_to=place),
        NewCell(_TO_WRITE, Look.QUIET, formula=f'IF({cell}="","{_TO_WRITE}",{written})'),
    ]


def is_made(sheet: SheetCells) -> bool:
    """Whether a sheet is one that was made here, rather than a person's own of that name."""
    title, headings = sheet.rows.get(1, {}), sheet.rows.get(HEADING_ROW, {})
    if 1 not in title or title[1].text != NAME:
        return False
    return tuple(headings[column].text for column in sorted(headings)) == _HEADINGS


def free_name(sheets: Sequence[str]) -> str:
    """`Last update`, with a number behind it where a person's own sheet is called so."""
    taken = {names.key(each) for each in sheets}
    number = 2
    name = NAME
    while names.key(name) in taken:
        name = f"{re.sub(r' [(][0-9]+[)]$', '', name)} ({number})"
        number += 1
    return name
