"""Whether two programs made the same documents: the same words, paragraph by paragraph, and as many pictures."""

import re
import struct
import zipfile
from difflib import unified_diff
from pathlib import Path

from lxml import etree

DOCUMENTS = ("programme-overview.docx", "detailed-update.docx", "risk-register.docx")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
# What stands before a list's item: some programs number lists in Word, some write the number.
_MARK = re.compile(r"^(\d+\.|[a-z]\)|[•–▪])\s+")
_MOST_TOLD = 20
_MOST_PIXELS_APART = 0.05


class Different(Exception):
    """The documents do not say the same; the message holds the first differences."""


def assert_same(ours: Path, theirs: Path) -> dict[str, int]:
    """Compares the three documents of two folders; how many paragraphs, pictures and shaded levels they have.

    Raises Different where a paragraph's words differ, a picture or a level's colour is missing, or the pictures are
    not as large.
    """
    counts = {"paragraphs": 0, "pictures": 0, "shaded levels": 0}
    for name in DOCUMENTS:
        mine, other = _Read(ours / name), _Read(theirs / name)
        if mine.paragraphs != other.paragraphs:
            names = (f"svreport {name}", f"{theirs.name} {name}")
            lines = unified_diff(mine.paragraphs, other.paragraphs, *names, n=1, lineterm="")
            raise Different("\n".join([*lines][:_MOST_TOLD]))
        for what, had, has in (
            ("pictures", mine.pictures, other.pictures),
            ("shaded levels", mine.shaded, other.shaded),
        ):
            if had != has:
                raise Different(f"{theirs.name} {name} has {has} {what}, and svreport's has {had}")
            counts[what] += had
        if abs(other.pixels - mine.pixels) > _MOST_PIXELS_APART * mine.pixels:
            raise Different(
                f"{theirs.name} {name} has pictures of {other.pixels:,} pixels in all, svreport's of {mine.pixels:,}"
            )
        counts["paragraphs"] += len(mine.paragraphs)
    return counts


class _Read:
    """What stands in the body of a Word file, tables row by row and cell by cell."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as parts:
            body = etree.fromstring(parts.read("word/document.xml"))
            self.pixels = sum(_pixels(parts.read(name)) for name in parts.namelist() if name.endswith(".png"))
            styles = etree.fromstring(parts.read("word/styles.xml"))
        coloured = {
            style.get(f"{_W}styleId")
            for style in styles.iter(f"{_W}style")
            if style.get(f"{_W}type") == "paragraph" and style.find(f"{_W}pPr/{_W}shd") is not None
        }
        told = [_words(paragraph) for paragraph in body.iter(f"{_W}p")]
        self.paragraphs = [words for words in told if words]
        self.pictures = sum(1 for _ in body.iter(_PICTURE))
        self.shaded = sum(_is_shaded(paragraph, coloured) for paragraph in body.iter(f"{_W}p"))


def _pixels(png: bytes) -> int:
    width, height = struct.unpack(">II", png[16:24])
    return int(width * height)


def _words(paragraph: etree._Element) -> str:
    pieces = [
        element.text or "" if element.tag == f"{_W}t" else " "
        for element in paragraph.iter(f"{_W}t", f"{_W}br", f"{_W}tab")
    ]
    return _MARK.sub("", re.sub(r"\s+", " ", "".join(pieces)).strip())


def _is_shaded(paragraph: etree._Element, coloured: set[str | None]) -> bool:
    """True with a colour behind it, of its own or of its style."""
    if paragraph.find(f"{_W}pPr/{_W}shd") is not None:
        return True
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and style.get(f"{_W}val") in coloured
