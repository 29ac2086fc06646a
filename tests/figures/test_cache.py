"""The charts that are kept: whole or not there, never in the way."""

import os
from pathlib import Path

import pytest

from svreport.figures.cache import ChartCache, user_folder

PICTURE = b"\x89PNG and so on"


def test_what_is_put_in_comes_out(tmp_path: Path) -> None:
    cache = ChartCache(tmp_path / "not" / "there" / "yet")
    assert cache.get("a") is None
    cache.put({"a": PICTURE, "b": b""})
    assert cache.get("a") == PICTURE
    assert cache.get("b") == b""
    assert cache.get("c") is None
    assert sorted(each.name for each in cache.folder.iterdir()) == ["a.chart", "b.chart"]


@pytest.mark.parametrize("damage", [b"", b"\0" * 10, b"\0" * 32 + PICTURE])
def test_a_damaged_file_counts_as_none(tmp_path: Path, damage: bytes) -> None:
    cache = ChartCache(tmp_path)
    cache.put({"a": PICTURE})
    (tmp_path / "a.chart").write_bytes(damage)
    assert cache.get("a") is None
    cache.put({"a": PICTURE})
    assert cache.get("a") == PICTURE


def test_a_file_under_another_name_counts_as_none(tmp_path: Path) -> None:
    cache = ChartCache(tmp_path)
    cache.put({"a": PICTURE})
    (tmp_path / "a.chart").rename(tmp_path / "b.chart")
    assert cache.get("b") is None


def test_a_folder_that_cannot_be_used_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = ChartCache(tmp_path / "file")
    cache.put({"a": PICTURE})
    assert cache.get("a") is None


def test_the_oldest_make_room(tmp_path: Path) -> None:
    cache = ChartCache(tmp_path, most_bytes=350)
    for age, key in enumerate("abc"):
        cache.put({key: b"x" * 100})
        os.utime(tmp_path / f"{key}.chart", (1000 + age, 1000 + age))
    assert [key for key in "abc" if cache.get(key)] == ["b", "c"]
    (tmp_path / "own.txt").write_text("a person's")
    cache.put({"d": b"x" * 300})
    assert (tmp_path / "own.txt").exists()
    assert cache.get("d")


def test_half_written_files_of_a_killed_build_are_cleared_with_the_oldest(tmp_path: Path) -> None:
    cache = ChartCache(tmp_path, most_bytes=200)
    (tmp_path / "writing-abc").write_bytes(b"x" * 150)
    os.utime(tmp_path / "writing-abc", (1000, 1000))
    cache.put({"a": b"x" * 100})
    assert [each.name for each in tmp_path.iterdir()] == ["a.chart"]


def test_the_users_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SVREPORT_CACHE", str(tmp_path))
    assert user_folder() == tmp_path / "charts"
    monkeypatch.delenv("SVREPORT_CACHE")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert user_folder() == tmp_path / "xdg" / "svreport" / "charts"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert user_folder() == tmp_path / ".cache" / "svreport" / "charts"
    monkeypatch.setattr("sys.platform", "darwin")
    assert user_folder() == tmp_path / "Library" / "Caches" / "svreport" / "charts"
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    assert user_folder() == tmp_path / "Local" / "svreport" / "cache" / "charts"
