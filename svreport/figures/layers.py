"""What a chart is made of, one layer over the other: its title, columns, the zero line, lines, markers, words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svreport.figures import style
from svreport.figures.geometry import Geometry
from svreport.figures.resolved import ResolvedExhibit, ResolvedSeries

Row = dict[str, Any]
Part = dict[str, Any]
"""A part of a specification, in Vega-Lite's own words; the tests hold each to its schema, with Altair."""

_MANY_POINTS = 30
_MOST_MARKERS = 24
_SWATCH = 10
_WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Layer:
    """One mark with the rows it is drawn from; `name` is unique within the chart, `params` are what a page's reader
    can do with it.
    """

    name: str
    rows: Sequence[Row]
    mark: Part
    encoding: Mapping[str, Part]
    params: Sequence[Part] = ()

    def spec(self) -> Part:
        made: Part = {"mark": self.mark, "data": {"name": self.name}, "encoding": dict(self.encoding)}
        return {**made, "params": list(self.params)} if self.params else made


def layers(exhibit: ResolvedExhibit, plot: Geometry) -> list[Layer]:
    """Every layer that has something to draw, the lowest first."""
    x, y = period_axis(exhibit, plot), _values(plot)
    made = [
        *_titles(plot),
        *_columns(exhibit, plot, x, y),
        Layer(
            "zero line",
            [{"value": 0}] if plot.axis.low <= 0 <= plot.axis.high else [],
            {"type": "rule", "color": style.INK, "strokeWidth": 1},
            {"y": y},
        ),
        *_lines(exhibit, plot, x, y),
        *_rules(plot),
        *_swatches(exhibit, plot),
        *_words(plot),
    ]
    return [layer for layer in made if layer.rows]


def _titles(plot: Geometry) -> list[Layer]:
    """At the picture's upper left corner, in bold; the span under it, where the title does not tell it."""
    x, y = _fine(style.EDGE - plot.left), style.EDGE - plot.top
    under = y + style.TITLE_LINE_HEIGHT * len(plot.title) + 1
    rows = [{"x": x, "y": _fine(y), "text": list(plot.title)}] if plot.title else []
    title = {**_text("top", style.TITLE_SIZE, style.TITLE_LINE_HEIGHT), "fontWeight": "bold"}
    span = [{"x": x, "y": _fine(under), "text": list(plot.subtitle)}] if plot.subtitle else []
    return [
        Layer("title", rows, title, _TEXT_AT),
        Layer("span", span, _text("top"), _TEXT_AT),
    ]


def _columns(exhibit: ResolvedExhibit, plot: Geometry, x: Part, y: Part) -> list[Layer]:
    """Whole for what has happened, an outline with a tint for a forecast; with their values where those fit."""
    rows: list[Row] = [
        {
            "series": exhibit.series[column.series].label,
            "period": str(exhibit.periods[column.position]),
            "at": _fine(column.left),
            "to": _fine(column.right),
            "value": float(column.value),
            "zero": 0,
            **_paint(column.series, style.tint if column.is_forecast else None),
        }
        for column in plot.columns
    ]
    bars = {"type": "bar", "strokeWidth": 1}
    made = [
        Layer(
            "columns",
            rows,
            bars,
            {"x": x, "x2": {"field": "to"}, "y": y, "y2": {"field": "zero"}, **_PAINTED},
        )
    ]
    for name, baseline, away in (("values over columns", "bottom", -3), ("values under columns", "top", 3)):
        written = [
            {"at": _fine((c.left + c.right) / 2), "value": float(c.value), "text": c.written}
            for c in plot.columns
            if c.written and (c.value >= 0) is (away < 0)
        ]
        text = {**_text(baseline), "align": "center", "dy": away}
        made.append(Layer(name, written, text, {"x": x, "y": y, "text": _TEXT_AT["text"]}))
    return made


