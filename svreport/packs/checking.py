"""What is wrong in a pack's folder itself; what is wrong inside its Word files is told by the room that fills them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from svreport.errors import TemplateFault
from svreport.model.form import FormTerms
from svreport.model.pack_sheets import DeclaredSheet
from svreport.packs.declaration import read_declaration, template_files
from svreport.packs.declared import FORM, FilledDocument

# What Word and LibreOffice save that no document can be made from.
_OTHER_KINDS = (".doc", ".docm", ".dot", ".dotx", ".dotm", ".odt", ".ott", ".fodt", ".rtf")


@dataclass(frozen=True, slots=True)
class CheckedFolder:
    """`faults` are those of pack.toml, `unused` the files without a document, `other_kinds` those that no document
    can be made from.

    `templates` are those of the return that can be opened, `reviews` those of the review of it, `changes` the one of a
    report of changes, `sheets` what the pack adds to the workbook, `forms` what it asks of each Excel form among the
    templates.
    """

    faults: tuple[str, ...]
    templates: tuple[Path, ...]
    reviews: tuple[Path, ...]
    unused: tuple[str, ...]
    sheets: tuple[DeclaredSheet, ...] = ()
    changes: Path | None = None
    forms: Mapping[Path, tuple[FormTerms, ...]] = field(default_factory=dict)
    other_kinds: tuple[str, ...] = ()


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
    reviews = dict.fromkeys(each.template for each in declared.reviews)
    named = {template.name for template in (*templates, *reviews, declared.changes) if template}
    # A pack.toml that could not be read names none of them, which is one fault and not one for each.
    unused = tuple(name for name in template_files(folder) if declared.is_read and name not in named)
    forms: dict[Path, tuple[FormTerms, ...]] = {}
    for each in declared.documents:
        if isinstance(each, FilledDocument) and each.kind == FORM:
            forms[each.template] = (*forms.get(each.template, ()), each.form)
    return CheckedFolder(
        faults,
        tuple(templates),
        tuple(reviews),
        unused,
        declared.sheets,
        declared.changes,
        forms,
        tuple(_other_kinds(folder)),
    )


def _other_kinds(folder: Path) -> list[str]:
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.suffix.lower() in _OTHER_KINDS and not path.name.startswith(("~", ".")) and path.is_file()
    )
