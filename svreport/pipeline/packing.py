"""Check a pack: its folder, its pack.toml and every tag of its Word files, all at once."""

import os
from pathlib import Path

from svreport.documents.page.checking import page_faults
from svreport.documents.page.paper import PageHead
from svreport.documents.papers import context_type
from svreport.documents.review_pack.changes_report import ChangeReport
from svreport.documents.review_pack.context import ReviewPack
from svreport.errors import CannotGoOn, TemplateFault
from svreport.model import names
from svreport.packs.checking import check_folder
from svreport.packs.declaration import FILE
from svreport.packs.declared import PAGE, WORD
from svreport.packs.loading import copy_pack, shipped_packs
from svreport.pipeline.forms import form_template_faults
from svreport.pipeline.options import ALL, quoted

__all__ = ["as_argument", "barriers", "check_pack", "copy_pack", "shipped_packs"]


def as_argument(folder: Path) -> str:
    """How a pack's folder is named on a command line: a plain name could mean a pack of svreport's, and blanks need
    quotation marks.
    """
    taken = {names.key(each.name) for each in shipped_packs()} | {ALL}
    told = f".{os.sep}{folder}" if names.key(str(folder)) in taken else str(folder)
    return quoted(told)


def check_pack(folder: Path) -> tuple[list[str], int]:
    """A line for each fault, and how many files were looked at; raises `TemplateFault` when it is no folder."""
    checked = check_folder(folder)
    faults = [f"{folder / FILE}: {fault}" for fault in checked.faults]
    faults += [
        f"{folder / name}: no document of {FILE} is made from it; name it there, or move it away"
        for name in checked.unused
    ]
    faults += [
        f"{folder / name}: no document can be made from a file of this kind; save it as a plain Word document (.docx), "
        f"or move it away"
        for name in checked.other_kinds
    ]
    for path in checked.templates:
        context = context_type(checked.sheets)
        if path in checked.forms:
            faults += form_template_faults(path, checked.sheets, checked.forms[path])
        elif path.suffix == PAGE:
            faults += page_faults(path, PageHead, context)
        else:
            faults += _word_faults(path, context)
    for path in checked.reviews:
        faults += page_faults(path) if path.suffix == PAGE else _word_faults(path, ReviewPack)
    if checked.changes:
        faults += _word_faults(checked.changes, ChangeReport)
    return faults, len(checked.templates) + len(checked.reviews) + bool(checked.changes) + 1


def barriers(folder: Path) -> list[str]:
    """A line for each thing in the Word files that would keep somebody from reading what is made of them."""
    from svreport.word.accessibility import faults

    checked = check_folder(folder)
    files = [*checked.templates, *checked.reviews, *([checked.changes] if checked.changes else [])]
    told = []
    for path in (each for each in files if each.suffix == WORD):
        try:
            told += [f"{path}, for everybody to read: {fault}" for fault in faults(path.read_bytes())]
        except (CannotGoOn, OSError):
            continue  # told as a fault
    return told


def _word_faults(path: Path, context: type) -> list[str]:
    from svreport.word.template import Template

    try:
        return [str(fault) for fault in Template.open(path).faults(context)]
    except TemplateFault as fault:
        return [str(fault)]
