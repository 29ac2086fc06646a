"""The few ways in which svreport cannot go on; caught once, in the command line."""


class CannotGoOn(Exception):
    """Root of every expected stop: its text is one sentence for an officer that says what is wrong and what to do."""


class CallFault(CannotGoOn):
    """The command was called with something that does not fit: a file that exists already, a verb's wrong argument."""


class WorkbookUnreadable(CannotGoOn):
    """The file is missing, is no workbook, is password-protected, cut short, or larger than any return can be."""


class TemplateFault(CannotGoOn):
    """A template pack, or a Word template in it, cannot be used; the text names the file and each fault."""


class OutputInUse(CannotGoOn):
    """The folder of outputs cannot be written: no permission, no space, or another program holds it."""


class FormUnreadable(CannotGoOn):
    """A Word file given to be read is missing, is no Word document, or is not safe to open."""


class ChartsNotDrawn(CannotGoOn):
    """The program that draws the charts ends before it is done, again and again."""


class OfficeUnusable(CannotGoOn):
    """LibreOffice, which makes PDFs, is not there or does not run; the text goes on after `not made, because`."""
