"""A build reaches its folder whole, and never at the cost of a person's work."""

import io
import json
import os
import subprocess
import sys
import textwrap
import threading
import time
import zipfile
from pathlib import Path

import pytest

from svreport.errors import OutputInUse
from svreport.publish import content
from svreport.publish.bundle import Bundle, publish
from svreport.publish.manifest import Manifest, read_manifest
from svreport.publish.outcome import Deed, Outcome
from svreport.word.digest import same_parts
from tests.publish.word_files import as_edited, as_synced, word

RISKS = "risk-register.docx"
CHART = "charts/EHCP.png"


def bundle(risks: bytes, chart: bytes = b"picture", pack: str = "safety-valve") -> Bundle:
    return Bundle({RISKS: risks, CHART: chart}, Manifest(version="1", workbook="a.xlsx"), pack)


def build(folder: Path, risks: bytes, chart: bytes = b"picture", *, force: bool = False) -> list[Outcome]:
    return publish(bundle(risks, chart), folder, force=force, waiting=lambda: None)


def deeds(outcomes: list[Outcome]) -> dict[str, Deed]:
    return {each.path: each.deed for each in outcomes}


def visible(folder: Path) -> set[str]:
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    return {path for path in found if not path.startswith(".")}


def test_first_build_writes_everything(tmp_path: Path) -> None:
    outcomes = build(tmp_path / "new", word("one"))

    assert deeds(outcomes) == {RISKS: Deed.WRITTEN, CHART: Deed.WRITTEN}
    assert visible(tmp_path / "new") == {RISKS, CHART, "manifest.json"}
    told = json.loads((tmp_path / "new/manifest.json").read_text())
    assert told["files"][CHART]["size"] == len(b"picture")
    assert "pending" not in told


def test_an_equal_build_touches_no_file(tmp_path: Path) -> None:
    build(tmp_path, word("one"))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if not path.name.startswith(".")}

    outcomes = build(tmp_path, word("one"))

    assert set(deeds(outcomes).values()) == {Deed.UNCHANGED}
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_file_that_a_drive_rewrote_counts_as_untouched(tmp_path: Path) -> None:
    build(tmp_path, word("one"))
    synced = as_synced(word("one"))
    (tmp_path / RISKS).write_bytes(synced)

    assert deeds(build(tmp_path, word("one")))[RISKS] is Deed.UNCHANGED
    assert (tmp_path / RISKS).read_bytes() == synced
    assert deeds(build(tmp_path, word("two")))[RISKS] is Deed.WRITTEN
    assert (tmp_path / RISKS).read_bytes() == word("two")


def test_a_file_that_stands_as_it_was_written_is_not_taken_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, word("one"))
    taken_apart: list[bytes] = []
    digest = content.content_digest

    def noted(path: str, data: bytes) -> str:
        taken_apart.append(data)
        return digest(path, data)

    monkeypatch.setattr(content, "content_digest", noted)

    assert deeds(build(tmp_path, word("two")))[RISKS] is Deed.WRITTEN
    assert taken_apart == []
    (tmp_path / RISKS).write_bytes(as_edited(word("two"), "mine"))
    assert deeds(build(tmp_path, word("three")))[RISKS] is Deed.BESIDE_EDITED
    assert taken_apart == [as_edited(word("two"), "mine")]


@pytest.mark.parametrize("claims", ["another checksum", "the right one"])
def test_what_a_zip_file_claims_of_its_parts_is_not_believed(claims: str) -> None:
    """A file whose checksum is wrong, or whose part is not what its checksum says, holds no part of ours."""
    ours = word("one")
    assert same_parts(as_synced(ours), ours)
    with zipfile.ZipFile(io.BytesIO(ours)) as package:
        body = package.getinfo("word/document.xml")
    damaged = bytearray(ours)
    if claims == "another checksum":
        damaged = damaged.replace(body.CRC.to_bytes(4, "little"), b"\0\0\0\0")
    else:
        damaged[body.header_offset + 30 + len(body.filename) + 20] ^= 0xFF
    assert not same_parts(bytes(damaged), ours)


def test_edits_are_kept_through_a_sequence_of_builds(tmp_path: Path) -> None:
    """Build, edit, build, build, edit the draft beside it, build, force."""
    build(tmp_path, word("one"))
    theirs = as_edited(word("one"), "mine")
    (tmp_path / RISKS).write_bytes(theirs)

    second = build(tmp_path, word("two"))
    assert second[0] == Outcome(RISKS, Deed.BESIDE_EDITED, "risk-register.draft-2.docx")
    assert (tmp_path / RISKS).read_bytes() == theirs
    assert (tmp_path / "risk-register.draft-2.docx").read_bytes() == word("two")

    third = build(tmp_path, word("three"))
    assert third[0].other == "risk-register.draft-2.docx"
    assert (tmp_path / "risk-register.draft-2.docx").read_bytes() == word("three")

    theirs_too = as_edited(word("three"), "mine too")
    (tmp_path / "risk-register.draft-2.docx").write_bytes(theirs_too)
    fourth = build(tmp_path, word("four"))
    assert fourth[0].other == "risk-register.draft-3.docx"
    assert (tmp_path / RISKS).read_bytes() == theirs
    assert (tmp_path / "risk-register.draft-2.docx").read_bytes() == theirs_too

    forced = build(tmp_path, word("five"), force=True)
    assert forced[0] == Outcome(RISKS, Deed.REPLACED, f"kept/{RISKS}")
    assert (tmp_path / "kept" / RISKS).read_bytes() == theirs
    assert (tmp_path / RISKS).read_bytes() == word("five")
    assert (tmp_path / "risk-register.draft-2.docx").read_bytes() == theirs_too
    assert not (tmp_path / "risk-register.draft-3.docx").exists(), "ours, untouched and no longer needed"


