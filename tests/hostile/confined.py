"""The command line in processes with bounded memory and time, each with a record of what it opened and changed.

Run as a program it is a server: it loads svreport once, and forks a process for every call that it reads from its
standard input, a line of JSON each. A call never shares memory with another, and starts at no cost.
"""

import json
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any, NoReturn

_ROOT = Path(__file__).resolve().parents[2]
# What a program of Python's reads of its own accord: itself, its libraries, and the system's lists of types and places.
_OWN: tuple[str, ...] = (
    str(_ROOT / "svreport"),
    str(_ROOT / "templates"),
    __file__,
    sys.prefix,
    sys.base_prefix,
)
_OWN += ("/usr", "/lib", "/etc/mime")
_OWN += (
    "/etc/apache2/mime",
    "/etc/httpd",
    "/etc/localtime",
    "/dev/null",
    "/dev/urandom",
    "/proc/self",
    "/proc/sys",
)
_READS = {"open": 0, "os.listdir": 0, "os.scandir": 0}
_CHANGES = {
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.symlink",
    "os.link",
    "os.truncate",
    "os.chmod",
}
_NEVER = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "ctypes.dlopen",
    "pty.",
)
# The one program that is started: it is sent figures and titles, and sends pictures back.
_DRAWING = [sys.executable, "-P", "-m", "svreport.figures.drawing_child"]
# A process that waits for ever uses no time of the processor's: the system ends it, long after the slowest one is done.
_HANGS_AFTER_SECONDS = 240


class Record:
    """The files outside the allowed folders that were opened, listed or changed, and what should never happen."""

    def __init__(self, allowed: list[str]) -> None:
        self.allowed = tuple(os.path.realpath(each) for each in allowed) + _OWN
        self.seen: list[str] = []
        self.busy = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.busy:
            return
        if event == "subprocess.Popen" and arguments[1] == _DRAWING:
            return
        if event.startswith(_NEVER):
            if (
                event != "ctypes.dlopen" or arguments[0] is not None
            ):  # the process itself, which Python's library opens
                self.seen.append(f"{event} {arguments!r}"[:200])
            return
        if event not in _READS and event not in _CHANGES:
            return
        self.busy = True
        try:
            for path in arguments[: 2 if event == "os.rename" else 1]:
                if isinstance(path, str | bytes | os.PathLike):
                    real = os.path.realpath(os.fsdecode(path))
                    if not real.startswith(self.allowed) and (event, real) != ("os.listdir", str(_ROOT)):
                        self.seen.append(f"{event} {real}"[:300])
        finally:
            self.busy = False


def _serve() -> None:
    _load_everything()
    for line in sys.stdin:
        call = json.loads(line)
        with tempfile.TemporaryDirectory() as folder:
            child = os.fork()
            if not child:
                _answer(call, Path(folder))
            _, status, used = os.wait4(child, 0)
            record = Path(folder, "record")
            told = {
                "code": os.waitstatus_to_exitcode(status),
                "out": Path(folder, "out").read_text(encoding="utf-8", errors="backslashreplace"),
                "err": Path(folder, "err").read_text(encoding="utf-8", errors="backslashreplace"),
                "seen": json.loads(record.read_text(encoding="utf-8")) if record.exists() else [],
                "megabytes": used.ru_maxrss // 1024,
                "seconds": round(used.ru_utime + used.ru_stime, 1),
            }
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


def _load_everything() -> None:
    """What any verb may need, but for the engine that draws charts, which keeps threads of its own."""
    import docx  # noqa: F401
    import docxtpl  # noqa: F401
    import jinja2.sandbox  # noqa: F401
    import lxml.etree  # noqa: F401
    import markdown_it  # noqa: F401
    import PIL.JpegImagePlugin
    import PIL.PngImagePlugin  # noqa: F401

    import svreport.cli
    import svreport.cli.side_by_side
    import svreport.pipeline.building
    import svreport.pipeline.rolling

    # The workbooks of a folder are built here, one after another, where all that they do is seen.
    svreport.cli.side_by_side._processors = lambda: 0


def _answer(call: dict[str, Any], folder: Path) -> NoReturn:
    """Runs one call in this process, which then ends."""
    import resource

    code = 99
    try:
        os.chdir(call["desk"])
        os.environ.update(call["settings"])
        tempfile.tempdir = None
        for number, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(folder / name, os.O_WRONLY | os.O_CREAT), number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", newline="\n", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", newline="\n", closefd=False)
        memory = call["megabytes"] << 20
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (call["seconds"], call["seconds"]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        signal.alarm(_HANGS_AFTER_SECONDS)
        record = Record(call["allowed"])
        sys.addaudithook(record)
        code = _run(call["words"])
        sys.stdout.flush()
        sys.stderr.flush()
        record.busy = True
        (folder / "record").write_text(json.dumps(record.seen), encoding="utf-8")
    finally:
        os._exit(code)


def _run(words: list[str]) -> int:
    from svreport.cli.commands import main

    sys.argv = ["svreport", *words]
    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 98
    except BaseException:
        import traceback

        traceback.print_exc()
        return 97
    return 96


if __name__ == "__main__":
    _serve()
