"""Where packs are found, what tells that one changed, and how one is copied."""

import os
import shutil
import subprocess
import sys
import typing
from collections.abc import Callable
from pathlib import Path

import pytest

from svreport.documents.context import Return
from svreport.errors import CallFault, OutputInUse, TemplateFault
from svreport.packs.declared import TITLE_FIELDS, FilledDocument, titled
from svreport.packs.loading import copy_pack, load_pack, shipped_packs

FORM = ["programme-overview.docx", "detailed-update.docx", "risk-register.docx", "submission.docx"]
REVIEW = ["review.docx", "review.html"]


def test_the_return_is_shipped() -> None:
    pack = load_pack("safety-valve")
    assert (pack.name, pack.language) == ("safety-valve", "en-GB")
    assert [document.output for document in pack.documents] == FORM
    assert [document.output for document in pack.reviews] == REVIEW
    assert pack in shipped_packs()


@pytest.mark.parametrize("name", ["Safety-Valve", " safety-valve ", "safety‑valve"])
def test_a_name_is_known_whatever_its_case_and_spacing(name: str) -> None:
    assert load_pack(name) == load_pack("safety-valve")


def test_a_name_means_the_same_in_every_folder(
    make_pack: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = make_pack()
    own.rename(own.parent / "safety-valve")
    monkeypatch.chdir(own.parent)
    assert load_pack("safety-valve").title == "Safety Valve return to the Department for Education"
    assert load_pack("./safety-valve").title == "A return"


def test_a_folder_of_ones_own(make_pack: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_pack()
    monkeypatch.chdir(folder)
    pack = load_pack(".")
    assert (pack.name, pack.folder) == ("my-pack", folder.resolve())
    assert pack == load_pack(str(folder))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("safty-valve", "There is no pack and no folder called 'safty-valve'. Did you mean safety-valve?"),
        ("", "There is no pack and no folder called ''. The packs of svreport: safety-valve."),
        (
            "x" * 5000,
            f"There is no pack and no folder called {'x' * 5000!r}. The packs of svreport: safety-valve.",
        ),
    ],
)
def test_a_name_that_is_none(name: str, told: str) -> None:
    with pytest.raises(TemplateFault) as stop:
        load_pack(name)
    assert str(stop.value).startswith(told.removesuffix("safety-valve."))
    assert "safety-valve" in str(stop.value)


def test_a_file_is_no_pack(make_pack: Callable[..., Path]) -> None:
    file = make_pack() / "pack.toml"
    with pytest.raises(TemplateFault) as stop:
        load_pack(str(file))
    assert str(stop.value) == f"{file} is a file: name the folder that holds the templates and pack.toml."


def test_one_fault_is_a_sentence_and_several_are_lines(make_pack: Callable[..., Path]) -> None:
    folder = make_pack('language = "en-GB"', 'langauge = "en-GB"')
    file = folder.resolve() / "pack.toml"
    with pytest.raises(TemplateFault) as stop:
        load_pack(str(folder))
    assert str(stop.value) == (
        f"{file} has 2 faults:\n  langauge is not known here. Did you mean language?\n  language is missing"
    )
    file.unlink()
    with pytest.raises(TemplateFault) as stop:
        load_pack(str(folder))
    assert (
        str(stop.value) == f"{file}: there is no such file, and it is what makes a folder of templates a pack"
    )


def test_titles_hold_what_the_return_has() -> None:
    kinds = typing.get_type_hints(Return)
    assert [kinds[name] for name in TITLE_FIELDS] == [str] * len(TITLE_FIELDS)
    (first, *_) = load_pack("safety-valve").documents
    filled = titled(first.title, {name: f"<{name}>" for name in TITLE_FIELDS})
    assert filled == "Safety Valve programme overview: <authority>, <update>, <financial_year>"


