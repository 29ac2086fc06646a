"""The walks through docs/templates.md, done in LibreOffice as a new user does them, and what else people do there."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from svreport.packs.loading import copy_pack
from svreport.pipeline.building import build_workbook
from svreport.pipeline.options import BuildOptions
from svreport.pipeline.packing import barriers, check_pack
from svreport.word.accessibility import faults
from svreport.word.text import text_of
from tests.pipeline.content import save, small_return
from tests.system.writer import Steps, work_in_writer

PAGE = (Path(__file__).parents[2] / "docs" / "templates.md").read_text(encoding="utf-8")
TITLE = "SAFETY VALVE PROGRAMME RISK REGISTER"

HEADING: Steps = [
    ("type_over", "Mitigation", "What we are doing about it"),
    ("type_over", TITLE, "OUR RISKS"),
]
COLUMN: Steps = [
    ("click", "Assurance Level"),
    ("insert_column_before",),
    ("click_in_cell", "B1"),
    ("write", "Now"),
    ("click_in_cell", "B3"),
    ("write", "{{ risk.level }}"),
]
DOCUMENT: Steps = [
    ("type_over", TITLE, "CONDITIONS AT A GLANCE"),
    ("type_over", "Risk register", "Conditions at a glance"),
    ("click", "Mitigation"),
    ("delete_column",),
    ("click", "Progress Update from this Quarter"),
    ("delete_column",),
    ("type_over", "Risk", "Condition"),
    ("type_over", "Assurance Level", "Level"),
    ("replace_throughout", "risk in risks", "condition in conditions"),
    ("replace_throughout", "risk.", "condition."),
]
TRACKED: Steps = [
    ("track_changes",),
    *COLUMN,
    ("type_over", "{{p risk.mitigation }}", "{{p risk.progress }}"),
]
MOVED: Steps = [
    ("click", "Assurance Level"),
    ("choose", "EntireColumn"),
    ("choose", "Cut"),
    ("choose", "DeleteColumns"),
    ("click", "Mitigation"),
    ("click_in_cell", "A1"),
    ("choose", "PasteColumnsBefore"),
]
CURLY: Steps = [
    ("type_over", "{{p risk.mitigation }}", "{% if risk.level == ‘Green’ %}on track{% else %}look{% endif %}")
]
SLIPS: Steps = [
    ("type_over", "{{p risk.mitigation }}", "{{ Risk.mitigation }}"),
    ("type_over", "{{p risk.progress }}", "{{ p risk.progress }}"),
]
FIRST_COLUMN: Steps = [("click", "{{ risk.heading }}"), ("delete_column",)]


@dataclass(frozen=True)
class Tried:
    """A pack after its templates were worked in, and the documents that a build made of it."""

    folder: Path
    made: Path

    def text(self, document: str) -> str:
        return text_of((self.made / f"{document}.docx").read_bytes())


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Tried]:
    """Each try under its name; all templates are worked in in one start of LibreOffice."""
    folder = tmp_path_factory.mktemp("writer")
    logo = folder / "logo.png"
    Image.new("RGB", (300, 100), "#1F4E79").save(logo)
    looks: Steps = [
        ("change_style", "Heading 1", 26, 0x7A1F4E),
        ("put_logo", str(logo), "Arms of the council", 12),
    ]
    steps = {
        "heading": HEADING,
        "column": COLUMN,
        "moved": MOVED,
        "tracked": TRACKED,
        "curly": CURLY,
        "looks": looks,
        "logo without words": [("put_logo", str(logo), "", 12)],
        "slips": SLIPS,
        "first column": FIRST_COLUMN,
    }
    jobs = {
        copy_pack("safety-valve", folder / name).folder / "risk-register.docx": each
        for name, each in steps.items()
    }
    document = copy_pack("safety-valve", folder / "document").folder
    new = Path(shutil.copyfile(document / "risk-register.docx", document / "conditions-at-a-glance.docx"))
    added = PAGE.partition("end of `my-pack/pack.toml`:")[2].partition("```toml\n")[2].partition("```")[0]
    with (document / "pack.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n{added}")
    work_in_writer(jobs | {new: DOCUMENT}, folder / "profile")
    workbook = folder / "return.xlsx"
    save(workbook, small_return())

    def made(name: str) -> Tried:
        options = BuildOptions(folder / f"out-{name}", str(folder / name))
        if not options.out.exists():
            build_workbook(workbook, options, waiting=lambda _: None)
        return Tried(folder / name, options.out / "return")

    return made


def test_the_walks_are_those_of_the_page() -> None:
    walks = PAGE.partition("## Rename a heading")[2]
    for steps in (HEADING, COLUMN, DOCUMENT):
        for name, *words in steps:
            told = words[1:] if name == "type_over" else words
            for each in told:
                if not str(each)[1:].isdigit() and str(each) not in ("OUR RISKS", "CONDITIONS AT A GLANCE"):
                    assert str(each).casefold() in walks.casefold(), each


def test_rename_a_heading(tried: Callable[[str], Tried]) -> None:
    told = tried("heading").text("risk-register")
    assert "| Risk | Assurance Level | What we are doing about it | Progress Update from this Quarter" in told
    assert "[Form Title] OUR RISKS" in told


def test_add_a_column(tried: Callable[[str], Tried]) -> None:
    made = tried("column")
    told = made.text("risk-register")
    assert "| Risk | Now | Assurance Level | Mitigation | Progress Update from this Quarter" in told
    table = Document(str(made.made / "risk-register.docx")).tables[0]
    assert [row.cells[1].text for row in table.rows][:2] == ["Now", "Green"]
    assert table._tbl.tr_lst[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


def test_add_a_document(tried: Callable[[str], Tried]) -> None:
    made = tried("document")
    told = made.text("conditions-at-a-glance")
    assert "| Condition | Level" in told
    assert "[Form Title] CONDITIONS AT A GLANCE" in told
    assert "[Heading 1] Conditions at a glance: " in told
    assert "[Heading 2, left] Condition 3a: " in told, "it looks as the risk register does"
    opened = Document(str(made.made / "conditions-at-a-glance.docx"))
    assert opened.core_properties.title.startswith("Conditions at a glance: ")


def test_a_column_that_moved_stands_where_it_is(tried: Callable[[str], Tried]) -> None:
    made = tried("moved")
    assert "| Assurance Level | Risk | Mitigation | Progress Update" in made.text("risk-register")
    row = Document(str(made.made / "risk-register.docx")).tables[0].rows[1]
    assert row.cells[0].text == "Update 1 (May)\nGreen\nUpdate 2 (August)"
    assert row.cells[1].text.startswith("Risk 1: ")


def test_tracked_changes_count_as_accepted(tried: Callable[[str], Tried]) -> None:
    made = tried("tracked")
    told = made.text("risk-register")
    assert "| Risk | Now | Assurance Level |" in told
    row = Document(str(made.made / "risk-register.docx")).tables[0].rows[1]
    assert row.cells[1].text == "Green"
    assert row.cells[3].text == row.cells[4].text != ""


def test_curly_quotation_marks_are_understood(tried: Callable[[str], Tried]) -> None:
    assert "on track" in tried("curly").text("risk-register")


def test_looks_reach_the_documents(tried: Callable[[str], Tried]) -> None:
    made = tried("looks").made / "risk-register.docx"
    opened = Document(str(made))
    (heading,) = (each for each in opened.styles if str(each.name) == "Heading 1")
    assert heading.element.find(f"{qn('w:rPr')}/{qn('w:sz')}").get(qn("w:val")) == "52"
    (described,) = (
        each.get("descr")
        for each in opened.sections[0].header._element.iter(qn("wp:docPr"))
        if each.get("descr")
    )
    assert described == "Arms of the council"
    assert barriers(tried("looks").folder) == []
    (told,) = barriers(tried("looks").folder.with_name("logo without words"))
    assert told.endswith(" has no alt text")
    assert faults(made.read_bytes()) == []


def test_what_people_get_wrong_is_told_with_its_mend(tried: Callable[[str], Tried], tmp_path: Path) -> None:
    folder = tried("heading").folder.parent
    told, _ = check_pack(folder / "slips")
    assert [fault.partition(": ")[2] for fault in told] == [
        "{{ Risk.mitigation }} names Risk, a name that is not there. Did you mean risk or risks or risk.ref?",
        "{{ p risk.progress }} has a space before its p: write {{p risk.progress }}.",
    ]
    told, _ = check_pack(folder / "first column")
    outside = "stands outside of {% for risk in risks %}, which alone says what risk is."
    assert [fault.endswith(outside) for fault in told] == [True, True, True]


def test_every_try_that_is_sound_passes_and_is_valid(
    tried: Callable[[str], Tried], ooxml_faults: Callable[[Iterable[Path]], list[str]]
) -> None:
    sound = [tried(name) for name in ("heading", "column", "document", "moved", "tracked", "curly", "looks")]
    assert [check_pack(each.folder)[0] for each in sound] == [[]] * len(sound)
    new = [sound[2].made / f"{name}.docx" for name in ("conditions-at-a-glance", "submission")]
    documents = [*new, *(each.made / "risk-register.docx" for each in sound)]
    assert ooxml_faults(documents) == []
    assert [faults(each.read_bytes()) for each in documents] == [[]] * len(documents)
