"""What is wrong in a pack's folder itself; what is wrong inside its Word files is told by the room that fills them."""

from dataclasses import dataclass
from pathlib import Path

from svreport.errors import TemplateFault
from svreport.packs.declaration import FilledDocument, read_declaration, word_files


@dataclass(frozen=True, slots=True)
class CheckedFolder:
    """`faults` are those of pack.toml, `templates` those that can be opened, `unused` Word files without a document."""

    faults: tuple[str, ...]
    templates: tuple[Path, ...]
    unused: tuple[str, ...]


def check_folder(folder: Path) -> CheckedFolder:
    """Everything that can be told of the folder in one go. Raises TemplateFault when it is no folder."""
    if not folder.is_dir():
        raise TemplateFault(
            f"{folder} is not a folder: name the folder that holds the templates and pack.toml."
        )
    declared, faults = read_declaration(folder)
    templates = dict.fromkeys(
        each.template for each in declared.documents if isinstance(each, FilledDocument)
    )
    named = {template.name for template in templates}
    return CheckedFolder(
        faults, tuple(templates), tuple(name for name in word_files(folder) if name not in named)
    )
