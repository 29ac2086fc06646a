"""LibreOffice, which makes PDFs of Word files: where it is found, how it is run, and what is told when it fails."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from svreport.errors import CannotGoOn, OfficeUnusable
from svreport.word.printable import printable

SETTING = "SVREPORT_SOFFICE"
"""Names LibreOffice's program where it is not in a usual place."""

SECONDS_WITHOUT_A_PDF = 300
"""How long LibreOffice may work without finishing a document: seconds are usual, minutes for a thousand pages."""

_SECONDS_BETWEEN_LOOKS = 0.05
_NAMES = ("soffice.com", "soffice.exe") if sys.platform == "win32" else ("soffice", "libreoffice")
_FRUITLESS_STARTS = 2

# Tagged as PDF/UA-1 asks, with bookmarks of the headings, and charts as they were drawn (not as JPEG).
_OPTIONS = {
    "PDFUACompliance": True,
    "UseTaggedPDF": True,
    "ExportBookmarks": True,
    "UseLosslessCompression": True,
    "ReduceImageResolution": False,
}
# LibreOffice 7.4 writes as a text what has to be a name (that links are reached in reading order). The mended one is as
# long, so that everything else stays where the PDF says it is.
_ORDER_AS_TEXT, _ORDER_AS_NAME = b"\n/Tabs(S)\n", b"\n/Tabs/S \n"
_FILTER = "pdf:writer_pdf_Export:" + json.dumps(
    {name: {"type": "boolean", "value": str(value).lower()} for name, value in _OPTIONS.items()},
    separators=(",", ":"),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why LibreOffice made no PDF of a document, to be read after its name and a colon."""

    told: str


def find_office() -> Path:
    """LibreOffice's program. Raises `OfficeUnusable` where there is none."""
    named = os.environ.get(SETTING, "").strip()
    if named:
        if _runs(Path(named)):
            return Path(named).absolute()
        raise OfficeUnusable(
            f"the setting {SETTING} names {named}, which is no program: let it name LibreOffice's soffice, or remove it"
        )
    # Not `shutil.which`, which on Windows looks into the folder that one stands in first: a shared one, perhaps.
    folders = [Path(each) for each in os.environ.get("PATH", "").split(os.pathsep) if each]
    for folder in (*(each for each in folders if each.is_absolute()), *_usual_folders()):
        for name in _NAMES:
            if _runs(folder / name):
                return folder / name
    raise OfficeUnusable(
        "LibreOffice, which makes them, was not found: install it (it is free, from libreoffice.org), or let the "
        f"setting {SETTING} name its program soffice"
    )


def _usual_folders() -> list[Path]:
    if sys.platform == "win32":
        roots = [os.environ.get(each) for each in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)")]
        return [Path(each) / "LibreOffice" / "program" for each in roots if each]
    if sys.platform == "darwin":
        application = Path("LibreOffice.app/Contents/MacOS")
        with suppress(RuntimeError):
            return [Path("/Applications") / application, Path.home() / "Applications" / application]
        return [Path("/Applications") / application]
    return [
        Path("/usr/lib/libreoffice/program"),
        *sorted(Path("/opt").glob("libreoffice*/program")),
        Path("/snap/bin"),
    ]


def _runs(program: Path) -> bool:
    with suppress(OSError, ValueError):
        return program.is_file() and os.access(program, os.X_OK)
    return False


def pdfs_of(program: Path, documents: Sequence[bytes]) -> list[bytes | Fault]:
    """The PDF of each Word file, or why there is none, in one start of LibreOffice.

    A document at which it crashes or hangs is left out, and the others are given to it again. Raises `OfficeUnusable`
    where it cannot be started, or where there is no room to work in.
    """
    made: dict[int, bytes | Fault] = {}
    waiting: dict[int, bytes] = {}
    for number, document in enumerate(documents):
        try:
            waiting[number] = printable(document)
        except CannotGoOn as fault:
            made[number] = Fault(str(fault))
    fruitless = 0
    while waiting:
        run = _run(program, waiting)
        made |= run.pdfs
        missing = [number for number in waiting if number not in run.pdfs]
        fruitless = 0 if run.pdfs else fruitless + 1
        # It takes them in order: the first that is missing is the one it stopped at.
        given_up = missing if run.ended or fruitless >= _FRUITLESS_STARTS else missing[:1]
        made |= {number: Fault(run.told) for number in given_up}
        waiting = {number: waiting[number] for number in missing if number not in given_up}
    return [made[number] for number in range(len(documents))]


@dataclass(frozen=True, slots=True)
class _Run:
    """The PDFs of one start; `ended` where it went through all documents, `told` is what to say of those missing."""

    pdfs: Mapping[int, bytes]
    ended: bool
    told: str


def _run(program: Path, documents: Mapping[int, bytes]) -> _Run:
    try:
        with tempfile.TemporaryDirectory(prefix="svreport-", ignore_cleanup_errors=True) as made:
            folder = Path(made).resolve()
            # Names of our own: what a workbook is called reaches no command line.
            sources = {number: folder / f"{number}.docx" for number in documents}
            for number, data in documents.items():
                sources[number].write_bytes(data)
            results = folder / "made"
            results.mkdir()
            code, said = _start(program, folder, results, [path.name for path in sources.values()])
            pdfs = {}
            for number in documents:
                with suppress(OSError):
                    data = (results / f"{number}.pdf").read_bytes()
                    if _is_whole(data):
                        pdfs[number] = data.replace(_ORDER_AS_TEXT, _ORDER_AS_NAME)
    except OSError as error:
        told = f"{error.filename} cannot be used ({error.strerror})" if error.filename else str(error)
        raise OfficeUnusable(
            f"LibreOffice ({program}) could not be run, because {told}: see that it can be started, and that the "
            "folder of temporary files can be written and has room"
        ) from error
    if code is None:
        return _Run(
            pdfs, False, f"LibreOffice worked on it for {SECONDS_WITHOUT_A_PDF} seconds, and was stopped"
        )
    if code != 0:
        return _Run(pdfs, False, f"LibreOffice stopped at it ({'; '.join([f'exit code {code}', *said])})")
    return _Run(pdfs, True, f"LibreOffice could not make it ({'; '.join(said) or 'it does not say why'})")


def _start(program: Path, folder: Path, results: Path, names: Sequence[str]) -> tuple[int | None, list[str]]:
    """Its exit code, None where it had to be stopped, and the last error that it told.

    It has a profile of its own: one that a person works with is locked while LibreOffice is open.
    """
    command = [
        str(program),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nolockcheck",
        "--convert-to",
        _FILTER,
        "--outdir",
        str(results),
        *names,
    ]
    with (folder / "said").open("wb") as said:
        process = _popen(command, folder, said)
        try:
            code = _wait(process, lambda: len(list(results.glob("*.pdf"))))
        finally:
            if process.poll() is None:
                _end(process)
    lines = (folder / "said").read_text("utf-8", errors="replace").splitlines()
    return code, [line.strip()[:200].rstrip(".") for line in lines if line.startswith("Error")][-1:]


def _environment(folder: Path) -> dict[str, str]:
    """What LibreOffice leaves behind when it is stopped, it leaves in our folder."""
    return {**os.environ, **dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(folder))}


