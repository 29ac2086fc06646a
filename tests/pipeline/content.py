"""A small return, whole and without an error, as the rows of a workbook: to be written, changed or broken."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from svreport.workbook.writing import workbook_bytes

Rows = dict[str, list[dict[str, Any]]]

QUESTIONS = {
    "in-year": "Is the year's projected deficit within reach?",
    "end-of-plan": "Does the plan reach a deficit of nought?",
    "capital": "Is the capital project on track?",
}


def small_return(
    authority: str = "Exampleshire",
    updates: Sequence[str] = ("Update 1 (May)", "Update 2 (August)"),
    conditions: Sequence[str] = ("3a", "iv"),
    risks: Sequence[str] = ("Risk 1", "Cost"),
    money_in: str = "£000",
) -> Rows:
    """Every sheet with a row or two, at the first update; the next updates have no levels yet."""
    current, *to_come = updates
    levels = {current: "Green", **dict.fromkeys(to_come)}
    return {
        "Programme": _items(
            {
                "Authority": authority,
                "Financial year": "2026-27",
                "Current update": current,
                "Agreement ends": "2029-30",
                "Money in": money_in,
                "Deficits shown as": "positive",
                "Finance lines": "some",
                "Specialist adviser support": f"Advisers met {authority} in April.",
                "Dashboard": "Sent with this return.",
            }
        ),
        "Updates": [
            {"Update": label, "Data as at": date(2026, 4 + n, 30), "Submitted": date(2026, 5 + n, 15)}
            for n, label in enumerate(updates)
        ],
        "Contacts": [
            {"Role": role, "Name": f"{role} of the council", "Email": f"person.{n}@example.gov.uk"}
            for n, role in enumerate(("CEO", "S151 Officer", "DCS", "Other"), 1)
        ],
        "Questions": [
            {"Ref": ref, "Question": question, "Answer": "Yes", "Commentary": f"The answer to {ref} is yes."}
            for ref, question in QUESTIONS.items()
        ],
        "Headlines": [
            {"Heading": heading, "Text": f"What {heading.lower()} there were."}
            for heading in ("Drivers", "Barriers", "Engagement")
        ],
        "Conditions": [
            {"Ref": ref, "Condition": f"Undertaking {ref} of the agreement.", **levels} for ref in conditions
        ],
        "Progress": [
            {"Condition": ref, "Kind": "Text", "Content": f"Work on {ref} is on target."}
            for ref in conditions
        ],
        "Risks": [
            {
                "Ref": ref,
                "Risk": f"What {ref} might bring.",
                **levels,
                "Mitigation": f"How {ref} is kept small.",
                "Progress": f"What was done about {ref}.",
            }
            for ref in risks
        ],
        "Metrics": [
            {"Metric": "Plans", "Title": "Plans", "Unit": "number", "Better when": "lower", "Tolerance": 5}
        ],
        "Metric data": [
            {"Metric": "Plans", "Period": "Mar 2026", "Actual": 1200, "Forecast": 1190},
            {"Metric": "Plans", "Period": "Apr 2026", "Actual": 1234, "Forecast": 1200},
        ],
        "Finance": [
            {"Scenario": "Mitigated", "Line": "Deficit", "Role": "Carried forward", "2026-27": 12},
        ],
        "Exhibits": [
            {"Exhibit": "Plans table", "Kind": "Table", "Title": "Plans by month", "Series": "Plans actual"}
        ],
        "Assurance levels": [
            {"Level": level, "Colour": level, "Definition": f"The meaning of {level}"}
            for level in ("Blue", "Green", "Amber", "Red")
        ],
        "Sign-off": [{"Role": "S151 Officer"}, {"Role": "DCS"}],
    }


def _items(items: dict[str, str]) -> list[dict[str, Any]]:
    return [{"Item": item, "Value": value} for item, value in items.items()]


def save(path: Path, rows: Rows) -> Path:
    """The rows as a workbook at `path`."""
    path.write_bytes(workbook_bytes(rows))
    return path
