"""The drop-down lists of a form: what each cell that has one offers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from svreport.model import names
from svreport.workbook import markup
from svreport.workbook.areas import Area, read_area
from svreport.workbook.book import SheetCells
from svreport.workbook.forms.sheet import FormSheet

# More lists on a sheet, or words in one, than this were not made by a person.
_MOST_LISTS, _MOST_OFFERED = 500, 2_000


@dataclass(frozen=True, slots=True)
class _List:
    """A list's cells, and its source as the form writes it: `"Yes,No"`, `Lists!$B$1:$B$4` or a name."""

    areas: tuple[Area, ...]
    source: str


@dataclass(slots=True)
class FormLists:
    """The lists of every sheet; `cells` are the form's as it was, `defined` its names in small letters."""

    sheets: Mapping[str, FormSheet]
    cells: list[SheetCells]
    defined: Mapping[str, str]
    _lists: dict[str, list[_List]] = field(default_factory=dict)
    _offered: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def offered(self, sheet: str, row: int, column: int) -> tuple[str, ...]:
        """What the list of a cell offers; nothing for a cell without one, or where that cannot be told."""
        if sheet not in self._lists:
            self._lists[sheet] = list(islice(_lists_of(self.sheets[sheet].root), _MOST_LISTS))
        for each in self._lists[sheet]:
            if any(area.holds(row, column) for area in each.areas):
                key = (sheet, each.source)
                if key not in self._offered:
                    self._offered[key] = tuple(self._from(each.source, sheet))
                return self._offered[key]
        return ()

    def _from(self, source: str, home: str) -> Iterator[str]:
        if source.startswith('"') and source.endswith('"') and len(source) > 1:
            yield from (each.strip() for each in source[1:-1].split(",") if each.strip())
            return
        reference = self.defined.get(source.casefold(), source)
        prefix, mark, cells = reference.rpartition("!")
        name = prefix.strip("'").replace("''", "'") if mark else home
        area = read_area(cells.replace("$", ""))
        sheet = next((each for each in self.cells if names.key(each.name) == names.key(name)), None)
        if area is None or sheet is None:
            return
        for row in range(area.top, min(area.bottom, area.top + _MOST_OFFERED) + 1):
            for column, cell in sheet.rows.get(row, {}).items():
                if area.left <= column <= area.right:
                    yield cell.text


def _lists_of(root: markup.Element) -> Iterator[_List]:
    """The lists of a sheet, older and newer ones."""
    for each in root.iter("{*}dataValidation"):
        if each.get("type") != "list":
            continue
        told = each.find("{*}formula1")
        source = "" if told is None else "".join(str(text) for text in told.itertext()).strip()
        newer = each.find("{*}sqref")
        references = each.get("sqref", "") if newer is None else newer.text or ""
        areas = tuple(area for reference in references.split() if (area := read_area(reference)))
        if areas and source:
            yield _List(areas, source)
