"""Pictures: drawn with their text, offline, and the same bytes wherever they are drawn."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from svreport.figures import keys
from svreport.figures.keys import chart_key
from svreport.figures.rendering import PPI, render_charts
from svreport.figures.specified import specified
from svreport.model.submission import ExhibitKind
from tests.figures.building import Building, by_month, chart
from tests.figures.gallery import every_chart

CHARTS = every_chart()
DRAW = """
import sys
from hashlib import sha256
from svreport.figures.rendering import render_charts
from svreport.figures.specified import specified
from tests.figures.gallery import every_chart
charts = every_chart()
for png in render_charts([specified(charts[name]).spec for name in ("metric", "plan")]):
    print(sha256(png).hexdigest())
"""


def picture(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("L")


def dark(image: Image.Image, box: tuple[float, float, float, float]) -> int:
    """How many dark pixels lie in a box given in points."""
    scaled = tuple(round(each * PPI / 72) for each in box)
    cut = image.crop((scaled[0], scaled[1], scaled[2], scaled[3]))
    return sum(count for value, count in enumerate(cut.histogram()) if value < 100)


@pytest.fixture(scope="module")
def drawn() -> dict[str, bytes]:
    return dict(zip(CHARTS, render_charts([specified(each).spec for each in CHARTS.values()]), strict=True))


@pytest.mark.parametrize("name", CHARTS)
def test_pictures_are_as_wide_as_planned_and_white_at_their_edges(name: str, drawn: dict[str, bytes]) -> None:
    image = picture(drawn[name])
    assert image.width == pytest.approx(468 * PPI / 72, abs=1)
    assert Image.open(BytesIO(drawn[name])).info["dpi"][0] == pytest.approx(PPI, abs=1)
    edges = [
        image.crop((0, 0, image.width, 2)),
        image.crop((0, image.height - 2, image.width, image.height)),
        image.crop((0, 0, 2, image.height)),
        image.crop((image.width - 2, 0, image.width, image.height)),
    ]
    assert all(edge.getextrema() == (255, 255) for edge in edges)


@pytest.mark.parametrize("name", CHARTS)
def test_pictures_are_as_large_as_was_told_before_they_were_drawn(name: str, drawn: dict[str, bytes]) -> None:
    assert Image.open(BytesIO(drawn[name])).size == specified(CHARTS[name]).size


def test_text_is_drawn(drawn: dict[str, bytes]) -> None:
    image = picture(drawn["metric"])
    assert dark(image, (0, 0, 200, 20)) > 500
    assert dark(image, (0, image.height * 72 / PPI - 22, 468, image.height * 72 / PPI)) > 500
    words = {"mark": {"type": "text", "font": "No Such Face, sans-serif", "fontSize": 20, "text": "−£84.5m"}}
    plain = {"width": 100, "height": 30, "data": {"values": [{}]}, **words}
    assert dark(picture(render_charts([json.dumps(plain)])[0]), (0, 0, 100, 30)) > 300


@pytest.mark.skipif(sys.platform != "linux", reason="fonts are looked up through fontconfig on Linux alone")
def test_neither_fonts_nor_clock_nor_place_change_a_byte(tmp_path: Path, drawn: dict[str, bytes]) -> None:
    (tmp_path / "bare.conf").write_text("<fontconfig></fontconfig>")
    variants: list[dict[str, str]] = [
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Los_Angeles", "FONTCONFIG_FILE": str(tmp_path / "bare.conf"), "HOME": str(tmp_path)},
    ]
    expected = [sha256(drawn[name]).hexdigest() for name in ("metric", "plan")]
    for variant in variants:
        made = subprocess.run(
            [sys.executable, "-c", DRAW],
            env={**os.environ, **variant},
            capture_output=True,
            text=True,
            check=True,
        )
        assert made.stdout.split() == expected, variant


def test_programs_started_later_see_the_systems_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = specified(CHARTS["one-point"]).spec
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    render_charts([spec])
    assert "FONTCONFIG_FILE" not in os.environ
    monkeypatch.setenv("FONTCONFIG_FILE", "/their/own.conf")
    render_charts([spec])
    assert os.environ["FONTCONFIG_FILE"] == "/their/own.conf"


def test_nothing_is_fetched() -> None:
    spec = {"data": {"url": "https://example.gov.uk/data.json"}, "mark": "point"}
    with pytest.raises(ValueError, match=r"(?i)url|access|allowed"):
        render_charts([json.dumps(spec)])


def test_hostile_text_is_drawn_as_it_is_and_stops_nothing() -> None:
    hostile = [
        "\0\x01\x1b[31m <script>alert('x')</script> {{ 7 * 7 }} \\u0041 \" ' ` datum.value %s",
        "word " * 6000,
        "x" * 32_000,
        "\ufffe\ufdd0\U0010ffff \u202e right to left \u2028 😀👩‍👧 你好 " * 3,
        "",
    ]
    specs = []
    for text in hostile:
        building = Building().metric(
            "A", by_month("Apr 2024", [1, 2]), by_month("Apr 2024", [2, 1]), title=text
        )
        building.metric("B", by_month("Apr 2024", [1, 3]), title=f"B {text}")
        building.exhibit(ExhibitKind.LINE, "A actual; A forecast; B actual", title=text)
        specs.append(specified(building.shown()).spec)
    for png in render_charts(specs):
        assert picture(png).height < 1500


def test_a_key_stands_for_what_is_drawn() -> None:
    def shown(*, value: int = 6, title: str = "Plans, 2024", kind: ExhibitKind = ExhibitKind.LINE) -> str:
        return chart_key(chart(kind, by_month("Apr 2024", [5, value]), title=title))

    told = [shown(), shown(value=7), shown(title="Plans in 2024"), shown(kind=ExhibitKind.COLUMN)]
    assert len(set(told)) == 4
    assert shown() == told[0]
    one, other = (
        Building()
        .metric("M", {"Apr 2024": 1})
        .exhibit(ExhibitKind.LINE, "M actual", name=name, source=name)
        .shown(name)
        for name in ("One", "Other")
    )
    assert chart_key(one) == chart_key(other)


@pytest.mark.parametrize(("package", "module"), keys._DRAWN_WITH.items())
def test_versions_are_told_from_the_names_of_folders(package: str, module: str) -> None:
    assert keys._version(package, module) == version(package)
