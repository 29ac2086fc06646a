"""Files that come in are opened safely, or refused in one sentence."""

import contextlib
import functools
import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svreport.errors import FormUnreadable, TemplateFault
from svreport.word.opening import open_word, read_word
from svreport.word.template import Template
from tests.word.samples import blank, full_template


def _changed(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The zip file with each file's content replaced; one that becomes None is left out."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return written.getvalue()


@pytest.fixture(scope="module")
def word_file() -> bytes:
    written = io.BytesIO()
    document = blank()
    document.add_paragraph("Some words")
    document.save(written)
    return written.getvalue()


def _with_entities(name: str, content: bytes) -> bytes:
    if name != "word/document.xml":
        return content
    head, _, rest = content.partition(b"?>")
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    return head + b"?>" + bomb + rest.replace(b"Some words", b"Some words &a;&b;")


REFUSED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "text": (lambda _: b"Dear colleague", "is not a Word document, or was cut short"),
    "empty": (lambda _: b"", "is not a Word document, or was cut short"),
    "cut short": (lambda data: data[: len(data) // 2], "is not a Word document, or was cut short"),
    "password": (
        lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "is password-protected or an old .doc",
    ),
    "another zip": (
        lambda data: _changed(data, lambda name, x: None if "document" in name else x),
        "is not a Word",
    ),
    "entities": (lambda data: _changed(data, _with_entities), "is damaged inside"),
    "broken XML": (
        lambda data: _changed(data, lambda name, x: x[:-9] if name == "word/document.xml" else x),
        "is damaged inside",
    ),
    "a workbook": (
        lambda data: _changed(
            data, lambda _, x: x.replace(b"wordprocessingml.document", b"spreadsheetml.sheet")
        ),
        "is an Office file of another kind",
    ),
    "strict": (
        lambda data: _changed(
            data,
            lambda _, x: x.replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            ),
        ),
        "is saved as Strict Open XML",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_word_document_is_refused_in_one_sentence(
    case: str, word_file: bytes, tmp_path: Path
) -> None:
    change, told = REFUSED[case]
    path = tmp_path / "form.docx"
    path.write_bytes(change(word_file))
    with pytest.raises(FormUnreadable) as refused:
        open_word(path)
    assert told in str(refused.value)
    assert str(refused.value).startswith(str(path))
    assert "\n" not in str(refused.value)
    with pytest.raises(TemplateFault, match=r"form\.docx"):
        Template.open(path)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(FormUnreadable, match="is not there"):
        open_word(tmp_path / "form.docx")
    with pytest.raises(FormUnreadable, match="is a folder"):
        open_word(tmp_path)


def test_a_file_larger_inside_than_any_return_is_read_no_further(
    word_file: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svreport.word.opening._MOST_BYTES", 300_000)
    bomb = _changed(word_file, lambda name, x: b"\0" * 3_000_000 if name.endswith(".jpeg") else x)
    assert len(bomb) < 300_000
    with pytest.raises(FormUnreadable, match="larger inside"):
        read_word(bomb, "form.docx")


def test_a_template_with_macros_is_refused(word_file: bytes, tmp_path: Path) -> None:
    path = tmp_path / "form.docm"
    path.write_bytes(
        _changed(
            word_file,
            lambda _, x: x.replace(
                b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                b"application/vnd.ms-word.document.macroEnabled.main+xml",
            ),
        )
    )
    with pytest.raises(TemplateFault, match="holds macros"):
        Template.open(path)


@given(at=st.floats(0, 1), flips=st.lists(st.integers(0, 255), min_size=1, max_size=40), cut=st.booleans())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(at: float, flips: list[int], cut: bool) -> None:
    data = bytearray(_template_bytes())
    start = int(at * (len(data) - len(flips)))
    data[start : start + len(flips)] = b"" if cut else bytes(flips)
    with contextlib.suppress(FormUnreadable):
        assert read_word(bytes(data), "form.docx").body is not None


@functools.cache
def _template_bytes() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return full_template(Path(folder) / "template.docx").read_bytes()
