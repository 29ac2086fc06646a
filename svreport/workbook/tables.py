"""Finding the known sheets in a workbook that people have changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from svreport.model.finding import Finding, Place
from svreport.workbook import layout, rules
from svreport.workbook.book import SheetCells
from svreport.workbook.cells import Found, shortened
from svreport.workbook.headings import Headings, Labels, closest, spaceless
from svreport.workbook.layout import Sheet
from svreport.workbook.rows import Table

_NO_LABELS = Labels()


class Tables:
    """The known sheets of a workbook, found by name; each is laid into a table when it is asked for.

    `more` are sheets that are known besides those of every workbook.
    """

    def __init__(self, book: Sequence[SheetCells], found: Found, more: Iterable[Sheet] = ()) -> None:
        self.found = found
        self._known = {**layout.BY_NAME, **{sheet.name: sheet for sheet in more}}
        self._sheets = _match_sheets(book, self._known, found)
        self._laid: dict[str, Table] = {}

    def is_there(self, name: str) -> bool:
        return name in self._sheets

    def table(self, name: str, labels: Labels = _NO_LABELS) -> Table:
        """The sheet's table; without rows for a sheet that is not there or has no headings. `labels` are the
        updates' labels, which head columns of Conditions and Risks.
        """
        sheet = self._known[name]
        cells = self._sheets.get(name)
        if cells is None:
            return Table(name, sheet, 0, {}, absent=True)
        table = Headings(cells, sheet, labels, self.found).table()
        self._laid[table.name] = table
        return table

    def with_subjects(self) -> list[Finding]:
        """The findings, each knowing what it is about, so that it is still the same when rows are inserted above."""
        return [
            replace(each, about=self._laid[each.place.sheet].subject(each.place))
            if not each.about and each.place.sheet in self._laid
            else each
            for each in self.found
        ]

    def tell_missing(self, referred_to: Mapping[str, str]) -> None:
        """Tells every sheet that is missing, once; `referred_to` says what refers to a sheet that can be left out."""
        for sheet in layout.SHEETS:
            if sheet.name in self._sheets:
                continue
            place = Place(sheet.name)
            if sheet.required or sheet.name in referred_to:
                read = referred_to.get(sheet.name, "no sheet of this name, nor one nearly so called")
                mend = "name the sheet so again, or copy it from a workbook made by svreport new"
                self.found.append(
                    rules.SHEET_MISSING.at(
                        place, read=read, expected=f"a sheet called {sheet.name}", mend=mend
                    )
                )
            elif sheet.asked:
                self.found.append(
                    rules.SHEET_LEFT_OUT.at(
                        place,
                        read="no sheet of this name",
                        expected=f"a sheet called {sheet.name}, if only its headings",
                        mend="leave it so if nothing is missing; else copy it from a workbook made by svreport new",
                    )
                )


def has_others(book: Iterable[SheetCells]) -> bool:
    """Whether a sheet has a name that is none of those that every workbook has."""
    own = {spaceless(name) for name in layout.BY_NAME}
    return any(spaceless(sheet.name) not in own for sheet in book)


def _match_sheets(book: Sequence[SheetCells], layouts: Iterable[str], found: Found) -> dict[str, SheetCells]:
    known = {spaceless(name): name for name in layouts}
    matched: dict[str, SheetCells] = {}
    others: list[SheetCells] = []
    for sheet in book:
        name = known.get(spaceless(sheet.name))
        if name is None:
            others.append(sheet)
        elif name in matched:
            found.append(
                rules.SHEET_TWICE.at(
                    Place(sheet.name),
                    read=f"a second sheet called {shortened(sheet.name)}",
                    expected=f"one sheet called {name}",
                    mend="give this sheet another name, or delete it",
                )
            )
        else:
            matched[name] = sheet
    for sheet in others:
        near = closest(sheet.name, layouts)
        if near is None:
            continue
        taken = near not in matched
        if taken:
            matched[near] = sheet
        found.append(
            rules.SHEET_NEARLY.at(
                Place(sheet.name),
                read=shortened(sheet.name),
                expected=f"{near}; "
                f"{'it is read as that' if taken else 'the sheet of that name is read, and this one is not'}",
                mend=f"name it {near}" if taken else "give it a name that cannot be mistaken, or delete it",
            )
        )
    return matched
