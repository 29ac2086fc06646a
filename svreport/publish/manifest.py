"""What a folder of outputs holds, as the last build left it: `manifest.json`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Written:
    """One file as svreport wrote it; `content` is the digest of what a person can change in a Word file, else None.

    `pack` is the pack it belongs to: a build of one pack leaves the others' files alone. `made_from` is the SHA-256 of
    the Word file that a PDF was made from, None for every other file.
    """

    sha256: str
    size: int
    content: str | None
    pack: str
    made_from: str | None = None

    @classmethod
    def of(cls, data: bytes, content: str | None, pack: str, made_from: str | None = None) -> "Written":
        return cls(sha256(data).hexdigest(), len(data), content, pack, made_from)

    def told(self) -> dict[str, Any]:
        """As `manifest.json` has it."""
        told = {"sha256": self.sha256, "size": self.size, "content": self.content, "pack": self.pack}
        return told if self.made_from is None else {**told, "made_from": self.made_from}


@dataclass(frozen=True, slots=True)
class PackState:
    """The content code of a pack's documents, and how many errors the build of it met."""

    content_code: str | None
    errors: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """The state of one folder of outputs.

    `inputs` holds the digest of everything the outputs were made from, under the path it was read from. `edited` holds,
    for each Word file that a person changed and that was therefore left, the digest of what svreport had last written
    there. `pending` holds the digests of Word files and PDFs that a build was about to write: should it be killed
    between a file and its manifest, the file is still known as svreport's own. `pulled` holds the digests of Word files
    whose edits were taken into the workbook: they may be replaced. `packs` holds the state of each pack whose files
    stand as they were made from these inputs; `content_code` and `errors` are the return's where it is among them.
    """

    version: str = ""
    workbook: str = ""
    workbook_sha256: str = ""
    content_code: str | None = None
    inputs: Mapping[str, str] = field(default_factory=dict)
    errors: int = 0
    files: Mapping[str, Written] = field(default_factory=dict)
    edited: Mapping[str, str] = field(default_factory=dict)
    pending: Mapping[str, str] = field(default_factory=dict)
    pulled: tuple[str, ...] = ()
    packs: Mapping[str, PackState] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """The same bytes for the same state."""
        told: dict[str, Any] = {
            "version": self.version,
            "workbook": {"name": self.workbook, "sha256": self.workbook_sha256},
            "content_code": self.content_code,
            "errors": self.errors,
            "inputs": dict(sorted(self.inputs.items())),
            "files": {path: each.told() for path, each in sorted(self.files.items())},
        }
        for name, digests in (("edited", self.edited), ("pending", self.pending)):
            if digests:
                told[name] = dict(sorted(digests.items()))
        if len(self.packs) > 1:
            told["packs"] = {
                name: {"content_code": each.content_code, "errors": each.errors}
                for name, each in sorted(self.packs.items())
            }
        if self.pulled:
            told["pulled"] = sorted(self.pulled)
        return (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode()

    def with_pending(self, pending: Mapping[str, str]) -> "Manifest":
        return replace(self, pending={**self.pending, **pending})

    def ours(self, path: str) -> set[str]:
        """The digests under which a Word file at `path` is svreport's own work, untouched, or was pulled."""
        known = {*self.last_written(path).values(), self.pending.get(path), *self.pulled}
        return {digest for digest in known if digest}

    def digest_of(self, path: str, data: bytes) -> str | None:
        """The digest of a Word file that stands at `path` as a build wrote it, to the byte; None for another."""
        written = self.files.get(path)
        as_written = written is not None and Written.of(data, written.content, written.pack) == written
        return written.content if written is not None and as_written else None

    def last_written(self, path: str) -> dict[str, str]:
        """The digest of the Word file that a build last finished writing at `path`, under the path; empty if none."""
        digest = self.files[path].content if path in self.files else self.edited.get(path)
        return {path: digest} if digest else {}


def read_manifest(folder: Path) -> Manifest:
    """The folder's manifest; an empty one where there is none, or where it cannot be understood."""
    try:
        told = json.loads((folder / NAME).read_bytes())
        return Manifest(
            version=str(told["version"]),
            workbook=str(told["workbook"]["name"]),
            workbook_sha256=str(told["workbook"]["sha256"]),
            content_code=told["content_code"],
            inputs=_texts(told["inputs"]),
            errors=int(told["errors"]),
            files={
                str(path): Written(
                    str(each["sha256"]),
                    int(each["size"]),
                    each["content"],
                    str(each["pack"]),
                    each.get("made_from"),
                )
                for path, each in told["files"].items()
                if _stays_inside(str(path))
            },
            edited=_texts(told.get("edited", {})),
            pending=_texts(told.get("pending", {})),
            packs=_packs(told),
            pulled=tuple(str(each) for each in told.get("pulled", ())),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest()


def _packs(told: Mapping[str, Any]) -> dict[str, PackState]:
    """The packs that the folder holds; a manifest of one alone has its state at the top."""
    if "packs" in told:
        return {
            str(name): PackState(each["content_code"], int(each["errors"]))
            for name, each in told["packs"].items()
        }
    names = [str(name).removeprefix("pack/") for name in told["inputs"] if str(name).startswith("pack/")]
    return {name: PackState(told["content_code"], int(told["errors"])) for name in names}


def _texts(told: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in told.items()}


def _stays_inside(path: str) -> bool:
    """A manifest that somebody changed must not lead a build to remove files elsewhere."""
    parts = path.replace("\\", "/").split("/")
    return not path.startswith(("/", "\\")) and ".." not in parts and ":" not in path
