"""What a build is asked to do."""

from dataclasses import dataclass
from pathlib import Path

from svreport.packs.loading import Pack, load_pack


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """`out` is the folder of outputs, `pack` a pack's name or a folder of templates.

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
