"""A council's own pictures: what is refused, and that the picture itself is left as it is."""

import os
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from svreport.figures.layout import exhibit_blocks
from svreport.figures.pictures import MOST_BYTES, PictureFault, PictureFile, read_picture
from svreport.model.submission import ExhibitKind
from svreport.narrative.blocks import Paragraph, Picture, Run
from tests.figures.building import Building


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 6)) -> bytes:
    made = BytesIO()
    Image.new("RGB", size, "#12436D").save(made, kind)
    return made.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG whose header promises a picture that its few bytes do not hold."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workbook's folder with a secret beside it."""
    beside = tmp_path / "return"
    (beside / "maps").mkdir(parents=True)
    (beside / "plan.png").write_bytes(picture())
    (beside / "maps" / "North.JPG").write_bytes(picture("JPEG", (10, 20)))
    (tmp_path / "secret.png").write_bytes(picture())
    return beside


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("plan.png", (8, 6)),
        (" plan.png ", (8, 6)),
        ("PLAN.PNG", (8, 6)),
        ("maps/North.JPG", (10, 20)),
        ("maps\\north.jpg", (10, 20)),
    ],
)
def test_a_picture_beside_the_workbook_is_read_whole(folder: Path, name: str, size: tuple[int, int]) -> None:
    found = read_picture(str(folder), name)
    assert isinstance(found, PictureFile)
    assert (found.width, found.height) == size
    assert found.data in (picture(), picture("JPEG", (10, 20)))


@pytest.mark.parametrize(
    "name",
    [
        "../secret.png",
        "maps/../../secret.png",
        "maps\\..\\..\\secret.png",
        "/etc/hostname",
        "C:\\secret.png",
        "\\\\server\\share\\secret.png",
        "file:///etc/hostname",
        "plan.png\0.txt",
        "link.png",
        "inside/secret.png",
    ],
)
def test_no_other_folder_is_read(folder: Path, name: str) -> None:
    (folder / "link.png").symlink_to(folder.parent / "secret.png")
    (folder / "inside").symlink_to(folder.parent)
    found = read_picture(str(folder), name)
    assert isinstance(found, PictureFault)
    assert found.rule.code == "EXH-08"


@pytest.mark.parametrize("name", ["plans.png", "maps", "no/such/folder.png", "pipe.png"])
def test_what_is_not_there_is_told_with_what_is(folder: Path, name: str) -> None:
    os.mkfifo(folder / "pipe.png")
    found = read_picture(str(folder), name)
    assert isinstance(found, PictureFault)
    assert found.rule.code == "EXH-07"
    if name == "plans.png":
        assert found.mend == "Did you mean plan.png?"


def test_a_name_longer_than_any_file_system_holds_is_told(folder: Path) -> None:
    assert isinstance(read_picture(str(folder), "x" * 30_000), PictureFault)


DAMAGED = {
    "empty.png": b"",
    "renamed.png": b"%PDF-1.7 and so on",
    "page.jpg": b"<html></html>",
    "drawing.png": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "moving.png": b"GIF89a" + b"\0" * 40,
    "cut.png": picture()[:-20],
    "head.png": picture()[:20],
    "cut.jpg": picture("JPEG", (300, 300))[:-200],
}


@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_no_whole_png_or_jpeg_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_bytes(DAMAGED[name])
    found = read_picture(str(folder), name)
    assert isinstance(found, PictureFault)
    assert found.rule.code == "EXH-09"


def test_the_name_does_not_make_the_format(folder: Path) -> None:
    (folder / "scan.bin").write_bytes(picture("JPEG"))
    assert isinstance(read_picture(str(folder), "scan.bin"), PictureFile)


@pytest.mark.parametrize(
    ("width", "height"), [(30_000, 40_000), (8_000, 8_000), (20_001, 1), (2**31 - 1, 2**31 - 1)]
)
def test_a_wild_size_is_refused_before_anything_is_unpacked(folder: Path, width: int, height: int) -> None:
    (folder / "bomb.png").write_bytes(bomb(width, height))
    found = read_picture(str(folder), "bomb.png")
    assert isinstance(found, PictureFault)
    assert found.rule.code == "EXH-10"


def test_a_heavy_file_is_refused_and_one_just_lighter_is_not(folder: Path) -> None:
    rest = MOST_BYTES - len(picture())
    (folder / "light.png").write_bytes(picture() + b"\0" * rest)
    (folder / "heavy.png").write_bytes(picture() + b"\0" * (rest + 1))
    assert isinstance(read_picture(str(folder), "light.png"), PictureFile)
    found = read_picture(str(folder), "heavy.png")
    assert isinstance(found, PictureFault)
    assert found.rule.code == "EXH-10"


def test_a_picture_needs_words(folder: Path) -> None:
    building = Building(folder=str(folder)).exhibit(ExhibitKind.PICTURE, "plan.png")
    place = building.submission.exhibits[0].alt_text.place
    assert building.told() == [("EXH-11", str(place))]
    blocks = exhibit_blocks(building.shown(), None)
    assert isinstance(blocks[1], Picture)
    assert blocks[1].alt_text == f"[EXH-11 {place}]"


def test_a_picture_is_placed_as_it_is(folder: Path) -> None:
    building = Building(folder=str(folder)).exhibit(
        ExhibitKind.PICTURE, "plan.png", alt_text="A plan of the new school.", source="Design team"
    )
    assert building.told() == []
    title, placed, source = exhibit_blocks(building.shown(), None)
    assert title == Paragraph((Run("Shown here", bold=True),))
    assert placed == Picture(picture(), "A plan of the new school.", 8, 6, "Shown")
    assert isinstance(source, Paragraph)
    assert source.runs[0].text == "Source: Design team"


def test_a_fault_of_a_picture_is_told_at_its_name(folder: Path) -> None:
    building = Building(folder=str(folder)).exhibit(ExhibitKind.PICTURE, "gone.png", alt_text="A plan.")
    place = building.submission.exhibits[0].series.place
    assert building.told() == [("EXH-07", str(place))]
    (block,) = exhibit_blocks(building.shown(), None)
    assert isinstance(block, Paragraph)
    assert block.runs[0].text == f"[EXH-07 {place}]"
    assert block.runs[0].mark
