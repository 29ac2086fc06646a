"""Every sentence of the worked examples stands in their documents, in order: read from the TOML, without svreport."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import EXAMPLES
from tests.documents.plain_words import plain_lines
from tests.documents.reading import missing_in_order, paragraphs

TOML = Path(__file__).parents[2] / "svreport" / "examples"
FIGURES = tomllib.loads((Path(__file__).with_name("figures.toml")).read_text(encoding="utf-8"))
HEADINGS = ("Drivers", "Barriers", "Engagement")

Rows = Mapping[str, list[dict[str, Any]]]


class Expected:
    """What the documents of one example have to say, in the order of the form."""

    def __init__(self, name: str) -> None:
        self.rows: Rows = tomllib.loads((TOML / f"{name}.toml").read_text(encoding="utf-8"))
        self.items = {row["Item"]: row["Value"] for row in self.rows["Programme"]}
        self._figures = FIGURES[name]
        self._updates = [row["Update"] for row in self.rows["Updates"]]
        self._current = self._updates.index(self.items["Current update"])

    def programme_overview(self) -> dict[str, list[str]]:
        submitted: date = self.rows["Updates"][self._current]["Submitted"]
        return {
            "who": [self.items["Authority"], f"{submitted.day} {submitted:%B %Y}", "S151 Officer:", "DCS:"],
            "adviser": self._plain(self.items["Specialist adviser support"]),
            **{f"key people, {role}": list(self._people(role)) for role in ("CEO", "S151 Officer", "DCS")},
            "other people": list(self._people("Other")),
            "questions": [
                line
                for row in self.rows["Questions"]
                for line in (row["Question"], row["Answer"], *self._plain(row["Commentary"]))
            ],
            "headlines": [
                line
                for heading in HEADINGS
                for row in self.rows["Headlines"]
                if row["Heading"] == heading
                for line in self._plain(row["Text"])
            ],
            "dashboard": [self.items["Dashboard"]],
        }

    def detailed_update(self) -> list[str]:
        told: list[str] = []
        for condition in self.rows["Conditions"]:
            told += [f"Condition {condition['Ref']}: {condition['Condition']}", *self._stack(condition)]
            for block in self.rows["Progress"]:
                if block["Condition"] == condition["Ref"]:
                    is_text = block["Kind"] == "Text"
                    told += self._plain(block["Content"]) if is_text else self._exhibit(block["Content"])
        for level in self.rows["Assurance levels"]:
            told += [level["Level"], level["Definition"]]
        return told

    def risk_register(self) -> list[str]:
        told: list[str] = []
        for risk in self.rows["Risks"]:
            told += [f"{risk['Ref']}: {risk['Risk']}", *self._stack(risk)]
            told += [*self._plain(risk["Mitigation"]), *self._plain(risk["Progress"])]
        return told

    def _stack(self, rated: Mapping[str, Any]) -> Iterator[str]:
        for label in self._updates:
            yield label
            if rated.get(label):
                yield rated[label]

    def _people(self, role: str) -> Iterator[str]:
        for person in self.rows["Contacts"]:
            if person["Role"] == role:
                yield from (person["Name"], person["Email"])

    def _exhibit(self, name: str) -> list[str]:
        """A chart's alt text begins with its title, where it has none of its own; a table's title is its corner."""
        exhibit = next(row for row in self.rows["Exhibits"] if row["Exhibit"] == name)
        return [exhibit.get("Alt text") or exhibit["Title"], exhibit["Source"]]

    def _plain(self, markdown: str) -> list[str]:
        return plain_lines(markdown, self._figures)


@pytest.fixture(params=EXAMPLES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_programme_overview_says_everything(name: str, example_outputs: Mapping[str, Path]) -> None:
    found = paragraphs(example_outputs[name] / "programme-overview.docx")
    missing = {
        what: missing_in_order(told, found) for what, told in Expected(name).programme_overview().items()
    }
    assert {what: lines for what, lines in missing.items() if lines} == {}


def test_the_detailed_update_says_everything_in_order(name: str, example_outputs: Mapping[str, Path]) -> None:
    found = paragraphs(example_outputs[name] / "detailed-update.docx")
    assert missing_in_order(Expected(name).detailed_update(), found) == []


def test_the_risk_register_says_everything_in_order(name: str, example_outputs: Mapping[str, Path]) -> None:
    found = paragraphs(example_outputs[name] / "risk-register.docx")
    assert missing_in_order(Expected(name).risk_register(), found) == []


def test_the_submission_says_what_its_three_parts_say(name: str, example_outputs: Mapping[str, Path]) -> None:
    folder = example_outputs[name]
    parts = ("programme-overview", "detailed-update", "risk-register")
    apart = [line for part in parts for line in paragraphs(folder / f"{part}.docx")]
    assert paragraphs(folder / "submission.docx") == apart


def test_every_text_of_the_workbook_is_expected_somewhere(name: str) -> None:
    """So that a new column or row cannot be forgotten here: each cell of words is in what the documents must say."""
    expected = Expected(name)
    overview = [line for told in expected.programme_overview().values() for line in told]
    told = "\n".join([*overview, *expected.detailed_update(), *expected.risk_register()])
    columns = {
        "Questions": ("Commentary",),
        "Headlines": ("Text",),
        "Conditions": ("Condition",),
        "Risks": ("Risk", "Mitigation", "Progress"),
        "Assurance levels": ("Definition",),
    }
    words = [
        row[column] for sheet, used in columns.items() for row in expected.rows[sheet] for column in used
    ]
    words += [row["Content"] for row in expected.rows["Progress"] if row["Kind"] == "Text"]
    assert [line for text in words for line in plain_lines(text, FIGURES[name]) if line not in told] == []
    placed = {row["Content"] for row in expected.rows["Progress"] if row["Kind"] == "Exhibit"}
    assert placed == {row["Exhibit"] for row in expected.rows["Exhibits"]}


def test_a_sentence_that_is_missing_or_out_of_order_is_seen() -> None:
    assert missing_in_order(["a b", "c"], ["a", "b c"]) == ["a b"]
    assert missing_in_order(["c", "a  b"], ["a\u00a0b", "c"]) == ["a b"]
    assert missing_in_order(["a b", "c"], ["a b", "c"]) == []
