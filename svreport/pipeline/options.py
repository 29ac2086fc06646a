"""What a build is asked to do."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from svreport.packs.loading import Pack, load_pack, shipped_packs

ALL = "all"


def packs_called(name: str) -> tuple[Pack, ...]:
    """The pack of a name or in a folder, or every one of svreport's for `all`; raises `TemplateFault` for none."""
    return shipped_packs() if _means_all(name) else (load_pack(name),)


def _means_all(name: str) -> bool:
    return name.strip().casefold() == ALL


def quoted(argument: str) -> str:
    """What somebody types, between quotation marks where a command line would take it for more than one thing."""
    return f'"{argument}"' if re.search(r"[\s&()]", argument) else argument


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """`out` is the folder of outputs, `pack` a pack's name, a folder of templates, or `all` that come with svreport.

    With `force` Word files that a person changed are replaced, after theirs are saved; with `final` nothing is written
    unless the return is. With `pdf` each Word file is to have its PDF, which `print_folders` makes afterwards.
    `among` says that the pack is one of several that are built.
    """

    out: Path
    pack: str
    force: bool = False
    final: bool = False
    pdf: bool = False
    among: bool = False

    def load_pack(self) -> Pack:
        """The pack to build; raises `TemplateFault` for one that is not there or cannot be used."""
        return load_pack(self.pack)

    def of_each_pack(self) -> "tuple[BuildOptions, ...]":
        """The same for each of the packs, in the order in which they are built."""
        if not _means_all(self.pack):
            return (self,)
        return tuple(replace(self, pack=pack.name, among=True) for pack in shipped_packs())

    def load_packs(self) -> tuple[Pack, ...]:
        """Every pack to build; raises `TemplateFault` as `load_pack` does."""
        return packs_called(self.pack)
