"""The catalogue of what reading a workbook can find wrong, one entry for each fault."""

from svreport.model.finding import Rule, Severity

_ERROR, _QUERY = Severity.ERROR, Severity.QUERY

# The workbook's shape.
SHEET_MISSING = Rule(
    "WBK-01",
    _ERROR,
    "A sheet is missing",
    "Every word and number of the documents comes from the workbook's sheets: without this one a part of "
    "the return, or something that another sheet names, cannot be printed.",
    "The sheet Risks was deleted, or renamed to Register.",
)
COLUMN_MISSING = Rule(
    "WBK-02",
    _ERROR,
    "A column is missing",
    "Columns are found by their headings, in any order. Without this one the documents would have a gap in every row.",
    "The column Mitigation of Risks was deleted, or its heading was overwritten.",
)
SHEET_NEARLY = Rule(
    "WBK-03",
    _QUERY,
    "A sheet's name is nearly a known one",
    "Sheets with names of your own are left alone, so a slip in a name would leave a sheet unread. Where "
    "the known sheet is not there, this one is read in its place.",
    "A sheet is called Conditons.",
)
COLUMN_NEARLY = Rule(
    "WBK-04",
    _QUERY,
    "A heading is nearly a known one",
    "Columns with headings of your own are left alone, so a slip in a heading would leave a column "
    "unread. Where the known column is not there, this one is read in its place.",
    "The heading Condition is typed as Conditon, or Update 3 (November) as Update 3 (Novembre).",
)
HEADING_TWICE = Rule(
    "WBK-05",
    _ERROR,
    "A heading is there twice",
    "It cannot be told which of the two columns counts. The first is read.",
    "The sheet Finance has a column 2024-25 and another 2024/25.",
)
FORMULA_UNCALCULATED = Rule(
    "WBK-06",
    _ERROR,
    "A formula has no saved value",
    "A formula is read by the value that Excel saved with it. A program that wrote the workbook without "
    "calculating leaves none.",
    "Finance!F14 holds =F12+F13, written by a script.",
)
EXCEL_ERROR = Rule(
    "WBK-07",
    _ERROR,
    "A cell holds an Excel error value",
    "An error value is no figure and no word: the formula behind it has lost what it refers to.",
    "Finance!F14 shows #REF! after a row was deleted.",
)
CELL_UNUSABLE = Rule(
    "WBK-08",
    _ERROR,
    "A cell's content cannot be used",
    "The file holds something in this cell that Excel would not have saved: a number that is none, a "
    "reference to text that is not there, or more text than a cell can hold (32,767 characters).",
    "A program wrote a text of a million characters into a cell.",
)
CONTROL_CHARACTERS = Rule(
    "WBK-09",
    _QUERY,
    "Text holds characters that cannot be printed",
    "Control characters come along when text is copied from other systems. Word cannot hold them, so "
    "they are left out.",
    "A commentary pasted from a case system holds the character U+0001.",
)
MERGED = Rule(
    "WBK-10",
    _QUERY,
    "Cells are merged among the rows",
    "Only the first of merged cells holds anything. In a column that groups rows, such as a condition's "
    "reference on Progress, it is read for every row that it covers; elsewhere the other cells are read "
    "as empty.",
    "On Progress, A4:A7 are merged and hold 3.1.",
)
HIDDEN_ROWS = Rule(
    "WBK-11",
    _QUERY,
    "Rows are hidden",
    "A hidden or filtered row is read and printed like every other, which someone who does not see it may not expect.",
    "Rows 7 to 9 of Risks are hidden by a filter.",
)
SHEET_TWICE = Rule(
    "WBK-12",
    _ERROR,
    "A sheet is there twice",
    "Names that differ only in capitals and spaces are the same to the reader, and it cannot be told "
    "which sheet counts. The first is read.",
    "The workbook has a sheet Risks and another called “Risks ” with a space behind it.",
)
HEADINGS_MISSING = Rule(
    "WBK-13",
    _ERROR,
    "A sheet has no heading row",
    "Columns are found by their headings, which must stand together in one of the first 20 rows.",
    "The heading row of Conditions was deleted.",
)
SHEET_LEFT_OUT = Rule(
    "WBK-14",
    _QUERY,
    "A sheet is left out",
    "A return can do without this sheet, and nothing in the workbook refers to it, so it is taken as empty.",
    "The sheet Exhibits was deleted, and no progress places an exhibit.",
)
COLUMN_LEFT_OUT = Rule(
    "WBK-15",
    _QUERY,
    "A column is left out",
    "The rows can do without this column, so its cells are taken as empty.",
    "The column Tolerance of Metrics was deleted.",
)
PACK_SHEET_EMPTY = Rule(
    "WBK-16",
    _QUERY,
    "A sheet that a pack prints is missing or empty",
    "The paper is made from what the other sheets hold, and shows a mark where this sheet would be printed.",
    "The pack schools-forum is built, and the workbook has no sheet Forum priorities.",
)
PACK_ROW = Rule(
    "REF-05",
    _ERROR,
    "No row of the other sheet has this name",
    "The row belongs to one of another sheet of its pack, named in that sheet's first column. Without it the paper "
    "prints the row nowhere.",
    "A measure is of the workstream Resource provision, and the workstream is called Resourced provision.",
)
PACK_SCENARIO = Rule(
    "SCN-02",
    _ERROR,
    "A pack's sheet names a scenario that Finance has not",
    "A paper compares the scenarios of the sheet Finance, which must be named as they are there.",
    "Scenario is UB target, and Finance has Upper bound target.",
)

