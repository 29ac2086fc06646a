"""An attack: files that somebody prepared, the calls that meet them, and what has to hold whatever they hold."""

import hashlib
import json
import os
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import IO

from lxml import etree

ROOT = Path(__file__).resolve().parents[2]
CANARY = "canary-5d1f0c"
"""Stands in every file that no call has any business to read."""

MEGABYTES, SECONDS = 1_500, 30
_AT_ONCE = 2


@dataclass(frozen=True)
class Attack:
    """`prepare` fills the folder that the calls are made in; each call may end with one of the codes.

    `says` has to stand in what the calls print. `unsaid` must not, nor anywhere in the documents.
    """

    prepare: Callable[[Path], object]
    calls: tuple[tuple[str, ...], ...] = (("check", "return.xlsx"), ("build", "return.xlsx"))
    codes: tuple[int, ...] = (0, 1)
    says: str = ""
    unsaid: str = CANARY
    megabytes: int = MEGABYTES
    seconds: int = SECONDS
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ended:
    """How one call ended: `seen` is what it opened or changed outside its folder, `megabytes` its most memory."""

    words: tuple[str, ...]
    code: int
    out: str
    err: str
    seen: tuple[str, ...]
    megabytes: int
    seconds: float


@dataclass(frozen=True)
class Survived:
    """What became of an attack: how each call ended, and the faults of what it left behind."""

    attack: Attack
    desk: Path
    calls: tuple[Ended, ...]
    faults: tuple[str, ...]

    @property
    def documents(self) -> list[Path]:
        return sorted((self.desk / "outputs").rglob("*.docx"))


def survive(attacks: Mapping[str, Attack], folder: Path, cache: Path) -> dict[str, Survived]:
    """Makes every call of every attack, two attacks at a time."""
    servers: SimpleQueue[_Server] = SimpleQueue()
    started = [_Server() for _ in range(_AT_ONCE)]
    for server in started:
        servers.put(server)

    def one(number: int, attack: Attack) -> Survived:
        server = servers.get()
        try:
            return _survive(attack, folder / str(number), cache, server)
        finally:
            servers.put(server)

    try:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            futures = {name: pool.submit(one, n, attack) for n, (name, attack) in enumerate(attacks.items())}
            return {name: each.result() for name, each in futures.items()}
    finally:
        for server in started:
            server.end()


def _survive(attack: Attack, folder: Path, cache: Path, server: "_Server") -> Survived:
    desk, outside, scratch = folder / "desk", folder / "outside", folder.with_name(f"{folder.name}-scratch")
    desk.mkdir(parents=True)
    scratch.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text(f"{CANARY} of the outside", encoding="utf-8")
    (folder / "secret.xlsx").write_text(f"{CANARY} of the folder above", encoding="utf-8")
    attack.prepare(desk)
    before = _listing(folder)
    calls = tuple(server.call(attack, desk, words, cache, scratch) for words in attack.calls)
    after = _listing(folder)
    faults = [
        f"{path}: {before.get(path, 'not there')} before, {after.get(path, 'not there')} after"
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path) and not path.startswith("desk/outputs")
    ]
    faults += _leaks(desk / "outputs", attack.unsaid)
    return Survived(attack, desk, calls, tuple(faults))


def _listing(folder: Path) -> dict[str, str]:
    """What every file and folder is, links unfollowed."""
    found = {}
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(parent, name)
            key = os.fsencode(path.relative_to(folder)).decode("utf-8", "backslashreplace")
            kind = path.lstat().st_mode
            if stat.S_ISREG(kind) and os.access(path, os.R_OK):
                found[key] = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
            else:
                found[key] = f"{stat.S_IFMT(kind):o}"
    return found


def _leaks(outputs: Path, unsaid: str) -> Iterable[str]:
    """Files of the outputs that hold what must not be said, or that are not whole."""
    for path in sorted(outputs.rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        pieces = [data]
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as parts:
                pieces = [parts.read(name) for name in parts.namelist()]
                for name in parts.namelist():
                    if name.endswith((".xml", ".rels")):
                        etree.fromstring(parts.read(name))
        if any(unsaid.encode() in piece for piece in pieces):
            yield f"{path.name} holds {unsaid}"


class _Server:
    """A process of `confined` and the pipe to it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.confined"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def call(self, attack: Attack, desk: Path, words: tuple[str, ...], cache: Path, scratch: Path) -> Ended:
        call = {
            "desk": str(desk),
            "words": words,
            "megabytes": attack.megabytes,
            "seconds": attack.seconds,
            "settings": {
                "SVREPORT_CACHE": str(cache),
                "NO_COLOR": "1",
                "TMPDIR": str(scratch),
                **attack.environment,
            },
            "allowed": [str(desk), str(cache), str(scratch)],
        }
        _pipe(self._process.stdin).write(json.dumps(call) + "\n")
        _pipe(self._process.stdin).flush()
        line = _pipe(self._process.stdout).readline()
        assert line, f"the process that serves calls ended at {words}"
        told = json.loads(line)
        told["seen"] = tuple(told["seen"])
        return Ended(words, **told)

    def end(self) -> None:
        _pipe(self._process.stdin).close()
        _pipe(self._process.stdout).close()
        self._process.wait()


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


def assert_harmless(survived: Survived) -> None:
    """No traceback, an exit code of the contract, nothing opened, changed or said that must not be."""
    for call in survived.calls:
        told = f"{call}"[:3000]
        assert call.code in survived.attack.codes, told
        assert call.seen == (), told
        assert "Traceback" not in call.out + call.err, told
        assert "fault of its own" not in call.err, told
        assert "more memory than there is" not in call.err, told
        assert survived.attack.unsaid not in call.out + call.err, told
        if call.code == 2:
            assert call.err.startswith("svreport: ") or "not built" in call.err, told
            assert 20 < len(call.err) < 5_000, told
    assert survived.faults == ()
    if survived.attack.says:
        assert survived.attack.says in "".join(call.out + call.err for call in survived.calls), survived.calls
