"""docs/reliability.md promises what tests show, and tells how many inputs they try."""

import ast
import tomllib
from pathlib import Path

import pytest

from svreport.workbook.rules import RULES
from tests.hostile import (
    test_archives,
    test_files,
    test_fuzz,
    test_masses,
    test_templates,
    test_texts,
    test_values,
)
from tests.publish.test_bundle import KILLS

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reliability.md"
PROMISES = tomllib.loads(Path(__file__).with_name("reliability.toml").read_text("utf-8"))["promise"]
ATTACKED = {
    "Texts: expressions, braces, markup": test_texts.ATTACKS,
    "Archives and XML: bombs, entities, links, macros": test_archives.ATTACKS,
    "Files and names: pipes, links, pictures, other formats": test_files.ATTACKS,
    "Masses: rows, cells, letters, findings": test_masses.ATTACKS,
    "Values: numbers, dates, cells as other programs write them": test_values.ATTACKS,
    "Templates": test_templates.ATTACKS,
}


def page() -> str:
    lines = [
        "# What can be relied on",
        "",
        "<!-- Written by `make golden` from tests/hostile/reliability.toml and the tests: change those, not this page. -->",
        "",
        "svreport runs unattended in folders that are shared and synchronised, on workbooks from anywhere. This is what it",
        "promises there, and for each promise the tests that would fail if it were broken.",
        "",
    ]
    for promise in PROMISES:
        lines += [f"## {promise['name']}", "", promise["words"], "", "Shown by:", ""]
        lines += [f"- `{test}`" for test in promise["tests"]]
        lines.append("")
    lines += ["## Figures of the tests", "", "What one run of `make test` tries; all of it has to hold.", ""]
    lines += ["| What | Attacks | Calls of the command |", "|---|---:|---:|"]
    rows = {
        what: (len(each), sum(len(one.calls) for one in each.values())) for what, each in ATTACKED.items()
    }
    lines += [f"| {what} | {attacks:,} | {calls:,} |" for what, (attacks, calls) in rows.items()]
    totals = [sum(column) for column in zip(*rows.values(), strict=True)]
    lines += [f"| **All** | **{totals[0]:,}** | **{totals[1]:,}** |", ""]
    cases = [case for file in sorted((ROOT / "tests/workbook/cases").glob("*.toml")) for case in _cases(file)]
    told = sum(len(case.get("expect", ())) for case in cases)
    silent = sum(case.get("expect") == [] for case in cases)
    lines += [
        "| Inputs changed at random | Number |",
        "|---|---:|",
        f"| Workbooks with cells, headings, rows and sheets changed, examined | {test_fuzz.EXAMINED:,} |",
        f"| Workbooks with bytes changed, examined or refused | {test_fuzz.READ_AS_BYTES:,} |",
        f"| Workbooks changed, and built into documents | {test_fuzz.BUILT:,} |",
        f"| Workbooks with made-up text in every cell of words, built, and every letter looked for | {test_fuzz.WRITTEN:,} |",
        "",
        "| Faults and kills | Number |",
        "|---|---:|",
        f"| Kinds of fault that reading can tell | {len(RULES):,} |",
        f"| Cases of one fault or more, each told at its cell | {sum(bool(case.get('expect')) for case in cases):,} |",
        f"| Faults told in them | {told:,} |",
        f"| Cases just inside the line, all silent | {silent:,} |",
        f"| Builds killed at one moment after another, every file whole after each | {KILLS:,} |",
        "",
    ]
    return "\n".join(lines)


def _cases(file: Path) -> list[dict[str, list[str]]]:
    found: list[dict[str, list[str]]] = tomllib.loads(file.read_text("utf-8"))["case"]
    return found


def test_the_page_says_what_the_tests_do(request: pytest.FixtureRequest) -> None:
    text = page()
    if request.config.getoption("--regenerate"):
        PAGE.write_bytes(text.encode())
    assert PAGE.read_text("utf-8") == text, "docs/reliability.md is out of date: `make golden` writes it anew"


@pytest.mark.parametrize("name", [test for promise in PROMISES for test in promise["tests"]])
def test_a_named_test_exists(name: str) -> None:
    file, _, function = name.partition("::")
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    assert function in {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}
