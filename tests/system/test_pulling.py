"""Drafts of returns of every shape: untouched, or only opened and saved elsewhere, they change nothing."""

import itertools
from pathlib import Path

from hypothesis import given, settings

from svreport.pipeline.building import build_workbook
from svreport.pipeline.options import BuildOptions
from svreport.pipeline.pulling import PullOptions, pull_drafts
from tests.documents.generated import Generated, returns
from tests.pipeline.content import save
from tests.system.office import Office


def test_an_untouched_draft_of_any_return_changes_nothing(tmp_path: Path, soffice: Office) -> None:
    numbers = itertools.count()
    made_so_far: list[tuple[Path, Path]] = []

    @settings(max_examples=10)
    @given(returns())
    def unchanged(made: Generated) -> None:
        workbook = save(tmp_path / f"{next(numbers)}.xlsx", made.rows)
        done = build_workbook(
            workbook, BuildOptions(tmp_path / "out", "safety-valve"), waiting=lambda _: None
        )
        _pull_nothing(workbook, sorted(done.folder.glob("*.docx")))
        made_so_far.append((workbook, done.folder / "submission.docx"))

    unchanged()
    saved = soffice.all([draft for _, draft in made_so_far], "docx")
    for (workbook, _), draft in zip(made_so_far, saved, strict=True):
        _pull_nothing(workbook, [draft])


def _pull_nothing(workbook: Path, drafts: list[Path]) -> None:
    options = PullOptions(workbook.parent / "out")
    pulled = pull_drafts(drafts, workbook, options, waiting=lambda _: None)
    assert (pulled.taken, pulled.remarks) == ((), ())
    assert pulled.result.read_bytes() == workbook.read_bytes()
