"""Check: everything found in a workbook, and in the Excel forms that a named pack fills from it."""

from pathlib import Path

from svreport.pipeline.examining import Examined, examine
from svreport.pipeline.options import packs_called
from svreport.pipeline.pack_sheets import known_sheets


def check_workbook(path: Path, pack: str | None) -> Examined:
    """What the workbook says and everything found in it; raises as `examine` does, and `TemplateFault` for a pack that
    is named and cannot be used.
    """
    examined = examine(path, known_sheets(pack))
    for each in packs_called(pack) if pack is not None else ():
        if each.has_forms:
            from svreport.pipeline.forms import fill_forms

            examined = examined.with_findings(fill_forms(examined, each).findings)
    return examined
