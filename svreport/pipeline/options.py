"""What a build is asked to do."""

from dataclasses import dataclass, replace
from pathlib import Path

from svreport.packs.loading import Pack, load_pack, shipped_packs

ALL = "all"


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """`out` is the folder of outputs, `pack` a pack's name, a folder of templates, or `all` that come with svreport.

    With `force` Word files that a person changed are replaced, after theirs are saved; with `final` nothing is written
    unless the return is.
    """

    out: Path
    pack: str
    force: bool = False
    final: bool = False

    def load_pack(self) -> Pack:
        """The pack to build; raises `TemplateFault` for one that is not there or cannot be used."""
        return load_pack(self.pack)

    def of_each_pack(self) -> "tuple[BuildOptions, ...]":
        """The same for each of the packs, in the order in which they are built."""
        if self.pack.strip().casefold() != ALL:
            return (self,)
        return tuple(replace(self, pack=pack.name) for pack in shipped_packs())

    def load_packs(self) -> tuple[Pack, ...]:
        """Every pack to build; raises `TemplateFault` as `load_pack` does."""
        return tuple(each.load_pack() for each in self.of_each_pack())