TOO_MANY_ROWS = Rule(
    "WBK-17",
    _QUERY,
    "A sheet has more rows than its paper has room for",
    "A page for somebody who speaks for five minutes holds three things to say. The paper prints the first ones, and "
    "says how many more there are.",
    "Briefing points has five rows, and the page shows three.",
)
TEXT_TOO_LONG = Rule(
    "WBK-18",
    _QUERY,
    "A text is longer than its paper has room for",
    "A paper of one page gives each text a few lines. The paper cuts it between words, and ends it with three dots.",
    "A thing to say has 400 characters, and the page has room for 240.",
)

# Cells that are empty.
EMPTY = Rule(
    "EMP-01",
    _ERROR,
    "A cell that must be filled in is empty",
    "The documents, or other sheets, need what this cell says: a draft shows a mark in its place.",
    "A row of Conditions has a reference and no wording.",
)
EMPTY_ASKED = Rule(
    "EMP-02",
    _QUERY,
    "A cell that is usually filled in is empty",
    "The documents can be made without it, but they say less than their readers expect.",
    "A metric has no title, so that its chart is labelled with its short name.",
)

# The programme, the updates and the form's fixed parts.
ITEM_NEARLY = Rule(
    "PRG-01",
    _QUERY,
    "An item's name is nearly a known one",
    "Items of your own are left alone, so a slip in a name would leave a known one unread. Where the "
    "known item is not there, this one is read in its place.",
    "Programme has an item Curent update.",
)
ITEM_TWICE = Rule(
    "PRG-02",
    _ERROR,
    "An item is there twice",
    "It cannot be told which of the two values counts. The first is read.",
    "Programme has two rows for Authority.",
)
AUTHORITY_CODE = Rule(
    "PRG-03",
    _ERROR,
    "The authority's code is not three digits",
    "DfE numbers every local authority with three digits.",
    "Authority code is 86.",
)
FILE_NAME = Rule(
    "PRG-04",
    _ERROR,
    "Not the name of a file beside the workbook",
    "The previous workbook is looked for in this workbook's own folder only, so that the two can be moved together.",
    "Previous workbook is C:\\Returns\\council-2026-08.xlsx.",
)
CURRENT_UPDATE = Rule(
    "UPD-01",
    _ERROR,
    "The current update is not one of the year's updates",
    "The current update decides which levels are printed as today's; it must be a label of the sheet Updates.",
    "Current update is Update 3, and Updates has Update 3 (November).",
)
UPDATE_TWICE = Rule(
    "UPD-02",
    _ERROR,
    "An update's label is there twice",
    "Labels head the columns of levels, so each must be different.",
    "Updates has Update 1 (May) in two rows.",
)
ROLE_TWICE = Rule(
    "ROL-02",
    _QUERY,
    "A role is there twice",
    "The form has one place for this role: both are read, and someone should say which one stands.",
    "Contacts has two people with the role DCS.",
)
ROLE_MISSING = Rule(
    "ROL-03",
    _QUERY,
    "A role of the form has no contact",
    "DfE's form asks for the chief executive, the S151 officer and the director of children's services by name.",
    "Contacts has no row with the role CEO.",
)
QUESTION_MISSING = Rule(
    "QUE-01",
    _ERROR,
    "A question of the form is missing",
    "DfE's form asks every council both questions about its plan, in-year and end-of-plan.",
    "Questions has no row with the ref end-of-plan.",
)
CAPITAL_MISSING = Rule(
    "QUE-02",
    _QUERY,
    "The form's question about capital is missing",
    "DfE's form asks whether the capital project is on track. A council without one may have left the row out.",
    "Questions has no row with the ref capital.",
)
TOO_MANY_HEADLINES = Rule(
    "HDL-01",
    _ERROR,
    "There are more than three headlines under one heading",
    "DfE's form has room for up to three of each.",
    "Headlines has four rows under Drivers.",
)
LATE_LEVEL = Rule(
    "UPD-03",
    _QUERY,
    "Levels are given for an update still to come",
    "The update after the current one has levels already: either they are early, or Current update on "
    "Programme was not moved on.",
    "Current update is Update 2 (August), and Conditions has levels under Update 3 (November).",
)

