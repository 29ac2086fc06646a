"""The three kinds of chart as Vega-Lite specifications, made with Altair."""

from typing import Any

import altair as alt

from svreport.figures import style
from svreport.figures.geometry import Geometry, lay_out
from svreport.figures.layers import columns, lines, words, zero_line
from svreport.figures.resolved import ResolvedExhibit


def chart_spec(exhibit: ResolvedExhibit) -> dict[str, Any]:
    """The specification of a chart, with its data inside and nothing fetched from anywhere.

    Periods stand at whole numbers along the axis and are written from a list, so that neither clock nor time zone
    has a part in it; lengths are in points.
    """
    plot = lay_out(exhibit)
    layers = [
        *columns(exhibit, plot),
        zero_line(plot),
        *lines(exhibit, plot),
        *words(exhibit, plot),
    ]
    chart = (
        alt.layer(*layers)
        .properties(
            width=plot.width,
            height=plot.height,
            title=_title(plot),
            padding={"left": plot.left, "right": plot.right, "top": plot.top, "bottom": plot.bottom},
            autosize=alt.AutoSizeParams(type="none"),
            background=style.BACKGROUND,
        )
        .configure(font=style.FONT)
        .configure_view(stroke=None)
    )
    with alt.data_transformers.enable("default", consolidate_datasets=False, max_rows=None):
        spec: dict[str, Any] = chart.to_dict(validate=False)
    return spec


def _title(plot: Geometry) -> alt.TitleParams:
    return alt.TitleParams(
        text=list(plot.title),
        subtitle=plot.subtitle or alt.Undefined,
        anchor="start",
        frame="group",
        orient="top",
        dx=style.EDGE - plot.left,
        offset=plot.under_title,
        fontSize=style.TITLE_SIZE,
        lineHeight=style.TITLE_LINE_HEIGHT,
        color=style.INK,
        subtitleFontSize=style.LABEL_SIZE,
        subtitleColor=style.INK,
    )
