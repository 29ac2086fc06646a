"""The faults that text can have, as `explain` tells them."""

from svreport.model.finding import Rule, Severity

NOT_IN_WORKBOOK = Rule(
    "TXT-01",
    Severity.ERROR,
    "A figure that the workbook does not hold",
    "The text asks for a metric, period, line, reference or item that is not there, or has no figure yet: nothing "
    "can be printed in its place, and a guess must not be.",
    "{{ actual('EHPC') }} where the metric is called EHCP",
)
NO_FIGURE = Rule(
    "TXT-02",
    Severity.ERROR,
    "Braces that hold no figure",
    "Between {{ and }} stands one figure: a function with names between quotation marks, and filters behind it. "
    "Text is never run as a program, so that nothing else can stand there, nor between {% and %}.",
    "{{ EHCP }} instead of {{ actual('EHCP') }}",
)
FILTER_UNFIT = Rule(
    "TXT-03",
    Severity.ERROR,
    "A filter that does not fit its figure",
    "A filter changes how a number prints; on a word, on another unit or with another value than it takes, it would "
    "print something that nobody meant.",
    "{{ actual('EHCP') | pounds('m', 1) }} where EHCP is a count",
)
NOT_CLOSED = Rule(
    "TXT-04",
    Severity.ERROR,
    "Braces that are not closed",
    "Without the closing braces nobody can tell where the figure ends and the words go on.",
    "{{ actual('EHCP') } in October",
)
LINK_UNUSABLE = Rule(
    "TXT-05",
    Severity.QUERY,
    "A link that documents cannot carry",
    "Documents link to web pages (https://) and email addresses (mailto:) only: an address of another kind, or one "
    "that is not written as an address, could do harm or lead nowhere. It prints as typed.",
    "[the plan](file:///S:/SEND/plan.docx)",
)
CHARACTER_REPLACED = Rule(
    "TXT-06",
    Severity.QUERY,
    "A character that no document can hold",
    "Control characters come in with text copied from other programs. Word cannot store them; the documents show � "
    "in their place.",
    "a bell character (U+0007) between two words",
)

RULES: tuple[Rule, ...] = (
    NOT_IN_WORKBOOK,
    NO_FIGURE,
    FILTER_UNFIT,
    NOT_CLOSED,
    LINK_UNUSABLE,
    CHARACTER_REPLACED,
)
