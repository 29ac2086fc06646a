"""One return, read once, and one build of the test pack."""

from pathlib import Path

import pytest

from svreport.pipeline.building import Built, build_workbook
from svreport.pipeline.examining import Examined
from svreport.pipeline.options import BuildOptions
from tests.forms import returns

NAME = "lsrp-quarterly-return-September-2026-865-wiltshire.xlsx"


@pytest.fixture(scope="session")
def september(tmp_path_factory: pytest.TempPathFactory) -> Examined:
    """The return at the end of September 2026, read; not to be changed."""
    return returns.examined(tmp_path_factory.mktemp("september"))


@pytest.fixture(scope="session")
def built_form(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A build of the test pack; not to be changed."""
    folder = tmp_path_factory.mktemp("form")
    pack = returns.pack_folder(folder)
    path = returns.workbook(folder / "2026-09.xlsx")
    options = BuildOptions(folder / "outputs", str(pack))
    return build_workbook(path, options, waiting=lambda _: None)


@pytest.fixture(scope="session")
def form_file(built_form: Built) -> Path:
    return built_form.folder / NAME
