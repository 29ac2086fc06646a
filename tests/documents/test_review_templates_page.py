"""docs/review-templates.md names everything that the templates of the review can place, and nothing else."""

import dataclasses
import re
from pathlib import Path

from svreport.documents.page import context as page_context
from svreport.documents.review_pack import context as review_context

PAGE = (Path(__file__).parents[2] / "docs" / "review-templates.md").read_text(encoding="utf-8")
PARTS = PAGE.split("## In `review.html`")


def fields(module: object) -> set[str]:
    """The fields of every dataclass that a module defines."""
    made = [each for each in vars(module).values() if getattr(each, "__module__", "") == module.__name__]  # type: ignore[attr-defined] # a module
    return {
        field.name for each in made if dataclasses.is_dataclass(each) for field in dataclasses.fields(each)
    }


def named(part: str) -> set[str]:
    rows = [line for line in part.splitlines() if line.startswith("| ") and "`" in line]
    return {name for row in rows for name in re.findall(r"`([a-z_]+)`", row)}


def test_the_page_names_what_the_document_can_place() -> None:
    assert named(PARTS[0].partition("## In `review.docx`")[2]) - {"p"} == fields(review_context)


def test_the_page_names_what_the_web_page_can_place() -> None:
    states = {"error", "query"}
    assert named(PARTS[1].partition("## In `changes.docx`")[0]) - states == fields(page_context)
