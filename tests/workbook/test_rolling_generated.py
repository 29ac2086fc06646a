"""Rolling forward whatever a return holds: nothing that stays changes, nothing that goes is lost."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svreport.model.submission import BlockKind, Condition, Risk, Submission
from svreport.workbook.book import read_book
from svreport.workbook.opening import package_of
from svreport.workbook.reading import read_workbook
from svreport.workbook.rolling import roll_forward
from svreport.workbook.writing import workbook_bytes
from tests.workbook import lived_in

TO_WRITE = {"EMP-01", "EMP-02", "LVL-02", "DAT-03"}
LEVELS = ("Blue", "Green", "Amber", "Red")
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1, max_size=50)
FILLED = TEXTS.map(lambda text: f"x{text}x")
REFS = st.lists(st.sampled_from(["1", "3.1", "3a", "iv", "Cost", "3.10", "ii"]), unique=True, max_size=5)
Row = Mapping[str, object]


@st.composite
def contents(draw: st.DrawFn) -> dict[str, Sequence[Row]]:
    labels = [f"Update {number}" for number in range(1, draw(st.integers(1, 4)) + 1)]
    current = draw(st.integers(0, len(labels) - 1))

    def levels() -> dict[str, object]:
        return {label: draw(st.sampled_from(LEVELS)) for label in labels[: current + 1]}

    refs = draw(REFS.filter(bool))
    exhibits = [f"Exhibit {number}" for number in range(draw(st.integers(0, 3)))]
    progress: list[Row] = []
    for ref in refs:
        for exhibit in draw(st.lists(st.sampled_from([None, *exhibits]), max_size=5)):
            kind = "Exhibit" if exhibit else "Text"
            progress.append({"Condition": ref, "Kind": kind, "Content": exhibit or draw(FILLED)})
    start = draw(st.integers(2019, 2040))
    years = [f"{at}-{(at + 1) % 100:02d}" for at in range(start, start + draw(st.integers(1, 3)))]
    return {
        "Programme": [
            {"Item": "Authority", "Value": draw(FILLED)},
            {"Item": "Financial year", "Value": f"{start}-{(start + 1) % 100:02d}"},
            {"Item": "Current update", "Value": labels[current]},
            {"Item": "Agreement ends", "Value": "2040-41"},
            {"Item": "Specialist adviser support", "Value": draw(st.none() | FILLED)},
            {"Item": draw(FILLED), "Value": "an item of one's own"},
        ],
        "Updates": [
            {"Update": label, "Data as at": date(2024, 1, at + 1), "Submitted": date(2024, 2, at + 1)}
            for at, label in enumerate(labels)
        ],
        "Questions": [
            {
                "Ref": ref,
                "Question": "Why?",
                "Answer": draw(st.booleans()),
                "Commentary": draw(st.none() | FILLED),
            }
            for ref in ("in-year", "end-of-plan", "capital")
        ],
        "Headlines": [
            {"Heading": heading, "Text": draw(FILLED)}
            for heading in ("Drivers", "Barriers", "Engagement")
            for _ in range(draw(st.integers(0, 3)))
        ],
        "Conditions": [
            {"Ref": ref, "Condition": draw(FILLED), "Owner": draw(FILLED), **levels()} for ref in refs
        ],
        "Progress": progress,
        "Risks": [
            {
                "Ref": ref,
                "Risk": draw(FILLED),
                "Mitigation": draw(FILLED),
                "Progress": draw(FILLED),
                **levels(),
            }
            for ref in draw(REFS)
        ],
        "Finance": [
            {
                "Scenario": "Mitigated",
                "Line": "Deficit",
                "Role": "Carried forward",
                **{year: Decimal(draw(st.integers(-999, 999))) for year in years},
            }
        ],
        "Exhibits": [
            {"Exhibit": name, "Kind": "Table", "Title": name, "Series": "Mitigated / Deficit"}
            for name in exhibits
        ],
        "Sign-off": [
            {"Role": role, "Name": "Somebody", "Date": date(2024, 3, 1), "Content code": "7F3A-19C2"}
            for role in ("S151 Officer", "DCS")
        ],
        "My notes": [{"Note": draw(FILLED)}],
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("generated")


@settings(max_examples=40)
@given(content=contents())
def test_whatever_a_return_holds(content: dict[str, Sequence[Row]], folder: Path) -> None:
    old, new = folder / "old.xlsx", folder / "new.xlsx"
    old.write_bytes(workbook_bytes(content))
    before = read_workbook(old)
    done = roll_forward(old, before.submission)
    new.write_bytes(done.data)
    after = read_workbook(new)
    _assert_kept(before.submission, after.submission)
    _assert_emptied(before.submission, after.submission)
    _assert_shown(before.submission, old.read_bytes(), done.data)
    told = {(finding.code, finding.read) for finding in before.findings}
    assert {
        finding.code for finding in after.findings if (finding.code, finding.read) not in told
    } <= TO_WRITE
    was, now = lived_in.unpacked(old.read_bytes()), lived_in.unpacked(done.data)
    notes = lived_in.sheet_parts(was)["My notes"]
    if before.submission.programme.financial_year.value == after.submission.programme.financial_year.value:
        assert now[notes] == was[notes]
    assert roll_forward(old, before.submission).data == done.data


def _assert_kept(before: Submission, after: Submission) -> None:
    for kept in ("contacts", "metrics", "observations", "exhibits", "scale"):
        assert getattr(after, kept) == getattr(before, kept)
    assert [(each.ref, each.wording) for each in after.conditions] == [
        (each.ref, each.wording) for each in before.conditions
    ]
    assert [(each.ref, each.wording, each.mitigation) for each in after.risks] == [
        (each.ref, each.wording, each.mitigation) for each in before.risks
    ]
    assert [each.label for each in after.updates] == [each.label for each in before.updates]
    placed = [
        [each for each in of.progress if each.kind.value is BlockKind.EXHIBIT] for of in (before, after)
    ]
    assert placed[0] == placed[1]
    own = [name for name in before.programme.items if name.startswith("x")]
    assert [after.programme.items[name] for name in own] == [before.programme.items[name] for name in own]
    for line, kept_line in zip(after.finance, before.finance, strict=True):
        assert {year: line.years[year] for year in kept_line.years} == kept_line.years
    year = after.programme.financial_year.value
    assert all(year in line.years for line in after.finance)


def _assert_emptied(before: Submission, after: Submission) -> None:
    assert before.current is not None
    new_year = before.current == len(before.updates) - 1
    at = 0 if new_year else before.current + 1
    assert after.current == at
    rated: list[Condition | Risk] = [*after.conditions, *after.risks]
    assert {each.levels[at].value for each in rated} <= {None}
    if new_year:
        assert {level.value for each in rated for level in each.levels} <= {None}
        assert {(each.data_as_at.value, each.submitted.value) for each in after.updates} == {(None, None)}
    else:
        were: list[Condition | Risk] = [*before.conditions, *before.risks]
        assert [each.levels[:at] for each in rated] == [each.levels[:at] for each in were]
        assert after.updates[:at] == before.updates[:at]
        assert (after.updates[at].data_as_at.value, after.updates[at].submitted.value) == (None, None)
    assert {each.commentary.value for each in after.questions} == {None}
    assert {each.text.value for each in after.headlines} <= {None}
    assert {each.content.value for each in after.progress if each.kind.value is BlockKind.TEXT} <= {None}
    assert {each.progress.value for each in after.risks} <= {None}
    assert after.programme.adviser_support.value is None
    assert {(each.name.value, each.date.value, each.content_code.value) for each in after.approvals} == {
        (None, None, None)
    }


def _assert_shown(before: Submission, old: bytes, data: bytes) -> None:
    """Every text that went stands on Last update as its cell held it."""
    sheets = {sheet.name: sheet for sheet in read_book(package_of("new", data))}
    shown = {row[3].text for row in sheets["Last update"].rows.values() if 3 in row}
    held = {sheet.name: sheet for sheet in read_book(package_of("old", old))}
    entries = [
        *(block.content for block in before.progress if block.kind.value is BlockKind.TEXT),
        *(headline.text for headline in before.headlines),
        *(question.commentary for question in before.questions),
        *(risk.progress for risk in before.risks),
        before.programme.adviser_support,
    ]
    written = {
        held[each.place.sheet].rows[each.place.row][each.place.column].text for each in entries if each.value
    }
    assert written <= shown
