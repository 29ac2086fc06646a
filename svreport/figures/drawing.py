"""Charts drawn beside a build, by a process that ends with it; those that are kept need none."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import TracebackType
from typing import Self

from svreport.errors import ChartsNotDrawn
from svreport.figures.cache import ChartCache
from svreport.figures.drawing_process import Drawn, give_up
from svreport.figures.rendering import chart_key, render_charts
from svreport.figures.resolved import ResolvedExhibit


class Picture:
    """Gives a chart's PNG, and waits for it where it is still being drawn; `key` stands for what it shows.

    Raises `ChartsNotDrawn` where there is none to be had.
    """

    def __init__(self, key: str, drawn: Callable[[str], bytes]) -> None:
        self.key = key
        self._drawn = drawn

    def __call__(self) -> bytes:
        return self._drawn(self.key)


_TRIES = 2  # what a process that somebody ended had left is given to one more


class Drawing:
    """The pictures of one build's charts: begun as soon as its exhibits are known, waited for where one is needed.

    To be used in a `with`, whose end stops what is still being drawn.
    """

    def __init__(self, cache: ChartCache) -> None:
        self._cache = cache
        self._drawn: dict[str, bytes] = {}
        self._missing: dict[str, ResolvedExhibit] = {}
        self._drawing: Drawn | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._drawing:
            self._drawing.end()

    def begin(self, exhibits: Sequence[ResolvedExhibit]) -> Mapping[str, Picture]:
        """The picture of each chart under its exhibit's name; tables and charts without a figure have none."""
        keys = {exhibit.name: chart_key(exhibit) for exhibit in exhibits if exhibit.is_drawn}
        for exhibit in exhibits:
            key = keys.get(exhibit.name)
            if key is None or key in self._drawn or key in self._missing:
                continue
            kept = self._cache.get(key)
            if kept is None:
                self._missing[key] = exhibit
            else:
                self._drawn[key] = kept
        if self._missing:
            self._drawing = Drawn.begin(list(self._missing.values()))
        else:
            give_up()
        return {name: Picture(key, self._picture) for name, key in keys.items()}

    def _picture(self, key: str) -> bytes:
        if key in self._missing:
            self._finish()
        return self._drawn[key]

    def _finish(self) -> None:
        """Takes what the process has drawn, draws what it left, and keeps all of it for the next build."""
        drawn: dict[str, bytes] = {}
        for _ in range(_TRIES):
            left = {key: exhibit for key, exhibit in self._missing.items() if key not in drawn}
            if not left:
                break
            self._drawing = self._drawing or Drawn.begin(list(left.values()))
            pictures = self._drawing.pictures() if self._drawing else _drawn_here(left.values())
            drawn.update(zip(left, pictures, strict=False))
            self._drawing = None
        if len(drawn) < len(self._missing):
            raise ChartsNotDrawn(
                f"The charts could not be drawn: the program that draws them ended {_TRIES} times before it was done. "
                f"See whether the computer has memory to spare, and build again."
            )
        self._drawn |= drawn
        self._missing.clear()
        self._cache.put(drawn)


def _drawn_here(exhibits: Iterable[ResolvedExhibit]) -> list[bytes]:
    from svreport.figures.charts import chart_spec

    return render_charts([chart_spec(exhibit) for exhibit in exhibits])
