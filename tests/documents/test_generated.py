"""Returns of every shape: each builds, and every text arrives in its document, in order."""

import itertools
from collections.abc import Callable, Iterable
from pathlib import Path

from hypothesis import given, settings

from svreport.pipeline.building import build_workbook
from svreport.pipeline.options import BuildOptions
from svreport.word.accessibility import faults
from tests.documents.generated import Generated, returns
from tests.documents.reading import W, body, missing_in_order, paragraphs
from tests.pipeline.content import save


def test_every_text_arrives(tmp_path: Path, ooxml_faults: Callable[[Iterable[Path]], list[str]]) -> None:
    numbers = itertools.count()
    built: list[Path] = []

    @settings(max_examples=10)
    @given(returns())
    def arrives(made: Generated) -> None:
        workbook = save(tmp_path / f"{next(numbers)}.xlsx", made.rows)
        done = build_workbook(workbook, BuildOptions(tmp_path, "safety-valve"), waiting=lambda folder: None)
        if made.marks:
            assert done.examined.errors > 0
        for document, told in made.said.items():
            path = done.folder / f"{document}.docx"
            assert missing_in_order(told, paragraphs(path)) == []
            tree = body(path)
            assert [cell for cell in tree.iter(f"{W}tc") if cell[-1].tag != f"{W}p"] == []
            assert not list(tree.iter(f"{W}vMerge"))
            assert faults(path.read_bytes()) == []
        for mark in made.marks:
            assert mark in "\n".join(paragraphs(done.folder / "submission.docx"))
        built.append(done.folder / "submission.docx")

    arrives()
    assert len(built) >= 10
    assert ooxml_faults(built[-5:]) == []
