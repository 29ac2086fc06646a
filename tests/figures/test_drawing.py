"""Charts drawn by a process beside the build: the same bytes, kept, and nothing left behind whatever becomes of it."""

import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from svreport.errors import ChartsNotDrawn
from svreport.figures import drawing_process
from svreport.figures.cache import ChartCache
from svreport.figures.coming import Coming
from svreport.figures.drawing import Drawing
from svreport.figures.keys import chart_key
from svreport.figures.layout import exhibit_blocks
from svreport.figures.rendering import render_charts
from svreport.figures.resolved import ResolvedExhibit
from svreport.figures.specified import specified
from svreport.model.submission import ExhibitKind
from svreport.narrative.blocks import Picture
from tests.figures.building import Building
from tests.figures.gallery import every_chart

CHARTS = every_chart()
METRIC, PLAN = (replace(CHARTS[name], name=name) for name in ("metric", "plan"))
CHILD = [sys.executable, "-P", "-m", "svreport.figures.drawing_child"]


@pytest.fixture(scope="module")
def rendered() -> dict[str, bytes]:
    """What the renderer gives for the two charts, in this process."""
    return dict(
        zip(
            (METRIC.name, PLAN.name),
            render_charts([specified(METRIC).spec, specified(PLAN).spec]),
            strict=True,
        )
    )


@pytest.fixture(autouse=True)
def nothing_made_ready() -> Iterator[None]:
    yield
    drawing_process.give_up()


def drawn(cache: ChartCache, *exhibits: ResolvedExhibit) -> dict[str, bytes]:
    with Drawing(cache) as drawing:
        return {name: picture() for name, picture in drawing.begin(exhibits).items()}


def no_process(*args: object, **settings: object) -> None:
    raise OSError("no more processes")


def test_the_process_draws_what_the_renderer_gives(
    tmp_path: Path, rendered: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert drawn(ChartCache(tmp_path), METRIC, PLAN) == rendered
    monkeypatch.setattr(drawing_process, "_stays", True)
    for folder in ("other", "third"):
        assert drawn(ChartCache(tmp_path / folder), PLAN, METRIC) == rendered, "drawn by the same process"


def test_a_process_that_is_done_ends_unless_more_is_to_be_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing_process, "_stays", False)
    drawn(ChartCache(tmp_path / "one"), METRIC)
    assert drawing_process._ready == []
    drawing_process.stay()
    drawn(ChartCache(tmp_path / "other"), METRIC)
    (kept,) = drawing_process._ready
    assert not kept.has_ended


def test_what_charts_show_is_known_without_drawing_any(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "Popen", no_process)
    with Drawing(ChartCache(tmp_path)) as drawing:
        told = drawing.outline([METRIC, PLAN])
    assert {name: (each.shows, (each.width, each.height)) for name, each in told.items()} == {
        each.name: (specified(each).shows, specified(each).size) for each in (METRIC, PLAN)
    }
    assert not any(tmp_path.iterdir())
    with pytest.raises(RuntimeError, match="was not to be drawn"):
        told[METRIC.name]()


@pytest.mark.parametrize("kept", [b"", b"no picture", b"a b c\n", b"\xff 1 2\n", b"shows 1\n\x89PNG"])
def test_what_is_no_picture_in_the_cache_is_drawn_again(
    kept: bytes, tmp_path: Path, rendered: dict[str, bytes]
) -> None:
    ChartCache(tmp_path).put({chart_key(METRIC): kept})
    assert drawn(ChartCache(tmp_path), METRIC) == {METRIC.name: rendered[METRIC.name]}


