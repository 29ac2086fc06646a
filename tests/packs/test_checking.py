"""What is told of a pack's folder, beside the faults of its pack.toml."""

from collections.abc import Callable
from pathlib import Path

import pytest

from svreport.errors import TemplateFault
from svreport.packs.checking import CheckedFolder, check_folder


def test_a_sound_folder(make_pack: Callable[..., Path]) -> None:
    folder = make_pack()
    (folder / "~$erview.docx").write_bytes(b"lock")
    (folder / ".~lock.overview.docx#").write_bytes(b"lock")
    assert check_folder(folder) == CheckedFolder(
        (), (folder / "overview.docx", folder / "risks.docx"), (), ()
    )


def test_faults_leave_the_other_templates_to_be_checked(make_pack: Callable[..., Path]) -> None:
    folder = make_pack('template = "risks.docx"', 'template = "riks.docx"')
    checked = check_folder(folder)
    assert checked.templates == (folder / "overview.docx",)
    assert checked.unused == ("risks.docx",)
    assert checked.faults == (
        "document 2 (risks.docx): the template 'riks.docx' is not in the folder. Did you mean risks?",
    )


def test_a_word_file_without_a_document_is_named(make_pack: Callable[..., Path]) -> None:
    folder = make_pack()
    (folder / "summary.docx").write_bytes(b"new")
    assert check_folder(folder).unused == ("summary.docx",)


def test_a_pack_toml_that_cannot_be_read_is_one_fault(make_pack: Callable[..., Path]) -> None:
    folder = make_pack('title = "A return"', "title = A return")
    checked = check_folder(folder)
    assert (len(checked.faults), checked.unused) == (1, ())


def test_what_was_saved_as_another_kind_of_file_is_named(make_pack: Callable[..., Path]) -> None:
    folder = make_pack()
    for name in ("risks.odt", "overview.DOC", "risks.dotx", "~$risks.doc", "notes.txt"):
        (folder / name).write_bytes(b"x")
    assert check_folder(folder).other_kinds == ("overview.DOC", "risks.dotx", "risks.odt")


def test_what_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault, match="is not a folder"):
        check_folder(tmp_path / "absent")
