"""The workbooks that are measured: the worked example with eight charts, and the same ten and a hundred times over."""

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from svreport.workbook.content import Content, example
from svreport.workbook.writing import workbook_bytes

EXAMPLE = "wiltshire-2024-12"
SIZES = (1, 10, 100)

Row = Mapping[str, object]
_Rows = dict[str, list[dict[str, object]]]

# The example draws five charts: three more of its own figures make the eight, each placed at the end of a condition.
_MORE_CHARTS = (
    (
        "1",
        {
            "Exhibit": "Cumulative deficit by scenario",
            "Kind": "Line chart",
            "Title": "Cumulative deficit by scenario, 2023-24 to 2028-29 (£000)",
            "Series": "Mitigated / Cumulative deficit; Unmitigated / Cumulative deficit; "
            "Agreement / Cumulative deficit",
            "From": "2023-24",
            "To": "2028-29",
            "Source": "DSG management plan, quarter 2 of 2024-25",
        },
    ),
    (
        "3.1",
        {
            "Exhibit": "EHCP actual and forecast",
            "Kind": "Line chart",
            "Title": "EHCPs, April to October 2024",
            "Series": "EHCP actual; EHCP forecast",
            "From": "Apr 2024",
            "To": "Oct 2024",
            "Source": "Case management system; forecast of the Safety Valve plan",
        },
    ),
    (
        "3.1",
        {
            "Exhibit": "EHCNA requests by month",
            "Kind": "Column chart",
            "Title": "EHCNA requests a month (12-month rolling average), April to October 2024",
            "Series": "EHCNA actual",
            "From": "Apr 2024",
            "To": "Oct 2024",
            "Source": "Case management system",
        },
    ),
)


def workbook_of(size: int) -> bytes:
    """The example `size` times over: conditions, metrics, exhibits, risks and all their text, each under its own name.

    Each copy's figures differ a little from the others', so that no chart is drawn from what another one shows. What a
    return has once (its plan, contacts, questions, headlines) stays as it is.
    """
    return workbook_bytes(_times(size))


def one_word_changed(size: int, number: int) -> bytes:
    """The same workbook with one word of one condition's progress changed, to another one for each number."""
    content = _times(size)
    row = next(row for row in content["Progress"] if row["Kind"] == "Text")
    row["Content"] = str(row["Content"]).replace("accompanies", f"accompanies{number}", 1)
    return workbook_bytes(content)


def write_folder(folder: Path, number: int) -> None:
    """So many workbooks at ×1, each with figures of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(1, number + 1):
        content = _once(n)
        content["Programme"] = [_without_previous(row) for row in content["Programme"]]
        (folder / f"return-{n:03}.xlsx").write_bytes(workbook_bytes(content))


def _times(size: int) -> _Rows:
    first = _once(1)
    first["Programme"] = [_without_previous(row) for row in first["Programme"]]
    for n in range(2, size + 1):
        copy = _once(n)
        for sheet in ("Conditions", "Progress", "Risks", "Metrics", "Metric data", "Exhibits"):
            first[sheet] += copy[sheet]
    return first


def _without_previous(row: dict[str, object]) -> dict[str, object]:
    """The scripts that svreport is compared with read one workbook; so does svreport here."""
    return {**row, "Value": None} if row["Item"] == "Previous workbook" else row


def _once(n: int) -> _Rows:
    """The n-th copy: the first is the example itself with eight charts, the others have names of their own."""
    content = _with_eight_charts(example(EXAMPLE))
    if n == 1:
        return content
    metrics = [str(row["Metric"]) for row in content["Metrics"]]
    renamed = {name: f"{name} {n}" for name in metrics}
    exhibits = {str(row["Exhibit"]): f"{row['Exhibit']} {n}" for row in content["Exhibits"]}
    for row in content["Metrics"]:
        row["Title"] = f"Area {n}: {row['Title']}"
        if row.get("Calculation"):
            row["Calculation"] = _ending_renamed(str(row["Calculation"]), renamed)
        if row.get("Conditions"):
            row["Conditions"] = _ref(str(row["Conditions"]), n)
        row["Metric"] = renamed[str(row["Metric"])]
    for row in content["Metric data"]:
        row["Metric"] = renamed[str(row["Metric"])]
        for heading in ("Actual", "Forecast"):
            if row.get(heading) is not None:
                row[heading] = _a_little_more(Decimal(str(row[heading])), n)
    for row in content["Exhibits"]:
        row["Exhibit"] = exhibits[str(row["Exhibit"])]
        row["Title"] = f"Area {n}: {row['Title']}"
        row["Series"] = "; ".join(_series(each, renamed) for each in str(row["Series"]).split("; "))
        row.pop("Alt text", None)
    for row in content["Conditions"]:
        row["Ref"] = _ref(str(row["Ref"]), n)
    for row in content["Progress"]:
        row["Condition"] = _ref(str(row["Condition"]), n)
        text = str(row["Content"])
        row["Content"] = exhibits[text] if row["Kind"] == "Exhibit" else _calls_renamed(text, renamed, n)
    for row in content["Risks"]:
        row["Ref"] = _ref(str(row["Ref"]), n)
        for heading in ("Mitigation", "Progress"):
            row[heading] = _calls_renamed(str(row[heading]), renamed, n)
    return content


def _with_eight_charts(content: Content) -> _Rows:
    made: _Rows = {sheet: [dict(row) for row in rows] for sheet, rows in content.items()}
    for ref, exhibit in _MORE_CHARTS:
        made["Exhibits"].append(dict(exhibit))
        last = max(at for at, row in enumerate(made["Progress"]) if row["Condition"] == ref)
        placed = {"Condition": ref, "Kind": "Exhibit", "Content": exhibit["Exhibit"]}
        made["Progress"].insert(last + 1, placed)
    return made


def _ref(ref: str, n: int) -> str:
    return f"{ref}.{n}"


def _a_little_more(value: Decimal, n: int) -> Decimal:
    """More by `n` in its last place."""
    exponent = value.as_tuple().exponent
    return value + Decimal(n).scaleb(exponent if isinstance(exponent, int) else 0)


def _ending_renamed(rule: str, renamed: Mapping[str, str]) -> str:
    for name in sorted(renamed, key=len, reverse=True):
        if rule.endswith(f" {name}"):
            return rule.removesuffix(name) + renamed[name]
    raise ValueError(rule)


def _series(written: str, renamed: Mapping[str, str]) -> str:
    if " / " in written:
        return written
    name, which = written.rsplit(" ", 1)
    return f"{renamed[name]} {which}"


def _calls_renamed(text: str, renamed: Mapping[str, str], n: int) -> str:
    def of_metric(call: re.Match[str]) -> str:
        return f"{call[1]}('{renamed[call[2]]}'"

    text = re.sub(r"\b(actual|forecast|gap|change)\('([^']+)'", of_metric, text)
    return re.sub(r"\blevel\('([^']+)'", lambda call: f"level('{_ref(call[1], n)}'", text)