if sys.platform == "win32":

    def _popen(command: list[str], folder: Path, said: IO[bytes]) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # noqa: S603 # the command is ours, and no shell sees it
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=said,
            env=_environment(folder),
            stderr=subprocess.STDOUT,
            creationflags=subprocess.CREATE_NO_WINDOW,
        )

    def _end(process: "subprocess.Popen[bytes]") -> None:
        """Ends it and what it started: soffice.exe only waits for another program."""
        kill = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / "taskkill.exe"
        with suppress(OSError):
            subprocess.run(  # noqa: S603 # Windows' own, by its whole path
                [kill, "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False
            )
        process.kill()
        process.wait()

else:

    def _popen(command: list[str], folder: Path, said: IO[bytes]) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # noqa: S603 # the command is ours, and no shell sees it
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=said,
            env=_environment(folder),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def _end(process: "subprocess.Popen[bytes]") -> None:
        """Ends it and what it started: soffice is a script that waits for another program."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(process: "subprocess.Popen[bytes]", finished: Callable[[], int]) -> int | None:
    """Its exit code; None once it has finished no document for too long."""
    count, since = 0, time.monotonic()
    while True:
        with suppress(subprocess.TimeoutExpired):
            return process.wait(_SECONDS_BETWEEN_LOOKS)
        if (now := finished()) > count:
            count, since = now, time.monotonic()
        if time.monotonic() - since > SECONDS_WITHOUT_A_PDF:
            return None


def _is_whole(data: bytes) -> bool:
    return data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")
