"""Reviews of workbooks made for a test: the worked examples, changed ones, larger ones and hostile ones."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from svreport.documents.review_pack.reviewed import Reviewed
from svreport.packs.loading import load_pack
from svreport.pipeline.charting import begin_charts, blocks_of_exhibits, drawing
from svreport.pipeline.examining import examine
from svreport.pipeline.reviewing import begin_review, review_files
from svreport.workbook.content import example
from svreport.workbook.writing import workbook_bytes

CODE = "7F3A-19C2"
Rows = dict[str, list[dict[str, Any]]]


def rows_of(name: str) -> Rows:
    """A worked example's rows, to be changed."""
    return {sheet: [dict(row) for row in rows] for sheet, rows in example(name).items()}


def saved(folder: Path, name: str, change: Callable[[Rows], object] = lambda rows: None) -> Path:
    """A worked example as a workbook in a folder, changed."""
    rows = rows_of(name)
    change(rows)
    path = folder / f"{name}.xlsx"
    path.write_bytes(workbook_bytes(rows))
    return path


def reviewed(path: Path) -> Reviewed:
    """A workbook's review without its exhibits."""
    examined = examine(path)
    return Reviewed(examined.material, examined.findings, {}, CODE)


def files_of(path: Path, pack: str = "safety-valve") -> Mapping[str, bytes]:
    """The review pack of a workbook, its charts drawn."""
    examined = examine(path)
    with drawing() as begun:
        exhibits = blocks_of_exhibits(examined, begin_charts(begun, examined.exhibits))
        reviewed = begin_review(examined, exhibits).signed(CODE, examined.findings)
        return review_files(reviewed, load_pack(pack)).finished()


def item(rows: Rows, name: str, value: object) -> None:
    """Sets an item of Programme."""
    for row in rows["Programme"]:
        if row["Item"] == name:
            row["Value"] = value
            return
    rows["Programme"].append({"Item": name, "Value": value})


def times(rows: Rows, count: int) -> None:
    """So many times the conditions, their progress and the risks, under references of their own."""
    for sheet, column in (("Conditions", "Ref"), ("Progress", "Condition"), ("Risks", "Ref")):
        rows[sheet] += [
            {**row, column: f"{row[column]}.{copy}"} for copy in range(1, count) for row in list(rows[sheet])
        ][: len(rows[sheet]) * (count - 1)]
