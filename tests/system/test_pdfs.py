"""The PDFs that LibreOffice makes of every document: what they show, and what they tell who cannot see them."""

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pikepdf
import pytest

from svreport.packs.loading import shipped_packs
from svreport.pipeline.building import build_workbook
from svreport.pipeline.making import make_workbook
from svreport.pipeline.options import BuildOptions
from svreport.pipeline.pdfs import print_folders
from svreport.publish.manifest import read_manifest
from svreport.publish.outcome import Deed
from svreport.word.archive import Archive
from svreport.word.opening import open_word
from svreport.word.stamping import watermarks
from tests.documents.reading import flat
from tests.system.office import Office
from tests.system.pdf_tags import TaggedPdf
from tests.system.tools import program

PACKS = [pack.name for pack in shipped_packs()]
CODE = re.compile(r"DRAFT, content code [0-9A-F]{4}-[0-9A-F]{4}")

Pages = Callable[[Path], list[str]]


@pytest.fixture(scope="module")
def outputs(example_workbooks: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of each pack's own example, and of the long one of the return; PDFs made in one start."""
    program("soffice")
    inputs = tmp_path_factory.mktemp("a folder – Ordner")
    out = tmp_path_factory.mktemp("outputs")
    workbooks = {example_workbooks["wiltshire-2024-12"]: "safety-valve"}
    for pack in PACKS:
        path = inputs / f"{pack} – Beispiel.xlsx"
        make_workbook(path, authority=None, year=None, example=True, pack=pack)
        workbooks[path] = pack
    for path, pack in workbooks.items():
        build_workbook(path, BuildOptions(out, pack, pdf=True), waiting=lambda folder: None)
    printed = print_folders(
        {out / path.stem: [pack] for path, pack in workbooks.items()},
        waiting=lambda folder: None,
        doing=lambda done, of: None,
    )
    assert printed.is_whole
    assert {each.deed for told in printed.outcomes.values() for each in told} == {Deed.WRITTEN}
    return out


def documents(outputs: Path, pack: str) -> list[Path]:
    """Every PDF of the pack's documents."""
    return [
        folder / path
        for folder in sorted(outputs.iterdir())
        for path, written in read_manifest(folder).files.items()
        if written.made_from is not None and written.pack == pack
    ]


@pytest.fixture(params=PACKS)
def pdfs(request: pytest.FixtureRequest, outputs: Path) -> list[Path]:
    return documents(outputs, request.param)


def test_every_word_file_of_every_pack_has_one(outputs: Path) -> None:
    found = {path.with_suffix("") for pack in PACKS for path in documents(outputs, pack)}
    assert found == {path.with_suffix("") for path in outputs.rglob("*.docx")}
    assert len(found) >= 12


def test_nothing_keeps_anybody_from_reading_them(pdfs: list[Path]) -> None:
    found = {}
    for path in pdfs:
        with TaggedPdf(path) as pdf:
            if faults := pdf.faults():
                found[f"{path.parent.name}/{path.name}"] = sorted(set(faults))
    assert found == {}


def test_the_checks_see_what_is_wrong(outputs: Path, soffice: Office) -> None:
    """Made straight from the Word file, without what svreport does for it."""
    paper = outputs / "schools-forum – Beispiel" / "schools-forum.docx"
    with TaggedPdf(soffice(paper)) as pdf:
        assert "it does not say that it is PDF/UA-1" in pdf.faults()
    options = 'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}'
    with TaggedPdf(soffice(paper, options)) as pdf:
        assert set(pdf.faults()) >= {
            "the tag Figure is said to be a P",
            "a figure without alt text",
            "the heading of a column below the heading row",
            "a link that leads nowhere",
        }


def test_their_titles_headings_and_pictures_are_the_word_files(pdfs: list[Path]) -> None:
    assert pdfs
    for path in pdfs:
        word = open_word(path.with_suffix(".docx"))
        with TaggedPdf(path) as pdf:
            assert pdf.title() == word.tree("docProps/core.xml").findtext("{*}title")
            alts = [each for each in pdf.text_of_alt() if each != "Draft"]
            assert sorted(alts) == sorted(_alts(word)), path.name
            assert len(pdf.headings()) >= 3
            assert [depth for depth, _ in pdf.bookmarks()] == pdf.headings(), path.name


def test_charts_are_as_they_were_drawn(outputs: Path) -> None:
    """Not as JPEG, whose blur shows at small letters."""
    with pikepdf.open(outputs / "wiltshire-2024-12" / "submission.pdf") as pdf:
        pictures = [each for page in pdf.pages for each in page.get_images().values()]
        assert pictures
        assert {str(each.get("/Filter")) for each in pictures} == {"/FlateDecode"}


def test_drafts_are_marked_on_every_page_and_finals_on_none(outputs: Path, pdf_pages: Pages) -> None:
    for path in (path for pack in PACKS for path in documents(outputs, pack)):
        drafted = bool(watermarks(open_word(path.with_suffix(".docx"))))
        pages = [flat(page) for page in pdf_pages(path)]
        with TaggedPdf(path) as pdf:
            marks = pdf.text_of_alt().count("Draft")
        assert marks == (len(pages) if drafted else 0), path.name
        assert all(bool(CODE.search(page)) == drafted for page in pages), path.name


def test_references_lead_to_their_paragraphs(outputs: Path) -> None:
    with pikepdf.open(outputs / "schools-forum – Beispiel" / "schools-forum.pdf") as pdf:
        inside = [link for page in pdf.pages for link in list(page.obj.get("/Annots", [])) if "/Dest" in link]
        assert [str(link.Contents) for link in inside] == ["paragraph 3", "paragraph 3"]


def test_a_build_without_a_home_and_beside_a_libreoffice_that_is_open(
    outputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A profile that another one holds is what makes LibreOffice end at once and say nothing."""
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setenv("LANG", "tr_TR.UTF-8")
    folder = tmp_path / "-a folder"
    shutil.copytree(outputs / "schools-forum – Beispiel", folder)
    for pdf in folder.glob("*.pdf"):
        pdf.unlink()
    printed = print_folders(
        {folder: ["schools-forum"]}, waiting=lambda folder: None, doing=lambda done, of: None
    )
    assert printed.is_whole
    assert {path.name for path in folder.glob("*.pdf")} == {
        "schools-forum.pdf",
        "schools-forum-review.pdf",
    }


def _alts(word: Archive) -> list[str]:
    described = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    return [
        each.get("descr", "")
        for kind, part in word.stories()
        if kind == "document"
        for each in word.tree(part).iter(described)
    ]
