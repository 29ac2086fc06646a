"""The financial plan and what is drawn: the sheets `Finance` and `Exhibits`."""

from svreport.model import names
from svreport.model.finding import Place
from svreport.model.period import Period, read_financial_year
from svreport.model.submission import Exhibit, ExhibitKind, FinanceLine, Programme, Role
from svreport.workbook import cells, rules
from svreport.workbook.cells import Found
from svreport.workbook.figures import figure
from svreport.workbook.layout import Need
from svreport.workbook.ratings import tell_repeated
from svreport.workbook.rows import Table

_KIND_HINTS = {"chart": "Line chart", "graph": "Line chart", "bar chart": "Column chart", "image": "Picture"}


def read_finance(table: Table, programme: Programme, found: Found) -> tuple[FinanceLine, ...]:
    """The lines of the plan, in the unit that the programme says."""
    unit_fault = programme.money_in.fault
    amounts = figure(None if unit_fault else programme.money_unit, unit_fault)
    years: dict[Period, str] = {}
    for heading, _ in sorted(table.columns.items(), key=lambda column: column[1]):
        if year := read_financial_year(heading):
            years[year] = heading
    lines = tuple(
        FinanceLine(
            scenario=row.read("Scenario", cells.line),
            line=row.read("Line", cells.line),
            role=row.read("Role", cells.choice(Role, rules.ROLE)),
            years={year: row.read(heading, amounts, Need.FREE) for year, heading in years.items()},
        )
        for row in table.rows
    )
    _tell_repeated_lines(lines, found)
    return lines


def _tell_repeated_lines(lines: tuple[FinanceLine, ...], found: Found) -> None:
    first: dict[tuple[str, str], Place] = {}
    for each in lines:
        if each.scenario.value is None or each.line.value is None:
            continue
        place = first.setdefault(
            (names.key(each.scenario.value), names.key(each.line.value)), each.line.place
        )
        if place is not each.line.place:
            cells.refused(
                found,
                rules.LINE_TWICE,
                each.line.place,
                read=f"{each.scenario.value} / {each.line.value}, as in row {place.row}",
                expected="a name of its own for each line of a scenario",
                mend="give one of the two another name; lines of one role are added up whatever they are called",
            )


def read_exhibits(table: Table, found: Found) -> tuple[Exhibit, ...]:
    exhibits = tuple(
        Exhibit(
            name=row.read("Exhibit", cells.line),
            kind=row.read("Kind", cells.choice(ExhibitKind, rules.KIND, _KIND_HINTS)),
            title=row.read("Title", cells.line),
            series=row.read("Series", cells.series),
            first=row.read("From", cells.period),
            last=row.read("To", cells.period),
            alt_text=row.read("Alt text", cells.text),
            source=row.read("Source", cells.line),
        )
        for row in table.rows
    )
    tell_repeated([exhibit.name for exhibit in exhibits], "Exhibit", found)
    for exhibit in exhibits:
        first, last = exhibit.first.value, exhibit.last.value
        if first and last and first.first > last.last:
            cells.refused(
                found,
                rules.FROM_AFTER_TO,
                exhibit.first.place,
                read=f"{first} to {last}",
                expected="a first period that is not later than the last",
                mend=f"change round {exhibit.first.place.cell} and {exhibit.last.place.cell}, or correct one",
            )
    return exhibits
