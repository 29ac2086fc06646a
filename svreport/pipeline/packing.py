"""Check a pack: its folder, its pack.toml and every tag of its Word files, all at once."""

from pathlib import Path

from svreport.documents.context import Return
from svreport.errors import TemplateFault
from svreport.packs.checking import check_folder
from svreport.packs.declaration import FILE
from svreport.packs.loading import copy_pack, shipped_packs

__all__ = ["check_pack", "copy_pack", "shipped_packs"]


def check_pack(folder: Path) -> tuple[list[str], int]:
    """A line for each fault, and how many files were looked at; raises `TemplateFault` when it is no folder."""
    from svreport.word.template import Template

    checked = check_folder(folder)
    faults = [f"{folder / FILE}: {fault}" for fault in checked.faults]
    faults += [
        f"{folder / name}: no document of {FILE} is made from it; name it there, or move it away"
        for name in checked.unused
    ]
    for path in checked.templates:
        try:
            faults += [str(fault) for fault in Template.open(path).faults(Return)]
        except TemplateFault as fault:
            faults.append(str(fault))
    return faults, len(checked.templates) + 1
