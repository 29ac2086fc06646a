"""What is measured, in order: pairs at ×1, ×10 and ×100, svreport's stages, and a folder of a hundred workbooks."""

import json
import os
import pty
import shutil
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks import workbooks
from benchmarks.equivalence import assert_same
from benchmarks.jobs import (
    CHECK,
    COLD,
    EMPTY,
    NOTHING,
    OFFICER,
    ONE_WORD,
    PANDOC,
    SVREPORT,
    Job,
    Jobs,
    environment,
)
from benchmarks.machine import scripts_here
from benchmarks.processes import Failed, Taken, run
from benchmarks.rounds import Kept

TIMES_1, TIMES_10, TIMES_100 = "×1", "×10", "×100"
GROWTH = {1: TIMES_1, 10: TIMES_10, 100: TIMES_100}


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured: rounds by size of the example, runs of the stages by size, workbooks of the folders.

    `everything` has the scripts run at ×100 too, once, each for as long as `LIMIT_AT_100`.
    """

    rounds: dict[int, int]
    stages: dict[int, int]
    folders: tuple[int, ...]
    everything: bool = False


QUICK = Plan({1: 1, 10: 1}, {1: 1, 10: 1}, (10,))
FULL = Plan({1: 9, 10: 9, 100: 1}, {1: 3, 10: 2, 100: 1}, (10, 100))
EVERYTHING = Plan(FULL.rounds, FULL.stages, FULL.folders, everything=True)

LIMIT_AT_100 = 900

# At ×10 these take longest and decide no goal.
_ONCE_AT_10 = {OFFICER: 1, PANDOC: 1}


def measure(kept: Kept, plan: Plan, work: Path) -> None:
    """Raises Different where a script's documents are not svreport's, and Failed where a program fails."""
    for size, number in plan.rounds.items():
        _pairs(kept, work, size, number)
    for size, number in plan.stages.items():
        _stages(kept, work / f"stages-{size}", size, number)
    for number in plan.folders:
        kept.once(f"a folder of {number}", partial(_folder, work / f"folder-{number}", number))
    if plan.everything:
        _scripts_at_100(kept, work / "scripts-at-100")


def _pairs(kept: Kept, work: Path, size: int, number: int) -> None:
    group = GROWTH[size]
    if len(kept.results["rounds"].get(group, ())) >= number:
        return
    at_size = Jobs(work / f"x{size}", size)
    own = {1: (EMPTY, NOTHING, CHECK, ONE_WORD, COLD), 10: (NOTHING, CHECK, ONE_WORD, COLD)}.get(
        size, (COLD,)
    )
    jobs = [at_size.svreport(name) for name in own]
    scripts = [at_size.script(name) for name in scripts_here()] if size < 100 else []
    before = [Jobs(work / f"x{size}-smaller", size // 10).svreport(COLD)] if size > 1 else []
    smaller = [_renamed(job, f"cold at {GROWTH[size // 10]}") for job in before]
    cold = next(job for job in jobs if job.name == COLD)

    def compare() -> None:
        assert cold.out is not None
        same = kept.results.setdefault("same documents", {}).setdefault(group, {})
        for job in scripts:
            if job.out is not None:
                same[job.name] = assert_same(cold.out, job.out)

    fewer = _ONCE_AT_10 if size == 10 else {}
    kept.take_rounds(
        group, [*jobs, *smaller, *scripts], number, warm=size == 1, fewer=fewer, after_first=compare
    )


def _scripts_at_100(kept: Kept, work: Path) -> None:
    """Each script once, its documents compared; one that fails or takes too long is noted with its words."""
    jobs = Jobs(work, 100)
    cold = jobs.svreport(COLD)

    def once(job: Job) -> dict[str, object]:
        job.prepare(1)
        try:
            took = job.run()
        except Failed as stop:
            return {"failed": stop.why, "words": str(stop)}
        assert cold.out is not None
        assert job.out is not None
        return {**asdict(took), "same": assert_same(cold.out, job.out)}

    def cold_build() -> dict[str, object]:
        cold.prepare(1)
        return asdict(cold.run())

    kept.once("svreport at ×100, beside the scripts", cold_build)
    for name in scripts_here():
        if cold.out is not None and not cold.out.exists():
            cold_build()
        kept.once(f"{name} at ×100", partial(once, jobs.script(name, LIMIT_AT_100)))


def _renamed(job: Job, name: str) -> Job:
    return Job(name, job.prepare, job.run, job.out)


def _stages(kept: Kept, folder: Path, size: int, number: int) -> None:
    taken: list[Any] = kept.results["stages"].setdefault(GROWTH[size], [])
    if len(taken) >= number:
        return
    folder.mkdir(parents=True, exist_ok=True)
    workbook = folder / "return.xlsx"
    workbook.write_bytes(workbooks.workbook_of(size))
    while len(taken) < number:
        shutil.rmtree(folder / "cache", ignore_errors=True)
        shutil.rmtree(folder / "outputs", ignore_errors=True)
        told = folder / "told.json"
        build = ("build", str(workbook), "--out", str(folder / "outputs"))
        python = str(SVREPORT.with_name("python"))
        command = (python, "-m", "benchmarks.stages", str(time.monotonic()), str(told), *build)
        root = Path(__file__).parent.parent
        took = run(command, environment=environment(folder / "cache"), folder=root)
        taken.append({**json.loads(told.read_text(encoding="utf-8")), "whole": asdict(took)})
        print(f"  stages at {GROWTH[size]}: {took.wall:.2f} s")
        kept.save()


def _folder(folder: Path, number: int) -> dict[str, object]:
    """A cold build of a folder of workbooks, on a terminal, whose lines are read as they come."""
    shutil.rmtree(folder, ignore_errors=True)
    workbooks.write_folder(folder / "inputs", number)
    command = (str(SVREPORT), "build", str(folder / "inputs"), "--out", str(folder / "outputs"))
    took, silence, written = _on_terminal(
        lambda output: run(command, environment=_on_screen(folder), folder=folder, output=output)
    )
    built = len(list((folder / "outputs").glob("*/submission.docx")))
    if built != number:
        raise AssertionError(f"{built} of {number} workbooks were built")
    return {"workbooks": number, **asdict(took), "longest silence": silence, "written": written}


def _on_screen(folder: Path) -> dict[str, str]:
    return {**environment(folder / "cache"), "TERM": "xterm", "COLUMNS": "120"}


def _on_terminal(start: Callable[[int], Taken]) -> tuple[Taken, float, int]:
    """Runs with a terminal for output; the longest time without a word, in seconds, and how many bytes came."""
    ours, theirs = pty.openpty()
    times = [time.perf_counter()]
    written = 0

    def read() -> None:
        nonlocal written
        while True:
            try:
                data = os.read(ours, 65536)
            except OSError:
                return
            if not data:
                return
            written += len(data)
            times.append(time.perf_counter())

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        took = start(theirs)
    finally:
        os.close(theirs)
        reader.join(5)
        os.close(ours)
    return took, longest(times), written


def longest(times: Sequence[float]) -> float:
    return max((after - before for before, after in pairwise(times)), default=0.0)
