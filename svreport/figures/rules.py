"""The catalogue of what can be wrong with an exhibit."""

from svreport.model.finding import Rule, Severity

UNKNOWN_SERIES = Rule(
    "EXH-01",
    Severity.ERROR,
    "An exhibit names a series that the workbook does not hold",
    "A chart or table can only show what is in the workbook; left out, the series would be missed by nobody.",
    "Series is `EHCP acutal`: the metric EHCP has the series EHCP actual and EHCP forecast.",
)
NO_FIGURES = Rule(
    "EXH-02",
    Severity.ERROR,
    "A series of an exhibit has no figure in its span",
    "A line or row without a single figure looks like a slip to whoever reads the document.",
    "From is Jan 2025, and the last actual of EHCP is that of Oct 2024.",
)
MIXED_UNITS = Rule(
    "EXH-03",
    Severity.ERROR,
    "A chart mixes units",
    "A chart has one axis and an axis has one unit: a percentage beside a count would be drawn flat at the bottom.",
    "Series is `EHCP actual; INMSS actual`: the first is a number, the second a percentage.",
)
MIXED_PERIODS = Rule(
    "EXH-04",
    Severity.ERROR,
    "An exhibit mixes months, quarters and financial years",
    "One axis, or one heading row, cannot hold a month and a whole year side by side.",
    "Series is `DSG spend actual; Mitigated / Cumulative deficit`: the first is by month, the second by year.",
)
MANY_PERIODS = Rule(
    "EXH-05",
    Severity.ERROR,
    "An exhibit spans more periods than can be shown",
    "One mistyped year squeezes all other figures into a corner of the chart.",
    "The periods of EHCP run from Apr 2024 to Apr 2204: 2,161 months.",
)
SERIES_TWICE = Rule(
    "EXH-06",
    Severity.QUERY,
    "An exhibit names the same series twice",
    "It is shown once; perhaps another series was meant.",
    "Series is `EHCP actual; EHCP actual`, where the second should be EHCP forecast.",
)
PICTURE_MISSING = Rule(
    "EXH-07",
    Severity.ERROR,
    "A picture's file is not beside the workbook",
    "The picture is read when the documents are built, from the folder that the workbook is in.",
    "Series is `local offer.png`, and the folder holds `Local offer map.png`.",
)
PICTURE_ELSEWHERE = Rule(
    "EXH-08",
    Severity.ERROR,
    "A picture's file is outside the workbook's folder",
    "A workbook is sent from hand to hand: it must not take files from other folders of whoever builds it.",
    "Series is `../Private/budget.png`.",
)
PICTURE_FORMAT = Rule(
    "EXH-09",
    Severity.ERROR,
    "A picture's file is no PNG or JPEG that can be used",
    "Word shows a broken frame for a picture in another format, or for one that is damaged.",
    "Series is `map.png`, a PDF that was renamed.",
)
PICTURE_SIZE = Rule(
    "EXH-10",
    Severity.ERROR,
    "A picture is too big for a document",
    "The documents are sent by email and opened on any machine; a wild size can stop Word.",
    "Series is `scan.png`, of 30,000 by 40,000 pixels.",
)
PICTURE_WITHOUT_WORDS = Rule(
    "EXH-11",
    Severity.ERROR,
    "A picture has no alt text",
    "Whoever cannot see the picture reads its alt text, and only a person can write it for a picture of their own.",
    "Alt text is empty beside the picture `map.png`.",
)
MANY_SERIES = Rule(
    "EXH-12",
    Severity.QUERY,
    "A chart holds more series than can be told apart",
    "Beyond eight lines or columns a reader can no longer follow one of them; two charts, or a table, say more.",
    "Series names twelve lines of Finance.",
)
NO_ROOM = Rule(
    "EXH-13",
    Severity.ERROR,
    "A chart holds more series than it has room for",
    "Their names alone would fill a page.",
    "Series names every line of Finance in every scenario: 40 of them.",
)

RULES: tuple[Rule, ...] = (
    UNKNOWN_SERIES,
    NO_FIGURES,
    MIXED_UNITS,
    MIXED_PERIODS,
    MANY_PERIODS,
    SERIES_TWICE,
    PICTURE_MISSING,
    PICTURE_ELSEWHERE,
    PICTURE_FORMAT,
    PICTURE_SIZE,
    PICTURE_WITHOUT_WORDS,
    MANY_SERIES,
    NO_ROOM,
)
