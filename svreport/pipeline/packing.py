"""Check a pack: its folder, its pack.toml and every tag of its Word files, all at once."""

from pathlib import Path

from svreport.documents.changes_report import ChangeReport
from svreport.documents.page.checking import page_faults
from svreport.documents.page.paper import PageHead
from svreport.documents.papers import context_type
from svreport.documents.review_context import ReviewPack
from svreport.errors import TemplateFault
from svreport.packs.checking import check_folder
from svreport.packs.declaration import FILE, PAGE
from svreport.packs.loading import copy_pack, shipped_packs

__all__ = ["check_pack", "copy_pack", "shipped_packs"]


def check_pack(folder: Path) -> tuple[list[str], int]:
    """A line for each fault, and how many files were looked at; raises `TemplateFault` when it is no folder."""
    checked = check_folder(folder)
    faults = [f"{folder / FILE}: {fault}" for fault in checked.faults]
    faults += [
        f"{folder / name}: no document of {FILE} is made from it; name it there, or move it away"
        for name in checked.unused
    ]
    for path in checked.templates:
        context = context_type(checked.sheets)
        if path.suffix == PAGE:
            faults += page_faults(path, PageHead, context)
        else:
            faults += _word_faults(path, context)
    for path in checked.reviews:
        faults += page_faults(path) if path.suffix == PAGE else _word_faults(path, ReviewPack)
    if checked.changes:
        faults += _word_faults(checked.changes, ChangeReport)
    return faults, len(checked.templates) + len(checked.reviews) + bool(checked.changes) + 1


def _word_faults(path: Path, context: type) -> list[str]:
    from svreport.word.template import Template

    try:
        return [str(fault) for fault in Template.open(path).faults(context)]
    except TemplateFault as fault:
        return [str(fault)]