def test_forcing_twice_keeps_both_of_a_persons_files(tmp_path: Path) -> None:
    for words in ("first", "second"):
        build(tmp_path, word("one"), force=True)
        (tmp_path / RISKS).write_bytes(as_edited(word("one"), words))
    build(tmp_path, word("one"), force=True)

    kept = {path.name: path.read_bytes() for path in (tmp_path / "kept").iterdir()}
    assert kept == {
        RISKS: as_edited(word("one"), "first"),
        "risk-register (2).docx": as_edited(word("one"), "second"),
    }


def test_undone_edits_make_the_file_ours_again(tmp_path: Path) -> None:
    build(tmp_path, word("one"))
    (tmp_path / RISKS).write_bytes(as_edited(word("one"), "mine"))
    build(tmp_path, word("two"))
    (tmp_path / RISKS).write_bytes(as_synced(word("one")))

    assert deeds(build(tmp_path, word("three"))) == {
        RISKS: Deed.WRITTEN,
        CHART: Deed.UNCHANGED,
        "risk-register.draft-2.docx": Deed.REMOVED,
    }
    assert (tmp_path / RISKS).read_bytes() == word("three")


def test_a_word_file_without_a_manifest_is_a_persons(tmp_path: Path) -> None:
    (tmp_path / RISKS).write_bytes(word("somebody's own"))

    assert build(tmp_path, word("one"))[0].deed is Deed.BESIDE_EDITED
    assert (tmp_path / RISKS).read_bytes() == word("somebody's own")


@pytest.mark.parametrize("junk", [b"", b"not a zip", b"PK\x03\x04cut"])
def test_a_file_that_is_no_word_file_any_more_is_kept(tmp_path: Path, junk: bytes) -> None:
    build(tmp_path, word("one"))
    (tmp_path / RISKS).write_bytes(junk)

    assert build(tmp_path, word("two"))[0].deed is Deed.BESIDE_EDITED
    assert (tmp_path / RISKS).read_bytes() == junk


@pytest.mark.parametrize(
    "owner",
    ["~$risk-register.docx", "~$sk-register.docx", f".~lock.{RISKS}#"],
    ids=["word", "word-long", "libre"],
)
def test_an_open_file_stays_and_the_build_goes_beside_it(tmp_path: Path, owner: str) -> None:
    build(tmp_path, word("one"))
    (tmp_path / owner).write_bytes(b"owner")

    assert build(tmp_path, word("two"))[0] == Outcome(RISKS, Deed.BESIDE_HELD, "risk-register.draft-2.docx")
    assert (tmp_path / RISKS).read_bytes() == word("one")

    (tmp_path / owner).unlink()
    assert deeds(build(tmp_path, word("two")))[RISKS] is Deed.WRITTEN
    assert not (tmp_path / "risk-register.draft-2.docx").exists()


