"""PDFs beside the Word files that they were made from: which are to be made, which stand, and which have to go.

A PDF of an earlier Word file is the worst file to have in a shared folder: it looks finished, and somebody sends it. So
each PDF's entry in the manifest names the Word file that it was made from, and one that no longer fits does not stay.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from svreport.errors import OutputInUse
from svreport.publish.drafts import keep_aside
from svreport.publish.lock import alone_in
from svreport.publish.manifest import NAME, Manifest, Written, read_manifest
from svreport.publish.outcome import Deed, Outcome
from svreport.publish.placing import bytes_at, clear_staging, replace_with

_WORD, _PDF = ".docx", ".pdf"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A PDF that is to be made of the Word file at `path` in the folder, as the build wrote that."""

    folder: Path
    path: str
    word: Written

    def read(self) -> bytes | None:
        """The Word file, None for one that somebody changed since: its words are nobody's return yet."""
        from svreport.word.digest import content_digest

        data = bytes_at(self.folder / self.path)
        return data if data is not None and content_digest(data) == self.word.content else None


def wanted(folder: Path, packs: Collection[str]) -> list[Wanted]:
    """The PDFs that these packs' Word files in the folder lack."""
    manifest = read_manifest(folder)
    stand = known(folder, manifest)
    return [
        Wanted(folder, path, written)
        for path, written in sorted(manifest.files.items())
        if path.endswith(_WORD)
        and written.pack in packs
        and not _is_there(folder, pdf_of(path), stand, manifest.files)
    ]


def lacking(folder: Path, packs: Collection[str]) -> bool:
    """True where only a build can give every Word file of these packs its PDF: somebody changed one that has none."""
    return any(each.read() is None for each in wanted(folder, packs))


def outdated(folder: Path, manifest: Manifest) -> list[str]:
    """The PDFs in the folder that were made from an earlier Word file, or from one that is gone."""
    stand = known(folder, manifest)
    return [path for path in stand if not _is_current(path, stand, manifest.files)]


def bring(
    folder: Path, made: Sequence[tuple[Wanted, bytes]], *, waiting: Callable[[], None]
) -> list[Outcome]:
    """Puts finished PDFs into the folder, and takes those away that no longer fit; `waiting` as for `publish`.

    A PDF is left out when another build wrote its Word file anew meanwhile. What somebody added to a PDF is kept under
    `kept/`. Raises `OutputInUse` where the folder cannot be written.
    """
    if not made and not outdated(folder, read_manifest(folder)):
        return []
    try:
        with alone_in(folder, waiting):
            return _bring(folder, made)
    except OSError as error:
        raise OutputInUse(
            f"{error.filename or folder} cannot be written ({error.strerror or error}): see that you may write there "
            f"and that the disk has room, and build again."
        ) from error


def _bring(folder: Path, made: Sequence[tuple[Wanted, bytes]]) -> list[Outcome]:
    before = read_manifest(folder)
    stand = known(folder, before)
    words = {path: each for path, each in before.files.items() if each.made_from is None}
    fresh = [
        (pdf_of(each.path), pdf, words[each.path])
        for each, pdf in made
        if each.path in words and words[each.path].sha256 == each.word.sha256
    ]
    if fresh:
        # Should this be killed between a file and its manifest, the file is still known, and of what it was made.
        pending = {path: sha256(pdf).hexdigest() for path, pdf, _ in fresh}
        replace_with(folder, NAME, before.with_pending(pending).to_bytes())
    outcomes: list[Outcome] = []
    for path, pdf, word in fresh:
        there = bytes_at(folder / path)
        theirs = there not in (None, pdf) and not _is_ours(there, stand.get(path))
        kept = keep_aside(folder, path) if theirs else ""
        try:
            if there != pdf:
                replace_with(folder, path, pdf)
        except PermissionError:
            if path not in stand:
                outcomes.append(Outcome(path, Deed.HELD))
            continue
        stand[path] = Written.of(pdf, None, word.pack, word.sha256)
        outcomes.append(Outcome(path, Deed.REPLACED if kept else Deed.WRITTEN, kept))
    left, told = settled(folder, stand, words)
    pending = {path: each for path, each in before.pending.items() if not path.endswith(_PDF)}
    after = replace(before, files={**words, **left}, pending=pending)
    if after.to_bytes() != bytes_at(folder / NAME):
        replace_with(folder, NAME, after.to_bytes())
    clear_staging(folder)
    return outcomes + told


def settled(
    folder: Path, stand: Mapping[str, Written], words: Mapping[str, Written], *, follow: bool = False
) -> tuple[dict[str, Written], list[Outcome]]:
    """The PDFs that stay beside these Word files, and what became of the others.

    With `follow` the outdated ones stay until new ones are made: replaced in one move, a file keeps its links and
    its history on a synced drive. One that somebody added to is kept under `kept/`.
    """
    left: dict[str, Written] = {}
    told: list[Outcome] = []
    for path, written in stand.items():
        there = bytes_at(folder / path)
        if there is None:
            continue
        if follow or _is_current(path, stand, words):
            left[path] = written
            continue
        kept = "" if _is_ours(there, written) else keep_aside(folder, path)
        try:
            (folder / path).unlink()
            told.append(Outcome(path, Deed.OUTDATED, kept))
        except PermissionError:
            left[path] = written
            told.append(Outcome(path, Deed.OUTDATED_HELD))
    return left, told


def known(folder: Path, manifest: Manifest) -> dict[str, Written]:
    """The PDFs that builds made, by path, with those that a build had just put down when it was killed."""
    found = {path: each for path, each in manifest.files.items() if each.made_from is not None}
    for path, digest in manifest.pending.items():
        word = manifest.files.get(_word_of(path)) if path.endswith(_PDF) else None
        data = bytes_at(folder / path) if word else None
        if word and data is not None and sha256(data).hexdigest() == digest:
            found[path] = Written(digest, len(data), None, word.pack, word.sha256)
    return found


def pdf_of(path: str) -> str:
    """`review.pdf` for `review.docx`."""
    return path.removesuffix(_WORD) + _PDF


def _word_of(path: str) -> str:
    return path.removesuffix(_PDF) + _WORD


def _is_current(path: str, stand: Mapping[str, Written], words: Mapping[str, Written]) -> bool:
    word = words.get(_word_of(path))
    return path in stand and word is not None and stand[path].made_from == word.sha256


def _is_there(folder: Path, path: str, stand: Mapping[str, Written], words: Mapping[str, Written]) -> bool:
    return _is_current(path, stand, words) and (folder / path).is_file()


def _is_ours(data: bytes | None, written: Written | None) -> bool:
    return data is not None and written is not None and sha256(data).hexdigest() == written.sha256
