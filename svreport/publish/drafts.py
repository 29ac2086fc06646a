"""Files that people work on, in a shared folder: whether one was changed or is held open, and where ours goes then."""

import errno
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from svreport.publish.manifest import Manifest

_KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a file that people work on stands in the folder: absent, ours, a person's work, or held open by a program.

    `same` is True where nothing in it differs from what would be written.
    """

    exists: bool
    edited: bool = False
    held: bool = False
    same: bool = False

    @property
    def must_stay(self) -> bool:
        return self.exists and not self.same and (self.edited or self.held)


def standing(folder: Path, path: str, data: bytes, digest: str, manifest: Manifest) -> Standing:
    """How the file at `path` stands, given what a build would write there and its digest."""
    from svreport.publish.content import content_digest
    from svreport.word.digest import same_parts

    target = folder / path
    try:
        there = target.read_bytes()
    except FileNotFoundError:
        return Standing(exists=False)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise
        # It is there and cannot even be read: whoever holds it decides.
        return Standing(exists=True, held=True)
    if there == data or same_parts(there, data):
        return Standing(exists=True, same=True)
    found = manifest.digest_of(path, there) or content_digest(path, there)
    edited = found != digest and found not in manifest.ours(path)
    return Standing(exists=True, edited=edited, held=held_open(target))


def held_open(target: Path) -> bool:
    """True where Office's or LibreOffice's owner file says that the file is open."""
    name = target.name
    owners = (f"~${name}", f"~${name[2:]}", f"~${name[1:]}", f".~lock.{name}#")
    return any((target.parent / owner).exists() for owner in owners)


def draft_name(path: str, number: int) -> str:
    """`risk-register.draft-2.docx`, beside `risk-register.docx`."""
    pure = PurePosixPath(path)
    return str(pure.with_name(f"{pure.stem}.draft-{number}{pure.suffix}"))


def place_beside(
    folder: Path, path: str, data: bytes, digest: str, manifest: Manifest
) -> tuple[str, Standing]:
    """The first `draft-2`, `draft-3`, … that is free, or ours and untouched, and how it stands."""
    number = 2
    while True:
        beside = draft_name(path, number)
        there = standing(folder, beside, data, digest, manifest)
        if not there.must_stay:
            return beside, there
        number += 1


def keep_aside(folder: Path, path: str) -> str:
    """Copies a person's file under `kept/`, beside what is kept there already, and says where."""
    source = folder / path
    data = source.read_bytes()
    pure = PurePosixPath(path)
    number = 1
    while True:
        name = pure.name if number == 1 else f"{pure.stem} ({number}){pure.suffix}"
        kept = folder / _KEPT / name
        if not kept.exists():
            break
        if kept.read_bytes() == data:
            return f"{_KEPT}/{name}"
        number += 1
    kept.parent.mkdir(parents=True, exist_ok=True)
    with kept.open("xb") as file:
        file.write(data)
    return f"{_KEPT}/{name}"
