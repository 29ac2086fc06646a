"""A finished build, moved into its folder file by file: each file old or new, never half, and people's edits kept."""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from svreport.errors import OutputInUse
from svreport.publish import drafts, pdfs
from svreport.publish.content import content_digest, is_worked_on
from svreport.publish.lock import alone_in
from svreport.publish.manifest import NAME, Manifest, Written, read_manifest
from svreport.publish.outcome import Deed, Outcome
from svreport.publish.placing import Assembly, bytes_at, clear_staging, replace_with
from svreport.publish.several import merged, replaced_by


@dataclass(frozen=True, slots=True)
class Bundle:
    """Every file of a build under its path in the folder (`charts/EHCP.png`), and what the manifest says of them.

    `lasting` are files that later builds leave there and nobody edits; the manifest does not hold them. With
    `pdfs_follow` PDFs of earlier Word files stay for the moment, because new ones are about to replace them.
    """

    files: Mapping[str, bytes]
    manifest: Manifest
    pack: str
    lasting: Mapping[str, bytes] = field(default_factory=dict)
    pdfs_follow: bool = False


def publish(bundle: Bundle, folder: Path, *, force: bool, waiting: Callable[[], None]) -> list[Outcome]:
    """Brings the folder up to the bundle; `waiting` is called when another build holds the folder.

    A Word file or Excel form that a person changed, or that a program holds open, stays, and the build's goes beside
    it; with `force` the person's is copied under `kept/` first, then replaced. Raises `OutputInUse` where the folder
    cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with alone_in(folder, waiting):
            return _bring_up(bundle, folder, force)
    except OSError as error:
        raise OutputInUse(
            f"{error.filename or folder} cannot be written ({error.strerror or error}): close what holds it open, "
            f"see that you may write there and that the disk has room, and build again."
        ) from error


def note_pulled(folder: Path, digests: Iterable[str], *, waiting: Callable[[], None]) -> None:
    """Notes that the edits of the Word files with these digests are in the workbook, so that builds may replace them.

    Without a build's manifest in the folder there is nothing to replace, and nothing is noted.
    """
    if not (folder / NAME).is_file():
        return
    try:
        with alone_in(folder, waiting):
            before = read_manifest(folder)
            after = replace(before, pulled=tuple(sorted({*before.pulled, *digests})))
            if before.files and after != before:
                replace_with(folder, NAME, after.to_bytes())
            clear_staging(folder)
    except OSError as error:
        raise OutputInUse(
            f"{error.filename or folder} cannot be written ({error.strerror or error}): see that you may write there."
        ) from error


def edited_drafts(folder: Path) -> list[str]:
    """The Word files of the folder's last build that a person changed since, drafts beside others included."""
    manifest = read_manifest(folder)
    written = [path for path in (*manifest.files, *manifest.edited) if path.endswith(".docx")]
    return [
        path
        for path in sorted(set(written))
        if (data := bytes_at(folder / path)) is not None
        and content_digest(path, data) not in manifest.ours(path)
    ]


def _bring_up(bundle: Bundle, folder: Path, force: bool) -> list[Outcome]:
    clear_staging(folder)
    before = read_manifest(folder)
    for path, data in bundle.lasting.items():
        if bytes_at(folder / path) != data:
            replace_with(folder, path, data)
    digests = {path: content_digest(path, data) for path, data in bundle.files.items() if is_worked_on(path)}
    outcomes: list[Outcome] = []
    writes: dict[str, str] = {}
    edited: dict[str, str] = {}
    for path, data in bundle.files.items():
        outcome, target = _decide(folder, path, data, digests.get(path), before, force)
        outcomes.append(outcome)
        if outcome.deed in (Deed.BESIDE_EDITED, Deed.BESIDE_HELD):
            edited |= before.last_written(path)
        if target:
            writes[target] = path
    pending = {target: digests[path] for target, path in writes.items() if path in digests}
    if pending:
        replace_with(folder, NAME, before.with_pending(pending).to_bytes())
    assembly = Assembly(folder, {target: bundle.files[path] for target, path in writes.items()})
    for target, path in writes.items():
        try:
            assembly.place(target)
        except PermissionError:
            position = next(n for n, each in enumerate(outcomes) if each.path == path)
            if path in digests:
                outcomes[position] = _beside(folder, path, bundle.files[path], digests[path], before)
                edited |= before.last_written(path)
            else:
                outcomes[position] = Outcome(path, Deed.HELD)
    files = _files_now(bundle, digests, outcomes)
    stand = pdfs.known(folder, before)
    outcomes += _clear(folder, before, bundle.pack, {*files, *bundle.files, *stand})
    others = {
        path: each for path, each in before.files.items() if each.pack != bundle.pack and path not in stand
    }
    files = {**others, **files}
    left, told = pdfs.settled(folder, stand, files, follow=bundle.pdfs_follow)
    outcomes += told
    # What was pulled and still stands, in another pack or because it is open, is still to be replaced.
    pulled = before.pulled if edited or others else ()
    kept = {path: digest for path, digest in before.edited.items() if _of_another(path, before, bundle)}
    after = merged(before, bundle.manifest, bundle.pack, replaced_by(files, bundle.pack, before))
    after = replace(after, files={**files, **left}, edited={**kept, **edited}, pulled=pulled)
    if after.to_bytes() != bytes_at(folder / NAME):
        replace_with(folder, NAME, after.to_bytes())
    clear_staging(folder)
    return outcomes


