"""The charts, drawn with Altair and rendered by vl-convert."""

from pathlib import Path

import altair as alt
import pandas as pd
import vl_convert
from reading import Exhibit, Workbook, short

PPI = 200
COLOURS = ["#12436D", "#28A197", "#801650", "#F46A25"]


def draw_charts(workbook: Workbook, out: Path) -> dict[str, Path]:
    """The PNG of each chart, under its exhibit's name."""
    out.mkdir(parents=True, exist_ok=True)
    made = {}
    for number, exhibit in enumerate(each for each in workbook.exhibits.values() if each.is_chart):
        made[exhibit.name] = out / f"{number:04}.png"
        png = vl_convert.vegalite_to_png(_chart(exhibit).to_dict(), ppi=PPI)
        made[exhibit.name].write_bytes(png)
    return made


def _chart(exhibit: Exhibit) -> alt.LayerChart:
    width, height = (pixels * 72 / PPI for pixels in exhibit.pixels)
    frame = pd.DataFrame(
        [
            {
                "period": short(period),
                "series": one.name,
                "value": float(value),
                "column": one.as_column,
                "forecast": one.is_forecast,
            }
            for one in exhibit.series
            for period, value in zip(exhibit.periods, one.values, strict=True)
            if value is not None
        ]
    )
    names = [one.name for one in exhibit.series]
    periods = [short(period) for period in exhibit.periods]
    colour = alt.Color(
        "series:N",
        scale=alt.Scale(domain=names, range=COLOURS[: len(names)]),
        legend=alt.Legend(orient="bottom", title=None),
    )
    x = alt.X("period:O", sort=periods, axis=alt.Axis(labelAngle=0, labelOverlap=True, title=None))
    y = alt.Y("value:Q", axis=alt.Axis(title=None, format=",~g"), scale=alt.Scale(zero=any(frame["column"])))
    lines = frame[~frame["column"]]
    dash = alt.StrokeDash(
        "forecast:N", scale=alt.Scale(domain=[False, True], range=[[1, 0], [4, 3]]), legend=None
    )
    layers = []
    if any(frame["column"]):
        columns = alt.Chart(frame[frame["column"]])
        bars = columns.mark_bar().encode(x=x, y=y, color=colour, xOffset=alt.XOffset("series:N", sort=names))
        words = columns.mark_text(dy=-6, fontSize=8).encode(
            x=x, y=y, text=alt.Text("value:Q", format=",.0f"), xOffset=alt.XOffset("series:N", sort=names)
        )
        layers += [bars, words]
    if len(lines):
        base = alt.Chart(lines)
        layers.append(base.mark_line().encode(x=x, y=y, color=colour, strokeDash=dash))
        layers.append(base.mark_point(filled=True, size=24).encode(x=x, y=y, color=colour))
    return (
        alt.layer(*layers)
        .properties(
            width=width,
            height=height,
            autosize=alt.AutoSizeParams(type="fit", contains="padding"),
            title=alt.TitleParams(exhibit.title, anchor="start", fontSize=11),
        )
        .configure_view(stroke=None)
    )
