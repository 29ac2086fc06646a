"""Import: what is built from an imported workbook says what the form said, word for word."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svreport.pipeline.building import build_workbook
from svreport.pipeline.examining import examine
from svreport.pipeline.importing import ImportedForm, import_form
from svreport.pipeline.options import BuildOptions
from svreport.word.text import plain_text, text_of
from tests.conftest import EXAMPLES
from tests.pipeline.content import Rows, save, small_return

PARTS = ("programme-overview", "detailed-update", "risk-register")
WHOLE = ("submission",)


def _build(workbook: Path) -> Path:
    options = BuildOptions(workbook.parent / "outputs", "safety-valve")
    return build_workbook(workbook, options, waiting=lambda folder: None).folder


def _imported(folder: Path, names: tuple[str, ...], workbook: Path) -> ImportedForm:
    return import_form([folder / f"{name}.docx" for name in names], workbook)


def _texts(folder: Path) -> dict[str, list[str]]:
    return {name: plain_text((folder / f"{name}.docx").read_bytes()) for name in (*PARTS, *WHOLE)}


def _without_pictures(text: str) -> list[str]:
    """Paragraphs with their styles, list markers and colours; a picture's size in print is its own pixels'."""
    return [line.partition("{picture of")[0] for line in text.split("\n") if not line.startswith("[footer]")]


@pytest.mark.parametrize(
    "names", [WHOLE, PARTS, PARTS[::-1]], ids=["one file", "three files", "in another order"]
)
@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_imported_builds_the_same_documents(
    name: str, names: tuple[str, ...], example_outputs: Mapping[str, Path], tmp_path: Path
) -> None:
    imported = _imported(example_outputs[name], names, tmp_path / "again.xlsx")
    again = _build(tmp_path / "again.xlsx")
    assert imported.notes == ()
    assert _texts(again) == _texts(example_outputs[name])
    for part in PARTS:
        first, second = ((folder / f"{part}.docx").read_bytes() for folder in (example_outputs[name], again))
        assert _without_pictures(text_of(second)) == _without_pictures(text_of(first))


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_imported_has_no_errors(
    name: str, example_outputs: Mapping[str, Path], tmp_path: Path
) -> None:
    _imported(example_outputs[name], WHOLE, tmp_path / "again.xlsx")
    assert [finding for finding in examine(tmp_path / "again.xlsx").findings if finding.is_error] == []


def test_months_become_a_metric_its_figures_and_a_table(
    example_outputs: Mapping[str, Path], tmp_path: Path
) -> None:
    _imported(example_outputs["wiltshire-2024-12"], WHOLE, tmp_path / "again.xlsx")
    submission = examine(tmp_path / "again.xlsx").submission
    told = {metric.name.value: metric for metric in submission.metrics}
    assert list(told) == ["EHCP numbers", "EHCNA requests a month"]
    assert told["EHCP numbers"].conditions.value == ("3.1",)
    october = [each for each in submission.observations if each.metric.value == "EHCP numbers"][-1]
    assert (str(october.period.value), str(october.actual.value), str(october.forecast.value)) == (
        "Oct 2024",
        "6161",
        "5669",
    )
    assert "Table" in {str(exhibit.kind.value) for exhibit in submission.exhibits}
    sources = {exhibit.name.value: exhibit.source.value for exhibit in submission.exhibits}
    assert sources["EHCP numbers"] == "Case management system; forecast of the Safety Valve plan"


def test_pictures_are_kept_beside_the_workbook_with_their_descriptions(
    example_outputs: Mapping[str, Path], tmp_path: Path
) -> None:
    imported = _imported(example_outputs["wiltshire-2024-12"], WHOLE, tmp_path / "again.xlsx")
    submission = examine(tmp_path / "again.xlsx").submission
    pictures = [each for each in submission.exhibits if str(each.kind.value) == "Picture"]
    assert [path.name for path in imported.pictures] == [
        each.series.value[0] for each in pictures if each.series.value
    ]
    assert all(
        path.parent == tmp_path and path.read_bytes().startswith(b"\x89PNG") for path in imported.pictures
    )
    assert all("chart" in (each.alt_text.value or "") for each in pictures)


# ------------------------------------------------------------------------------------------------ made-up returns

_SIGNS = [
    "**bold**",
    "*so*",
    "_x_",
    "a*b",
    "snake_case",
    "[1]",
    "\\{{ no figure }}",
    "\\{% if %}",
    "{#",
    "|",
    "\\",
    "&",
    "<b>",
]
_SIGNS += [
    "£5.7m",
    "“said”",
    "5*3*2",
    "[a link](https://example.gov.uk/a?b=1&c=2)",
    "#1",
    "~",
    "`code`",
    "é",
    "−4",
]
_WORDS = st.lists(
    st.sampled_from(["plans", "rose", "by", "a", "third.", "Costs", "fell", "again:", *_SIGNS]),
    min_size=1,
    max_size=7,
).map(lambda words: " ".join(["The", *words]))
_LINES = st.lists(_WORDS, min_size=1, max_size=3)
_MARKS = st.sampled_from(["- {}", "• {}", "{n}. {}", "{n}) {}", "({n}) {}", "{a}) {}", "{a}. {}", "{i}) {}"])


def _list(lines: list[str], mark: str, indent: str = "") -> str:
    lines = lines if len(lines) > 1 else [*lines, "And more"]
    labels = zip("123", "abc", ("i", "ii", "iii"), lines, strict=False)
    return "\n".join(indent + mark.format(line, n=n, a=a, i=i) for n, a, i, line in labels)


_NESTED = st.builds(
    lambda lines, mark, inner, inner_mark: f"{_list(lines, mark)}\n{_list(inner, inner_mark, '    ')}",
    _LINES, _MARKS, _LINES, _MARKS,
)  # fmt: skip
_ROWS = st.lists(st.tuples(_WORDS, st.sampled_from(["12", "3.5%", "", "£4m"])), min_size=1, max_size=3)
_TABLES = _ROWS.map(
    lambda rows: (
        "| Scheme | Places |\n|---|---|\n"
        + "\n".join(
            "| {} | {} |".format(text.replace("\\", "").replace("|", "\\|"), figure) for text, figure in rows
        )
    )
)
_BLOCKS = st.one_of(_WORDS, _LINES.map("\n".join), st.builds(_list, _LINES, _MARKS), _NESTED, _TABLES)
_TEXTS = st.lists(_BLOCKS, min_size=1, max_size=3).map("\n\n".join)
_LABELS = ["Update 1 (May)", "Update 2 (August)", "Update 3 (November)", "Update 4 (February)"]
_LEVELS = st.sampled_from(["Blue", "Green", "Amber", "Red"])


@st.composite
def returns(draw: st.DrawFn) -> Rows:
    """A return of some authority, with text of every kind in every place that can hold it."""
    labels = _LABELS[: draw(st.integers(1, 4))]
    refs = draw(
        st.lists(
            st.sampled_from(["1", "3.1", "3a", "iv", "Cost", "2(b)", "R1"]),
            min_size=1,
            max_size=3,
            unique=True,
        )
    )
    risks = draw(
        st.lists(st.sampled_from(["1", "Risk 2", "Workforce", "v"]), min_size=1, max_size=2, unique=True)
    )
    authority = draw(
        st.sampled_from(["Exampleshire", "Bath & North East Somerset", "St Helens", "Bristol, City of"])
    )
    rows = small_return(authority, labels, refs, risks)
    now = draw(st.integers(0, len(labels) - 1))
    _item(rows, "Current update")["Value"] = labels[now]
    _item(rows, "Specialist adviser support")["Value"] = draw(_TEXTS)
    for sheet in ("Conditions", "Risks"):
        for row in rows[sheet]:
            row |= {label: draw(_LEVELS) if at <= now else None for at, label in enumerate(labels)}
    for row in rows["Risks"]:
        row |= {"Mitigation": draw(_TEXTS), "Progress": draw(_TEXTS)}
    for row in rows["Questions"]:
        row |= {"Answer": draw(st.sampled_from(["Yes", "No"])), "Commentary": draw(_TEXTS)}
    rows["Headlines"] = [
        {"Heading": heading, "Text": draw(_TEXTS)}
        for heading in ("Drivers", "Barriers", "Engagement")
        for _ in range(draw(st.integers(1, 3)))
    ]
    rows["Progress"] = [
        {"Condition": ref, "Kind": "Text", "Content": draw(_TEXTS)}
        for ref in refs
        for _ in range(draw(st.integers(1, 2)))
    ]
    rows["Progress"].append({"Condition": refs[0], "Kind": "Exhibit", "Content": "Plans table"})
    return rows


def _item(rows: Rows, name: str) -> dict[str, Any]:
    return next(row for row in rows["Programme"] if row["Item"] == name)


@settings(max_examples=40)
@given(rows=returns(), names=st.sampled_from([WHOLE, PARTS]))
def test_any_return_imported_builds_the_same_text(
    rows: Rows, names: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("return")
    first = _build(save(folder / "first.xlsx", rows))
    imported = _imported(first, names, folder / "second.xlsx")
    assert imported.notes == ()
    assert _texts(_build(folder / "second.xlsx")) == _texts(first)
