"""The pictures of a form: as PNG or JPEG, as its readers see them."""

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from svreport.narrative.blocks import Picture
from svreport.word.archive import Archive
from svreport.word.markup import NAMESPACES, Element, local, name

_MOST_PIXELS = 50_000_000
_KEPT = {"PNG": "png", "JPEG": "jpg"}
_READ = ("PNG", "JPEG", "GIF", "BMP", "TIFF")
_PNG_STARTS, _PNG_ENDS = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
_FULL = 100_000  # how DrawingML writes the whole side in a crop
_WORDS = ("t", "v")
_LABELLED = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Unread:
    """A drawing that cannot be a picture of the workbook: what it is, and the words in it."""

    what: str
    words: str


def pictures_in(
    archive: Archive, part: str, drawing: Element, *, placed: bool = False
) -> Iterator[Picture | Unread]:
    """The pictures of one drawing in a part of the file.

    `placed` for a file that a build has just made: it was sure of each picture before it placed it, so that a whole PNG
    need not be opened, and its size is not told.
    """
    described = _described(drawing)
    found = False
    for element in drawing.iter():
        number = _picture_number(element)
        if number is None:
            continue
        found = True
        told = archive.relationship(part, number)
        if told is None or told.external or told.target not in archive.parts:
            yield Unread("a picture that is kept outside the file", described)
            continue
        if told.target in archive.late:
            yield archive.late[told.target]
            continue
        data = archive.parts[told.target]
        if placed and data.startswith(_PNG_STARTS) and data.endswith(_PNG_ENDS):
            yield Picture(data, described, 0, 0, "png")
            continue
        yield _picture(data, described, _crop(element)) or Unread(
            "a picture that is neither PNG nor JPEG, nor can be made one", described
        )
    if not found:
        yield from _charts(archive, part, drawing, described)


def _picture_number(element: Element) -> str | None:
    if local(element) == "blip":
        return element.get(name("r:embed")) or element.get(name("r:link"))
    return element.get(name("r:id")) if local(element) == "imagedata" else None


def _described(drawing: Element) -> str:
    for element in drawing.iter():
        told = element.get("descr") if local(element) in ("docPr", "cNvPr") else None
        told = element.get("alt") if local(element) == "shape" else told
        if told and told.strip():
            return " ".join(told.split())
    return ""


def _crop(blip: Element) -> tuple[float, float, float, float]:
    """What is cut off on the left, top, right and bottom, as shares of the side."""
    holder = blip.getparent()
    cut = None if holder is None else holder.find(f"{{{NAMESPACES['a']}}}srcRect")
    told = ["0"] * 4 if cut is None else [cut.get(side, "0") for side in "ltrb"]
    shares = [int(each) / _FULL if re.fullmatch(r"\d{1,6}", each, re.ASCII) else 0.0 for each in told]
    left, top, right, bottom = shares
    return (left, top, right, bottom) if left + right < 1 and top + bottom < 1 else (0.0, 0.0, 0.0, 0.0)


def _picture(data: bytes, described: str, crop: tuple[float, float, float, float]) -> Picture | None:
    """The picture as it is, or made anew as PNG where it has another format or a part of it is cut off."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data), formats=_READ) as picture:
                width, height = picture.size
                if not 0 < width * height <= _MOST_PIXELS:
                    return None
                ending = _KEPT.get(picture.format or "")
                if ending and not any(crop):
                    return Picture(data, described, width, height, ending)
                left, top, right, bottom = crop
                box = (
                    round(left * width),
                    round(top * height),
                    round((1 - right) * width),
                    round((1 - bottom) * height),
                )
                cut = picture.crop(box)
                made = BytesIO()
                (cut if cut.mode in ("1", "L", "P", "RGB", "RGBA") else cut.convert("RGB")).save(made, "PNG")
                return Picture(made.getvalue(), described, *cut.size, "png")
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        return None


def _charts(archive: Archive, part: str, drawing: Element, described: str) -> Iterator[Unread]:
    for element in drawing.iter():
        if local(element) not in ("chart", "relIds", "OLEObject"):
            continue
        number = element.get(name("r:id")) or element.get(name("r:dm")) or ""
        told = archive.relationship(part, number)
        words = ""
        if told is not None and told.target in archive.parts and archive.types[told.target].endswith("+xml"):
            texts = [each.text or "" for each in archive.tree(told.target).iter() if local(each) in _WORDS]
            words = "; ".join(dict.fromkeys(text for text in texts if _LABELLED.search(text)))
        what = {"chart": "a chart of Word's own", "relIds": "a diagram of Word's own"}.get(local(element), "")
        yield Unread(what or "a file of another program", "; ".join(filter(None, (described, words))))
