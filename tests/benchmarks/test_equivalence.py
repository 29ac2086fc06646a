"""The benchmark's comparison of documents: it lets the same through, and nothing else."""

import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from benchmarks.equivalence import Different, assert_same

EXAMPLE = "wiltshire-2024-12"


def _changed(folder: Path, change: Callable[[str], str]) -> None:
    file = folder / "detailed-update.docx"
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before = parts["word/document.xml"].decode()
    after = change(before)
    assert after != before
    parts["word/document.xml"] = after.encode()
    _written(file, parts)


def _written(file: Path, parts: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


@pytest.fixture
def copied(example_outputs: Mapping[str, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(example_outputs[EXAMPLE], tmp_path / "theirs"))


def test_smaller_pictures_are_told(example_outputs: Mapping[str, Path], copied: Path) -> None:
    file = copied / "detailed-update.docx"
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = next(name for name in parts if name.endswith(".png"))
    parts[name] = parts[name][:16] + bytes((0, 0, 1, 0, 0, 0, 1, 0)) + parts[name][24:]
    _written(file, parts)
    with pytest.raises(Different, match="pixels in all"):
        assert_same(example_outputs[EXAMPLE], copied)


def test_the_same_documents_are_counted(example_outputs: Mapping[str, Path], copied: Path) -> None:
    counts = assert_same(example_outputs[EXAMPLE], copied)
    assert counts == {"paragraphs": 375, "pictures": 5, "shaded levels": 40}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda xml: xml.replace("a difference of", "a gap of"), "a gap of"),
        (lambda xml: re.sub(r"<w:drawing>.*?</w:drawing>", "", xml, count=1), "has 4 pictures, and svreport's has 5"),
        (lambda xml: re.sub(r"<w:shd w:val=[^>]*00703C[^>]*/>", "", xml, count=1), "shaded levels"),
    ],
)  # fmt: skip
def test_anything_else_is_told(
    example_outputs: Mapping[str, Path], copied: Path, change: Callable[[str], str], told: str
) -> None:
    _changed(copied, change)
    with pytest.raises(Different, match=re.escape(told)):
        assert_same(example_outputs[EXAMPLE], copied)
