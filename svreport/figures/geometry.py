"""Where everything of a chart stands, in points, before any of it is drawn."""

import re
from dataclasses import dataclass
from decimal import Decimal

from svreport.figures import style
from svreport.figures.axes import Scale, ValueAxis, scale_of, shown_periods, value_axis
from svreport.figures.labels import LineEnd, PlacedLabel, Point, height_needed, lines_of, placed
from svreport.figures.resolved import ResolvedExhibit, ResolvedSeries
from svreport.figures.text_width import cut, width, wrapped
from svreport.model import formats

_GROUP = 0.74
_MOST_COLUMN = 60.0
_SWATCH = 10.0
_KEY_APART = 16.0
_HEADROOM = Decimal("0.08")


@dataclass(frozen=True, slots=True)
class Room:
    """How wide a chart is, in points; `titled` is False where its title stands beside it and not in it."""

    width: float
    titled: bool = True


PRINTED = Room(style.WIDTH)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its edges in positions along the axis of periods, its value in the axis' unit."""

    series: int
    position: int
    left: float
    right: float
    value: Decimal
    is_forecast: bool
    written: str


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """The name of a set of columns over the plot, by a swatch; `x` and `y` are the swatch's left edge and middle."""

    series: int
    lines: tuple[str, ...]
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Geometry:
    """The plot is `width` by `height` points; `left`, `right`, `top` and `bottom` are the room around it.

    `boundary` is the position of the first period from which a plan is a forecast, None where no part of it is past.
    """

    scale: Scale
    axis: ValueAxis
    axis_title: str
    title: tuple[str, ...]
    subtitle: tuple[str, ...]
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    shown: tuple[int, ...]
    columns: tuple[Column, ...]
    key: tuple[KeyEntry, ...]
    labels: dict[int, PlacedLabel]
    boundary: int | None
    under_title: float
    band: float


def lay_out(exhibit: ResolvedExhibit, room: Room = PRINTED) -> Geometry:
    """Room for the title, the numbers of the axis and the names of the lines first; what is left is the plot."""
    scale = scale_of(exhibit)
    values = [scale.of(value, series.unit) for series in exhibit.series for _, value in series.figures]
    has_columns = any(series.as_column for series in exhibit.series)
    count = max(1, len(exhibit.periods))
    axis = value_axis(values, from_zero=has_columns or count == 1)
    lines = {n: lines_of(s.label) for n, s in enumerate(exhibit.series) if not s.as_column and s.figures}
    left = _left(axis)
    right = _right(lines, count, room.width - left, has_columns)
    plot_width = round(room.width - left - right, 2)

    columns = _columns(exhibit, scale, plot_width / count)
    if any(column.written for column in columns):
        axis = value_axis(values, from_zero=True, headroom=_HEADROOM)
    height = round(max(style.PLOT_HEIGHT, height_needed(lines.values())), 2)
    title = _title(exhibit) if room.titled else ()
    subtitle = tuple(filter(None, [_span_untold(exhibit)])) if room.titled else ()
    key, key_height = _key(exhibit, left, room.width)
    over_axis = style.LINE_HEIGHT + 9
    top = (
        len(title) * style.TITLE_LINE_HEIGHT
        + (style.LINE_HEIGHT + 2 if subtitle else 0)
        + 6
        + key_height
        + over_axis
    )
    shown = tuple(shown_periods(exhibit.periods, plot_width, style.LABEL_SIZE))
    return Geometry(
        scale=scale,
        axis=axis,
        axis_title=_axis_title(exhibit, scale, axis),
        title=title,
        subtitle=subtitle,
        width=plot_width,
        height=height,
        left=round(left, 2),
        right=round(right, 2),
        top=round(top, 2),
        bottom=24,
        shown=shown,
        columns=columns,
        key=tuple(KeyEntry(e.series, e.lines, e.x, e.y - over_axis - key_height) for e in key),
        labels=_labels(exhibit, lines, columns, scale, axis, plot_width, height, has_columns),
        boundary=_boundary(exhibit),
        under_title=over_axis + key_height,
        band=plot_width / count,
    )


def _left(axis: ValueAxis) -> float:
    return (
        max(width(formats.number(tick, axis.decimals), style.LABEL_SIZE) for tick in axis.ticks)
        + 8
        + style.EDGE
    )


def _right(lines: dict[int, tuple[str, ...]], count: int, room: float, has_columns: bool) -> float:
    """Names stand outside the plot beside columns, else from the last point on; either way whole."""
    widest = max((width(line, style.LABEL_SIZE) for each in lines.values() for line in each), default=0.0)
    if not widest:
        return 12.0
    beside = widest + 9 + 9 + style.EDGE
    if has_columns:
        return beside
    plot = (room - beside) / (1 - 1 / (2 * count))
    return max(12.0, room - plot)


def _title(exhibit: ResolvedExhibit) -> tuple[str, ...]:
    lines = wrapped(exhibit.title, style.TITLE_SIZE, style.WIDTH - 2 * style.EDGE, bold=True)
    return tuple(cut(lines, style.MOST_TITLE_LINES))


