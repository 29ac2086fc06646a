"""`python -m benchmarks`: measures everything, keeps the results and writes docs/performance.md from them.

It needs Linux and a machine on which nothing else runs. What was measured is kept in build/benchmarks after every
round: a run that was stopped goes on where it was. R with officer, ggplot2 and readxl, and pandoc, take part where they
are installed (on Debian: apt install r-cran-officer r-cran-ggplot2 r-cran-readxl r-cran-ragg pandoc).
"""

import argparse
import io
import json
import shutil
import sys
from pathlib import Path

from benchmarks import machine, measuring
from benchmarks.equivalence import Different
from benchmarks.machine import ROOT
from benchmarks.page import PICTURE, write_page
from benchmarks.processes import Failed
from benchmarks.rounds import Kept
from benchmarks.told import told

RESULTS = Path(__file__).parent / "results.json"
BUILD = ROOT / "build" / "benchmarks"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    how_much = parser.add_mutually_exclusive_group()
    how_much.add_argument(
        "--quick", action="store_true", help="one round at ×1 and ×10; the page stays as it is"
    )
    how_much.add_argument(
        "--everything", action="store_true", help="the scripts at ×100 too, which takes long"
    )
    how_much.add_argument(
        "--page", action="store_true", help="only write the page again, from the results kept"
    )
    parser.add_argument("--fresh", action="store_true", help="measure from the start, whatever was kept")
    given = parser.parse_args()
    if given.page:
        write_page(json.loads(RESULTS.read_text(encoding="utf-8")))
        return 0
    if not sys.platform.startswith("linux"):
        parser.error("measuring needs Linux, which accounts for a process and its children")
    plan = measuring.QUICK if given.quick else measuring.EVERYTHING if given.everything else measuring.FULL
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)
    machine.set_up_scripts()
    file = BUILD / ("quick.json" if given.quick else "full.json")
    kept = Kept(file, machine.described(), fresh=given.fresh or given.quick)
    work = BUILD / "work"
    shutil.rmtree(work, ignore_errors=True)
    try:
        measuring.measure(kept, plan, work)
    except (Different, Failed) as stop:
        print(stop, file=sys.stderr)
        return 1
    print(told(kept.results))
    if given.quick:
        return 0
    RESULTS.write_bytes(kept.file.read_bytes())
    write_page(kept.results)
    print(f"wrote {RESULTS.relative_to(ROOT)}, docs/performance.md and {PICTURE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
