"""Papers to look at: the worked example of a pack, built, and its text without what changes with every word."""

import re
from pathlib import Path

from svreport.pipeline.building import Built, build_workbook
from svreport.pipeline.making import make_workbook
from svreport.pipeline.options import BuildOptions
from svreport.word.text import text_of

_CODE = re.compile(r"content code [0-9A-F]{4}-[0-9A-F]{4}")


def example(folder: Path, pack: str) -> Path:
    """The workbook of a pack's worked example."""
    path = folder / f"{pack}.xlsx"
    make_workbook(path, authority=None, year=None, example=True, pack=pack)
    return path


def built(workbook: Path, out: Path, pack: str) -> Built:
    return build_workbook(workbook, BuildOptions(out, pack), waiting=lambda folder: None)


def told(paper: Path) -> str:
    """The paper's text, with one content code for all."""
    return _CODE.sub("content code 7F3A-19C2", text_of(paper.read_bytes()))
