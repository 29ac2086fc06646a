"""Filled documents kept from one build to the next: one whose template and values are the same is not filled again.

What is kept is what a build would make, byte for byte; where it cannot be told that nothing changed, the document is
filled.
"""

import io
import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from hashlib import sha256
from typing import Any

from svreport.figures.cache import ChartCache, user_folder
from svreport.figures.coming import ComingPicture
from svreport.narrative.blocks import Picture
from svreport.packs.declared import FilledDocument
from svreport.packs.loading import Pack
from svreport.pipeline.programs import made_by as programs
from svreport.pipeline.sound import open_and_fill
from svreport.word.fields import Chart
from svreport.word.packaging import Properties
from svreport.word.template import Filled, finished_draft

_DIGEST = 64
_CHARTS = "charts"


def filled_or_kept(document: FilledDocument, pack: Pack, context: Any) -> "Filled | Kept":
    """A Word document of the pack, filled with the context. Raises TemplateFault with every fault of its tags."""
    cache = ChartCache(user_folder().with_name("documents"))

    def fill() -> Filled:
        return open_and_fill(document.template, pack, context)[1]

    made_by = sha256(f"{programs()}\n{pack.digest()}\n{document.output}\n{document.template.name}".encode())
    names = cache.get(f"{made_by.hexdigest()}-names")
    told = None
    if names is not None:
        asked, charts = _read_names(names)
        told = _told(context, asked, charts=charts)
    if told is not None:
        kept = cache.get(_key(made_by.digest(), told.written))
        if kept is not None:
            return Kept(kept[:_DIGEST].decode(), kept[_DIGEST:], told.pictures, fill)
    template, filled = open_and_fill(document.template, pack, context)
    digest = filled.signed_digest
    asked, charts = template.fields(type(context)), template.places_charts
    told = _told(context, asked, charts=charts)
    if told is None:
        return filled
    late = filled.late
    marked = filled.marked()
    cache.put(
        {
            f"{made_by.hexdigest()}-names": _written_names(asked, charts=charts),
            _key(made_by.digest(), told.written): digest.encode() + marked,
        }
    )
    return Kept(digest, marked, late, fill)


class Kept:
    """A document that was filled before, and has its hidden bookmarks: what a draft is made of."""

    def __init__(
        self, signed_digest: str, marked: bytes, late: Mapping[str, Picture], fill: Callable[[], Filled]
    ) -> None:
        self.signed_digest = signed_digest
        self._marked = marked
        self._late = late
        self._fill = fill

    def finished(self, properties: Properties, draft_code: str = "") -> bytes:
        """The file: a draft of the content code, or final where there is none, which is filled anew."""
        if draft_code:
            return finished_draft(self._marked, properties, draft_code, self._late)
        return self._fill().finished(properties)


def _key(made_by: bytes, told: bytes) -> str:
    return sha256(made_by + told).hexdigest()


def _written_names(names: Iterable[str], *, charts: bool) -> bytes:
    return "\n".join((_CHARTS if charts else "-", *names)).encode()


def _read_names(data: bytes) -> tuple[list[str], bool]:
    charts, *names = data.decode().split()
    return names, charts == _CHARTS


@dataclass(frozen=True, slots=True)
class _Told:
    """Values written down, and the pictures among them that may still be drawn, by their keys."""

    written: bytes
    pictures: Mapping[str, Picture]


def _told(context: Any, names: Iterable[str], *, charts: bool) -> _Told | None:
    """The values of these fields, so that the same bytes mean the same values; None where that cannot be told.

    `charts` says that the template may place charts that need no exhibit: their figures count then.
    """
    written = io.BytesIO()
    teller = _Teller(written, charts=charts)
    try:
        teller.dump([(name, getattr(context, name)) for name in names])
    except (pickle.PicklingError, TypeError, AttributeError, RecursionError):
        return None
    return _Told(written.getvalue(), teller.pictures)


class _Teller(pickle.Pickler):
    """Writes values down, only to be compared: a chart by what it shows, a row of a pack's own sheet by its cells."""

    def __init__(self, written: io.BytesIO, *, charts: bool) -> None:
        super().__init__(written, protocol=5)
        self._charts = charts
        self.pictures: dict[str, Picture] = {}

    def reducer_override(self, value: object) -> Any:
        if isinstance(value, Chart):
            return str, (value.identity() if self._charts and value.name else value.name,)
        if isinstance(value, ComingPicture):
            if value.key:
                self.pictures[value.key] = value
            return str, (f"{value.key or value.shows}\n{value.name}\n{value.alt_text}",)
        if is_dataclass(value) and not isinstance(value, type) and type(value).__module__ == "types":
            return tuple, ([(each.name, getattr(value, each.name)) for each in fields(value)],)
        return NotImplemented
