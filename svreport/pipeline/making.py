"""Make a workbook: an empty one to fill in, or the worked example."""

from pathlib import Path
from typing import TYPE_CHECKING

from svreport.errors import CallFault
from svreport.model import names
from svreport.model.period import read_financial_year
from svreport.pipeline.options import ALL
from svreport.pipeline.pack_sheets import declared_sheets
from svreport.publish.new_file import refuse_existing, write_new

if TYPE_CHECKING:
    from svreport.workbook.content import Content

EXAMPLE = "wiltshire-2024-12"
EXAMPLES_OF_PACKS = {
    "briefing": "briefing",
    "dbv-update": "warwickshire-2024-06",
    "schools-forum": "wiltshire-2024-06",
    "strategy-progress": "strategy-progress",
}


def make_workbook(
    path: Path, *, authority: str | None, year: str | None, example: bool, pack: str | None = None
) -> None:
    """Writes a new workbook, with the sheets that a pack adds.

    Raises `CallFault` where the file exists, or for a name or year that cannot be, `TemplateFault` for no such pack.
    """
    from svreport.workbook.content import blank
    from svreport.workbook.writing import workbook_bytes

    if path.suffix.lower() != ".xlsx":
        raise CallFault(
            f"{path} does not end in .xlsx: a new workbook is an Excel file, so give its name that ending."
        )
    if example and (authority or year):
        raise CallFault(
            "The worked example has its own authority and year: leave out --authority and --year."
        )
    financial_year = read_financial_year(year) if year else None
    if year and financial_year is None:
        raise CallFault(f"{year} is no financial year: write it like 2026-27.")
    refuse_existing(path)
    sheets = declared_sheets(pack)
    content = _example(pack) if example else blank(authority or "", financial_year)
    write_new(path, workbook_bytes(content, sheets))


def _example(pack: str | None) -> "Content":
    """The worked example of a pack; that of all packs has the sheets of each whose own example lies on the return's."""
    from svreport.workbook.content import base_of, own_sheets
    from svreport.workbook.content import example as worked_example

    if names.key(pack or "") != names.key(ALL):
        return worked_example(_example_of(pack))
    content = dict(worked_example(EXAMPLE))
    for name in EXAMPLES_OF_PACKS.values():
        if base_of(name) == EXAMPLE:
            content |= own_sheets(name)
    return content


def _example_of(pack: str | None) -> str:
    """The worked example for a pack; a copy of one of svreport's packs has its sheets, and so its example."""
    if names.key(pack or "") in EXAMPLES_OF_PACKS:
        return EXAMPLES_OF_PACKS[names.key(pack or "")]
    sheets = declared_sheets(pack)
    like = (each for each in EXAMPLES_OF_PACKS if sheets and declared_sheets(each) == sheets)
    return EXAMPLES_OF_PACKS.get(next(like, ""), EXAMPLE)
