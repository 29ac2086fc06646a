"""Word files that come in, opened so that none of them can harm."""

import io
import stat
import struct
import zipfile
import zlib
from pathlib import Path

from lxml import etree

from svreport.errors import FormUnreadable
from svreport.word.archive import WORD_TYPE, Archive, parse

# Larger than any return with its charts; a file that says it holds more is no return.
_MOST_FILES = 20_000
_MOST_BYTES = 600_000_000
_MOST_XML = 200_000_000
_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def open_word(path: Path) -> Archive:
    """The Word document at a path. Raises FormUnreadable, in one sentence, for what is none."""
    return read_word(word_bytes(path), str(path))


def word_bytes(path: Path) -> bytes:
    """The file at a path. Raises FormUnreadable, in one sentence, for one that cannot be read or is too large."""
    try:
        there = path.stat()
        if not stat.S_ISREG(there.st_mode) and not stat.S_ISDIR(there.st_mode):
            raise FormUnreadable(f"{path} is not a file: name a Word document (.docx).")
        if there.st_size > _MOST_BYTES:
            raise FormUnreadable(f"{path} is larger than any Word document of a return.")
        return path.read_bytes()
    except FileNotFoundError:
        raise FormUnreadable(f"{path} is not there: check the name and the folder.") from None
    except IsADirectoryError:
        raise FormUnreadable(f"{path} is a folder: name a Word document in it.") from None
    except OSError as fault:
        told = fault.strerror or "the system refuses it"
        raise FormUnreadable(f"{path} cannot be opened ({told}): close it in Word and try again.") from None
    except ValueError:
        raise FormUnreadable(f"{path!s} cannot be the name of a file: check it.") from None


def read_word(data: bytes, name: str) -> Archive:
    """The Word document in these bytes; `name` is what messages call it. Raises FormUnreadable like `open_word`."""
    if data.startswith(_OLD_FORMAT):
        raise FormUnreadable(
            f"{name} is password-protected or an old .doc file: save it without a password as a .docx file."
        )
    try:
        archive = Archive.of(_files(data, name))
        kind = archive.types[archive.main]
        root = archive.tree(archive.main)
        _ = archive.body
        for part, told in archive.types.items():
            if told.endswith("+xml"):
                parse(archive.parts[part])
    except (KeyError, LookupError):
        raise FormUnreadable(f"{name} is not a Word document: save it in Word as a .docx file.") from None
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        struct.error,
    ):
        raise FormUnreadable(
            f"{name} is not a Word document, or was cut short: save it again in Word as a .docx file."
        ) from None
    except (etree.XMLSyntaxError, ValueError):
        raise FormUnreadable(
            f"{name} is damaged inside: open it in Word, and save it again as a .docx file."
        ) from None
    if not kind.startswith(WORD_TYPE) and "ms-word" not in kind:
        raise FormUnreadable(
            f"{name} is an Office file of another kind: a Word document (.docx) is expected."
        )
    if not root.tag.startswith(f"{{{_TRANSITIONAL}}}"):
        raise FormUnreadable(
            f"{name} is saved as Strict Open XML: save it in Word again, as plain `Word document (.docx)`."
        )
    return archive


def _files(data: bytes, name: str) -> dict[str, bytes]:
    """The zip file's files, read no further than their limits whatever sizes the file claims."""
    too_large = FormUnreadable(f"{name} is larger inside than any Word document of a return.")
    files: dict[str, bytes] = {}
    left, left_for_xml = _MOST_BYTES, _MOST_XML
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        if len(file.infolist()) > _MOST_FILES:
            raise too_large
        for info in file.infolist():
            is_xml = info.filename.lower().endswith((".xml", ".rels"))
            limit = min(left, left_for_xml) if is_xml else left
            with file.open(info) as opened:
                content = opened.read(limit + 1)
            if len(content) > limit:
                raise too_large
            left -= len(content)
            left_for_xml -= len(content) if is_xml else 0
            files[info.filename.replace("\\", "/").lstrip("/")] = content
    return files
