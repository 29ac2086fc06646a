"""A chart as it will be drawn: its specification written down, what stands for it, and how large its picture is."""

import json
from dataclasses import dataclass
from hashlib import sha256

from svreport.figures.charts import chart_spec
from svreport.figures.rendering import PPI
from svreport.figures.resolved import ResolvedExhibit

_POINTS_PER_INCH = 72
_AT_LEAST = 1e-4  # a size that a sum of lengths leaves just under a whole pixel


@dataclass(frozen=True, slots=True)
class Specified:
    """`spec` is JSON for the renderer; `shows` stands for what a reader sees; `size` is in pixels."""

    spec: str
    shows: str
    size: tuple[int, int]


def specified(exhibit: ResolvedExhibit) -> Specified:
    """The chart of an exhibit; the renderer gives as many whole pixels as there is room for."""
    spec = chart_spec(exhibit)
    written = json.dumps(spec, ensure_ascii=True, separators=(",", ":"))
    padding = spec["padding"]
    across = spec["width"] + padding["left"] + padding["right"]
    down = spec["height"] + padding["top"] + padding["bottom"]
    return Specified(written, sha256(written.encode()).hexdigest(), (_pixels(across), _pixels(down)))


def _pixels(points: float) -> int:
    return int(points * PPI / _POINTS_PER_INCH + _AT_LEAST)
