"""What a chart is made of, one layer over the other: columns, the zero line, lines with their markers, words."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from svreport.figures import style
from svreport.figures.geometry import Geometry
from svreport.figures.resolved import ResolvedExhibit, ResolvedSeries

Row = dict[str, Any]

_MANY_POINTS = 30
_MOST_MARKERS = 24
_SWATCH = 10


def columns(exhibit: ResolvedExhibit, plot: Geometry) -> list[alt.Chart]:
    """Whole for what has happened, an outline with a tint for a forecast; with their values where those fit."""
    rows = [
        {
            "series": exhibit.series[column.series].label,
            "period": str(exhibit.periods[column.position]),
            "from": _fine(column.left),
            "to": _fine(column.right),
            "middle": _fine((column.left + column.right) / 2),
            "value": float(column.value),
            "zero": 0,
            "colour": style.colour(column.series),
            "opacity": _opacity(column.is_forecast),
            "written": column.written,
        }
        for column in plot.columns
    ]
    if not rows:
        return []
    x, y = _periods(exhibit, plot, "from"), _values(plot)
    bars = _chart(rows).mark_bar(strokeWidth=1).encode(x=x, x2="to", y=y, y2="zero", **_swatch_channels())
    layers = [bars]
    for above in (True, False):
        written = [row for row in rows if row["written"] and (row["value"] >= 0) is above]
        if written:
            text = _chart(written).mark_text(
                baseline="bottom" if above else "top",
                dy=-3 if above else 3,
                fontSize=style.LABEL_SIZE,
                color=style.INK,
            )
            layers.append(text.encode(x=_periods(exhibit, plot, "middle"), y=y, text="written:N"))
    return layers


def zero_line(plot: Geometry) -> alt.Chart:
    """Wherever zero is on the axis."""
    rows = [{"value": 0}] if plot.axis.low <= 0 <= plot.axis.high else []
    return _chart(rows).mark_rule(color=style.INK, strokeWidth=1).encode(y=_values(plot))


def lines(exhibit: ResolvedExhibit, plot: Geometry) -> list[alt.Chart]:
    """For each line its unbroken stretches, whole or dashed, and the markers on it."""
    layers = []
    dashed = 0
    for n, series in enumerate(exhibit.series):
        if series.as_column:
            continue
        stretches = _stretches(series)
        for is_forecast in (False, True):
            rows = [
                {**_row(exhibit, plot, series, at), "stretch": k}
                for k, stretch in enumerate(stretches)
                if len(stretch) > 1 and (stretch[-1] >= series.forecast_from) is is_forecast
                for at in stretch
            ]
            if rows:
                dash = style.DASHES[dashed % len(style.DASHES)] if is_forecast else (1, 0)
                line = _chart(rows).mark_line(
                    color=style.colour(n), strokeWidth=style.LINE_WIDTH, strokeDash=list(dash)
                )
                x, y = _periods(exhibit, plot, "at"), _values(plot)
                layers.append(line.encode(x=x, y=y, detail="stretch:N"))
        dashed += bool(stretches) and stretches[-1][-1] >= series.forecast_from
        layers.append(_markers(exhibit, plot, n, stretches))
    return layers


def _stretches(series: ResolvedSeries) -> list[list[int]]:
    """The positions of each unbroken piece of a line: it ends at a gap, and turns from actual into forecast at the
    last actual, where the forecast's first stroke begins.
    """
    pieces: list[list[int]] = []
    for at, _ in series.figures:
        if not pieces or pieces[-1][-1] != at - 1:
            pieces.append([at])
        elif at == series.forecast_from:
            pieces.append([at - 1, at])
        else:
            pieces[-1].append(at)
    return pieces


def _markers(
    exhibit: ResolvedExhibit, plot: Geometry, n: int, stretches: Sequence[Sequence[int]]
) -> alt.Chart:
    """Filled for an actual, hollow for a forecast; of many points only some, and always the ends of each stretch."""
    series = exhibit.series[n]
    every = -(-len(exhibit.periods) // _MOST_MARKERS) if len(exhibit.periods) > _MANY_POINTS else 1
    ends = {at for stretch in stretches for at in (stretch[0], stretch[-1])}
    rows = [
        {
            **_row(exhibit, plot, series, at),
            "fill": style.BACKGROUND if at >= series.forecast_from else style.colour(n),
        }
        for at, _ in series.figures
        if at % every == 0 or at in ends
    ]
    points = _chart(rows).mark_point(
        shape=style.marker(n),
        size=36 if every == 1 else 26,
        stroke=style.colour(n),
        strokeWidth=1.5,
        opacity=1,
    )
    x, y = _periods(exhibit, plot, "at"), _values(plot)
    return points.encode(x=x, y=y, fill=alt.Fill("fill:N", scale=None, legend=None))


def _row(exhibit: ResolvedExhibit, plot: Geometry, series: ResolvedSeries, at: int) -> Row:
    value = series.values[at]
    return {
        "series": series.label,
        "period": str(exhibit.periods[at]),
        "at": at,
        "value": None if value is None else float(plot.scale.of(value, series.unit)),
    }


def words(exhibit: ResolvedExhibit, plot: Geometry) -> list[alt.Chart]:
    """The names of lines and columns, and where a plan turns into a forecast: each where the geometry puts it."""
    rules = [(*label.leader[0], *label.leader[1]) for label in plot.labels.values() if label.leader]
    texts = [
        {"x": label.x, "y": _first_line(label.y, len(label.lines)), "text": list(label.lines)}
        for label in plot.labels.values()
    ]
    texts += [{"x": entry.x + _SWATCH + 4, "y": entry.y, "text": list(entry.lines)} for entry in plot.key]
    if plot.boundary is not None:
        x = plot.boundary * plot.band
        rules.append((x, -19, x, plot.height))
        texts.append({"x": x + 4, "y": -13, "text": ["Forecast"]})
    layers = []
    if rules:
        rows = [dict(zip(("x", "y", "x2", "y2"), map(_fine, rule), strict=True)) for rule in rules]
        layers.append(_chart(rows).mark_rule(color=style.LEADER, strokeWidth=0.75).encode(**_corners()))
    if plot.key:
        swatches = [
            {
                "x": _fine(e.x),
                "y": _fine(e.y - 5),
                "x2": _fine(e.x + _SWATCH),
                "y2": _fine(e.y + 5),
                "colour": style.colour(e.series),
                "opacity": _opacity(exhibit.series[e.series].forecast_from == 0),
            }
            for e in plot.key
        ]
        layers.append(_chart(swatches).mark_rect(strokeWidth=1).encode(**_corners(), **_swatch_channels()))
    if texts:
        rows = [{**text, "x": _fine(text["x"]), "y": _fine(text["y"])} for text in texts]
        written = _chart(rows).mark_text(
            align="left",
            baseline="middle",
            fontSize=style.LABEL_SIZE,
            lineHeight=style.LINE_HEIGHT,
            color=style.INK,
        )
        layers.append(written.encode(x=_corners()["x"], y=_corners()["y"], text="text:N"))
    return layers


def _first_line(middle: float, lines: int) -> float:
    """Where the first of some lines stands, so that together they stand around the middle."""
    return middle - (lines - 1) * style.LINE_HEIGHT / 2


def _chart(rows: Sequence[Row]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=list(rows)))


def _periods(exhibit: ResolvedExhibit, plot: Geometry, field: str) -> alt.X:
    """The axis of periods: the n-th stands at n, and some are written."""
    written = ", ".join(f'"{period.short}"' for period in exhibit.periods)
    axis = alt.Axis(
        values=list(plot.shown),
        labelExpr=f"[{written}][datum.value]",
        labelAngle=0,
        labelOverlap=False,
        labelFlush=False,
        labelFontSize=style.LABEL_SIZE,
        labelColor=style.INK,
        labelPadding=4,
        grid=False,
        domain=False,
        tickColor=style.INK,
        title=None,
    )
    count = max(1, len(exhibit.periods))
    return alt.X(f"{field}:Q", axis=axis, scale=alt.Scale(domain=[-0.5, count - 0.5], nice=False, zero=False))


def _values(plot: Geometry) -> alt.Y:
    """The axis of values, its unit written over its numbers."""
    axis = alt.Axis(
        values=[float(tick) for tick in plot.axis.ticks],
        format=f",.{plot.axis.decimals}f",
        labelFontSize=style.LABEL_SIZE,
        labelColor=style.INK,
        labelOverlap=False,
        labelPadding=4,
        gridColor=style.GRID,
        domain=False,
        ticks=False,
        title=plot.axis_title,
        titleAngle=0,
        titleAlign="left",
        titleAnchor="end",
        titleBaseline="bottom",
        titleX=style.EDGE - plot.left,
        titleY=-7,
        titleFontSize=style.LABEL_SIZE,
        titleFontWeight="normal",
        titleColor=style.INK,
    )
    ends = [float(plot.axis.low), float(plot.axis.high)]
    return alt.Y("value:Q", axis=axis, scale=alt.Scale(domain=ends, nice=False, zero=False))


def _corners() -> dict[str, Any]:
    """Channels whose rows hold points from the plot's upper left corner, as they are drawn."""
    return {
        "x": alt.X("x:Q", scale=None, axis=None),
        "y": alt.Y("y:Q", scale=None, axis=None),
        "x2": "x2",
        "y2": "y2",
    }


def _swatch_channels() -> dict[str, Any]:
    return {
        "fill": alt.Fill("colour:N", scale=None, legend=None),
        "stroke": alt.Stroke("colour:N", scale=None, legend=None),
        "fillOpacity": alt.FillOpacity("opacity:Q", scale=None, legend=None),
    }


def _opacity(is_forecast: bool) -> float:
    return 0.2 if is_forecast else 1


def _fine(length: float) -> float:
    return round(length, 3)
