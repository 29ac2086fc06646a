"""Documents kept from one build to the next: filled again exactly where something of theirs changed."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from svreport.documents.papers import paper_context
from svreport.figures.coming import Coming
from svreport.packs.declared import WORD, FilledDocument
from svreport.packs.loading import copy_pack, load_pack
from svreport.pipeline import programs
from svreport.pipeline.charting import blocks_of_exhibits, outlines_for_pages, outlines_of_exhibits
from svreport.pipeline.examining import Examined, examine
from svreport.pipeline.filling import fill_return
from svreport.pipeline.pack_sheets import wanted_sheets
from svreport.word.template import Template
from tests.documents.reviews import saved
from tests.pipeline.content import Rows

EXAMPLE = "wiltshire-2024-12"
RETURN = ["programme-overview.docx", "detailed-update.docx", "risk-register.docx"]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own, still empty."""
    monkeypatch.setenv("SVREPORT_CACHE", str(tmp_path / "cache"))
    programs.made_by.cache_clear()
    return tmp_path / "cache" / "documents"


@pytest.fixture
def filled(cache: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that were filled, by their names."""
    names: list[str] = []
    fill_in = Template.fill_in

    def noted(template: Template, context: object) -> Any:
        names.append(template.name)
        return fill_in(template, context)

    monkeypatch.setattr(Template, "fill_in", noted)
    return names


def made(examined: Examined, pack: str | Path = "safety-valve", *, draft: bool = True) -> dict[str, bytes]:
    """The documents of a pack, with a point in place of each chart."""
    return fill_return(examined, load_pack(str(pack)), outlines_of_exhibits(examined)).finished(draft=draft)


def example(folder: Path, change: Callable[[Rows], object] = lambda rows: None) -> Examined:
    return examine(saved(folder, EXAMPLE, change))


def reword(rows: Rows) -> None:
    rows["Risks"][0]["Mitigation"] += " One word more."


def test_what_did_not_change_is_not_filled_again(tmp_path: Path, filled: list[str]) -> None:
    first = made(example(tmp_path))
    assert filled == RETURN
    filled.clear()
    assert made(example(tmp_path)) == first
    assert filled == []


def test_a_word_that_changed_fills_its_document_alone(
    tmp_path: Path, filled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = made(example(tmp_path))
    filled.clear()
    after = made(example(tmp_path, reword))
    assert filled == ["risk-register.docx"]
    assert all(after[name] != before[name] for name in RETURN), "each shows the new content code"
    monkeypatch.setenv("SVREPORT_CACHE", str(tmp_path / "other"))
    assert made(example(tmp_path, reword)) == after


def test_a_final_is_the_same_whether_drafts_were_kept_or_not(
    tmp_path: Path, filled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made(example(tmp_path))
    final = made(example(tmp_path), draft=False)
    monkeypatch.setenv("SVREPORT_CACHE", str(tmp_path / "other"))
    assert made(example(tmp_path), draft=False) == final


def test_a_chart_that_changed_fills_the_documents_that_show_it(tmp_path: Path, filled: list[str]) -> None:
    examined = example(tmp_path)
    name = next(key for key, exhibit in examined.exhibits.by_name.items() if exhibit.is_drawn)
    charts = {
        key: Coming(key, key, (7, 7), lambda _: _DOT)
        for key, exhibit in examined.exhibits.by_name.items()
        if exhibit.is_drawn
    }
    pack = load_pack("safety-valve")
    fill_return(examined, pack, blocks_of_exhibits(examined, charts)).finished(draft=True)
    filled.clear()
    other = {**charts, name: Coming("other", name, (7, 7), lambda _: _DOT)}
    fill_return(examined, pack, blocks_of_exhibits(examined, other))
    assert filled == ["detailed-update.docx"]


def test_pictures_are_put_into_what_was_kept_without_them(tmp_path: Path, cache: Path) -> None:
    examined = example(tmp_path)
    drawn = {key for key, exhibit in examined.exhibits.by_name.items() if exhibit.is_drawn}

    def detailed_update(key: str, pixels: bytes) -> tuple[str, bytes]:
        charts = {name: Coming(f"{key} {name}", name, (7, 7), lambda _: pixels) for name in drawn}
        filled = fill_return(examined, load_pack("safety-valve"), blocks_of_exhibits(examined, charts))
        return filled.code, filled.finished(draft=True)["detailed-update.docx"]

    pixels = _DOT + b"a picture's own bytes"
    code, first = detailed_update("one", pixels)
    assert detailed_update("one", pixels) == (code, first), "of what was kept"
    assert not any(pixels in file.read_bytes() for file in cache.iterdir())
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        pictures = [package.read(name) for name in package.namelist() if name.startswith("word/media/")]
    assert pictures == [pixels] * len(drawn)
    other_code, other = detailed_update("another renderer's", _DOT)
    assert other_code == code, "readers see the same"
    assert other != first


_DOT = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (7).to_bytes(4, "big") * 2


def test_other_templates_and_programs_fill_everything_again(
    tmp_path: Path, filled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = copy_pack("safety-valve", tmp_path / "my-pack")
    made(example(tmp_path), pack.folder)
    declared = pack.folder / "pack.toml"
    declared.write_text(declared.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    filled.clear()
    made(example(tmp_path), pack.folder)
    assert filled == RETURN
    for changed in ({"__version__": "0.0.0"}, {"_ROOMS": ("word",)}):
        for name, value in changed.items():
            monkeypatch.setattr(programs, name, value)
        programs.made_by.cache_clear()
        filled.clear()
        made(example(tmp_path), pack.folder)
        assert filled == RETURN


def test_a_program_that_was_saved_again_counts_as_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in programs._ROOMS:
        (tmp_path / "svreport" / room).mkdir(parents=True)
    program = tmp_path / "svreport" / "word" / "placing.py"
    program.write_text("1")
    monkeypatch.setattr(programs, "__file__", str(tmp_path / "svreport" / "pipeline" / "programs.py"))
    told = []
    for text in ("1", "22"):
        program.write_text(text)
        programs.made_by.cache_clear()
        told.append(programs.made_by())
    programs.made_by.cache_clear()
    assert told[0] != told[1]


@pytest.mark.parametrize("damage", [b"", b"x" * 200])
def test_damaged_files_count_as_none(tmp_path: Path, cache: Path, filled: list[str], damage: bytes) -> None:
    first = made(example(tmp_path))
    for file in cache.iterdir():
        file.write_bytes(damage)
    filled.clear()
    assert made(example(tmp_path)) == first
    assert filled == RETURN
    filled.clear()
    assert made(example(tmp_path)) == first
    assert filled == []


def test_a_cache_that_cannot_be_used_is_no_fault(tmp_path: Path, cache: Path, filled: list[str]) -> None:
    cache.parent.write_text("in the way")
    assert made(example(tmp_path)) == made(example(tmp_path))
    assert filled == RETURN * 2


def test_the_rows_of_a_packs_own_sheets_are_told_apart(tmp_path: Path, filled: list[str]) -> None:
    pack = load_pack("schools-forum")
    path = saved(tmp_path, "wiltshire-2024-06")
    examined = examine(path, wanted_sheets(pack))
    first = fill_return(examined, pack, outlines_of_exhibits(examined))
    first.finished(draft=True)
    assert filled == ["schools-forum.docx"]
    filled.clear()
    assert fill_return(examined, pack, outlines_of_exhibits(examined)).code == first.code
    assert filled == []


@pytest.mark.parametrize("name", ["safety-valve", "schools-forum"])
def test_a_template_reads_no_other_field_than_is_told(name: str, tmp_path: Path) -> None:
    """With every other field emptied or changed it says the same."""
    pack = load_pack(name)
    examined = examine(saved(tmp_path, EXAMPLE), wanted_sheets(pack))
    charts = outlines_for_pages(examined).charts
    context = paper_context(
        examined.facts, examined.texts, outlines_of_exhibits(examined), pack.sheets, charts
    )
    for document in pack.documents:
        if not isinstance(document, FilledDocument) or document.kind != WORD:
            continue
        template = Template.open(document.template)
        others = {each.name for each in fields(context)} - set(template.fields(type(context)))
        assert others
        changed = replace(context, **{each: _other(getattr(context, each)) for each in others})
        assert template.fill_in(changed).signed_digest == template.fill_in(context).signed_digest


def _other(value: object) -> Any:
    return () if isinstance(value, tuple) else "other" if isinstance(value, str) else value