def test_a_file_that_refuses_to_be_replaced_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows refuses while a program has the file open."""
    build(tmp_path, word("one"), b"old")
    replace = Path.replace

    def refusing(self: Path, target: Path) -> Path:
        if Path(target).name in (RISKS, "EHCP.png"):
            raise PermissionError(13, "in use", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refusing)
    outcomes = build(tmp_path, word("two"), b"new")

    assert outcomes[0] == Outcome(RISKS, Deed.BESIDE_HELD, "risk-register.draft-2.docx")
    assert outcomes[1] == Outcome(CHART, Deed.HELD)
    assert (tmp_path / RISKS).read_bytes() == word("one")
    assert (tmp_path / CHART).read_bytes() == b"old"


def test_a_file_that_is_no_longer_made_goes_unless_a_person_changed_it(tmp_path: Path) -> None:
    build(tmp_path, word("one"))
    publish(Bundle({}, Manifest(version="1"), "safety-valve"), tmp_path, force=False, waiting=lambda: None)
    assert visible(tmp_path) == {"manifest.json"}

    build(tmp_path, word("one"))
    (tmp_path / RISKS).write_bytes(as_edited(word("one"), "mine"))
    publish(Bundle({}, Manifest(version="1"), "safety-valve"), tmp_path, force=False, waiting=lambda: None)
    assert visible(tmp_path) == {RISKS, "manifest.json"}


def test_another_packs_files_are_left_alone(tmp_path: Path) -> None:
    build(tmp_path, word("one"))
    publish(
        Bundle({"forum.docx": word("f")}, Manifest(), "forum"), tmp_path, force=False, waiting=lambda: None
    )

    assert visible(tmp_path) == {RISKS, CHART, "forum.docx", "manifest.json"}
    assert set(read_manifest(tmp_path).files) == {RISKS, CHART, "forum.docx"}


def test_files_are_put_into_place_in_their_order_and_the_manifest_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed: list[str] = []
    replace = Path.replace

    def noted(self: Path, target: Path) -> Path:
        placed.append(str(Path(target).relative_to(tmp_path)))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", noted)
    pictures = {f"charts/{n}.png": str(n).encode() * 100_000 for n in range(20)}
    files = {RISKS: word("one"), "charts-1.png": b"another", **pictures}
    publish(Bundle(files, Manifest(version="1"), "safety-valve"), tmp_path, force=False, waiting=lambda: None)
    assert placed == ["manifest.json", *files, "manifest.json"]
    assert {path: (tmp_path / path).read_bytes() for path in files} == files


def test_without_threads_everything_is_written_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", none_left)
    assert set(deeds(build(tmp_path, word("one"))).values()) == {Deed.WRITTEN}
    assert visible(tmp_path) == {RISKS, CHART, "manifest.json"}


def test_one_that_cannot_be_assembled_is_told_when_those_before_it_are_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the disk has no more room: the next build knows what was written as its own."""
    build(tmp_path, word("one"), b"old")
    sync = os.fsync

    def full(number: int) -> None:
        if os.fstat(number).st_size == len(b"a new picture"):
            raise OSError(28, "No space left on device")
        sync(number)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputInUse, match="No space left on device"):
        build(tmp_path, word("two"), b"a new picture")
    assert (tmp_path / RISKS).read_bytes() == word("two")
    assert (tmp_path / CHART).read_bytes() == b"old"
    monkeypatch.undo()
    assert deeds(build(tmp_path, word("three"), b"new")) == {RISKS: Deed.WRITTEN, CHART: Deed.WRITTEN}


def test_what_a_killed_build_left_is_cleared(tmp_path: Path) -> None:
    leftover = tmp_path / ".svreport-building" / "half.docx.tmp"
    leftover.parent.mkdir()
    leftover.write_bytes(b"half")
    (tmp_path / "manifest.json").write_text('{"version": "1", "work')

    build(tmp_path, word("one"))
    assert not leftover.parent.exists()
    assert read_manifest(tmp_path).version == "1"


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "outputs").write_text("a file where a folder should be")
    with pytest.raises(OutputInUse, match="cannot be written"):
        build(tmp_path / "outputs" / "a", word("one"))


def test_a_manifest_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").mkdir()
    with pytest.raises(OutputInUse, match=r"manifest\.json.* cannot be written"):
        build(tmp_path, word("one"))


KILLS = 11
BUILDER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from svreport.publish.bundle import Bundle, publish
    from svreport.publish.manifest import Manifest
    from tests.publish.word_files import word

    folder, words = Path(sys.argv[1]), sys.argv[2]
    files = {f"part-{n}.docx": word(words, str(n)) for n in range(6)} | {"charts/a.png": words.encode()}
    bundle = Bundle(files, Manifest(version=words), "safety-valve")
    print("ready", flush=True)
    publish(bundle, folder, force=False, waiting=lambda: print("waiting", flush=True))
    """
)


def _builder(folder: Path, words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", BUILDER, str(folder), words],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def test_a_kill_at_any_moment_leaves_files_whole_and_ours(tmp_path: Path) -> None:
    with _builder(tmp_path, "0") as first:
        assert first.wait() == 0
    texts = {word(str(build), str(part)): build for build in range(KILLS + 2) for part in range(6)}
    for number in range(1, KILLS + 1):
        with _builder(tmp_path, str(number)) as killed:
            assert killed.stdout is not None
            killed.stdout.readline()
            time.sleep(number * 0.002)
            killed.kill()
        for part in range(6):
            assert texts[(tmp_path / f"part-{part}.docx").read_bytes()] <= number

    with _builder(tmp_path, str(KILLS + 1)) as last:
        assert last.wait() == 0
    expected = {f"part-{part}.docx" for part in range(6)} | {"charts/a.png", "manifest.json"}
    assert visible(tmp_path) == expected, "no draft beside: the killed builds' files were known as ours"
    assert all(texts[(tmp_path / f"part-{part}.docx").read_bytes()] == KILLS + 1 for part in range(6))


def test_a_second_build_waits_and_says_so(tmp_path: Path) -> None:
    from svreport.publish.lock import alone_in

    with alone_in(tmp_path, lambda: None):
        second = _builder(tmp_path, "two")
        assert second.stdout is not None
        assert [second.stdout.readline() for _ in range(2)] == ["ready\n", "waiting\n"]
        assert not (tmp_path / "part-0.docx").exists()
    with second:
        assert second.wait() == 0
    assert (tmp_path / "part-0.docx").exists()
