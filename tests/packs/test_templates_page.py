"""docs/templates.md names every tag that there is, with its letter, and none that there is not."""

import dataclasses
import re
import tomllib
import types
import typing
from pathlib import Path

import pytest

from svreport.documents.context import (
    Answered,
    ConditionRow,
    KeyRow,
    MetricRow,
    Person,
    Return,
    RiskRow,
)
from svreport.packs.declared import TITLE_FIELDS
from svreport.word.fields import Link, Rich, Shade, Stack

PAGE = (Path(__file__).parents[2] / "docs" / "templates.md").read_text(encoding="utf-8")
ROWS: dict[str, type] = {
    "person": Person,
    "question": Answered,
    "condition": ConditionRow,
    "risk": RiskRow,
    "row": KeyRow,
}
LETTERS = {str: "", int: "", Rich: "p", Stack: "p", Shade: "p", Link: "r"}


def expected_tags() -> set[str]:
    """Every field of the return as a template writes it."""
    tags = {
        f"{{{{{LETTERS[kind]} {name} }}}}"
        for name, kind in typing.get_type_hints(Return).items()
        if not isinstance(kind, types.GenericAlias)
    }
    return tags | {
        f"{{{{{LETTERS[kind]} {word}.{name} }}}}"
        for word, row in ROWS.items()
        for name, kind in typing.get_type_hints(row).items()
        if not isinstance(kind, types.GenericAlias)
    }


def expected_lists() -> set[str]:
    word_of = {row: word for word, row in (ROWS | {"metric": MetricRow}).items()}
    return {
        f"{word_of[typing.get_args(kind)[0]]} in {before}{name}"
        for before, row in {"": Return, **{f"{word}.": row for word, row in ROWS.items()}}.items()
        for name, kind in typing.get_type_hints(row).items()
        if isinstance(kind, types.GenericAlias)
    }


def test_the_tables_list_every_tag_and_every_list() -> None:
    first_cells = [
        line.split("|")[1].strip().strip("`") for line in PAGE.splitlines() if line.startswith("| `{")
    ]
    assert {cell for cell in first_cells if re.fullmatch(r"\{\{.*\}\}", cell)} == expected_tags()
    repeated = {
        found[1] for cell in first_cells if (found := re.fullmatch(r"\{%(?:p|tr) for ([^%]+) %\}", cell))
    }
    assert repeated == expected_lists()


def test_every_tag_on_the_page_exists() -> None:
    shown_as_wrong = {"{{ p drivers }}", "{{ Authority }}"}
    tags = set(re.findall(r"\{\{.*?\}\}", PAGE)) - shown_as_wrong - {"{{ }}", "{{p … }}"}
    filtered = {tag for tag in tags if "|" in tag}
    assert filtered == {r"{{ risks \| length }}", r"{{ authority \| upper }}"}
    assert tags - filtered <= expected_tags()
    for statement in re.findall(r"\{%(?:p|tr) for (.+?) %\}", PAGE):
        assert statement in expected_lists()


def test_the_pack_toml_of_the_page_is_one() -> None:
    block, another = (
        tomllib.loads(found.replace("   ", "")) for found in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    )
    assert set(block) == {"title", "language", "documents"}
    for document in (*block["documents"], *another["documents"]):
        assert set(document) in ({"output", "title", "template"}, {"output", "title", "parts"})
    title_line = next(line for line in PAGE.splitlines() if line.startswith("| `title` (of a document)"))
    assert tuple(re.findall(r"\{\{ (\w+) \}\}", title_line)) == TITLE_FIELDS


@pytest.mark.parametrize("row", [Return, *ROWS.values()])
def test_every_field_can_be_placed(row: type) -> None:
    """A field of another type would need a letter that the page does not explain."""
    assert dataclasses.is_dataclass(row)
    for kind in typing.get_type_hints(row).values():
        element = typing.get_args(kind)[0] if isinstance(kind, types.GenericAlias) else kind
        assert element in LETTERS or element in (*ROWS.values(), MetricRow)


def test_what_the_page_explains_is_what_svreport_says() -> None:
    rows = re.findall(
        r"^\| (\*.+?) \|", PAGE.partition("\n## When something is in the way\n")[2], re.MULTILINE
    )
    assert len(rows) == 6
    code = "\n".join(
        file.read_text(encoding="utf-8") for file in (Path(__file__).parents[2] / "svreport").rglob("*.py")
    )
    for phrase in (phrase for row in rows for phrase in re.findall(r"\*(.+?)\*", row)):
        for piece in re.split(r"…|\{%.*?%\}|pack\.toml", phrase):
            assert piece.strip() in code, phrase
