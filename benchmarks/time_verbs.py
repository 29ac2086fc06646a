"""How long the verbs take, as whole processes: `python benchmarks/time_verbs.py [rounds]`.

Prints the median, minimum and maximum of each in seconds, and its ratio to an empty Python process, which says more
than seconds do on a machine that is shared.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from svreport.workbook.content import example
from svreport.workbook.writing import workbook_bytes

EXAMPLE = "wiltshire-2024-12"


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        verbs = _verbs(Path(folder))
        taken: dict[str, list[float]] = {name: [] for name in verbs}
        for number in range(rounds + 1):
            for name, run in verbs.items():
                seconds = run()
                if number:
                    taken[name].append(seconds)
    base = statistics.median(taken["python -c pass"])
    print(f"{'':24}{'median':>8}{'min':>8}{'max':>8}{'ratio':>8}")
    for name, seconds in taken.items():
        median = statistics.median(seconds)
        print(f"{name:24}{median:8.3f}{min(seconds):8.3f}{max(seconds):8.3f}{median / base:8.1f}")


def _verbs(folder: Path) -> dict[str, Callable[[], float]]:
    """Each verb as a call that runs it once and gives its seconds; what it needs is laid out outside the measure."""
    workbook, out, cache = folder / "a.xlsx", folder / "outputs", folder / "cache"
    workbook.write_bytes(workbook_bytes(example(EXAMPLE)))
    words = iter(range(1_000_000))

    def run(*command: str) -> float:
        start = time.perf_counter()
        subprocess.run(
            command, check=False, capture_output=True, env={**os.environ, "SVREPORT_CACHE": str(cache)}
        )
        return time.perf_counter() - start

    def svreport(*arguments: str) -> float:
        return run(sys.executable, "-m", "svreport", *arguments)

    def cold() -> float:
        subprocess.run(["rm", "-rf", str(out), str(cache)], check=True)
        return svreport("build", str(workbook), "--out", str(out))

    def one_word_changed() -> float:
        content = {sheet: [dict(row) for row in rows] for sheet, rows in example(EXAMPLE).items()}
        content["Headlines"][0]["Text"] = f"{content['Headlines'][0]['Text']} Word {next(words)}."
        workbook.write_bytes(workbook_bytes(content))
        return svreport("build", str(workbook), "--out", str(out))

    return {
        "python -c pass": lambda: run(sys.executable, "-c", "pass"),
        "svreport --help": lambda: svreport("--help"),
        "svreport check": lambda: svreport("check", str(workbook)),
        "build, cold": cold,
        "build, one word changed": one_word_changed,
        "build folder, no change": lambda: svreport("build", str(folder), "--out", str(out)),
    }


if __name__ == "__main__":
    main()
