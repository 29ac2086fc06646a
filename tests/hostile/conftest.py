"""The attacks of a module, made all at once and looked at one by one."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.hostile.attacks import Survived, survive


@pytest.fixture(scope="module")
def survived(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, chart_cache: Path
) -> Mapping[str, Survived]:
    """What became of each of the module's `ATTACKS`, under its name."""
    pytest.importorskip("resource", reason="only systems like Unix bound a process's memory and time")
    return survive(request.module.ATTACKS, tmp_path_factory.mktemp("attacks"), chart_cache)
