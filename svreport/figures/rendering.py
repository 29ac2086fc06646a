"""Specifications to PNG pictures through vl-convert: offline, and the same whatever fonts a machine has."""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from svreport.figures.resolved import ResolvedExhibit, ResolvedSeries

if TYPE_CHECKING:
    from svreport.figures.cache import ChartCache

PPI = 200
_DRAWING = (
    "axes.py",
    "charts.py",
    "geometry.py",
    "labels.py",
    "layers.py",
    "rendering.py",
    "style.py",
    "text_width.py",
)
_FONTS = "FONTCONFIG_FILE"
_NO_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir></fontconfig>
"""


def render_exhibits(exhibits: Sequence[ResolvedExhibit], cache: "ChartCache | None") -> dict[str, bytes]:
    """The PNG of each chart under its exhibit's name; what the cache holds loads neither Altair nor vl-convert.

    Tables, pictures and charts without a figure are left out.
    """
    keys = {exhibit.name: chart_key(exhibit) for exhibit in exhibits if exhibit.is_drawn}
    drawn: dict[str, bytes] = {}
    missing: dict[str, ResolvedExhibit] = {}
    for exhibit in exhibits:
        key = keys.get(exhibit.name)
        if key is None or key in drawn or key in missing:
            continue
        kept = cache.get(key) if cache else None
        if kept is None:
            missing[key] = exhibit
        else:
            drawn[key] = kept
    if missing:
        from svreport.figures.charts import chart_spec

        pictures = render_charts([chart_spec(exhibit) for exhibit in missing.values()])
        drawn.update(zip(missing, pictures, strict=True))
        if cache:
            cache.put({key: drawn[key] for key in missing})
    return {name: drawn[key] for name, key in keys.items()}


def render_charts(specs: Sequence[Mapping[str, Any]]) -> list[bytes]:
    """A PNG for each specification; one that would fetch anything from elsewhere is refused by the renderer."""
    import vl_convert

    if not specs:
        return []
    with _bundled_font_alone():
        return [vl_convert.vegalite_to_png(dict(spec), ppi=PPI, allowed_base_urls=[]) for spec in specs]


@contextmanager
def _bundled_font_alone() -> Iterator[None]:
    """The renderer looks up the system's fonts at its first picture: it is shown an empty folder of them, so that
    the face inside it is the only one. Afterwards, programs that are started see the system's fonts again.
    """
    before = os.environ.get(_FONTS)
    with tempfile.TemporaryDirectory(prefix="svreport-fonts-") as folder:
        fonts = Path(folder) / "none"
        fonts.mkdir()
        settings = Path(folder) / "fonts.conf"
        settings.write_text(_NO_FONTS.format(folder=fonts.as_posix()), encoding="utf-8")
        os.environ[_FONTS] = str(settings)
        try:
            yield
        finally:
            if before is None:
                del os.environ[_FONTS]
            else:
                os.environ[_FONTS] = before


def chart_key(exhibit: ResolvedExhibit) -> str:
    """Stands for a chart's picture: what it shows, how charts are drawn, and the versions of what draws them."""
    shown = (
        exhibit.kind.value,
        exhibit.title,
        [str(period) for period in exhibit.periods],
        [_of_series(series) for series in exhibit.series],
    )
    return sha256(f"{_drawn_by()}\n{shown!r}".encode()).hexdigest()


def _of_series(series: ResolvedSeries) -> tuple[object, ...]:
    values = [None if value is None else str(value.normalize()) for value in series.values]
    drawn = (series.forecast_from, series.as_column, series.source.is_metric)
    return (series.label, series.unit.value, series.decimals, *drawn, values)


@lru_cache
def _drawn_by() -> str:
    """A digest of the modules that draw, so that a change of style needs no number to be changed with it."""
    folder = Path(__file__).parent
    digest = sha256()
    for name in _DRAWING:
        digest.update((folder / name).read_bytes())
    for package in ("altair", "vl-convert-python"):
        digest.update(f"\n{package} {version(package)}".encode())
    return digest.hexdigest()
