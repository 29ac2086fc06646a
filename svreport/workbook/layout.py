"""The sheets of a workbook and their columns, as data: what is read, and how a made workbook lays it out."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from svreport.model.quantity import Unit
from svreport.model.submission import BetterWhen, BlockKind, ExhibitKind, LimitBasis, Role

HEADING_ROW = 3
"""Where made workbooks have their headings; the reader finds them wherever they are in the first rows."""

CONTACT_ROLES = ("CEO", "S151 Officer", "DCS", "Other")
KEY_ROLES = CONTACT_ROLES[:3]
SIGN_OFF_ROLES = ("S151 Officer", "DCS")
HEADLINE_HEADINGS = ("Drivers", "Barriers", "Engagement")
MOST_HEADLINES = 3
COLOUR_NAMES = ("Blue", "Green", "Amber", "Red")
YES_NO = ("Yes", "No")
MONEY_UNITS = (Unit.POUNDS, Unit.THOUSANDS, Unit.MILLIONS)
DEFICIT_SIGNS = ("positive", "negative")
FINANCE_LINES = ("complete", "some")
PLAN_QUESTIONS = ("in-year", "end-of-plan")
CAPITAL_QUESTION = "capital"


class Kind(StrEnum):
    """What a column's cells hold: decides their format, width of drop-down and validation in a made workbook."""

    LINE = "a line of text"
    TEXT = "text with Markdown"
    REFERENCE = "a reference"
    CHOICE = "one of a list"
    LEVEL = "an assurance level"
    DATE = "a date"
    PERIOD = "a period"
    YEAR = "a financial year"
    NUMBER = "a figure"
    TOLERANCE = "a percentage from 0 up"
    EMAIL = "an email address"


class Need(StrEnum):
    """What is said when a column, or a cell in a row that is otherwise filled in, is missing."""

    CELL = "every row must have it"
    COLUMN = "the column must be there, its cells may be empty"
    EXPECTED = "a missing column is asked about, and read as empty"
    FREE = "a column of one's own choice"


class Across(StrEnum):
    """What the columns that differ from workbook to workbook stand for."""

    UPDATES = "one column per update"
    YEARS = "one column per financial year"


class Column(NamedTuple):
    """`listed_from` names the sheet and column whose cells are the drop-down; `fills_down` marks a column whose
    merged cell stands for every row that it covers.
    """

    heading: str
    kind: Kind = Kind.LINE
    need: Need = Need.EXPECTED
    width: int = 20
    choices: tuple[str, ...] = ()
    listed_from: tuple[str, str] | None = None
    also: tuple[str, ...] = ()
    prompt: str = ""
    fills_down: bool = False


class Sheet(NamedTuple):
    """`required` sheets are an error when missing; of the others a missing one is asked about, if it is `asked`.

    The columns of `across` stand after the column named `across_after`; `spare_rows` is how many empty rows a made
    workbook has ready below the filled ones.
    """

    name: str
    guidance: str
    columns: tuple[Column, ...]
    required: bool = True
    asked: bool = True
    across: Across | None = None
    across_after: str = ""
    spare_rows: int = 12

    def column(self, heading: str) -> Column:
        return next(column for column in self.columns if column.heading == heading)


class Item(NamedTuple):
    """One row of `Programme`."""

    name: str
    kind: Kind
    guidance: str
    need: Need = Need.EXPECTED
    choices: tuple[str, ...] = ()
    listed_from: tuple[str, str] | None = None


def _values(choices: Iterable[StrEnum]) -> tuple[str, ...]:
    return tuple(choice.value for choice in choices)