# Choices.
LEVEL = Rule(
    "LVL-01",
    _ERROR,
    "Not an assurance level",
    "Only the levels of the sheet Assurance levels can be printed on their colour; a level may be "
    "followed by a gloss, or shortened to its first letter.",
    "A condition is rated Orange.",
)
LEVEL_EMPTY = Rule(
    "LVL-02",
    _ERROR,
    "An assurance level is missing",
    "Every condition and risk is rated at every update up to the current one.",
    "Condition 3.1 has no level under the current update.",
)
LEVEL_TWICE = Rule(
    "LVL-03",
    _ERROR,
    "A level is there twice",
    "It cannot be told which colour and definition count.",
    "Assurance levels has Amber in two rows.",
)
COLOUR = Rule(
    "COL-01",
    _ERROR,
    "Not a colour",
    "A level is shaded in one of the four named colours, or in one given as a code.",
    "The colour of a level is Purple.",
)
KIND = Rule(
    "KND-01",
    _ERROR,
    "Not a kind",
    "The kind decides what is made of the row; only the listed ones can be made.",
    "An exhibit is of the kind Pie chart.",
)
ROLE = Rule(
    "ROL-01",
    _ERROR,
    "Not a role",
    "The role decides where a contact, an approval or a line of the plan belongs.",
    "A line of Finance has the role Spending.",
)
UNIT = Rule(
    "UNT-01",
    _ERROR,
    "Not a unit",
    "The unit decides how a figure is read and printed.",
    "A metric's unit is pounds.",
)
CHOICE = Rule(
    "CHO-01",
    _ERROR,
    "Not one of the choices",
    "Only the listed words mean something here.",
    "Better when is fewer.",
)
ANSWER = Rule(
    "CHO-02",
    _ERROR,
    "Not Yes or No",
    "The form's questions are answered with Yes or No; what lies between belongs in the commentary.",
    "The answer is Partly.",
)

# References.
REFERENCE = Rule(
    "REF-01",
    _ERROR,
    "No condition has this reference",
    "The row belongs to a condition that is not on the sheet Conditions, so it would be printed nowhere.",
    "Progress names condition 3.7, and Conditions ends with 3.5.",
)
REFERENCE_TWICE = Rule(
    "REF-02",
    _ERROR,
    "A reference is there twice",
    "Rows and figures name a condition, risk, question or exhibit by its reference, so each must be different.",
    "Conditions has 3.1 in two rows, or once as Condition 3.1.",
)
REFERENCE_DATE = Rule(
    "REF-03",
    _ERROR,
    "Excel turned what was typed into a date",
    "Excel takes 3/1 or 3-1 for a day of the year unless the cell is formatted as Text, and then no "
    "longer knows what was typed.",
    "The reference 3/1 is now 3 January.",
)
EXHIBIT = Rule(
    "REF-04",
    _ERROR,
    "No exhibit has this name",
    "The progress places a chart, table or picture that is not on the sheet Exhibits.",
    "Content is EHCP numbers, and the exhibit is called EHCPs.",
)

# Figures.
NUMBER = Rule(
    "NUM-01",
    _ERROR,
    "Not a figure",
    "Only a figure can be compared, charted and printed with its unit.",
    "An actual is n/a, or 1,23.",
)
NUMBER_AS_TEXT = Rule(
    "NUM-02",
    _QUERY,
    "A figure is typed as text",
    "It is read, but Excel does not add it up or chart it, and another reading may have been meant.",
    "An actual is typed as 5,562 in a cell formatted as Text, or as £84.5m.",
)
NEGATIVE_TOLERANCE = Rule(
    "NUM-03",
    _ERROR,
    "A tolerance is negative",
    "A tolerance is how far an actual may be on the wrong side of its forecast, in percent: nought or more.",
    "Tolerance is -5.",
)
UNIT_MISFIT = Rule(
    "NUM-04",
    _ERROR,
    "The figure is in another unit",
    "A percentage in a column of numbers, or pounds in a column of percentages, cannot be told apart from a slip.",
    "A metric counted in numbers has an actual of 7.9%.",
)
TOO_LARGE = Rule(
    "NUM-05",
    _ERROR,
    "The figure is larger than any of a return",
    "A figure of a thousand million million or more is a slip, whatever its unit.",
    "An amount is 1E+20.",
)

