"""`import`: a workbook from Word forms, what it could not read listed, never at the cost of a file that is there."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.cli.conftest import Said
from tests.word.forms_as_text import made


def test_import_tells_what_it_wrote_and_what_it_could_not_read(
    desk: Path, console: Callable[..., None]
) -> None:
    for name in ("letters", "published/return"):
        made(name, desk)
    console(
        "import",
        "import form.docx from-letters.xlsx",
        "import return.docx published.xlsx",
    )


def test_import_refuses_what_cannot_be(desk: Path, console: Callable[..., None]) -> None:
    made("three-files", desk)
    (desk / "there.xlsx").write_text("a person's file")
    (desk / "book.xlsx").write_text("a person's file")
    (desk / "old.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (desk / "cut.docx").write_bytes((desk / "update.docx").read_bytes()[:9000])
    (desk / "text.docx").write_text("no Word document")
    made("tracked", desk)
    console(
        "import-refused",
        "import update.docx there.xlsx",
        "import there.xlsx update.docx",
        "import update.docx risks.docx",
        "import update.docx",
        "import new.xlsx",
        "import update.docx return",
        "import book.xlsx new.xlsx",
        "import missing.docx new.xlsx",
        "import old.docx new.xlsx",
        "import cut.docx new.xlsx",
        "import text.docx new.xlsx",
        "import update.docx form.docx new.xlsx",
        "import update.docx nowhere/new.xlsx",
    )
    assert (desk / "there.xlsx").read_text() == "a person's file"
    assert not (desk / "new.xlsx").exists()


def test_an_imported_form_builds_at_once(
    desk: Path, svreport: Callable[..., Said], example_outputs: Mapping[str, Path]
) -> None:
    shutil.copyfile(example_outputs["wiltshire-2024-12"] / "submission.docx", desk / "form.docx")
    assert svreport("import", "form.docx", "again.xlsx").code == 0
    assert svreport("build", "again.xlsx").code == 0
    assert (desk / "outputs" / "again" / "submission.docx").exists()