ITEMS: tuple[Item, ...] = (
    Item("Authority", Kind.LINE, "The council's name, as the documents print it.", Need.CELL),
    Item("Authority code", Kind.REFERENCE, "Optional. The three-digit code, such as 865."),
    Item("Financial year", Kind.YEAR, "The year of this return, such as 2026-27.", Need.CELL),
    Item(
        "Current update",
        Kind.CHOICE,
        "The update that this return is for: its label on the sheet Updates.",
        Need.CELL,
        listed_from=("Updates", "Update"),
    ),
    Item("Agreement ends", Kind.YEAR, "The agreement's last financial year, such as 2030-31.", Need.COLUMN),
    Item(
        "Money in", Kind.CHOICE, "The unit of the sheet Finance; £000 if empty.", choices=_values(MONEY_UNITS)
    ),
    Item(
        "Deficits shown as",
        Kind.CHOICE,
        "How Finance writes a deficit: positive or negative; positive if empty.",
        choices=DEFICIT_SIGNS,
    ),
    Item(
        "Deficit limit basis",
        Kind.CHOICE,
        "Whether the limit was agreed before or after Safety Valve payments are counted.",
        choices=_values(LimitBasis),
    ),
    Item(
        "Previous workbook",
        Kind.LINE,
        "Optional. The last update's file, in the same folder as this one, such as council-2026-08.xlsx.",
    ),
    Item(
        "Forecast scenario",
        Kind.LINE,
        "The scenario of Finance that limits and milestones are tested on; the first with a Carried "
        "forward line if empty.",
    ),
    Item(
        "Finance lines",
        Kind.CHOICE,
        "Whether Finance holds every line of income and expenditure (complete) or some; some if empty.",
        choices=FINANCE_LINES,
    ),
    Item(
        "Specialist adviser support",
        Kind.TEXT,
        "Whether help from DfE's SEND advisers (early years or inclusion) is wanted, in which area, and "
        "what it would help with.",
    ),
    Item("Dashboard", Kind.TEXT, "Optional. What is said about the governance board's data dashboard."),
)

