"""A template is checked again where it, its pack or the programs changed, and never taken as sound unchecked."""

from pathlib import Path
from typing import Any

import pytest
from docx import Document

from svreport.errors import TemplateFault
from svreport.figures.cache import ChartCache
from svreport.packs.loading import Pack, copy_pack, load_pack
from svreport.pipeline import programs
from svreport.pipeline.charting import outlines_of_exhibits
from svreport.pipeline.examining import Examined, examine
from svreport.pipeline.filling import fill_return
from svreport.pipeline.reviewing import begin_review, review_files
from svreport.word import checking
from tests.documents.reviews import saved

RETURN = ["programme-overview.docx", "detailed-update.docx", "risk-register.docx"]
RISKS = "risk-register.docx"


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the notes, in a cache of the test's own, still empty."""
    monkeypatch.setenv("SVREPORT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "templates"


@pytest.fixture
def checked(notes: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates whose tags were checked, by their names."""
    names: list[str] = []
    faults_of = checking.faults_of

    def noted(name: str, *rest: Any) -> Any:
        names.append(name)
        return faults_of(name, *rest)

    monkeypatch.setattr("svreport.word.template.faults_of", noted)
    return names


@pytest.fixture
def asked(notes: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The notes that were asked for, there or not."""
    files: list[Path] = []
    get = ChartCache.get

    def noted(cache: ChartCache, key: str) -> bytes | None:
        if cache.folder == notes:
            files.append(cache._file(key))
        return get(cache, key)

    monkeypatch.setattr(ChartCache, "get", noted)
    return files


@pytest.fixture
def examined(tmp_path: Path) -> Examined:
    return examine(saved(tmp_path, "wiltshire-2024-12"))


@pytest.fixture
def own(tmp_path: Path) -> Pack:
    return copy_pack("safety-valve", tmp_path / "own")


def fill(examined: Examined, pack: Pack) -> None:
    """Fills all documents anew, whatever is kept of them."""
    fill_return(examined, load_pack(str(pack.folder)), outlines_of_exhibits(examined)).finished(draft=False)


def write_into(pack: Pack, words: str) -> None:
    path = pack.folder / RISKS
    document = Document(str(path))
    document.add_paragraph(words)
    document.save(str(path))


def test_a_template_is_checked_once(examined: Examined, own: Pack, checked: list[str], notes: Path) -> None:
    fill(examined, own)
    assert checked == RETURN
    assert len(list(notes.iterdir())) == len(RETURN)
    fill(examined, own)
    assert checked == RETURN


def test_so_is_that_of_the_review(examined: Examined, checked: list[str]) -> None:
    reviewed = begin_review(examined, outlines_of_exhibits(examined)).signed("ABCD-1234", ())
    first = review_files(reviewed, load_pack("safety-valve")).finished()
    assert checked == ["review.docx"]
    assert review_files(reviewed, load_pack("safety-valve")).finished() == first
    assert checked == ["review.docx"]


def test_a_review_with_templates_of_its_own_reads_no_other_pack(
    examined: Examined, monkeypatch: pytest.MonkeyPatch
) -> None:
    reviewed = begin_review(examined, outlines_of_exhibits(examined)).signed("ABCD-1234", ())
    pack = load_pack("safety-valve")
    monkeypatch.setattr(
        "svreport.pipeline.reviewing.shipped_packs", lambda: pytest.fail("another pack was read")
    )
    assert review_files(reviewed, pack).made


def test_one_that_was_changed_is_checked_again(examined: Examined, own: Pack, checked: list[str]) -> None:
    fill(examined, own)
    write_into(own, "{{ authority }}, and {{ no_such_name }}")
    with pytest.raises(TemplateFault, match="no_such_name"):
        fill(examined, own)
    assert RISKS in checked[len(RETURN) :]


def test_a_faulty_one_is_never_noted(examined: Examined, own: Pack, checked: list[str], notes: Path) -> None:
    write_into(own, "{{ no_such_name }}")
    for _ in range(2):
        with pytest.raises(TemplateFault, match="no_such_name"):
            fill(examined, own)
    assert checked.count(RISKS) == 2
    assert len(list(notes.iterdir())) == len(RETURN) - 1


@pytest.mark.parametrize("planted", [b"", b"sound", b"x" * 32, None])
def test_what_is_no_note_of_these_bytes_is_not_believed(
    planted: bytes | None, examined: Examined, own: Pack, notes: Path, asked: list[Path]
) -> None:
    """Nor is the note of another template, which is what None stands for."""
    fill(examined, own)
    planted = next(iter(notes.iterdir())).read_bytes() if planted is None else planted
    write_into(own, "{{ no_such_name }}")
    for _ in range(2):
        with pytest.raises(TemplateFault, match="no_such_name"):
            fill(examined, own)
        for file in asked:
            file.write_bytes(planted)
    assert len(set(asked)) > len(RETURN)


def test_other_programs_check_again(
    examined: Examined, own: Pack, checked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(examined, own)
    monkeypatch.setattr(programs, "__version__", "0.0.0")
    programs.made_by.cache_clear()
    fill(examined, own)
    programs.made_by.cache_clear()
    assert checked == RETURN * 2
