"""Import: what is built from an imported workbook says what the form said, word for word."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svreport.errors import CallFault, FormUnreadable
from svreport.pipeline.building import build_workbook
from svreport.pipeline.examining import examine
from svreport.pipeline.importing import ImportedForm, import_form
from svreport.pipeline.options import BuildOptions
from svreport.word.text import plain_text, text_of
from tests.conftest import EXAMPLES
from tests.pipeline.content import Rows, save, small_return
from tests.system.office import Office
from tests.word.forms_as_text import made

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


def _of_many_months(rows: Rows) -> None:
    """The first condition shows a table of two years' months, too wide for its place."""
    months = [f"{month} {year}" for year in (2025, 2026) for month in ("Jan", "Apr", "Jul", "Oct")]
    months += [f"{month} 2027" for month in ("Jan", "Apr", "Jul", "Oct")]
    rows["Metrics"] = [{"Metric": "Plans", "Title": "Plans", "Unit": "number"}]
    rows["Metric data"] = [
        {"Metric": "Plans", "Period": month, "Actual": 5000 + at, "Forecast": 4900 + at}
        for at, month in enumerate(months)
    ]
    rows["Exhibits"] = [
        {"Exhibit": "Plans", "Kind": "Table", "Title": "Plans", "Series": "Plans actual; Plans forecast"}
    ]
    ref = rows["Conditions"][0]["Ref"]
    rows["Progress"].append({"Condition (or Ref)": ref, "Kind": "Exhibit", "Content": "Plans"})


def test_a_table_that_went_on_in_further_ones_is_one_metric(tmp_path: Path) -> None:
    rows = small_return()
    _of_many_months(rows)
    (tmp_path / "first").mkdir()
    first = _build(save(tmp_path / "first" / "return.xlsx", rows))
    assert "Plans, continued" in "\n".join(_texts(first)["detailed-update"])
    _imported(first, WHOLE, tmp_path / "again.xlsx")
    submission = examine(tmp_path / "again.xlsx").submission
    assert [metric.name.value for metric in submission.metrics] == ["Plans"]
    assert len(submission.observations) == 12
    assert [each.name.value for each in submission.exhibits] == ["Plans"]
    assert _texts(_build(tmp_path / "again.xlsx")) == _texts(first)


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


@settings(max_examples=25)
@given(rows=returns(), names=st.sampled_from([WHOLE, PARTS]))
def test_any_return_imported_builds_the_same_text(
    rows: Rows, names: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("return")
    first = _build(save(folder / "first.xlsx", rows))
    imported = _imported(first, names, folder / "second.xlsx")
    assert imported.notes == ()
    assert _texts(_build(folder / "second.xlsx")) == _texts(first)


# ------------------------------------------------------------------------------------------------ the published return


@pytest.fixture
def published(tmp_path: Path) -> ImportedForm:
    """A form laid out as the published one, with its facts, imported."""
    return import_form(made("published/return", tmp_path), tmp_path / "published.xlsx")


def test_the_published_layout_gives_every_level(published: ImportedForm) -> None:
    submission = examine(published.workbook).submission
    rated = [(row.ref.value, row.levels) for row in submission.conditions]
    rated += [(row.ref.value, row.levels) for row in submission.risks]
    levels = {ref: "".join(str(level.value)[0] for level in held) for ref, held in rated}
    conditions = {"3.1": "GAA", "3.2": "GGG", "3.3": "AAA", "3.4": "AAA", "3.5": "GGG"}
    risks = {"1": "GGG", "2": "GGG", "3": "AGG", "4": "AAB", "5": "AAA"}
    assert levels == conditions | risks
    assert [[str(level.value)[0] for level in row.levels] for row in submission.conditions[:2]] == [
        ["G", "A", "R"],
        ["G", "R", "R"],
    ]


def test_the_published_layout_tells_its_year_update_and_dates(published: ImportedForm) -> None:
    submission = examine(published.workbook).submission
    programme, current = submission.programme, submission.updates[submission.current or 0]
    assert (str(programme.financial_year.value), programme.current_update.value) == (
        "2024-25",
        "Update 3 (November)",
    )
    assert str(current.submitted.value) == "2024-12-11"
    assert [update.submitted.value for update in submission.updates[:-1]] == [None, None]


def test_the_published_layout_builds_with_its_sentences_whole_and_its_lists(published: ImportedForm) -> None:
    text = text_of((_build(published.workbook) / "detailed-update.docx").read_bytes())
    assert "There are a further 25 places planned for September 2025, and 50 from September 2028." in text
    for item in (
        "a) Early years",
        "c) Fewer requests",
        "f) SEMH",
        "1. Training",
        "3. A clearer offer",
        "• A small team",
    ):
        assert f"] {item}" in text
    assert "| **Forecast** | 5,562 |" in text
    assert "97.83 | 97.00" in text
    (note,) = published.notes
    assert "EHCP Numbers: SV Forecast" in note


def test_the_list_of_what_was_not_read_is_a_sheet_that_reading_leaves_alone(
    published: ImportedForm,
) -> None:
    examined = examine(published.workbook)
    assert "Import notes" in examined.submission.sheets
    assert [finding for finding in examined.findings if finding.place.sheet == "Import notes"] == []


# ------------------------------------------------------------------------------------------------ pictures and files


def test_a_picture_without_a_description_is_listed_and_found(tmp_path: Path) -> None:
    imported = import_form(made("pictures/pictures", tmp_path), tmp_path / "a.xlsx")
    assert [path.name for path in imported.pictures] == ["a-picture-1.png"]
    assert any("has no description" in note for note in imported.notes)
    assert "EXH-11" in {finding.code for finding in examine(tmp_path / "a.xlsx").findings if finding.is_error}


def test_an_import_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    forms = made("pictures/pictures", tmp_path)
    (tmp_path / "a-picture-1.png").write_bytes(b"a person's own picture")
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(CallFault, match=r"a-picture-1\.png exists already"):
        import_form(forms, tmp_path / "a.xlsx")
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_part_that_two_files_hold_is_refused(example_outputs: Mapping[str, Path], tmp_path: Path) -> None:
    with pytest.raises(FormUnreadable, match="both hold Condition 1"):
        _imported(
            example_outputs["wiltshire-2024-12"], ("submission", "detailed-update"), tmp_path / "a.xlsx"
        )


def test_the_same_form_gives_the_same_workbook(tmp_path: Path) -> None:
    forms = made("split", tmp_path)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        import_form(forms, tmp_path / name / "return.xlsx")
    assert (tmp_path / "a" / "return.xlsx").read_bytes() == (tmp_path / "b" / "return.xlsx").read_bytes()


def test_an_example_that_libreoffice_saved_again_says_the_same(
    example_outputs: Mapping[str, Path], tmp_path: Path, soffice: Office
) -> None:
    saved = soffice(example_outputs["wiltshire-2024-12"] / "submission.docx", "docx:MS Word 2007 XML")
    imported = import_form([saved], tmp_path / "again.xlsx")
    assert imported.notes == ()
    assert _texts(_build(tmp_path / "again.xlsx")) == _texts(example_outputs["wiltshire-2024-12"])