_SOURCE = Column("Source", width=36, prompt="Where the figures come from.")
_NOTE = Column(
    "Note", Kind.LINE, Need.FREE, 36, prompt="Anything to remember about this row. It is not printed."
)
_MARKDOWN = "Text can hold - bullets, 1. numbers, **bold**, and figures such as {{ actual('EHCP') }}."

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "Programme",
        "One fact about the return in each row. Fill in the column Value; leave the items' names as they are.",
        (
            Column("Item", need=Need.CELL, width=28),
            Column("Value", Kind.TEXT, Need.COLUMN, 56),
            Column("Guidance", need=Need.FREE, width=70),
        ),
        spare_rows=0,
    ),
    Sheet(
        "Updates",
        "The year's reporting points, one in each row, in order. The labels head the columns of levels "
        "on Conditions and Risks.",
        (
            Column(
                "Update",
                need=Need.CELL,
                width=28,
                prompt="The label that the documents print, such as Update 3 (November).",
            ),
            Column(
                "Data as at", Kind.DATE, width=22, prompt="The day up to which this update's figures count."
            ),
            Column(
                "Submitted",
                Kind.DATE,
                Need.COLUMN,
                22,
                prompt="The day this update goes to DfE. Needed before the final documents.",
            ),
        ),
        spare_rows=4,
    ),
    Sheet(
        "Contacts",
        "One person in each row: the chief executive, the S151 officer, the director of children's "
        "services, and others.",
        (
            Column(
                "Role",
                Kind.CHOICE,
                Need.CELL,
                18,
                CONTACT_ROLES,
                prompt="CEO, S151 Officer, DCS, or Other (as many as there are).",
                fills_down=True,
            ),
            Column("Name", need=Need.CELL, width=30),
            Column("Job title", width=44),
            Column("Email", Kind.EMAIL, Need.COLUMN, 40),
        ),
        spare_rows=10,
    ),
    Sheet(
        "Questions",
        f"The form's Yes/No questions. Choose an answer and explain it in the commentary. {_MARKDOWN}",
        (
            Column(
                "Ref",
                Kind.REFERENCE,
                Need.CELL,
                14,
                prompt="in-year, end-of-plan and capital are on the DfE form.",
            ),
            Column("Question", Kind.TEXT, Need.CELL, 44),
            Column("Answer", Kind.CHOICE, Need.CELL, 10, YES_NO),
            Column("Commentary", Kind.TEXT, Need.COLUMN, 80),
        ),
        spare_rows=3,
    ),
    Sheet(
        "Headlines",
        f"At most three points under each of Drivers, Barriers and Engagement, one in each row. {_MARKDOWN}",
        (
            Column("Heading", Kind.CHOICE, Need.CELL, 16, HEADLINE_HEADINGS, fills_down=True),
            Column("Text", Kind.TEXT, Need.CELL, 110),
        ),
        spare_rows=8,
    ),
    Sheet(
        "Conditions",
        "The agreement's conditions, one in each row, with the assurance level at each update.",
        (
            Column("Ref", Kind.REFERENCE, Need.CELL, 10, prompt="As the agreement numbers it: 3.1, 3a, iv."),
            Column(
                "Condition", Kind.TEXT, Need.CELL, 70, prompt="The condition's words, as in the agreement."
            ),
        ),
        across=Across.UPDATES,
        across_after="Condition",
    ),
    Sheet(
        "Progress",
        f"This update's progress, block by block, in the order it is to be read. {_MARKDOWN}",
        (
            Column(
                "Condition (or Ref)",
                Kind.REFERENCE,
                Need.CELL,
                16,
                listed_from=("Conditions", "Ref"),
                also=("Condition", "Ref"),
                prompt="The condition's reference on the sheet Conditions.",
                fills_down=True,
            ),
            Column(
                "Kind",
                Kind.CHOICE,
                Need.CELL,
                12,
                _values(BlockKind),
                prompt="Text, or Exhibit to place a chart or table.",
            ),
            Column(
                "Content",
                Kind.TEXT,
                Need.CELL,
                110,
                prompt="The words; or, for an Exhibit, its name on the sheet Exhibits.",
            ),
        ),
        spare_rows=20,
    ),
    Sheet(
        "Risks",
        f"The risk register, one risk in each row, with the assurance level at each update. {_MARKDOWN}",
        (
            Column("Ref", Kind.REFERENCE, Need.CELL, 10, prompt="As the register names it: 1, Risk 2, Cost."),
            Column("Risk", Kind.TEXT, Need.CELL, 44),
            Column("Mitigation", Kind.TEXT, Need.COLUMN, 56),
            Column("Progress", Kind.TEXT, Need.COLUMN, 56),
        ),
        across=Across.UPDATES,
        across_after="Risk",
    ),
    Sheet(
        "Metrics",
        "The measures that the return follows, one in each row. Their figures stand on the sheet Metric data.",
        (
            Column("Metric", need=Need.CELL, width=16, prompt="A short name, used in text: actual('EHCP')."),
            Column("Title", width=44, prompt="What charts and tables call it."),
            Column("Unit", Kind.CHOICE, Need.CELL, 10, _values(Unit)),
            Column(
                "Better when",
                Kind.CHOICE,
                width=12,
                choices=_values(BetterWhen),
                prompt="lower, higher, or empty if neither.",
            ),
            Column(
                "Tolerance",
                Kind.TOLERANCE,
                width=11,
                prompt="How far, in percent of the forecast, an actual may be on the wrong side; 5 if empty.",
            ),
            Column(
                "Conditions",
                Kind.REFERENCE,
                width=16,
                prompt="The conditions it bears on, with commas: 3.1, 3.3.",
            ),
            Column(
                "Calculation",
                width=32,
                prompt="Empty, or such as: 12-month average of EHCNA · INMSS as % of EHCP · change in "
                "EHCP · running total of Ceased.",
            ),
            _SOURCE,
        ),
        required=False,
    ),
    Sheet(
        "Metric data",
        "One metric's figures for one period in each row. Leave a figure empty where there is none.",
        (
            Column("Metric", Kind.CHOICE, Need.CELL, 18, listed_from=("Metrics", "Metric"), fills_down=True),
            Column(
                "Period",
                Kind.PERIOD,
                Need.CELL,
                16,
                prompt="A month, a quarter or a financial year: Apr 2024, Q2 2024-25, 2024-25.",
            ),
            Column("Actual", Kind.NUMBER, Need.COLUMN, 14),
            Column("Forecast", Kind.NUMBER, Need.COLUMN, 14),
            _NOTE,
        ),
        required=False,
        spare_rows=60,
    ),
    Sheet(
        "Finance",
        "The financial plan: one line of one scenario in each row, with its amount in each financial year.",
        (
            Column(
                "Scenario",
                need=Need.CELL,
                width=18,
                prompt="Mitigated, Unmitigated, Agreement, or a name of your own.",
                fills_down=True,
            ),
            Column("Line", need=Need.CELL, width=36, prompt="The line's name, as charts and text call it."),
            Column(
                "Role",
                Kind.CHOICE,
                Need.CELL,
                20,
                _values(Role),
                prompt="What the line is in the arithmetic of the plan.",
            ),
            _NOTE,
        ),
        required=False,
        across=Across.YEARS,
        across_after="Role",
        spare_rows=20,
    ),
    Sheet(
        "Exhibits",
        "The charts, tables and pictures that the progress can place, one in each row.",
        (
            Column("Exhibit", need=Need.CELL, width=18, prompt="A short name, used on the sheet Progress."),
            Column("Kind", Kind.CHOICE, Need.CELL, 22, _values(ExhibitKind)),
            Column("Title", need=Need.EXPECTED, width=40),
            Column(
                "Series",
                need=Need.CELL,
                width=44,
                prompt="With semicolons: EHCP actual; EHCP forecast; Mitigated / Cumulative deficit. For "
                "a picture, its file's name.",
            ),
            Column("From", Kind.PERIOD, width=12, prompt="The first period shown; all if empty."),
            Column("To", Kind.PERIOD, width=12, prompt="The last period shown; all if empty."),
            Column(
                "Alt text",
                Kind.LINE,
                width=44,
                prompt="What it shows, for someone who cannot see it. Written from the data if empty; a "
                "picture needs it.",
            ),
            _SOURCE,
        ),
        required=False,
    ),
    Sheet(
        "Assurance levels",
        "The levels that conditions and risks are rated with, best first, with the colour and the "
        "definition that the documents print.",
        (
            Column("Level", need=Need.CELL, width=16),
            Column(
                "Colour",
                Kind.CHOICE,
                Need.CELL,
                14,
                COLOUR_NAMES,
                prompt="Blue, Green, Amber, Red, or a code such as #1D70B8.",
            ),
            Column("Definition", need=Need.EXPECTED, width=90),
        ),
        required=False,
        spare_rows=3,
    ),
    Sheet(
        "Sign-off",
        "Who approves the return. Copy the content code from the footer of the draft that was read; the "
        "documents are final when both roles hold it.",
        (
            Column("Role", Kind.CHOICE, Need.CELL, 18, SIGN_OFF_ROLES),
            Column("Name", width=30),
            Column("Date", Kind.DATE, Need.EXPECTED, 22),
            Column(
                "Content code",
                Kind.REFERENCE,
                Need.COLUMN,
                20,
                prompt="As in the draft's footer, such as 7F3A-19C2; of several packs with commas between.",
            ),
        ),
        required=False,
        spare_rows=0,
    ),
    Sheet(
        "Answers",
        "Answers to queries. svreport check prints a mark under each query, such as Q-7F3A19: copy it, and say why "
        "it is right as it stands. When what was read changes, so does the mark, and the query is open again.",
        (
            Column(
                "Mark", Kind.REFERENCE, Need.CELL, 16, prompt="As svreport check prints it, such as Q-7F3A19."
            ),
            Column("Answer", need=Need.CELL, width=70),
            Column("Who", width=30),
            Column("Date", Kind.DATE, width=22),
        ),
        required=False,
        asked=False,
    ),
)

BY_NAME = {sheet.name: sheet for sheet in SHEETS}
