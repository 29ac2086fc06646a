"""What every room's tests share: golden files, and the system's programs that documents are looked at with."""

from collections.abc import Callable, Iterable
from pathlib import Path

import hypothesis
import pytest

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
