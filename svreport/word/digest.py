"""What a person can change in a Word file, as one digest: a synced drive that rewrites the file leaves it alone."""

import re
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO

from lxml import etree

from svreport.word.archive import Archive
from svreport.word.fields import SIGN_OFF
from svreport.word.markup import Element, find, local

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DRAWING_NAME = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_BODY = "word/document.xml"
_BESIDE_BODY = re.compile(r"word/(header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_PICTURE = re.compile(r"word/media/.+")
# Parts that Office and synced drives write anew without anybody's doing.
_PACKAGING = re.compile(r"\[Content_Types\]\.xml|_rels/.*|docProps/.*|customXml/.*|word/_rels/.*")
_MOST_BYTES = 400_000_000

_STYLES_OF_RUN = {each: _W + each for each in ("b", "i", "u", "strike", "highlight", "color", "vertAlign")}
_PARAGRAPH, _PROPERTIES = f"{_W}p", f"{_W}pPr"
_STYLE, _NUMBERED, _SHADE = (f"{_W}{each}" for each in ("pStyle", "numPr", "shd"))
_RUN, _PROPERTIES_OF_RUN, _WORDS = (f"{_W}{each}" for each in ("r", "rPr", "t"))
_REFERENCE, _FIELD = f"{_W}commentReference", f"{_W}fldChar"
_TRACKED = tuple(f"{_W}{kind}" for kind in ("ins", "del", "moveFrom", "moveTo"))
_OFF = ("0", "false", "off", "none")


def content_digest(data: bytes) -> str:
    """The digest of text with its emphasis, tables, headers, footers, notes, comments, tracked changes and pictures.

    A file that is no Word document, whatever put it there, has the digest of its bytes.
    """
    try:
        parts = _parts(data)
        body = _parsed(parts[_BODY])
        beside = [_parsed(content) for name, content in parts.items() if _BESIDE_BODY.fullmatch(name)]
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, ValueError, NotImplementedError, OSError):
        return "bytes:" + sha256(data).hexdigest()
    return _digest(
        body, beside, {_of(content) for name, content in parts.items() if _PICTURE.fullmatch(name)}
    )


def digest_of_signed(archive: Archive) -> str:
    """The digest of all that a reader sees of a document but its sign-off: the content, and the styles it is set in.

    A chart counts by what it shows: neither waited for, nor different where another renderer draws a point elsewhere.
    """
    drop = {archive.main, *(part for _, part in archive.stories())}
    beside = [archive.tree(part) for part in sorted(drop - {archive.main})]
    seen = {
        archive.late[name].shows if name in archive.late else _of(data)
        for name, data in archive.parts.items()
        if _PICTURE.fullmatch(name)
    }
    styles = archive.part_of("styles")
    if styles is not None:
        seen.add(_of(etree.tostring(archive.tree(styles))))
    return _digest(archive.tree(archive.main), beside, seen, without=SIGN_OFF)


def _of(blob: bytes) -> str:
    return sha256(blob).hexdigest()


def _digest(body: Element, beside: list[Element], seen: set[str], without: str = "") -> str:
    """`seen` holds what stands for each picture and for the styles."""
    told = "\n".join(_told(body, without))
    told_beside = sorted({"\n".join(_told(each, without)) for each in beside} - {""})
    digests = sorted(seen)
    whole = "\n".join((told, *told_beside, *digests))
    return sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def same_parts(there: bytes, ours: bytes) -> bool:
    """True where every part of ours that holds content stands in the other file byte for byte."""
    try:
        if _sums(there) != _sums(ours):
            return False
        theirs, own = _parts(there), _parts(ours)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    held = {name for name in {*theirs, *own} if not _PACKAGING.fullmatch(name)}
    return all(theirs.get(name) == own.get(name) for name in held)


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        if sum(info.file_size for info in package.infolist()) > _MOST_BYTES:
            raise ValueError("larger than any return")
        return {name: package.read(name) for name in package.namelist() if not name.endswith("/")}


