"""What every finished file says of itself, and that it says the same wherever it is made."""

import datetime
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from svreport.word.archive import CORE
from svreport.word.markup import local, name
from svreport.word.opening import read_word
from svreport.word.packaging import Properties
from svreport.word.template import Template
from tests.word.samples import full_template, properties, sample

CHECKOUT = Path(__file__).parents[2]

MAKE = """
import sys, time
from pathlib import Path
from svreport.word.joining import join
from svreport.word.template import Template
from tests.word.samples import properties, sample
part = Template.open(Path(sys.argv[1])).render(sample(2), properties())
sys.stdout.buffer.write(join([part, part], properties("Return")))
"""


@pytest.fixture
def made(tmp_path: Path) -> bytes:
    return Template.open(full_template(tmp_path / "full.docx")).render(sample(2), properties())


def _core(data: bytes) -> dict[str, str | None]:
    archive = read_word(data, "made")
    (part,) = archive.related("", CORE)
    return {local(each): each.text for each in archive.tree(part)}


def test_the_same_input_gives_the_same_bytes_whatever_the_surroundings(tmp_path: Path) -> None:
    template = full_template(tmp_path / "full.docx")
    made = set()
    for seed, zone, folder in (("1", "UTC", CHECKOUT), ("2", "Pacific/Auckland", tmp_path)):
        surroundings = {
            **os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C", "USER": seed, "PYTHONPATH": str(CHECKOUT)
        }  # fmt: skip
        run = [sys.executable, "-c", MAKE, str(template)]
        made.add(subprocess.run(run, cwd=folder, env=surroundings, check=True, capture_output=True).stdout)
    assert len(made) == 1
    assert made.pop().startswith(b"PK")


def test_properties_are_the_return_s_own(made: bytes) -> None:
    assert _core(made) == {
        "title": "Detailed update",
        "creator": "Wiltshire",
        "lastModifiedBy": "Wiltshire",
        "language": "en-GB",
        "created": "2024-12-11T00:00:00Z",
        "modified": "2024-12-11T00:00:00Z",
    }


def test_without_a_date_none_is_told(tmp_path: Path) -> None:
    template = Template.open(full_template(tmp_path / "full.docx"))
    told = _core(template.render(sample(1), Properties("A & B <c>", "D & E")))
    assert told == {"title": "A & B <c>", "creator": "D & E", "lastModifiedBy": "D & E", "language": "en-GB"}
    later = template.render(sample(1), Properties("A", "D", date=datetime.date(2025, 1, 2)))
    assert _core(later)["modified"] == "2025-01-02T00:00:00Z"


def test_nothing_of_the_template_s_own_making_is_left(made: bytes, tmp_path: Path) -> None:
    path = tmp_path / "made.docx"
    path.write_bytes(made)
    with zipfile.ZipFile(path) as file:
        names = file.namelist()
        assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {each.create_system for each in file.infolist()} == {0}
        everything = b"".join(file.read(each) for each in names)
    assert names[0] == "[Content_Types].xml"
    assert [each for each in names if each.startswith("docProps")] == ["docProps/core.xml"]
    for left in (b"python-docx", b"w:rsids", b"updateFields", b"attachedTemplate", b"en-US", b"thumbnail"):
        assert left not in everything


def test_the_language_is_british_english_in_styles_too(made: bytes) -> None:
    archive = read_word(made, "made")
    part = archive.part_of("styles")
    assert part is not None
    told = {each.get(name("w:val")) for each in archive.tree(part).iter(name("w:lang"))}
    assert told == {"en-GB"}
