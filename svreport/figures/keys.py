"""What stands for a chart's picture, before anything of it is drawn."""

from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from svreport.figures.resolved import ResolvedExhibit, ResolvedSeries

_DRAWING = (
    "axes.py",
    "charts.py",
    "geometry.py",
    "labels.py",
    "layers.py",
    "rendering.py",
    "specified.py",
    "style.py",
    "text_width.py",
)
_DRAWN_WITH = {"vl-convert-python": "vl_convert"}


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
