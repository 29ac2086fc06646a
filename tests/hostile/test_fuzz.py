"""Thousands of changed workbooks: each is read with findings at its cells, or refused in one sentence; and builds."""

import itertools
import random
import re
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from svreport.errors import CannotGoOn, WorkbookUnreadable
from svreport.model.finding import Severity
from svreport.pipeline.building import build_workbook
from svreport.pipeline.examining import examine
from svreport.pipeline.explaining import catalogue
from svreport.pipeline.options import BuildOptions
from svreport.word.accessibility import faults
from tests.documents.reading import W, body, paragraphs
from tests.hostile.mutations import bytes_changed, cells_changed, saved
from tests.hostile.workbooks import MARKDOWN, WORKBOOK, with_cells, write
from tests.narrative.test_any_text import MARKUP, TYPED, cleaned, visible
from tests.workbook.raw import package, parts_of

SHARES = 8
EXAMINED, READ_AS_BYTES, BUILT, WRITTEN = 1_000, 1_600, 32, 20


@pytest.mark.parametrize("share", range(SHARES))
def test_a_changed_workbook_is_examined(share: int, tmp_path: Path) -> None:
    """Every finding names a rule, a sheet and a cell, and says what was read, what was expected and how to mend it."""
    rules = {rule.code: rule for rule in catalogue()}
    draw = random.Random(share)  # noqa: S311
    told = 0
    for _ in range(EXAMINED // SHARES):
        write(tmp_path, saved(cells_changed(draw), draw))
        try:
            examined = examine(tmp_path / WORKBOOK)
        except WorkbookUnreadable as refused:
            assert str(refused).startswith(str(tmp_path / WORKBOOK))
            continue
        for finding in examined.findings:
            assert finding.code in rules
            assert finding.rule.severity in Severity
            assert finding.place.sheet
            assert re.fullmatch(r"([A-Z]{1,3}[1-9]\d{0,6}(:[A-Z0-9]+)?|\d+:\d+)?", finding.place.cell), (
                finding
            )
            assert finding.read
            assert finding.expected
            assert finding.mend
        assert len(set(examined.findings)) == len(examined.findings)
        told += len(examined.findings)
    assert told > EXAMINED // SHARES


@pytest.mark.parametrize("share", range(SHARES))
def test_changed_bytes_are_read_or_refused(share: int, tmp_path: Path) -> None:
    draw = random.Random(1_000 + share)  # noqa: S311
    refused = 0
    for _ in range(READ_AS_BYTES // SHARES):
        write(tmp_path, bytes_changed(draw))
        try:
            examine(tmp_path / WORKBOOK)
        except WorkbookUnreadable as fault:
            refused += 1
            assert str(fault).startswith(f"{tmp_path / WORKBOOK} is ")
            assert str(fault).endswith(".")
    assert 0 < refused < READ_AS_BYTES // SHARES


def test_a_changed_workbook_builds(
    tmp_path: Path, ooxml_faults: Callable[[Iterable[Path]], list[str]]
) -> None:
    """Each build's documents are whole: parts that hang together, cells that end with a paragraph, readable by all."""
    draw = random.Random(7)  # noqa: S311
    built: list[Path] = []
    for number in range(BUILT):
        workbook = tmp_path / f"{number}.xlsx"
        workbook.write_bytes(saved(cells_changed(draw), draw))
        try:
            done = _build(workbook, tmp_path)
        except CannotGoOn as refused:
            assert str(refused).startswith(workbook.name)
            continue
        documents = sorted(done.glob("*.docx"))
        assert {path.name for path in documents} >= {"submission.docx", "review.docx"}
        for path in documents:
            _assert_whole(path)
        built.append(done / "submission.docx")
    assert len(built) > BUILT * 3 // 4
    assert ooxml_faults(built[:: len(built) // 12]) == []


def _build(workbook: Path, out: Path) -> Path:
    return build_workbook(
        workbook, BuildOptions(out / "outputs", "safety-valve"), waiting=lambda folder: None
    ).folder


def _assert_whole(path: Path) -> None:
    with zipfile.ZipFile(path) as parts:
        assert parts.testzip() is None
        assert len(set(parts.namelist())) == len(parts.namelist())
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(parts.read(name))
    assert [cell for cell in body(path).iter(f"{W}tc") if not len(cell) or cell[-1].tag != f"{W}p"] == []
    assert faults(path.read_bytes()) == []


# Figures and links print other letters than were typed, and a list's numbers are Word's own: the tests of text show those.
_PLAIN = re.compile(r"\{\{|\{%|\]\(|[\w][.)]")
_WORDS = TYPED.filter(lambda text: not _PLAIN.search(text))
_NAMES = st.text(
    st.characters(exclude_characters="_{}\\", exclude_categories=["Cs", "Cc", "Cn", "Co", "Zl", "Zp"]), min_size=1, max_size=60
).filter(lambda text: text.strip())  # fmt: skip


def test_every_character_of_every_text_is_found(tmp_path: Path) -> None:
    """Made-up text in every cell of words; what can be markup is left out, as the rules of text show it elsewhere."""
    numbers = itertools.count()

    @settings(
        max_examples=WRITTEN, phases=[Phase.generate]
    )  # a fault is not made smaller: each try is a whole build
    @given(
        st.lists(_WORDS, min_size=len(MARKDOWN), max_size=len(MARKDOWN)),
        st.lists(_NAMES, min_size=4, max_size=4),
    )
    def arrives(texts: list[str], names: list[str]) -> None:
        cells: dict[str, object] = dict(
            zip(MARKDOWN, (_typed(f"Start {text} end") for text in texts), strict=True)
        )
        said = dict(
            zip(("Programme!B4", "Conditions!B4", "Risks!B4", "Assurance levels!C4"), names, strict=True)
        )
        workbook = tmp_path / f"{next(numbers)}.xlsx"
        workbook.write_bytes(package(parts_of(with_cells({**cells, **said}))))
        found = "".join(paragraphs(_build(workbook, tmp_path) / "submission.docx"))
        whole, printed = visible(found), visible(found, MARKUP)
        for text in texts:
            assert visible(cleaned(_typed(f"Start {text} end")), MARKUP) in printed
        for name in names:
            assert visible(name) in whole

    arrives()


def _typed(text: str) -> str:
    """The text as a cell can hold it: XML has no place for most control characters and halves of characters."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
