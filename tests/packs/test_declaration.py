"""Every way in which a pack.toml can be wrong, told in the words that an officer reads."""

import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from svreport.packs.declaration import read_declaration
from svreport.packs.declared import FilledDocument, JoinedDocument

FAULTS = tomllib.loads(Path(__file__).with_name("faults.toml").read_text(encoding="utf-8"))["fault"]


@pytest.mark.parametrize("fault", FAULTS, ids=[fault["what"] for fault in FAULTS])
def test_a_fault_is_told(fault: dict[str, Any], make_pack: Callable[..., Path]) -> None:
    _, faults = read_declaration(make_pack(fault["old"], fault["new"]))
    assert list(faults) == fault["told"]


UNREADABLE = {
    "not TOML": (b"title = A return", "it is not written as TOML is: Invalid value (at line 1, column 9)"),
    "not UTF-8": ('title = "£"'.encode("cp1252"), "it is not UTF-8 text: save it with the encoding UTF-8"),
    "UTF-16, as Notepad can save": (
        'title = "x"'.encode("utf-16"),
        "it is not UTF-8 text: save it with the encoding UTF-8",
    ),
    "wild size": (b"#" * 1_000_001, "it is larger than any such file can be"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_file_that_cannot_be_used_is_told(case: str, make_pack: Callable[..., Path]) -> None:
    data, expected = UNREADABLE[case]
    folder = make_pack()
    (folder / "pack.toml").write_bytes(data)
    assert read_declaration(folder)[1] == (expected,)


def test_the_slips_of_a_text_editor_are_told_by_name(make_pack: Callable[..., Path]) -> None:
    folder = make_pack('title = "A return"', "title = “A return”")
    (fault,) = read_declaration(folder)[1]
    assert fault.endswith('. Line 1 has curly quotation marks: write straight ones (")')
    (folder / "pack.toml").rename(folder / "pack.toml.txt")
    assert read_declaration(folder)[1] == (
        "there is no such file, and it is what makes a folder of templates a pack; pack.toml.txt is there: take .txt "
        "off its name",
    )


def test_no_amount_of_nesting_reaches_pythons_limits(make_pack: Callable[..., Path]) -> None:
    folder = make_pack()
    (folder / "pack.toml").write_text(f"title = {'[' * sys.getrecursionlimit() * 10}", encoding="utf-8")
    (fault,) = read_declaration(folder)[1]
    assert fault.startswith("it is not written as TOML is: ")


def test_no_documents_at_all(make_pack: Callable[..., Path]) -> None:
    folder = make_pack()
    for content in ("", "documents = 3\n", "documents = []\n", "documents = [1]\n"):
        (folder / "pack.toml").write_text(f'title = "x"\nlanguage = "en-GB"\n{content}', encoding="utf-8")
        assert read_declaration(folder)[1] == (
            "it names no document: each one begins with a line [[documents]]",
        )


def test_a_folder_without_the_file(tmp_path: Path) -> None:
    assert read_declaration(tmp_path)[1] == (
        "there is no such file, and it is what makes a folder of templates a pack",
    )


def test_what_is_read(make_pack: Callable[..., Path]) -> None:
    folder = make_pack()
    (folder / "pack.toml").write_bytes(
        b"\xef\xbb\xbf" + (folder / "pack.toml").read_bytes()
    )  # as Notepad saves
    declared, faults = read_declaration(folder)
    assert faults == ()
    assert (declared.title, declared.language) == ("A return", "en-GB")
    overview, risks, both = declared.documents
    assert overview == FilledDocument("overview.docx", "Overview: {{ authority }}", folder / "overview.docx")
    assert both == JoinedDocument("both.docx", "Return", (overview, risks))  # type: ignore[arg-type]
