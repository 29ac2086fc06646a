"""The three kinds of chart as Vega-Lite specifications."""

from collections.abc import Sequence
from typing import Any

from svreport.figures import style
from svreport.figures.geometry import PRINTED, Room, lay_out
from svreport.figures.hovering import hover_layers
from svreport.figures.layers import layers
from svreport.figures.resolved import ResolvedExhibit

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.4.1.json"
"""Names the version of Vega-Lite that the tests hold specifications to; nothing is fetched from there."""


def chart_spec(exhibit: ResolvedExhibit, room: Room = PRINTED, told: Sequence[str] = ()) -> dict[str, Any]:
    """The specification of a chart, with its data inside and nothing fetched from anywhere.

    Periods stand at whole numbers along the axis and are written from a list, so that neither clock nor time zone
    has a part in it; lengths are in points. `told` holds a text for each period, which a page shows where a reader
    points. Written without Altair, which takes as long to load as half a dozen charts to draw: it checks in the tests.
    """
    plot = lay_out(exhibit, room)
    made = [*layers(exhibit, plot), *hover_layers(exhibit, told, plot)]
    return {
        "$schema": SCHEMA,
        "description": exhibit.title,
        "width": plot.width,
        "height": plot.height,
        "padding": {"left": plot.left, "right": plot.right, "top": plot.top, "bottom": plot.bottom},
        "autosize": {"type": "none"},
        "background": style.BACKGROUND,
        "config": {"font": style.FONT, "view": {"stroke": None}},
        "layer": [layer.spec() for layer in made],
        "datasets": {layer.name: layer.rows for layer in made},
    }
