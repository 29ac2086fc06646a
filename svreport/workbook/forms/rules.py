"""What can be wrong with a finished Excel form, as `explain` tells it."""

from svreport.model.finding import Rule, Severity

NOT_IN_WORKBOOK = Rule(
    "FRM-01",
    Severity.ERROR,
    "A form asks for a figure that the workbook does not hold",
    "The tag in the form's cell names a metric, period, line, reference, item or row that is not there, or has no "
    "figure yet. The cell shows a mark: a blank or a guess would be sent in as if it were the council's figure.",
    "{{ actual('EHCP', 'Sep') }} where Metric data has no September",
)
FILTER_UNFIT = Rule(
    "FRM-02",
    Severity.ERROR,
    "A filter in a form does not fit its figure",
    "A filter changes the number that is put into the cell; on a word, or on a figure of another unit, it would put "
    "something there that nobody meant.",
    "{{ actual('EHCP') | pounds('k') }} where EHCP is a count",
)
TEXT_TOO_LONG = Rule(
    "FRM-03",
    Severity.ERROR,
    "A text is too long for a form's cell",
    "A cell of Excel holds 32,767 characters. The text is not cut: what is missing would not be seen.",
    "The progress of a condition, written into one cell, has 41,250 characters.",
)
NO_ROOM = Rule(
    "FRM-04",
    Severity.ERROR,
    "A list does not fit into the form",
    "A list fills the cells below its tag, one for each row, and stops before whatever the form holds there. Rows that "
    "have no room are not in the file.",
    "{{ conditions.level }} stands in D7, the form's total in D12, and there are nine conditions",
)
FILE_NAME = Rule(
    "FRM-05",
    Severity.ERROR,
    "A form's file name is not as its receiver wants it",
    "Whoever receives the form sorts files by their names. A field that the name is made of is empty, or the name does "
    "not match what pack.toml asks for.",
    "The workbook has no authority code, and the name must hold three digits",
)
CELL_UNLIKE = Rule(
    "FRM-06",
    Severity.ERROR,
    "A form's cell does not read as it must",
    "The receiver checks this cell before anything else; a file that does not pass is sent back.",
    "Cover!B13 holds Wiltshire, and must begin with 865",
)
NOT_EMPTY = Rule(
    "FRM-07",
    Severity.ERROR,
    "A form's cell that must be empty is not",
    "The receiver reads rows and columns by their places; something in a cell that is kept free shifts what is read.",
    "'Quarterly Return Template'!A9 holds a note, and column A must be empty",
)
ROW_MISSING = Rule(
    "FRM-08",
    Severity.ERROR,
    "A form's row does not stand where it must",
    "Rows are found by their names, in one order. One that is missing, was renamed or moved leaves its figures unread.",
    "Column B names Transfers after Appeals, and the other order is asked for",
)
NOT_HELD = Rule(
    "FRM-09",
    Severity.ERROR,
    "A form's cell lacks what it must hold",
    "The receiver takes an empty cell, or one with words where a number belongs, for a return that is not finished.",
    "'Quarterly Return Template'!C9 is empty, and must hold a number",
)
NOT_CALCULATED = Rule(
    "FRM-10",
    Severity.QUERY,
    "A form's cell cannot be looked at before Excel calculates it",
    "The cell holds a formula of the form whose value depends on what was filled in. Only Excel can tell what it "
    "gives.",
    "Cover!B13 holds =B12&B14 and must begin with the authority's code",
)
NOT_OFFERED = Rule(
    "FRM-11",
    Severity.QUERY,
    "A form's cell holds a word that its own list does not offer",
    "Excel refuses the word when somebody types it, and whoever receives the form may look for the words of the list "
    "alone.",
    "The list of E18 offers On track and Off track, and the workbook's level is Amber",
)

RULES: tuple[Rule, ...] = (
    NOT_IN_WORKBOOK,
    FILTER_UNFIT,
    TEXT_TOO_LONG,
    NO_ROOM,
    FILE_NAME,
    CELL_UNLIKE,
    NOT_EMPTY,
    ROW_MISSING,
    NOT_HELD,
    NOT_CALCULATED,
    NOT_OFFERED,
)