def _of_another(path: str, before: Manifest, bundle: Bundle) -> bool:
    """True for a document that a person changed and that another pack makes: its draft beside it says so."""
    stem, ending = path.removesuffix(PurePosixPath(path).suffix), PurePosixPath(path).suffix
    beside = re.compile(rf"{re.escape(stem)}\.draft-\d+{re.escape(ending)}")
    return path not in bundle.files and any(
        beside.fullmatch(each) and written.pack != bundle.pack for each, written in before.files.items()
    )


def _decide(
    folder: Path, path: str, data: bytes, digest: str | None, before: Manifest, force: bool
) -> tuple[Outcome, str]:
    """What becomes of a file, and the path that is to be written, empty for none."""
    if digest is None:
        same = bytes_at(folder / path) == data
        return (Outcome(path, Deed.UNCHANGED), "") if same else (Outcome(path, Deed.WRITTEN), path)
    there = drafts.standing(folder, path, data, digest, before)
    if there.same:
        return Outcome(path, Deed.UNCHANGED), ""
    if not there.must_stay:
        return Outcome(path, Deed.WRITTEN), path
    if force:
        return Outcome(path, Deed.REPLACED, drafts.keep_aside(folder, path)), path
    beside, beside_it = drafts.place_beside(folder, path, data, digest, before)
    deed = Deed.BESIDE_EDITED if there.edited else Deed.BESIDE_HELD
    return Outcome(path, deed, beside), "" if beside_it.same else beside


def _beside(folder: Path, path: str, data: bytes, digest: str, before: Manifest) -> Outcome:
    """Writes beside a file that refused to be replaced, as an open one does on Windows."""
    beside, there = drafts.place_beside(folder, path, data, digest, before)
    if not there.same:
        replace_with(folder, beside, data)
    return Outcome(path, Deed.BESIDE_HELD, beside)


def _files_now(bundle: Bundle, digests: Mapping[str, str], outcomes: list[Outcome]) -> dict[str, Written]:
    """The files of the bundle, each where it stands now."""
    stands = {
        each.path: each.other if each.deed in (Deed.BESIDE_EDITED, Deed.BESIDE_HELD) else each.path
        for each in outcomes
    }
    return {
        stands[path]: Written.of(data, digests.get(path), bundle.pack) for path, data in bundle.files.items()
    }


def _clear(folder: Path, before: Manifest, pack: str, stay: set[str]) -> list[Outcome]:
    """Removes what an earlier build of the pack wrote, this one does not, and nobody touched."""
    removed = []
    for path, written in sorted(before.files.items()):
        if path in stay or written.pack != pack:
            continue
        target = folder / path
        data = bytes_at(target)
        if data is None or drafts.held_open(target):
            continue
        untouched = Written.of(data, None, pack).sha256 == written.sha256
        if is_worked_on(path):
            untouched = untouched or content_digest(path, data) in before.ours(path)
        if untouched:
            with suppress(PermissionError):
                target.unlink()
                removed.append(Outcome(path, Deed.REMOVED))
            if target.parent != folder:
                with suppress(OSError):
                    target.parent.rmdir()
    return removed
