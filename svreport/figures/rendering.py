"""Specifications to PNG pictures through vl-convert: offline, and the same whatever fonts a machine has."""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from svreport.figures.resolved import ResolvedExhibit, ResolvedSeries

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
_DRAWN_WITH = {"altair": "altair", "vl-convert-python": "vl_convert"}
_FONTS = "FONTCONFIG_FILE"
_NO_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir></fontconfig>
"""


def render_charts(specs: Sequence[Mapping[str, Any]]) -> list[bytes]:
    """A PNG for each specification; one that would fetch anything from elsewhere is refused by the renderer."""
    if not specs:
        return []
    with bundled_font_alone():
        return [picture_of(spec) for spec in specs]


def picture_of(spec: Mapping[str, Any]) -> bytes:
    """The PNG of one specification, to be asked for where the bundled font is alone."""
    import vl_convert

    return vl_convert.vegalite_to_png(dict(spec), ppi=PPI, allowed_base_urls=[])


@contextmanager
def bundled_font_alone() -> Iterator[None]:
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
    for package, module in _DRAWN_WITH.items():
        digest.update(f"\n{package} {_version(package, module)}".encode())
    return digest.hexdigest()


def _version(package: str, module: str) -> str:
    """A package's version as the folder of metadata beside it tells, which nothing has to be loaded for."""
    spec = find_spec(module)
    if spec and spec.origin:
        beside = Path(spec.origin).parent.parent
        found = [each.name for each in beside.glob(f"{package.replace('-', '_')}-*.dist-info")]
        if len(found) == 1:
            return found[0].removesuffix(".dist-info").rpartition("-")[2]
    from importlib.metadata import version

    return version(package)
