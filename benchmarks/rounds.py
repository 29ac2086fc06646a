"""Rounds of jobs, interleaved: every job once in each, each round in the turned order of the last; kept as they end."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.jobs import Job

Results = dict[str, Any]
"""`described` of the machine; `rounds`: by the name of a group, a list of rounds, each what every job took in it."""


class Kept:
    """Results in a file, written after every round, so that a run that was stopped goes on where it was."""

    def __init__(self, file: Path, described: Results, *, fresh: bool) -> None:
        self.file = file
        self.results: Results = {**described, "rounds": {}, "stages": {}}
        if file.exists() and not fresh:
            before: Results = json.loads(file.read_text(encoding="utf-8"))
            if all(before.get(key) == described[key] for key in described):
                self.results = before
                print(f"going on with {file} (--fresh measures from the start)")
            else:
                print(f"{file} is of other code or another machine: measured from the start")

    def save(self) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        written = self.file.with_suffix(".part")
        written.write_text(json.dumps(self.results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        written.replace(self.file)

    def once(self, name: str, measure: Callable[[], Any]) -> None:
        """What is measured once, under a name."""
        if name not in self.results:
            print(f"  {name}")
            self.results[name] = measure()
            self.save()

    def take_rounds(
        self,
        group: str,
        jobs: Sequence[Job],
        number: int,
        *,
        warm: bool,
        fewer: Mapping[str, int],
        after_first: Callable[[], None],
    ) -> None:
        """`number` rounds, those that are kept included, and with `warm` one before them that is not counted.

        `fewer` names jobs that take part in that many of the first rounds only; `after_first` looks at what the first
        round made.
        """
        taken: list[Results] = self.results["rounds"].setdefault(group, [])
        if number == 1:
            warm = False
        for at in range(len(taken) - warm, number):
            counted = at >= len(taken)
            now = [job for job in jobs if job.name not in fewer or 0 <= at < fewer[job.name]]
            if at % 2:
                now.reverse()
            took = {}
            for job in now:
                job.prepare(at + 1)
                one = job.run()
                took[job.name] = asdict(one)
                print(f"  {group} round {at + 1 if counted else 'not counted'}: {job.name} {one.wall:.2f} s")
            if counted:
                if at == 0:
                    after_first()
                taken.append(took)
                self.save()
