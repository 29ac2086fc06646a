"""Laying content out into the columns of a made workbook's sheets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from svreport.model import names
from svreport.model.period import Period, read_financial_year
from svreport.workbook import layout
from svreport.workbook.content import Content
from svreport.workbook.layout import Across, Column, Kind, Need, Sheet

_LEVEL_WIDTH, _YEAR_WIDTH, _OTHER_WIDTH = 16, 14, 36
_YEARS_SHOWN = 6
Rows = Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Arranged:
    """One sheet's columns in order, and its rows by the columns' headings."""

    sheet: Sheet
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All sheets, those that the layout does not know behind the others; `authority` and `year` are what the
    workbook is about, as far as it says.
    """

    authority: str
    year: str
    money_in: str
    sheets: tuple[Arranged, ...] = field(default=())

    @property
    def title(self) -> str:
        return " ".join(part for part in ("Safety Valve return:", self.authority, self.year) if part).rstrip(
            ":"
        )


def arrange(content: Content, more: Sequence[Sheet] = ()) -> Arrangement:
    """The content under the layout's headings, whatever the case and spacing of its own; `more` are sheets besides."""
    layouts = (*layout.SHEETS, *more)
    by_key = {names.key(name): rows for name, rows in content.items()}
    items = {
        names.key(str(_value(row, "Item") or "")): _value(row, "Value") for row in by_key.get("programme", ())
    }
    labels = [str(label) for row in by_key.get("updates", ()) if (label := _value(row, "Update"))]
    authority = items.get("authority")
    year = items.get("financial year")
    known = {names.key(sheet.name) for sheet in layouts}
    sheets = [
        _arranged(sheet, by_key.get(names.key(sheet.name), ()), labels, str(year or "")) for sheet in layouts
    ]
    for name, rows in content.items():
        if names.key(name) not in known:
            sheets.append(_arranged(Sheet(name, "", ()), rows, labels, ""))
    return Arrangement(
        " ".join(str(authority or "").split()),
        str(year or ""),
        str(items.get("money in") or ""),
        tuple(sheets),
    )


def _arranged(sheet: Sheet, rows: Rows, labels: Sequence[str], year: str) -> Arranged:
    columns = list(sheet.columns)
    if sheet.across:
        after = next(at for at, column in enumerate(columns) if column.heading == sheet.across_after) + 1
        columns[after:after] = (
            _level_columns(labels) if sheet.across is Across.UPDATES else _years(rows, year)
        )
    by_key = {
        names.key(name): column.heading for column in columns for name in (column.heading, *column.also)
    }
    arranged: list[dict[str, object]] = []
    for row in rows:
        laid: dict[str, object] = {}
        for heading, value in row.items():
            known = by_key.get(names.key(heading)) or _as_year(sheet, heading)
            if known is None:
                known = by_key[names.key(heading)] = heading
                columns.append(Column(heading, Kind.TEXT, Need.FREE, _OTHER_WIDTH))
            laid.setdefault(known, value)
        arranged.append(laid)
    if sheet.name == "Programme":
        arranged = _with_guidance(arranged)
    return Arranged(sheet, tuple(columns), tuple(arranged))


def _level_columns(labels: Sequence[str]) -> list[Column]:
    return [
        Column(label, Kind.LEVEL, Need.FREE, _LEVEL_WIDTH, listed_from=("Assurance levels", "Level"))
        for label in dict.fromkeys(labels)
    ]


def _years(rows: Rows, year: str) -> list[Column]:
    """The years that the rows name, or the return's own and those after it."""
    told = sorted({period for row in rows for heading in row if (period := read_financial_year(heading))})
    first = read_financial_year(year)
    if not told and first:
        told = [first.next(step) for step in range(_YEARS_SHOWN)]
    return [Column(str(period), Kind.NUMBER, Need.FREE, _YEAR_WIDTH) for period in told]


def _as_year(sheet: Sheet, heading: str) -> str | None:
    period: Period | None = read_financial_year(heading) if sheet.across is Across.YEARS else None
    return str(period) if period else None


def _with_guidance(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """The programme's rows with what each item is for, and the items that were not given, empty."""
    guidance = {names.key(item.name): item.guidance for item in layout.ITEMS}
    given = {names.key(str(row.get("Item") or "")) for row in rows}
    rows = list(rows)
    rows.extend({"Item": item.name} for item in layout.ITEMS if names.key(item.name) not in given)
    return [{**row, "Guidance": guidance.get(names.key(str(row.get("Item") or "")))} for row in rows]


def _value(row: Mapping[str, object], heading: str) -> object:
    return next((value for key, value in row.items() if names.key(key) == names.key(heading)), None)
