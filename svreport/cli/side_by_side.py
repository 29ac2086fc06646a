"""Workbooks of a folder built side by side, by as many programs as there are processors."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Condition, Thread

from svreport.cli.lines import CANNOT_RUN, Line, Lines
from svreport.pipeline.options import BuildOptions
from svreport.processes import Ended, Process

MOST_PROGRAMS = 4
"""Each takes some 70 MB, and 150 MB more while it draws charts."""

_CHILD = "svreport.cli.building_child"


def built_side_by_side(workbooks: Sequence[Path], options: BuildOptions) -> Iterator[Lines]:
    """What is told of each workbook, in their order; a program that ends leaves its workbook unbuilt, and no other."""
    programs = min(len(workbooks), _processors(), MOST_PROGRAMS)
    builders = [_Builder(process) for _ in range(programs) if (process := Process.start(_CHILD, quiet=False))]
    if not builders:
        from svreport.cli.building_child import lines_of

        for workbook in workbooks:
            yield lines_of(workbook, options)
        return
    work = _Work(workbooks, options)
    try:
        for builder in builders:
            builder.begin(work)
        for number in range(len(workbooks)):
            yield work.lines(number)
    finally:
        work.stop()
        for builder in builders:
            builder.end()


def _processors() -> int:
    """Those that this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Work:
    """What is to be built, handed out one by one, and what became of it."""

    def __init__(self, workbooks: Sequence[Path], options: BuildOptions) -> None:
        self.options = options
        self._workbooks = list(enumerate(workbooks))[::-1]
        self._done: dict[int, Lines] = {}
        self._changed = Condition()

    def next(self) -> tuple[int, Path] | None:
        with self._changed:
            return self._workbooks.pop() if self._workbooks else None

    def stop(self) -> None:
        with self._changed:
            self._workbooks.clear()

    def note(self, number: int, lines: Lines) -> None:
        with self._changed:
            self._done[number] = lines
            self._changed.notify()

    def lines(self, number: int) -> Lines:
        """What became of a workbook, waited for."""
        with self._changed:
            while number not in self._done:
                self._changed.wait(0.5)  # on Windows, Ctrl+C is only seen between two waits
            return self._done.pop(number)


class _Builder:
    """One program that builds, and the thread that speaks with it."""

    def __init__(self, process: Process) -> None:
        self._process: Process | None = process
        self._ends = False
        self._thread: Thread | None = None

    def begin(self, work: _Work) -> None:
        self._thread = Thread(target=self._build, args=(work,), daemon=True)
        self._thread.start()

    def _build(self, work: _Work) -> None:
        while task := work.next():
            number, workbook = task
            work.note(number, self._lines(workbook, work.options))

    def _lines(self, workbook: Path, options: BuildOptions) -> Lines:
        process = self._process
        if process is None and not self._ends:
            process = self._process = Process.start(_CHILD, quiet=False)
        try:
            if process is None:
                raise Ended
            process.ask((workbook, options))
            lines: Lines = process.answer()
        except Ended:
            if process:
                process.end()
            self._process = None
            return [Line(_not_built(workbook), CANNOT_RUN)]
        return lines

    def end(self) -> None:
        self._ends = True
        process = self._process
        if process:
            process.kill()
            if self._thread:
                self._thread.join()
            process.end()


def _not_built(workbook: Path) -> str:
    return (
        f"{workbook}: not built. The program that was building it ended before it was done; no file is half-written. "
        f"See whether the computer has memory to spare, and build again."
    )
