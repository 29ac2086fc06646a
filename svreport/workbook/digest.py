"""What a person can change in an Excel file, as one digest: what Excel writes anew by itself leaves it alone."""

import re
import zipfile
from collections.abc import Collection, Iterator
from hashlib import sha256
from io import BytesIO

from svreport.errors import CannotGoOn
from svreport.model.finding import Place
from svreport.workbook import markup
from svreport.workbook.book import unescaped
from svreport.workbook.forms.editing import FormEditor
from svreport.workbook.forms.sheet import FormSheet, runs_of
from svreport.workbook.opening import package_of

_MOST_BYTES = 100_000_000
_SIGNIFICANT = 15


def content_digest(data: bytes) -> str:
    """The digest of the sheets' names, their cells' texts, numbers and formulas, and their comments.

    Formats, widths, the values that formulas gave, and how a text is stored are left out: Excel writes them as it
    likes. A file that is no workbook has the digest of its bytes.
    """
    try:
        return _digest(data, ())
    except (CannotGoOn, zipfile.BadZipFile, ValueError, KeyError, RecursionError):
        return "bytes:" + sha256(data).hexdigest()


def digest_of_signed(data: bytes, sign_off: Collection[Place]) -> str:
    """The digest of all that a reader sees of a finished form but the cells of the sign-off: its content, and the
    formats that it is shown in.
    """
    with zipfile.ZipFile(BytesIO(data)) as parts:
        styles = [parts.read(name) for name in sorted(parts.namelist()) if re.search(r"styles\.xml$", name)]
    looks = "".join(sha256(each).hexdigest() for each in styles)
    return sha256(f"{_digest(data, sign_off)}\n{looks}".encode()).hexdigest()


def _digest(data: bytes, without: Collection[Place]) -> str:
    if len(data) > _MOST_BYTES:
        raise ValueError("larger than any form")
    told = sha256()
    for line in FormContent(package_of("the form", data)).lines(without):
        told.update(line.encode("utf-8", "surrogatepass") + b"\n")
    return told.hexdigest()


class FormContent(FormEditor):
    """A workbook's file, told line by line."""

    def lines(self, without: Collection[Place]) -> Iterator[str]:
        """One for each sheet, cell and comment, in their order, without the cells named."""
        for name, sheet in self._forms.items():
            yield f"sheet {name}"
            if any(formula.get("t") == "shared" for _, _, formula in sheet.formulas()):
                sheet.unshare()
            yield from self._cells_of(name, sheet, without)
            yield from self._comments(self._where[name])

    def _cells_of(self, name: str, sheet: FormSheet, without: Collection[Place]) -> Iterator[str]:
        for row, column, cell in sorted(sheet.cells(), key=lambda each: each[:2]):
            told = self._told(cell)
            if told and Place(name, row, column) not in without:
                yield f"{row} {column} {told}"

    def _told(self, cell: markup.Element) -> str:
        formula = markup.child(cell, "f")
        if formula is not None:
            # One that a neighbour writes out for it has no text of its own.
            return f"={' '.join((formula.text or '').split())}" if formula.text else ""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = markup.child(cell, "is")
            return _text("" if inline is None else "".join(text for _, text in runs_of(inline)))
        value = markup.child(cell, "v")
        raw = "" if value is None else (value.text or "")
        if kind == "s":
            number = self._string_number(cell)
            return _text(
                "" if number is None else "".join(text for _, text in runs_of(self._strings[number]))
            )
        if kind == "n":
            return _number(raw)
        return f"{kind} {raw.strip()}" if raw.strip() else ""

    def _comments(self, part: str) -> Iterator[str]:
        for kind, holder in (("comments", "{*}t"), ("threadedComment", "{*}text")):
            found = []
            for target in self._parts.related(part, kind):
                for each in self._parts.xml(target).iter("{*}comment", "{*}threadedComment"):
                    words = "".join(text.text or "" for text in each.iter(holder))
                    found.append(f"{kind} {each.get('ref', '')} {' '.join(words.split())}")
            yield from sorted(found)


def _text(raw: str) -> str:
    text = unescaped(raw)
    return f"text {text!r}" if text else ""


def _number(raw: str) -> str:
    try:
        return f"number {float(raw):.{_SIGNIFICANT}g}" if raw.strip() else ""
    except ValueError:
        return f"n {raw.strip()}"
