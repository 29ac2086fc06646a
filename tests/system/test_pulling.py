"""Drafts of returns of every shape: untouched, or only opened and saved elsewhere, they change nothing."""

import itertools
import tomllib
from pathlib import Path

from hypothesis import given, settings

from svreport.pipeline.building import build_workbook
from svreport.pipeline.options import BuildOptions
from svreport.pipeline.pulling import PullOptions, pull_drafts
from svreport.workbook.content import example
from svreport.workbook.writing import workbook_bytes
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


def test_text_of_every_kind_outlasts_saving_in_libreoffice(tmp_path: Path, soffice: Office) -> None:
    """Every case of Markdown as a row, and several in one cell."""
    cases = tomllib.loads(
        (Path(__file__).parents[1] / "narrative" / "markdown_cases.toml").read_text("utf-8")
    )
    texts = [case["typed"] for case in cases["case"] if case["typed"].strip()]
    assert len(texts) > 30
    rows = {sheet: list(held) for sheet, held in example("wiltshire-2024-12").items()}
    rows["Progress"] = [{"Condition": "3.1", "Kind": "Text", "Content": text} for text in texts]
    rows["Risks"] = [{**row, "Mitigation": "\n\n".join(texts[:12])} for row in rows["Risks"]]
    workbook = tmp_path / "texts.xlsx"
    workbook.write_bytes(workbook_bytes(rows))
    done = build_workbook(workbook, BuildOptions(tmp_path / "out", "safety-valve"), waiting=lambda _: None)
    drafts = [done.folder / "detailed-update.docx", done.folder / "risk-register.docx"]
    _pull_nothing(workbook, drafts)
    _pull_nothing(workbook, soffice.all(drafts, "docx"))


def _pull_nothing(workbook: Path, drafts: list[Path]) -> None:
    options = PullOptions(workbook.parent / "out")
    pulled = pull_drafts(drafts, workbook, options, waiting=lambda _: None)
    assert (pulled.taken, pulled.remarks) == ((), ())
    assert pulled.result.read_bytes() == workbook.read_bytes()
