"""The small return of the cases, and worked examples made larger, read as any workbook is."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from svreport.documents.texts import read_texts
from svreport.model.entry import Entry
from svreport.model.facts import Facts
from svreport.model.finding import Place
from svreport.model.submission import BlockKind, ProgressBlock
from svreport.narrative.blocks import Block
from svreport.narrative.reading import read_text
from svreport.review.material import Material
from svreport.workbook.content import Content, example
from svreport.workbook.reading import read_workbook
from svreport.workbook.writing import workbook_bytes

CASES = Path(__file__).parent / "cases"
TOLD = Place("Progress", 4, 3)
_YEAR = re.compile(r"\d{4}-\d\d")


def material(content: Content) -> Material:
    """The content written as a workbook and read again."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "return.xlsx"
        path.write_bytes(workbook_bytes(content))
        submission = read_workbook(path).submission
    facts = Facts(submission)
    return Material(facts, read_texts(submission, facts).by_place)


@cache
def small_return() -> Material:
    return material(tomllib.loads((CASES / "workbook.toml").read_text("utf-8")))


def saying(text: str, condition: str = "") -> Material:
    """The small return with one text alone, in a condition's progress if one is given."""
    return holding(read_text(Entry(text, TOLD), small_return().facts).blocks, condition)


def holding(blocks: tuple[Block, ...], condition: str = "") -> Material:
    """The small return with one text's blocks alone."""
    submission = small_return().submission
    if condition:
        ref, kind = Entry(condition, Place("Progress", 4, 1)), Entry(BlockKind.TEXT, Place("Progress", 4, 2))
        submission = replace(submission, progress=(ProgressBlock(ref, kind, Entry("text", TOLD)),))
    return Material(Facts(submission), {TOLD: blocks})


def enlarged(name: str, times: int, *, conditions: bool) -> Material:
    """A worked example with so many times its metrics and scenarios, and so many times its conditions if asked.

    The copies' figures are the example's, each metric's and line's drawn up or down by a factor of its own.
    """
    random = Random(865)  # noqa: S311
    base = example(name)
    content = {sheet: [dict(row) for row in rows] for sheet, rows in base.items()}
    for copy in range(1, times):
        for sheet, rows in _copies(base, copy, random, conditions).items():
            content[sheet] += rows
    return material(content)


def _copies(
    base: Content, copy: int, random: Random, conditions: bool
) -> Mapping[str, Sequence[dict[str, object]]]:
    def ref(told: object) -> str:
        return f"{told}.{copy}" if conditions else str(told)

    metrics = [
        row
        | {
            "Metric": f"{row['Metric']} {copy}",
            "Conditions": ref(row["Conditions"]) if "Conditions" in row else None,
        }
        | ({"Calculation": f"{row['Calculation']} {copy}"} if "Calculation" in row else {})
        for row in map(dict, base["Metrics"])
    ]
    factors = {row["Metric"]: Decimal(random.randint(60, 160)) / 100 for row in base["Metrics"]}
    data = [
        row
        | {"Metric": f"{row['Metric']} {copy}"}
        | {name: _drawn(row[name], factors[row["Metric"]]) for name in ("Actual", "Forecast") if name in row}
        for row in map(dict, base["Metric data"])
    ]
    finance = []
    for row in map(dict, base["Finance"]):
        factor = Decimal(random.randint(60, 160)) / 100
        years = {year: _drawn(value, factor) for year, value in row.items() if _YEAR.fullmatch(year)}
        finance.append(row | {"Scenario": f"{row['Scenario']} {copy}"} | years)
    found: dict[str, Sequence[dict[str, object]]] = {
        "Metrics": metrics,
        "Metric data": data,
        "Finance": finance,
    }
    if conditions:
        found["Conditions"] = [dict(row) | {"Ref": ref(row["Ref"])} for row in base["Conditions"]]
        found["Progress"] = [dict(row) | {"Condition": ref(row["Condition"])} for row in base["Progress"]]
    return found


def _drawn(value: object, factor: Decimal) -> Decimal:
    """The value times the factor, with as many decimals as it had."""
    amount = Decimal(str(value))
    return (
        (amount * factor).quantize(amount) if amount.as_tuple().exponent != 0 else round(amount * factor, 0)
    )
