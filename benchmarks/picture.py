"""The chart of the page: every way to the documents beside docxtpl with matplotlib."""

import io
from collections.abc import Mapping
from typing import Any

from PIL import Image

from benchmarks import figures
from benchmarks.jobs import MATPLOTLIB
from benchmarks.measuring import TIMES_1, TIMES_10
from benchmarks.told import ratio

_WIDTH, _BAR = 300, 26
_MEASURES = (("wall", "Wall time"), ("peak", "Peak memory"))


def rows(results: Mapping[str, Any]) -> list[dict[str, object]]:
    """One bar: its name, its measure, at what size of the example, and its ratio."""
    return [
        {
            "name": each.name,
            "measure": f"{title}, {group}",
            "ratio": getattr(each, of),
            "written": ratio(getattr(each, of)),
            "own": each.name.startswith("svreport"),
        }
        for group in (TIMES_1, TIMES_10)
        for of, title in _MEASURES
        for each in figures.beside(results, group)
    ]


def picture(results: Mapping[str, Any]) -> bytes:
    """A PNG: a panel for each measure and size, bars of the ratio with its figure at the end."""
    import altair as alt

    from svreport.figures import style
    from svreport.figures.rendering import render_charts

    bars = rows(results)
    names = list(dict.fromkeys(str(bar["name"]) for bar in bars))
    panels = []
    for measure in dict.fromkeys(str(bar["measure"]) for bar in bars):
        shown = [bar for bar in bars if bar["measure"] == measure]
        most = max(float(str(bar["ratio"])) for bar in shown)
        base = alt.Chart(alt.Data(values=shown)).encode(
            x=alt.X("ratio:Q", title=None, scale=alt.Scale(domain=[0, most * 1.15])),
            y=alt.Y(
                "name:N", sort=names, title=None, axis=alt.Axis(labelLimit=200, ticks=False, domain=False)
            ),
        )
        colour = alt.condition("datum.own", alt.value(style.PALETTE[0]), alt.value("#A8BDD1"))
        line = alt.Chart(alt.Data(values=[{"at": 1}])).mark_rule(color=style.LEADER).encode(x="at:Q")
        words = {"align": "left", "dx": 4, "color": style.INK}
        rims = base.mark_text(**words, stroke=style.BACKGROUND, strokeWidth=4).encode(text="written:N")
        figures_at_ends = base.mark_text(**words).encode(text="written:N")
        panel = alt.layer(line, base.mark_bar().encode(color=colour), rims, figures_at_ends)
        title = alt.TitleParams(measure, anchor="start", fontSize=12)
        panels.append(panel.properties(width=_WIDTH, height=_BAR * len(names), title=title))
    chart = alt.concat(*panels, columns=2, spacing=28).properties(
        title=alt.TitleParams(f"Ratio to {MATPLOTLIB}: shorter is better", anchor="start", fontSize=14),
        background=style.BACKGROUND,
        padding=12,
    )
    chart = (
        chart.configure(font=style.FONT)
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=11, grid=False)
    )
    return _smaller(render_charts([chart.to_json(validate=False)])[0])


def _smaller(png: bytes) -> bytes:
    """With a palette, as the repository keeps it."""
    made = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(64).save(made, "PNG", optimize=True)
    return made.getvalue()


def alt_text(results: Mapping[str, Any]) -> str:
    """Every figure of the chart in words."""
    told: dict[str, list[str]] = {}
    for bar in rows(results):
        told.setdefault(str(bar["measure"]), []).append(f"{bar['name']} {bar['written']}")
    panels = ". ".join(f"{measure}: {'; '.join(each)}" for measure, each in told.items())
    return f"Bar charts of ratios to {MATPLOTLIB}. {panels}."