def test_kept_charts_start_no_process(
    tmp_path: Path, rendered: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    ChartCache(tmp_path).put({})
    assert drawn(ChartCache(tmp_path), METRIC) == {METRIC.name: rendered[METRIC.name]}
    monkeypatch.setattr(subprocess, "Popen", no_process)
    monkeypatch.setattr("svreport.figures.rendering.render_charts", no_process)
    assert drawn(ChartCache(tmp_path), METRIC) == {METRIC.name: rendered[METRIC.name]}


def test_kept_charts_load_neither_altair_nor_the_renderer(tmp_path: Path) -> None:
    drawn(ChartCache(tmp_path), METRIC)
    program = f"""
import sys
from pathlib import Path
from svreport.figures.cache import ChartCache
from svreport.figures.coming import Coming
from svreport.figures.drawing import Drawing
from tests.figures.gallery import every_chart
with Drawing(ChartCache(Path({str(tmp_path)!r}))) as drawing:
    drawing.begin([every_chart()["metric"]])["Shown"]()
assert not {{"altair", "vl_convert", "pandas"}} & set(sys.modules), "loaded"
"""
    made = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert made.stderr == ""


def test_a_process_made_ready_that_nobody_needs_is_ended(tmp_path: Path) -> None:
    drawn(ChartCache(tmp_path), METRIC)
    drawing_process.make_ready()
    (ready,) = drawing_process._ready
    drawn(ChartCache(tmp_path), METRIC)
    assert ready.has_ended
    assert drawing_process._ready == []


def test_a_process_that_was_killed_is_replaced_once(tmp_path: Path, rendered: dict[str, bytes]) -> None:
    with Drawing(ChartCache(tmp_path)) as drawing:
        pictures = drawing.begin([METRIC, PLAN])
        assert drawing._drawing is not None
        drawing._drawing._process.kill()
        assert {name: picture() for name, picture in pictures.items()} == rendered


def test_a_process_that_always_ends_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing_process, "_CHILD", "svreport.figures.not_there")
    with pytest.raises(ChartsNotDrawn, match="ended 2 times before it was done"):
        drawn(ChartCache(tmp_path), METRIC)
    assert list(tmp_path.iterdir()) == []


def test_where_no_process_can_be_had_charts_are_drawn_here(
    tmp_path: Path, rendered: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "Popen", no_process)
    assert drawn(ChartCache(tmp_path), METRIC, PLAN) == rendered
    monkeypatch.setattr(sys, "executable", "")
    assert drawn(ChartCache(tmp_path / "other"), PLAN) == {PLAN.name: rendered[PLAN.name]}


def test_what_the_renderer_refuses_is_told_with_its_exhibit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing_process, "_CHILD", "tests.figures.faulty_child")
    with pytest.raises(RuntimeError, match=r"metric: ValueError: no picture of \d+ letters"):
        drawn(ChartCache(tmp_path), METRIC)


def test_a_build_that_stops_leaves_no_process(tmp_path: Path) -> None:
    drawing = Drawing(ChartCache(tmp_path))
    with suppress(KeyboardInterrupt), drawing:
        drawing.begin([METRIC])
        raise KeyboardInterrupt
    assert drawing._drawing is not None
    assert drawing._drawing._process.has_ended


@pytest.mark.parametrize("asked", [b"", pickle.dumps([specified(METRIC).spec] * 500)])
def test_the_process_ends_with_the_build_however_that_ends(asked: bytes) -> None:
    with subprocess.Popen(
        CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin is not None
        process.stdin.write(asked)
        process.stdin.close()
        assert process.wait(timeout=60) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows is told to send it none")
def test_the_process_leaves_an_interrupt_to_the_build() -> None:
    with subprocess.Popen(
        CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(pickle.dumps([specified(METRIC).spec, specified(PLAN).spec]))
        process.stdin.flush()
        for _ in range(2):
            picture = pickle.load(process.stdout)  # noqa: S301 — our own
            assert picture.startswith(b"\x89PNG")
            process.send_signal(signal.SIGINT)
        process.stdin.close()
        assert process.wait(timeout=60) == 1


def test_only_charts_with_figures_are_drawn(tmp_path: Path) -> None:
    building = Building().metric("M", {"Apr 2024": 1})
    building.exhibit(ExhibitKind.LINE, "M actual", name="One").exhibit(
        ExhibitKind.LINE, "M actual", name="Twin"
    )
    building.exhibit(ExhibitKind.TABLE, "M actual", name="Table").exhibit(
        ExhibitKind.LINE, "M forecast", name="None"
    )
    exhibits = building.resolved().by_name
    made = drawn(ChartCache(tmp_path), *exhibits.values())
    assert list(made) == ["One", "Twin"]
    assert made["One"] == made["Twin"]
    assert len(list(tmp_path.iterdir())) == 1
    (block,) = exhibit_blocks(exhibits["one"], Coming.of(made["One"]))
    assert isinstance(block, Picture)
    assert (block.width, block.height) == Image.open(BytesIO(made["One"])).size
    assert (block.data, block.name) == (made["One"], "One")
