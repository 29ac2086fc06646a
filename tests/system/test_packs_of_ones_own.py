"""Packs that the office copies and changes: whole, built as svreport's own, and their edits taken back."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from svreport.cli import pulling as told
from svreport.packs.loading import Pack, copy_pack, load_pack, shipped_packs
from svreport.pipeline.building import build_workbook
from svreport.pipeline.folder import manifest_if_current
from svreport.pipeline.making import make_workbook
from svreport.pipeline.options import BuildOptions
from svreport.pipeline.packing import as_argument, check_pack
from svreport.pipeline.pulling import PullOptions
from tests.pipeline.content import save, small_return
from tests.word.drafts_edited import EditedDraft

PACKS = shipped_packs()


def build(workbook: Path, out: Path, pack: str) -> Path:
    return build_workbook(workbook, BuildOptions(out, pack), waiting=lambda folder: None).folder


def files(folder: Path) -> dict[str, bytes]:
    """What a build made, but for the manifest, which names the pack."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json")
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in found if not path.name.startswith(".")
    }


@pytest.mark.parametrize("pack", PACKS, ids=[pack.name for pack in PACKS])
def test_a_copy_holds_all_that_the_pack_has_and_builds_the_same_bytes(pack: Pack, tmp_path: Path) -> None:
    copied = copy_pack(pack.name, tmp_path / "Büro & pack")
    assert files(copied.folder) == files(pack.folder)
    assert check_pack(copied.folder)[0] == []
    example = tmp_path / "a" / "paper.xlsx"
    example.parent.mkdir()
    make_workbook(example, authority=None, year=None, example=True, pack=pack.name)
    again = tmp_path / "b" / "paper.xlsx"
    again.parent.mkdir()
    make_workbook(again, authority=None, year=None, example=True, pack=str(copied.folder))
    assert again.read_bytes() == example.read_bytes(), "a copy has the example of its pack"
    made = files(build(example, tmp_path / "out", pack.name))
    assert {document.output for document in pack.documents} <= set(made)
    assert files(build(example, tmp_path / "own", str(copied.folder))) == made


def test_documents_that_another_pack_replaced_are_made_again(tmp_path: Path) -> None:
    """The files of a copy have the names of the original's: what stands there is one pack's or the other's."""
    workbook = save(tmp_path / "return.xlsx", small_return())
    own = copy_pack("safety-valve", tmp_path / "own")
    declared = own.folder / "pack.toml"
    declared.write_text(declared.read_text("utf-8").replace("risk register: {{", "risks: {{"), "utf-8")
    packs = load_pack("safety-valve"), load_pack(str(own.folder))
    for number, pack in enumerate((*packs, *packs)):
        build(workbook, tmp_path / "out", str(pack.folder) if pack is packs[1] else pack.name)
        current = [manifest_if_current(workbook, tmp_path / "out", [each]) is not None for each in packs]
        assert current == [number % 2 == 0, number % 2 == 1]
    build(workbook, tmp_path / "out", "schools-forum")
    assert manifest_if_current(workbook, tmp_path / "out", [packs[1]]) is not None, "it shares charts alone"


@pytest.fixture
def our_paper(tmp_path: Path) -> tuple[Path, Path]:
    """A pack with sheets that none of svreport's has, and a workbook with them."""
    folder = copy_pack("schools-forum", tmp_path / "packs" / "our-forum").folder
    declared = folder / "pack.toml"
    declared.write_text(declared.read_text("utf-8").replace('name = "Forum ', 'name = "Our '), "utf-8")
    template = folder / "schools-forum.docx"
    with zipfile.ZipFile(template) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for tag in (b"sheets.", b"missing."):
        parts["word/document.xml"] = parts["word/document.xml"].replace(tag + b"forum_", tag + b"our_")
    with zipfile.ZipFile(template, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    workbook = tmp_path / "paper.xlsx"
    make_workbook(workbook, authority=None, year=None, example=True, pack="schools-forum")
    opened = load_workbook(workbook)
    for sheet in opened.worksheets:
        sheet.title = sheet.title.replace("Forum ", "Our ")
    opened.save(workbook)
    return folder, workbook


@pytest.mark.parametrize("named", ["by --pack", "by its folder's name", "not at all"])
def test_edits_of_a_packs_own_sheets_come_back(
    named: str,
    our_paper: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder, workbook = our_paper
    assert check_pack(folder)[0] == []
    out = workbook.parent / "outputs"
    made = build(workbook, out, str(folder))
    draft = workbook.parent / "schools-forum.docx"
    draft.write_bytes(
        EditedDraft((made / draft.name).read_bytes()).do(
            [("replace", "The delivery plans are still drafts.", "All are.")]
        )
    )
    monkeypatch.chdir(folder.parent if named == "by its folder's name" else workbook.parent)
    capsys.readouterr()
    told.pull((draft,), workbook, PullOptions(out, pack=str(folder) if named == "by --pack" else None))
    said = capsys.readouterr().out
    if named == "not at all":
        assert said.startswith(
            "our-forum: the pack that a draft was made with is not here, so texts of its own sheets are told, not "
            "taken; --pack FOLDER says where it is\n"
        )
        assert "no edits taken, 1 conflict" in said
    else:
        assert "Our priorities'!C" in said
        assert "1 edit taken, no conflicts" in said
        assert "not here" not in said


@pytest.mark.parametrize(
    ("folder", "argument"),
    [
        ("my-pack", "my-pack"),
        ("our pack", '"our pack"'),
        ("R&D", '"R&D"'),
        ("safety-valve", "./safety-valve"),
        ("All", "./All"),
        ("packs/safety-valve", "packs/safety-valve"),
    ],
)
def test_a_folder_is_named_as_the_command_line_takes_it(folder: str, argument: str) -> None:
    assert as_argument(Path(folder)) == argument
