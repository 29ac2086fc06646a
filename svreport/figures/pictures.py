"""A council's own pictures: found beside the workbook, and checked before they go into a document."""

import stat
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from svreport.figures import rules
from svreport.model import names
from svreport.model.finding import Rule

MOST_BYTES = 10_000_000
MOST_PIXELS = 50_000_000
_MOST_PIXELS_ASIDE = 20_000
_ENDINGS = (".png", ".jpg", ".jpeg")
_EXPECTED = "a PNG or JPEG file beside the workbook"


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A PNG or JPEG as it stands on the disk, with its width and height in pixels."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PictureFault:
    """Why a picture cannot be used."""

    rule: Rule
    read: str
    expected: str
    mend: str


def read_picture(folder: str, named: str) -> PictureFile | PictureFault:
    """The picture of that name in the workbook's folder, or in a folder inside it; the name's case does not matter.

    Only the picture's header is decoded: its size and format are known before anything is unpacked.
    """
    base = Path(folder or ".").resolve()
    wanted = named.strip().replace("\\", "/")
    path = _inside(base, wanted)
    if path is None:
        return PictureFault(
            rules.PICTURE_ELSEWHERE,
            named,
            "the name of " + _EXPECTED,
            "copy the picture into the workbook's folder, and name it without any folder",
        )
    try:
        data = _content(path)
    except OSError:
        return _missing(base, named)
    if data is None:
        return _missing(base, named)
    if len(data) > MOST_BYTES:
        return _too_big(f"{named}: more than {MOST_BYTES // 1_000_000} MB")
    return _checked(named, data)


def _inside(base: Path, wanted: str) -> Path | None:
    """The file's real path, None where that leads out of the folder."""
    if not wanted or wanted.startswith("/") or ":" in wanted or "\0" in wanted or ".." in wanted.split("/"):
        return None
    try:
        path = (base / wanted).resolve()
        if not path.exists():
            path = _whatever_its_case(path).resolve()
    except (OSError, RuntimeError):
        return None
    return path if path.is_relative_to(base) else None


def _whatever_its_case(path: Path) -> Path:
    """The file as it is written on the disk, where only its case differs."""
    if not path.parent.is_dir():
        return path
    alike = [each for each in path.parent.iterdir() if names.key(each.name) == names.key(path.name)]
    return alike[0] if len(alike) == 1 else path


def _content(path: Path) -> bytes | None:
    """Up to one byte more than is allowed; None for what is no plain file (a folder, a pipe, a device)."""
    if not stat.S_ISREG(path.stat().st_mode):
        return None
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _missing(base: Path, named: str) -> PictureFault:
    try:
        beside = sorted(each.name for each in base.iterdir() if each.suffix.casefold() in _ENDINGS)
    except OSError:
        beside = []
    there = f" (there are {names.listed(beside, 'and', most=6)})" if beside else " (there is none)"
    mend = names.did_you_mean(named, beside) or "put the picture there, or correct its name"
    return PictureFault(rules.PICTURE_MISSING, named, f"{_EXPECTED}{there}", mend)


def _too_big(read: str) -> PictureFault:
    limits = f"at most {MOST_BYTES // 1_000_000} MB and {MOST_PIXELS // 1_000_000} million pixels"
    return PictureFault(
        rules.PICTURE_SIZE, read, limits, "save the picture smaller: 2,000 pixels wide is plenty"
    )


def _checked(named: str, data: bytes) -> PictureFile | PictureFault:
    import warnings

    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as picture:
                width, height = picture.size
                whole = picture.format != "JPEG" or b"\xff\xd9" in data[-65536:]
                if width * height <= MOST_PIXELS and max(width, height) <= _MOST_PIXELS_ASIDE:
                    picture.verify()
    except Image.DecompressionBombError:
        return _too_big(f"{named}: hundreds of millions of pixels")
    except (OSError, SyntaxError, ValueError, EOFError):
        return _no_picture(named, data)
    if width * height > MOST_PIXELS or max(width, height) > _MOST_PIXELS_ASIDE:
        return _too_big(f"{named}: {width:,} by {height:,} pixels")
    if not whole or not width or not height:
        return _no_picture(named, data)
    return PictureFile(data, width, height)


def _no_picture(named: str, data: bytes) -> PictureFault:
    if not data:
        what = "an empty file"
    elif data.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        what = "a picture that is damaged or cut short"
    else:
        what = "a file in another format, whatever its name says"
    mend = "open the picture and save it again as PNG or JPEG"
    return PictureFault(rules.PICTURE_FORMAT, f"{named}: {what}", "a whole PNG or JPEG picture", mend)
