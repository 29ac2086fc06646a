"""Where svreport's own time goes: its public functions wrapped from outside, in a process of their own.

`python -m benchmarks.stages CLOCK FILE ARGUMENTS...` runs svreport with the arguments and writes FILE: seconds and peak
memory of each stage. CLOCK is the system's monotonic clock when the process was started.

Time counts for the innermost stage: what is imported while a workbook is read counts for imports. A stage's memory is
the most that the process held while it ran. What runs beside, in other threads and in children, is told apart.
"""

import importlib
import json
import resource
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from types import GeneratorType
from typing import Any

START, IMPORTS, READING, REVIEW, CHARTS = "start", "imports", "reading", "review", "charts"
DOCUMENTS, PACK, WRITING, REST = "documents", "review pack", "writing", "rest"
STAGES = (START, IMPORTS, READING, REVIEW, CHARTS, DOCUMENTS, PACK, WRITING, REST)

# Some are of one way to build only (charts drawn within it, or beside it): what is not there is left alone, but a cold
# build in which a stage took no time at all is not believed.
_WRAPPED = (
    ("svreport.workbook.reading", "read_workbook", READING),
    ("svreport.documents.texts", "read_texts", READING),
    ("svreport.figures.exhibits", "resolve", READING),
    ("svreport.pipeline.previous", "read_previous", READING),
    ("svreport.review.catalogue", "review", REVIEW),
    ("svreport.review.answers", "answered", REVIEW),
    ("svreport.pipeline.charting", "begin_charts", CHARTS),
    ("svreport.pipeline.ahead", "draw_ahead", CHARTS),
    ("svreport.figures.drawing", "Drawing._finish", CHARTS),
    ("svreport.pipeline.charting", "blocks_of_exhibits", CHARTS),
    ("svreport.pipeline.filling", "fill_return", DOCUMENTS),
    ("svreport.pipeline.filling", "FilledReturn.finished", DOCUMENTS),
    ("svreport.pipeline.reviewing", "begin_review", PACK),
    ("svreport.pipeline.reviewing", "review_files", PACK),
    ("svreport.pipeline.reviewing", "ReviewFiles.finished", PACK),
    ("svreport.review.snapshot", "snapshot", WRITING),
    ("svreport.publish.bundle", "publish", WRITING),
)
_BOOKKEEPING = "bookkeeping"


class Clock:
    """A stack of stages: the time between two switches counts for the one on top."""

    def __init__(self, started: float) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.peaks: dict[str, int] = defaultdict(int)
        self.beside: dict[str, float] = defaultdict(float)
        self._main = threading.main_thread()
        self._stack = [REST]
        self._at = time.perf_counter()
        self.seconds[START] = time.monotonic() - started
        self._note(START)

    def enter(self, stage: str) -> None:
        self._switch()
        self._stack.append(stage)

    def leave(self) -> None:
        self._switch()
        self._stack.pop()

    @property
    def stage(self) -> str:
        return self._stack[-1]

    def is_main(self) -> bool:
        return threading.current_thread() is self._main

    def _switch(self) -> None:
        now = time.perf_counter()
        self.seconds[self._stack[-1]] += now - self._at
        self._note(self._stack[-1])
        self._at = time.perf_counter()

    def _note(self, stage: str) -> None:
        """The most memory since the last switch, and from here on afresh."""
        status = Path("/proc/self/status").read_text()
        held = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        self.peaks[stage] = max(self.peaks[stage], int(held.split()[1]) * 1024)
        Path("/proc/self/clear_refs").write_text("5")


class Wrapping:
    """Puts a stage around each function as soon as its module is there, wherever else it was imported to."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.waiting = set(_WRAPPED)
        bootstrap: Any = importlib._bootstrap  # type: ignore[attr-defined]
        self._find_and_load = bootstrap._find_and_load
        bootstrap._find_and_load = self._loaded

    def _loaded(self, name: str, import_: object) -> object:
        clock = self.clock
        if not clock.is_main() or clock.stage in (IMPORTS, _BOOKKEEPING):
            return self._find_and_load(name, import_)
        clock.enter(IMPORTS)
        try:
            return self._find_and_load(name, import_)
        finally:
            clock.leave()
            clock.enter(_BOOKKEEPING)
            self._wrap_what_is_there()
            clock.leave()

    def _wrap_what_is_there(self) -> None:
        for each in sorted(self.waiting):
            module, name, stage = each
            if module not in sys.modules:
                continue
            *within, last = name.split(".")
            owner: Any = sys.modules[module]
            for part in within:
                owner = getattr(owner, part, None)
            function = getattr(owner, last, None)
            if function is None:
                continue
            self.waiting.discard(each)
            timed = self._timed(function, stage)
            setattr(owner, last, timed)
            for other in [each for at, each in sys.modules.items() if at.startswith("svreport")]:
                for bound, value in list(vars(other).items()):
                    if value is function:
                        setattr(other, bound, timed)

    def _timed(self, function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        clock = self.clock

        @wraps(function)
        def timed(*arguments: Any, **named: Any) -> Any:
            if not clock.is_main():
                start = time.perf_counter()
                try:
                    return function(*arguments, **named)
                finally:
                    clock.beside[stage] += time.perf_counter() - start
            clock.enter(stage)
            try:
                made = function(*arguments, **named)
            finally:
                clock.leave()
            return self._each(made, stage) if isinstance(made, GeneratorType) else made

        return timed

    def _each(self, made: Iterator[Any], stage: str) -> Iterator[Any]:
        while True:
            self.clock.enter(stage)
            try:
                value = next(made)
            except StopIteration:
                return
            finally:
                self.clock.leave()
            yield value


def main() -> None:
    started, file, *arguments = sys.argv[1:]
    clock = Clock(float(started))
    Wrapping(clock)
    sys.argv = ["svreport", *arguments]
    try:
        from svreport.cli import main as svreport

        svreport()
    except SystemExit as end:
        if end.code:
            raise
    clock.leave()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    untold = [stage for stage in STAGES if not clock.seconds.get(stage)]
    if "build" in arguments and untold:
        sys.exit(f"benchmarks/stages.py names no function that the build calls for: {', '.join(untold)}")
    told = {
        "seconds": {stage: clock.seconds.get(stage, 0.0) for stage in STAGES},
        "peaks": {stage: clock.peaks.get(stage, 0) for stage in STAGES},
        "beside": dict(clock.beside),
        "children": {
            "processor": children.ru_utime + children.ru_stime,
            "largest": children.ru_maxrss * 1024,
        },
    }
    Path(file).write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main()
