"""The three kinds of chart as Vega-Lite specifications, made with Altair."""

from collections.abc import Sequence
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from svreport.figures import style
from svreport.figures.geometry import PRINTED, Room, lay_out
from svreport.figures.hovering import hover_layers
from svreport.figures.layers import layers
from svreport.figures.resolved import ResolvedExhibit


def chart_spec(exhibit: ResolvedExhibit, room: Room = PRINTED, told: Sequence[str] = ()) -> dict[str, Any]:
    """The specification of a chart, with its data inside and nothing fetched from anywhere.

    Periods stand at whole numbers along the axis and are written from a list, so that neither clock nor time zone
    has a part in it; lengths are in points. Altair's check of each part against its schema, half of the time, is left
    to the tests. `told` holds a text for each period, which a page shows where a reader points.
    """
    plot = lay_out(exhibit, room)
    with debug_mode(False):
        made = [*layers(exhibit, plot), *hover_layers(exhibit, told, plot)]
        chart = alt.TopLevelLayerSpec(
            description=exhibit.title,
            width=plot.width,
            height=plot.height,
            padding={"left": plot.left, "right": plot.right, "top": plot.top, "bottom": plot.bottom},
            autosize=alt.AutoSizeParams(type="none"),
            background=style.BACKGROUND,
            config=alt.Config(font=style.FONT, view=alt.ViewConfig(stroke=None)),
            layer=[layer.spec() for layer in made],
        )
        spec: dict[str, Any] = chart.to_dict(validate=False)
    return {"$schema": alt.SCHEMA_URL, **spec, "datasets": {layer.name: layer.rows for layer in made}}
