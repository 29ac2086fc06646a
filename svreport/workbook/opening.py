"""Opening a file that calls itself a workbook: what it is, and whether it is safe to read."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from svreport.errors import WorkbookUnreadable

MOST_BYTES = 100_000_000
MOST_BYTES_UNPACKED = 400_000_000
_LONGEST_NAME = 1_000
MOST_PARTS = 10_000
MOST_CHARACTERS_IN_CELL = 32_767
_CHUNK = 1 << 20
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "Open it in Excel and save it as an Excel workbook (.xlsx)."


class Package:
    """The parts of a workbook's file, read into memory once, so that a file that is being saved cannot change
    under the reader.
    """

    def __init__(self, name: str, parts: zipfile.ZipFile) -> None:
        self.name = name
        self._parts = parts
        self._by_key = {part.casefold(): part for part in parts.namelist()}

    def holds(self, part: str) -> bool:
        return part.casefold() in self._by_key

    def entries(self) -> Iterator[zipfile.ZipInfo]:
        """What the file says of each of its parts, in its order; of parts that bear one name, the one that is read."""
        for part in self._by_key.values():
            yield self._parts.getinfo(part)

    def read(self, part: str) -> bytes:
        """A part's bytes; none for a part that is not there."""
        return b"".join(self.chunks(part))

    def chunks(self, part: str) -> Iterator[bytes]:
        """A part's bytes, a megabyte at a time; nothing for a part that is not there."""
        name = self._by_key.get(part.casefold())
        if name is None:
            return
        try:
            with self._parts.open(name) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
            ValueError,
        ):
            raise self.damaged(name) from None

    def damaged(self, part: str) -> WorkbookUnreadable:
        return WorkbookUnreadable(
            f"{self.name} is damaged: its part {_printable(part)} cannot be read. Open it in Excel, let "
            "Excel repair it and save "
            "it, or take the last good copy."
        )

    def too_large(self) -> WorkbookUnreadable:
        return WorkbookUnreadable(_too_large(self.name))


def open_package(path: Path) -> Package:
    """The file's parts.

    Raises WorkbookUnreadable for a file that is missing, is no workbook, is password-protected, cut short, or larger
    than any return can be.
    """
    name = _printable(str(path))
    # A name that no system takes is told by its end.
    name = name if len(name) <= _LONGEST_NAME else f"…{name[-_LONGEST_NAME:]}"
    return package_of(name, _bytes(path, name))


def package_of(name: str, data: bytes) -> Package:
    """The parts of a file that was read already; raises WorkbookUnreadable as `open_package` does."""
    if data[:2] != b"PK":
        raise WorkbookUnreadable(_what_it_is(name, data))
    try:
        parts = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, OverflowError):
        raise WorkbookUnreadable(
            f"{name} is cut short or damaged, as when a copy or a download did not finish: take the last good copy."
        ) from None
    names = parts.namelist()
    if len(names) > MOST_PARTS or sum(info.file_size for info in parts.infolist()) > MOST_BYTES_UNPACKED:
        raise WorkbookUnreadable(_too_large(name))
    if any(info.flag_bits & 1 for info in parts.infolist()):
        raise WorkbookUnreadable(_protected(name))
    kind = _kind_of_archive(parts, names)
    if kind:
        raise WorkbookUnreadable(f"{name} is {kind}, not an Excel workbook. {_mend(kind)}")
    return Package(name, parts)


def _bytes(path: Path, name: str) -> bytes:
    _refuse_name(path, name)
    try:
        if path.is_dir():
            raise WorkbookUnreadable(f"{name} is a folder: name the workbook in it.")
        if not path.exists():
            raise WorkbookUnreadable(f"{name} is not there: check the name and the folder.")
        if not path.is_file():
            raise WorkbookUnreadable(f"{name} is not a file: name an Excel workbook (.xlsx).")
        if path.stat().st_size > MOST_BYTES:
            raise WorkbookUnreadable(_too_large(name))
        return path.read_bytes()
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or "it cannot be opened"
        raise WorkbookUnreadable(
            f"{name} cannot be read ({reason}): close it in other programs, and check that you may open it."
        ) from None


def _refuse_name(path: Path, name: str) -> None:
    """Refuses a name that cannot name the folder of its outputs as well: `...xlsx`, or letters of no known encoding."""
    try:
        path.name.encode()
    except UnicodeEncodeError:
        raise WorkbookUnreadable(
            f"{name} has letters in its name that other systems cannot show: rename the file."
        ) from None
    if path.name and not path.stem.strip(". "):
        raise WorkbookUnreadable(f"{name} has no name before its ending: rename the file.")


def _what_it_is(name: str, data: bytes) -> str:
    if not data.strip(b"\0"):
        return f"{name} is empty: let the folder finish synchronising, or take the last good copy."
    if data.startswith(_COMPOUND_FILE):
        if _ENCRYPTED in data:
            return _protected(name)
        return f"{name} is in Excel's old format (.xls). {_SAVE_AS}"
    if data.startswith(b"%PDF"):
        return f"{name} is a PDF, not an Excel workbook: name the workbook it was made from."
    if re.match(rb"\s*(\xef\xbb\xbf)?\s*<", data[:200]):
        return f"{name} is a web page or an XML file, not an Excel workbook. {_SAVE_AS}"
    if b"\0" not in data[:4096]:
        return f"{name} is a text file (such as CSV), not an Excel workbook. {_SAVE_AS}"
    return f"{name} is not an Excel workbook. {_SAVE_AS}"


def _kind_of_archive(parts: zipfile.ZipFile, names: list[str]) -> str:
    """What the archive is, if it is something else than a workbook; else empty."""
    held = {name.casefold() for name in names}
    if "xl/workbook.xml" in held:
        return ""
    if "mimetype" in held:
        try:
            declared = parts.read("mimetype")[:200]
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            KeyError,
            NotImplementedError,
            RuntimeError,
        ):
            declared = b""
        if b"opendocument" in declared:
            return "an OpenDocument spreadsheet" if b"spreadsheet" in declared else "an OpenDocument file"
    if "word/document.xml" in held:
        return "a Word document"
    if "ppt/presentation.xml" in held:
        return "a PowerPoint presentation"
    if "xl/workbook.bin" in held:
        return "a binary Excel workbook (.xlsb)"
    if "_rels/.rels" in held and any(name.startswith("xl/") for name in held):
        return ""
    return "a zip archive"


def _mend(kind: str) -> str:
    if "spreadsheet" in kind:
        return "Open it in LibreOffice or Excel and save it as an Excel workbook (.xlsx)."
    return _SAVE_AS if ".xlsb" in kind else "Name the workbook that holds the return."


def _protected(name: str) -> str:
    return (
        f"{name} is password-protected: open it in Excel, remove the password under File, Info, Protect Workbook, "
        "and save it."
    )


def _too_large(name: str) -> str:
    return f"{name} is larger than any return can be: it may be damaged. Take the last good copy."


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else "\ufffd" for character in text)
