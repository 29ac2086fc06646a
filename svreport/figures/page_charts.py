"""Charts for a page that draws them itself: the same as the printed ones, for a wide and a narrow screen, with the
values of each period told where a reader points, and every colour a name that the page's styles give a meaning.
"""

import json
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from svreport.figures import style
from svreport.figures.geometry import Room
from svreport.figures.keys import chart_key
from svreport.figures.resolved import ResolvedExhibit, ResolvedSeries
from svreport.model import formats
from svreport.model.quantity import Quantity

if TYPE_CHECKING:
    from svreport.figures.cache import ChartCache

# Points of the drawing, in which a label is 9.5 high; the page shows them larger, at about 13 pixels.
ROOMS = {"wide": Room(420, titled=False), "narrow": Room(268, titled=False)}
# Besides the modules that charts of every kind are drawn by.
_MAKING = ("hovering.py", "page_charts.py")

_COLOURED = frozenset({
    "background", "color", "colour", "fill", "stroke", "labelColor", "tickColor", "gridColor", "titleColor",
})  # fmt: skip
_DARK = {
    "#12436D": "#8AB8E6",
    "#28A197": "#3FC1B6",
    "#801650": "#F08CC0",
    "#F46A25": "#FF9457",
}
# What tells the values of the period that a reader points at.
_BUBBLE = (
    ".chart-values { position: fixed; z-index: 4; max-width: 22rem; padding: 0.5rem 0.75rem; white-space: pre-line; "
    "background: var(--chart-page); color: var(--chart-ink); border: 1px solid var(--chart-ink); "
    "font-size: 0.9375rem; pointer-events: none; }"
)
_LIGHT_PAGE, _DARK_PAGE = "#FFFFFF", "#1A1F23"


def page_charts(exhibits: Iterable[ResolvedExhibit], cache: "ChartCache | None") -> dict[str, str]:
    """For each chart, under its exhibit's name, the JSON that a page draws it from; what is kept loads nothing.

    `{"shared": rows, "wide": {"spec", "rows"}, "narrow": …}`: Vega's specifications, compiled here from Vega-Lite, for
    which a browser needs as long as for the drawing; `rows` are their data by name but for what both have in common.
    """
    drawn = [exhibit for exhibit in exhibits if exhibit.is_drawn]
    keys = {exhibit.name: _key(exhibit) for exhibit in drawn}
    made: dict[str, str] = {}
    new: dict[str, bytes] = {}
    for exhibit in drawn:
        key = keys[exhibit.name]
        kept = cache.get(key) if cache else None
        if kept is None:
            kept = new[key] = _written(exhibit)
        made[exhibit.name] = kept.decode()
    if cache and new:
        cache.put(new)
    return made


def _written(exhibit: ResolvedExhibit) -> bytes:
    import vl_convert

    from svreport.figures.charts import chart_spec

    words = told(exhibit)
    made: dict[str, Any] = {}
    for name, room in ROOMS.items():
        spec = vl_convert.vegalite_to_vega(_recoloured(chart_spec(exhibit, room, words)))
        rows = {each["name"]: each.pop("values") for each in spec["data"] if "values" in each}
        made[name] = {"spec": spec, "rows": rows}
    wide, narrow = (each["rows"] for each in made.values())
    shared = {name: rows for name, rows in wide.items() if narrow.get(name) == rows}
    for name in shared:
        del wide[name], narrow[name]
    whole = {"shared": shared, **made}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.encode(errors="replace")


def told(exhibit: ResolvedExhibit) -> list[str]:
    """For each period its name and, in a line for each series that has one, the figure and its cell."""
    return [
        "\n".join((str(period), *filter(None, (_figure(exhibit, series, at) for series in exhibit.series))))
        for at, period in enumerate(exhibit.periods)
    ]


def _figure(exhibit: ResolvedExhibit, series: ResolvedSeries, at: int) -> str:
    if at in series.unread:
        return f"{series.label}: {series.unread[at]}"
    value = series.values[at]
    if value is None:
        return ""
    printed = formats.quantity(Quantity(value, series.unit, series.decimals))
    return f"{series.label}: {printed} ({series.source.entries[exhibit.periods[at]].place})"


def chart_styles() -> str:
    """The colours that the charts' specifications name, as a style sheet for light and dark screens and for paper."""
    light = _colours(dict(zip(style.PALETTE, style.PALETTE, strict=True)), _LIGHT_PAGE)
    light |= {"ink": style.INK, "quiet": style.LEADER, "grid": style.GRID}
    dark = _colours(_DARK, _DARK_PAGE) | {"ink": "#F1F3F4", "quiet": "#A9B4BA", "grid": "#3F4A52"}
    return "\n".join(
        (
            f":root {{ {_declared(light)} }}",
            f"@media (prefers-color-scheme: dark) {{ :root {{ {_declared(dark)} }} }}",
            f"@media print {{ :root {{ {_declared(light)} }} .chart-values {{ display: none; }} }}",
            _BUBBLE,
            ".drawing svg { width: 100%; height: auto; display: block; }",
        )
    )


def _colours(palette: dict[str, str], page: str) -> dict[str, str]:
    found = {"page": page}
    for number, colour in enumerate(style.PALETTE, 1):
        found[str(number)] = palette[colour]
        found[f"{number}-tint"] = _mixed(palette[colour], page)
    return found


def _mixed(colour: str, page: str) -> str:
    """A fifth of the colour on the page."""
    pairs = ((int(colour[at : at + 2], 16), int(page[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{under + (over - under) // 5:02X}" for over, under in pairs)


def _declared(colours: dict[str, str]) -> str:
    return " ".join(f"--chart-{name}: {colour};" for name, colour in colours.items())


_NAMED = {
    style.INK: "var(--chart-ink)",
    style.GRID: "var(--chart-grid)",
    style.LEADER: "var(--chart-quiet)",
    style.BACKGROUND: "var(--chart-page)",
    **{colour: f"var(--chart-{number})" for number, colour in enumerate(style.PALETTE, 1)},
    **{style.tint(colour): f"var(--chart-{number}-tint)" for number, colour in enumerate(style.PALETTE, 1)},
}


def _recoloured(part: Any, key: str = "") -> Any:
    """The specification with each colour by its name; words of the workbook stand under other keys and are kept."""
    if isinstance(part, dict):
        return {name: _recoloured(value, name) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [_recoloured(each, key) for each in part]
    return _NAMED.get(part, part) if key in _COLOURED and isinstance(part, str) else part


def _key(exhibit: ResolvedExhibit) -> str:
    """The chart's key, with what only pages tell: the figures printed, their cells, and how they are made."""
    return sha256(f"{_made_by()}\n{chart_key(exhibit)}\n{told(exhibit)!r}".encode()).hexdigest()


@lru_cache
def _made_by() -> str:
    folder = Path(__file__).parent
    return sha256(b"".join((folder / name).read_bytes() for name in _MAKING)).hexdigest()
