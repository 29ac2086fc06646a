"""What a page's chart tells where a reader points: a strip over each period, which shows itself and its text."""

from collections.abc import Sequence

from svreport.figures import style
from svreport.figures.geometry import Geometry
from svreport.figures.layers import Layer, period_axis
from svreport.figures.resolved import ResolvedExhibit

_STRIP = "strip"
_SEEN = 0.14


def hover_layers(exhibit: ResolvedExhibit, told: Sequence[str], plot: Geometry) -> list[Layer]:
    """One layer over all others, none where there is nothing to tell; periods stand at whole numbers."""
    if not told:
        return []
    rows = [{"at": at - 0.5, "to": at + 0.5, "told": text} for at, text in enumerate(told)]
    pointed = {
        "name": "pointed",
        "select": {"type": "point", "on": "pointerover", "clear": "pointerout"},
    }
    seen = {"condition": {"param": "pointed", "empty": False, "value": _SEEN}, "value": 0}
    encoding = {
        "x": period_axis(exhibit, plot),
        "x2": {"field": "to"},
        "y": {"value": 0},
        "y2": {"value": plot.height},
        "fillOpacity": seen,
        "tooltip": {"field": "told", "type": "nominal"},
    }
    return [Layer(_STRIP, rows, {"type": "rect", "fill": style.LEADER}, encoding, (pointed,))]
