"""Check: everything found in a workbook, and in the Excel forms that a named pack fills from it."""

from collections.abc import Sequence
from pathlib import Path

from svreport.model.pack_sheets import SheetsOfPack
from svreport.pipeline.examining import Examined, examine


def check_workbook(path: Path, pack: str | None) -> Examined:
    """What the workbook says and everything found in it; raises as `examine` does, and `TemplateFault` for a pack that
    is named and cannot be used.
    """
    if pack is None:
        return examine(path, others=_of_shipped_packs)
    from svreport.pipeline.options import packs_called
    from svreport.pipeline.pack_sheets import known_sheets

    examined = examine(path, known_sheets(pack))
    for each in packs_called(pack):
        if each.has_forms:
            from svreport.pipeline.forms import fill_forms

            examined = examined.with_findings(fill_forms(examined, each).findings)
    return examined


def _of_shipped_packs() -> Sequence[SheetsOfPack]:
    from svreport.pipeline.pack_sheets import known_sheets  # few workbooks have a pack's sheet

    return known_sheets(None)
