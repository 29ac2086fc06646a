"""`packs`: the sets of templates, a copy to change, and what is wrong in one."""

from collections.abc import Callable
from pathlib import Path

import docx
from docx.shared import Pt

from tests.cli.conftest import Said
from tests.pipeline.content import save, small_return

TEMPLATES = Path(__file__).parents[2] / "templates"


def test_packs_are_listed_copied_and_checked(desk: Path, console: Callable[..., None]) -> None:
    (desk / "a-file").touch()
    (desk / "full").mkdir()
    (desk / "full/letter.docx").touch()
    console(
        "packs",
        "packs",
        "packs copy safety-valve mine",
        "packs check mine",
        "packs copy safety-valve mine",
        "packs copy safety-valve full",
        "packs copy safety-vlave other",
        "packs check nowhere",
        "packs check a-file",
        "packs check full",
        "packs copy mine 'our pack'",
        "packs copy mine schools-forum",
        hiding={str(TEMPLATES): "TEMPLATES"},
    )


def test_packs_check_tells_every_fault_of_a_template(
    desk: Path, svreport: Callable[..., Said], console: Callable[..., None]
) -> None:
    svreport("packs", "copy", "safety-valve", "mine")
    template = desk / "mine/risk-register.docx"
    changed = docx.Document(str(template))
    changed.add_paragraph("{{ authorty }} and {{ risks.wording }}")
    changed.add_paragraph("{% for risk in risks %}")
    changed.add_paragraph().add_run("Small print.").font.size = Pt(8)
    changed.save(str(template))
    (desk / "mine/programme-overview.docx").write_bytes(b"not a Word file")
    (desk / "mine/spare.docx").write_bytes(template.read_bytes())
    (desk / "mine/risk-register.odt").touch()
    save(desk / "return.xlsx", small_return())
    console("packs-check", "packs check mine", "build return.xlsx --pack mine")
    assert not (desk / "outputs").exists()


def test_a_copied_pack_builds_the_same_documents(desk: Path, svreport: Callable[..., Said]) -> None:
    save(desk / "return.xlsx", small_return())
    svreport("packs", "copy", "safety-valve", "mine")
    assert (
        svreport("build", "return.xlsx").code
        == svreport("build", "return.xlsx", "--pack", "mine", "--out", "own").code
    )
    for made in (desk / "outputs/return").glob("*.docx"):
        assert (desk / "own/return" / made.name).read_bytes() == made.read_bytes()
