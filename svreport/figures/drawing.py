"""Charts drawn beside a build, by a process that ends with it; those that are kept need none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from svreport.errors import ChartsNotDrawn
from svreport.figures.cache import ChartCache
from svreport.figures.coming import Coming
from svreport.figures.drawing_process import Drawn, give_up
from svreport.figures.keys import chart_key
from svreport.figures.resolved import ResolvedExhibit

_TRIES = 2  # what a process that somebody ended had left is given to one more


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a chart before its picture is there."""

    shows: str
    size: tuple[int, int]


class Drawing:
    """The pictures of one build's charts: begun as soon as its exhibits are known, waited for where one is needed.

    To be used in a `with`, whose end stops what is still being drawn.
    """

    def __init__(self, cache: ChartCache) -> None:
        self._cache = cache
        self._known: dict[str, _Known] = {}
        self._drawn: dict[str, bytes] = {}
        self._missing: dict[str, tuple[str, str]] = {}  # the exhibit's name and the specification
        self._drawing: Drawn | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._drawing:
            self._drawing.end()

    def begin(self, exhibits: Sequence[ResolvedExhibit]) -> Mapping[str, Coming]:
        """The picture of each chart under its exhibit's name; tables and charts without a figure have none."""
        keys = self._look_up(exhibits)
        if self._missing:
            self._drawing = Drawn.begin([spec for _, spec in self._missing.values()])
        else:
            give_up()
        return {name: self._coming(key, self._picture) for name, key in keys.items()}

    def outline(self, exhibits: Sequence[ResolvedExhibit]) -> Mapping[str, Coming]:
        """The same for what is only to be told, not written: none is drawn, and none can be had."""
        return {name: self._coming(key, _refused) for name, key in self._look_up(exhibits).items()}

    def _look_up(self, exhibits: Sequence[ResolvedExhibit]) -> dict[str, str]:
        """The key of each chart under its exhibit's name; what is not kept is missing from now on."""
        keys = {exhibit.name: chart_key(exhibit) for exhibit in exhibits if exhibit.is_drawn}
        for exhibit in exhibits:
            key = keys.get(exhibit.name)
            if key is None or key in self._known:
                continue
            kept = _read(self._cache.get(key))
            if kept:
                self._known[key], self._drawn[key] = kept
                continue
            from svreport.figures.specified import specified

            chart = specified(exhibit)
            self._known[key] = _Known(chart.shows, chart.size)
            self._missing[key] = (exhibit.name, chart.spec)
        return keys

    def _coming(self, key: str, drawn: Callable[[str], bytes]) -> Coming:
        return Coming(key, self._known[key].shows, self._known[key].size, drawn)

    def _picture(self, key: str) -> bytes:
        if key in self._missing:
            self._finish()
        return self._drawn[key]

    def _finish(self) -> None:
        """Takes what the process has drawn, draws what it left, and keeps all of it for the next build."""
        drawn: dict[str, bytes] = {}
        for _ in range(_TRIES):
            left = {key: missing for key, missing in self._missing.items() if key not in drawn}
            if not left:
                break
            specs = [spec for _, spec in left.values()]
            self._drawing = self._drawing or Drawn.begin(specs)
            pictures = self._drawing.pictures() if self._drawing else _drawn_here(specs)
            for (key, (name, _)), picture in zip(left.items(), pictures, strict=False):
                if isinstance(picture, str):
                    raise RuntimeError(f"{name}: {picture}")
                drawn[key] = picture
            self._drawing = None
        if len(drawn) < len(self._missing):
            raise ChartsNotDrawn(
                f"The charts could not be drawn: the program that draws them ended {_TRIES} times before it was done. "
                f"See whether the computer has memory to spare, and build again."
            )
        self._drawn |= drawn
        self._missing.clear()
        self._cache.put({key: _written(self._known[key], picture) for key, picture in drawn.items()})


def _written(known: _Known, picture: bytes) -> bytes:
    """What is kept of a chart: a line that tells of the picture, and the picture."""
    return f"{known.shows} {known.size[0]} {known.size[1]}\n".encode() + picture


def _read(kept: bytes | None) -> tuple[_Known, bytes] | None:
    told, _, picture = (kept or b"").partition(b"\n")
    try:
        shows, width, height = told.decode("ascii").split()
        return _Known(shows, (int(width), int(height))), picture
    except ValueError:
        return None


def _drawn_here(specs: Sequence[str]) -> list[bytes]:
    from svreport.figures.rendering import render_charts

    return render_charts(specs)


def _refused(key: str) -> bytes:
    raise RuntimeError(f"the chart {key} was not to be drawn")
