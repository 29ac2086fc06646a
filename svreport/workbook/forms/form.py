"""An Excel form of a pack, opened: an `.xlsx` file that is safe to read and that Excel will open again."""

from pathlib import Path

from svreport.errors import TemplateFault, WorkbookUnreadable
from svreport.workbook.editing.parts import CONTENT_TYPES
from svreport.workbook.forms.editing import FormEditor
from svreport.workbook.opening import Package, open_package, package_of
from svreport.workbook.workbook_xml import local_name, parse

_PLAIN = "spreadsheetml.sheet.main+xml"


def open_form(path: Path) -> FormEditor:
    """The form at a path, to be filled once.

    Raises TemplateFault, in one sentence, for what is no Excel workbook, holds macros, is protected by a password,
    damaged, or larger than any form can be.
    """
    try:
        package = open_package(path)
        if not _is_plain(package):
            raise TemplateFault(
                f"{path} is an Excel template or holds macros: save it as a plain Excel workbook (.xlsx)."
            )
        return FormEditor(package)
    except WorkbookUnreadable as fault:
        raise TemplateFault(str(fault)) from None


def finished_form(name: str, data: bytes) -> Package:
    """The parts of a form that was filled."""
    return package_of(name, data)


def _is_plain(package: Package) -> bool:
    """True for a workbook that declares itself a plain one, as every office program writes it."""
    mains: list[str] = []
    macros: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("ContentType", "")
        if local_name(tag) == "Override" and kind.endswith(".main+xml"):
            mains.append(kind)
        if "vbaProject" in kind or "macrosheet" in kind.casefold():
            macros.append(kind)

    parse(package, CONTENT_TYPES, start, lambda _: None)
    return not macros and all(kind.endswith(_PLAIN) for kind in mains)
