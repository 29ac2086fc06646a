"""The return in which nothing is wrong, as content and cell by cell."""

import tomllib
from decimal import Decimal
from pathlib import Path

from svreport.workbook.content import Content
from tests.workbook.raw import Grid, grid_of

_FILE = Path(__file__).parent / "clean.toml"


def clean_content() -> Content:
    content: Content = tomllib.loads(_FILE.read_text(encoding="utf-8"), parse_float=Decimal)
    return content


def clean_grid() -> Grid:
    return grid_of(tomllib.loads(_FILE.read_text(encoding="utf-8")))