# Dates and periods.
DATE = Rule(
    "DAT-01",
    _ERROR,
    "Not a date",
    "Documents print dates in full, so a day, a month and a year are needed, the day first.",
    "Submitted is 31/02/2024, or December 2024.",
)
DATE_AS_TEXT = Rule(
    "DAT-02",
    _QUERY,
    "A date is typed as text",
    "It is read with the day first, which may not be what was meant.",
    "Data as at is the text 31/10/2024.",
)
NOT_SUBMITTED = Rule(
    "DAT-03",
    _QUERY,
    "The current update has no submission date",
    "The form prints it, so drafts show a mark in its place and the final documents wait for it. Fix it "
    "before asking for approval: the content code covers it.",
    "Submitted is empty beside the current update.",
)
PERIOD = Rule(
    "PER-01",
    _ERROR,
    "Not a period",
    "Figures stand for a month, a quarter or a financial year.",
    "A period is Q5 2024-25, or Autumn 2024.",
)
YEAR = Rule(
    "PER-02",
    _ERROR,
    "Not a financial year",
    "A financial year runs from April to March and is written with both years, which must follow each other.",
    "Agreement ends is 2028-30.",
)
FROM_AFTER_TO = Rule(
    "PER-03",
    _ERROR,
    "From is later than To",
    "Nothing lies between the two, so the exhibit would be empty.",
    "An exhibit goes from Oct 2024 to Apr 2024.",
)

# People.
EMAIL = Rule(
    "EML-01",
    _ERROR,
    "Not an email address",
    "The form prints it as a link, one address for each person.",
    "An email is s151.officer at example.gov.uk.",
)
CODE = Rule(
    "SGN-01",
    _QUERY,
    "Not in the form of a content code",
    "An approval counts only with the code of the draft that was read: eight characters, as the draft's "
    "footer prints them.",
    "The content code is approved.",
)

# Metrics, finance and exhibits.
METRIC = Rule(
    "MET-01",
    _ERROR,
    "No metric has this name",
    "Figures belong to a metric of the sheet Metrics, which gives them their unit.",
    "Metric data has figures of EHCPs, and the metric is called EHCP.",
)
METRIC_TWICE = Rule(
    "MET-02",
    _ERROR,
    "A metric is there twice",
    "Figures and text name a metric, so each must be different.",
    "Metrics has EHCP in two rows.",
)
OBSERVATION_TWICE = Rule(
    "MET-03",
    _ERROR,
    "A metric has two rows for one period",
    "It cannot be told which of the two figures counts.",
    "Metric data has EHCP for Oct 2024 and again for 31/10/2024.",
)
DATA_OF_CALCULATED = Rule(
    "MET-04",
    _QUERY,
    "Figures are typed for a metric that is calculated",
    "A calculated metric takes its figures from another metric's: the typed ones are not used.",
    "EHCNA average is the 12-month average of EHCNA, and Metric data has rows for it.",
)
CALCULATION = Rule(
    "CAL-01",
    _ERROR,
    "Not a calculation",
    "Four calculations can be made: 12-month average of, as % of, change in, and running total of.",
    "Calculation is average of EHCNA.",
)
CALCULATION_METRIC = Rule(
    "CAL-02",
    _ERROR,
    "A calculation names a metric that is not there",
    "A calculated metric takes its figures from another metric of the sheet Metrics.",
    "Calculation is INMSS as % of EHCPs, and the metric is called EHCP.",
)
CALCULATION_CIRCLE = Rule(
    "CAL-03",
    _ERROR,
    "A metric is calculated from itself",
    "A metric that is made, through others or at once, from its own figures has none.",
    "A is the change in B, and B the running total of A.",
)
CALCULATION_UNIT = Rule(
    "CAL-04",
    _ERROR,
    "The unit does not fit the calculation",
    "A share is in percent; an average, a change and a running total are in the unit of the metric they are made from.",
    "INMSS share is INMSS as % of EHCP, and its unit is number.",
)
CALCULATION_LONG = Rule(
    "CAL-05",
    _ERROR,
    "A metric is calculated through too many others",
    "Nobody can check a figure that is made in more than ten steps.",
    "A metric is the change in another, that one the change in a third, and so on twelve times.",
)
SCENARIO = Rule(
    "SCN-01",
    _ERROR,
    "Finance has no such scenario",
    "Limits, milestones and answers are tested on the forecast scenario, which must be one of the sheet Finance.",
    "Forecast scenario is Mitigate, and Finance has Mitigated and Unmitigated.",
)
LINE_TWICE = Rule(
    "LIN-01",
    _ERROR,
    "A scenario has two lines of one name",
    "Text and charts name a line by its scenario and name, so it cannot be told which of the two is meant.",
    "Finance has two lines Cumulative deficit under Mitigated.",
)

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (value for value in list(globals().values()) if isinstance(value, Rule)), key=lambda rule: rule.code
    )
)
"""Every fault that reading can tell, by code."""
