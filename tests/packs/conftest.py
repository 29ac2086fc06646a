"""A small pack to break."""

from collections.abc import Callable
from pathlib import Path

import pytest

PACK = """\
title = "A return"
language = "en-GB"

[[documents]]
output = "overview.docx"
template = "overview.docx"
title = "Overview: {{ authority }}"

[[documents]]
output = "risks.docx"
template = "risks.docx"
title = "Risks: {{authority}}, {{ update }}"

[[documents]]
output = "both.docx"
parts = ["overview", "risks"]
title = "Return"
"""


@pytest.fixture
def make_pack(tmp_path: Path) -> Callable[..., Path]:
    """`make_pack(old, new)`: the folder of a pack in whose pack.toml `old`, which stands there, became `new`."""

    def made(old: str = "", new: str = "") -> Path:
        assert old in PACK, f"{old!r} does not stand in the pack.toml that was to be changed"
        folder = tmp_path / "my-pack"
        folder.mkdir()
        for template in ("overview.docx", "risks.docx"):
            (folder / template).write_bytes(template.encode())
        (folder / "pack.toml").write_text(PACK.replace(old, new, 1) if old else PACK, encoding="utf-8")
        return folder

    return made
