"""review.docx: what it says of the worked examples, that everybody can read it, and what it says where nothing is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from svreport.documents.review_pack.context import ReviewPack
from svreport.documents.review_pack.document import review_pack
from svreport.documents.words_changed import changed_words
from svreport.narrative.blocks import Run, text_of
from svreport.packs.loading import load_pack
from svreport.word.accessibility import faults
from svreport.word.fields import Rich
from svreport.word.packaging import Properties
from svreport.word.template import Template
from svreport.word.text import text_of as told
from tests.conftest import EXAMPLES
from tests.documents.reviews import Rows, item, reviewed, saved, times

(TEMPLATE,) = [each.template for each in load_pack("safety-valve").reviews if not each.is_page]
PACK = "Safety Valve return to the Department for Education"
PROPERTIES = Properties("Review before signing", "Wiltshire", "en-GB")


def both_examples(folder: Path, change: Callable[[Rows], object] = lambda rows: None) -> Path:
    """The later example, changed, beside the earlier one that it names as its previous workbook."""
    saved(folder, EXAMPLES[0])
    return saved(folder, EXAMPLES[1], change)


def document(path: Path) -> bytes:
    return Template.open(TEMPLATE).render(review_pack(reviewed(path), PACK), PROPERTIES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_review_reads_as_its_golden_text(
    name: str, tmp_path: Path, golden: Callable[[str, str], None]
) -> None:
    saved(tmp_path, EXAMPLES[0])
    golden(f"{name}/review.txt", told(document(saved(tmp_path, name))))


def without_anything(rows: Rows) -> None:
    for sheet in (
        "Conditions",
        "Progress",
        "Risks",
        "Finance",
        "Metrics",
        "Metric data",
        "Exhibits",
        "Headlines",
    ):
        rows[sheet] = []
    item(rows, "Previous workbook", None)


def with_errors(rows: Rows) -> None:
    rows["Conditions"][0]["Update 3 (November)"] = "Purple"
    rows["Conditions"][1]["Update 3 (November)"] = None
    rows["Progress"][0]["Content"] = "{{ actual('EHPC') }} plans & <b>more</b>"
    item(rows, "Authority", "Here & <There>")


def with_unreadable_previous(rows: Rows) -> None:
    item(rows, "Previous workbook", "nowhere.xlsx")


@pytest.mark.parametrize(
    "change",
    [lambda rows: None, without_anything, with_errors, with_unreadable_previous, lambda rows: times(rows, 3)],
    ids=["as it is", "nothing", "errors", "no previous", "three times"],
)
def test_everybody_can_read_it(change: Callable[[Rows], object], tmp_path: Path) -> None:
    assert faults(document(both_examples(tmp_path, change))) == []


def test_it_has_no_word_of_a_verdict(tmp_path: Path) -> None:
    words = told(document(both_examples(tmp_path, with_errors))).casefold()
    assert not any(word in words for word in ("warning", "passed", "failed", "invalid", "verdict"))


def test_errors_come_first_and_cells_keep_what_was_typed(tmp_path: Path) -> None:
    text = told(document(both_examples(tmp_path, with_errors)))
    assert "What must be mended: 3 errors" in text
    assert "[LVL-01]" in text
    assert "Conditions!E4" in text
    assert "Here & <There>" in text
    assert "{{ actual('EHPC') }}" in text


def test_without_a_previous_workbook_it_says_so(tmp_path: Path) -> None:
    text = told(document(saved(tmp_path, EXAMPLES[0])))
    assert "No previous workbook is named on the sheet Programme, so nothing can be compared." in text
    broken = told(document(both_examples(tmp_path, with_unreadable_previous)))
    assert "The previous workbook could not be read: there is no file nowhere.xlsx beside" in broken


def pack_of(folder: Path, change: Callable[[Rows], object] = lambda rows: None) -> ReviewPack:
    return review_pack(reviewed(both_examples(folder, change)), PACK)


def test_headline_figures_are_told_with_their_change(tmp_path: Path) -> None:
    rows = [
        (each.what, each.now, each.planned, each.before, each.change) for each in pack_of(tmp_path).headlines
    ]
    assert rows[0] == ("In-year deficit, 2024-25", "£33.45m", "£22.19m", "£28.40m", "+£5.05m")
    assert rows[2] == ("In-year deficit, 2028-29", "£12.08m", "£0.35m surplus", "£0.12m surplus", "+£12.20m")
    assert rows[4] == (
        "Deficit before Safety Valve payments, 2024-25: £10.82m over the limit",
        "£95.32m", "£84.50m", "£90.27m", "+£5.05m",
    )  # fmt: skip
    assert rows[5] == ("EHCP, Oct 2024 (before: Jul 2024)", "6,161", "5,669", "5,861", "+300")
    assert ("INMSS, Oct 2024 (before: Jul 2024)", "5.62%", "5.95%", "5.86%", "−0.24 points") in rows


def test_without_the_previous_workbook_metrics_are_compared_with_the_update_before(tmp_path: Path) -> None:
    pack = pack_of(tmp_path, with_unreadable_previous)
    rows = {each.what: (each.before, each.change) for each in pack.headlines}
    assert rows["In-year deficit, 2024-25"] == ("", "")
    assert rows["EHCP, Oct 2024 (before: Jul 2024)"] == ("5,861", "+300")


def surplus(rows: Rows) -> None:
    """Deficits shown negative, and a surplus this year; what the position was summed into is left out."""
    item(rows, "Deficits shown as", "negative")
    item(rows, "Forecast scenario", "Mitigated")
    for row in rows["Finance"]:
        if (row["Scenario"], row["Line"]) == ("Mitigated", "In-year position"):
            row["2024-25"] = 400
        if row["Role"] in ("Brought forward", "Carried forward", "Limit"):
            row["Role"] = "Other"


def test_a_surplus_is_told_as_one(tmp_path: Path) -> None:
    now = {each.what: each.now for each in pack_of(tmp_path, surplus).headlines}
    assert now["In-year surplus, 2024-25"] == "£0.40m"


def test_every_number_of_the_account_is_in_the_document(tmp_path: Path) -> None:
    review = reviewed(both_examples(tmp_path))
    pack = review_pack(review, PACK)
    listed = (*pack.unmatched, *pack.matched, *pack.linked)
    texts = {each.text for each in review.numbers if each.status.value != "reference"}
    assert texts == {number for row in listed for number in row.numbers.split(", ")}
    for row in listed:
        bold = {run.text for run in runs(row.sentence) if run.bold}
        assert bold == set(row.numbers.split(", "))
    counts = (pack.unmatched_count, pack.matched_count, pack.linked_count, pack.reference_count)
    assert sum(counts) == pack.number_count == len(review.numbers)


def runs(rich: Rich) -> list[Run]:
    return [run for block in rich.blocks for run in getattr(block, "runs", ())]


def test_finance_is_one_table_for_each_scenario(tmp_path: Path) -> None:
    tables = pack_of(tmp_path).finance_changed
    assert [each.scenario for each in tables] == ["Mitigated", "Unmitigated"]
    text = text_of(tables[0].table.blocks)
    assert "In-year position" in text
    assert "28.40\n33.45" in text


def test_assumptions_are_told(tmp_path: Path) -> None:
    def silent(rows: Rows) -> None:
        for name in (
            "Money in",
            "Deficits shown as",
            "Forecast scenario",
            "Deficit limit basis",
            "Finance lines",
        ):
            item(rows, name, None)

    told_of = " ".join(pack_of(tmp_path, silent).assumptions)
    for words in (
        "taken to be in thousands of pounds (£000)",
        "taken to be shown as a positive figure",
        "tested on the scenario Mitigated",
        "after Safety Valve payments, because Deficit limit basis is empty",
        "Expenditure less income is not tested",
        "up to 5%",
        "Ceased average is calculated: 12-month average of Ceased.",
        "is written from the data",
    ):
        assert words in told_of


@pytest.mark.parametrize(
    ("before", "after", "left", "right"),
    [
        ("one two three", "one 2 three", "one **two **three", "one **2 **three"),
        ("a wholly other text", "nothing alike at all", "a wholly other text", "nothing alike at all"),
        ("", "new", "", "new"),
        (
            " ".join(f"w{n}" for n in range(60)) + " end",
            " ".join(f"w{n}" for n in range(60)) + " finish",
            "… w48 w49 w50 w51 w52 w53 w54 w55 w56 w57 w58 w59 **end**",
            "… w48 w49 w50 w51 w52 w53 w54 w55 w56 w57 w58 w59 **finish**",
        ),
        (
            "",
            " ".join(f"n{n}" for n in range(60)),
            "",
            " ".join(f"n{n}" for n in range(35)) + " … (25 more words)",
        ),
    ],
)
def test_words_that_differ_are_bold(before: str, after: str, left: str, right: str) -> None:
    def shown(words: tuple[Run, ...]) -> str:
        return "".join(f"**{run.text}**" if run.bold else run.text for run in words)

    was, now = changed_words(before, after)
    assert (shown(was), shown(now)) == (left, right)


def a_limit_each_year(rows: Rows) -> None:
    limit = next(row for row in rows["Finance"] if row["Role"] == "Limit")
    limit |= {"2025-26": 60000, "2026-27": 190000, "2027-28": 200000, "2028-29": 175000}


def test_of_many_limits_the_years_own_and_the_nearest_to_breaking_come_before_metrics(tmp_path: Path) -> None:
    pack = pack_of(tmp_path, a_limit_each_year)
    what = [each.what.partition(":")[0] for each in pack.headlines]
    assert [each for each in what if "Safety Valve payments" in each] == [
        "Deficit before Safety Valve payments, 2024-25",
        "Deficit before Safety Valve payments, 2025-26",
    ]
    assert what[6].startswith("EHCP, ")
    assert pack.headlines_left_out == 6
