"""A pack is a folder of Word templates and a pack.toml: those that come with svreport, and people's own."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from svreport.errors import CallFault, OutputInUse, TemplateFault
from svreport.model.names import did_you_mean, key, listed
from svreport.model.pack_sheets import DeclaredSheet
from svreport.packs.declaration import FILE, read_declaration
from svreport.packs.declared import FORM, PAGE, REVIEW, Document, FilledDocument, ReviewDocument

_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Pack:
    """A set of templates; `name` is its folder's name, `documents` are in the order of its pack.toml.

    `reviews` are the files of the review pack that it makes; a pack may leave them to svreport's own. `sheets` are what
    it adds to the workbook, `review` is how the names of its review's files begin, `changes` the template of a
    report of changes, which a pack may leave to svreport's own too. `without` are the sheets that it needs not.
    """

    name: str
    title: str
    language: str
    folder: Path
    documents: tuple[Document, ...]
    reviews: tuple[ReviewDocument, ...] = ()
    sheets: tuple[DeclaredSheet, ...] = ()
    review: str = REVIEW
    changes: Path | None = None
    without: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that the documents are made from: pack.toml, and each template once."""
        templates = {each.template for each in self.documents if isinstance(each, FilledDocument)}
        templates |= {each.template for each in self.reviews} | ({self.changes} if self.changes else set())
        return (self.folder / FILE, *sorted(templates))

    @property
    def has_pages(self) -> bool:
        """Whether a document of its is a page, which shows charts that no exhibit asks for."""
        return self._has(PAGE)

    @property
    def has_forms(self) -> bool:
        """Whether an Excel form is among the documents."""
        return self._has(FORM)

    def _has(self, kind: str) -> bool:
        return any(isinstance(each, FilledDocument) and each.kind == kind for each in self.documents)

    def digest(self) -> str:
        """The SHA-256 over the names and bytes of the pack's files, wherever the folder stands."""
        sum_of_all = hashlib.sha256()
        for file in self.files:
            data = _bytes(file)
            sum_of_all.update(f"{file.name}\n{len(data)}\n".encode())
            sum_of_all.update(data)
        return sum_of_all.hexdigest()


def load_pack(name_or_folder: str) -> Pack:
    """The pack that comes with svreport under that name, or else the one in that folder.

    A name without a slash is first looked for among svreport's own, so that what it means does not depend on the
    folder that one stands in. Raises TemplateFault with every fault of its pack.toml.
    """
    shipped = _shipped_folders()
    for name, folder in shipped.items():
        if key(name) == key(name_or_folder):
            return _loaded(folder)
    folder = Path(name_or_folder)
    if name_or_folder.strip() and _is(folder, Path.is_dir):
        return _loaded(folder.resolve())
    if _is(folder, Path.is_file):
        raise TemplateFault(f"{folder} is a file: name the folder that holds the templates and {FILE}.")
    near = did_you_mean(name_or_folder, shipped) or f"The packs of svreport: {listed(shipped, 'and')}."
    raise TemplateFault(f"There is no pack and no folder called {name_or_folder!r}. {near}")


def shipped_packs() -> tuple[Pack, ...]:
    """The packs that come with svreport, by name. Raises TemplateFault as `load_pack` does."""
    return tuple(_loaded(folder) for folder in _shipped_folders().values())


def copy_pack(name_or_folder: str, folder: Path) -> Pack:
    """A copy of a pack to change, in a folder that is new or empty.

    Raises CallFault when something is there already, OutputInUse when the folder cannot be written, TemplateFault when
    the pack cannot be read.
    """
    pack = load_pack(name_or_folder)
    contents = {file.name: _bytes(file) for file in pack.files}
    copied: list[Path] = []
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CallFault(f"{folder} exists already, and nothing was copied: name a folder that does not.")
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            copied.append(folder / name)
            copied[-1].write_bytes(content)
    except OSError as error:
        for file in copied:
            with suppress(OSError):
                file.unlink()
        raise OutputInUse(f"{folder} cannot be written ({error.strerror}): choose another folder.") from error
    return _loaded(folder.resolve())


def _loaded(folder: Path) -> Pack:
    declared, faults = read_declaration(folder)
    if faults:
        raise TemplateFault(told(folder, faults))
    return Pack(
        folder.name,
        declared.title,
        declared.language,
        folder,
        declared.documents,
        declared.reviews,
        declared.sheets,
        declared.review,
        declared.changes,
        declared.without,
    )


def told(folder: Path, faults: tuple[str, ...]) -> str:
    """The faults of a folder's pack.toml as one text: a sentence, or a line for each under the file's name."""
    if len(faults) == 1:
        return f"{folder / FILE}: {faults[0]}"
    return "\n  ".join((f"{folder / FILE} has {len(faults)} faults:", *faults))


def _shipped_folders() -> dict[str, Path]:
    """Inside an installed package, or at the top of a checkout."""
    for templates in (_PACKAGE / "templates", _PACKAGE.parent / "templates"):
        if templates.is_dir():
            return {each.parent.name: each.parent for each in sorted(templates.glob(f"*/{FILE}"))}
    raise TemplateFault("The templates that come with svreport are not there: install svreport again.")


def _is(path: Path, what: Callable[[Path], bool]) -> bool:
    """False also for a name that no file can have, such as one of a thousand characters."""
    try:
        return what(path)
    except OSError:
        return False


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise TemplateFault(
            f"{file} cannot be read ({error.strerror}): close it, or copy the pack afresh."
        ) from error