def _lines(exhibit: ResolvedExhibit, plot: Geometry, x: Part, y: Part) -> list[Layer]:
    """The unbroken stretches of every line, whole or dashed, and the markers on them.

    A marker is filled for an actual and hollow for a forecast; of many points only some have one, and always the
    first and the last of a stretch.
    """
    strokes: list[Row] = []
    markers: list[Row] = []
    dashes: dict[str, Sequence[int]] = {_WHOLE: (1, 0)}
    every = -(-len(exhibit.periods) // _MOST_MARKERS) if len(exhibit.periods) > _MANY_POINTS else 1
    for n, series in enumerate(exhibit.series):
        if series.as_column:
            continue
        stretches = _stretches(series)
        dash = f"dashes {len(dashes)}"
        if any(_is_forecast(series, stretch) for stretch in stretches):
            dashes[dash] = style.DASHES[(len(dashes) - 1) % len(style.DASHES)]
        for k, stretch in enumerate(stretches):
            kind = dash if _is_forecast(series, stretch) else _WHOLE
            drawn = {"stretch": f"{n}.{k}", "colour": style.colour(n), "dash": kind}
            strokes += [{**_row(exhibit, plot, series, at), **drawn} for at in stretch if len(stretch) > 1]
        ends = {at for stretch in stretches for at in (stretch[0], stretch[-1])}
        for at, _ in series.figures:
            if at % every == 0 or at in ends:
                paint = _paint(n, _hollow if at >= series.forecast_from else None)
                markers.append({**_row(exhibit, plot, series, at), "shape": style.marker(n), **paint})
    dash_scale = {"domain": list(dashes), "range": [list(each) for each in dashes.values()]}
    line = {"type": "line", "strokeWidth": style.LINE_WIDTH}
    point = {"type": "point", "size": 36 if every == 1 else 26, "strokeWidth": 1.5, "opacity": 1}
    stroke: dict[str, Part] = {
        "detail": {"field": "stretch", "type": "nominal"},
        "stroke": _as_told("colour"),
        "strokeDash": {"field": "dash", "type": "nominal", "scale": dash_scale, "legend": None},
    }
    return [
        Layer("lines", strokes, line, {"x": x, "y": y, **stroke}),
        Layer("markers", markers, point, {"x": x, "y": y, "shape": _as_told("shape"), **_PAINTED}),
    ]


def _is_forecast(series: ResolvedSeries, stretch: Sequence[int]) -> bool:
    return stretch[-1] >= series.forecast_from


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


def _row(exhibit: ResolvedExhibit, plot: Geometry, series: ResolvedSeries, at: int) -> Row:
    value = series.values[at]
    return {
        "series": series.label,
        "period": str(exhibit.periods[at]),
        "at": at,
        "value": None if value is None else float(plot.scale.of(value, series.unit)),
    }


def _rules(plot: Geometry) -> list[Layer]:
    """Thin lines from a line's end to its name, and where a plan turns into a forecast."""
    rules = [(*label.leader[0], *label.leader[1]) for label in plot.labels.values() if label.leader]
    if plot.boundary is not None:
        x = plot.boundary * plot.band
        rules.append((x, -19, x, plot.height))
    rows = [dict(zip(("x", "y", "x2", "y2"), map(_fine, rule), strict=True)) for rule in rules]
    return [Layer("leaders", rows, {"type": "rule", "color": style.LEADER, "strokeWidth": 0.75}, _CORNERS)]


def _swatches(exhibit: ResolvedExhibit, plot: Geometry) -> list[Layer]:
    rows = []
    for entry in plot.key:
        filled = style.tint if exhibit.series[entry.series].forecast_from == 0 else None
        corners = {
            "x": entry.x,
            "y": entry.y - _SWATCH / 2,
            "x2": entry.x + _SWATCH,
            "y2": entry.y + _SWATCH / 2,
        }
        rows.append({**{name: _fine(at) for name, at in corners.items()}, **_paint(entry.series, filled)})
    return [Layer("swatches", rows, {"type": "rect", "strokeWidth": 1}, {**_CORNERS, **_PAINTED})]


def _words(plot: Geometry) -> list[Layer]:
    """The names of lines and columns and the word Forecast, each where the geometry puts it, on a white rim."""
    texts: list[tuple[float, float, Sequence[str]]] = [
        (label.x, label.y - (len(label.lines) - 1) * style.LINE_HEIGHT / 2, label.lines)
        for label in plot.labels.values()
    ]
    texts += [(entry.x + _SWATCH + 4, entry.y, entry.lines) for entry in plot.key]
    if plot.boundary is not None:
        texts.append((plot.boundary * plot.band + 4, -13, ["Forecast"]))
    rows = [{"x": _fine(x), "y": _fine(y), "text": list(lines)} for x, y, lines in texts]
    rim = {**_text("middle"), "stroke": style.BACKGROUND, "strokeWidth": 3}
    return [Layer("rims", rows, rim, _TEXT_AT), Layer("names", rows, _text("middle"), _TEXT_AT)]


def period_axis(exhibit: ResolvedExhibit, plot: Geometry) -> Part:
    """The axis of periods: the n-th stands at n, and some are written."""
    written = ", ".join(f'"{period.short}"' for period in exhibit.periods)
    axis = {
        "values": list(plot.shown),
        "labelExpr": f"[{written}][datum.value]",
        "labelAngle": 0,
        "labelOverlap": False,
        "labelFlush": False,
        "labelFontSize": style.LABEL_SIZE,
        "labelColor": style.INK,
        "labelPadding": 4,
        "grid": False,
        "domain": False,
        "tickColor": style.INK,
        "title": None,
    }
    ends = [-0.5, max(1, len(exhibit.periods)) - 0.5]
    scale = {"domain": ends, "nice": False, "zero": False}
    return {"field": "at", "type": "quantitative", "axis": axis, "scale": scale}


def _values(plot: Geometry) -> Part:
    """The axis of values, its unit written over its numbers."""
    axis = {
        "values": [float(tick) for tick in plot.axis.ticks],
        "format": f",.{plot.axis.decimals}f",
        "labelFontSize": style.LABEL_SIZE,
        "labelColor": style.INK,
        "labelOverlap": False,
        "labelPadding": 4,
        "gridColor": style.GRID,
        "domain": False,
        "ticks": False,
        "title": plot.axis_title,
        "titleAngle": 0,
        "titleAlign": "left",
        "titleAnchor": "end",
        "titleBaseline": "bottom",
        "titleX": _fine(style.EDGE - plot.left),
        "titleY": -7,
        "titleFontSize": style.LABEL_SIZE,
        "titleFontWeight": "normal",
        "titleColor": style.INK,
    }
    ends = [float(plot.axis.low), float(plot.axis.high)]
    scale = {"domain": ends, "nice": False, "zero": False}
    return {"field": "value", "type": "quantitative", "axis": axis, "scale": scale}


def _text(baseline: str, size: float = style.LABEL_SIZE, height: float = style.LINE_HEIGHT) -> Part:
    look = {"fontSize": size, "lineHeight": height, "color": style.INK}
    return {"type": "text", "align": "left", "baseline": baseline, **look}


def _as_told(field: str) -> Part:
    """A channel whose rows hold what is drawn itself: a colour, the name of a shape."""
    return {"field": field, "type": "nominal", "scale": None, "legend": None}


def _at_point(field: str) -> Part:
    """A channel whose rows hold a place in points."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


_TEXT_AT: Mapping[str, Part] = {
    "x": _at_point("x"),
    "y": _at_point("y"),
    "text": {"field": "text", "type": "nominal"},
}
_CORNERS: Mapping[str, Part] = {
    "x": _TEXT_AT["x"],
    "y": _TEXT_AT["y"],
    "x2": {"field": "x2"},
    "y2": {"field": "y2"},
}
_PAINTED: Mapping[str, Part] = {"stroke": _as_told("colour"), "fill": _as_told("fill")}


def _paint(position: int, filling: Callable[[str], str] | None) -> Row:
    """An outline in the series' colour; filled with it, or with what `filling` makes of it."""
    colour = style.colour(position)
    return {"colour": colour, "fill": filling(colour) if filling else colour}


def _hollow(_: str) -> str:
    return style.BACKGROUND


def _fine(length: float) -> float:
    return round(length, 3)
