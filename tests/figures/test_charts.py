"""Charts as specifications: kept as goldens, true to their data, with room for every word."""

import json
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import Any

import altair as alt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svreport.figures import style
from svreport.figures.charts import chart_spec
from svreport.figures.exhibits import ResolvedExhibit
from svreport.figures.geometry import lay_out
from svreport.figures.text_width import width
from svreport.model import formats
from svreport.model.level import contrast
from svreport.model.quantity import Unit
from svreport.model.submission import ExhibitKind
from tests.figures.building import Building, by_month, chart
from tests.figures.gallery import BOTH, COLUMN, CUMULATIVE, IN_YEAR, LINE, every_chart, plan

CHARTS = every_chart()


def rows(exhibit: ResolvedExhibit, layer: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = chart_spec(exhibit)["datasets"].get(layer, [])
    return found


@pytest.mark.parametrize("name", CHARTS)
def test_specifications_are_those_of_the_goldens(name: str, golden: Callable[[str, str], None]) -> None:
    spec = chart_spec(CHARTS[name])
    golden(f"{name}.json", json.dumps(spec, indent=1, ensure_ascii=False) + "\n")


@pytest.mark.parametrize("name", CHARTS)
def test_specifications_are_valid_and_fetch_nothing(name: str) -> None:
    spec = chart_spec(CHARTS[name])
    assert spec["$schema"] == alt.SCHEMA_URL
    alt.LayerChart.from_dict(spec)
    assert "url" not in json.dumps(spec)
    assert [layer["data"] for layer in spec["layer"]] == [{"name": each} for each in spec["datasets"]]


def test_the_schema_tells_a_word_that_is_none_of_its() -> None:
    spec = chart_spec(CHARTS["metric"])
    spec["layer"][0]["mark"]["fontsize"] = 11
    with pytest.raises(Exception, match="Failed validating"):
        alt.LayerChart.from_dict(spec)


@pytest.mark.parametrize("name", CHARTS)
def test_every_figure_is_drawn_once_where_it_belongs(name: str) -> None:
    exhibit = CHARTS[name]
    scale = lay_out(exhibit).scale
    for series in exhibit.series:
        expected = {
            str(exhibit.periods[at]): float(scale.of(value, series.unit)) for at, value in series.figures
        }
        drawn: dict[str, float] = {}
        for row in (*rows(exhibit, "columns"), *rows(exhibit, "lines"), *rows(exhibit, "markers")):
            if row["series"] == series.label:
                assert drawn.setdefault(row["period"], row["value"]) == row["value"]
        assert drawn == expected


@pytest.mark.parametrize("name", CHARTS)
def test_no_word_is_clipped(name: str) -> None:
    exhibit = CHARTS[name]
    plot = lay_out(exhibit)
    assert plot.left + plot.width + plot.right == pytest.approx(style.WIDTH, abs=0.02)
    for label in plot.labels.values():
        assert label.x >= 0
        assert max(label.x + width(line, style.LABEL_SIZE) for line in label.lines) <= plot.width + plot.right
    for entry in plot.key:
        assert entry.x >= -plot.left
        assert entry.y - 6 >= style.EDGE + style.TITLE_LINE_HEIGHT * len(plot.title) - plot.top
    for line in plot.title:
        assert width(line, style.TITLE_SIZE, bold=True) <= style.WIDTH
    assert "".join("".join(plot.title).split()) == "".join(exhibit.title.split())
    for tick in plot.axis.ticks:
        assert width(formats.number(tick, plot.axis.decimals), style.LABEL_SIZE) + 4 <= plot.left
    last, first = plot.shown[-1], plot.shown[0]
    half = {at: width(exhibit.periods[at].short, style.LABEL_SIZE) / 2 for at in (first, last)}
    assert (first + 0.5) * plot.band + plot.left >= half[first]
    assert (last + 0.5) * plot.band + half[last] <= plot.width + plot.right


@pytest.mark.parametrize("name", CHARTS)
def test_text_is_at_least_9_points_when_placed_16_cm_wide(name: str) -> None:
    smallest = style.LABEL_SIZE * (16 / 2.54 * 72) / style.WIDTH
    assert smallest >= 9
    sizes = [layer["mark"].get("fontSize", 99) for layer in chart_spec(CHARTS[name])["layer"]]
    assert min(sizes) >= style.LABEL_SIZE


def test_the_palette_stands_out_on_white_and_black_does_on_all() -> None:
    for each in style.PALETTE:
        assert contrast(each, style.BACKGROUND) >= 3
    assert contrast(style.LEADER, style.BACKGROUND) >= 4.5
    assert contrast(style.INK, style.BACKGROUND) == 21


def test_no_two_series_share_colour_and_marker() -> None:
    assert len({(style.colour(n), style.marker(n)) for n in range(16)}) == 16
    assert len({style.marker(n) for n in range(8)}) == 8


def test_a_forecast_is_dashed_and_hollow_an_actual_whole_and_filled() -> None:
    exhibit = CHARTS["metric"]
    by_series = {row["series"]: row for row in rows(exhibit, "markers")}
    assert by_series["Actual"]["fill"] == by_series["Actual"]["colour"] == style.PALETTE[0]
    assert by_series["Forecast"]["fill"] == style.BACKGROUND
    assert {(row["series"], row["dash"]) for row in rows(exhibit, "lines")} == {
        ("Actual", "whole"),
        ("Forecast", "dashes 1"),
    }
    fills = {(row["series"], row["fill"]) for row in rows(CHARTS["growth"], "columns")}
    assert fills == {("Actual", style.PALETTE[0]), ("Forecast", style.tint(style.PALETTE[1]))}


def test_a_plan_turns_into_a_forecast_after_the_last_year_that_has_ended() -> None:
    exhibit = CHARTS["plan"]
    hollow = {row["period"]: row["fill"] == style.BACKGROUND for row in rows(exhibit, "markers")}
    assert [year for year, is_hollow in hollow.items() if not is_hollow] == ["2023-24"]
    assert [row["text"] for row in rows(exhibit, "names")] == [
        ["Cumulative deficit"],
        ["In-year position"],
        ["Forecast"],
    ]


def test_a_missing_month_breaks_the_line_and_a_lone_figure_has_its_marker() -> None:
    exhibit = CHARTS["gaps"]
    actual = [row for row in rows(exhibit, "lines") if row["series"] == "Actual"]
    stretches: dict[str, list[str]] = {}
    for row in actual:
        stretches.setdefault(row["stretch"], []).append(row["period"])
    assert list(stretches.values()) == [["Apr 2024", "May 2024"], ["Sep 2024", "Oct 2024", "Nov 2024"]]
    marked = [row["period"] for row in rows(exhibit, "markers") if row["series"] == "Actual"]
    assert "Jul 2024" in marked
    assert "Jan 2025" in marked
    assert "Jun 2024" not in marked


def test_columns_stand_on_zero_and_side_by_side_in_order() -> None:
    exhibit = CHARTS["growth"]
    columns = rows(exhibit, "columns")
    assert all(row["zero"] == 0 for row in columns)
    for position in range(6):
        of_month = sorted(
            (row["at"], row["to"]) for row in columns if round((row["at"] + row["to"]) / 2) == position
        )
        assert len(of_month) == 2
        assert (
            position - 0.5
            < of_month[0][0]
            < of_month[0][1]
            < of_month[1][0]
            < of_month[1][1]
            < position + 0.5
        )
    assert rows(exhibit, "values under columns")[0]["text"] == "−6"


def test_the_axis_is_written_as_people_write() -> None:
    def expression(name: str) -> str:
        layer = next(each for each in chart_spec(CHARTS[name])["layer"] if each["data"]["name"] == "markers")
        found: str = layer["encoding"]["x"]["axis"]["labelExpr"]
        return found

    assert expression("metric").startswith("""["Apr '24", "May '24",""")
    assert expression("plan").startswith("""["2023/24", "2024/25",""")
    titles = {name: lay_out(each).axis_title for name, each in CHARTS.items()}
    assert titles["metric"] == "Number (the axis does not start at zero)"
    assert titles["plan"] == "£m"
    assert titles["plan-in-thousands"] == "£000"
    assert titles["outlook"] == "Number (the axis does not start at zero)"
    assert titles["forecast-goes-on"] == "% (the axis does not start at zero)"


def test_the_zero_line_is_drawn_where_the_axis_holds_zero() -> None:
    assert rows(CHARTS["crossing-zero"], "zero line") == [{"value": 0}]
    assert rows(CHARTS["all-negative"], "zero line") == [{"value": 0}]
    assert rows(CHARTS["metric"], "zero line") == []


def test_the_span_is_told_under_a_title_that_does_not() -> None:
    assert lay_out(CHARTS["sixty-points"]).subtitle == ("Nov '19 to Oct '24",)
    assert lay_out(CHARTS["metric"]).subtitle == ()
    assert lay_out(CHARTS["one-point"]).subtitle == ("Apr '24",)


def test_a_chart_without_a_figure_can_still_be_specified() -> None:
    exhibit = Building().metric("M").exhibit(LINE, "M actual").shown()
    assert not exhibit.is_drawn
    assert list(chart_spec(exhibit)["datasets"]) == ["title", "zero line"]


def test_a_plan_wholly_ahead_says_so_on_its_axis() -> None:
    exhibit = plan([1000, 2000, 3000], [4000, 5000, 6000])
    shown = exhibit.exhibit(BOTH, f"{IN_YEAR}; {CUMULATIVE}", first="2024-25").shown()
    assert lay_out(shown).axis_title == "£m, forecast"
    assert lay_out(shown).boundary is None


@given(
    st.sampled_from([LINE, COLUMN, BOTH]),
    st.lists(st.one_of(st.none(), st.decimals(-(10**12), 10**12, places=4)), min_size=1, max_size=70),
    st.lists(st.one_of(st.none(), st.decimals(-100, 100, places=1)), min_size=1, max_size=70),
    st.sampled_from(list(Unit)),
    st.text(max_size=300),
)
def test_whatever_the_data_the_chart_holds_it(
    kind: ExhibitKind,
    actual: list[Decimal | None],
    forecast: list[Decimal | None],
    unit: Unit,
    title: str,
) -> None:
    def written(values: list[Decimal | None]) -> dict[str, str | int | float | None]:
        return by_month("Apr 2020", [None if value is None else str(value) for value in values])

    exhibit = chart(kind, written(actual), written(forecast), unit=unit, title=title)
    spec = chart_spec(exhibit)
    json.dumps(spec, allow_nan=False)
    plot = lay_out(exhibit)
    values = [plot.scale.of(v, s.unit) for s in exhibit.series for _, v in s.figures]
    assert all(plot.axis.low <= value <= plot.axis.high for value in values)
    ordered = sorted((c.left, c.right) for c in plot.columns)
    assert all(left[1] <= right[0] + 1e-9 for left, right in pairwise(ordered))
    assert plot.width >= 200
