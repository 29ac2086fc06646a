"""A form that a person completed is theirs: a build puts its own beside it."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from svreport.pipeline.building import Built, build_workbook
from svreport.pipeline.options import BuildOptions
from svreport.publish.bundle import edited_drafts
from svreport.publish.outcome import Deed
from svreport.workbook.digest import content_digest
from tests.forms.conftest import NAME
from tests.forms.returns import content, opened, pack_folder, small_form, workbook

BESIDE = NAME.replace(".xlsx", ".draft-2.xlsx")


class Office:
    """A return in its folder, built and worked on again and again."""

    def __init__(self, folder: Path) -> None:
        self.options = BuildOptions(folder / "outputs", str(pack_folder(folder)))
        self.workbook = workbook(folder / "2026-09.xlsx")
        self.folder = folder / "outputs" / "2026-09"
        self.form = self.folder / NAME

    def build(self, force: bool = False) -> Built:
        options = BuildOptions(self.options.out, self.options.pack, force=force)
        return build_workbook(self.workbook, options, waiting=lambda _: None)

    def deed(self, force: bool = False) -> tuple[Deed, str]:
        outcome = next(each for each in self.build(force).outcomes if each.path == NAME)
        return outcome.deed, outcome.other

    def type(self, cell: str, value: str | int | None) -> bytes:
        book = opened(self.form.read_bytes())
        book["Cover"][cell] = value
        book.save(self.form)
        return self.form.read_bytes()

    def new_figure(self) -> None:
        changed = content()
        changed["Metric data"][5]["Actual"] = 6162
        workbook(self.workbook, changed)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path)
    made.build()
    return made


def test_what_a_person_typed_stays(office: Office) -> None:
    theirs = office.type("C20", "typed by hand")
    office.new_figure()
    assert office.deed() == (Deed.BESIDE_EDITED, BESIDE)
    assert office.form.read_bytes() == theirs
    assert opened((office.folder / BESIDE).read_bytes())["Quarterly Return Template"]["H8"].value == 6162
    assert office.deed() == (Deed.BESIDE_EDITED, BESIDE)
    assert not (office.folder / BESIDE.replace("2.xlsx", "3.xlsx")).exists()


def test_with_force_theirs_is_kept_aside(office: Office) -> None:
    theirs = office.type("C20", "typed by hand")
    assert office.deed(force=True) == (Deed.REPLACED, f"kept/{NAME}")
    assert (office.folder / "kept" / NAME).read_bytes() == theirs
    assert not (office.folder / BESIDE).exists()


def test_a_form_that_was_only_saved_is_written_again(office: Office) -> None:
    saved = io.BytesIO()
    opened(office.form.read_bytes()).save(saved)
    office.form.write_bytes(saved.getvalue())
    assert office.deed() == (Deed.WRITTEN, "")


def test_a_form_that_is_open_stays(office: Office) -> None:
    before = office.form.read_bytes()
    (office.folder / f"~${NAME}").write_bytes(b"lock")
    office.new_figure()
    assert office.deed() == (Deed.BESIDE_HELD, BESIDE)
    assert office.form.read_bytes() == before


def test_a_completed_form_does_not_stand_in_the_way_of_a_final(office: Office) -> None:
    """Nothing of it can be pulled; it stays where it is, and the build says so."""
    office.type("C20", "typed by hand")
    assert edited_drafts(office.folder) == []


CHANGES: dict[str, tuple[Callable[[Office], object], bool]] = {
    "a text": (lambda office: office.type("B2", "Another title"), True),
    "a number": (lambda office: office.type("C10", 96_101), True),
    "a formula": (lambda office: office.type("C13", "=LEN(C4)"), True),
    "a cleared cell": (lambda office: office.type("C9", None), True),
    "the same number": (lambda office: office.type("C10", 96_100), False),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_counts_as_a_change(change: str, office: Office) -> None:
    before = content_digest(office.form.read_bytes())
    do, counts = CHANGES[change]
    do(office)
    assert (content_digest(office.form.read_bytes()) != before) is counts


def test_comments_and_sheets_count_and_looks_do_not(office: Office) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font

    def digest(change: Callable[..., None]) -> str:
        book = opened(office.form.read_bytes())
        change(book)
        made = io.BytesIO()
        book.save(made)
        return content_digest(made.getvalue())

    def commented(book: object) -> None:
        book["Cover"]["C4"].comment = Comment("Is this so?", "Reviewer")  # type: ignore[index]

    def added(book: object) -> None:
        book.create_sheet("Notes")  # type: ignore[attr-defined]

    def bold(book: object) -> None:
        book["Cover"]["C4"].font = Font(bold=True)  # type: ignore[index]
        book["Cover"].column_dimensions["C"].width = 60  # type: ignore[index]

    before = content_digest(office.form.read_bytes())
    assert digest(lambda book: None) == before
    assert digest(bold) == before
    assert digest(commented) != before
    assert digest(added) != before


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a workbook"])
def test_what_is_no_workbook_has_the_digest_of_its_bytes(data: bytes) -> None:
    assert content_digest(data).startswith("bytes:")


def test_what_excel_writes_its_own_way_is_no_change() -> None:
    """Shared formulas and texts, numbers with all their digits, cells that are only styled."""
    typed: dict[str, object] = {
        "A1": "x",
        "B1": {"raw": '<c r="B1"><v>0.0562</v></c>'},
        "C1": {"formula": "A1+1", "value": 2},
        "C2": {"formula": "A2+1", "value": 2},
    }
    saved: dict[str, object] = {
        "A1": {"shared": 0},
        "B1": {"raw": '<c r="B1" s="3"><v>5.6200000000000001E-2</v></c>'},
        "C1": {"raw": '<c r="C1"><f t="shared" ref="C1:C2" si="0">A1+1</f><v>9</v></c>'},
        "C2": {"raw": '<c r="C2"><f t="shared" si="0"/><v>9</v></c>'},
        "D9": {"raw": '<c r="D9" s="2"/>'},
    }
    digests = {
        content_digest(small_form({"Form": typed})),
        content_digest(small_form({"Form": saved}, strings=("<si><r><t>x</t></r></si>",))),
    }
    assert len(digests) == 1
    assert not digests.pop().startswith("bytes:")
