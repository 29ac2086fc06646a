"""Files that are no workbook, and workbooks that would do harm: refused in one sentence, or harmless."""

import io
import zipfile
from pathlib import Path

import pytest

from svreport.errors import WorkbookUnreadable
from svreport.workbook.reading import read_workbook
from tests.workbook.clean import clean_grid
from tests.workbook.raw import package, parts_of

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BLANK_ROWS = 120_000


def _zip(**parts: str) -> bytes:
    return package({name.replace("__", "/"): text for name, text in parts.items()})


_NOT_WORKBOOKS = {
    "empty.xlsx": (b"", "is empty"),
    "zeros.xlsx": (b"\0" * 5000, "is empty"),
    "comma.xlsx": (b"Item,Value\nAuthority,Kestrel\n", "is a text file"),
    "page.xlsx": (b"<html><table></table></html>", "is a web page"),
    "paper.xlsx": (b"%PDF-1.7 ...", "is a PDF"),
    "old.xls": (_COMPOUND + b"\0" * 600 + b"Workbook", "old format"),
    "locked.xlsx": (_COMPOUND + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password-protected"),
    "letter.xlsx": (package({"word/document.xml": "<w/>"}), "is a Word document"),
    "slides.xlsx": (package({"ppt/presentation.xml": "<p/>"}), "is a PowerPoint"),
    "sheet.ods": (
        package({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        "is an OpenDocument",
    ),
    "binary.xlsb": (package({"xl/workbook.bin": "x"}), "binary Excel workbook"),
    "archive.xlsx": (package({"readme.txt": "x"}), "is a zip archive"),
    "noise.xlsx": (bytes(range(256)) * 20, "is not an Excel workbook"),
    "rels.xlsx": (package({"_rels/.rels": "<a", "xl/other.xml": "x"}), "is damaged"),
}


@pytest.mark.parametrize("name", _NOT_WORKBOOKS)
def test_a_file_that_is_no_workbook_is_named_for_what_it_is(name: str, tmp_path: Path) -> None:
    data, said = _NOT_WORKBOOKS[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(WorkbookUnreadable) as fault:
        read_workbook(tmp_path / name)
    assert said in str(fault.value)
    assert str(fault.value).startswith(str(tmp_path / name))
    assert str(fault.value).endswith(".")


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(WorkbookUnreadable, match=r"gone\.xlsx is not there"):
        read_workbook(tmp_path / "gone.xlsx")
    with pytest.raises(WorkbookUnreadable, match="is a folder"):
        read_workbook(tmp_path)
    with pytest.raises(WorkbookUnreadable):
        read_workbook(tmp_path / "a\0b.xlsx")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a system refuses somebody else's file; a test may run as a user who can read every file."""

    def refusing(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    path = tmp_path / "closed.xlsx"
    path.write_bytes(b"PK")
    monkeypatch.setattr(Path, "open", refusing)
    monkeypatch.setattr(Path, "read_bytes", refusing)
    with pytest.raises(WorkbookUnreadable, match="cannot be read"):
        read_workbook(path)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_workbook_that_was_cut_short(share: float, tmp_path: Path) -> None:
    whole = package(parts_of(clean_grid()))
    path = tmp_path / "cut.xlsx"
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(WorkbookUnreadable, match=r"cut short|is not an Excel workbook"):
        read_workbook(path)


def test_a_workbook_whose_parts_are_encrypted_one_by_one(tmp_path: Path) -> None:
    whole = bytearray(package(parts_of(clean_grid())))
    at = whole.find(b"PK\x01\x02")
    whole[at + 8] |= 1
    path = tmp_path / "locked.xlsx"
    path.write_bytes(whole)
    with pytest.raises(WorkbookUnreadable, match="password-protected"):
        read_workbook(path)


def _read_parts(parts: dict[str, str | bytes], folder: Path) -> list[str]:
    path = folder / "return.xlsx"
    path.write_bytes(package(parts))
    return [f"{each.code} {each.place.sheet}!{each.place.cell}" for each in read_workbook(path).findings]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts_of(clean_grid()).items():
            file.writestr(name, part)
        with file.open("xl/media/image1.png", "w", force_zip64=True) as stream:
            for _ in range(450):
                stream.write(b"\0" * 1_000_000)
    assert path.stat().st_size < 1_000_000
    with pytest.raises(WorkbookUnreadable, match="larger than any return"):
        read_workbook(path)


def test_external_entities_and_document_types_are_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    for entity in (f'<!ENTITY e SYSTEM "{secret.as_uri()}">', '<!ENTITY e "aaaa">', ""):
        parts = parts_of(clean_grid())
        text = str(parts["xl/worksheets/sheet1.xml"]).replace(
            "Kestrel &amp; Vale", "&e;" if entity else "Kestrel"
        )
        parts["xl/worksheets/sheet1.xml"] = f'<?xml version="1.0"?><!DOCTYPE worksheet [{entity}]>{text}'
        with pytest.raises(WorkbookUnreadable, match="is damaged"):
            _read_parts(parts, tmp_path)


def test_external_links_and_macros_are_ignored(tmp_path: Path) -> None:
    parts = parts_of(clean_grid())
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts["xl/_rels/workbook.xml.rels"] = str(parts["xl/_rels/workbook.xml.rels"]).replace(
        "</Relationships>",
        f'<Relationship Id="x1" Type="{links}/externalLink" Target="file:///etc/passwd" TargetMode="External"/>'
        f'<Relationship Id="x2" Type="{links}/worksheet" Target="https://example.invalid/s.xml" TargetMode="External"/>'
        "</Relationships>",
    )
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 Shell"
    assert _read_parts(parts, tmp_path) == []


def test_a_sheet_whose_part_is_missing_or_broken(tmp_path: Path) -> None:
    parts = parts_of(clean_grid())
    del parts["xl/worksheets/sheet3.xml"]
    with pytest.raises(WorkbookUnreadable, match=r"sheet3\.xml"):
        _read_parts(parts, tmp_path)
    parts["xl/worksheets/sheet3.xml"] = "<worksheet><sheetData><row"
    with pytest.raises(WorkbookUnreadable, match=r"sheet3\.xml"):
        _read_parts(parts, tmp_path)


def test_a_part_whose_bytes_are_damaged(tmp_path: Path) -> None:
    packed = io.BytesIO(package(parts_of(clean_grid())))
    with zipfile.ZipFile(packed) as file:
        at = file.getinfo("xl/worksheets/sheet5.xml").header_offset + 80
    data = bytearray(packed.getvalue())
    data[at : at + 40] = bytes(40)
    (tmp_path / "return.xlsx").write_bytes(data)
    with pytest.raises(WorkbookUnreadable, match="is damaged"):
        read_workbook(tmp_path / "return.xlsx")


def test_blank_rows_without_number_are_harmless(tmp_path: Path) -> None:
    parts = parts_of(clean_grid())
    styled = '<row r="{0}" s="2"><c r="A{0}" s="2"/><c r="B{0}" s="2"/><c r="C{0}" s="2" /><c r="H{0}" s="2"></c></row>'
    blanks = "".join(styled.format(row) for row in range(100, 100 + _BLANK_ROWS))
    parts["xl/worksheets/sheet8.xml"] = str(parts["xl/worksheets/sheet8.xml"]).replace(
        "</sheetData>", f"{blanks}</sheetData>"
    )
    assert _read_parts(parts, tmp_path) == []


def test_more_rows_than_a_sheet_has_are_refused(tmp_path: Path) -> None:
    parts = parts_of(clean_grid())
    parts["xl/worksheets/sheet8.xml"] = str(parts["xl/worksheets/sheet8.xml"]).replace(
        "</sheetData>", f'<row r="1048576"/>{"<row/>" * 3}</sheetData>'
    )
    with pytest.raises(WorkbookUnreadable, match="larger than any return"):
        _read_parts(parts, tmp_path)
