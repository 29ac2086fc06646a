"""Whether a folder of outputs is up to date, told without reading the workbook."""

from collections.abc import Container, Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from svreport import __version__
from svreport.packs.loading import Pack
from svreport.publish import pdfs
from svreport.publish.content import is_worked_on
from svreport.publish.manifest import Manifest, read_manifest
from svreport.publish.several import without_packs

_BESIDE = "beside/"
_MISSING = "missing"


def inputs_of(workbook: Path, digest: str, beside: Iterable[str], packs: Iterable[Pack]) -> dict[str, str]:
    """The digest of everything the documents are made from: the workbook, files beside it, templates and svreport.

    `digest` is the workbook's own, as it was read.
    """
    return {
        "svreport": __version__,
        f"workbook/{workbook.name}": digest,
        **{f"{_BESIDE}{name}": _digest_beside(workbook, name) for name in beside},
        **{f"pack/{pack.name}": pack.digest() for pack in packs},
    }


def up_to_date(workbook: Path, folder: Path, packs: Iterable[Pack], *, pdf: bool = False) -> Manifest | None:
    """The folder's manifest where its files stand as they were made from what is there now, else None.

    Where PDFs are asked for, those that are merely missing do not count: they can be made of the Word files.
    """
    manifest = read_manifest(folder)
    if not manifest.files or manifest.pending:
        return None
    beside = [name.removeprefix(_BESIDE) for name in manifest.inputs if name.startswith(_BESIDE)]
    wanted = {pack.name: pack for pack in packs}
    now = inputs_of(workbook, digest_of(workbook), beside, wanted.values())
    held = {name: manifest.inputs.get(name) for name in now} | without_packs(manifest.inputs)
    if held != now or not _stands(folder, manifest, wanted):
        return None
    if pdfs.outdated(folder, manifest) or (pdf and pdfs.lacking(folder, wanted)):
        return None
    states = [manifest.packs[name] for name in wanted if name in manifest.packs]
    return replace(manifest, errors=max((each.errors for each in states), default=manifest.errors))


def _stands(folder: Path, manifest: Manifest, packs: Container[str]) -> bool:
    """A file that people work on need only be there, since one may have changed it; others must be what was written.

    A PDF may be missing, or hold a person's notes.
    """
    return all(
        (folder / path).is_file() if is_worked_on(path) else digest_of(folder / path) == written.sha256
        for path, written in manifest.files.items()
        if written.pack in packs and written.made_from is None
    )


def _digest_beside(workbook: Path, name: str) -> str:
    """The digest of a file in the workbook's folder; a link that leads out of it is not followed."""
    try:
        path = (workbook.parent / name).resolve()
        return digest_of(path) if path.is_relative_to(workbook.parent.resolve()) else _MISSING
    except (OSError, RuntimeError, ValueError):
        return _MISSING


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, or a word of its own for one that cannot be read, or that is none (a pipe, a device)."""
    try:
        return sha256(path.read_bytes()).hexdigest() if path.is_file() else _MISSING
    except (OSError, ValueError):
        return _MISSING