def _span_untold(exhibit: ResolvedExhibit) -> str:
    """The span, where the title names no year."""
    if not exhibit.periods or re.search(r"(19|2\d)\d\d|['’]\d\d", exhibit.title):
        return ""
    first, last = exhibit.periods[0], exhibit.periods[-1]
    return first.short if first == last else f"{first.short} to {last.short}"


def _axis_title(exhibit: ResolvedExhibit, scale: Scale, axis: ValueAxis) -> str:
    plan = [series for series in exhibit.series if not series.source.is_metric]
    all_to_come = plan and all(series.forecast_from == 0 for series in exhibit.series)
    told = f"{scale.name}, forecast" if all_to_come else scale.name
    starts_elsewhere = axis.low > 0 or axis.high < 0
    return f"{told} (the axis does not start at zero)" if starts_elsewhere else told


def _boundary(exhibit: ResolvedExhibit) -> int | None:
    starts = [series.forecast_from for series in exhibit.series if not series.source.is_metric]
    inside = [start for start in starts if 0 < start < len(exhibit.periods)]
    return min(inside, default=None)


def _columns(exhibit: ResolvedExhibit, scale: Scale, band: float) -> tuple[Column, ...]:
    """Side by side in the order of the series; their values are written on them where all of them fit."""
    sets = [n for n, series in enumerate(exhibit.series) if series.as_column]
    if not sets:
        return ()
    wide = min(_GROUP / len(sets), _MOST_COLUMN / band)
    apart = min(2 / band, wide * 0.1) if len(sets) > 1 else 0.0
    made = []
    for place, n in enumerate(sets):
        series = exhibit.series[n]
        for position, value in series.figures:
            left = position - wide * len(sets) / 2 + wide * place
            scaled = scale.of(value, series.unit)
            written = formats.number(scaled, _written_decimals(series, scale))
            is_forecast = position >= series.forecast_from
            made.append(Column(n, position, left, left + wide - apart, scaled, is_forecast, written))
    fits = all(width(each.written, style.LABEL_SIZE) <= wide * band - 1 for each in made)
    has_lines = len(sets) < len(exhibit.series)
    if fits and not has_lines:
        return tuple(made)
    return tuple(Column(c.series, c.position, c.left, c.right, c.value, c.is_forecast, "") for c in made)


def _written_decimals(series: ResolvedSeries, scale: Scale) -> int:
    return series.decimals if scale.one == series.unit.pounds else 1


def _key(exhibit: ResolvedExhibit, left: float, wide_as: float) -> tuple[list[KeyEntry], float]:
    """The names of the sets of columns, in their order, in rows over the plot; none for a single set by itself.

    Heights count from the key's upper edge.
    """
    sets = [n for n, series in enumerate(exhibit.series) if series.as_column]
    if not sets or len(exhibit.series) < 2:
        return [], 0.0
    most = wide_as - 2 * style.EDGE - _SWATCH - 4
    entries: list[KeyEntry] = []
    x, y, row = 0.0, 0.0, 0.0
    for n in sets:
        lines = tuple(
            cut(wrapped(exhibit.series[n].label, style.LABEL_SIZE, most), style.MOST_KEY_LINES)
        ) or ("",)
        wide = _SWATCH + 4 + max(width(line, style.LABEL_SIZE) for line in lines)
        if x and x + wide > wide_as - 2 * style.EDGE:
            x, y, row = 0.0, y + row, 0.0
        row = max(row, len(lines) * style.LINE_HEIGHT + 4)
        entries.append(KeyEntry(n, lines, x - left + style.EDGE, y + style.LINE_HEIGHT / 2))
        x += wide + _KEY_APART
    return entries, y + row + 4


def _labels(
    exhibit: ResolvedExhibit,
    lines: dict[int, tuple[str, ...]],
    columns: tuple[Column, ...],
    scale: Scale,
    axis: ValueAxis,
    plot_width: float,
    height: float,
    has_columns: bool,
) -> dict[int, PlacedLabel]:
    band = plot_width / max(1, len(exhibit.periods))
    paths: list[list[Point]] = []
    ends = []
    for n in lines:
        series = exhibit.series[n]
        points = [
            ((position + 0.5) * band, axis.height_of(scale.of(value, series.unit), height))
            for position, value in series.figures
        ]
        paths.append(points)
        ends.append(LineEnd(lines[n], *points[-1], is_last=series.figures[-1][0] == len(exhibit.periods) - 1))
    zero = axis.height_of(Decimal(0), height)
    for column in columns:
        tip = axis.height_of(column.value, height)
        for share in (0.0, 0.5, 1.0):
            x = (column.left + (column.right - column.left) * share + 0.5) * band
            paths.append([(x, zero), (x, tip)])
    margin = plot_width + 4 if has_columns else (len(exhibit.periods) - 0.5) * band + 9
    return dict(zip(lines, placed(ends, paths, margin, height), strict=True))