def test_the_digest_tells_a_change_and_nothing_else(make_pack: Callable[..., Path], tmp_path: Path) -> None:
    folder = make_pack()
    digest = load_pack(str(folder)).digest()
    shutil.copytree(folder, tmp_path / "elsewhere")
    os.utime(folder / "risks.docx", (0, 0))
    for stray in ("~$isks.docx", ".~lock.risks.docx#", "desktop.ini", "notes.docx"):
        (folder / stray).write_bytes(b"x")
    assert load_pack(str(folder)).digest() == load_pack(str(tmp_path / "elsewhere")).digest() == digest

    changed = {digest}
    (folder / "risks.docx").write_bytes(b"changed")
    changed.add(load_pack(str(folder)).digest())
    with (folder / "pack.toml").open("a", encoding="utf-8") as file:
        file.write("# a word\n")
    changed.add(load_pack(str(folder)).digest())
    (folder / "overview.docx").rename(folder / "start.docx")
    named = (folder / "pack.toml").read_text(encoding="utf-8")
    (folder / "pack.toml").write_text(
        named.replace('template = "overview.docx"', 'template = "start.docx"'), encoding="utf-8"
    )
    changed.add(load_pack(str(folder)).digest())
    assert len(changed) == 4


def test_a_template_that_went_is_told(make_pack: Callable[..., Path]) -> None:
    pack = load_pack(str(make_pack()))
    (pack.folder / "risks.docx").unlink()
    with pytest.raises(TemplateFault, match=r"risks\.docx cannot be read"):
        pack.digest()


def test_a_copy_is_the_same_pack(tmp_path: Path) -> None:
    folder = tmp_path / "office" / "my-pack"
    copied = copy_pack("safety-valve", folder)
    assert (copied.name, copied.folder) == ("my-pack", folder.resolve())
    assert copied.digest() == load_pack("safety-valve").digest()
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["pack.toml", "changes.docx", *FORM[:3], *REVIEW]
    )
    assert copy_pack(str(folder), tmp_path / "again").digest() == copied.digest()


def test_a_copy_takes_nothing_that_is_there(make_pack: Callable[..., Path], tmp_path: Path) -> None:
    folder = make_pack()
    before = sorted((path.name, path.read_bytes()) for path in folder.iterdir())
    for there in (folder, folder / "pack.toml"):
        with pytest.raises(CallFault) as stop:
            copy_pack("safety-valve", there)
        assert (
            str(stop.value) == f"{there} exists already, and nothing was copied: name a folder that does not."
        )
    assert sorted((path.name, path.read_bytes()) for path in folder.iterdir()) == before
    (tmp_path / "empty").mkdir()
    assert copy_pack("safety-valve", tmp_path / "empty").name == "empty"


def test_a_copy_that_cannot_be_written_is_told(make_pack: Callable[..., Path]) -> None:
    inside_a_file = make_pack() / "pack.toml" / "copy"
    with pytest.raises(OutputInUse, match="cannot be written"):
        copy_pack("safety-valve", inside_a_file)


def test_a_copy_of_what_cannot_be_read_is_told_and_leaves_nothing(
    make_pack: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_pack()
    monkeypatch.setattr("svreport.packs.loading._bytes", _held)
    with pytest.raises(TemplateFault, match=r"overview\.docx cannot be read"):
        copy_pack(str(folder), tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def _held(file: Path) -> bytes:
    if file.name == "overview.docx":
        raise TemplateFault(f"{file} cannot be read (Permission denied): close it, or copy the pack afresh.")
    return file.read_bytes()


def test_every_shipped_template_is_named_as_its_document() -> None:
    for pack in shipped_packs():
        for document in pack.documents:
            if isinstance(document, FilledDocument):
                assert document.template == pack.folder / document.output


def test_packs_are_loaded_without_the_libraries_of_documents() -> None:
    heavy = "{'docx', 'docxtpl', 'jinja2', 'lxml', 'openpyxl', 'pandas', 'altair'}"
    script = (
        "import sys; from svreport.packs.loading import load_pack; load_pack('safety-valve').digest();"
        f"assert not {heavy} & set(sys.modules), sorted({heavy} & set(sys.modules))"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
