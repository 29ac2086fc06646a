"""Build: from a workbook to its finished documents in their folder."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from svreport import __version__
from svreport.documents.submission import return_context
from svreport.figures.exhibits import ResolvedExhibit
from svreport.figures.layout import exhibit_blocks
from svreport.model import names
from svreport.model.submission import ExhibitKind
from svreport.narrative.blocks import Block
from svreport.packs.declaration import TITLE_FIELDS, JoinedDocument, titled
from svreport.packs.loading import Pack
from svreport.pipeline.examining import Examined, examine
from svreport.pipeline.options import BuildOptions
from svreport.publish.bundle import Bundle, Outcome, publish
from svreport.publish.manifest import Manifest
from svreport.publish.stale import inputs_of

CHARTS = "charts"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build read and what became of each file in `folder`."""

    examined: Examined
    folder: Path
    outcomes: tuple[Outcome, ...]


def build_workbook(path: Path, options: BuildOptions, *, waiting: Callable[[Path], None]) -> Built:
    """Builds the documents of one workbook into a folder of its name under the folder of outputs.

    Drafts are written whatever was found, with a mark wherever something could not be read; `waiting` is told the
    folder when another build holds it. Raises `WorkbookUnreadable`, `TemplateFault` or `OutputInUse` where nothing can
    be written.
    """
    packs = options.load_packs()
    examined = examine(path)
    charts = _charts(examined)
    files = {
        f"{CHARTS}/{file_name}": charts[key] for key, file_name in _chart_names(charts, examined).items()
    }
    for pack in packs:
        files |= _documents(examined, pack, charts)
    folder = options.out / path.stem
    manifest = Manifest(
        version=__version__,
        workbook=path.name,
        workbook_sha256=sha256(path.read_bytes()).hexdigest(),
        inputs=inputs_of(path, _files_beside(examined), packs),
        errors=examined.errors,
    )
    bundle = Bundle(files, manifest, packs[0].name)
    outcomes = publish(bundle, folder, force=options.force, waiting=lambda: waiting(folder))
    return Built(examined, folder, tuple(outcomes))


def _charts(examined: Examined) -> dict[str, bytes]:
    """The picture of each chart under its exhibit's key."""
    from svreport.figures.cache import ChartCache
    from svreport.figures.rendering import render_exhibits

    exhibits = [each for each in examined.exhibits.by_name.values() if each.is_drawn]
    return {names.key(name): png for name, png in render_exhibits(exhibits, ChartCache.of_user()).items()}


def _exhibit_blocks(
    exhibits: Mapping[str, ResolvedExhibit], charts: Mapping[str, bytes]
) -> dict[str, tuple[Block, ...]]:
    return {key: exhibit_blocks(exhibit, charts.get(key)) for key, exhibit in exhibits.items()}


def _documents(examined: Examined, pack: Pack, charts: Mapping[str, bytes]) -> dict[str, bytes]:
    from svreport.word.joining import join
    from svreport.word.packaging import Properties
    from svreport.word.template import Template

    submission = examined.submission
    context = return_context(submission, examined.texts, _exhibit_blocks(examined.exhibits.by_name, charts))
    update = submission.updates[submission.current] if submission.current is not None else None
    date = update.submitted.value or update.data_as_at.value if update else None
    fields = {name: str(getattr(context, name)) for name in TITLE_FIELDS}
    made: dict[str, bytes] = {}
    for document in pack.documents:
        title = titled(document.title, fields)
        properties = Properties(title, context.authority, pack.language, date)
        if isinstance(document, JoinedDocument):
            made[document.output] = join([made[part.output] for part in document.parts], properties)
        else:
            made[document.output] = Template.open(document.template).render(context, properties)
    return made


def _chart_names(charts: Mapping[str, bytes], examined: Examined) -> dict[str, str]:
    """Each chart's file name: its exhibit's, with what a file system cannot hold replaced, and no two the same."""
    taken: set[str] = set()
    chosen: dict[str, str] = {}
    for key in charts:
        safe = file_name(examined.exhibits.by_name[key].name)
        number = 2
        name = safe
        while name.casefold() in taken:
            name = f"{safe} ({number})"
            number += 1
        taken.add(name.casefold())
        chosen[key] = f"{name}.png"
    return chosen


def file_name(name: str) -> str:
    """A name that every file system can hold; Windows knows the fewest characters, and some names as devices."""
    import re

    safe = re.sub(r'[\x00-\x1f<>:"/\\|?*]', "-", name).strip(" .")[:80] or "exhibit"
    return f"{safe}-" if re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", safe) else safe


def _files_beside(examined: Examined) -> list[str]:
    """The files beside the workbook that its documents depend on: the previous workbook and its own pictures."""
    previous = examined.submission.programme.previous_workbook.value
    pictures = [
        exhibit.series.value[0]
        for exhibit in examined.submission.exhibits
        if exhibit.kind.value is ExhibitKind.PICTURE and exhibit.series.value
    ]
    return [name for name in (previous, *pictures) if name and "/" not in name and "\\" not in name]
