"""The page about the workbook names every sheet, column, item and family of findings."""

from pathlib import Path

from svreport.workbook import layout, rules

_PAGE = (Path(__file__).parents[2] / "docs" / "workbook.md").read_text(encoding="utf-8")


def _section(sheet: str) -> str:
    return _PAGE.partition(f"\n### {sheet}\n")[2].partition("\n## ")[0].partition("\n### ")[0]


def test_every_sheet_and_column_is_described() -> None:
    for sheet in layout.SHEETS:
        section = _section(sheet.name)
        assert section, sheet.name
        for column in sheet.columns:
            if sheet.name != "Programme":
                assert f"\n| {column.heading} |" in section, f"{sheet.name}: {column.heading}"
            for choice in column.choices:
                assert choice in section, f"{sheet.name}: {choice}"


def test_every_item_is_described() -> None:
    for item in layout.ITEMS:
        assert f"\n| {item.name} |" in _section("Programme")


def test_every_family_of_findings_is_described() -> None:
    families = {rule.code[:3] for rule in rules.RULES}
    told = {
        name.strip()
        for line in _PAGE.splitlines()
        if line[:2] == "| "
        for name in line.split("|")[1].split(",")
    }
    assert families <= told
