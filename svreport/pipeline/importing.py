"""Import: from last time's Word form to a workbook that says the same words."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from svreport.errors import CallFault
from svreport.publish.new_file import write_new

_ORDER = "name the forms first, then the workbook to make, as in svreport import form.docx 2026-11.xlsx."
_WORD = (".docx", ".docm", ".dotx", ".doc")


@dataclass(frozen=True, slots=True)
class ImportedForm:
    """What was written, in how many rows, and a line for each thing that did not come into the workbook whole."""

    workbook: Path
    pictures: tuple[Path, ...]
    rows: dict[str, int]
    notes: tuple[str, ...]


def import_form(forms: Sequence[Path], workbook: Path) -> ImportedForm:
    """Makes the workbook of a form, with its pictures beside it.

    Raises CallFault where a file to be written exists or the names are in another order, FormUnreadable for a file that
    is no Word document or for files that hold no part of the form.
    """
    _check_names(forms, workbook)
    from svreport.documents.importing.rows import import_content, told
    from svreport.word.forms.reading import read_form
    from svreport.workbook.writing import workbook_bytes

    imported = import_content(read_form(forms), workbook.stem)
    data = workbook_bytes(imported.content)
    made: list[Path] = []
    try:
        for name, picture in imported.pictures.items():
            path = workbook.parent / name
            if not (path.is_file() and path.read_bytes() == picture):
                write_new(path, picture)
                made.append(path)
        write_new(workbook, data)
    except BaseException:
        for path in made:
            with suppress(OSError):
                path.unlink()
        raise
    rows = {sheet: len(held) for sheet, held in imported.content.items()}
    pictures = tuple(workbook.parent / name for name in imported.pictures)
    return ImportedForm(workbook, pictures, rows, tuple(told(note) for note in imported.notes))


def _check_names(forms: Sequence[Path], workbook: Path) -> None:
    if workbook.suffix.lower() in _WORD:
        books = [each for each in forms if each.suffix.lower() in (".xlsx", ".xlsm")]
        which = (
            f"{workbook} is a Word file, and {books[0]} stands before it"
            if books
            else f"{workbook} is a Word file"
        )
        raise CallFault(f"The workbook's name comes last, and {which}: {_ORDER}")
    if not forms:
        raise CallFault(f"{workbook} alone says no form to read: {_ORDER}")
    if workbook.suffix.lower() != ".xlsx":
        raise CallFault(
            f"{workbook} does not end in .xlsx: a new workbook is an Excel file, so give its name that ending."
        )
    if workbook.exists():
        raise CallFault(
            f"{workbook} exists already, and is left as it is: give another name, or move it away."
        )
    for form in forms:
        if form.suffix.lower() in (".xlsx", ".xlsm"):
            raise CallFault(f"{form} is a workbook: svreport import reads Word forms (.docx).")
