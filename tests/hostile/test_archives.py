"""Workbooks whose archive or XML is a weapon: bombs, lying sizes, entities, external parts, macros."""

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.hostile.attacks import Attack, Survived, assert_harmless
from tests.hostile.workbooks import WORKBOOK, Parts, grid, save_parts, sheet_part, write
from tests.workbook.raw import package, parts_of

CHECK = (("check", WORKBOOK),)
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FILE_ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file://{0}/../outside/secret.txt">]>'
_LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a0 'lol'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    + "<!ENTITY e '&a11;'>]>"
)
_NET_ENTITY = '<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd" [<!ENTITY e SYSTEM "http://192.0.2.1/x">]>'
_PARAMETER = '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p; <!ENTITY e "x">]>'
ENTITIES = {
    "a file's": _FILE_ENTITY,
    "laughing": _LAUGHS,
    "a server's": _NET_ENTITY,
    "a parameter's": _PARAMETER,
}
PARTS = {
    "the sheet": sheet_part("Risks"),
    "the workbook": "xl/workbook.xml",
    "its relationships": "xl/_rels/workbook.xml.rels",
    "the package's relationships": "_rels/.rels",
    "the styles": "xl/styles.xml",
    "the texts": "xl/sharedStrings.xml",
}


def _with_entity(part: str, doctype: str) -> Callable[[Path], None]:
    def prepare(desk: Path) -> None:
        parts = parts_of(grid())
        told = doctype.format(desk) if "outside" in doctype else doctype
        xml = str(parts[part])
        at = xml.index(">") + 1
        parts[part] = f'<?xml version="1.0"?>{told}{xml[:at]}{xml[at:].replace("Contracts.", "&e;")}'
        write(desk, package(parts))

    return prepare


def _zip(change: Callable[[zipfile.ZipFile], None]) -> Callable[[Path], None]:
    def prepare(desk: Path) -> None:
        packed = io.BytesIO(package(parts_of(grid())))
        with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
            change(archive)
        write(desk, packed.getvalue())

    return prepare


def _without(part: str, change: Callable[[zipfile.ZipFile], None]) -> Callable[[Path], None]:
    """The return without one part, which the change writes in its own way."""

    def prepare(desk: Path) -> None:
        parts = parts_of(grid())
        del parts[part]
        packed = io.BytesIO(package(parts))
        with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
            change(archive)
        write(desk, packed.getvalue())

    return prepare


def _huge(
    name: str, megabytes: int, head: bytes = b"", fill: bytes = b" "
) -> Callable[[zipfile.ZipFile], None]:
    def change(archive: zipfile.ZipFile) -> None:
        with archive.open(name, "w") as part:
            part.write(head)
            for _ in range(megabytes):
                part.write(fill * ((1 << 20) // len(fill)))

    return change


def _lying(size: int) -> Callable[[Path], None]:
    """A part of 300 megabytes that says it has `size` bytes."""

    def prepare(desk: Path) -> None:
        part = sheet_part("Risks")
        parts = parts_of(grid())
        del parts[part]
        packed = io.BytesIO(package(parts))
        with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
            _huge(part, 300, b"<worksheet>")(archive)
        data = bytearray(packed.getvalue())
        for mark, offset in ((b"PK\1\2", 24), (b"PK\3\4", 22)):
            at = data.rindex(
                mark, 0, data.rindex(part.encode()) + (0 if mark == b"PK\1\2" else -100000) or None
            )
            data[at + offset : at + offset + 4] = struct.pack("<I", size)
        write(desk, bytes(data))

    return prepare


def _overlapping(desk: Path) -> None:
    """Ten thousand names for one compressed stretch of the file."""
    body = zlib.compress(b" " * 40_000_000, 9)[2:-4]
    name = sheet_part("Risks").encode()
    crc = zlib.crc32(b" " * 40_000_000)
    local = (
        struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 33, crc, len(body), 40_000_000, len(name), 0)
        + name
    )
    central = b"".join(
        struct.pack(
            "<4sHHHHHHIIIHHHHHII",
            b"PK\1\2", 20, 20, 0, 8, 0, 33, crc, len(body), 40_000_000, len(each), 0, 0, 0, 0, 0, 0,
        )
        + each
        for each in (b"xl/workbook.xml", *(b"xl/%d.xml" % n for n in range(9_000)))
    )  # fmt: skip
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 9_001, 9_001, len(central), len(local) + len(body), 0)
    write(desk, local + body + central + end)


def _inside_itself(desk: Path) -> None:
    data = package(parts_of(grid()))
    for _ in range(30):
        data = package({"xl/workbook.xml": data, "[Content_Types].xml": data, "_rels/.rels": data})
    write(desk, data)


