"""The plan's arithmetic on figures that were published, and the headroom under a limit."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from svreport.model.finding import Finding
from svreport.model.submission import Submission
from svreport.review.catalogue import review
from svreport.review.limits import limit_tests
from svreport.review.milestones import first_balanced_year
from svreport.review.plan import forecast_plan
from tests.review.returns import Content, content, material

YEAR = "2020-21"


def plan(unit: str, lines: list[tuple[str, float]], negative: bool = False) -> Content:
    """A return whose only scenario has one year, as (role, amount)."""
    told = content("thornmere-2025-03")
    items: dict[str, Any] = {"Money in": unit, "Deficits shown as": "negative" if negative else "positive"}
    for row in told["Programme"]:
        row["Value"] = {**items, "Forecast scenario": "", "Finance lines": "some"}.get(
            row["Item"], row["Value"]
        )
    told["Finance"] = [
        {"Scenario": "Outturn", "Line": f"Line {number}", "Role": role, YEAR: amount}
        for number, (role, amount) in enumerate(lines)
    ]
    told["Progress"] = [
        {"Condition": ref, "Kind": "Text", "Content": "Work goes on."}
        for ref in ("i", "ii", "iii", "iv", "v")
    ]
    for row in told["Questions"]:
        row["Commentary"] = "It is."
    return told


def of_finance(told: Content, folder: Path) -> list[Finding]:
    return [finding for finding in review(material(told, folder)) if finding.place.sheet == "Finance"]


def submission(name: str, folder: Path) -> Submission:
    return material(content(name), folder).submission


KIRKLEES = [("Brought forward", 14395.6), ("In-year position", 10129.5), ("In-year position", 580.7)]
ROTHERHAM = [("Brought forward", 21.258), ("In-year position", 0.11)]
SLOUGH = [("Brought forward", 5.2), ("In-year position", -5.6)]


@pytest.mark.parametrize(
    ("unit", "lines", "closing"),
    [("£000", KIRKLEES, 25105.8), ("£m", ROTHERHAM, 21.37), ("£m", SLOUGH, -0.4)],
    ids=["Kirklees, with carry-forwards", "Rotherham, with mixed decimals", "a year that ends in surplus"],
)
def test_published_plans_roll_forward(
    unit: str, lines: list[tuple[str, float]], closing: float, tmp_path: Path
) -> None:
    assert of_finance(plan(unit, [*lines, ("Carried forward", closing)]), tmp_path) == []


@pytest.mark.parametrize("negative", [False, True], ids=["deficits positive", "deficits negative"])
def test_a_slip_is_told_with_every_cell(negative: bool, tmp_path: Path) -> None:
    sign = -1 if negative else 1
    lines = [
        ("Brought forward", sign * 70000.0),
        ("In-year position", sign * 35000.0),
        ("DfE payment", 5000.0),
        ("LA contribution", 1000.0),
        ("Carried forward", sign * 98900.0),
    ]
    found = of_finance(plan("£000", lines, negative), tmp_path)
    assert [finding.code for finding in found] == ["FIN-03"]
    if negative:
        assert found[0].read == "−£98,900k"
        assert found[0].expected == "−£99,000k = D4 −70,000 + D5 −35,000 + D6 5,000 + D7 1,000"
    else:
        assert found[0].read == "£98,900k"
        assert found[0].expected == "£99,000k = D4 70,000 + D5 35,000 − D6 5,000 − D7 1,000"
    assert found[0].mend == "correct D8, or the wrong one of D4, D5, D6, D7"


@pytest.mark.parametrize(("closing", "told"), [(14.6, []), (14.7, []), (14.8, ["FIN-03"])])
def test_rounding_is_summed_over_the_terms(closing: float, told: list[str], tmp_path: Path) -> None:
    # A published gap of 14.7 between 31.2 and 45.8: 14.6, and half a tenth for each of three figures.
    lines = [("Brought forward", 45.8), ("In-year position", -31.2), ("Carried forward", closing)]
    assert [finding.code for finding in of_finance(plan("£m", lines), tmp_path)] == told


def test_a_limit_before_payments_adds_them_back(tmp_path: Path) -> None:
    (test,) = limit_tests(submission("wiltshire-2024-12", tmp_path))
    assert (test.tested, test.limit_amount, test.headroom) == (
        Decimal(95320),
        Decimal(84500),
        Decimal(-10820),
    )
    assert test.is_breached
    assert test.headroom_told == "£10,820k over the limit of £84,500k"


def test_a_limit_after_payments_counts_deficits_positive(tmp_path: Path) -> None:
    (test,) = limit_tests(submission("thornmere-2025-03", tmp_path))
    assert (test.tested, test.limit_amount, test.headroom) == (
        Decimal("13.2"),
        Decimal("13.5"),
        Decimal("0.3"),
    )
    assert not test.is_breached
    assert test.headroom_told == "£0.3m under the limit of £13.5m"


@pytest.mark.parametrize(
    ("name", "year"),
    [("wiltshire-2024-08", "2028-29"), ("wiltshire-2024-12", "2030-31"), ("thornmere-2025-03", "2025-26")],
)
def test_the_first_year_in_balance_for_good(name: str, year: str, tmp_path: Path) -> None:
    forecast = forecast_plan(submission(name, tmp_path))
    assert forecast is not None
    assert str(first_balanced_year(forecast)) == year
