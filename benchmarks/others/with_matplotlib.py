"""The charts, drawn with matplotlib."""

from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
from reading import Exhibit, Workbook, short

DPI = 200
COLOURS = ("#12436D", "#28A197", "#801650", "#F46A25")


def draw_charts(workbook: Workbook, out: Path) -> dict[str, Path]:
    """The PNG of each chart, under its exhibit's name."""
    out.mkdir(parents=True, exist_ok=True)
    made = {}
    for number, exhibit in enumerate(each for each in workbook.exhibits.values() if each.is_chart):
        made[exhibit.name] = out / f"{number:04}.png"
        _draw(exhibit, made[exhibit.name])
    return made


def _draw(exhibit: Exhibit, file: Path) -> None:
    width, height = exhibit.pixels
    figure, axes = plt.subplots(figsize=(width / DPI, height / DPI), dpi=DPI)
    places = range(len(exhibit.periods))
    columns = [series for series in exhibit.series if series.as_column]
    breadth = 0.8 / max(len(columns), 1)
    for number, series in enumerate(exhibit.series):
        colour = COLOURS[number % len(COLOURS)]
        values = [float("nan") if value is None else float(value) for value in series.values]
        if series.as_column:
            at = [place - 0.4 + breadth * (columns.index(series) + 0.5) for place in places]
            bars = axes.bar(at, values, breadth, label=series.name, color=colour)
            axes.bar_label(bars, fmt="{:,.0f}", fontsize=7, padding=2)
        else:
            dashes = "--" if series.is_forecast else "-"
            axes.plot(places, values, dashes, marker="o", markersize=3, color=colour, label=series.name)
    axes.set_title(exhibit.title, fontsize=9, fontweight="bold", loc="left", wrap=True)
    step = -(-len(exhibit.periods) // 10)
    axes.set_xticks(places[::step], [short(period) for period in exhibit.periods[::step]], fontsize=8)
    axes.tick_params(axis="y", labelsize=8)
    axes.yaxis.set_major_formatter("{x:,.6g}")
    axes.grid(axis="y", color="#D9D9D9", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.axhline(0, color="#333333", linewidth=0.8) if columns else None
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.legend(fontsize=8, frameon=False)
    figure.tight_layout()
    figure.savefig(file, dpi=DPI)
    plt.close(figure)
