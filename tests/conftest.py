"""What every room's tests share: golden files, and the system's programs that documents are looked at with."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import hypothesis
import pytest

from svreport.pipeline.building import build_workbook
from svreport.pipeline.options import BuildOptions
from svreport.workbook.content import example
from svreport.workbook.writing import workbook_bytes
from tests.system import ooxml, poppler
from tests.system.chromium import Chromium
from tests.system.office import Office

# The same examples on every run and machine, and nothing timed.
hypothesis.settings.register_profile(
    "svreport",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("svreport")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate", action="store_true", help="write the golden files anew instead of comparing with them"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden(name, text)`: the text equals the file `golden/<name>` beside the test, or is written there anew."""
    folder = request.path.parent / "golden"

    def compare(name: str, text: str) -> None:
        file = folder / name
        kept = file.read_bytes().decode() if file.exists() else None
        if request.config.getoption("--regenerate"):
            if text != kept:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(text.encode())
            return
        assert kept is not None, f"{file} does not exist: `make golden` writes it"
        assert text == kept, f"{file} differs: `make golden` writes it anew, if the change is meant"

    return compare


@pytest.fixture(scope="session", autouse=True)
def chart_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The tests' own cache of charts, empty at their start: the user's is neither read nor filled."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SVREPORT_CACHE", str(folder))
        yield folder


EXAMPLES = ("wiltshire-2024-08", "wiltshire-2024-12")


@pytest.fixture(scope="session")
def example_workbooks(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The workbook of each worked example by its name, side by side in one folder; not to be changed."""
    folder = tmp_path_factory.mktemp("examples")
    workbooks = {name: folder / f"{name}.xlsx" for name in EXAMPLES}
    for name, path in workbooks.items():
        path.write_bytes(workbook_bytes(example(name)))
    return workbooks


@pytest.fixture(scope="session")
def example_outputs(
    example_workbooks: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Path]:
    """The folder that a build of each worked example fills; not to be changed."""
    options = BuildOptions(tmp_path_factory.mktemp("outputs"), "safety-valve")
    return {
        name: build_workbook(path, options, waiting=lambda folder: None).folder
        for name, path in example_workbooks.items()
    }


@pytest.fixture(scope="session")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """`soffice(path)`: the file as PDF; `soffice.all(paths, to)`: several at once, to any format."""
    return Office(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="session")
def pdf_pages() -> Callable[[Path], list[str]]:
    """`pdf_pages(pdf)`: the text of each page."""
    return poppler.pages


@pytest.fixture(scope="session")
def pdf_pictures() -> Callable[..., list[Path]]:
    """`pdf_pictures(pdf, folder, dpi=80)`: each page as a PNG file."""
    return poppler.pictures


@pytest.fixture(scope="session")
def ooxml_faults() -> Callable[[Iterable[Path]], list[str]]:
    """`ooxml_faults(paths)`: what the Open XML SDK finds wrong in Word and Excel files; [] when they are valid."""
    return ooxml.faults


@pytest.fixture(scope="session")
def chromium() -> Chromium:
    """`chromium(page, script="", dark=False)`: a visit with axe-core's violations, errors, requests and a value."""
    return Chromium()