def _names(*names: str) -> Callable[[Path], None]:
    def change(archive: zipfile.ZipFile) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that a name stands there twice is meant
            for name in names:
                archive.writestr(name, "planted")

    return _zip(change)


def _damage(at: float, data: bytes) -> Callable[[Path], None]:
    def prepare(desk: Path) -> None:
        whole = bytearray(package(parts_of(grid())))
        where = int(len(whole) * at)
        whole[where : where + len(data)] = data
        write(desk, bytes(whole))

    return prepare


def _relationship(parts: Parts, target: str, kind: str, mode: str = ' TargetMode="External"') -> None:
    link = f'<Relationship Id="rIdX" Type="{_RELS}/{kind}" Target="{target}"{mode}/></Relationships>'
    parts["xl/_rels/workbook.xml.rels"] = str(parts["xl/_rels/workbook.xml.rels"]).replace(
        "</Relationships>", link
    )


def _external(target: str) -> Callable[[Path], None]:
    """A workbook that refers to another in every way there is."""

    def change(parts: Parts) -> None:
        for kind in (
            "externalLink",
            "externalLinkPath",
            "connections",
            "queryTable",
            "image",
            "attachedTemplate",
        ):
            _relationship(parts, target, kind)
        parts["xl/externalLinks/externalLink1.xml"] = "<externalLink><externalBook/></externalLink>"
        parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
            f'<Relationships><Relationship Id="rId1" Type="{_RELS}/externalLinkPath" Target="{target}" '
            'TargetMode="External"/></Relationships>'
        )
        parts["xl/connections.xml"] = (
            f'<connections><connection id="1" type="4"><webPr url="{target}" xml="1"/></connection></connections>'
        )
        risks = sheet_part("Risks")
        parts[risks] = str(parts[risks]).replace(
            "</worksheet>",
            f'<hyperlinks><hyperlink ref="A4" r:id="x" xmlns:r="{_RELS}"/></hyperlinks><picture/></worksheet>',
        )

    return save_parts(change)


def _sheet_elsewhere(target: str) -> Callable[[Path], None]:
    def change(parts: Parts) -> None:
        links = str(parts["xl/_rels/workbook.xml.rels"])
        parts["xl/_rels/workbook.xml.rels"] = links.replace("worksheets/sheet8.xml", target)

    return save_parts(change)


def _macros(desk: Path) -> None:
    parts = parts_of(grid())
    parts["[Content_Types].xml"] = str(parts["[Content_Types].xml"]).replace(
        "/>",
        '><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'
        "</Types>",
    )
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1Attribute VB_Name Auto_Open Shell"
    parts["xl/embeddings/oleObject1.bin"] = b"MZ\x90" * 1000
    parts["xl/activeX/activeX1.xml"] = "<ocx/>"
    parts["customUI/customUI.xml"] = "<customUI onLoad='x'/>"
    write(desk, package(parts), "return.xlsm")


REFUSED = (1, 2)


def _in_utf16(part: str) -> Callable[[Parts], object]:
    return lambda parts: parts.update({part: _utf16(str(parts[part]))})


