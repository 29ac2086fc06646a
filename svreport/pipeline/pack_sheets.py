"""Which sheets are read besides those of the return, and which a new workbook has."""

from svreport.errors import TemplateFault
from svreport.model.pack_sheets import DeclaredSheet, SheetsOfPack
from svreport.packs.loading import Pack, shipped_packs
from svreport.pipeline.options import packs_called


def wanted_sheets(pack: Pack) -> list[SheetsOfPack]:
    """The sheets of a pack that is built, and those of the return that it does without."""
    return [SheetsOfPack(pack.name, pack.sheets, without=pack.without)]


def known_sheets(pack: str | None) -> list[SheetsOfPack]:
    """The sheets of a pack, or of `all`; without a name those of every pack that the workbook has a sheet of.

    Raises `TemplateFault` for a pack that is named and cannot be used.
    """
    if pack is not None:
        return [each for loaded in packs_called(pack) for each in wanted_sheets(loaded)]
    try:
        shipped = shipped_packs()
    except TemplateFault:  # a template that is being changed stops builds, not the check of a workbook
        return []
    return [
        SheetsOfPack(each.name, each.sheets, wanted=False, without=each.without)
        for each in shipped
        if each.sheets
    ]


def declared_sheets(pack: str | None) -> tuple[DeclaredSheet, ...]:
    """The sheets that a new workbook for a pack, or for `all`, has besides those of the return."""
    packs = known_sheets(pack) if pack is not None else []
    return tuple(sheet for each in packs for sheet in each.sheets)
