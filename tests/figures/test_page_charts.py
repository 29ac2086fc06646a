"""Charts for pages: what they tell, which names their colours have, and what cannot break them."""

import json
from pathlib import Path

from svreport.figures.cache import ChartCache
from svreport.figures.derived import chart_of
from svreport.figures.page_charts import chart_styles, page_charts, told
from svreport.figures.resolved import ResolvedExhibit
from svreport.figures.runtime import vega_runtime
from svreport.figures.sources import sources_of_metrics
from svreport.model.facts import Facts
from svreport.model.finding import Place
from svreport.model.submission import ExhibitKind
from svreport.pipeline.examining import examine
from tests.documents.boards import observe
from tests.documents.reviews import Rows, saved


def chart(folder: Path, name: str = "INMSS", change: object = None) -> ResolvedExhibit:
    def changed(rows: Rows) -> None:
        if callable(change):
            change(rows)

    facts: Facts = examine(saved(folder, "wiltshire-2024-12", changed)).facts
    sources = sources_of_metrics(facts)[name.casefold()]
    return chart_of(facts, name, "A title", sources, Place("Metrics", 7, 1), ExhibitKind.LINE)


def test_a_period_tells_figures_and_cells(tmp_path: Path) -> None:
    lines = told(chart(tmp_path))
    assert lines[0] == "Jul 2022\nActual: 5.21% ('Metric data'!C18)"
    assert lines[27] == "Oct 2024\nActual: 5.62% ('Metric data'!C45)\nForecast: 5.95% ('Metric data'!D45)"
    assert lines[-1] == "Mar 2025\nForecast: 5.82% ('Metric data'!D50)"


def test_no_colour_is_fixed_and_each_name_has_one(tmp_path: Path) -> None:
    (written,) = page_charts([chart(tmp_path)], None).values()
    names = {part.split(")")[0] for part in written.split("var(")[1:]}
    assert names
    assert all(chart_styles().count(f"{name}: #") == 3 for name in names)
    assert "#12436D" not in written


def test_both_widths_share_their_figures(tmp_path: Path) -> None:
    (written,) = page_charts([chart(tmp_path)], None).values()
    made = json.loads(written)
    assert {"lines", "markers"} <= set(made["shared"])
    assert not set(made["wide"]["rows"]) & set(made["shared"])
    assert made["wide"]["spec"]["width"] > made["narrow"]["spec"]["width"]


def test_what_is_kept_is_the_same(tmp_path: Path) -> None:
    cache = ChartCache(tmp_path / "cache")
    exhibit = chart(tmp_path)
    first = page_charts([exhibit], cache)
    assert page_charts([exhibit], cache) == first == page_charts([exhibit], None)


def test_months_and_years_are_not_mixed(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        observe(rows, "INMSS", "2022-23", actual=5.2)
        observe(rows, "INMSS", "Apr 1950", actual=5.2)

    exhibit = chart(tmp_path, change=change)
    assert (exhibit.is_drawn, exhibit.marks, str(exhibit.periods[0])) == (True, (), "Jul 2022")


def test_an_unread_figure_shows_its_mark(tmp_path: Path) -> None:
    exhibit = chart(tmp_path, change=lambda rows: observe(rows, "INMSS", "Oct 2024", actual="many"))
    assert exhibit.marks == ("[NUM-01 'Metric data'!C45]",)
    assert "Actual: [NUM-01 'Metric data'!C45]" in told(exhibit)[27]


def test_the_runtime_is_kept_and_cannot_end_its_element(tmp_path: Path) -> None:
    cache = ChartCache(tmp_path / "cache")
    script = vega_runtime(cache)
    assert vega_runtime(cache) == script
    assert "window.vegaEmbed=" in script
    assert "</script" not in script
    assert "<!--" not in script
