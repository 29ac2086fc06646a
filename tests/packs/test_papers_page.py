"""docs/papers.md describes every sheet and column that the packs add, every type, and every tag of papers."""

import dataclasses
import re
import tomllib
import typing
from pathlib import Path

from svreport.documents.context import AgreementMoney, FinanceSummary, LevelCount, MetricRow, Scenario
from svreport.documents.context_now import (
    FirstHeadline,
    IndicatorRow,
    KeyFigure,
    LevelMove,
    LevelThenAndNow,
    Movement,
)
from svreport.model.pack_sheets import ColumnType, Part
from svreport.packs.loading import shipped_packs
from svreport.packs.sheets import COLUMN_KEYS, LEFT_OUT, SHEET_KEYS

PAGE = (Path(__file__).parents[2] / "docs" / "papers.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    return PAGE.partition(f"\n### {heading}\n")[2].partition("\n### ")[0].partition("\n## ")[0]


def test_every_sheet_and_column_is_described() -> None:
    for sheet in (sheet for pack in shipped_packs() for sheet in pack.sheets):
        told = section(sheet.name)
        assert told, sheet.name
        columns = re.findall(r"^\| (.+?) \|", told, re.MULTILINE)[1:]
        assert columns == [column.heading for column in sheet.columns]
        for choice in (choice for column in sheet.columns for choice in column.choices):
            assert f"`{choice}`" in told


def test_every_pack_of_a_paper_is_named() -> None:
    for pack in shipped_packs():
        if pack.sheets:
            assert f"| `{pack.name}` |" in PAGE
            assert all(f"`{document.output}`" in PAGE for document in pack.documents)


def test_every_type_is_described() -> None:
    assert re.findall(r"^\| `(\w+)` \|", section("Sheets of a pack"), re.MULTILINE) == [
        each.value for each in ColumnType
    ]


def test_every_part_of_an_indicator_is_described() -> None:
    assert all(f"`{each.value}`" in section("Indicators") for each in Part)


def test_every_key_of_a_sheet_is_described() -> None:
    told = section("Sheets of a pack")
    for key in (*SHEET_KEYS, *COLUMN_KEYS, "without"):
        assert re.search(rf"\b{key} = ", told), key
    assert all(f"`{sheet}`" in told for sheet in LEFT_OUT)


def test_every_tag_of_papers_is_described() -> None:
    rows = {"finance": FinanceSummary, "finance.agreement": AgreementMoney, "scenario": Scenario}
    rows |= {"metric": MetricRow, "level": LevelCount, "movement": Movement, "row": LevelThenAndNow}
    rows |= {"move": LevelMove, "figure": KeyFigure, "headline": FirstHeadline, "row.measured": IndicatorRow}
    for word, row in rows.items():
        for field in dataclasses.fields(row):
            if field.type is AgreementMoney or typing.get_origin(field.type) is tuple:
                continue
            assert re.search(rf"\{{[{{%]p?(?: if)? {re.escape(word)}\.{field.name} [%}}]\}}", PAGE), (
                f"{word}.{field.name}"
            )


def test_the_pack_toml_of_the_page_is_one() -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    (sheet,) = tomllib.loads(block)["sheets"]
    assert {column["type"] for column in sheet["columns"]} <= {each.value for each in ColumnType}
