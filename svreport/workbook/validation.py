"""Drop-down lists, limits and hints of a made workbook's cells."""

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from svreport.model.finding import column_letters
from svreport.model.period import read_financial_year
from svreport.workbook import layout
from svreport.workbook.layout import Column, Item, Kind

# Rows below the prepared ones are checked too: a person who needs more simply goes on.
ROWS_CHECKED = 2_000
_FIRST_ROW = layout.HEADING_ROW + 1
_LONGEST_PROMPT = 255
_YEARS_AROUND = range(-3, 13)


def validate_column(worksheet: Worksheet, column: Column, number: int) -> None:
    """Adds to a column's cells what may be entered, and a hint that appears when one is chosen."""
    letters = column_letters(number)
    cells = f"{letters}{_FIRST_ROW}:{letters}{_FIRST_ROW + ROWS_CHECKED - 1}"
    rule = _of_kind(column.kind, f"{letters}{_FIRST_ROW}", column.choices, column.listed_from)
    _add(worksheet, cells, rule, column.heading, column.prompt)


def validate_item(worksheet: Worksheet, item: Item, cell: str, year: str) -> None:
    """The same for the value of one programme item; `year` is the return's, around which years are offered."""
    choices = item.choices
    if item.kind is Kind.YEAR and (period := read_financial_year(year)):
        choices = tuple(str(period.next(step)) for step in _YEARS_AROUND)
    rule = _of_kind(item.kind, cell, choices, item.listed_from)
    if item.name == "Authority code":
        rule = DataValidation(
            type="textLength", operator="equal", formula1="3", error="Type three digits, such as 865."
        )
    if item.kind is Kind.YEAR and rule is not None:
        rule.errorStyle = "warning"
        rule.error = "Type a financial year with both years, such as 2026-27. Keep this one?"
    _add(worksheet, cell, rule, item.name, item.guidance)


def _of_kind(
    kind: Kind, first_cell: str, choices: tuple[str, ...], listed_from: tuple[str, str] | None
) -> DataValidation | None:
    if listed_from:
        return _from_sheet(*listed_from, reference=kind is Kind.REFERENCE)
    if choices:
        listed = ", ".join(choices)
        error = f"Choose one of: {listed}." if len(listed) < 200 else "Choose one of the list."
        if kind is Kind.CHOICE and choices == layout.COLOUR_NAMES:
            rule = DataValidation(type="list", formula1=_quoted(choices), errorStyle="warning")
            rule.error = "Choose a colour, or type a code such as #1D70B8. Keep this one?"
            return rule
        return DataValidation(type="list", formula1=_quoted(choices), error=error)
    if kind is Kind.DATE:
        return DataValidation(
            type="date",
            operator="between",
            formula1="DATE(1990,1,1)",
            formula2="DATE(2150,12,31)",
            error="Type a date, the day first, such as 31/10/2024.",
        )
    if kind is Kind.NUMBER:
        return DataValidation(
            type="decimal",
            operator="between",
            formula1="-999999999999",
            formula2="999999999999",
            error="Type a figure without words or units. Leave the cell empty if there is none.",
        )
    if kind is Kind.TOLERANCE:
        return DataValidation(
            type="decimal",
            operator="between",
            formula1="0",
            formula2="1000",
            error="Type a percentage of nought or more, such as 5.",
        )
    if kind is Kind.EMAIL:
        return DataValidation(
            type="custom",
            formula1=f'ISNUMBER(FIND("@",{first_cell}))',
            error="Type one email address, such as name@example.gov.uk.",
        )
    return None


def _from_sheet(sheet: str, heading: str, reference: bool) -> DataValidation:
    """A list of what another sheet's column holds, as long as it is filled; a reference may be written otherwise."""
    known = layout.BY_NAME.get(sheet)  # rows of a pack's sheet are known by its first column
    columns = [column.heading for column in known.columns] if known else [heading]
    letters = column_letters(columns.index(heading) + 1)
    first = f"'{sheet}'!${letters}${_FIRST_ROW}"
    filled = f"{first}:${letters}${_FIRST_ROW + ROWS_CHECKED - 1}"
    rule = DataValidation(type="list", formula1=f"OFFSET({first},0,0,MAX(1,COUNTA({filled})),1)")
    rule.error = f"It is not on the sheet {sheet}. Choose one of the list, or add it there first."
    if reference:
        rule.errorStyle = "warning"
    return rule


def _quoted(choices: tuple[str, ...]) -> str:
    return f'"{",".join(choices)}"'


def _add(worksheet: Worksheet, cells: str, rule: DataValidation | None, title: str, prompt: str) -> None:
    if rule is None and not prompt:
        return
    rule = rule or DataValidation()
    rule.allow_blank = True
    rule.showErrorMessage = rule.type is not None
    if rule.error:
        rule.errorTitle = title[:32]
    if prompt:
        rule.promptTitle = title[:32]
        rule.prompt = prompt[:_LONGEST_PROMPT]
        rule.showInputMessage = True
    rule.add(cells)
    worksheet.add_data_validation(rule)
