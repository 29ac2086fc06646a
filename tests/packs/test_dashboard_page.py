"""docs/dashboard.md names every field of the board and of a page, and every standing that it explains is one."""

import dataclasses
import re
import typing
from pathlib import Path

from svreport.documents.board_context import Board
from svreport.documents.page.paper import PageHead

PAGE = (Path(__file__).parents[2] / "docs" / "dashboard.md").read_text(encoding="utf-8")


def test_every_field_of_the_board_is_described() -> None:
    for name, kind in typing.get_type_hints(Board).items():
        told = next(line for line in PAGE.splitlines() if f"`board.{name}`" in line)
        (row,) = typing.get_args(kind)[:1] or (None,)
        assert all(
            f"`{field.name}`" in told
            for field in (dataclasses.fields(row) if dataclasses.is_dataclass(row) else ())
        ), told


def test_the_fields_of_lines_in_lines_are_described() -> None:
    for name, inner in (("conditions", "at"), ("measures", "rows")):
        line = typing.get_args(typing.get_type_hints(Board)[name])[0]
        row = typing.get_args(typing.get_type_hints(line)[inner])[0]
        told = next(each for each in PAGE.splitlines() if f"`board.{name}`" in each)
        assert all(f"`{field.name}`" in told for field in dataclasses.fields(row))


def test_every_field_of_a_page_is_described() -> None:
    section = PAGE.partition("## A page of one's own")[2]
    named = {
        name
        for line in re.findall(r"^\| (.*?) \|", section, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", line)
    }
    assert named == {field.name for field in dataclasses.fields(PageHead)}
