"""Build: from a workbook to its finished documents in their folder."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from svreport import __version__
from svreport.model.submission import ExhibitKind
from svreport.pipeline.ahead import draw_again
from svreport.pipeline.charting import begin_charts, blocks_of_exhibits, chart_files, drawing
from svreport.pipeline.examining import Examined, examine
from svreport.pipeline.filling import fill_return
from svreport.pipeline.finality import SNAPSHOTS, Fallen, Finality, fallen, finality_of
from svreport.pipeline.options import BuildOptions
from svreport.pipeline.pack_sheets import wanted_sheets
from svreport.pipeline.reviewing import begin_review, review_files
from svreport.publish.bundle import Bundle, edited_drafts, publish
from svreport.publish.manifest import Manifest
from svreport.publish.outcome import Outcome
from svreport.publish.stale import digest_of, inputs_of
from svreport.review.snapshot import snapshot, to_json

if TYPE_CHECKING:
    from svreport.figures.coming import Coming
    from svreport.figures.drawing import Drawing


@dataclass(frozen=True, slots=True)
class Built:
    """What a build read, how the approvals stand, and what became of each file in `folder`.

    `refused` holds the reasons why nothing was written, when a final was asked for and cannot be.
    """

    examined: Examined
    folder: Path
    pack: str
    code: str
    finality: Finality
    fallen: tuple[Fallen, ...]
    outcomes: tuple[Outcome, ...] = ()
    refused: tuple[str, ...] = ()


def build_workbook(path: Path, options: BuildOptions, *, waiting: Callable[[Path], None]) -> Built:
    """Builds the documents of one workbook into a folder of its name under the folder of outputs.

    Drafts are written whatever was found, with a mark wherever something could not be read; `waiting` is told the
    folder when another build holds it. Raises `WorkbookUnreadable`, `TemplateFault` or `OutputInUse` where nothing can
    be written.
    """
    with drawing() as begun:
        return _build(path, options, begun, waiting)


def _build(path: Path, options: BuildOptions, drawing: "Drawing", waiting: Callable[[Path], None]) -> Built:
    pack = options.load_pack()
    if pack.has_pages:
        draw_again()
    # Taken first: a save during the build makes the outputs stale, not the new workbook look built.
    digest = digest_of(path)
    charts: dict[str, Coming] = {}
    examined = examine(
        path,
        wanted_sheets(pack),
        resolved=lambda exhibits: charts.update(begin_charts(drawing, exhibits)),
    )
    exhibits = blocks_of_exhibits(examined, charts)
    reviewed = begin_review(examined, exhibits)
    filled = fill_return(examined, pack, exhibits)
    examined = examined.with_findings(filled.findings)
    folder = options.out / path.stem
    finality = finality_of(examined, filled.code)
    built = Built(
        examined,
        folder,
        pack.name,
        filled.code,
        finality,
        tuple(fallen(examined, finality, folder, pack.name)),
    )
    if options.final:
        refused = (*finality.reasons, *_unpulled(folder, options))
        if refused:
            return Built(examined, folder, pack.name, filled.code, finality, built.fallen, refused=refused)
    # What needs no picture comes first: charts are drawn all the while.
    review = review_files(reviewed.signed(filled.code, examined.findings), pack)
    files = {
        **filled.finished(draft=not finality.is_final),
        **review.finished(),
        **chart_files(examined, charts),
    }
    manifest = Manifest(
        version=__version__,
        workbook=path.name,
        workbook_sha256=digest,
        content_code=filled.code,
        inputs=inputs_of(path, digest, _files_beside(examined), [pack]),
        errors=examined.errors,
    )
    kept = {f"{SNAPSHOTS}/{filled.code}.json": to_json(snapshot(examined.facts))}
    bundle = Bundle(files, manifest, pack.name, lasting=kept, pdfs_follow=options.pdf)
    outcomes = publish(bundle, folder, force=options.force, waiting=lambda: waiting(folder))
    return Built(examined, folder, pack.name, filled.code, finality, built.fallen, tuple(outcomes))


def _unpulled(folder: Path, options: BuildOptions) -> list[str]:
    """Drafts with a person's edits, which a final would leave behind; with `force` theirs are kept aside."""
    if options.force:
        return []
    return [
        f"{folder / name} holds edits that were not pulled: svreport pull takes them back, --force sets them aside"
        for name in edited_drafts(folder)
    ]


def _files_beside(examined: Examined) -> list[str]:
    """The files beside the workbook that its documents depend on: the previous workbook and its own pictures."""
    previous = examined.submission.programme.previous_workbook.value
    pictures = [
        exhibit.series.value[0]
        for exhibit in examined.submission.exhibits
        if exhibit.kind.value is ExhibitKind.PICTURE and exhibit.series.value
    ]
    return [name for name in (previous, *pictures) if name and "/" not in name and "\\" not in name]
