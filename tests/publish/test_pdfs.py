"""PDFs in a shared folder: each beside the Word file that it was made from, and none beside a newer one."""

from pathlib import Path

import pytest

from svreport.publish.bundle import Bundle, publish
from svreport.publish.manifest import Manifest, read_manifest
from svreport.publish.outcome import Deed, Outcome
from svreport.publish.pdfs import bring, known, outdated, wanted
from tests.publish.word_files import as_edited, as_synced, word

WORD, PDF = "risk-register.docx", "risk-register.pdf"
DRAFT, DRAFT_PDF = "risk-register.draft-2.docx", "risk-register.draft-2.pdf"
PACK = "safety-valve"


def build(
    folder: Path, words: str, *, pdf: bool = False, force: bool = False, pack: str = PACK
) -> list[Outcome]:
    bundle = Bundle(
        {WORD if pack == PACK else f"{pack}.docx": word(words)}, Manifest(version="1"), pack, pdfs_follow=pdf
    )
    return publish(bundle, folder, force=force, waiting=lambda: None)


def print_all(folder: Path, *packs: str) -> list[Outcome]:
    made = [(want, b"%PDF of " + want.word.sha256.encode()) for want in wanted(folder, packs or (PACK,))]
    return bring(folder, made, waiting=lambda: None)


def pdfs(folder: Path) -> dict[str, str]:
    """Each PDF, and the Word file beside it whose PDF it is; empty for none that stands now."""
    files = read_manifest(folder).files
    words = {b"%PDF of " + each.sha256.encode(): path for path, each in files.items() if not each.made_from}
    return {
        str(path.relative_to(folder)): words.get(path.read_bytes(), "")
        for path in sorted(folder.rglob("*.pdf"))
    }


def refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows does while a program has a PDF open."""
    replace, unlink = Path.replace, Path.unlink

    def refused(self: Path, target: Path) -> Path:
        if Path(target).suffix == ".pdf":
            raise PermissionError(13, "in use", str(target))
        return replace(self, target)

    def kept(self: Path, missing_ok: bool = False) -> None:
        if self.suffix == ".pdf":
            raise PermissionError(13, "in use", str(self))
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "replace", refused)
    monkeypatch.setattr(Path, "unlink", kept)


def test_each_word_file_gets_its_pdf_once(tmp_path: Path) -> None:
    build(tmp_path, "one", pdf=True)
    assert print_all(tmp_path) == [Outcome(PDF, Deed.WRITTEN)]
    assert pdfs(tmp_path) == {PDF: WORD}
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}

    build(tmp_path, "one", pdf=True)
    assert wanted(tmp_path, (PACK,)) == []
    assert print_all(tmp_path) == []
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_a_word_file_that_changes_takes_its_pdf_along(tmp_path: Path) -> None:
    build(tmp_path, "one", pdf=True)
    print_all(tmp_path)
    build(tmp_path, "two", pdf=True)
    assert (tmp_path / PDF).is_file(), (
        "replaced in one move, it keeps its links and history on a synced drive"
    )
    assert outdated(tmp_path, read_manifest(tmp_path)) == [PDF]
    assert print_all(tmp_path) == [Outcome(PDF, Deed.WRITTEN)]
    assert pdfs(tmp_path) == {PDF: WORD}


def test_a_build_without_pdfs_leaves_none_of_an_earlier_word_file(tmp_path: Path) -> None:
    build(tmp_path, "one", pdf=True)
    print_all(tmp_path)
    assert [each.deed for each in build(tmp_path, "one")] == [Deed.UNCHANGED]
    assert pdfs(tmp_path) == {PDF: WORD}, "it is still of the Word file beside it"
    assert build(tmp_path, "two") == [Outcome(WORD, Deed.WRITTEN), Outcome(PDF, Deed.OUTDATED)]
    assert pdfs(tmp_path) == {}


def test_one_that_could_not_be_made_anew_goes(tmp_path: Path) -> None:
    build(tmp_path, "one", pdf=True)
    print_all(tmp_path)
    build(tmp_path, "two", pdf=True)
    assert bring(tmp_path, [], waiting=lambda: None) == [Outcome(PDF, Deed.OUTDATED)]
    assert pdfs(tmp_path) == {}


def test_it_stands_beside_the_draft_that_it_was_made_from(tmp_path: Path) -> None:
    build(tmp_path, "one", pdf=True)
    print_all(tmp_path)
    (tmp_path / WORD).write_bytes(as_edited(word("one"), "mine"))
    build(tmp_path, "two", pdf=True)
    assert set(print_all(tmp_path)) == {Outcome(DRAFT_PDF, Deed.WRITTEN), Outcome(PDF, Deed.OUTDATED)}
    assert pdfs(tmp_path) == {DRAFT_PDF: DRAFT}

    build(tmp_path, "three", pdf=True, force=True)
    print_all(tmp_path)
    assert pdfs(tmp_path) == {PDF: WORD}


def test_an_edited_word_file_is_not_printed(tmp_path: Path) -> None:
    build(tmp_path, "one", pdf=True)
    (want,) = wanted(tmp_path, (PACK,))
    (tmp_path / WORD).write_bytes(as_synced(word("one")))
    assert want.read() is not None, "a synced drive changed nothing that a person can see"
    (tmp_path / WORD).write_bytes(as_edited(word("one"), "mine"))
    assert want.read() is None


def test_one_made_of_a_word_file_that_was_built_anew_meanwhile_is_left_out(tmp_path: Path) -> None:
    build(tmp_path, "one", pdf=True)
    made = [(want, b"%PDF") for want in wanted(tmp_path, (PACK,))]
    build(tmp_path, "two", pdf=True)
    assert bring(tmp_path, made, waiting=lambda: None) == []
    assert pdfs(tmp_path) == {}


def test_what_somebody_wrote_into_a_pdf_is_kept(tmp_path: Path) -> None:
    build(tmp_path, "one", pdf=True)
    print_all(tmp_path)
    (tmp_path / PDF).write_bytes(b"%PDF with notes")
    assert print_all(tmp_path) == []
    assert build(tmp_path, "one") == [Outcome(WORD, Deed.UNCHANGED)]

    build(tmp_path, "two", pdf=True)
    assert print_all(tmp_path) == [Outcome(PDF, Deed.REPLACED, f"kept/{PDF}")]
    assert (tmp_path / "kept" / PDF).read_bytes() == b"%PDF with notes"

    (tmp_path / PDF).write_bytes(b"%PDF with other notes")
    assert build(tmp_path, "three")[1] == Outcome(PDF, Deed.OUTDATED, "kept/risk-register (2).pdf")
    assert pdfs(tmp_path).keys() == {f"kept/{PDF}", "kept/risk-register (2).pdf"}


def test_a_pdf_of_somebodys_own_is_kept_too(tmp_path: Path) -> None:
    build(tmp_path, "one")
    (tmp_path / PDF).write_bytes(b"%PDF exported in Word")
    build(tmp_path, "two")
    assert (tmp_path / PDF).read_bytes() == b"%PDF exported in Word", "svreport did not make it"
    assert print_all(tmp_path) == [Outcome(PDF, Deed.REPLACED, f"kept/{PDF}")]


def test_one_that_is_held_is_told_and_goes_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path, "one", pdf=True)
    print_all(tmp_path)
    with monkeypatch.context() as patch:
        refuse(patch)
        assert build(tmp_path, "two")[1] == Outcome(PDF, Deed.OUTDATED_HELD)
        build(tmp_path, "two", pdf=True)
        assert print_all(tmp_path) == [Outcome(PDF, Deed.OUTDATED_HELD)]
    assert pdfs(tmp_path) == {PDF: ""}
    assert outdated(tmp_path, read_manifest(tmp_path)) == [PDF]
    assert print_all(tmp_path) == [Outcome(PDF, Deed.WRITTEN)]
    assert pdfs(tmp_path) == {PDF: WORD}


def test_somebodys_own_that_is_held_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path, "one")
    (tmp_path / PDF).write_bytes(b"%PDF exported in Word")
    refuse(monkeypatch)
    assert print_all(tmp_path) == [Outcome(PDF, Deed.HELD)]
    assert (tmp_path / PDF).read_bytes() == b"%PDF exported in Word"


def test_one_put_down_by_a_build_that_was_killed_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, "one", pdf=True)
    replace = Path.replace

    def killed(self: Path, target: Path) -> Path:
        if Path(target).name == "manifest.json" and (tmp_path / PDF).exists():
            raise KeyboardInterrupt
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            print_all(tmp_path)
    assert set(known(tmp_path, read_manifest(tmp_path))) == {PDF}
    assert wanted(tmp_path, (PACK,)) == []

    assert build(tmp_path, "one") == [Outcome(WORD, Deed.UNCHANGED)]
    assert pdfs(tmp_path) == {PDF: WORD}
    assert read_manifest(tmp_path).pending == {}


def test_another_packs_pdfs_are_left_alone(tmp_path: Path) -> None:
    build(tmp_path, "one", pdf=True)
    build(tmp_path, "a paper", pdf=True, pack="forum")
    print_all(tmp_path, PACK, "forum")
    build(tmp_path, "another paper", pack="forum")
    assert pdfs(tmp_path) == {PDF: WORD}
    build(tmp_path, "two")
    assert pdfs(tmp_path) == {}


def test_the_manifest_says_what_each_was_made_from(tmp_path: Path) -> None:
    build(tmp_path, "one", pdf=True)
    print_all(tmp_path)
    files = read_manifest(tmp_path).files
    assert files[PDF].made_from == files[WORD].sha256
    assert files[PDF].size == (tmp_path / PDF).stat().st_size
    assert b'"made_from"' not in Manifest(files={WORD: files[WORD]}).to_bytes()
