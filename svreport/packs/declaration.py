"""What a pack's pack.toml says, read strictly: every fault is told, and none hides the others."""

import re
import tomllib
from pathlib import Path
from typing import Any

from svreport.packs.declared import KINDS, Declaration, ReviewDocument
from svreport.packs.documents import document_tables, read_changes, read_documents, read_review
from svreport.packs.sheets import read_sheets, read_without
from svreport.packs.table import Table

FILE = "pack.toml"

_MOST_BYTES = 1_000_000
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def read_declaration(folder: Path) -> tuple[Declaration, tuple[str, ...]]:
    """What the folder's pack.toml says, and one sentence for each of its faults."""
    try:
        present = template_files(folder)
        content = _content(folder / FILE)
    except _Unreadable as fault:
        return Declaration("", "", (), is_read=False), (str(fault),)
    except OSError as error:
        return Declaration("", "", (), is_read=False), (f"it cannot be read ({error.strerror})",)
    faults: list[str] = []
    table = Table(content, "", faults)
    table.refuse_unknown(("title", "language", "documents", "sheets", "review", "changes", "without"))
    title, language = table.text("title"), table.text("language")
    if language and not _LANGUAGE.fullmatch(language):
        table.tell(f"the language {language!r} is none that Word knows: write en-GB")
    made = read_documents(document_tables(table), folder, present)
    documents = tuple(each for each in made if not isinstance(each, ReviewDocument))
    reviews = tuple(each for each in made if isinstance(each, ReviewDocument))
    review = read_review(table)
    changes = folder / name if (name := read_changes(table, present)) else None
    declared = Declaration(
        title, language, documents, reviews, read_sheets(table), review, changes, read_without(table)
    )
    return declared, tuple(faults)


def template_files(folder: Path) -> list[str]:
    """The names of the folder's templates of every kind, without those that Office keeps while a file is open."""
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.suffix.lower() in KINDS and not path.name.startswith(("~", ".")) and path.is_file()
    )


class _Unreadable(Exception):
    """The file as a whole cannot be used; the text is its fault."""


def _content(file: Path) -> dict[str, Any]:
    if file.exists() and not file.is_file():
        raise _Unreadable("it is not a file, but a folder or a device")  # a pipe would be waited for
    try:
        with file.open("rb") as opened:
            data = opened.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        raise _Unreadable(_absent(file)) from None
    if len(data) > _MOST_BYTES:
        raise _Unreadable("it is larger than any such file can be")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _Unreadable("it is not UTF-8 text: save it with the encoding UTF-8") from None
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _Unreadable(f"it is not written as TOML is: {error}{_curly(text)}") from None


def _absent(file: Path) -> str:
    """What is said where there is no pack.toml: Notepad hides the ending that it adds."""
    told = "there is no such file, and it is what makes a folder of templates a pack"
    doubled = file.with_name(f"{file.name}.txt")
    return f"{told}; {doubled.name} is there: take .txt off its name" if doubled.is_file() else told


def _curly(text: str) -> str:
    """A word processor's quotation marks, which are the likeliest reason where the first of them can be the fault."""
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(r"\s*[\w-]+\s*=\s*\[?\s*[“”„‘’]", line):
            return f'. Line {number} has curly quotation marks: write straight ones (")'
    return ""
