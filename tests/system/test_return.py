"""The finished return of each worked example, as Word, LibreOffice and a reader who cannot see it have it."""

import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest
from lxml import etree

from svreport.word.accessibility import faults
from tests.conftest import EXAMPLES
from tests.documents.reading import flat
from tests.system.office import Office

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

TITLES = {
    "programme-overview": "SAFETY VALVE PROGRAMME OVERVIEW",
    "detailed-update": "SAFETY VALVE PROGRAMME DETAILED UPDATE",
    "risk-register": "SAFETY VALVE PROGRAMME RISK REGISTER",
}

# The pages each document may have: what LibreOffice makes of it, and one more or less for another version of it.
PAGES = {
    ("wiltshire-2024-08", "programme-overview"): range(2, 4),
    ("wiltshire-2024-08", "detailed-update"): range(5, 9),
    ("wiltshire-2024-08", "risk-register"): range(2, 4),
    ("wiltshire-2024-12", "programme-overview"): range(3, 5),
    ("wiltshire-2024-12", "detailed-update"): range(14, 18),
    ("wiltshire-2024-12", "risk-register"): range(2, 5),
}

# Words that stand on the first and on the last page, whatever a page holds exactly.
FIRST_AND_LAST = {
    "programme-overview": ("LA Name", "strategic data dashboard utilised by your governance"),
    "detailed-update": ("Condition 1:", "off target, with plans to mitigate"),
    "risk-register": ("Risk 1:", "Risk 5:"),
}

# Stands at the head of every page that a table goes on to.
HEADING_ROWS = {
    "detailed-update": ("Agreement Condition", "Assurance Level", "Progress Update from this Quarter"),
    "risk-register": ("Mitigation", "Assurance Level", "Progress Update from this Quarter"),
}

Pages = Callable[[Path], list[str]]


@pytest.fixture(params=EXAMPLES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def documents(example_outputs: Mapping[str, Path]) -> dict[tuple[str, str], Path]:
    """Every document of both examples by example and name."""
    return {
        (name, path.stem): path
        for name, folder in example_outputs.items()
        for path in sorted(folder.glob("*.docx"))
    }


@pytest.fixture(scope="module")
def pages(
    documents: Mapping[tuple[str, str], Path], soffice: Office, pdf_pages: Pages
) -> dict[tuple[str, str], list[str]]:
    """The text of each page of each document, all converted in one start of LibreOffice."""
    pdfs = soffice.all(list(documents.values()))
    return {key: [flat(page) for page in pdf_pages(pdf)] for key, pdf in zip(documents, pdfs, strict=True)}


def test_the_open_xml_validator_finds_no_fault(
    documents: Mapping[tuple[str, str], Path], ooxml_faults: Callable[[Iterable[Path]], list[str]]
) -> None:
    assert {document for _, document in documents} >= {*TITLES, "submission"}
    assert ooxml_faults(documents.values()) == []


def test_every_cell_ends_with_a_paragraph(documents: Mapping[tuple[str, str], Path]) -> None:
    """Word refuses a file in which one does not; the validator does not see it."""
    cells = [cell for path in documents.values() for tree in _trees(path) for cell in tree.iter(f"{W}tc")]
    assert len(cells) > 500
    assert [cell for cell in cells if not len(cell) or cell[-1].tag != f"{W}p"] == []


def test_there_are_no_merged_rows_and_no_fields_that_ask_to_be_updated(
    documents: Mapping[tuple[str, str], Path],
) -> None:
    trees = [tree for path in documents.values() for tree in _trees(path)]
    assert [merge for tree in trees for merge in tree.iter(f"{W}vMerge")] == []
    asked = [(told.text or "").split()[0] for tree in trees for told in tree.iter(f"{W}instrText")]
    asked += [told.get(f"{W}instr", "").split()[0] for tree in trees for told in tree.iter(f"{W}fldSimple")]
    assert set(asked) <= {"PAGE", "NUMPAGES", "SECTIONPAGES"}


def test_everybody_can_read_every_document(documents: Mapping[tuple[str, str], Path]) -> None:
    found = {f"{name} {document}": faults(path.read_bytes()) for (name, document), path in documents.items()}
    assert {where: told for where, told in found.items() if told} == {}


def test_a_part_has_the_pages_it_should(name: str, pages: Mapping[tuple[str, str], list[str]]) -> None:
    numbers = {part: len(pages[name, part]) for part in TITLES}
    assert {part: number for part, number in numbers.items() if number not in PAGES[name, part]} == {}


def test_every_page_has_its_title_and_number(name: str, pages: Mapping[tuple[str, str], list[str]]) -> None:
    for part, title in TITLES.items():
        told = pages[name, part]
        for number, page in enumerate(told, 1):
            assert page.startswith(title), f"{part}, page {number}"
            assert f"Page {number} of {len(told)}" in page[-200:], f"{part}, page {number}"


def test_every_page_of_the_submission_has_its_parts_title(
    name: str, pages: Mapping[tuple[str, str], list[str]]
) -> None:
    told = pages[name, "submission"]
    titles = [title for page in told for title in TITLES.values() if page.startswith(title)]
    assert len(titles) == len(told)
    assert list(dict.fromkeys(titles)) == list(TITLES.values())
    assert titles == sorted(titles, key=list(TITLES.values()).index)
    for part, title in TITLES.items():
        assert titles.count(title) in PAGES[name, part]
    for number, page in enumerate(told, 1):
        assert f"Page {number} of {len(told)}" in page[-200:]


def test_pages_hold_what_they_should(name: str, pages: Mapping[tuple[str, str], list[str]]) -> None:
    for part, (first, last) in FIRST_AND_LAST.items():
        told = pages[name, part]
        assert first in told[0], part
        assert last in " ".join(told[-2:]), part


def test_heading_rows_are_repeated(name: str, pages: Mapping[tuple[str, str], list[str]]) -> None:
    for part, headings in HEADING_ROWS.items():
        with_table = [
            page for page in pages[name, part] if re.search(r"(Condition|Risk) [\d.]+:|Update 1", page)
        ]
        assert len(with_table) > 1
        for page in with_table:
            for heading in headings:
                assert heading in page


def test_pages_are_a4_landscape(documents: Mapping[tuple[str, str], Path]) -> None:
    """The form's are; its review is read like a letter."""
    for path in documents.values():
        if path.stem == "review":
            continue
        sizes = [size for tree in _trees(path) for size in tree.iter(f"{W}pgSz")]
        told = {(size.get(f"{W}w"), size.get(f"{W}h"), size.get(f"{W}orient")) for size in sizes}
        assert told == {("16838", "11906", "landscape")}, path.name


def _trees(path: Path) -> list[etree._Element]:
    """Every part of the file that holds paragraphs."""
    with zipfile.ZipFile(path) as parts:
        names = [
            part
            for part in parts.namelist()
            if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", part)
        ]
        return [etree.fromstring(parts.read(part)) for part in names]
