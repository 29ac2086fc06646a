"""`docs/performance.md` and its picture, written from the results; the page's words are in page.md."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2

from benchmarks import figures, told
from benchmarks.jobs import MATPLOTLIB, SCRIPTS
from benchmarks.measuring import GROWTH, TIMES_1, TIMES_10
from benchmarks.picture import alt_text, picture

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "images" / "performance.png"
WORDS = Path(__file__).parent / "page.md"


def write_page(results: Mapping[str, Any]) -> None:
    PICTURE.write_bytes(picture(results))
    PAGE.write_text(page(results), encoding="utf-8")


def page(results: Mapping[str, Any]) -> str:
    """The page's text; the same results give the same text."""
    jinja = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True)  # noqa: S701 - Markdown
    goals = [each for each in figures.goals(results) if each.ratio is not None]
    same = results.get("same documents", {}).get(TIMES_1, {})
    sizes = [name for name in GROWTH.values() if results["stages"].get(name)]
    versions = results["versions"]
    return jinja.from_string(WORDS.read_text(encoding="utf-8")).render(
        met=sum(each.told == "yes" for each in goals),
        measured=len(goals),
        goals=told.markdown(told.goals(results)),
        alt_text=alt_text(results),
        base=MATPLOTLIB,
        beside={group: _table(told.beside(results, group)) for group in (TIMES_1, TIMES_10)},
        at_100=_at_100(results),
        same=next(iter(same.values()), None),
        absent=" and ".join(name for name in SCRIPTS if name not in same),
        time_goes=_table(told.time_goes(results)) if sizes else "",
        growth=_table(told.growth(results)) if len(sizes) > 1 else "",
        sizes=", ".join(sizes),
        last_step=" to ".join(sizes[-2:]),
        folder=_table(told.folder(results)),
        machine=results["machine"],
        memory=f"{results['machine']['memory'] / 2**30:.0f}",
        versions=versions,
        ours=_listed(versions["svreport's"]),
        theirs=_listed({**versions["the scripts'"], **versions["other programs"]}),
        rounds=", ".join(f"{len(each)} at {name}" for name, each in results["rounds"].items()),
    )


def _table(rows: list[told.Row]) -> str:
    return told.markdown(rows) if len(rows) > 1 else ""


def _listed(versions: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {each}" for name, each in versions.items())


def _at_100(results: Mapping[str, Any]) -> str:
    """What the scripts took at ×100, where they were asked to."""
    own = results.get("svreport at ×100, beside the scripts")
    lines = []
    for name in SCRIPTS:
        took = results.get(f"{name} at ×100")
        if took and "wall" in took:
            wall, peak = (told.ratio(took[of] / own[of]) for of in ("wall", "peak"))
            lines.append(f"- {name}: {wall} times as long as svreport, {peak} times the memory")
        elif took:
            lines.append(f"- {name}: {took['failed']}")
    return "\n".join(lines)
