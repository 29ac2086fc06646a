"""Small Word files, and what people and synced drives do to them."""

import io
import zipfile
from collections.abc import Callable

from docx import Document


def word(*paragraphs: str) -> bytes:
    """A Word file with these paragraphs, the same bytes each time."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document.save)


def saved(save: Callable[[io.BytesIO], None]) -> bytes:
    """What `save` writes, with the zip's times taken out."""
    written = io.BytesIO()
    save(written)
    return rezipped(written.getvalue())


def rezipped(data: bytes, **changed: bytes) -> bytes:
    """The same parts in a new zip; `changed` adds or replaces some, `__` in a name standing for `/`."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts |= {name.replace("__", "/"): content for name, content in changed.items()}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content)
    return written.getvalue()


def as_edited(data: bytes, words: str) -> bytes:
    """The file after a person wrote a paragraph into it."""
    document = Document(io.BytesIO(data))
    document.add_paragraph(words)
    return saved(document.save)


def as_synced(data: bytes) -> bytes:
    """The file after a synced drive added parts of its own."""
    return rezipped(
        data,
        **{
            "customXml__item9.xml": b"<p:properties xmlns:p='urn:drive'/>",
            "docProps__custom.xml": b"<Properties/>",
        },
    )
