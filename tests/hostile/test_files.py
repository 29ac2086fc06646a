"""What stands where a workbook, a picture or a folder should: pipes, links, names of every kind, other formats."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.figures.test_pictures import bomb, picture
from tests.hostile.attacks import CANARY, Attack, Survived, assert_harmless
from tests.hostile.workbooks import WORKBOOK, save, with_cells, write
from tests.workbook.raw import Grid, package, parts_of

CHECK_BUILD = (("check", WORKBOOK), ("build", "."))
EVERY_VERB = (
    ("check", WORKBOOK),
    ("build", WORKBOOK),
    ("figures", WORKBOOK),
    ("changes", WORKBOOK),
    ("roll-forward", WORKBOOK, "next.xlsx"),
)


def _file(name: str, data: bytes = b"") -> Callable[[Path], object]:
    return lambda desk: (desk / name).write_bytes(data)


def _all(*steps: Callable[[Path], object]) -> Callable[[Path], None]:
    def prepare(desk: Path) -> None:
        for step in steps:
            step(desk)

    return prepare


def _link(name: str, target: str) -> Callable[[Path], None]:
    return lambda desk: (desk / name).symlink_to(target)


def _pipe(name: str) -> Callable[[Path], None]:
    return lambda desk: os.mkfifo(desk / name)


def _folder(name: str) -> Callable[[Path], None]:
    return lambda desk: (desk / name).mkdir()


def _cells(cells: Mapping[str, object]) -> Callable[[Path], None]:
    return save(with_cells(cells))


def _previous(name: str, *steps: Callable[[Path], object]) -> Attack:
    """A return whose previous workbook is what the steps made under that name."""
    return Attack(
        _all(_cells({"Programme!B12": name}), *steps),
        (("build", WORKBOOK), ("build", "."), ("changes", WORKBOOK)),
        (0, 1, 2),
    )


def _pictured(name: str, *steps: Callable[[Path], object], says: str = "EXH-") -> Attack:
    cells = {
        "Exhibits!B4": "Picture",
        "Exhibits!D4": name,
        "Exhibits!E4": "",
        "Exhibits!F4": "",
        "Exhibits!G4": "A map.",
    }
    return Attack(_all(_cells(cells), *steps), (("check", WORKBOOK), ("build", ".")), (0, 1), says)


def _exhibit(name: str) -> Attack:
    return Attack(
        _cells({"Exhibits!A4": name, "Progress!C5": name, "Exhibits!B4": "Line chart"}),
        (("build", WORKBOOK),),
        (0, 1),
        megabytes=1 << 24,
    )


def _named(name: str) -> Attack:
    path = name if not name.startswith("-") else f"./{name}"
    return Attack(
        lambda desk: write(desk, package(parts_of(with_cells({}))), name),
        (("build", path),),
        (0, 1, 2),
    )


def _other_name(grid: Grid, name: bytes) -> Callable[[Path], object]:
    return lambda desk: Path(os.fsdecode(os.fsencode(desk) + b"/" + name)).write_bytes(
        package(parts_of(grid))
    )


_NO_WORKBOOK = {
    "nothing": b"",
    "noughts": b"\0" * 100_000,
    "a comma-separated text": b"Item,Value\r\nAuthority,Kestrel\r\n",
    "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096,
    "a protected workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + b"\0" * 600
    + "EncryptedPackage".encode("utf-16-le"),
    "a page": b"<html><body>" + CANARY[:6].encode() + b"</body></html>",
    "an archive": package({"readme.txt": "x"}),
    "an OpenDocument": package(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}
    ),
    "half a signature": b"P",
    "a signature alone": b"PK\3\4",
    "an empty archive": b"PK\5\6" + b"\0" * 18,
    "letters of another alphabet": "Ж".encode("utf-16") * 5_000,
}

ATTACKS: dict[str, Attack] = {
    **{f"{what} for a workbook": Attack(_file(WORKBOOK, data), EVERY_VERB, (2,)) for what, data in _NO_WORKBOOK.items()},
    "no workbook": Attack(lambda desk: None, EVERY_VERB, (2,)),
    "a folder for a workbook": Attack(_folder(WORKBOOK), EVERY_VERB, (0, 2)),
    "a pipe for a workbook": Attack(_pipe(WORKBOOK), EVERY_VERB, (2,)),
    "a device for a workbook": Attack(_link(WORKBOOK, "/dev/zero"), EVERY_VERB, (2,)),
    "a link in a circle for a workbook": Attack(
        _all(_link(WORKBOOK, "other.xlsx"), _link("other.xlsx", WORKBOOK)), EVERY_VERB, (2,)
    ),
    "a link to nothing for a workbook": Attack(_link(WORKBOOK, "gone.xlsx"), EVERY_VERB, (2,)),
    "a workbook that nobody may read": Attack(
        _all(_cells({}), lambda desk: (desk / WORKBOOK).chmod(0)), CHECK_BUILD, (0, 1, 2)
    ),
    "a folder with all of them": Attack(
        _all(
            _cells({}), _pipe("pipe.xlsx"), _folder("folder.xlsx"), _link("loop.xlsx", "loop.xlsx"),
            _link("gone.xlsx", "nowhere"), _file("empty.xlsx"), _file("~$return.xlsx", b"x"), _file(".hidden.xlsx"),
        ),
        (("build", "."), ("build", ".")),
        (0, 1, 2),
    ),
    "outputs that are a file": Attack(_all(_cells({}), _file("outputs", b"x")), (("build", WORKBOOK),), (2,)),
    "outputs that are a link elsewhere": Attack(
        _all(_cells({}), _folder("elsewhere"), _link("outputs", "elsewhere")), (("check", WORKBOOK),), (0,)
    ),
    # Names
    **{
        f"a workbook called {name[:30]!r}": _named(name)
        for name in (
            "a & b.xlsx", "100% sure.xlsx", "%s %d {0} {x}.xlsx", "-leading.xlsx", "--help.xlsx", "résumé – März.xlsx",
            "日本語🙂.xlsx", "a'b\"c.xlsx", "$(touch planted).xlsx", "; touch planted ;.xlsx", "new\nline.xlsx",
            "tab\there.xlsx", "\x1b[31mred.xlsx", "con.xlsx", "a.b.c.xlsx", ".xlsx", " .xlsx", "...xlsx", "x" * 245 + ".xlsx",
            "\u202efdp.xlsx", "<b>&amp;.xlsx", "return.XLSX", "|pipe.xlsx", "*.xlsx", "..xlsx",
        )
    },
    "a workbook whose name is no UTF-8": Attack(_other_name(with_cells({}), b"caf\xe9 \xff.xlsx"), (("build", "."),), (0, 1, 2)),
    "a name longer than any": Attack(_cells({}), (("check", "x" * 5000), ("build", "x" * 300 + ".xlsx")), (2,)),
    "a name with nothing in it": Attack(_cells({}), (("check", ""), ("build", "")), (0, 1, 2)),
    # The previous workbook
    "a previous workbook that is this one": _previous(WORKBOOK),
    "a previous workbook that is this one in capitals": _previous("RETURN.XLSX"),
    "a previous workbook that links to this one": _previous("then.xlsx", _link("then.xlsx", WORKBOOK)),
    "previous workbooks in a circle": _previous(
        "then.xlsx", lambda desk: write(desk, package(parts_of(with_cells({"Programme!B12": WORKBOOK}))), "then.xlsx")
    ),
    "a previous workbook outside": _previous("../secret.xlsx"),
    "a previous workbook outside, in other strokes": _previous("..\\secret.xlsx"),
    "a previous workbook by its root": _previous("/etc/passwd"),
    "a previous workbook on a share": _previous("\\\\192.0.2.1\\share\\then.xlsx"),
    "a previous workbook on the network": _previous("http://192.0.2.1/then.xlsx"),
    "a previous workbook that is a pipe": _previous("pipe.xlsx", _pipe("pipe.xlsx")),
    "a previous workbook that is a device": _previous("zero.xlsx", _link("zero.xlsx", "/dev/zero")),
    "a previous workbook that is a folder": _previous("then.xlsx", _folder("then.xlsx")),
    "a previous workbook that is this folder": _previous("."),
    "a previous workbook that is the folder above": _previous(".."),
    "a previous workbook that loops": _previous("loop.xlsx", _link("loop.xlsx", "loop.xlsx")),
    "a previous workbook that nobody may read": _previous(
        "then.xlsx", _file("then.xlsx", b"PK"), lambda desk: (desk / "then.xlsx").chmod(0)
    ),
    "a previous workbook that is none": _previous("then.xlsx", _file("then.xlsx", b"PK\3\4")),
    "a previous workbook of a long name": _previous("x" * 3000 + ".xlsx"),
    "a previous workbook of a name of controls": _previous("a_x0000_b_x0007_.xlsx"),
    # Pictures
    "a picture that is a link to a file of the system": _pictured("map.png", _link("map.png", "/etc/passwd")),
    "a picture that is a link outside": _pictured("map.png", _link("map.png", "../outside/secret.txt")),
    "a picture outside": _pictured("../outside/secret.txt"),
    "a picture by its root": _pictured("/etc/passwd"),
    "a picture on a drive": _pictured("C:\\Windows\\win.ini"),
    "a picture on a share": _pictured("\\\\192.0.2.1\\share\\map.png"),
    "a picture on the network": _pictured("https://192.0.2.1/map.png"),
    "a picture by its address": _pictured("file:///etc/passwd"),
    "a picture that is a pipe": _pictured("map.png", _pipe("map.png")),
    "a picture that is a device": _pictured("map.png", _link("map.png", "/dev/zero")),
    "a picture that is a folder": _pictured("map.png", _folder("map.png")),
    "a picture that is this folder": _pictured("."),
    "a picture that loops": _pictured("map.png", _link("map.png", "map.png")),
    "a picture of a long name": _pictured("x" * 3000 + ".png"),
    "a picture of 10^10 pixels": _pictured("map.png", _file("map.png", bomb(100_000, 100_000))),
    "a picture of a line": _pictured("map.png", _file("map.png", bomb(20_000, 1)), says=""),
    "a picture without width": _pictured("map.png", _file("map.png", bomb(0, 10))),
    "a picture cut short": _pictured("map.png", _file("map.png", picture(size=(400, 400))[:-50])),
    "a drawing renamed": _pictured("map.png", _file("map.png", b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>")),
    "the workbook as its picture": _pictured(WORKBOOK),
    "a picture in CMYK": _pictured("map.jpg", _file("map.jpg", b""), lambda desk: _cmyk(desk / "map.jpg"), says="no errors"),
    "a moving picture": _pictured("map.png", lambda desk: _moving(desk / "map.png"), says=""),
    "a picture with a text of a hundred megabytes": _pictured("map.png", lambda desk: _texted(desk / "map.png"), says=""),
    # Exhibits' names become files' names
    **{
        f"an exhibit called {name[:20]!r}": _exhibit(name)
        for name in ("../../planted", "/tmp/planted", "CON", "a/b\\c", "x" * 300, "..", ".", "nul.png", "a\u202eb", "-rf", "a:b")
    },
    "exhibits alike but for their case": Attack(
        _cells({"Exhibits!A4": "plans", "Exhibits!A5": "PLANS", "Progress!C5": "plans"}), CHECK_BUILD, (1,)
    ),
    "a content code that is a path": Attack(
        _all(_cells({"Sign-off!D4": "../../../outside/snapshot", "Sign-off!D5": "/etc/passwd"})), (("build", WORKBOOK),), (0, 1)
    ),
    "an authority that is a path": Attack(_cells({"Programme!B4": "../../etc", "Programme!B5": "../"}), EVERY_VERB, (0, 1, 2)),
    "an authority with markup in it": Attack(_cells({"Programme!B4": "<w:p/>&amp;{{ authority }}{% raw %}"}), CHECK_BUILD, (0, 1)),
}  # fmt: skip


def _cmyk(path: Path) -> None:
    from PIL import Image

    Image.new("CMYK", (300, 200), (10, 20, 30, 40)).save(path, "JPEG")


def _moving(path: Path) -> None:
    from PIL import Image

    frames = [Image.new("RGB", (30, 30), colour) for colour in ("red", "green")]
    frames[0].save(path, "PNG", save_all=True, append_images=frames[1:])


def _texted(path: Path) -> None:
    import struct
    import zlib

    text = b"zTXtA\0\0" + zlib.compress(b"\0" * 100_000_000, 9)
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    data = picture()
    path.write_bytes(data[:33] + chunk + data[33:])


@pytest.mark.parametrize("name", ATTACKS)
def test_it_is_refused_or_harmless(name: str, survived: Mapping[str, Survived]) -> None:
    whole = survived[name]
    faults = tuple(each for each in whole.faults if "next.xlsx" not in each)
    assert_harmless(Survived(whole.attack, whole.desk, whole.calls, faults))
