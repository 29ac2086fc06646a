"""How a made workbook looks: one style for its title, its headings, the cells to fill in, and those to leave."""

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.workbook import Workbook

_FACE = "Arial"
_LINE = Side(style="thin", color="505A5F")
_AROUND = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TOP = Alignment(vertical="top", wrap_text=True)

LEFT = Alignment(horizontal="left", vertical="top", wrap_text=True)

TITLE = "Sheet title"
GUIDANCE = "Guidance"
HEADING = "Heading row"
ENTRY = "To fill in"
GIVEN = "Given"
NOTE = "Note beside an item"


def add_styles(workbook: Workbook) -> None:
    """Adds the named styles, so that the office can change each in one place in Excel."""
    for style in (
        NamedStyle(TITLE, font=Font(_FACE, 16, bold=True), alignment=Alignment(vertical="center")),
        NamedStyle(GUIDANCE, font=Font(_FACE, 11), alignment=Alignment(vertical="center")),
        NamedStyle(
            HEADING,
            font=Font(_FACE, 11, bold=True, color="FFFFFF"),
            fill=PatternFill("solid", start_color="12436D"),
            border=_AROUND,
            alignment=Alignment(vertical="center", wrap_text=True),
            number_format="@",
        ),
        NamedStyle(
            ENTRY,
            font=Font(_FACE, 11),
            fill=PatternFill("solid", start_color="FFFBE6"),
            border=_AROUND,
            alignment=_TOP,
            protection=Protection(locked=False),
        ),
        NamedStyle(GIVEN, font=Font(_FACE, 11, bold=True), border=_AROUND, alignment=_TOP, number_format="@"),
        NamedStyle(NOTE, font=Font(_FACE, 11), border=_AROUND, alignment=_TOP, number_format="@"),
    ):
        workbook.add_named_style(style)
