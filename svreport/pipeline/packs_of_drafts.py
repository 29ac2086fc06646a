"""With which packs drafts that came back were made: those that the folder of outputs names, or one that is named."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from svreport.errors import CannotGoOn
from svreport.model import names
from svreport.model.pack_sheets import SheetsOfPack
from svreport.packs.loading import Pack, load_pack
from svreport.pipeline.pack_sheets import known_sheets
from svreport.publish.manifest import read_manifest

_RETURN = "safety-valve"


@dataclass(frozen=True, slots=True)
class PacksOfDrafts:
    """`packs` are those that can be read, `absent` the names of those that a draft was made with and that cannot."""

    packs: tuple[Pack, ...]
    absent: tuple[str, ...]

    def sheets(self) -> list[SheetsOfPack]:
        """The sheets of these packs, and those of svreport's own packs whose names these do not take."""
        own = [
            SheetsOfPack(each.name, each.sheets, wanted=False, without=each.without)
            for each in self.packs
            if each.sheets
        ]
        taken = {names.key(sheet.name) for each in own for sheet in each.sheets}
        others = [
            each
            for each in known_sheets(None)
            if not taken & {names.key(sheet.name) for sheet in each.sheets}
        ]
        return [*own, *others]


def packs_of_drafts(drafts: Iterable[Path], folder: Path, named: str | None) -> PacksOfDrafts:
    """The packs of the files in a folder of outputs, and the one named. Raises `TemplateFault` where that one is none.

    The manifest holds a pack by the name of its folder, which is looked for where svreport is called: one that is
    elsewhere has to be named.
    """
    manifest = read_manifest(folder)
    found: dict[str, Pack] = {}
    if named is not None:
        pack = load_pack(named)
        found[pack.name] = pack
    for name in sorted({each.pack for each in manifest.files.values()} | {_RETURN}):
        if name not in found:
            try:
                found[name] = load_pack(name)
            except CannotGoOn:
                continue
    made_with = {manifest.files[each.name].pack for each in drafts if each.name in manifest.files}
    return PacksOfDrafts(tuple(found.values()), tuple(sorted(made_with - set(found))))