ATTACKS = {
    **{
        f"an entity, {kind}, in {where}": Attack(_with_entity(part, doctype), CHECK, (2,), "is damaged")
        for kind, doctype in ENTITIES.items()
        for where, part in PARTS.items()
    },
    "entities in a document that nobody asked for": Attack(
        save_parts(lambda parts: parts.update({"docProps/core.xml": f"{_LAUGHS}<x>&e;</x>"})), CHECK
    ),
    "four gigabytes of blanks in a sheet": Attack(
        _without(sheet_part("Risks"), _huge(sheet_part("Risks"), 600, b"<worksheet>")), CHECK, (2,), "larger than any"
    ),
    "three hundred megabytes of blanks in a sheet": Attack(
        _without(sheet_part("Risks"), _huge(sheet_part("Risks"), 300, b"<worksheet>")), CHECK, (2,)
    ),
    "three hundred megabytes of one word": Attack(
        _without(sheet_part("Risks"), _huge(sheet_part("Risks"), 300, b"<worksheet><sheetData><row><c><v>", b"1")),
        CHECK,
        (2,),
    ),
    "three hundred megabytes of attributes": Attack(
        _without(sheet_part("Risks"), _huge(sheet_part("Risks"), 100, b"<worksheet ", b'a="1" b="2" ')), CHECK, (2,)
    ),
    "elements without end": Attack(
        _without(sheet_part("Risks"), _huge(sheet_part("Risks"), 60, b"<worksheet>", b"<a>")), CHECK, (2,)
    ),
    "comments without end": Attack(
        _without(sheet_part("Risks"), _huge(sheet_part("Risks"), 200, b"<worksheet>", b"<!---->")), CHECK, (2,)
    ),
    "a text of three hundred megabytes": Attack(
        _without(
            "xl/sharedStrings.xml", _huge("xl/sharedStrings.xml", 300, b"<sst><si><t>", b"a")
        ),
        CHECK,
        (2,),
    ),
    "texts without end": Attack(
        _without("xl/sharedStrings.xml", _huge("xl/sharedStrings.xml", 60, b"<sst>", b"<si><t>a</t></si>")), CHECK, (2,)
    ),
    "styles without end": Attack(
        _without("xl/styles.xml", _huge("xl/styles.xml", 100, b"<styleSheet><cellXfs>", b"<xf/>")), CHECK, (2,)
    ),
    "number formats without end": Attack(
        _without(
            "xl/styles.xml",
            _huge("xl/styles.xml", 40, b"<styleSheet><numFmts>", b'<numFmt numFmtId="200" formatCode="[[[[yyyy"/>'),
        ),
        CHECK,
        (2,),
    ),
    "a part nobody reads of three hundred megabytes": Attack(_zip(_huge("xl/media/image1.png", 300)), CHECK),
    "a size that lies small": Attack(_lying(100), CHECK, (2,)),
    "a size that lies large": Attack(_lying(0xFFFFFFF0), CHECK, (2,)),
    "entries that overlap": Attack(_overlapping, CHECK, (2,)),
    "archives in archives": Attack(_inside_itself, CHECK, (2,)),
    "twenty thousand parts": Attack(_names(*(f"xl/a{n}" for n in range(20_000))), CHECK, (2,), "larger than any"),
    "parts with names that lead out": Attack(
        _names("../outside/planted", "/outside/planted", "..\\planted", "C:\\planted", "xl/../../planted", "a\0b")
    ),
    "parts of one name": Attack(_names("xl/workbook.xml", "XL/WORKBOOK.XML"), CHECK, (2,)),
    "a link to a server": Attack(_external("http://192.0.2.1/x.xlsx")),
    "a link to a share": Attack(_external("file://///192.0.2.1/share/x.xlsx")),
    "a link to a file": Attack(_external("../outside/secret.txt")),
    "a sheet that is elsewhere": Attack(_sheet_elsewhere("../../../../outside/secret.txt"), CHECK, (2,)),
    "a sheet that is a file of the system": Attack(_sheet_elsewhere("/etc/passwd"), CHECK, (2,)),
    "a sheet that is another's": Attack(_sheet_elsewhere("worksheets/sheet7.xml"), CHECK),
    "a sheet that is the workbook": Attack(_sheet_elsewhere("workbook.xml"), CHECK, (0, 1)),
    "macros, objects and controls": Attack(_macros, (("check", "return.xlsm"), ("build", "return.xlsm")), (0,)),
    "an encrypted part": Attack(_damage(0.0, b"PK\3\4\x14\0\1\0"), CHECK, (0, 1, 2)),
    "a method of compression that nobody knows": Attack(_damage(0.0, b"PK\3\4\x14\0\0\0\x63\0"), CHECK, (0, 1, 2)),
    "bytes without sense in its middle": Attack(_damage(0.5, b"\xff" * 400), CHECK, (0, 1, 2)),
    "bytes without sense at its end": Attack(_damage(0.99, b"\xff" * 400), CHECK, (2,)),
    **{
        f"{name} in UTF-16": Attack(
            save_parts(_in_utf16(part)), CHECK, (0, 2)
        )
        for name, part in PARTS.items()
    },
    "a part in an encoding that nobody knows": Attack(
        save_parts(
            lambda parts: parts.update(
                {"xl/workbook.xml": f'<?xml version="1.0" encoding="klingon"?>{parts["xl/workbook.xml"]!s}'}
            )
        ),
        CHECK,
        (2,),
    ),
    "a million sheets": Attack(
        save_parts(
            lambda parts: parts.update(
                {
                    "xl/workbook.xml": str(parts["xl/workbook.xml"]).replace(
                        "</sheets>", '<sheet name="x" sheetId="1" r:id="rId1"/>' * 100_000 + "</sheets>"
                    )
                }
            )
        ),
        CHECK,
        (0, 1, 2),
    ),
    "a word of the archive's end a thousand times": Attack(
        lambda desk: write(desk, package(parts_of(grid())) + b"PK\5\6" + b"\0" * 18), CHECK, (0, 1, 2)
    ),
}  # fmt: skip


def _utf16(xml: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-16"?>{xml}'.encode("utf-16")


@pytest.mark.parametrize("name", ATTACKS)
def test_it_is_refused_or_harmless(name: str, survived: Mapping[str, Survived]) -> None:
    assert_harmless(survived[name])
