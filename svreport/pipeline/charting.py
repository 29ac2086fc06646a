"""The charts of a return: each drawn once, and the names under which they are written."""

import base64
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from svreport.documents.charts import DerivedCharts
from svreport.documents.page.paper import PageParts
from svreport.figures.coming import Coming
from svreport.figures.exhibits import Exhibits
from svreport.figures.layout import exhibit_blocks
from svreport.figures.resolved import ResolvedExhibit
from svreport.model import names
from svreport.narrative.blocks import Block
from svreport.pipeline.examining import Examined

if TYPE_CHECKING:
    from svreport.figures.drawing import Drawing

FOLDER = "charts"

# One white point.
_BLANK = Coming.of(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNgAAAAAgAB5Sfe/AAAAABJRU5ErkJggg=="
    )
)


def drawing() -> "Drawing":
    """What draws the charts of a build, while the build goes on; to be used in a `with`."""
    from svreport.figures.cache import ChartCache
    from svreport.figures.drawing import Drawing

    return Drawing(ChartCache.of_user())


def begin_charts(drawing: "Drawing", exhibits: Exhibits) -> dict[str, Coming]:
    """What gives the picture of each chart, under its exhibit's key; all of them are begun."""
    return _under_keys(drawing.begin(list(exhibits.by_name.values())))


def charts_told(exhibits: Exhibits) -> dict[str, Coming]:
    """The same to tell what documents say, without writing one: no chart is drawn."""
    with drawing() as begun:
        return _under_keys(begun.outline(list(exhibits.by_name.values())))


def _under_keys(charts: Mapping[str, Coming]) -> dict[str, Coming]:
    return {names.key(name): chart for name, chart in charts.items()}


def rest() -> None:
    """Ends the program that draws, which is kept for the next build: nothing may be built for a while."""
    from svreport.figures.drawing_process import give_up

    give_up()


def blocks_of_exhibits(examined: Examined, charts: Mapping[str, Coming]) -> dict[str, tuple[Block, ...]]:
    """What documents place for each exhibit, under its key."""
    return {
        key: exhibit_blocks(exhibit, charts.get(key)) for key, exhibit in examined.exhibits.by_name.items()
    }


def outlines_of_exhibits(examined: Examined) -> dict[str, tuple[Block, ...]]:
    """The same with a point for every chart: what a document holds in which order, without drawing anything."""
    drawn = {key: _BLANK for key, exhibit in examined.exhibits.by_name.items() if exhibit.is_drawn}
    return blocks_of_exhibits(examined, drawn)


def charts_for_pages(examined: Examined) -> PageParts:
    """The charts that need no exhibit, each drawn when a template places it, and kept in the user's cache.

    In Word as a picture, on a page as what Vega draws it from, with Vega's own program beside it.
    """
    from svreport.figures.cache import ChartCache

    cache = ChartCache.of_user()
    pictures: dict[str, Coming] = {}
    drawn: dict[str, str] = {}

    def picture(exhibit: ResolvedExhibit) -> Coming | None:
        if exhibit.is_drawn and exhibit.name not in pictures:  # a template that places one places them all
            with drawing() as begun:
                begun_pictures = begun.begin(charts.every())
                pictures.update({name: chart.there() for name, chart in begun_pictures.items()})
        return pictures.get(exhibit.name)

    def drawn_by_page(exhibit: ResolvedExhibit) -> str:
        from svreport.figures.page_charts import page_charts

        if exhibit.name not in drawn:
            drawn.update(page_charts([exhibit], cache))
        return drawn[exhibit.name]

    def runtime() -> str:
        from svreport.figures.runtime import vega_runtime

        return vega_runtime(cache)

    charts = DerivedCharts(examined.facts, picture)
    return PageParts(charts, drawn_by_page, runtime)


def outlines_for_pages(examined: Examined) -> PageParts:
    """The same with a point for every chart, and nothing that draws."""
    charts = DerivedCharts(examined.facts, lambda exhibit: _BLANK if exhibit.is_drawn else None)
    return PageParts(charts, lambda exhibit: "{}", lambda: "")


def chart_files(examined: Examined, charts: Mapping[str, Coming]) -> dict[str, bytes]:
    """Each chart under its path in the folder of outputs: its exhibit's name, as far as a file can carry it."""
    taken: set[str] = set()
    files: dict[str, bytes] = {}
    for key, chart in charts.items():
        safe = file_name(examined.exhibits.by_name[key].name)
        name, number = safe, 2
        while name.casefold() in taken:
            name, number = f"{safe} ({number})", number + 1
        taken.add(name.casefold())
        files[f"{FOLDER}/{name}.png"] = chart()
    return files


def file_name(name: str) -> str:
    """A name that every file system can hold; Windows takes the fewest characters, and keeps some names for devices."""
    safe = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*]', "-", name)[:80].strip(" .") or "exhibit"
    return f"{safe}-" if re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", safe) else safe
