"""What a reader finds in a Word file, read without svreport: each paragraph's words, each picture's alt text."""

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ALT_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def body(path: Path) -> etree._Element:
    with zipfile.ZipFile(path) as parts:
        return etree.fromstring(parts.read("word/document.xml"))


def paragraphs(path: Path) -> list[str]:
    """The paragraphs of the body in reading order, tables row by row and cell by cell; empty ones left out."""
    told = (_words(paragraph) for paragraph in body(path).iter(f"{W}p"))
    return [words for words in told if words]


def _words(paragraph: etree._Element) -> str:
    pieces = []
    for element in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab", ALT_TEXT):
        if element.tag == ALT_TEXT:
            pieces.append(element.get("descr", ""))
        else:
            pieces.append(element.text or "" if element.tag == f"{W}t" else " ")
    return flat("".join(pieces))


def flat(text: str) -> str:
    """White space of every kind as one space, as a reader sees it."""
    return re.sub(r"\s+", " ", text).strip()


def missing_in_order(sentences: Iterable[str], found: Iterable[str]) -> list[str]:
    """The sentences that do not stand in the paragraphs behind the one before; [] when all do."""
    text = "\n".join(found)
    position = 0
    missing = []
    for sentence in sentences:
        wanted = flat(sentence)
        at = text.find(wanted, position)
        if at < 0:
            missing.append(wanted)
        else:
            position = at + len(wanted)
    return missing