def _sums(data: bytes) -> dict[str, tuple[int, int]]:
    """The checksum and size that the file claims for each part that holds content: nothing is unpacked for them."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        told = {info.filename: (info.CRC, info.file_size) for info in package.infolist()}
    return {name: each for name, each in told.items() if not _PACKAGING.fullmatch(name) and name[-1:] != "/"}


def _parsed(part: bytes) -> Element:
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _told(root: Element, without: str) -> Iterator[str]:
    """A part as lines: one for each paragraph, with what encloses it and its stretches of one emphasis.

    The paragraphs of the bookmark called `without` are left out.
    """
    left_out: set[str] = set()
    has_fallback = next(root.iter(_FALLBACK), None) is not None
    is_tracked = next(root.iter(*_TRACKED), None) is not None
    for element in root.iter(f"{_W}p", f"{_W}tr", f"{_W}tc", f"{_W}comment"):
        if element.tag == f"{_W}p":
            if without:
                left_out |= {
                    each.get(f"{_W}id", "")
                    for each in element.iter(f"{_W}bookmarkStart")
                    if each.get(f"{_W}name") == without
                }
            if not left_out and not (
                has_fallback and next(element.iterancestors(_FALLBACK), None) is not None
            ):
                yield _paragraph(element, is_tracked)
            if left_out:
                left_out -= {each.get(f"{_W}id", "") for each in element.iter(f"{_W}bookmarkEnd")}
        elif element.tag == f"{_W}comment":
            yield f"comment {element.get(f'{_W}author', '')}"
        else:
            shade = find(element, "w:tcPr/w:shd")
            yield f"{element.tag[-2:]} {_value(shade, 'fill')}"


def _paragraph(paragraph: Element, is_tracked: bool) -> str:
    properties = next(paragraph.iterchildren(_PROPERTIES), None)
    told = []
    if properties is not None:
        first = _first_of_each(properties)
        told = [
            _value(first.get(_STYLE), "val"),
            _value(find(properties, "w:numPr/w:ilvl") if _NUMBERED in first else None, "val"),
            _value(first.get(_SHADE), "fill"),
        ]
    stretches: list[tuple[str, str]] = []
    in_field = 0
    for element in paragraph.iter(_RUN, _REFERENCE, _FIELD):
        kind = element.tag
        if kind == _FIELD:
            in_field += {"begin": 1, "end": -1}.get(element.get(f"{_W}fldCharType", ""), 0)
        elif kind == _REFERENCE:
            stretches.append(("comment", element.get(f"{_W}id", "")))
        elif not in_field and (element.getparent() is paragraph or _nearest_paragraph(element) is paragraph):
            text = _text(element)
            if text:
                look = _look(element, is_tracked)
                if stretches and stretches[-1][0] == look:
                    stretches[-1] = (look, stretches[-1][1] + text)
                else:
                    stretches.append((look, text))
    return repr((told, stretches))


def _nearest_paragraph(run: etree._Element) -> etree._Element | None:
    """The paragraph a run belongs to: one in a text box is not the one the box hangs on."""
    return next(run.iterancestors(_PARAGRAPH), None)


def _text(run: etree._Element) -> str:
    text = ""
    for element in run:
        if element.tag == _WORDS:
            text += element.text or ""
            continue
        name = local(element)
        if name in ("t", "delText", "instrText"):
            text += element.text or ""
        elif name in ("br", "cr"):
            text += "\n"
        elif name == "tab":
            text += "\t"
        elif name in ("drawing", "pict", "AlternateContent"):
            described = [each.get("descr", "") for each in element.iter(_DRAWING_NAME)]
            text += f"[picture {' '.join(described[:1])}]"
    return text


def _look(run: Element, is_tracked: bool) -> str:
    """A run's emphasis, and who inserted or deleted it where that is tracked."""
    look = []
    properties = next(run.iterchildren(_PROPERTIES_OF_RUN), None)
    if properties is not None:
        styles = _first_of_each(properties)
        for name, tag in _STYLES_OF_RUN.items():
            value = _value(styles[tag], "val") if tag in styles else "off"
            if value not in _OFF:
                look.append(f"{name}={value}" if value not in ("", "1", "true", "on") else name)
    if is_tracked:
        look += [f"{local(each)} by {each.get(f'{_W}author', '')}" for each in run.iterancestors(*_TRACKED)]
    return " ".join(look)


def _first_of_each(properties: Element) -> dict[object, Element]:
    """The children by their tags; of several with one tag the first."""
    return {each.tag: each for each in reversed(properties)}


def _value(element: etree._Element | None, name: str) -> str:
    return element.get(_W + name, "") if element is not None else ""
